# Two words for tests that are CMake scripts: run() and expect().

# message() leaves only indented lines as they are.
function(stop reason text)
    string(REPLACE "\n" "\n    " text "${text}")
    message(FATAL_ERROR "  ${reason}\n    ${text}")
endfunction()

# Run a command that must succeed; `output` becomes what it printed.
macro(run)
    execute_process(COMMAND ${ARGV}
        OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        stop("failed (${status}): ${ARGV}" "${output}")
    endif()
endmacro()

# Run a command that must fail; `output` becomes what it printed.
macro(run_failing)
    execute_process(COMMAND ${ARGV}
        OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
    if(status EQUAL 0)
        stop("did not fail: ${ARGV}" "${output}")
    endif()
endmacro()

# `fact` holds if the text matches the regular expression.
function(expect fact text pattern)
    if(NOT text MATCHES "${pattern}")
        stop("not so: ${fact}\n  expected: ${pattern}" "${text}")
    endif()
    message(STATUS "${fact}")
endfunction()

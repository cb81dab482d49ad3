# Compare what memogen writes and says with what is expected, for one case.
#
#   cmake -D CASE=tests/golden/<case> -D MEMOGEN=memogen -D INCLUDE=folder
#         -D COMPILERS="gcc;clang" [-D UPDATE=ON] -P golden.cmake
#
# A case is a folder; memogen runs in it as `memogen <options> --stdout input.c`.
#   input.c       what it is given
#   options       its options, none if absent; "-- flags" may follow
#   flags         further flags to compile the output with, as -std=c90
#   expected.c    standard output; absent or empty if there is none
#   expected.err  standard error; absent or empty if there is none
# The exit code must be 1 if expected.err holds an error, else 0.  Every output
# must compile without warnings, with every compiler.  UPDATE rewrites both
# expected files; the difference is for you to review.
cmake_policy(VERSION 3.24)

function(read_file out name)
    set(text "")
    if(EXISTS ${CASE}/${name})
        file(READ ${CASE}/${name} text)
    endif()
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(write_file name text)
    file(REMOVE ${CASE}/${name})
    if(NOT text STREQUAL "")
        file(WRITE ${CASE}/${name} "${text}")
    endif()
endfunction()

# Show both texts by a diff, and fail.
function(check_same name expected found)
    if(expected STREQUAL found)
        return()
    endif()
    string(RANDOM LENGTH 8 unique)
    set(file $ENV{TMPDIR})
    if(NOT file)
        set(file /tmp)
    endif()
    set(file ${file}/golden-${unique})
    file(WRITE ${file} "${found}")
    file(WRITE ${file}.expected "${expected}")
    execute_process(
        COMMAND diff -u --label expected --label found ${file}.expected ${file}
        OUTPUT_VARIABLE difference)
    file(REMOVE ${file} ${file}.expected)
    string(REPLACE "\n" "\n  " difference "${difference}")
    message(FATAL_ERROR "  ${CASE}/${name} differs:\n  ${difference}")
endfunction()

read_file(options options)
separate_arguments(options UNIX_COMMAND "${options}")
set(dashed "")
list(FIND options -- at)
if(at GREATER_EQUAL 0)
    list(SUBLIST options ${at} -1 dashed)
    list(SUBLIST options 0 ${at} options)
endif()
execute_process(
    COMMAND ${MEMOGEN} --color=never ${options} --stdout input.c ${dashed}
    WORKING_DIRECTORY ${CASE}
    OUTPUT_VARIABLE output ERROR_VARIABLE complaints RESULT_VARIABLE status)

if(UPDATE)
    write_file(expected.c "${output}")
    write_file(expected.err "${complaints}")
    return()
endif()
read_file(expected_output expected.c)
read_file(expected_complaints expected.err)
check_same(expected.err "${expected_complaints}" "${complaints}")
check_same(expected.c "${expected_output}" "${output}")

set(expected_status 0)
if(expected_complaints MATCHES "error: ")
    set(expected_status 1)
endif()
if(NOT status STREQUAL expected_status)
    message(FATAL_ERROR "the exit code is ${status}, not ${expected_status}")
endif()

if(output STREQUAL "")
    return()
endif()
read_file(flags flags)
separate_arguments(flags UNIX_COMMAND "${flags}")
foreach(compiler IN LISTS COMPILERS)
    execute_process(
        COMMAND ${compiler} -c -x c expected.c -o /dev/null -I ${INCLUDE}
            -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes
            -Wredundant-decls -Werror ${flags}
        WORKING_DIRECTORY ${CASE}
        ERROR_VARIABLE complaints RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        string(REPLACE "\n" "\n  " complaints "${complaints}")
        message(FATAL_ERROR
            "  ${compiler} does not accept expected.c:\n  ${complaints}")
    endif()
endforeach()

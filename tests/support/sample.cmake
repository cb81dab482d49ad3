# Run a sample and compare what it prints; times do not count.
#
#   cmake -D PROGRAM=program -D EXPECTED=expected.txt [-D REPORT=report.txt]
#         [-D ARGUMENTS=words] -P sample.cmake
#
# EXPECTED is standard output, REPORT standard error: who was computed and who
# was a hit.
cmake_policy(VERSION 3.24)
include(${CMAKE_CURRENT_LIST_DIR}/../cmake/expect.cmake)

execute_process(COMMAND ${PROGRAM} ${ARGUMENTS}
    OUTPUT_VARIABLE output ERROR_VARIABLE report RESULT_VARIABLE status)
if(NOT status EQUAL 0)
    stop("failed (${status})" "${output}${report}")
endif()

file(READ ${EXPECTED} expected)
if(NOT output STREQUAL expected)
    stop("this is not ${EXPECTED}" "${output}")
endif()
if(REPORT)
    string(REGEX REPLACE " +[0-9.]+ [um]s\n" " TIME\n" report "${report}")
    file(READ ${REPORT} expected)
    if(NOT report STREQUAL expected)
        stop("this is not ${REPORT}" "${report}")
    endif()
endif()

# Every header stands alone: it compiles as the first and only include.
#
#   cmake -D ROOT=folder -D "COMPILERS=gcc;clang" -D "CXX_COMPILERS=g++" \
#         -D LIBCLANG_INCLUDE_DIR=folder -D MESSAGES=folder -P headers.cmake
cmake_policy(VERSION 3.24)

set(flags -fsyntax-only -Wall -Wextra -Wpedantic -Werror
    -I ${ROOT}/runtime/include -I ${ROOT}/runtime -I ${ROOT}/generator
    -isystem ${LIBCLANG_INCLUDE_DIR})
if(MESSAGES)
    list(APPEND flags -isystem ${MESSAGES})
endif()
set(complaints "")

# The second include is there since C knows no empty file.
function(check_header header)
    execute_process(
        COMMAND ${ARGN} ${flags}
            -include ${ROOT}/${header} -include stddef.h /dev/null
        ERROR_VARIABLE text RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        list(JOIN ARGN " " compiler)
        string(REPLACE "\n" "\n  " text "${text}")
        string(APPEND complaints "  ${header}, ${compiler}:\n  ${text}\n")
        set(complaints "${complaints}" PARENT_SCOPE)
    endif()
endfunction()

# The face is for programs in any C, and for C++; pages need C11.  The rest is
# ours: all compilers compile what includes it, and one is enough to see that
# nothing has to come before it.
file(GLOB_RECURSE face RELATIVE ${ROOT} ${ROOT}/runtime/include/*.h)
file(GLOB inner RELATIVE ${ROOT} ${ROOT}/generator/*.h ${ROOT}/runtime/*/*.h)
if(NOT MESSAGES) # without protobuf-c there are no pages
    list(FILTER inner EXCLUDE REGEX "^runtime/(elements|widgets)/")
endif()
if(NOT face OR NOT inner)
    message(FATAL_ERROR "no headers found in ${ROOT}")
endif()
list(GET COMPILERS 0 ours)
foreach(header IN LISTS inner)
    check_header(${header} ${ours} -x c -std=gnu11)
endforeach()
foreach(compiler IN LISTS COMPILERS)
    foreach(header IN LISTS face)
        if(NOT header MATCHES "/st[./]")
            check_header(${header} ${compiler} -x c -std=c90)
        endif()
        check_header(${header} ${compiler} -x c -std=c11)
    endforeach()
endforeach()
foreach(compiler IN LISTS CXX_COMPILERS)
    foreach(header IN LISTS face)
        check_header(${header} ${compiler} -x c++ -std=c++11)
    endforeach()
endforeach()
if(NOT complaints STREQUAL "")
    message(FATAL_ERROR "${complaints}")
endif()

# Find libclang, 14 or newer: LIBCLANG_INCLUDE_DIR and LIBCLANG_LIBRARY.
#
# It brings no .pc file, and distributions keep several versions side by side,
# so header and library are taken from the same prefix.  Set both variables, or
# LLVM_ROOT, to choose another one.

set(minimum 62) # CINDEX_VERSION_MINOR of version 14

# Set `out` to true if the header is there and new enough.
function(check_header out directory)
    set(${out} FALSE PARENT_SCOPE)
    if(NOT EXISTS ${directory}/clang-c/Index.h)
        return()
    endif()
    file(STRINGS ${directory}/clang-c/Index.h line
        REGEX "^#define CINDEX_VERSION_MINOR [0-9]+")
    string(REGEX MATCH "[0-9]+" minor "${line}")
    if(minor GREATER_EQUAL ${minimum})
        set(${out} TRUE PARENT_SCOPE)
    endif()
endfunction()

set(prefixes "")
if(LLVM_ROOT)
    list(APPEND prefixes ${LLVM_ROOT})
endif()
find_program(LLVM_CONFIG llvm-config)
mark_as_advanced(LLVM_CONFIG)
if(LLVM_CONFIG)
    execute_process(COMMAND ${LLVM_CONFIG} --prefix
        OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE)
    list(APPEND prefixes ${prefix})
endif()
file(GLOB versions /usr/lib/llvm-* /usr/local/opt/llvm*)
list(SORT versions COMPARE NATURAL ORDER DESCENDING)
list(APPEND prefixes ${versions} /usr/local /usr)

foreach(prefix IN LISTS prefixes)
    if(LIBCLANG_INCLUDE_DIR AND LIBCLANG_LIBRARY)
        break()
    endif()
    check_header(is_good ${prefix}/include)
    if(NOT is_good)
        continue()
    endif()
    unset(library)
    find_library(library NAMES clang NO_CACHE NO_DEFAULT_PATH
        PATHS ${prefix}/lib ${prefix}/lib64
              ${prefix}/lib/${CMAKE_LIBRARY_ARCHITECTURE})
    if(library)
        set(LIBCLANG_INCLUDE_DIR ${prefix}/include CACHE PATH
            "Folder of clang-c/Index.h")
        set(LIBCLANG_LIBRARY ${library} CACHE FILEPATH "libclang")
    endif()
endforeach()

if(NOT LIBCLANG_INCLUDE_DIR OR NOT LIBCLANG_LIBRARY)
    message(FATAL_ERROR
        "libclang 14 or newer was not found: clang-c/Index.h and libclang.so "
        "are needed to build memogen, the compiler's own headers to run it.\n"
        "On Debian: apt-get install "
        "libclang-14-dev libclang1-14 libclang-common-14-dev\n"
        "Elsewhere set LLVM_ROOT to the prefix of an LLVM installation.")
endif()
message(STATUS "libclang: ${LIBCLANG_LIBRARY}")

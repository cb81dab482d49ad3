# libmemo is for caching only, and needs libc and threads, nothing else.
#
#   cmake -D STATIC=libmemo.a -D SHARED=libmemo.so -P symbols.cmake
cmake_policy(VERSION 3.24)
include(${CMAKE_CURRENT_LIST_DIR}/../cmake/expect.cmake)

# What a program or another library could clash with.
run(nm --defined-only --extern-only --format=posix ${STATIC})
string(REGEX MATCHALL "(^|\n)[A-Za-z_][^ \n]* [A-Z] " symbols "${output}")
list(TRANSFORM symbols STRIP)
list(LENGTH symbols count)
expect("libmemo.a defines something" "${count}" "^[1-9]")
set(clashes ${symbols})
list(FILTER clashes INCLUDE REGEX "^memo_(source|body|function|clear_args)_")
expect("no symbol could be one that memogen makes of a user's name"
    "${clashes}" "^$")
list(FILTER symbols EXCLUDE REGEX "^memo_")
expect("every symbol of libmemo.a begins with memo_" "${symbols}" "^$")

run(nm --dynamic --defined-only --format=posix ${SHARED})
string(REGEX MATCHALL "(^|\n)[A-Za-z_][^ \n]* [A-Z] " symbols "${output}")
list(TRANSFORM symbols STRIP)
expect("libmemo.so offers what generated code calls" "${symbols}"
    "memo_begin T")
list(FILTER symbols EXCLUDE REGEX "^memo_")
expect("every symbol of libmemo.so begins with memo_" "${symbols}" "^$")

run(readelf --dynamic ${SHARED})
string(REGEX MATCHALL "NEEDED[^[]*\\[[^]]*\\]" needed "${output}")
list(FILTER needed EXCLUDE REGEX
    "\\[(libc|libpthread|ld-linux[a-z0-9_-]*)\\.so")
expect("libmemo.so needs libc and threads only" "${needed}" "^$")

# There is little room for what every thread has, in a library that is loaded at
# run time: 64 bytes at most.
run(readelf --segments --wide ${SHARED})
string(REGEX MATCH "TLS( +0x[0-9a-f]+)+" segment "${output}")
string(REGEX REPLACE ".* 0x0*" "" size "${segment}")
expect("libmemo.so has at most 64 bytes a thread" "${size}"
    "^([0-9a-f]|[1-3][0-9a-f]|40)$")

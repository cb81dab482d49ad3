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

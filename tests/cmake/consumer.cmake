# Build the consumer project, change it, build it again, and look at what ran.
#
#   cmake -D GENERATOR=Ninja -D SCRATCH=folder [-D PREFIX=installed memogen]
#         [-D MEMOGEN_SOURCE=folder] [-D SHARED=ON] -D COMPILER=cc
#         -P consumer.cmake
cmake_policy(VERSION 3.24)
include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

set(source ${SCRATCH}/source)
set(build ${SCRATCH}/build)
file(REMOVE_RECURSE ${SCRATCH})
file(COPY ${CMAKE_CURRENT_LIST_DIR}/consumer/ DESTINATION ${source})
set(configuration Release)
if(MEMOGEN_SOURCE) # all of it is compiled: not for speed
    set(configuration Debug)
endif()
set(bin ${build})
if(GENERATOR MATCHES "Multi-Config")
    set(bin ${build}/${configuration})
endif()

function(configure)
    run(${CMAKE_COMMAND} -S ${source} -B ${build} -G ${GENERATOR}
        -D CMAKE_BUILD_TYPE=${configuration} -D CMAKE_C_COMPILER=${COMPILER}
        -D CMAKE_PREFIX_PATH=${PREFIX} -D MEMOGEN_SOURCE=${MEMOGEN_SOURCE}
        -D BUILD_SHARED_LIBS=${SHARED} ${ARGN})
endfunction()

# Build; `processed` becomes the sources that memogen ran over, in order of
# their names, and `compiled` says whether anything was compiled or linked.
macro(build)
    run(${CMAKE_COMMAND} --build ${build} --config ${configuration} ${ARGN})
    string(REGEX MATCHALL "memogen [a-z/_]+\\.c" processed "${output}")
    list(TRANSFORM processed REPLACE "^memogen " "")
    list(REMOVE_ITEM processed page.c served.c stored.c) # where their libraries are
    list(SORT processed)
    string(REGEX MATCH "Building C|Linking C" compiled "${output}")
endmacro()

# Builds see whether a file is newer; some file systems tell whole seconds only.
function(change file text)
    execute_process(COMMAND ${CMAKE_COMMAND} -E sleep 1.1)
    file(WRITE ${source}/${file} "${text}")
endfunction()

set(everything "late.c;library/archive.c;library/objects.c;library/plugin.c")
string(APPEND everything ";made.c;main.c;sub/area.c")

configure()
build()
expect("every source but the skipped one is processed"
    "${processed}" "${everything}")
run(${bin}/app)
expect("bodies run once, that of the skipped source every time"
    "${output}" "runs: area 1, plain 3, late 1, made 1\n$")
expect("the program computes" "${output}"
    "^area 240, plain 5, late 7, made 9\n")
expect("quotes in definitions survive" "${output}" "good \"day\" from settings")

build()
expect("a second build runs no memogen" "${processed}" "^$")
expect("a second build compiles nothing" "${compiled}" "^$")

change(sub/area.h "#define AREA_UNIT 100\n")
build()
expect("only what includes the header is processed again"
    "${processed}" "^sub/area.c$")
run(${bin}/app)
expect("the program has the new header" "${output}" "^area 2400,")

change(late.c "#include \"count.h\"\n/* @memo(impure_ok) */\nint late(int x)\n\
{\n    count(LATE);\n    return x - LATE_BONUS;\n}\n")
build()
expect("only the changed source is processed again" "${processed}" "^late.c$")

configure(-D FACTOR=3)
build()
expect("a definition of app concerns its sources only" "${processed}"
    "^late.c;made.c;main.c;sub/area.c$")
run(${bin}/app)
expect("the program has the new definition" "${output}"
    "^area 3600, plain 5, late 5, made 10\n")

run(${bin}/app_unprocessed)
expect("another target compiles the same sources as they are" "${output}"
    "runs: area 3, plain 3, late 3, made 3\n$")

if(GENERATOR MATCHES "Multi-Config")
    run(${CMAKE_COMMAND} --build ${build} --config Debug --target app)
    run(${build}/Debug/app)
    expect("a second configuration builds beside the first" "${output}"
        "runs: area 1, plain 3, late 1, made 1\n$")
    build(--target app)
    expect("and leaves the first one alone" "${processed}${compiled}" "^$")
endif()

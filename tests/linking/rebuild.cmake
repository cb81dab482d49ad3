# Change one unannotated source of a CMake project: only that one is processed,
# compiled and linked again, and the memoized function in another source has
# another hash.
#
#   cmake -D PREFIX=installed -D SCRATCH=folder -D COMPILER=cc -D KIND=kind
#         -P rebuild.cmake
#
# KIND says where the changed source belongs: objects (the program itself),
# static, shared, or lto (the program, optimised as a whole).
cmake_policy(VERSION 3.24)
include(${CMAKE_CURRENT_LIST_DIR}/../cmake/expect.cmake)

set(source ${SCRATCH}/source)
set(build ${SCRATCH}/build)
file(REMOVE_RECURSE ${SCRATCH})
foreach(name main.c load.c helper.c other.c unseen.c load.h)
    file(COPY ${CMAKE_CURRENT_LIST_DIR}/program/${name} DESTINATION ${source})
endforeach()

set(libraries "")
set(helpers "helper.c other.c unseen.c")
if(KIND STREQUAL static OR KIND STREQUAL shared)
    string(TOUPPER ${KIND} type)
    set(libraries "add_library(helpers ${type} ${helpers})
memogen_target(helpers)
target_link_libraries(app PRIVATE helpers)
")
    set(helpers "")
endif()
file(WRITE ${source}/CMakeLists.txt "cmake_minimum_required(VERSION 3.24)
project(rebuild LANGUAGES C)
find_package(memogen REQUIRED)
add_executable(app main.c load.c ${helpers})
set_target_properties(app PROPERTIES ENABLE_EXPORTS ON)
memogen_target(app)
${libraries}")

set(lto OFF)
set(flags "")
if(KIND STREQUAL lto)
    set(lto ON)
    if(COMPILER MATCHES clang)
        set(flags -fuse-ld=lld)
    endif()
endif()
run(${CMAKE_COMMAND} -S ${source} -B ${build} -G Ninja
    -D CMAKE_BUILD_TYPE=Release -D CMAKE_C_COMPILER=${COMPILER}
    -D CMAKE_PREFIX_PATH=${PREFIX} -D BUILD_SHARED_LIBS=ON
    -D CMAKE_INTERPROCEDURAL_OPTIMIZATION=${lto}
    -D CMAKE_EXE_LINKER_FLAGS=${flags})

# Build; `processed` and `compiled` become the sources that memogen and the
# compiler ran over, in order.  `hash` becomes what the program says.
macro(build)
    run(${CMAKE_COMMAND} --build ${build})
    string(REGEX MATCHALL "memogen [a-z]+\\.c" processed "${output}")
    list(TRANSFORM processed REPLACE "^memogen " "")
    list(SORT processed)
    string(REGEX MATCHALL "Building C object [^\n]*/[a-z]+(\\.memo)?\\.c\\.o"
        compiled "${output}")
    list(TRANSFORM compiled REPLACE ".*/([a-z]+)(\\.memo)?\\.c\\.o$" "\\1.c")
    list(SORT compiled)
    run(${build}/app)
    string(STRIP "${output}" hash)
    expect("the program knows its hash" "${hash}" "^[0-9a-f]+$")
endmacro()

# Builds see whether a file is newer; some file systems tell whole seconds only.
function(edit file from to)
    execute_process(COMMAND ${CMAKE_COMMAND} -E sleep 1.1)
    file(READ ${source}/${file} before)
    string(REPLACE "${from}" "${to}" after "${before}")
    if(after STREQUAL before)
        stop("the edit changes nothing" "${from}")
    endif()
    file(WRITE ${source}/${file} "${after}")
endfunction()

build()
expect("all sources are processed" "${processed}"
    "^helper.c;load.c;main.c;other.c;unseen.c$")
set(first ${hash})

edit(helper.c "+ 10;" "+ 11;")
build()
expect("a changed body is processed, and nothing else" "${processed}"
    "^helper.c$")
expect("and compiled, and nothing else" "${compiled}" "^helper.c$")
if(hash STREQUAL first)
    stop("the hash does not follow the body" "${hash}")
endif()
set(second ${hash})

edit(helper.c "Add some" "Add a few")
build()
expect("so is a changed comment" "${processed}" "^helper.c$")
expect("but the hash stays" "${hash}" "^${second}$")

edit(helper.c "+ 11;" "+ 10;")
build()
expect("the first body has the first hash" "${hash}" "^${first}$")

run(${CMAKE_COMMAND} --build ${build})
expect("nothing is left to do" "${output}" "no work to do")

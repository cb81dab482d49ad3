# Every wrong use of memogen_target() is told in one clear sentence.
#
#   cmake -D SCRATCH=folder -D COMPILER=cc -P mistakes.cmake
cmake_policy(VERSION 3.24)
include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
set(start "cmake_minimum_required(VERSION 3.24)
project(mistake LANGUAGES C)
include(${root}/generator/memogen.cmake)
add_executable(memogen::memogen IMPORTED)
set_property(TARGET memogen::memogen PROPERTY IMPORTED_LOCATION /bin/false)
add_library(memogen::memo INTERFACE IMPORTED)
")

# The text must draw this message from CMake.
function(mistake name text message)
    file(REMOVE_RECURSE ${SCRATCH}/${name})
    file(WRITE ${SCRATCH}/${name}/app.c "int main(void)\n{\n    return 0;\n}\n")
    file(WRITE ${SCRATCH}/${name}/CMakeLists.txt "${start}${text}")
    run_failing(${CMAKE_COMMAND} -S ${SCRATCH}/${name} -B ${SCRATCH}/${name}/build
        -D CMAKE_C_COMPILER=${COMPILER})
    string(REGEX REPLACE "[ \n]+" " " output "${output}")
    expect("${name}" "${output}" "${message}")
endfunction()

mistake(no_target "memogen_target(app)"
    "memogen_target\\(app\\): there is no target of this name; call it after add_executable")
mistake(unknown_argument "add_executable(app app.c)
memogen_target(app SOURCE app.c)"
    "unknown argument 'SOURCE;app.c'; one of: SOURCES, OPTIONS")
mistake(interface_library "add_library(app INTERFACE)
memogen_target(app)"
    "this target compiles nothing")
mistake(called_twice "add_executable(app app.c)
memogen_target(app)
memogen_target(app)"
    "called twice for the same target")
mistake(no_c_sources "add_executable(app app.c)
set_source_files_properties(app.c PROPERTIES SKIP_MEMOGEN ON)
memogen_target(app)"
    "the target has no C sources without SKIP_MEMOGEN")
mistake(foreign_source "add_executable(app app.c)
memogen_target(app SOURCES other.c)"
    "not a C source of this target, or marked with SKIP_MEMOGEN: [^ ]*/other.c")
file(WRITE ${SCRATCH}/sub/CMakeLists.txt "add_executable(app app.c)\n")
file(WRITE ${SCRATCH}/sub/app.c "int main(void)\n{\n    return 0;\n}\n")
mistake(other_folder "add_subdirectory(${SCRATCH}/sub sub)
memogen_target(app)"
    "call it in the CMakeLists.txt that makes the target, [^ ]*/sub/CMakeLists.txt")

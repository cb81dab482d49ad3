# memogen_target() -- run memogen over the C sources of a target.
#
#   find_package(memogen REQUIRED)
#   add_executable(app main.c table.c)
#   memogen_target(app)
#
# memogen_target(<target> [SOURCES <file>...] [OPTIONS <option>...])
#
#   SOURCES  only these sources of the target; without it all C sources that
#            have no SKIP_MEMOGEN property
#   OPTIONS  further options of memogen, as -Werror; what follows a "--" is
#            handed to its compiler
#
# Sources and settings may be added to the target after the call: it takes
# effect at the end of the folder's CMakeLists.txt.  Every source is replaced by
# a generated one in ${CMAKE_CURRENT_BINARY_DIR}/memogen/<target>, subfolders
# mirrored, with a folder per configuration where the build tree has several.
# memogen sees the target's definitions, include directories and C standard,
# those of what it links included, and what CMAKE_C_FLAGS, COMPILE_OPTIONS and
# the properties of the source say about them.  The target links memogen::memo.

cmake_policy(PUSH)
cmake_policy(VERSION 3.24)

define_property(SOURCE PROPERTY SKIP_MEMOGEN
    BRIEF_DOCS "Compile this source as it is, without memogen")

function(memogen_target target)
    set(call "memogen_target(${target})")
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;OPTIONS")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "${call}: unknown argument "
            "'${arg_UNPARSED_ARGUMENTS}'; one of: SOURCES, OPTIONS")
    endif()
    if(NOT TARGET ${target})
        message(FATAL_ERROR "${call}: there is no target of this name; call it "
            "after add_executable() or add_library()")
    endif()
    get_target_property(aliased ${target} ALIASED_TARGET)
    if(aliased)
        set(target ${aliased})
    endif()
    get_target_property(kind ${target} TYPE)
    get_target_property(is_imported ${target} IMPORTED)
    if(is_imported OR kind MATCHES "^(INTERFACE_LIBRARY|UTILITY)$")
        message(FATAL_ERROR "${call}: this target compiles nothing; "
            "an executable or a library with C sources is needed")
    endif()
    get_target_property(folder ${target} SOURCE_DIR)
    if(NOT folder STREQUAL CMAKE_CURRENT_SOURCE_DIR)
        message(FATAL_ERROR "${call}: call it in the CMakeLists.txt that makes "
            "the target, ${folder}/CMakeLists.txt")
    endif()
    get_property(is_done TARGET ${target} PROPERTY MEMOGEN_TARGET)
    if(is_done)
        message(FATAL_ERROR "${call}: called twice for the same target")
    endif()

    set_property(TARGET ${target} PROPERTY MEMOGEN_TARGET TRUE)
    set_property(TARGET ${target} PROPERTY MEMOGEN_SOURCES "${arg_SOURCES}")
    set_property(TARGET ${target} PROPERTY MEMOGEN_OPTIONS "${arg_OPTIONS}")
    memogen_link(${target} ${kind})
    cmake_language(EVAL CODE
        "cmake_language(DEFER CALL memogen_process [[${target}]])")
endfunction()

# target_link_libraries() allows no mix of its two signatures, and which one the
# target uses is not known; the properties behind it do not mind.
function(memogen_link target kind)
    set_property(TARGET ${target} APPEND PROPERTY
        LINK_LIBRARIES memogen::memo)
    if(kind MATCHES "^(STATIC|OBJECT)_LIBRARY$")
        set_property(TARGET ${target} APPEND PROPERTY
            INTERFACE_LINK_LIBRARIES $<LINK_ONLY:memogen::memo>)
    endif()
endfunction()

# Replace the sources of the target by generated ones.
function(memogen_process target)
    get_target_property(sources ${target} SOURCES)
    get_target_property(chosen ${target} MEMOGEN_SOURCES)
    set(wanted "")
    foreach(source IN LISTS chosen)
        memogen_full_path(path "${source}")
        list(APPEND wanted "${path}")
    endforeach()

    set(replaced "")
    set(processed "")
    foreach(source IN LISTS sources)
        memogen_full_path(path "${source}")
        memogen_is_processed(is_processed "${path}")
        if(wanted AND NOT path IN_LIST wanted)
            set(is_processed FALSE)
        endif()
        if(NOT is_processed)
            list(APPEND replaced "${source}")
            continue()
        endif()
        memogen_add_command(generated ${target} "${path}")
        list(APPEND replaced ${generated})
        list(APPEND processed "${path}")
    endforeach()

    list(REMOVE_ITEM wanted ${processed})
    if(wanted)
        message(FATAL_ERROR "memogen_target(${target}): not a C source of this "
            "target, or marked with SKIP_MEMOGEN: ${wanted}")
    endif()
    if(NOT processed)
        message(FATAL_ERROR "memogen_target(${target}): the target has no C "
            "sources without SKIP_MEMOGEN")
    endif()
    set_property(TARGET ${target} PROPERTY SOURCES ${replaced})
endfunction()

# Where CMake looks for a source: in the source folder, then in the binary one.
# To ask for a property makes a path known as a source, so only the right one
# may be asked.
function(memogen_full_path out source)
    get_filename_component(path "${source}" ABSOLUTE
        BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    if(source MATCHES "\\$<")
        set(path "${source}")
    elseif(NOT EXISTS "${path}")
        get_filename_component(path "${source}" ABSOLUTE
            BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
    endif()
    set(${out} "${path}" PARENT_SCOPE)
endfunction()

function(memogen_is_processed out path)
    set(${out} FALSE PARENT_SCOPE)
    if(path MATCHES "\\$<")
        if(path MATCHES "\\.c[^a-zA-Z0-9]")
            message(WARNING "memogen leaves '${path}' as it is: name sources "
                "without generator expressions")
        endif()
        return()
    endif()
    get_source_file_property(language "${path}" LANGUAGE)
    get_source_file_property(is_skipped "${path}" SKIP_MEMOGEN)
    get_source_file_property(is_header "${path}" HEADER_FILE_ONLY)
    if(is_skipped OR is_header)
        return()
    endif()
    if(language STREQUAL "C" OR (NOT language AND path MATCHES "\\.c$"))
        set(${out} TRUE PARENT_SCOPE)
    endif()
endfunction()

# The path of a source below the folder of generated ones.
function(memogen_mirrored out path)
    file(RELATIVE_PATH relative "${CMAKE_CURRENT_SOURCE_DIR}" "${path}")
    file(RELATIVE_PATH inside "${CMAKE_CURRENT_BINARY_DIR}" "${path}")
    if(NOT inside MATCHES "^\\.\\./")
        set(relative "${inside}")
    endif()
    string(REPLACE "../" "__/" relative "${relative}")
    string(REGEX REPLACE "\\.c$" "" relative "${relative}")
    set(${out} "${relative}" PARENT_SCOPE)
endfunction()

# One source, one run of memogen.  `out` becomes the generated sources, one for
# each configuration.
function(memogen_add_command out target path)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/memogen/${target}")
    memogen_mirrored(name "${path}")
    get_property(is_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
    set(configurations "")
    set(base "${folder}/${name}")
    if(is_multi_config)
        set(configurations ${CMAKE_CONFIGURATION_TYPES})
        set(base "${folder}/$<CONFIG>/${name}")
    endif()

    memogen_write_settings(${target} "${path}" "${base}.settings.cmake")
    set(script "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/memogen-arguments.cmake")
    # memogen leaves an output that would not change alone, and its age would
    # make every build run memogen again.
    add_custom_command(
        OUTPUT "${base}.memo.c"
        COMMAND ${CMAKE_COMMAND} -D "INPUT=${base}.settings.cmake"
            -D "OUTPUT=${base}.arguments" -P "${script}"
        COMMAND memogen::memogen -o "${base}.memo.c"
            -MD -MF "${base}.memo.c.d" -MT "${base}.memo.c"
            "${path}" "@${base}.arguments"
        COMMAND ${CMAKE_COMMAND} -E touch "${base}.memo.c"
        DEPENDS "${path}" "${base}.settings.cmake" "${script}" memogen::memogen
        DEPFILE "${base}.memo.c.d"
        COMMENT "memogen ${name}.c"
        VERBATIM)

    # Properties of a source need its path in full.
    set(generated "")
    foreach(configuration IN LISTS configurations)
        set(file "${folder}/${configuration}/${name}.memo.c")
        memogen_copy_properties("${path}" "${file}")
        list(APPEND generated "$<$<CONFIG:${configuration}>:${file}>")
    endforeach()
    if(NOT is_multi_config)
        memogen_copy_properties("${path}" "${base}.memo.c")
        set(generated "${base}.memo.c")
    endif()
    set(${out} "${generated}" PARENT_SCOPE)
endfunction()

# The generated file is compiled as the original would have been.
function(memogen_copy_properties path generated)
    foreach(property COMPILE_DEFINITIONS COMPILE_FLAGS COMPILE_OPTIONS
            INCLUDE_DIRECTORIES OBJECT_DEPENDS SKIP_PRECOMPILE_HEADERS)
        get_source_file_property(value "${path}" ${property})
        if(value)
            set_source_files_properties("${generated}" PROPERTIES
                ${property} "${value}")
        endif()
    endforeach()
    # An #include "…" that only the compiler, not memogen, sees.
    get_filename_component(folder "${path}" DIRECTORY)
    set_property(SOURCE "${generated}" APPEND PROPERTY
        COMPILE_OPTIONS "-iquote${folder}")
    set_source_files_properties("${generated}" PROPERTIES
        GENERATED TRUE
        LANGUAGE C
        SKIP_UNITY_BUILD_INCLUSION TRUE)
endfunction()

# Write down what the source is compiled with; memogen-arguments.cmake makes
# memogen's arguments of it.  A file, since only file(GENERATE) can ask for the
# settings of one language, and since it changes when they do.
function(memogen_write_settings target path file)
    foreach(name COMPILE_DEFINITIONS COMPILE_FLAGS COMPILE_OPTIONS
            INCLUDE_DIRECTORIES)
        get_source_file_property(${name} "${path}" ${name})
        if(NOT ${name})
            set(${name} "")
        endif()
    endforeach()
    memogen_language_flags(flags)
    memogen_export_symbol(symbol ${target})
    set(of "TARGET_PROPERTY:${target}")
    file(GENERATE OUTPUT "${file}" CONTENT
"set(definitions [==[$<${of},COMPILE_DEFINITIONS>;${symbol}]==])
set(source_definitions [==[${COMPILE_DEFINITIONS}]==])
set(includes [==[$<${of},INCLUDE_DIRECTORIES>]==])
set(source_includes [==[${INCLUDE_DIRECTORIES}]==])
set(flags [==[${flags} $<${of},COMPILE_FLAGS> ${COMPILE_FLAGS}]==])
set(compile_options [==[$<${of},COMPILE_OPTIONS>;${COMPILE_OPTIONS}]==])
set(features [==[$<${of},COMPILE_FEATURES>]==])
set(standard [==[$<${of},C_STANDARD>]==])
set(default_standard [==[${CMAKE_C_STANDARD_COMPUTED_DEFAULT}]==])
set(extensions [==[$<${of},C_EXTENSIONS>]==])
set(headers [==[$<${of},PRECOMPILE_HEADERS>]==])
set(source_folder [==[${CMAKE_CURRENT_SOURCE_DIR}]==])
set(memogen_options [==[$<${of},MEMOGEN_OPTIONS>]==])
"
        CONDITION $<COMPILE_LANGUAGE:C> TARGET ${target})
endfunction()

# CMAKE_C_FLAGS with those of the configuration.
function(memogen_language_flags out)
    get_property(is_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
    set(flags "${CMAKE_C_FLAGS}")
    set(configurations ${CMAKE_BUILD_TYPE})
    if(is_multi_config)
        set(configurations ${CMAKE_CONFIGURATION_TYPES})
    endif()
    foreach(configuration IN LISTS configurations)
        string(TOUPPER "${configuration}" upper)
        string(APPEND flags
            " $<$<CONFIG:${configuration}>:${CMAKE_C_FLAGS_${upper}}>")
    endforeach()
    set(${out} "${flags}" PARENT_SCOPE)
endfunction()

# The macro that CMake defines for the sources of a shared library.
function(memogen_export_symbol out target)
    set(${out} "" PARENT_SCOPE)
    get_target_property(kind ${target} TYPE)
    if(kind MATCHES "^(SHARED|MODULE)_LIBRARY$")
        get_target_property(symbol ${target} DEFINE_SYMBOL)
        if(NOT symbol)
            string(MAKE_C_IDENTIFIER "${target}_EXPORTS" symbol)
        endif()
        set(${out} "${symbol}" PARENT_SCOPE)
    endif()
endfunction()

cmake_policy(POP)

# Make memogen's arguments of the settings that memogen_target() wrote down.
#
#   cmake -D INPUT=x.settings.cmake -D OUTPUT=x.arguments \
#         -P memogen-arguments.cmake
#
# memogen reads C, it does not compile: of the compiler's flags only those are
# handed on that change what a C file means.

cmake_policy(VERSION 3.24)
include("${INPUT}")

# The language that CMake asks the compiler for.
function(choose_standard out)
    set(chosen "${standard}")
    if(chosen STREQUAL "")
        set(chosen "${default_standard}")
    endif()
    set(order 90 99 11 17 23)
    foreach(candidate IN LISTS order)
        list(FIND order "${chosen}" at)
        list(FIND order ${candidate} candidate_at)
        if("c_std_${candidate}" IN_LIST features AND candidate_at GREATER at)
            set(chosen ${candidate})
        endif()
    endforeach()
    set(dialect gnu)
    if(NOT extensions STREQUAL "" AND NOT extensions)
        set(dialect c)
    endif()
    string(REPLACE "23" "2x" chosen "${chosen}")
    set(${out} "" PARENT_SCOPE)
    if(NOT chosen STREQUAL "")
        set(${out} "-std=${dialect}${chosen}" PARENT_SCOPE)
    endif()
endfunction()

# Of `flags` those that matter; "-I dir" and the like are two items.
function(choose_flags out)
    set(pairs -D -U -I -include -imacros -isystem -iquote -idirafter)
    set(chosen "")
    set(is_second FALSE)
    foreach(flag IN LISTS ARGN)
        if(is_second)
            list(APPEND chosen "${flag}")
            set(is_second FALSE)
        elseif(flag IN_LIST pairs)
            list(APPEND chosen "${flag}")
            set(is_second TRUE)
        elseif(flag MATCHES "^-([DUIm]|isystem|iquote|std=|ansi$|pthread$)"
                OR flag MATCHES "^-f((un)?signed-char|short-(enums|wchar))$"
                OR flag MATCHES "^-f(fast-math|finite-math-only|openmp)$"
                OR flag MATCHES "^-f(ms-extensions|gnu89-inline)$")
            list(APPEND chosen "${flag}")
        endif()
    endforeach()
    set(${out} "${chosen}" PARENT_SCOPE)
endfunction()

set(arguments "")
foreach(definition IN LISTS definitions source_definitions)
    string(REGEX REPLACE "^-D" "" definition "${definition}")
    if(NOT definition STREQUAL "")
        list(APPEND arguments "-D${definition}")
    endif()
endforeach()
foreach(folder IN LISTS source_includes includes)
    if(NOT folder STREQUAL "")
        get_filename_component(folder "${folder}" ABSOLUTE
            BASE_DIR "${source_folder}")
        list(APPEND arguments "-I${folder}")
    endif()
endforeach()

# As on the compiler's command line: what comes later wins.
separate_arguments(all UNIX_COMMAND "${flags}")
choose_standard(all_standard)
list(APPEND all ${all_standard})
foreach(option IN LISTS compile_options)
    if(option MATCHES "^SHELL:(.*)$")
        separate_arguments(option UNIX_COMMAND "${CMAKE_MATCH_1}")
    endif()
    list(APPEND all ${option})
endforeach()
choose_flags(chosen ${all})
list(APPEND arguments ${chosen})

# A precompiled header is an include that the compiler adds.
foreach(header IN LISTS headers)
    if(header MATCHES "^[<\"](.*)[>\"]$")
        list(APPEND arguments -include "${CMAKE_MATCH_1}")
    elseif(NOT header STREQUAL "")
        get_filename_component(header "${header}" ABSOLUTE
            BASE_DIR "${source_folder}")
        list(APPEND arguments -include "${header}")
    endif()
endforeach()

# memogen's own options stand before the "--", the compiler's behind it.
set(options "${memogen_options}")
set(compiler_options "")
list(FIND options -- at)
if(at GREATER_EQUAL 0)
    list(SUBLIST options ${at} -1 compiler_options)
    list(REMOVE_AT compiler_options 0)
    list(SUBLIST options 0 ${at} options)
endif()

set(dashes --)
set(text "")
foreach(argument IN LISTS options dashes arguments compiler_options)
    string(REGEX REPLACE "([\\\\\"])" "\\\\\\1" argument "${argument}")
    string(APPEND text "\"${argument}\"\n")
endforeach()
file(WRITE "${OUTPUT}" "${text}")

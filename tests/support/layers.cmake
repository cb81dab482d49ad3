# Which room may include what: dependencies point down, never sideways or up.
#
#   cmake -D ROOT=folder -P layers.cmake
cmake_policy(VERSION 3.24)

# Room, its files, then the project's headers that it may name, as patterns.
set(rooms face base cache inspect disk redis elements widgets app generator)

set(face_files runtime/include/*.h)
set(face_headers "memo/[a-z0-9_]+\\.h" "st/[a-z0-9_]+\\.h")

set(base_files runtime/base/*.[ch])
set(base_headers "base/[a-z0-9_]+\\.h" ${face_headers})

set(cache_files runtime/cache/*.[ch])
set(cache_headers "cache/[a-z0-9_]+\\.h" ${base_headers} "memo\\.h")

# Reads what the cache has written, and may know how it does.
set(inspect_files runtime/inspect/*.[ch])
set(inspect_headers "inspect/[a-z0-9_]+\\.h" ${cache_headers})

# A store fills in a port of the cache and knows nothing else of it.
set(disk_files runtime/disk/*.[ch])
set(disk_headers "disk/[a-z0-9_]+\\.h" "base/export\\.h" ${face_headers})
set(redis_files runtime/redis/*.[ch])
set(redis_headers "redis/[a-z0-9_]+\\.h" "base/export\\.h" ${face_headers})

set(elements_files runtime/elements/*.[ch])
set(elements_headers "elements/[a-z0-9_]+(\\.pb-c)?\\.h" "base/[a-z0-9_]+\\.h"
    ${face_headers} "memo\\.h" "st\\.h" "elements/elements\\.def")

set(widgets_files runtime/widgets/*.[ch])
set(widgets_headers "widgets/[a-z0-9_]+\\.h" ${elements_headers})

set(app_files runtime/app/*.[ch])
set(app_headers "app/[a-z0-9_]+(\\.pb-c)?\\.h" ${widgets_headers})

# Both compute the same hashes, so memogen takes that file along; "memogen
# cache" looks into stores.
set(generator_files generator/*.[ch])
set(generator_headers "[a-z0-9_]+\\.h" "base/hash\\.h"
    "inspect/inspect\\.h" "disk/folder\\.h")

# Libraries of others, each behind one door: header, files that may include it.
set(doors "clang-c/" "xxhash.h" "jansson.h" "png.h" "libwebsockets.h"
    "lmdb.h" "hiredis/")
set(door_lmdb.h "^runtime/disk/[a-z_]*\\.[ch]$")
set(door_hiredis/ "^runtime/redis/(connection|reply)\\.[ch]$")
set(door_clang-c/ "^generator/source[a-z_]*\\.[ch]$")
set(door_xxhash.h "^runtime/base/hash[a-z0-9_]*\\.[ch]$")
set(door_jansson.h "^runtime/elements/json\\.c$")
set(door_png.h "^runtime/elements/pixels\\.c$")
set(door_libwebsockets.h "^runtime/app/server\\.c$")

set(complaints "")

# The room's file includes this header of the project.
function(check_room room file header)
    foreach(allowed IN LISTS ${room}_headers)
        if(header MATCHES "^${allowed}$")
            return()
        endif()
    endforeach()
    string(APPEND complaints "  ${file}: ${room} may not include ${header}\n")
    set(complaints "${complaints}" PARENT_SCOPE)
endfunction()

function(check_doors file header)
    foreach(door IN LISTS doors)
        string(FIND "${header}" "${door}" at)
        if(at EQUAL 0 AND NOT file MATCHES "${door_${door}}")
            string(APPEND complaints "  ${file}: only ${door_${door}} may "
                "include ${header}\n")
        endif()
    endforeach()
    set(complaints "${complaints}" PARENT_SCOPE)
endfunction()

set(count 0)
foreach(room IN LISTS rooms)
    list(TRANSFORM ${room}_files PREPEND ${ROOT}/)
    file(GLOB_RECURSE files RELATIVE ${ROOT} ${${room}_files})
    foreach(file IN LISTS files)
        file(STRINGS ${ROOT}/${file} lines REGEX "^[ \t]*#[ \t]*include")
        foreach(line IN LISTS lines)
            math(EXPR count "${count} + 1")
            if(line MATCHES "\"(.*)\"")
                check_room(${room} ${file} "${CMAKE_MATCH_1}")
            endif()
            if(line MATCHES "[<\"](.*)[>\"]")
                check_doors(${file} "${CMAKE_MATCH_1}")
            endif()
        endforeach()
    endforeach()
endforeach()

if(count EQUAL 0)
    message(FATAL_ERROR "no file with an include found in ${ROOT}")
endif()
if(NOT complaints STREQUAL "")
    message(FATAL_ERROR "${complaints}")
endif()
message(STATUS "${count} includes point down")

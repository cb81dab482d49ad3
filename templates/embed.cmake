# Make one C file out of the templates, so that memogen needs no files to run.
#
#   cmake -D OUTPUT=templates.c -P embed.cmake
#
# Texts become arrays of bytes: no quoting, and no limit on a literal's length.

file(GLOB templates ${CMAKE_CURRENT_LIST_DIR}/*.tmpl)
list(SORT templates)

set(texts "")
set(rows "")
set(count 0)
foreach(template IN LISTS templates)
    get_filename_component(name ${template} NAME)
    file(READ ${template} hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    string(REGEX REPLACE
        "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)"
        "\\1\n    " bytes "${bytes}")
    string(APPEND texts
        "static const char text_${count}[] = {\n    ${bytes}0};\n\n")
    string(APPEND rows "    {\"${name}\", text_${count}},\n")
    math(EXPR count "${count} + 1")
endforeach()
if(count EQUAL 0)
    message(FATAL_ERROR "no templates in ${CMAKE_CURRENT_LIST_DIR}")
endif()

file(WRITE ${OUTPUT}
"/* Made by embed.cmake from templates/. Do not edit. */
#include \"templates.h\"

${texts}const gen_template_file gen_template_files[] = {
${rows}};
const size_t gen_template_file_count = ${count};
")

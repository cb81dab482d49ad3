/* json_element.c -- JSON to be looked at, and what all that is JSON does. */
#include "elements/json_element.h"

#include "elements/fail.h"
#include "st/elements.h"

st_document *st_json_read(const char *call, const char *argument,
                          const char *text, st_handle in)
{
    st_failure error = {ST_OK, ""};
    st_document *document;

    if (!st_is_drawing())
        return NULL;
    document = st_document_read(text, &error);
    if (!document)
        st_complain(in, "JSONDecodeError", "%s, %s: %s", call, argument,
                    error.text);
    return document;
}

st_document *st_json_read_object(const char *call, const char *argument,
                                 const char *text, st_handle in)
{
    st_document *document = st_json_read(call, argument, text, in);

    if (!document || st_document_is_object(document))
        return document;
    st_document_destroy(document);
    st_complain(in, "StreamlitAPIException",
                "%s, %s: it is JSON, but no object: it begins with no '{'",
                call, argument);
    return NULL;
}

ST_EXPORT void st_draw_json(const struct st_json *arguments)
{
    St__Json json = ST__JSON__INIT;
    st_document *document =
        st_json_read("st_json", "body", arguments->body, arguments->in);

    if (!document)
        return;
    st_document_destroy(document);
    json.body = st_unconst(arguments->body);
    json.expanded = !arguments->collapsed;
    ST_DRAW(ST_JSON, json, JSON, &json, arguments->in, false);
}

#include "elements/json.h"

#include "elements/fail.h"

#include <jansson.h>
#include <stdlib.h>

struct st_document {
    json_t *root;
    const char *text;
    bool is_changed;
};

/* Any value, not only objects; U+0000 in texts.  Integers that do not fit are
 * numbers all the same, as they are in JavaScript. */
static json_t *parse(const char *text, json_error_t *failure)
{
    const size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_t *root = json_loads(text, flags, failure);

    if (!root && json_error_code(failure) == json_error_numeric_overflow)
        root = json_loads(text, flags | JSON_DECODE_INT_AS_REAL, failure);
    return root;
}

st_document *st_document_read(const char *text, st_failure *error)
{
    json_error_t failure;
    st_document *document = calloc(1, sizeof *document);

    if (!document) {
        st_explain(error, ST_NO_MEMORY, "no memory for JSON");
        return NULL;
    }
    document->text = text ? text : "";
    document->root = parse(document->text, &failure);
    if (!document->root) {
        st_explain(error, ST_BAD_DATA, "line %d, column %d: %s",
                   failure.line > 0 ? failure.line : 1,
                   failure.column > 0 ? failure.column : 1, failure.text);
        free(document);
        return NULL;
    }
    return document;
}

void st_document_destroy(st_document *document)
{
    if (!document)
        return;
    json_decref(document->root);
    free(document);
}

bool st_document_is_object(const st_document *document)
{
    return json_is_object(document->root);
}

/* The object that has, or is to have, a member; NULL: there is none. */
static json_t *object_of(const st_document *document, const char *object)
{
    return object ? json_object_get(document->root, object) : document->root;
}

bool st_document_has(const st_document *document, const char *object,
                     const char *name)
{
    return json_object_get(object_of(document, object), name) != NULL;
}

void st_document_complete(st_document *document, const char *object,
                          const char *name, const char *value)
{
    const json_t *before = object_of(document, object);

    if (!json_is_object(document->root) ||
        st_document_has(document, object, name))
        return;
    if (!before || json_is_null(before))
        json_object_set_new(document->root, object, json_object());
    else if (!json_is_object(before))
        return;
    json_object_set_new(object_of(document, object), name,
                        json_loads(value, JSON_DECODE_ANY, NULL));
    document->is_changed = true;
}

const char *st_document_text(const st_document *document, st_arena *arena)
{
    char *written, *text;

    if (!document->is_changed)
        return document->text;
    written = json_dumps(document->root, JSON_COMPACT | JSON_ENCODE_ANY);
    text = st_arena_text(arena, written);
    free(written);
    return text;
}

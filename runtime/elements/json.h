/* json.h -- texts of JSON; the only file that knows Jansson.
 *
 * It does not know what the values mean.
 */
#ifndef ST_ELEMENTS_JSON_H
#define ST_ELEMENTS_JSON_H

#include "elements/arena.h"
#include "st/status.h"

#include <stdbool.h>

typedef struct st_document st_document;

/* Read a text, which has to outlive the document.
 * Shape:  NULL is empty, and that is no JSON.
 * Owner:  caller, st_document_destroy().
 * Errors: NULL: ST_BAD_DATA: "line 2, column 7: ..."; ST_NO_MEMORY. */
st_document *st_document_read(const char *text, st_failure *error);
void st_document_destroy(st_document *document); /* NULL is accepted */

bool st_document_is_object(const st_document *document);

/* Is there such a member of the document, or of an object in it?
 * Shape: `object`: its name in the document; NULL: the document itself. */
bool st_document_has(const st_document *document, const char *object,
                     const char *name);

/* Have a member if there is none, and the object if there is none; `value` is
 * JSON.  Nothing changes where something else stands in place of the object. */
void st_document_complete(st_document *document, const char *object,
                          const char *name, const char *value);

/* The text: the one that was read, if nothing has changed.
 * Owner:  the arena, or who has the text.
 * Errors: NULL: out of memory. */
const char *st_document_text(const st_document *document, st_arena *arena);

#endif

/* json_element.h -- elements that JSON describes: read it, or complain. */
#ifndef ST_ELEMENTS_JSON_ELEMENT_H
#define ST_ELEMENTS_JSON_ELEMENT_H

#include "elements/json.h"
#include "elements/message.h"

/* Read the JSON that `call` was given as `argument`.
 * Owner:  caller, st_document_destroy().
 * Errors: NULL: a complaint has been drawn; nobody draws. */
st_document *st_json_read(const char *call, const char *argument,
                          const char *text, st_handle in);

/* The same, of what has to be an object. */
st_document *st_json_read_object(const char *call, const char *argument,
                                 const char *text, st_handle in);

#endif

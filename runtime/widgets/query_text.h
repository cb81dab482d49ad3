/* query_text.h -- query parameters as they stand in a URL; pure.
 *
 *     pairs = a name, its value, the next name ..., each with its NUL
 *
 * Source: https://url.spec.whatwg.org/, section 5, urlencoded parsing and
 * serializing; names without '=' have the value "".
 */
#ifndef ST_WIDGETS_QUERY_TEXT_H
#define ST_WIDGETS_QUERY_TEXT_H

#include "elements/arena.h"
#include "elements/recording.h"

/* Pairs of a text; a '?' before it is left out.  '%' without two hex digits is
 * itself.  Bytes that are no UTF-8, and NUL, are U+FFFD, one for each.
 * Owner:  the arena.
 * Errors: false: out of memory. */
bool st_query_decode(st_bytes *out, st_arena *arena, const char *text);

/* The text of pairs.
 * Owner:  the arena.
 * Errors: NULL: out of memory. */
char *st_query_encode(st_arena *arena, st_bytes pairs);

/* The next text of pairs after `at`, which is NULL at the begin; NULL: no more.
 * Owner: the pairs. */
const char *st_query_next(st_bytes pairs, const char *at);

#endif

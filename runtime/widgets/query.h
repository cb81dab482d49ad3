/* query.h -- query parameters of a session: asked for, set, seen from outside.
 */
#ifndef ST_WIDGETS_QUERY_H
#define ST_WIDGETS_QUERY_H

#include "widgets/query_text.h"
#include "widgets/session.h"

/* The answer to an input: "Q*" all pairs, "Q=" and a name its value with its
 * NUL; no bytes: none.
 * Shape: `session`: NULL: there are none.
 * Owner: the session, until others are set. */
st_bytes st_query_answer(const st_session *session, const char *input);

/* Set pairs, and write that down at every level. */
void st_query_set(st_page *page, st_bytes pairs);

/* As they stand in the URL of the page.
 * Errors: false, NULL: out of memory. */
bool st_query_set_text(st_session *session, const char *text);
char *st_query_text(st_arena *arena, const st_session *session);

#endif

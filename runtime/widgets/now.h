/* now.h -- what day and what time it is for a session. */
#ifndef ST_WIDGETS_NOW_H
#define ST_WIDGETS_NOW_H

#include "widgets/session.h"

enum { ST_ASKS_DATE = 'D', ST_ASKS_TIME = 'N', ST_NOW_VALUE = 16 };

/* A value: the date or the time, as a text.  Shape: `out` of ST_NOW_VALUE;
 * `session` may be NULL.  Returns its size. */
size_t st_now_answer(const st_session *session, char asks, char *out);

#endif

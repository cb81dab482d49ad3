/* uploads.h -- what was in the files that widgets have as their values.
 *
 * A value holds of a file what tells it apart; its content lies here for as
 * long as a value of the session names it, once even if several do.
 */
#ifndef ST_WIDGETS_UPLOADS_H
#define ST_WIDGETS_UPLOADS_H

#include "widgets/session.h"

/* Keep a content, up to the end of the next run if no value names it then.  It
 * is copied, unless it is here already.
 * Errors: false: out of memory. */
bool st_upload_keep(st_session *session, const void *bytes, size_t size,
                    memo_digest *out);

/* The content, with a NUL behind it; NULL: it is not here.
 * Owner: the session, for as long as a value names it, and until the end of the
 *        run. */
const void *st_upload_find(const st_session *session, memo_digest digest);

/* Drop what no value names. */
void st_uploads_sweep(st_session *session);
void st_uploads_finish(st_session *session);

#endif

/* data.h -- from what a program has to a frame, and to bytes of Arrow. */
#ifndef ST_ELEMENTS_DATA_H
#define ST_ELEMENTS_DATA_H

#include "elements/messages.pb-c.h"
#include "st/elements.h"

/* A frame of what is given.
 * Owner:  caller; st_frame_destroy().
 * Errors: NULL, described in `failure`. */
st_frame *st_data_copy(const struct st_data *data, st_failure *failure);

/* The frame as an IPC stream.
 * Owner:  out->data.data: caller, free().
 * Errors: false, described in `failure`. */
bool st_data_pack(St__ArrowData *out, const st_frame *frame,
                  st_failure *failure);

/* End the run if something has failed: when all is freed, for it may not come
 * back.  `who`: the function that was called. */
void st_data_raise(const char *who, const st_failure *failure);

#endif

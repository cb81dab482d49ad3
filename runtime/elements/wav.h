/* wav.h -- samples become a WAV file; pure. */
#ifndef ST_ELEMENTS_WAV_H
#define ST_ELEMENTS_WAV_H

#include "st/media.h"
#include "st/status.h"

/* Encode samples as 16-bit PCM.  The loudest one becomes the loudest that there
 * is, as Streamlit has it.
 * Owner:  caller, free().
 * Errors: NULL: ST_BAD_VALUE: no sample rate, or a sample that is no number,
 *         or more than 4 GiB of them; ST_NO_MEMORY. */
void *st_wav_encode(size_t *size, const struct st_sound *sound,
                    st_failure *error);

#endif

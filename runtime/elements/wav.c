#include "elements/wav.h"

#include "elements/fail.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_SIZE = 44, SAMPLE_SIZE = 2, LOUDEST = 32767 };

static unsigned channels_of(const struct st_sound *sound)
{
    return sound->channels ? sound->channels : 1;
}

static st_status check(const struct st_sound *sound, st_failure *error)
{
    const unsigned most = UINT16_MAX / SAMPLE_SIZE;

    if (sound->rate == 0)
        return st_explain(error, ST_BAD_VALUE,
                          "samples need a rate: how many make a second");
    if (channels_of(sound) > most || sound->count % channels_of(sound) != 0)
        return st_explain(error, ST_BAD_VALUE,
                          "%zu samples cannot be of %u channels", sound->count,
                          channels_of(sound));
    if (sound->count > (UINT32_MAX - HEADER_SIZE) / SAMPLE_SIZE ||
        (uint64_t)sound->rate * SAMPLE_SIZE * channels_of(sound) > UINT32_MAX)
        return st_explain(error, ST_BAD_VALUE,
                          "%zu samples at a rate of %u are too many for WAV",
                          sound->count, sound->rate);
    for (size_t i = 0; i < sound->count; i++) {
        if (!isfinite(sound->samples[i]))
            return st_explain(error, ST_BAD_VALUE, "sample %zu is no number",
                              i);
    }
    return ST_OK;
}

/* ---- bytes, the least significant one first ------------------------------ */

static unsigned char *put(unsigned char *at, uint32_t number, int size)
{
    for (int i = 0; i < size; i++)
        *at++ = (unsigned char)(number >> 8 * i);
    return at;
}

static unsigned char *put_name(unsigned char *at, const char *name)
{
    memcpy(at, name, 4);
    return at + 4;
}

/* Source: Multimedia Programming Interface and Data Specifications 1.0,
 * Microsoft and IBM 1991, chapter 3, "Waveform Audio File Format". */
static unsigned char *put_header(unsigned char *at,
                                 const struct st_sound *sound)
{
    const uint32_t data_size = (uint32_t)(sound->count * SAMPLE_SIZE);
    const uint32_t frame_size = channels_of(sound) * SAMPLE_SIZE;

    at = put_name(at, "RIFF");
    at = put(at, HEADER_SIZE - 8 + data_size, 4);
    at = put_name(at, "WAVE");
    at = put_name(at, "fmt ");
    at = put(at, 16, 4);
    at = put(at, 1, 2); /* PCM */
    at = put(at, channels_of(sound), 2);
    at = put(at, sound->rate, 4);
    at = put(at, sound->rate * frame_size, 4);
    at = put(at, frame_size, 2);
    at = put(at, 8 * SAMPLE_SIZE, 2);
    at = put_name(at, "data");
    return put(at, data_size, 4);
}

static double loudness(const struct st_sound *sound)
{
    double most = 0;

    for (size_t i = 0; i < sound->count; i++) {
        if (fabs(sound->samples[i]) > most)
            most = fabs(sound->samples[i]);
    }
    return most;
}

void *st_wav_encode(size_t *size, const struct st_sound *sound,
                    st_failure *error)
{
    double most;
    unsigned char *bytes, *at;

    if (check(sound, error) != ST_OK)
        return NULL;
    *size = HEADER_SIZE + sound->count * SAMPLE_SIZE;
    bytes = malloc(*size);
    if (!bytes) {
        st_explain(error, ST_NO_MEMORY, "no memory for %zu samples",
                   sound->count);
        return NULL;
    }
    at = put_header(bytes, sound);
    most = loudness(sound);
    for (size_t i = 0; i < sound->count; i++) {
        int sample = most > 0 ? (int)(sound->samples[i] / most * LOUDEST) : 0;

        at = put(at, (uint32_t)sample, SAMPLE_SIZE);
    }
    return bytes;
}

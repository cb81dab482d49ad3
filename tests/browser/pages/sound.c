/* sound.c -- a sound to listen to: WAV, 8000 samples of 16 bits in a second. */
#include "pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 8000, HEAD = 44 };

/* Little endian. */
static unsigned char *put(unsigned char *at, uint32_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        *at++ = (unsigned char)(value >> 8 * i);
    return at;
}

static unsigned char *put_text(unsigned char *at, const char *text)
{
    size_t size = strlen(text);

    memcpy(at, text, size);
    return at + size;
}

unsigned char *make_sound(size_t *size, unsigned seconds)
{
    uint32_t data = RATE * 2 * seconds;
    unsigned char *bytes = malloc(HEAD + data), *at = bytes;

    if (!bytes)
        return NULL;
    at = put(put_text(at, "RIFF"), HEAD - 8 + data, 4);
    at = put(put_text(at, "WAVEfmt "), 16, 4);
    at = put(put(at, 1, 2), 1, 2); /* PCM, one channel */
    at = put(put(at, RATE, 4), RATE * 2, 4);
    at = put(put(at, 2, 2), 16, 2);
    at = put(put_text(at, "data"), data, 4);
    for (uint32_t i = 0; i < RATE * seconds; i++)
        at = put(at, i / 10 % 2 ? 4000 : 0, 2);
    *size = HEAD + data;
    return bytes;
}

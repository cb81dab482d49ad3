#include "elements/pixels.h"

#include "elements/fail.h"

#include <stdint.h>
#include <stdlib.h>
#ifdef MEMO_HAS_PNG
#include <png.h>
#endif

enum { MOST_CHANNELS = 4 };

/* As an image may be before any of it is looked at.  libpng counts in 32
 * bits. */
static st_status check(const struct st_pixels *pixels, st_failure *error)
{
    uint64_t row = (uint64_t)pixels->width * pixels->channels;

    if (pixels->channels < 1 || pixels->channels > MOST_CHANNELS)
        return st_explain(error, ST_BAD_VALUE,
                          "pixels have 1 (gray), 2 (gray, alpha), 3 (RGB) or 4 "
                          "(RGBA) channels, not %u",
                          pixels->channels);
    if (pixels->width == 0 || pixels->height == 0)
        return st_explain(error, ST_BAD_VALUE, "%u x %u pixels are no image",
                          pixels->width, pixels->height);
    if (pixels->stride != 0 && pixels->stride < row)
        return st_explain(
            error, ST_BAD_VALUE,
            "a stride of %zu bytes is less than a row of %u pixels "
            "with %u channels",
            pixels->stride, pixels->width, pixels->channels);
    if (row > INT32_MAX || pixels->stride > INT32_MAX ||
        row * pixels->height > UINT32_MAX)
        return st_explain(error, ST_BAD_VALUE, "%u x %u pixels are too many",
                          pixels->width, pixels->height);
    return ST_OK;
}

#ifdef MEMO_HAS_PNG

static void *write_png(size_t *size, const struct st_pixels *pixels,
                       st_failure *error)
{
    static const png_uint_32 formats[] = {
        [1] = PNG_FORMAT_GRAY,
        [2] = PNG_FORMAT_GA,
        [3] = PNG_FORMAT_RGB,
        [4] = PNG_FORMAT_RGBA,
    };
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = pixels->width,
                       .height = pixels->height,
                       .format = formats[pixels->channels]};
    png_alloc_size_t room = PNG_IMAGE_PNG_SIZE_MAX(image);
    void *bytes = malloc(room);

    if (!bytes) {
        st_explain(error, ST_NO_MEMORY, "no memory for %u x %u pixels",
                   pixels->width, pixels->height);
        return NULL;
    }
    if (!png_image_write_to_memory(&image, bytes, &room, 0, pixels->bytes,
                                   (png_int_32)pixels->stride, NULL)) {
        st_explain(error, ST_BAD_VALUE, "libpng: %s", image.message);
        free(bytes);
        return NULL;
    }
    *size = room;
    return bytes;
}

#else

static void *write_png(size_t *size, const struct st_pixels *pixels,
                       st_failure *error)
{
    (void)size;
    (void)pixels;
    st_explain(
        error, ST_NOT_FOUND,
        "raw pixels are encoded by libpng, and memogen was built without "
        "it; on Debian: apt-get install libpng-dev, then build it again");
    return NULL;
}

#endif

void *st_pixels_encode(size_t *size, const struct st_pixels *pixels,
                       st_failure *error)
{
    return check(pixels, error) == ST_OK ? write_png(size, pixels, error)
                                         : NULL;
}

/* Raw pixels as PNG, and back. */
#include "elements/pixels.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#ifdef MEMO_HAS_PNG
#include <png.h>
#endif

Suite *memo_test_suite(void);

static unsigned char some[64 * 64 * 4];

#ifdef MEMO_HAS_PNG

/* Decode, and compare pixel by pixel. */
static void check_png(const void *png, size_t size,
                      const struct st_pixels *pixels)
{
    static const png_uint_32 formats[] = {0, PNG_FORMAT_GRAY, PNG_FORMAT_GA,
                                          PNG_FORMAT_RGB, PNG_FORMAT_RGBA};
    png_image image = {.version = PNG_IMAGE_VERSION};
    size_t row = (size_t)pixels->width * pixels->channels;
    size_t stride = pixels->stride ? pixels->stride : row;
    unsigned char *decoded = malloc(row * pixels->height);

    ck_assert(png_image_begin_read_from_memory(&image, png, size));
    ck_assert_uint_eq(image.width, pixels->width);
    ck_assert_uint_eq(image.height, pixels->height);
    ck_assert_uint_eq(image.format, formats[pixels->channels]);
    ck_assert(png_image_finish_read(&image, NULL, decoded, 0, NULL));
    for (size_t i = 0; i < pixels->height; i++)
        ck_assert_mem_eq(decoded + i * row,
                         (const char *)pixels->bytes + i * stride, row);
    free(decoded);
}

START_TEST(pixels_are_the_same_when_they_are_decoded)
{
    static const unsigned sizes[][2] = {{1, 1}, {1, 64}, {64, 1}, {17, 31}};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t padding = 0; padding < 3; padding++) {
            unsigned row = sizes[i][0] * (unsigned)_i;
            struct st_pixels pixels = {.bytes = some,
                                       .width = sizes[i][0],
                                       .height = sizes[i][1],
                                       .channels = (unsigned)_i,
                                       .stride = padding ? row + padding : 0};
            size_t size = 0, again_size = 0;

            void *png = st_pixels_encode(&size, &pixels, NULL);
            void *again = st_pixels_encode(&again_size, &pixels, NULL);

            ck_assert_ptr_nonnull(png);
            check_png(png, size, &pixels);
            ck_assert_uint_eq(size, again_size);
            ck_assert_mem_eq(png, again, size);
            free(png);
            free(again);
        }
    }
}
END_TEST

#else

START_TEST(pixels_are_the_same_when_they_are_decoded)
{
    struct st_pixels pixels = {some, 1, 1, (unsigned)_i, 0};
    st_failure error;
    size_t size;

    ck_assert_ptr_null(st_pixels_encode(&size, &pixels, &error));
    ck_assert_int_eq(error.status, ST_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.text, "libpng-dev"));
}
END_TEST

#endif

static const struct {
    struct st_pixels pixels;
    const char *expected;
} mistakes[] = {
    {{some, 1, 1, 0, 0}, "not 0"},
    {{some, 1, 1, 5, 0}, "not 5"},
    {{some, 0, 1, 3, 0}, "0 x 1"},
    {{some, 1, 0, 3, 0}, "1 x 0"},
    {{some, 10, 1, 3, 29}, "stride of 29"},
    {{some, 0xffffffff, 1, 4, 0}, "too many"},
    {{some, 0x20000000, 1, 4, 0}, "too many"},
    {{some, 0x10000, 0x10000, 1, 0}, "too many"},
    {{some, 1, 1, 1, (size_t)1 << 31}, "too many"},
};

START_TEST(what_is_no_image_is_said_to_be_none)
{
    st_failure error = {ST_OK, ""};
    size_t size;

    ck_assert_ptr_null(st_pixels_encode(&size, &mistakes[_i].pixels, &error));

    ck_assert_int_eq(error.status, ST_BAD_VALUE);
    ck_assert_msg(strstr(error.text, mistakes[_i].expected) != NULL, "%s",
                  error.text);
}
END_TEST

static void fill(void)
{
    unsigned seed = 7;

    for (size_t i = 0; i < sizeof some; i++) {
        seed = seed * 1103515245u + 12345u;
        some[i] = (unsigned char)(seed >> 16);
    }
}

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.pixels");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, fill, NULL);
    tcase_add_loop_test(cases, pixels_are_the_same_when_they_are_decoded, 1, 5);
    tcase_add_loop_test(cases, what_is_no_image_is_said_to_be_none, 0,
                        sizeof mistakes / sizeof *mistakes);
    suite_add_tcase(suite, cases);
    return suite;
}

/* Types that bytes tell. */
#include "elements/mime.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

#define BYTES(text) (text), sizeof(text) - 1

static const struct {
    const char *bytes;
    size_t size;
    const char *mime, *extension;
} known[] = {
    {BYTES("\x89PNG\r\n\x1a\n...."), "image/png", "png"},
    {BYTES("\xff\xd8\xff\xe0....JFIF"), "image/jpeg", "jpg"},
    {BYTES("GIF89a"), "image/gif", "gif"},
    {BYTES("GIF87a...."), "image/gif", "gif"},
    {BYTES("BM...."), "image/bmp", "bmp"},
    {BYTES("RIFF\0\0\0\0WEBPVP8 "), "image/webp", "webp"},
    {BYTES("RIFF\0\0\0\0WAVEfmt "), "audio/wav", "wav"},
    {BYTES("OggS"), "audio/ogg", "ogg"},
    {BYTES("fLaC"), "audio/flac", "flac"},
    {BYTES("ID3\x04"), "audio/mpeg", "mp3"},
    {BYTES("\xff\xfb\x90"), "audio/mpeg", "mp3"},
    {BYTES("\xff\xf1\x50"), "audio/aac", "aac"},
    {BYTES("\0\0\0\x18"
           "ftypM4A "),
     "audio/mp4", "m4a"},
    {BYTES("\0\0\0\x18"
           "ftypisom"),
     "video/mp4", "mp4"},
    {BYTES("\x1a\x45\xdf\xa3"), "video/webm", "webm"},
    {BYTES("<svg/>"), "image/svg+xml", "svg"},
    {BYTES("<svg xmlns='http://www.w3.org/2000/svg'>"), "image/svg+xml", "svg"},
    {BYTES("\xef\xbb\xbf\n <?xml version='1.0'?>\n<!-- > <p> -->\n"
           "<!DOCTYPE svg>\n<svg\n width='1'>"),
     "image/svg+xml", "svg"},
};

/* Exactly as many bytes as there are, for who looks behind them. */
static char *only(const char *bytes, size_t size)
{
    char *copy = malloc(size ? size : 1);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, size);
    return copy;
}

START_TEST(the_first_bytes_tell_the_type)
{
    char *bytes = only(known[_i].bytes, known[_i].size);

    const char *mime = st_mime_of(bytes, known[_i].size);

    ck_assert_ptr_nonnull(mime);
    ck_assert_str_eq(mime, known[_i].mime);
    ck_assert_str_eq(st_mime_extension(mime), known[_i].extension);
    ck_assert_int_eq(st_mime_is_image(mime), strncmp(mime, "image", 5) == 0);
    ck_assert_int_eq(st_mime_is_played(mime), strncmp(mime, "image", 5) != 0);
    free(bytes);
}
END_TEST

START_TEST(a_part_of_the_first_bytes_is_looked_at_with_care)
{
    for (size_t size = 0; size < known[_i].size; size++) {
        char *bytes = only(known[_i].bytes, size);

        st_mime_of(bytes, size);
        free(bytes);
    }
}
END_TEST

static const char *const unknown[] = {
    "",      "GIF88a", "<html><svg></html>", "<svgx>", "<!-- <svg> ",
    "<?xml", "text",   "RIFF....AVI ",       "<",      "<!",
};

START_TEST(other_bytes_tell_nothing)
{
    ck_assert_ptr_null(st_mime_of(unknown[_i], strlen(unknown[_i])));
}
END_TEST

START_TEST(unknown_types_have_an_extension_of_their_own)
{
    ck_assert_str_eq(st_mime_extension("application/x-unknown"), "bin");
    ck_assert_str_eq(st_mime_extension("../../etc"), "bin");
    ck_assert_str_eq(st_mime_extension("IMAGE/PNG"), "png");
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.mime");
    TCase *cases = tcase_create("cases");

    tcase_add_loop_test(cases, the_first_bytes_tell_the_type, 0,
                        sizeof known / sizeof *known);
    tcase_add_loop_test(cases, a_part_of_the_first_bytes_is_looked_at_with_care,
                        0, sizeof known / sizeof *known);
    tcase_add_loop_test(cases, other_bytes_tell_nothing, 0,
                        sizeof unknown / sizeof *unknown);
    tcase_add_test(cases, unknown_types_have_an_extension_of_their_own);
    suite_add_tcase(suite, cases);
    return suite;
}

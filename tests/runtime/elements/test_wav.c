/* Samples as WAV files. */
#include "elements/wav.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

START_TEST(samples_are_written_byte_by_byte_as_others_read_them)
{
    static const double samples[] = {0, 0.5, -0.5, -0.25};
    static const unsigned char expected[] = {
        'R',  'I',  'F',  'F',  44,   0,    0,    0,
        'W',  'A',  'V',  'E', /* the file */
        'f',  'm',  't',  ' ',  16,   0,    0,    0,
        1,    0,    2,    0, /* PCM, 2 */
        0x44, 0xac, 0,    0,    0x10, 0xb1, 2,    0,
        4,    0,    16,   0,                         /* 44100 */
        'd',  'a',  't',  'a',  8,    0,    0,    0, /* four */
        0,    0,    0xff, 0x7f, 0x01, 0x80, 0x01, 0xc0};
    const struct st_sound sound = {samples, 4, 44100, 2};
    size_t size = 0;

    unsigned char *wav = st_wav_encode(&size, &sound, NULL);

    ck_assert_uint_eq(size, sizeof expected);
    ck_assert_mem_eq(wav, expected, size);
    free(wav);
}
END_TEST

START_TEST(silence_and_nothing_are_sounds_too)
{
    static const double samples[3];
    const struct st_sound sound = {samples, (size_t)_i, 8000, 0};
    size_t size = 0;

    unsigned char *wav = st_wav_encode(&size, &sound, NULL);

    ck_assert_uint_eq(size, 44 + 2 * (size_t)_i);
    for (size_t i = 44; i < size; i++)
        ck_assert_uint_eq(wav[i], 0);
    free(wav);
}
END_TEST

static const double wrong[] = {0, NAN, 1, INFINITY};

static const struct {
    struct st_sound sound;
    const char *expected;
} mistakes[] = {
    {{wrong, 1, 0, 0}, "rate"},
    {{wrong, 3, 8000, 0}, "sample 1 is no number"},
    {{wrong + 2, 2, 8000, 1}, "sample 1 is no number"},
    {{wrong, 3, 8000, 2}, "3 samples cannot be of 2 channels"},
    {{wrong, 1, 8000, 40000}, "40000 channels"},
    {{wrong, (size_t)1 << 32, 8000, 1}, "too many"},
    {{wrong, 1, 4000000000u, 1}, "too many"},
};

START_TEST(what_is_no_sound_is_said_to_be_none)
{
    st_failure error = {ST_OK, ""};
    size_t size;

    ck_assert_ptr_null(st_wav_encode(&size, &mistakes[_i].sound, &error));

    ck_assert_int_eq(error.status, ST_BAD_VALUE);
    ck_assert_msg(strstr(error.text, mistakes[_i].expected) != NULL, "%s",
                  error.text);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.wav");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, samples_are_written_byte_by_byte_as_others_read_them);
    tcase_add_loop_test(cases, silence_and_nothing_are_sounds_too, 0, 4);
    tcase_add_loop_test(cases, what_is_no_sound_is_said_to_be_none, 0,
                        sizeof mistakes / sizeof *mistakes);
    suite_add_tcase(suite, cases);
    return suite;
}

#include "frame_samples.h"

#include <check.h>

Suite *memo_test_suite(void);

typedef struct {
    unsigned char *bytes;
    size_t size;
} encoded;

static encoded encode(const st_frame *frame)
{
    encoded made = {NULL, st_frame_encode(frame, NULL, 0)};

    made.bytes = malloc(made.size);
    ck_assert_uint_eq(st_frame_encode(frame, made.bytes, made.size), made.size);
    return made;
}

/* Whatever is taken is written as the same bytes again. */
static int check_decode(const unsigned char *bytes, size_t size)
{
    st_frame *frame = st_frame_decode(bytes, size);
    encoded again;

    if (!frame)
        return 0;
    again = encode(frame);
    ck_assert_uint_eq(again.size, size);
    ck_assert_mem_eq(again.bytes, bytes, size);
    free(again.bytes);
    st_frame_destroy(frame);
    return 1;
}

START_TEST(what_is_decoded_is_equal)
{
    for (int seed = 0; seed < rounds(2000); seed++) {
        uint64_t state = (uint64_t)seed;
        st_frame *frame = draw_frame(&state);
        encoded bytes = encode(frame);
        st_frame *again = st_frame_decode(bytes.bytes, bytes.size);

        ck_assert_msg(again && st_frame_equal(frame, again), "seed %d", seed);
        ck_assert_uint_eq(st_frame_hash(frame), st_frame_hash(again));
        ck_assert_int_eq(check_decode(bytes.bytes, bytes.size), 1);
        free(bytes.bytes);
        st_frame_destroy(frame);
        st_frame_destroy(again);
    }
}
END_TEST

START_TEST(bytes_are_written_whole_or_not_at_all)
{
    st_frame *frame = sample_frame();
    encoded bytes = encode(frame);
    unsigned char *room = calloc(bytes.size, 1);

    ck_assert_uint_eq(st_frame_encode(frame, room, bytes.size - 1), bytes.size);
    for (size_t i = 0; i < bytes.size; i++)
        ck_assert_uint_eq(room[i], 0);
    free(room);
    free(bytes.bytes);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(another_bit_is_refused_or_another_frame)
{
    st_frame *frame = sample_frame();
    encoded bytes;
    int taken = 0;

    must(st_frame_set_index(frame, "count", NULL));
    bytes = encode(frame);
    for (size_t i = 0; i < bytes.size * 8; i++) {
        st_frame *other;

        bytes.bytes[i / 8] ^= (unsigned char)(1u << i % 8);
        other = st_frame_decode(bytes.bytes, bytes.size);
        taken += other != NULL;
        ck_assert_int_eq(other && st_frame_equal(frame, other), 0);
        ck_assert_int_eq(check_decode(bytes.bytes, bytes.size), other != NULL);
        st_frame_destroy(other);
        bytes.bytes[i / 8] ^= (unsigned char)(1u << i % 8);
    }
    ck_assert_int_gt(taken, 100);
    free(bytes.bytes);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(another_byte_does_no_harm)
{
    st_frame *frame = sample_frame();
    encoded bytes = encode(frame);

    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char was = bytes.bytes[i];

        for (unsigned value = 0; value < 256; value++) {
            bytes.bytes[i] = (unsigned char)value;
            check_decode(bytes.bytes, bytes.size);
        }
        bytes.bytes[i] = was;
    }
    free(bytes.bytes);
    st_frame_destroy(frame);
}
END_TEST

START_TEST(bytes_that_are_cut_or_go_on_are_refused)
{
    st_frame *frame = sample_frame();
    encoded bytes = encode(frame);

    for (size_t size = 0; size < bytes.size; size++) {
        /* Its own memory, so that reading beyond is noticed. */
        unsigned char *cut = malloc(size > 0 ? size : 1);

        memcpy(cut, bytes.bytes, size);
        ck_assert_ptr_null(st_frame_decode(cut, size));
        free(cut);
    }
    bytes.bytes = realloc(bytes.bytes, bytes.size + 1);
    bytes.bytes[bytes.size] = 0;
    ck_assert_ptr_null(st_frame_decode(bytes.bytes, bytes.size + 1));
    ck_assert_ptr_null(st_frame_decode(NULL, 0));
    free(bytes.bytes);
    st_frame_destroy(frame);
}
END_TEST

/* Numbers that are likely to hurt. */
static void spoil(uint64_t *state, encoded *bytes)
{
    static const uint64_t words[] = {0,          1,          UINT8_MAX,
                                     INT32_MAX,  UINT32_MAX, INT64_MAX,
                                     UINT64_MAX, 0x80000000, 0x7FFFFFF8};
    uint64_t word = words[random_below(state, sizeof words / sizeof *words)];
    size_t width = (size_t)1 << random_below(state, 4);

    if (bytes->size < width)
        return;
    memcpy(bytes->bytes + random_below(state, bytes->size - width + 1), &word,
           width);
}

START_TEST(random_changes_do_no_harm)
{
    for (int seed = 0; seed < rounds(20000); seed++) {
        uint64_t state = (uint64_t)seed;
        st_frame *frame = draw_frame(&state);
        encoded bytes = encode(frame);
        size_t changes = 1 + random_below(&state, 3);

        if (random_below(&state, 4) == 0) {
            bytes.size = random_below(&state, bytes.size + 1);
            bytes.bytes = realloc(bytes.bytes, bytes.size + 1);
        }
        while (changes-- > 0)
            spoil(&state, &bytes);
        check_decode(bytes.bytes, bytes.size);

        free(bytes.bytes);
        st_frame_destroy(frame);
    }
}
END_TEST

START_TEST(the_format_stays_as_it_is)
{
    static const unsigned char expected[] = {
        's', 't', 'F', 1,                     /* version */
        2,   0,   0,   0,   0,   0,   0,   0, /* rows */
        2,   0,   0,   0,                     /* columns */
        1,   0,   0,   0,                     /* the index is the first */
        4,   0,   1,   0,                     /* texts, some null */
        1,   0,   0,   0,   0,   0,   0,   0, /* bytes of name and zone */
        2,   0,   0,   0,   0,   0,   0,   0, /* bytes of values */
        'a',                                  /* name */
        1,                                    /* validity */
        0,   0,   0,   0,   2,   0,   0,   0,   2, 0, 0, 0, /* offsets */
        'h', 'i',                                           /* values */
        5,   3,   0,   0,                     /* times, nanoseconds */
        1,   0,   0,   0,   3,   0,   0,   0, /* bytes of name and zone */
        16,  0,   0,   0,   0,   0,   0,   0, /* bytes of values */
        'b', 'U', 'T', 'C',                   /* name, zone */
        1,   0,   0,   0,   0,   0,   0,   0, /* values */
        255, 255, 255, 255, 255, 255, 255, 255,
    };
    static const char *const texts[] = {"hi", NULL};
    static const int64_t times[] = {1, -1};
    st_frame_column column = {
        "b", ST_FRAME_TIME, ST_FRAME_NANOSECONDS, 2, times, NULL, "UTC"};
    st_frame *frame = NULL;
    encoded bytes;

    must(st_frame_create(&frame, 2, NULL));
    must(st_frame_add_texts(frame, "a", texts, NULL, NULL));
    must(st_frame_add(frame, &column, NULL));
    must(st_frame_set_index(frame, "a", NULL));
    bytes = encode(frame);

    ck_assert_uint_eq(bytes.size, sizeof expected);
    ck_assert_mem_eq(bytes.bytes, expected, sizeof expected);
    free(bytes.bytes);
    st_frame_destroy(frame);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("frame_codec");
    TCase *tests = tcase_create("bytes");

    tcase_set_timeout(tests, 280);
    tcase_add_test(tests, the_format_stays_as_it_is);
    tcase_add_test(tests, what_is_decoded_is_equal);
    tcase_add_test(tests, bytes_are_written_whole_or_not_at_all);
    tcase_add_test(tests, another_bit_is_refused_or_another_frame);
    tcase_add_test(tests, another_byte_does_no_harm);
    tcase_add_test(tests, bytes_that_are_cut_or_go_on_are_refused);
    tcase_add_test(tests, random_changes_do_no_harm);
    suite_add_tcase(suite, tests);
    return suite;
}

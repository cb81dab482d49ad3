#include "cache/stored_form.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

#define SECOND ((uint64_t)1000000000)

static unsigned char secret[192];

static void make_secret(void)
{
    for (size_t i = 0; i < sizeof secret; i++)
        secret[i] = (unsigned char)(i * 37 + 11);
}

/* An entry with something in every part of it. */
static unsigned char *make_entry(size_t *size)
{
    const memo_stored_entry entry = {.head = {.id = {1, 2},
                                              .generation = 3,
                                              .written_ns = 4,
                                              .expires_ns = 5,
                                              .form = 6,
                                              .value_size = 5,
                                              .recording_size = 9,
                                              .key_size = 3,
                                              .kind = MEMO_STORED_RESULT,
                                              .is_derived = 1},
                                     .key = (const unsigned char *)"key",
                                     .value = (const unsigned char *)"value",
                                     .recording =
                                         (const unsigned char *)"recording"};
    unsigned char *bytes;

    *size = memo_stored_bytes(&entry.head);
    bytes = malloc(*size);
    memo_stored_put(bytes, &entry);
    memo_stored_sign(bytes, *size, secret);
    return bytes;
}

START_TEST(what_was_put_is_read)
{
    memo_stored_entry entry;
    size_t size;
    unsigned char *bytes = make_entry(&size);

    ck_assert_ptr_null(memo_stored_read(&entry, bytes, size));

    ck_assert(memo_stored_is_signed(bytes, size, secret));
    ck_assert_uint_eq(size, MEMO_STORED_HEAD_BYTES + 3 + 5 + 8 + 9);
    ck_assert_uint_eq(entry.head.id.low, 1);
    ck_assert_uint_eq(entry.head.id.high, 2);
    ck_assert_uint_eq(entry.head.generation, 3);
    ck_assert_uint_eq(entry.head.written_ns, 4);
    ck_assert_uint_eq(entry.head.expires_ns, 5);
    ck_assert_uint_eq(entry.head.form, 6);
    ck_assert_uint_eq(entry.head.is_derived, 1);
    ck_assert_mem_eq(entry.key, "key", 3);
    ck_assert_mem_eq(entry.value, "value", 5);
    ck_assert_mem_eq(entry.recording, "recording", 9);
    free(bytes);
}
END_TEST

START_TEST(parts_may_be_empty)
{
    const memo_stored_entry empty = {.head = {.kind = MEMO_STORED_QUESTIONS}};
    unsigned char bytes[MEMO_STORED_HEAD_BYTES];
    memo_stored_entry entry;

    memo_stored_put(bytes, &empty);
    memo_stored_sign(bytes, sizeof bytes, secret);

    ck_assert_uint_eq(memo_stored_bytes(&empty.head), sizeof bytes);
    ck_assert_ptr_null(memo_stored_read(&entry, bytes, sizeof bytes));
    ck_assert(memo_stored_is_signed(bytes, sizeof bytes, secret));
}
END_TEST

/* Every byte of the head is given a value: none is left as it was in memory. */
START_TEST(equal_entries_have_equal_bytes)
{
    size_t size, other_size;
    unsigned char *bytes = make_entry(&size);
    unsigned char *other = make_entry(&other_size);

    ck_assert_uint_eq(size, other_size);
    ck_assert_mem_eq(bytes, other, size);
    free(bytes);
    free(other);
}
END_TEST

/* Memory that is exactly as long shows a sanitizer who reads on. */
START_TEST(cut_entries_are_refused)
{
    memo_stored_entry entry;
    size_t whole;
    unsigned char *bytes = make_entry(&whole);

    for (size_t size = 0; size < whole; size++) {
        unsigned char *part = malloc(size + 1);

        memcpy(part + 1, bytes, size);
        ck_assert_str_eq(memo_stored_read(&entry, part + 1, size),
                         "it is cut off");
        free(part);
    }
    free(bytes);
}
END_TEST

START_TEST(longer_entries_are_refused)
{
    memo_stored_entry entry;
    size_t size;
    unsigned char *bytes = make_entry(&size);
    unsigned char *more = malloc(size + 1);

    memcpy(more, bytes, size);
    more[size] = 0;

    ck_assert_ptr_nonnull(memo_stored_read(&entry, more, size + 1));
    free(bytes);
    free(more);
}
END_TEST

START_TEST(every_changed_bit_is_noticed)
{
    memo_stored_entry entry;
    size_t size;
    unsigned char *bytes = make_entry(&size);

    for (size_t bit = 0; bit < 8 * size; bit++) {
        unsigned char mask = (unsigned char)(1u << bit % 8);

        bytes[bit / 8] ^= mask;
        ck_assert_msg(memo_stored_read(&entry, bytes, size) ||
                          !memo_stored_is_signed(bytes, size, secret),
                      "bit %zu may change", bit);
        bytes[bit / 8] ^= mask;
    }
    free(bytes);
}
END_TEST

START_TEST(another_secret_makes_another_signature)
{
    size_t size;
    unsigned char *bytes = make_entry(&size);

    secret[17] ^= 1;

    ck_assert(!memo_stored_is_signed(bytes, size, secret));
    free(bytes);
}
END_TEST

static void set_word(unsigned char *bytes, size_t offset, uint32_t word)
{
    memcpy(bytes + offset, &word, sizeof word);
}

START_TEST(other_forms_are_refused)
{
    memo_stored_entry entry;
    size_t size;
    unsigned char *bytes = make_entry(&size);

    set_word(bytes, offsetof(memo_stored_head, version),
             MEMO_STORED_VERSION + 1);
    ck_assert_ptr_nonnull(
        strstr(memo_stored_read(&entry, bytes, size), "version"));

    set_word(bytes, offsetof(memo_stored_head, magic), 0x4D656D6F);
    ck_assert_str_eq(memo_stored_read(&entry, bytes, size), "it is no entry");
    free(bytes);
}
END_TEST

START_TEST(kinds_that_nobody_knows_are_refused)
{
    static const uint16_t kinds[] = {0, 3, 0xFFFF};
    memo_stored_entry entry;
    size_t size;
    unsigned char *bytes = make_entry(&size);

    memcpy(bytes + offsetof(memo_stored_head, kind), &kinds[_i],
           sizeof kinds[_i]);

    ck_assert_ptr_nonnull(
        strstr(memo_stored_read(&entry, bytes, size), "kind"));
    free(bytes);
}
END_TEST

/* Sizes whose sum is right only if it wraps around. */
START_TEST(sizes_do_not_overflow)
{
    static const struct {
        uint64_t value_size, recording_size;
    } heads[] = {{UINT64_MAX, 0},
                 {0, UINT64_MAX},
                 {UINT64_MAX - 1, 2},
                 {(uint64_t)1 << 63, (uint64_t)1 << 63},
                 {PTRDIFF_MAX, 0}};
    memo_stored_entry entry;
    size_t size;
    unsigned char *bytes = make_entry(&size);
    memo_stored_head head;

    memcpy(&head, bytes, MEMO_STORED_HEAD_BYTES);
    head.value_size = heads[_i].value_size;
    head.recording_size = heads[_i].recording_size;
    memcpy(bytes, &head, MEMO_STORED_HEAD_BYTES);
    size = MEMO_STORED_HEAD_BYTES + head.key_size + head.value_size +
           head.recording_size;
    size += head.recording_size > 0 ? sizeof head.form : 0;

    ck_assert_uint_eq(memo_stored_bytes(&head), SIZE_MAX);
    ck_assert_ptr_nonnull(memo_stored_read(&entry, bytes, size));
    free(bytes);
}
END_TEST

START_TEST(an_entry_expires_at_its_time)
{
    const memo_stored_head head = {.written_ns = 5 * SECOND,
                                   .expires_ns = 10 * SECOND};

    ck_assert(!memo_stored_has_expired(&head, 5 * SECOND));
    ck_assert(!memo_stored_has_expired(&head, 10 * SECOND - 1));
    ck_assert(memo_stored_has_expired(&head, 10 * SECOND));
    ck_assert(memo_stored_has_expired(&head, UINT64_MAX));
}
END_TEST

START_TEST(an_entry_without_a_time_never_expires)
{
    const memo_stored_head head = {.written_ns = 5};

    ck_assert(!memo_stored_has_expired(&head, 0));
    ck_assert(!memo_stored_has_expired(&head, UINT64_MAX));
}
END_TEST

/* Clocks of several machines differ a little. */
START_TEST(an_entry_from_the_future_has_expired)
{
    const memo_stored_head head = {.written_ns = 100 * SECOND,
                                   .expires_ns = 200 * SECOND};

    ck_assert(!memo_stored_has_expired(&head, 99 * SECOND));
    ck_assert(memo_stored_has_expired(&head, 90 * SECOND));
    ck_assert(memo_stored_has_expired(&head, 0));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/stored_form");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, make_secret, NULL);
    tcase_add_test(cases, what_was_put_is_read);
    tcase_add_test(cases, parts_may_be_empty);
    tcase_add_test(cases, equal_entries_have_equal_bytes);
    tcase_add_test(cases, cut_entries_are_refused);
    tcase_add_test(cases, longer_entries_are_refused);
    tcase_add_test(cases, every_changed_bit_is_noticed);
    tcase_add_test(cases, another_secret_makes_another_signature);
    tcase_add_test(cases, other_forms_are_refused);
    tcase_add_loop_test(cases, kinds_that_nobody_knows_are_refused, 0, 3);
    tcase_add_loop_test(cases, sizes_do_not_overflow, 0, 5);
    tcase_add_test(cases, an_entry_expires_at_its_time);
    tcase_add_test(cases, an_entry_without_a_time_never_expires);
    tcase_add_test(cases, an_entry_from_the_future_has_expired);
    suite_add_tcase(suite, cases);
    return suite;
}

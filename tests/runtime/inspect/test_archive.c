#include "inspect/archive.h"

#include "cache/describe.h"

#include "../../support/random.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

#define RECORDS 6

static char machine[MEMO_DESCRIBE_HEAD];
static memo_archive_record records[RECORDS];
static memo_sink stream;
static size_t begins[RECORDS + 1];

static memo_archive_record make_entry(const char *key, const char *value)
{
    memo_archive_record record = {.kind = MEMO_ARCHIVE_ENTRY};
    memo_stored_entry *parts = &record.is.entry.parts;

    record.is.entry.digest = (memo_name){3, 4};
    parts->head.id = (memo_name){1, 2};
    parts->head.kind = MEMO_STORED_RESULT;
    parts->head.written_ns = 1000;
    parts->head.expires_ns = 2000;
    parts->head.form = 77;
    parts->head.key_size = (uint32_t)strlen(key);
    parts->head.value_size = strlen(value);
    parts->head.recording_size = 3;
    parts->key = (const unsigned char *)key;
    parts->value = (const unsigned char *)value;
    parts->recording = (const unsigned char *)"rec";
    return record;
}

static void set_up(void)
{
    records[0] = memo_archive_head_make(machine);
    records[1] =
        (memo_archive_record){.kind = MEMO_ARCHIVE_SOURCE,
                              .is.source = {.store = "disk", .secret = {5, 6}}};
    records[2] = (memo_archive_record){
        .kind = MEMO_ARCHIVE_FUNCTION,
        .is.function = {{1, 2}, 12, "f", "f.c", "0123", "facts\nend\n"}};
    records[3] = make_entry("a key", "a value");
    records[4] = make_entry("", "");
    records[5] =
        (memo_archive_record){.kind = MEMO_ARCHIVE_END, .is.end = {1, 2}};
    stream = memo_sink_growing(UINT64_MAX);
    for (size_t i = 0; i < RECORDS; i++) {
        begins[i] = stream.size;
        memo_archive_put(&stream, &records[i]);
    }
    begins[RECORDS] = stream.size;
}

static void tear_down(void)
{
    free(stream.bytes);
}

/* What is written again is the same if it was read right. */
static bool is_record(const memo_archive_record *read, size_t index)
{
    memo_sink again = memo_sink_growing(UINT64_MAX);
    bool is_same;

    memo_archive_put(&again, read);
    is_same =
        again.size == begins[index + 1] - begins[index] &&
        memcmp(again.bytes, stream.bytes + begins[index], again.size) == 0;
    free(again.bytes);
    return is_same;
}

/* What reading some bytes came to. */
typedef struct {
    bool was_read[RECORDS];
    size_t count, damaged;
} outcome;

/* Read bytes of which `chunk` come at a time; each record that is read must be
 * one that was written. */
static outcome read_all(const unsigned char *from, size_t size, size_t chunk)
{
    unsigned char *copy = malloc(size + 1);
    outcome found = {.count = 0};
    size_t begin = 0, end = chunk < size ? chunk : size, steps = 0;

    memcpy(copy, from, size);
    for (;;) {
        memo_archive_record record;
        size_t used;
        memo_archive_step step = memo_archive_read(&record, &used, copy + begin,
                                                   end - begin, end == size);

        ck_assert_uint_lt(steps++, 8 * size + 100);
        ck_assert_uint_le(used, end - begin);
        begin += used;
        if (step == MEMO_ARCHIVE_OVER)
            break;
        if (step == MEMO_ARCHIVE_MORE) {
            ck_assert_uint_lt(end, size);
            end = end + chunk < size ? end + chunk : size;
            continue;
        }
        ck_assert_uint_gt(used, 0);
        found.damaged += step == MEMO_ARCHIVE_DAMAGED;
        if (step == MEMO_ARCHIVE_RECORD) {
            size_t index = 0;

            while (index < RECORDS && !is_record(&record, index))
                index++;
            ck_assert_uint_lt(index, RECORDS);
            found.count += !found.was_read[index];
            found.was_read[index] = true;
        }
    }
    free(copy);
    return found;
}

START_TEST(what_was_written_is_read)
{
    outcome found = read_all(stream.bytes, stream.size, stream.size);

    ck_assert_uint_eq(found.count, RECORDS);
    ck_assert_uint_eq(found.damaged, 0);
}
END_TEST

START_TEST(records_say_what_they_are)
{
    memo_archive_record read;
    size_t used;

    ck_assert_int_eq(memo_archive_read(&read, &used, stream.bytes + begins[3],
                                       stream.size - begins[3], true),
                     MEMO_ARCHIVE_RECORD);

    ck_assert_int_eq(read.kind, MEMO_ARCHIVE_ENTRY);
    ck_assert_uint_eq(read.is.entry.parts.head.form, 77);
    ck_assert_uint_eq(read.is.entry.parts.head.expires_ns, 2000);
    ck_assert_mem_eq(read.is.entry.parts.value, "a value", 7);
    ck_assert_mem_eq(read.is.entry.parts.recording, "rec", 3);
}
END_TEST

START_TEST(it_may_come_in_pieces_of_any_size)
{
    for (size_t chunk = 1; chunk < stream.size; chunk++) {
        outcome found = read_all(stream.bytes, stream.size, chunk);

        ck_assert_uint_eq(found.count, RECORDS);
        ck_assert_uint_eq(found.damaged, 0);
    }
}
END_TEST

START_TEST(what_is_cut_off_is_not_read)
{
    for (size_t size = 0; size < stream.size; size++) {
        outcome found = read_all(stream.bytes, size, size > 0 ? size : 1);
        size_t whole = 0;

        while (begins[whole + 1] <= size)
            whole++;
        ck_assert_uint_eq(found.count, whole);
        ck_assert(found.damaged > 0 || begins[whole] == size);
    }
}
END_TEST

/* The one it is in, and no other, is lost. */
START_TEST(a_flipped_bit_costs_one_record)
{
    for (size_t i = 0; i < stream.size; i++) {
        unsigned char before = stream.bytes[i];
        outcome found;
        size_t hit = 0;

        while (begins[hit + 1] <= i)
            hit++;
        stream.bytes[i] ^= (unsigned char)(1u << i % 8);
        found = read_all(stream.bytes, stream.size, 1 + i % 100);
        stream.bytes[i] = before;

        ck_assert_uint_gt(found.damaged, 0);
        ck_assert(!found.was_read[hit]);
        ck_assert_uint_eq(found.count, RECORDS - 1);
    }
}
END_TEST

START_TEST(bytes_that_are_missing_or_too_many_cost_one_record)
{
    unsigned char *changed = malloc(stream.size + 16);

    for (size_t i = 0; i < stream.size; i++) {
        outcome found;

        memcpy(changed, stream.bytes, i);
        memcpy(changed + i, stream.bytes + i + 1, stream.size - i - 1);
        found = read_all(changed, stream.size - 1, 50);
        ck_assert_uint_ge(found.count, RECORDS - 1);
        memset(changed + i, 0x89, 16);
        memcpy(changed + i + 16, stream.bytes + i, stream.size - i);
        found = read_all(changed, stream.size + 16, 50);
        ck_assert_uint_ge(found.count, RECORDS - 1);
    }
    free(changed);
}
END_TEST

START_TEST(random_bytes_are_no_records)
{
    unsigned char bytes[300];
    uint64_t state = 1;

    for (int round = 0; round < 2000; round++) {
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = random_below(&state, 4) == 0
                           ? stream.bytes[random_below(&state, 64)]
                           : (unsigned char)random_next(&state);
        if (round % 2)
            memcpy(bytes + random_below(&state, 200), stream.bytes, 20);
        ck_assert_uint_eq(read_all(bytes, sizeof bytes, 37).count, 0);
    }
}
END_TEST

/* A result may be an archive, too. */
START_TEST(what_is_within_a_record_is_none)
{
    memo_sink outer = memo_sink_growing(UINT64_MAX);
    memo_archive_record record = make_entry("k", ""), read;
    size_t used, steps = 0;
    memo_archive_step step;

    record.is.entry.parts.value = stream.bytes;
    record.is.entry.parts.head.value_size = stream.size;
    memo_archive_put(&outer, &record);
    outer.bytes[outer.size - 1] ^= 1; /* its checksum */
    memo_archive_put(&outer, &records[5]);

    for (size_t at = 0; at < outer.size; at += used, steps++) {
        step = memo_archive_read(&read, &used, outer.bytes + at,
                                 outer.size - at, true);
        ck_assert(step == MEMO_ARCHIVE_DAMAGED ||
                  read.kind == MEMO_ARCHIVE_END);
    }
    ck_assert_uint_eq(steps, 2);
    free(outer.bytes);
}
END_TEST

START_TEST(another_version_and_another_machine_are_refused)
{
    memo_archive_head head = records[0].is.head;

    ck_assert_ptr_null(memo_archive_judge(&head));
    head.version++;
    ck_assert_ptr_nonnull(memo_archive_judge(&head));
    head = records[0].is.head;
    head.machine = "memo-facts 1 big 4 8";
    ck_assert_ptr_nonnull(memo_archive_judge(&head));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("archive");
    TCase *tests = tcase_create("archive");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, what_was_written_is_read);
    tcase_add_test(tests, records_say_what_they_are);
    tcase_add_test(tests, it_may_come_in_pieces_of_any_size);
    tcase_add_test(tests, what_is_cut_off_is_not_read);
    tcase_add_test(tests, a_flipped_bit_costs_one_record);
    tcase_add_test(tests, bytes_that_are_missing_or_too_many_cost_one_record);
    tcase_add_test(tests, random_bytes_are_no_records);
    tcase_add_test(tests, what_is_within_a_record_is_none);
    tcase_add_test(tests, another_version_and_another_machine_are_refused);
    suite_add_tcase(suite, tests);
    return suite;
}

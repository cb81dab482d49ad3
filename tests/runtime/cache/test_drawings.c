#include "cache/drawings.h"

#include "cache/registry.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const memo_words arguments = {1, 2}, others = {3, 4};

/* What inputs answer now, by their only byte. */
static unsigned char answers[256];

static memo_size answer(const unsigned char *input, memo_size size,
                        unsigned char *out, memo_size room)
{
    /* One of them has a long answer. */
    memo_size length = *input == 'L' ? 5000 : 1;

    ck_assert_uint_eq(size, 1);
    if (length <= room)
        memset(out, answers[*input], length);
    return length;
}

static const struct memo_recorder recorder = {.answer = answer};

/* A body that has asked for these inputs, and got the answers of now. */
static memo_drawn asked(const char *inputs)
{
    memo_drawn drawn = {0};

    drawn.inputs = malloc(strlen(inputs) * (5 + 4 + 5000));
    for (; *inputs; inputs++) {
        unsigned char input = (unsigned char)*inputs;
        uint32_t one = 1, length = (uint32_t)answer(&input, 1, NULL, 0);
        unsigned char *end = drawn.inputs + drawn.inputs_size;

        memcpy(end, &one, sizeof one);
        end[4] = input;
        memcpy(end + 5, &length, sizeof length);
        answer(&input, 1, end + 9, 5000);
        drawn.inputs_size += 9 + length;
    }
    return drawn;
}

static void learn(memo_drawings *drawings, const char *inputs)
{
    memo_drawn drawn = asked(inputs);

    ck_assert(memo_drawings_add_inputs(drawings, arguments, &drawn));
    free(drawn.inputs);
}

static memo_keys locate(memo_drawings *drawings)
{
    memo_keys keys;

    ck_assert(
        memo_drawings_locate(&keys, drawings, arguments, &recorder, NULL));
    return keys;
}

static bool are_same(memo_words a, memo_words b)
{
    return a.word0 == b.word0 && a.word1 == b.word1;
}

START_TEST(without_inputs_the_arguments_are_the_key)
{
    memo_drawings drawings = {.lock = &lock};
    memo_keys keys = locate(&drawings);

    ck_assert_uint_eq(keys.count, 1);
    ck_assert(are_same(keys.keys[0], arguments));
    memo_drawings_finish(&drawings);
}
END_TEST

START_TEST(answers_make_keys)
{
    memo_drawings drawings = {.lock = &lock};
    memo_keys first, second;

    learn(&drawings, "aL");
    first = locate(&drawings);
    ck_assert(are_same(first.keys[0], locate(&drawings).keys[0]));
    answers['L']++;
    second = locate(&drawings);
    ck_assert(!are_same(first.keys[0], second.keys[0]));
    answers['L']--;
    answers['a']++;
    ck_assert(!are_same(first.keys[0], locate(&drawings).keys[0]));
    answers['a']--;
    ck_assert(are_same(first.keys[0], locate(&drawings).keys[0]));
    memo_drawings_finish(&drawings);
}
END_TEST

START_TEST(answers_that_a_body_has_got_count_for_it)
{
    memo_drawings drawings = {.lock = &lock};
    memo_drawn drawn = asked("ab");
    memo_keys before, keys;

    learn(&drawings, "ab");
    before = locate(&drawings);
    answers['a'] = 99;
    ck_assert(
        memo_drawings_locate(&keys, &drawings, arguments, &recorder, &drawn));
    ck_assert(are_same(keys.keys[0], before.keys[0]));
    ck_assert(!are_same(locate(&drawings).keys[0], before.keys[0]));
    free(drawn.inputs);
    memo_drawings_finish(&drawings);
}
END_TEST

START_TEST(keys_from_before_an_input_was_known_stay)
{
    memo_drawings drawings = {.lock = &lock};
    memo_keys first, second;

    learn(&drawings, "a");
    first = locate(&drawings);
    learn(&drawings, "ab");
    second = locate(&drawings);
    ck_assert_uint_eq(second.count, 2);
    ck_assert(are_same(second.keys[1], first.keys[0]));
    learn(&drawings, "a"); /* nothing new */
    ck_assert_uint_eq(locate(&drawings).count, 2);
    for (char c = 'c'; c <= 'z'; c++) {
        const char one[] = {c, '\0'};

        learn(&drawings, one);
    }
    ck_assert_uint_eq(locate(&drawings).count, MEMO_MOST_KEYS);
    memo_drawings_finish(&drawings);
}
END_TEST

START_TEST(clearing_arguments_makes_other_keys)
{
    memo_drawings drawings = {.lock = &lock};
    memo_keys before;
    uint64_t clearances = memo_drawings_clearances(&drawings);
    memo_recording *found;

    learn(&drawings, "a");
    before = locate(&drawings);
    ck_assert(
        memo_drawings_keep(&drawings, before.keys[0], 7, NULL, clearances));
    memo_drawings_clear_arguments(&drawings, arguments);
    ck_assert(!are_same(locate(&drawings).keys[0], before.keys[0]));
    ck_assert(
        !memo_drawings_keep(&drawings, before.keys[0], 7, NULL, clearances));
    memo_drawings_clear(&drawings);
    ck_assert(!memo_drawings_find(&found, &drawings, before.keys[0], 7));
    ck_assert(are_same(locate(&drawings).keys[0], arguments));
    memo_drawings_finish(&drawings);
}
END_TEST

START_TEST(a_recording_belongs_to_one_value)
{
    memo_drawings drawings = {.lock = &lock};
    memo_recording *recording = memo_recording_make(3), *found;

    ck_assert(memo_drawings_keep(&drawings, arguments, 7, recording, 0));
    ck_assert(memo_drawings_keep(&drawings, others, 7, NULL, 0));
    ck_assert(!memo_drawings_find(&found, &drawings, arguments, 8));
    ck_assert(memo_drawings_find(&found, &drawings, arguments, 7));
    ck_assert_ptr_eq(found, recording);
    memo_recording_drop(found);
    ck_assert(memo_drawings_find(&found, &drawings, others, 7));
    ck_assert_ptr_null(found);
    memo_recording_drop(recording);
    memo_drawings_finish(&drawings);
}
END_TEST

/* What left the table is dropped, and so are lists that nobody asks for. */
START_TEST(sweeping_bounds_what_is_kept)
{
    memo_table_options options = {.max_entries = 4};
    memo_drawings drawings = {.lock = &lock};
    memo_recording *recording = memo_recording_make(3);
    memo_thread *self;
    memo_table table;

    ck_assert(memo_registry_is_ready());
    self = memo_thread_make(&memo_process.threads);
    ck_assert(memo_table_init(&table, &options, &memo_process.space));
    memo_section_enter(self);
    for (uint64_t i = 1; i <= 1000; i++) {
        memo_item item = {.word0 = i, .value = i};
        memo_drawn drawn = asked("a");

        ck_assert(
            memo_drawings_keep(&drawings, (memo_words){i, 0}, i, recording, 0));
        ck_assert_int_eq(memo_table_insert(&table, &item, 0), MEMO_INSERTED);
        memo_drawings_add_inputs(&drawings, (memo_words){i, 1}, &drawn);
        free(drawn.inputs);
        memo_drawings_sweep(&drawings, &table, UINT64_MAX);
        ck_assert_uint_le(drawings.drawing_count, 26);
        ck_assert_uint_le(drawings.inputs_count, 60);
    }
    memo_section_leave(self);
    memo_recording_drop(recording);
    memo_drawings_finish(&drawings);
    memo_table_finish(&table);
}
END_TEST

/* What is in the table still is dropped where it is too much. */
START_TEST(sweeping_bounds_the_bytes)
{
    memo_table_options options = {.max_entries = 100};
    memo_drawings drawings = {.lock = &lock};
    memo_thread *self;
    memo_table table;
    memo_recording *found;

    ck_assert(memo_registry_is_ready());
    self = memo_thread_make(&memo_process.threads);
    ck_assert(memo_table_init(&table, &options, &memo_process.space));
    memo_section_enter(self);
    for (uint64_t i = 1; i <= 100; i++) {
        memo_item item = {.word0 = i, .value = i};
        memo_recording *recording = memo_recording_make(1000);

        ck_assert(
            memo_drawings_keep(&drawings, (memo_words){i, 0}, i, recording, 0));
        ck_assert_int_eq(memo_table_insert(&table, &item, 0), MEMO_INSERTED);
        memo_recording_drop(recording);
        memo_drawings_sweep(&drawings, &table, 21000);
        ck_assert_uint_le(drawings.bytes, 21000);
    }
    ck_assert_uint_gt(drawings.bytes, 0);
    memo_section_leave(self);
    memo_drawings_clear(&drawings);
    ck_assert_uint_eq(drawings.bytes, 0);
    ck_assert(
        !memo_drawings_find(&found, &drawings, (memo_words){100, 0}, 100));
    memo_drawings_finish(&drawings);
    memo_table_finish(&table);
}
END_TEST

/* Who asks for something new each time does not fill the memory, and what is
 * asked for most lately is known. */
static size_t asked_count;

static memo_size count_asked(const unsigned char *input, memo_size size,
                             unsigned char *out, memo_size room)
{
    (void)input;
    (void)out;
    ck_assert(size == 1000 && room > 0);
    asked_count++;
    return 0;
}

static const struct memo_recorder counting = {.answer = count_asked};

START_TEST(lists_of_inputs_are_bounded)
{
    memo_drawings drawings = {.lock = &lock};
    memo_keys before, after;
    struct {
        uint32_t size;
        int number;
        char rest[996];
        uint32_t answer_size;
    } input = {1000, 0, "", 0};
    memo_drawn drawn = {.inputs = (unsigned char *)&input,
                        .inputs_size = sizeof input};

    for (; input.number < 1000; input.number++) {
        ck_assert(memo_drawings_add_inputs(&drawings, arguments, &drawn));
        ck_assert(memo_drawings_locate(&before, &drawings, arguments, &counting,
                                       &drawn));
        ck_assert(memo_drawings_add_inputs(&drawings, arguments, &drawn));
        asked_count = 0;
        ck_assert(memo_drawings_locate(&after, &drawings, arguments, &counting,
                                       NULL));
        ck_assert_uint_gt(asked_count, 0);
        ck_assert_uint_lt(asked_count, 80);
        ck_assert(are_same(before.keys[0], after.keys[0]));
    }
    memo_drawings_finish(&drawings);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache.drawings");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, without_inputs_the_arguments_are_the_key);
    tcase_add_test(cases, answers_make_keys);
    tcase_add_test(cases, answers_that_a_body_has_got_count_for_it);
    tcase_add_test(cases, keys_from_before_an_input_was_known_stay);
    tcase_add_test(cases, clearing_arguments_makes_other_keys);
    tcase_add_test(cases, a_recording_belongs_to_one_value);
    tcase_add_test(cases, sweeping_bounds_what_is_kept);
    tcase_add_test(cases, sweeping_bounds_the_bytes);
    tcase_add_test(cases, lists_of_inputs_are_bounded);
    suite_add_tcase(suite, cases);
    return suite;
}

#include "cache/key.h"

#include "../../support/random.h"
#include "sample_types.h"

#include <check.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

Suite *memo_test_suite(void);

#define TEXT                                                                   \
    {                                                                          \
        "text", NULL, MEMO_BY_TEXT, MEMO_IN                                    \
    }
#define FILE_PATH                                                              \
    {                                                                          \
        "path", NULL, MEMO_BY_FILE, MEMO_IN                                    \
    }
#define VALUE(type)                                                            \
    {                                                                          \
        "value", &type, MEMO_BY_VALUE, MEMO_IN                                 \
    }
#define ELEMENTS(type, way)                                                    \
    {                                                                          \
        "elements", &type, MEMO_BY_ELEMENTS, MEMO_##way                        \
    }

static const struct memo_parameter one_text[] = {TEXT};
static const struct memo_parameter three_texts[] = {TEXT, TEXT, TEXT};
static const struct memo_parameter one_file[] = {FILE_PATH};

/* On the heap, so that a sanitizer sees a write behind it. */
static const memo_budget budget = {MEMO_BUDGET_PIECES, MEMO_BUDGET_BYTES};

static memo_key *create_key(memo_key_outcome expected,
                            const struct memo_parameter *parameters,
                            memo_u32 count,
                            const struct memo_argument *arguments)
{
    struct memo_function function = {.parameter_count = count,
                                     .parameters = parameters};
    memo_key *key = malloc(sizeof *key);

    ck_assert_ptr_nonnull(key);
    memset(key, 0xCC, sizeof *key);
    ck_assert_int_eq(memo_key_build(key, &function, arguments, budget),
                     expected);
    return key;
}

static memo_key *build(const struct memo_parameter *parameters, memo_u32 count,
                       const struct memo_argument *arguments)
{
    memo_key *key = create_key(MEMO_KEY_BUILT, parameters, count, arguments);

    ck_assert_uint_le(key->size, MEMO_KEY_EXACT_BYTES);
    return key;
}

static bool is_same_digest(const memo_key *a, const memo_key *b)
{
    return a->digest.low == b->digest.low && a->digest.high == b->digest.high;
}

static int compare(const memo_key *a, const memo_key *b)
{
    if (a->size != b->size)
        return a->size < b->size ? -1 : 1;
    return memcmp(a->bytes, b->bytes, a->size);
}

static int compare_for_sort(const void *a, const void *b)
{
    return compare(*(memo_key *const *)a, *(memo_key *const *)b);
}

/* Are two keys of one parameter equal? */
static bool is_same_key(const struct memo_parameter *parameter,
                        struct memo_argument a, struct memo_argument b)
{
    memo_key *first = build(parameter, 1, &a);
    memo_key *second = build(parameter, 1, &b);
    bool is_same = compare(first, second) == 0;

    ck_assert_int_eq(is_same_digest(first, second), is_same);
    free(second);
    free(first);
    return is_same;
}

/* All keys differ: no two of the lists may be mistaken for each other. */
static void check_distinct(memo_key **keys, size_t count)
{
    qsort(keys, count, sizeof *keys, compare_for_sort);
    for (size_t i = 1; i < count; i++)
        ck_assert(compare(keys[i - 1], keys[i]) != 0 &&
                  !is_same_digest(keys[i - 1], keys[i]));
    for (size_t i = 0; i < count; i++)
        free(keys[i]);
}

static struct memo_argument text(const char *text)
{
    return (struct memo_argument){(void *)(uintptr_t)text, 0};
}

/* ---- one argument -------------------------------------------------------- */

START_TEST(null_and_the_empty_text_differ)
{
    ck_assert(is_same_key(one_text, text(NULL), text(NULL)));
    ck_assert(is_same_key(one_text, text(""), text("")));
    ck_assert(!is_same_key(one_text, text(NULL), text("")));
}
END_TEST

START_TEST(texts_of_any_length_differ)
{
    enum { LENGTHS_OF_ONE = 5000 };
    memo_key **keys = malloc(LENGTHS_OF_ONE * sizeof *keys);
    char *longest = malloc(LENGTHS_OF_ONE);
    memset(longest, 'y', LENGTHS_OF_ONE - 1);
    longest[LENGTHS_OF_ONE - 1] = '\0';

    for (size_t i = 0; i < LENGTHS_OF_ONE; i++) {
        struct memo_argument argument = text(longest + i);

        keys[i] = build(one_text, 1, &argument);
    }

    check_distinct(keys, LENGTHS_OF_ONE);
    free(longest);
    free(keys);
}
END_TEST

START_TEST(a_text_counts_by_its_characters)
{
    char here[] = "the same text", there[] = "the same text";

    ck_assert(is_same_key(one_text, text(here), text(there)));
    there[3] = '-';
    ck_assert(!is_same_key(one_text, text(here), text(there)));
}
END_TEST

START_TEST(null_and_no_elements_differ)
{
    static const struct memo_parameter array[] = {ELEMENTS(type_int, IN)};
    int number = 1;

    ck_assert(!is_same_key(array, (struct memo_argument){NULL, 0},
                           (struct memo_argument){&number, 0}));
    ck_assert(!is_same_key(array, (struct memo_argument){&number, 1},
                           (struct memo_argument){&number, 0}));
}
END_TEST

START_TEST(zeroes_of_two_signs_differ_and_a_nan_equals_itself)
{
    static const struct memo_parameter value[] = {VALUE(type_double)};
    double plus = 0.0, minus = -0.0, nan = strtod("nan", NULL);

    ck_assert(!is_same_key(value, (struct memo_argument){&plus, 0},
                           (struct memo_argument){&minus, 0}));
    ck_assert(is_same_key(value, (struct memo_argument){&nan, 0},
                          (struct memo_argument){&nan, 0}));
}
END_TEST

START_TEST(what_is_only_written_counts_by_presence_and_length)
{
    static const struct memo_parameter array[] = {ELEMENTS(type_int, OUT)};
    int ones[] = {1, 1}, twos[] = {2, 2};

    ck_assert(is_same_key(array, (struct memo_argument){ones, 2},
                          (struct memo_argument){twos, 2}));
    ck_assert(!is_same_key(array, (struct memo_argument){ones, 2},
                           (struct memo_argument){ones, 1}));
    ck_assert(!is_same_key(array, (struct memo_argument){ones, 2},
                           (struct memo_argument){NULL, 2}));
    ck_assert(is_same_key(array, (struct memo_argument){ones, MEMO_COUNT_LATER},
                          (struct memo_argument){twos, MEMO_COUNT_LATER}));
}
END_TEST

START_TEST(what_is_read_and_written_counts_by_content)
{
    static const struct memo_parameter array[] = {ELEMENTS(type_int, IN_OUT)};
    int ones[] = {1, 1}, twos[] = {1, 2};

    ck_assert(!is_same_key(array, (struct memo_argument){ones, 2},
                           (struct memo_argument){twos, 2}));
}
END_TEST

/* `count` objects of a sample whose padding holds `filler`. */
static void *create_objects(const struct sample *sample, uint64_t seed,
                            size_t count, int filler)
{
    unsigned char *objects = malloc(count * sample->type->size);

    ck_assert_ptr_nonnull(objects);
    memset(objects, filler, count * sample->type->size);
    for (size_t i = 0; i < count; i++) {
        uint64_t numbers[SAMPLE_NUMBERS];

        for (size_t k = 0; k < SAMPLE_NUMBERS; k++)
            numbers[k] = random_next(&seed) >> 12;
        sample->set(objects + i * sample->type->size, numbers);
    }
    return objects;
}

static const struct sample *sample_of(const struct memo_type *type)
{
    size_t at = 0;

    while (samples[at].type != type)
        at++;
    return &samples[at];
}

/* 1: by value.  Others: few and many elements, exact and as a digest. */
static const size_t counts[] = {1, 3, 20, 2000};
enum { COUNTS = sizeof counts / sizeof *counts };

START_TEST(padding_never_counts)
{
    const struct sample *sample = &samples[_i];
    struct memo_parameter value = {"v", sample->type, MEMO_BY_VALUE, MEMO_IN};
    struct memo_parameter array = {"a", sample->type, MEMO_BY_ELEMENTS,
                                   MEMO_IN};

    for (size_t i = 0; i < COUNTS; i++) {
        void *zero = create_objects(sample, 77, counts[i], 0);
        void *full = create_objects(sample, 77, counts[i], 0xFF);
        struct memo_argument a = {zero, counts[i]}, b = {full, counts[i]};

        ck_assert(is_same_key(&array, a, b));
        ck_assert(counts[i] > 1 || is_same_key(&value, a, b));
        free(full);
        free(zero);
    }
}
END_TEST

START_TEST(every_element_counts)
{
    const struct sample *sample = &samples[_i];
    struct memo_parameter array = {"a", sample->type, MEMO_BY_ELEMENTS,
                                   MEMO_IN};
    size_t size = sample->type->size;

    for (size_t i = 0; i < COUNTS; i++) {
        size_t count = counts[i];
        unsigned char *objects = create_objects(sample, 78, count, 0);
        unsigned char *others = create_objects(sample, 78, count, 0);
        uint64_t numbers[SAMPLE_NUMBERS] = {0};
        struct memo_argument a = {objects, count}, b = {others, count};

        for (size_t at = 0; at < count; at += 1 + count / 50) {
            sample->set(others + at * size, numbers);
            bool is_equal =
                memcmp(objects + at * size, others + at * size, size) == 0;
            ck_assert(is_equal || !is_same_key(&array, a, b));
            memcpy(others + at * size, objects + at * size, size);
        }
        ck_assert(is_same_key(&array, a, b));
        b.count = count - 1;
        ck_assert(!is_same_key(&array, a, b));
        free(others);
        free(objects);
    }
}
END_TEST

START_TEST(every_byte_of_a_long_array_counts)
{
    enum { SIZE = 1 << 20 };
    static const struct memo_parameter array[] = {ELEMENTS(type_char, IN)};
    unsigned char *bytes = calloc(SIZE, 1);
    struct memo_argument argument = {bytes, SIZE};
    memo_key *key = build(array, 1, &argument);

    ck_assert_uint_le(key->size, 32);
    for (size_t at = 0; at < SIZE; at += 9973) {
        bytes[at] = 1;
        memo_key *other = build(array, 1, &argument);
        ck_assert(compare(key, other) != 0);
        free(other);
        bytes[at] = 0;
    }
    free(key);
    free(bytes);
}
END_TEST

/* ---- several arguments --------------------------------------------------- */

START_TEST(no_two_lists_of_short_texts_look_alike)
{
    static const char *const texts[] = {
        NULL, "",    "a",    "b",     "aa",     "ab",
        "\1", "\2",  "\1a",  "\1\1a", "\1\1",   "\2\1a",
        "\3", "a\1", "a\1a", "\1\2a", "\1\1\1", "a\1\1\1",
    };
    enum {
        TEXTS = sizeof texts / sizeof *texts,
        LISTS = TEXTS * TEXTS * TEXTS
    };
    memo_key **keys = malloc(LISTS * sizeof *keys);

    for (size_t i = 0; i < LISTS; i++) {
        struct memo_argument list[3] = {text(texts[i % TEXTS]),
                                        text(texts[i / TEXTS % TEXTS]),
                                        text(texts[i / TEXTS / TEXTS])};

        keys[i] = build(three_texts, 3, list);
    }

    check_distinct(keys, LISTS);
    free(keys);
}
END_TEST

/* Around the places where an item stops to fit, and where its digest does. */
static const size_t lengths[] = {0,    1,    253,  254,  255,  256,  2000,
                                 2047, 2048, 4040, 4050, 4060, 4065, 4068,
                                 4069, 4070, 4071, 4080, 4085, 4086, 4087,
                                 4088, 4090, 4095, 4096, 4097, 5000, 9000};
enum { LENGTHS = sizeof lengths / sizeof *lengths };

START_TEST(no_two_lists_of_long_texts_look_alike)
{
    enum { LISTS = LENGTHS * LENGTHS * 4 };
    static const size_t last[] = {0, 30, 300, 4096};
    char *longest = malloc(9001);
    memo_key **keys = malloc(LISTS * sizeof *keys);
    memset(longest, 'z', 9000);
    longest[9000] = '\0';

    for (size_t i = 0; i < LISTS; i++) {
        struct memo_argument list[3] = {
            text(longest + 9000 - lengths[i % LENGTHS]),
            text(longest + 9000 - lengths[i / LENGTHS % LENGTHS]),
            text(longest + 9000 - last[i / LENGTHS / LENGTHS])};

        keys[i] = build(three_texts, 3, list);
    }

    check_distinct(keys, LISTS);
    free(keys);
    free(longest);
}
END_TEST

START_TEST(no_two_lists_of_mixed_arguments_look_alike)
{
    enum { LISTS = LENGTHS * 6 * 4 };
    static const struct memo_parameter mixed[] = {
        TEXT, ELEMENTS(type_padded, IN), VALUE(type_nested),
        ELEMENTS(type_char, OUT)};
    struct padded *padded =
        create_objects(sample_of(&type_padded), 5, 400, 0xEE);
    struct nested *nested = create_objects(sample_of(&type_nested), 6, 4, 0xEE);
    char *longest = malloc(9001), written[3];
    memo_key **keys = malloc(LISTS * sizeof *keys);
    memset(longest, 1, 9000);
    longest[9000] = '\0';

    for (size_t i = 0; i < LISTS; i++) {
        size_t step = i / LENGTHS;
        struct memo_argument list[4] = {
            text(longest + 9000 - lengths[i % LENGTHS]),
            {step % 6 == 5 ? NULL : padded,
             (const size_t[]){0, 1, 8, 300, 400, 1}[step % 6]},
            {&nested[step / 6], 0},
            {written, step % 3}};

        keys[i] = build(mixed, 4, list);
    }

    check_distinct(keys, LISTS);
    free(keys);
    free(longest);
    free(nested);
    free(padded);
}
END_TEST

START_TEST(any_number_of_arguments_fits)
{
    enum { MANY = 5000 };
    struct memo_parameter *parameters = malloc(MANY * sizeof *parameters);
    struct memo_argument *arguments = malloc(MANY * sizeof *arguments);
    double number = 1, other = 2;
    for (size_t i = 0; i < MANY; i++) {
        parameters[i] = (struct memo_parameter)VALUE(type_double);
        arguments[i] = (struct memo_argument){&number, 0};
    }
    memo_key *key = build(parameters, MANY, arguments);

    for (size_t at = 0; at < MANY; at += 61) {
        arguments[at].data = &other;
        memo_key *changed = build(parameters, MANY, arguments);
        ck_assert(compare(key, changed) != 0);
        free(changed);
        arguments[at].data = &number;
    }
    free(key);
    free(arguments);
    free(parameters);
}
END_TEST

START_TEST(no_arguments_make_an_empty_key)
{
    memo_key *key = build(NULL, 0, NULL);

    ck_assert_uint_eq(key->size, 0);
    free(key);
}
END_TEST

/* ---- calls that have no key ---------------------------------------------- */

START_TEST(lengths_that_overflow_are_too_large)
{
    static const struct memo_parameter ways[] = {ELEMENTS(type_padded, IN),
                                                 ELEMENTS(type_padded, OUT),
                                                 ELEMENTS(type_padded, IN_OUT)};
    static const memo_u64 sizes[] = {MEMO_TOO_MANY, UINT64_MAX / 24 + 1,
                                     UINT64_MAX / 24, UINT64_MAX / 48 + 1};
    struct padded padded;

    for (size_t i = 0; i < 4; i++) {
        struct memo_argument argument = {&padded, sizes[i]};

        free(create_key(MEMO_KEY_TOO_LARGE, &ways[_i], 1, &argument));
        argument.data = NULL;
        free(create_key(MEMO_KEY_TOO_LARGE, &ways[_i], 1, &argument));
    }
}
END_TEST

START_TEST(an_input_of_unknown_length_is_too_large)
{
    static const struct memo_parameter array[] = {ELEMENTS(type_int, IN)};
    int number = 1;
    struct memo_argument argument = {&number, MEMO_COUNT_LATER};

    free(create_key(MEMO_KEY_TOO_LARGE, array, 1, &argument));
}
END_TEST

START_TEST(a_type_nested_too_deep_is_too_large)
{
    enum { DEPTH = 100 };
    struct memo_type types[DEPTH];
    struct memo_field fields[DEPTH];
    struct memo_parameter value = {"v", &types[DEPTH - 1], MEMO_BY_VALUE,
                                   MEMO_IN};
    int number = 1;
    struct memo_argument argument = {&number, 0};
    for (size_t i = 0; i < DEPTH; i++) {
        fields[i] = (struct memo_field){
            "inner", i > 0 ? &types[i - 1] : &type_int, 0, 1, NULL, NULL, NULL};
        types[i] = (struct memo_type){"struct deep", MEMO_KIND_STRUCT, 1,
                                      sizeof number, &fields[i],       NULL,
                                      NULL};
    }

    free(create_key(MEMO_KEY_TOO_LARGE, &value, 1, &argument));
}
END_TEST

START_TEST(an_output_over_an_input_is_aliased)
{
    static const struct memo_parameter parameters[] = {ELEMENTS(type_int, OUT),
                                                       ELEMENTS(type_int, IN)};
    struct memo_function function = {.parameter_count = 2,
                                     .parameters = parameters};
    int numbers[4] = {1, 2, 3, 4};
    struct memo_argument arguments[2] = {{numbers, 3}, {numbers + 2, 2}};

    free(create_key(MEMO_KEY_ALIASED, parameters, 2, arguments));
    ck_assert(memo_arguments_overlap(&function, arguments));
    arguments[0].count = 2;
    free(create_key(MEMO_KEY_BUILT, parameters, 2, arguments));
    ck_assert(!memo_arguments_overlap(&function, arguments));
}
END_TEST

/* ---- files --------------------------------------------------------------- */

#define PATH MEMO_TEST_SCRATCH_DIR "/key-file"

static void write_file(const char *path, const char *content, long nanoseconds)
{
    struct timespec times[2] = {{1000, nanoseconds}, {1000, nanoseconds}};
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(content, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

static memo_key *build_file(const char *path)
{
    struct memo_argument argument = text(path);

    return build(one_file, 1, &argument);
}

START_TEST(a_file_counts_by_size_and_time_and_whether_it_is_there)
{
    memo_key *keys[7];
    unlink(PATH);
    unlink(PATH "-2");
    keys[0] = build_file(NULL);
    keys[1] = build_file(PATH);
    write_file(PATH, "content", 5);
    keys[2] = build_file(PATH);
    write_file(PATH, "content, longer", 5);
    keys[3] = build_file(PATH);
    write_file(PATH, "content, edited", 6);
    keys[4] = build_file(PATH);
    write_file(PATH "-2", "content, edited", 6);
    ck_assert_int_eq(rename(PATH "-2", PATH), 0);
    keys[5] = build_file(PATH);
    keys[6] = build_file(PATH "/not/a/folder");
    memo_key *again = build_file(PATH);

    ck_assert_int_eq(compare(again, keys[5]), 0);
    check_distinct(keys, 7);
    free(again);
    unlink(PATH);
}
END_TEST

START_TEST(errno_stays_what_it_was)
{
    errno = 4711;

    free(build_file(MEMO_TEST_SCRATCH_DIR "/no/such/file"));

    ck_assert_int_eq(errno, 4711);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("key");
    TCase *one = tcase_create("one argument");
    TCase *several = tcase_create("several arguments");
    TCase *none = tcase_create("no key");
    TCase *files = tcase_create("files");

    tcase_add_test(one, null_and_the_empty_text_differ);
    tcase_add_test(one, texts_of_any_length_differ);
    tcase_add_test(one, a_text_counts_by_its_characters);
    tcase_add_test(one, null_and_no_elements_differ);
    tcase_add_test(one, zeroes_of_two_signs_differ_and_a_nan_equals_itself);
    tcase_add_test(one, what_is_only_written_counts_by_presence_and_length);
    tcase_add_test(one, what_is_read_and_written_counts_by_content);
    tcase_add_loop_test(one, padding_never_counts, 0, SAMPLES);
    tcase_add_loop_test(one, every_element_counts, 0, SAMPLES);
    tcase_add_test(one, every_byte_of_a_long_array_counts);
    suite_add_tcase(suite, one);

    tcase_add_test(several, no_two_lists_of_short_texts_look_alike);
    tcase_add_test(several, no_two_lists_of_long_texts_look_alike);
    tcase_add_test(several, no_two_lists_of_mixed_arguments_look_alike);
    tcase_add_test(several, any_number_of_arguments_fits);
    tcase_add_test(several, no_arguments_make_an_empty_key);
    tcase_set_timeout(several, 60);
    suite_add_tcase(suite, several);

    tcase_add_loop_test(none, lengths_that_overflow_are_too_large, 0, 3);
    tcase_add_test(none, an_input_of_unknown_length_is_too_large);
    tcase_add_test(none, a_type_nested_too_deep_is_too_large);
    tcase_add_test(none, an_output_over_an_input_is_aliased);
    suite_add_tcase(suite, none);

    tcase_add_test(files,
                   a_file_counts_by_size_and_time_and_whether_it_is_there);
    tcase_add_test(files, errno_stays_what_it_was);
    suite_add_tcase(suite, files);
    return suite;
}

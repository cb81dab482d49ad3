/* Properties of canonical bytes over random nested content. */
#include "arrow_layout.h"

#include <check.h>

Suite *memo_test_suite(void);

enum { LENGTHS = 9, DEPTH = 4 };

/* MEMO_TEST_DEPTH: how many types are drawn. */
static int rounds(void)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth && strcmp(depth, "deep") == 0)
        return 200000;
    return depth && strcmp(depth, "quick") == 0 ? 1000 : 10000;
}

struct sample {
    struct arena arena;
    uint64_t state;
    struct ArrowSchema *schema;
    struct column *column;
};

static struct sample draw_sample(int seed)
{
    struct sample sample = {.state = (uint64_t)seed};

    sample.schema = draw_schema(&sample.arena, &sample.state, DEPTH);
    sample.column = draw_column(&sample.arena, &sample.state, sample.schema,
                                (int64_t)random_below(&sample.state, LENGTHS));
    return sample;
}

static memo_arrow_buffer encode(const struct ArrowSchema *schema,
                                const struct ArrowArray *array, int seed)
{
    memo_arrow_buffer buffer = {.limit = 1 << 24};
    memo_arrow_reason reason;
    bool is_good = memo_arrow_append(&buffer, schema, array, &reason);

    ck_assert_msg(is_good, "seed %d: %s", seed, is_good ? "" : reason.text);
    return buffer;
}

static memo_arrow_buffer encode_sample(struct sample *sample, bool is_plain,
                                       int seed)
{
    return encode(sample->schema,
                  lay_out_column(&sample->arena, &sample->state, sample->column,
                                 is_plain),
                  seed);
}

static bool are_equal(const memo_arrow_buffer *one,
                      const memo_arrow_buffer *other)
{
    return one->size == other->size &&
           memcmp(one->bytes, other->bytes, one->size) == 0;
}

START_TEST(equal_content_has_equal_bytes_however_it_is_laid_out)
{
    for (int seed = 0; seed < rounds(); seed++) {
        struct sample sample = draw_sample(seed);
        memo_arrow_buffer plain = encode_sample(&sample, true, seed);

        for (int i = 0; i < 3; i++) {
            memo_arrow_buffer other = encode_sample(&sample, false, seed);
            ck_assert_msg(are_equal(&plain, &other), "seed %d", seed);
            free(other.bytes);
        }

        free(plain.bytes);
        arena_finish(&sample.arena);
    }
}
END_TEST

START_TEST(another_item_has_other_bytes)
{
    int changes = 0;

    for (int seed = 0; seed < rounds(); seed++) {
        struct sample sample = draw_sample(seed);
        memo_arrow_buffer before = encode_sample(&sample, true, seed);

        if (sample.column->length > 0 &&
            change_item(&sample.state, sample.column,
                        (int64_t)random_below(&sample.state,
                                              (size_t)sample.column->length))) {
            memo_arrow_buffer after = encode_sample(&sample, false, seed);
            ck_assert_msg(!are_equal(&before, &after), "seed %d", seed);
            free(after.bytes);
            changes++;
        }

        free(before.bytes);
        arena_finish(&sample.arena);
    }
    ck_assert_int_gt(changes, rounds() / 3);
}
END_TEST

START_TEST(what_is_decoded_has_the_same_bytes)
{
    for (int seed = 0; seed < rounds(); seed++) {
        struct sample sample = draw_sample(seed);
        memo_arrow_buffer first = encode_sample(&sample, false, seed);
        memo_arrow_source source = {first.bytes, first.size, 1 << 24};
        struct ArrowSchema schema;
        struct ArrowArray array;
        memo_arrow_reason reason;

        const unsigned char *end =
            memo_arrow_decode(&schema, &array, &source, &reason);
        ck_assert_msg(end == first.bytes + first.size, "seed %d: %s", seed,
                      end ? "bytes are left" : reason.text);
        memo_arrow_buffer second = encode(&schema, &array, seed);

        ck_assert_msg(are_equal(&first, &second), "seed %d", seed);
        memo_arrow_release(&schema, &array);
        free(first.bytes);
        free(second.bytes);
        arena_finish(&sample.arena);
    }
}
END_TEST

START_TEST(no_cut_or_changed_bytes_do_harm)
{
    for (int seed = 0; seed < rounds(); seed++) {
        struct sample sample = draw_sample(seed);
        memo_arrow_buffer buffer = encode_sample(&sample, false, seed);
        memo_arrow_source source = {NULL, 0, 1 << 20};
        struct ArrowSchema schema;
        struct ArrowArray array;
        unsigned char *copy;

        source.size = random_below(&sample.state, buffer.size + 1);
        copy = malloc(source.size + 1);
        memcpy(copy, buffer.bytes, source.size);
        if (random_below(&sample.state, 2)) {
            copy[source.size] = 0;
            copy[random_below(&sample.state, source.size + 1)] ^=
                (unsigned char)(1 << random_below(&sample.state, 8));
        }
        source.bytes = copy;
        if (memo_arrow_decode(&schema, &array, &source, NULL)) {
            if (array.release) {
                memo_arrow_buffer again = {.limit = 1 << 20};
                memo_arrow_append(&again, &schema, &array, NULL);
                free(again.bytes);
            }
            memo_arrow_release(&schema, &array);
        }

        free(copy);
        free(buffer.bytes);
        arena_finish(&sample.arena);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("arrow_random");
    TCase *tests = tcase_create("properties");

    tcase_add_test(tests, equal_content_has_equal_bytes_however_it_is_laid_out);
    tcase_add_test(tests, another_item_has_other_bytes);
    tcase_add_test(tests, what_is_decoded_has_the_same_bytes);
    tcase_add_test(tests, no_cut_or_changed_bytes_do_harm);
    suite_add_tcase(suite, tests);
    return suite;
}

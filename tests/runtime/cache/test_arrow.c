/* Where the canonical bytes of Arrow structs go. */
#include "../../support/arrow_hand.h"
#include "cache/arrow.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

enum { MANY = 20000 };

static int32_t numbers[MANY + 1];

static void count_up(void)
{
    for (int32_t i = 0; i <= MANY; i++)
        numbers[i] = i;
}

START_TEST(a_buffer_grows_behind_what_it_holds)
{
    const void *buffers[] = {NULL, numbers};
    struct ArrowSchema schema = SCHEMA("i");
    struct ArrowArray array = ARRAY(buffers, MANY);
    memo_arrow_buffer buffer = {.limit = 1 << 20};

    ck_assert(memo_arrow_append(&buffer, &schema, NULL, NULL));
    size_t first = buffer.size;
    ck_assert(memo_arrow_append(&buffer, &schema, &array, NULL));

    ck_assert_uint_gt(buffer.size, first + MANY * sizeof *numbers);
    ck_assert_mem_eq(buffer.bytes, buffer.bytes + first, first - 1);
    free(buffer.bytes);
}
END_TEST

START_TEST(a_limit_leaves_the_buffer_as_it_was)
{
    const void *buffers[] = {NULL, numbers};
    struct ArrowSchema schema = SCHEMA("i");
    struct ArrowArray array = ARRAY(buffers, MANY);
    memo_arrow_buffer buffer = {.limit = 1000};
    memo_arrow_reason reason;

    memo_arrow_append(&buffer, &schema, NULL, NULL);
    size_t before = buffer.size;

    ck_assert(!memo_arrow_append(&buffer, &schema, &array, &reason));
    ck_assert_int_eq(reason.trouble, MEMO_ARROW_TOO_LARGE);
    ck_assert_uint_eq(buffer.size, before);
    free(buffer.bytes);
}
END_TEST

START_TEST(digests_are_equal_for_equal_content_only)
{
    static unsigned char bits[MANY / 8 + 1];
    const void *buffers[] = {NULL, numbers + 1};
    const void *other_buffers[] = {bits, numbers};
    struct ArrowSchema schema = SCHEMA("i");
    struct ArrowArray array = ARRAY(buffers, MANY);
    struct ArrowArray other = ARRAY(other_buffers, MANY, .offset = 1);
    memo_arrow_digest one = {.limit = 1 << 20};
    memo_arrow_digest two = {.limit = 1 << 20};
    memo_arrow_digest three = {.limit = 1 << 20};
    memo_arrow_buffer buffer = {.limit = 1 << 20};

    memset(bits, 0xFF, sizeof bits);
    ck_assert(memo_arrow_digest_pair(&one, &schema, &array, NULL));
    ck_assert(memo_arrow_digest_pair(&two, &schema, &other, NULL));
    numbers[MANY / 2] = -1;
    ck_assert(memo_arrow_digest_pair(&three, &schema, &array, NULL));
    memo_arrow_append(&buffer, &schema, &array, NULL);

    ck_assert_mem_eq(&one.digest, &two.digest, sizeof one.digest);
    ck_assert_mem_ne(&one.digest, &three.digest, sizeof one.digest);
    ck_assert_uint_eq(one.size, buffer.size);
    free(buffer.bytes);
}
END_TEST

START_TEST(a_digest_stops_at_its_limit)
{
    const void *buffers[] = {NULL, numbers};
    struct ArrowSchema schema = SCHEMA("i");
    struct ArrowArray array = ARRAY(buffers, MANY);
    memo_arrow_digest digest = {.limit = 5000};
    memo_arrow_reason reason;

    ck_assert(!memo_arrow_digest_pair(&digest, &schema, &array, &reason));

    ck_assert_int_eq(reason.trouble, MEMO_ARROW_TOO_LARGE);
    ck_assert_str_eq(reason.text,
                     "the array: there is more than the limit allows");
}
END_TEST

START_TEST(complaints_say_where)
{
    struct ArrowSchema leaf = SCHEMA("?");
    struct ArrowSchema index = SCHEMA("c", .dictionary = &leaf);
    struct ArrowSchema none = SCHEMA("n");
    struct ArrowSchema *fields[] = {&none, &index};
    struct ArrowSchema inner = SCHEMA("+s", CHILDREN(fields));
    struct ArrowSchema *items[] = {&inner};
    struct ArrowSchema schema = SCHEMA("+l", CHILDREN(items));
    memo_arrow_reason reason;

    ck_assert(!memo_arrow_check(&schema, NULL, &reason));

    ck_assert_str_eq(reason.text,
                     "child 0.1.dictionary: the format is unknown");
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("arrow");
    TCase *tests = tcase_create("bytes");

    tcase_add_checked_fixture(tests, count_up, NULL);
    tcase_add_test(tests, a_buffer_grows_behind_what_it_holds);
    tcase_add_test(tests, a_limit_leaves_the_buffer_as_it_was);
    tcase_add_test(tests, digests_are_equal_for_equal_content_only);
    tcase_add_test(tests, a_digest_stops_at_its_limit);
    tcase_add_test(tests, complaints_say_where);
    suite_add_tcase(suite, tests);
    return suite;
}

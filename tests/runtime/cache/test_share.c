/* Everybody gets the same object, and what the user says of it is heard. */
#include "share_fixture.h"

#include <pthread.h>
#include <stdlib.h>

/* ---- sharing ------------------------------------------------------------ */

static struct memo_function shared = {SHARED_FUNCTION("shared"),
                                      .sharing = &released_only};

static void *get_seven(void *unused)
{
    (void)unused;
    return get(&shared, 7);
}

START_TEST(everybody_gets_the_same_object)
{
    thing *first = get(&shared, 7), *second = get(&shared, 7);
    pthread_t thread;
    void *third;

    pthread_create(&thread, NULL, get_seven, NULL);
    pthread_join(thread, &third);

    ck_assert_ptr_eq(first, second);
    ck_assert_ptr_eq(first, third);
    ck_assert_int_eq(made, 1);
    ck_assert_ptr_ne(get(&shared, 8), first);
    ck_assert_uint_eq(stats_of(&shared).hits, 2);
    ck_assert_int_eq(released, 0);
}
END_TEST

START_TEST(null_is_computed_again)
{
    static struct memo_function none = {SHARED_FUNCTION("none"),
                                        .sharing = &released_only};
    memo_stats stats;

    for (int i = 0; i < 3; i++) {
        struct memo_call call;
        void *result = &call;
        int n = 1;
        struct memo_argument arguments[] = {{&n, 0}};

        memo_begin_words(&call, &none, 1, 0, arguments, &result);
        while (call.runs) {
            result = NULL;
            memo_end(&call, &none, arguments, &result);
        }
        ck_assert_ptr_null(result);
    }
    memo_borrow_end();

    stats = stats_of(&none);
    ck_assert_uint_eq(stats.misses, 3);
    ck_assert_uint_eq(stats.not_kept, 3);
    ck_assert_int_eq(released, 0);
}
END_TEST

/* ---- callbacks ---------------------------------------------------------- */

static struct memo_function checked = {SHARED_FUNCTION("checked"),
                                       .sharing = &validated};

START_TEST(object_that_is_not_valid_leaves_and_is_made_again)
{
    thing *first = get(&checked, 1), *second;

    errno = 0;
    ck_assert_ptr_eq(get(&checked, 1), first);
    ck_assert_int_eq(errno, 0);
    first->is_broken = true;
    second = get(&checked, 1);

    ck_assert_ptr_ne(first, second);
    ck_assert_uint_eq(stats_of(&checked).reasons[MEMO_VALIDATE_FAILED], 1);
    ck_assert_uint_eq(stats_of(&checked).entries, 1);
    ck_assert(!first->is_released);
    memo_borrow_end();
    ck_assert(first->is_released && !second->is_released);
}
END_TEST

START_TEST(object_that_nobody_has_is_released_when_it_fails)
{
    thing *first = get(&checked, 2);

    memo_borrow_end();
    first->is_broken = true;
    get(&checked, 2);

    ck_assert(first->is_released);
}
END_TEST

static thing *from_release;

static void use_the_cache(thing *it)
{
    memo_borrow_end();
    from_release = get(&shared, 100 + it->n);
    memo_clear_all();
}

START_TEST(release_may_call_and_clear)
{
    static struct memo_function function = {SHARED_FUNCTION("calling"),
                                            .sharing = &released_only};

    for (int n = 0; n < 4; n++)
        get(&function, n);
    memo_clear_function(NULL, "calling");
    on_release = use_the_cache;
    errno = 0;
    memo_borrow_end();

    ck_assert_int_eq(errno, 0);
    /* The four, and three that they made; the last one's is still pinned. */
    on_release = NULL;
    memo_borrow_end();
    ck_assert_int_eq(released, 8);
    ck_assert_int_eq(made, 8);
}
END_TEST

static void *use_nothing(int n)
{
    memo_borrow_end();
    return open_thing(n);
}

START_TEST(result_of_a_miss_is_pinned_whatever_its_body_does)
{
    static struct memo_function function = {SHARED_FUNCTION("careless"),
                                            .sharing = &released_only};
    thing *it = call_shared(&function, use_nothing, 1, 1);

    memo_clear_all();

    ck_assert(!it->is_released);
    ck_assert_uint_eq(stats_of(&function).pinned, 1);
}
END_TEST

static void end_thread_in_release(thing *it)
{
    (void)it;
    on_release = NULL;
    pthread_exit(NULL);
}

static void *release_and_die(void *function)
{
    get(function, 1);
    get(function, 2);
    memo_clear_all();
    on_release = end_thread_in_release;
    memo_borrow_end();
    return NULL;
}

START_TEST(release_may_end_the_thread)
{
    static struct memo_function function = {SHARED_FUNCTION("fatal"),
                                            .sharing = &released_only};
    pthread_t thread;

    pthread_create(&thread, NULL, release_and_die, &function);
    pthread_join(thread, NULL);
    memo_borrow_end();
    get(&function, 3);

    ck_assert_int_eq(released, 2);
}
END_TEST

/* ---- borrowed results --------------------------------------------------- */

static const struct memo_sharing borrowed = {1, NULL, NULL};
static const struct memo_sharing as_it_is = {0, NULL, NULL};

static int texts_made;

static void *make_text(int n)
{
    char *text = malloc(20);

    texts_made++;
    if (!text)
        return NULL;
    memset(text, 'a' + n, 19);
    text[19] = '\0';
    return text;
}

#define BORROW_FUNCTION(title)                                                 \
    NAME_FUNCTION(title), .word_count = 1, .sharing = &borrowed

START_TEST(borrowed_text_is_the_one_that_the_body_made)
{
    static struct memo_function function = {BORROW_FUNCTION("borrowed")};
    char *first = call_shared(&function, make_text, 1, 1);
    memo_stats stats = stats_of(&function);

    ck_assert_ptr_eq(call_shared(&function, make_text, 1, 1), first);
    ck_assert_str_eq(first, "bbbbbbbbbbbbbbbbbbb");
    ck_assert_uint_ge(stats.pinned_bytes, 20);
    ck_assert_uint_ge(stats.bytes, stats.pinned_bytes);
    memo_clear_all();
    ck_assert_str_eq(first, "bbbbbbbbbbbbbbbbbbb");
    memo_borrow_end();
    ck_assert_uint_eq(stats_of(&function).pinned, 0);
}
END_TEST

START_TEST(borrowed_text_is_verified_by_its_content)
{
    static struct memo_function function = {BORROW_FUNCTION("verified")};
    memo_config config = settings();
    char *first = call_shared(&function, make_text, 1, 1), *second;

    config.verify = 1;
    config.log_level = MEMO_LOG_OFF;
    memo_config_set(&config);
    second = call_shared(&function, make_text, 1, 1);
    ck_assert_str_eq(first, second);
    ck_assert_uint_eq(stats_of(&function).verified, 1);
    ck_assert_uint_eq(stats_of(&function).lies, 0);
    first[0] = 'x';
    second = call_shared(&function, make_text, 1, 1);

    ck_assert_uint_eq(stats_of(&function).lies, 1);
    ck_assert_str_eq(second, "bbbbbbbbbbbbbbbbbbb");
    memo_borrow_end();
}
END_TEST

START_TEST(singletons_are_not_made_twice_to_verify_them)
{
    static struct memo_function function = {SHARED_FUNCTION("single"),
                                            .sharing = &released_only};
    memo_config config = settings();

    config.verify = 1;
    memo_config_set(&config);
    get(&function, 1);
    get(&function, 1);

    ck_assert_int_eq(made, 1);
    ck_assert_uint_eq(stats_of(&function).hits, 1);
}
END_TEST

/* ---- other keys and results --------------------------------------------- */

static int open_file(const char *text)
{
    return made++ + 100 + (int)strlen(text);
}

static int file_released;

static void release_file(const void *result)
{
    memcpy(&file_released, result, sizeof file_released);
    released++;
}

START_TEST(handle_with_a_key_of_bytes_is_shared)
{
    static const struct memo_sharing sharing = {0, NULL, release_file};
    static struct memo_function function = {TEXT_FUNCTION("files"),
                                            .sharing = &sharing};
    int first = call_text(&function, open_file, "a/path");

    ck_assert_int_eq(call_text(&function, open_file, "a/path"), first);
    ck_assert_int_ne(call_text(&function, open_file, "another"), first);
    memo_clear_function(NULL, "files");
    memo_borrow_end();

    ck_assert_int_eq(released, 2);
    ck_assert(file_released == first || file_released == first + 2);
}
END_TEST

START_TEST(outputs_of_a_shared_result_are_written_on_a_hit)
{
    static struct memo_function function = {FILL_FUNCTION("filling"),
                                            .sharing = &as_it_is};

    for (int round = 0; round < 2; round++) {
        struct memo_argument arguments[2];
        struct memo_call call;
        int n = 3, out[3] = {0};

        memo_set_argument(&arguments[0], &n, 0);
        memo_set_argument(&arguments[1], out, 3);
        memo_begin(&call, &function, arguments, NULL);
        while (call.runs) {
            out[0] = out[1] = out[2] = 5;
            memo_end(&call, &function, arguments, NULL);
        }
        ck_assert_int_eq(out[2], 5);
    }

    ck_assert_uint_eq(stats_of(&function).hits, 1);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/share");
    TCase *group = tcase_create("sharing");

    tcase_add_checked_fixture(group, set_up, NULL);
    tcase_add_test(group, everybody_gets_the_same_object);
    tcase_add_test(group, null_is_computed_again);
    tcase_add_test(group, object_that_is_not_valid_leaves_and_is_made_again);
    tcase_add_test(group, object_that_nobody_has_is_released_when_it_fails);
    tcase_add_test(group, release_may_call_and_clear);
    tcase_add_test(group, result_of_a_miss_is_pinned_whatever_its_body_does);
    tcase_add_test(group, release_may_end_the_thread);
    tcase_add_test(group, borrowed_text_is_the_one_that_the_body_made);
    tcase_add_test(group, borrowed_text_is_verified_by_its_content);
    tcase_add_test(group, singletons_are_not_made_twice_to_verify_them);
    tcase_add_test(group, handle_with_a_key_of_bytes_is_shared);
    tcase_add_test(group, outputs_of_a_shared_result_are_written_on_a_hit);
    suite_add_tcase(suite, group);
    return suite;
}

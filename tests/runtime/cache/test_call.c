#include "fixture.h"

#include <check.h>
#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

static int runs;

static long square(int n)
{
    runs++;
    return (long)n * n;
}

static int count_bytes(const char *text)
{
    runs++;
    return (int)strlen(text);
}

static char *name_of(int n)
{
    char *name = NULL;

    runs++;
    if (n >= 0) {
        name = malloc(32);
        snprintf(name, 32, "number %d", n);
    }
    return name;
}

static void fill_squares(int n, int *out)
{
    runs++;
    for (int i = 0; i < n; i++)
        out[i] = i * i;
}

static void double_all(int *values)
{
    runs++;
    for (int i = 0; i < 3; i++)
        values[i] *= 2;
}

/* ---- hits --------------------------------------------------------------- */

START_TEST(second_call_with_the_same_word_is_a_hit)
{
    static struct memo_function function = {WORD_FUNCTION("square")};

    ck_assert_int_eq(call_word(&function, square, -9), 81);
    ck_assert_int_eq(call_word(&function, square, -9), 81);
    ck_assert_int_eq(call_word(&function, square, 5), 25);

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(stats_of(&function).hits, 1);
    ck_assert_uint_eq(stats_of(&function).misses, 2);
    ck_assert_uint_eq(stats_of(&function).calls, 3);
}
END_TEST

START_TEST(texts_are_compared_by_content)
{
    static struct memo_function function = {TEXT_FUNCTION("count_bytes")};
    char first[] = "a text", second[] = "a text", third[] = "a test";

    call_text(&function, count_bytes, first);
    ck_assert_int_eq(call_text(&function, count_bytes, second), 6);
    ck_assert_int_eq(call_text(&function, count_bytes, third), 6);

    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(every_hit_hands_out_a_copy_of_its_own)
{
    static struct memo_function function = {NAME_FUNCTION("name_of")};
    char *first = call_name(&function, name_of, 3);
    char *second = call_name(&function, name_of, 3);
    char *third;

    ck_assert_ptr_ne(first, second);
    second[0] = 'X';
    third = call_name(&function, name_of, 3);

    ck_assert_str_eq(third, "number 3");
    ck_assert_int_eq(runs, 1);
    free(first);
    free(second);
    free(third);
}
END_TEST

START_TEST(hit_writes_the_outputs)
{
    static struct memo_function function = {FILL_FUNCTION("fill_squares")};
    int first[4] = {0}, second[4] = {7, 7, 7, 7};

    call_fill(&function, fill_squares, 4, first);
    call_fill(&function, fill_squares, 4, second);

    ck_assert_int_eq(runs, 1);
    ck_assert_mem_eq(first, second, sizeof first);
}
END_TEST

START_TEST(key_of_an_inout_is_what_it_held_before_the_call)
{
    static struct memo_function function = {UPDATE_FUNCTION("double_all")};
    int first[3] = {1, 2, 3}, second[3] = {1, 2, 3}, third[3] = {2, 4, 6};

    call_update(&function, double_all, first);
    call_update(&function, double_all, second);
    call_update(&function, double_all, third);

    ck_assert_int_eq(runs, 2);
    ck_assert_int_eq(second[2], 6);
    ck_assert_int_eq(third[2], 12);
}
END_TEST

/* ---- what is not kept --------------------------------------------------- */

START_TEST(null_result_is_computed_again)
{
    static struct memo_function function = {NAME_FUNCTION("name_of")};

    ck_assert_ptr_null(call_name(&function, name_of, -1));
    ck_assert_ptr_null(call_name(&function, name_of, -1));

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(stats_of(&function).not_kept, 2);
    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_NEW_KEY], 1);
    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_NOT_KEPT], 1);
}
END_TEST

START_TEST(null_result_is_kept_where_cache_if_says_so)
{
    static struct memo_function function = {NAME_FUNCTION("name_of"),
                                            .flags = MEMO_RESULT_MAY_BE_NULL};

    call_name(&function, name_of, -1);
    ck_assert_ptr_null(call_name(&function, name_of, -1));

    ck_assert_int_eq(runs, 1);
}
END_TEST

START_TEST(result_is_not_kept_when_the_caller_says_no)
{
    static struct memo_function function = {WORD_FUNCTION("square")};
    int n = 4;
    struct memo_argument arguments[] = {{&n, 0}};
    struct memo_call call;
    long result = 16;

    memo_begin_words(&call, &function, 4, 0, arguments, &result);
    call.keep = 0;
    memo_end(&call, &function, arguments, &result);
    call_word(&function, square, 4);

    ck_assert_int_eq(runs, 1);
    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_NOT_KEPT], 1);
}
END_TEST

START_TEST(entry_above_max_bytes_is_not_kept)
{
    static struct memo_function function = {FILL_FUNCTION("fill_squares"),
                                            .max_bytes = 300};
    int out[200];

    call_fill(&function, fill_squares, 200, out);
    call_fill(&function, fill_squares, 200, out);
    call_fill(&function, fill_squares, 2, out);
    call_fill(&function, fill_squares, 2, out);

    ck_assert_int_eq(runs, 3);
    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_TOO_LARGE], 1);
    ck_assert_uint_eq(stats_of(&function).entries, 1);
}
END_TEST

START_TEST(overlapping_arguments_run_uncached)
{
    static const struct memo_parameter parameters[] = {
        {"in", &int_type, MEMO_BY_ELEMENTS, MEMO_IN},
        {"out", &int_type, MEMO_BY_ELEMENTS, MEMO_OUT}};
    static struct memo_function function = {FILL_FUNCTION("copy")};
    int values[4] = {1, 2, 3, 4};
    struct memo_argument arguments[] = {{values, 3}, {values + 1, 3}};
    struct memo_call call;

    function.parameters = parameters;
    memo_begin(&call, &function, arguments, NULL);
    ck_assert_uint_eq(call.runs, 1);
    memo_end(&call, &function, arguments, NULL);

    ck_assert_uint_eq(call.runs, 0);
    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_ALIASED], 1);
    ck_assert_uint_eq(stats_of(&function).uncached, 1);
    ck_assert_uint_eq(stats_of(&function).entries, 0);
}
END_TEST

START_TEST(length_that_overflows_runs_uncached)
{
    static struct memo_function function = {FILL_FUNCTION("fill_squares")};
    int n = 1, out = 0;
    struct memo_argument arguments[] = {{&n, 0}, {&out, MEMO_TOO_MANY}};
    struct memo_call call;

    memo_begin(&call, &function, arguments, NULL);
    memo_end(&call, &function, arguments, NULL);

    ck_assert_uint_eq(stats_of(&function).uncached, 1);
}
END_TEST

/* ---- errno -------------------------------------------------------------- */

static int seen_errno;

static long set_errno(int n)
{
    seen_errno = errno;
    errno = ERANGE;
    return n;
}

START_TEST(errno_is_the_callers_on_the_way_in_and_the_bodys_on_the_way_out)
{
    static struct memo_function function = {WORD_FUNCTION("set_errno")};

    errno = EDOM;
    call_word(&function, set_errno, 1);
    ck_assert_int_eq(seen_errno, EDOM);
    ck_assert_int_eq(errno, ERANGE);

    errno = EAGAIN;
    call_word(&function, set_errno, 1);
    ck_assert_int_eq(errno, EAGAIN);
}
END_TEST

/* ---- recursion and ways out --------------------------------------------- */

static struct memo_function fibonacci_function = {WORD_FUNCTION("fibonacci")};

static long fibonacci(int n)
{
    runs++;
    return n < 2 ? n
                 : call_word(&fibonacci_function, fibonacci, n - 1) +
                       call_word(&fibonacci_function, fibonacci, n - 2);
}

START_TEST(recursion_runs_once_per_input)
{
    long result = call_word(&fibonacci_function, fibonacci, 90);

    ck_assert_int_eq(result, 2880067194370816120);
    ck_assert_int_eq(runs, 91);
}
END_TEST

static struct memo_function again_function = {WORD_FUNCTION("again")};

static long again(int n)
{
    return ++runs < 3 ? call_word(&again_function, again, n) + 1 : 10;
}

START_TEST(recursion_on_the_same_input_computes)
{
    ck_assert_int_eq(call_word(&again_function, again, 5), 12);

    ck_assert_int_eq(runs, 3);
}
END_TEST

static jmp_buf way_out;

static long leave(int n)
{
    runs++;
    if (n == 0)
        longjmp(way_out, 1);
    return n;
}

START_TEST(longjmp_out_of_the_body_leaves_nothing_behind)
{
    static struct memo_function function = {WORD_FUNCTION("leave")};
    memo_config config = settings();

    config.flight_wait_ns = 1;
    memo_config_set(&config);
    for (volatile int i = 0; i < 100; i++) {
        if (setjmp(way_out) == 0)
            call_word(&function, leave, 0);
    }

    ck_assert_int_eq(call_word(&function, leave, 1), 1);
    ck_assert_int_eq(call_word(&function, leave, 1), 1);
    ck_assert_int_eq(runs, 101);
}
END_TEST

START_TEST(call_inlined_into_the_body_of_another_leaves_that_one_alone)
{
    static struct memo_function outer = {WORD_FUNCTION("outer")};
    static struct memo_function inner = {WORD_FUNCTION("inner")};
    struct memo_call outer_call, inner_call;
    int argument = 1;
    struct memo_argument arguments[] = {{&argument, 1}};
    long result = 7, inner_result = 8;

    memo_begin_words(&outer_call, &outer, 1, 0, arguments, &result);
    memo_begin_words(&inner_call, &inner, 1, 0, arguments, &inner_result);
    memo_end(&inner_call, &inner, arguments, &inner_result);
    memo_end(&outer_call, &outer, arguments, &result);
    memo_begin_words(&outer_call, &outer, 1, 0, arguments, &result);

    ck_assert(!outer_call.runs);
    ck_assert_uint_eq(stats_of(&outer).entries, 1);
    ck_assert_uint_eq(stats_of(&inner).entries, 1);
}
END_TEST

/* ---- forgetting --------------------------------------------------------- */

START_TEST(forgets_one_input)
{
    static struct memo_function function = {WORD_FUNCTION("square")};

    call_word(&function, square, 1);
    call_word(&function, square, 2);
    ck_assert_int_eq(memo_clear_words(&function, 1, 0), MEMO_OK);
    call_word(&function, square, 1);
    call_word(&function, square, 2);

    ck_assert_int_eq(runs, 3);
    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_CLEARED], 1);
}
END_TEST

START_TEST(forgets_one_input_that_is_bytes)
{
    static struct memo_function function = {TEXT_FUNCTION("count_bytes")};
    char text[] = "one";
    struct memo_argument arguments[] = {{text, 0}};

    ck_assert_int_eq(memo_clear_call(&function, arguments), MEMO_NOT_MEMOIZED);
    call_text(&function, count_bytes, "one");
    call_text(&function, count_bytes, "two");
    ck_assert_int_eq(memo_clear_call(&function, arguments), MEMO_OK);
    call_text(&function, count_bytes, "one");
    call_text(&function, count_bytes, "two");

    ck_assert_int_eq(runs, 3);
}
END_TEST

static struct memo_function clearing_function = {WORD_FUNCTION("clearing")};

static long clear_meanwhile(int n)
{
    runs++;
    if (n == 1)
        memo_clear_function(NULL, "clearing");
    else
        memo_clear_words(&clearing_function, memo_word(&n, sizeof n), 0);
    return n;
}

START_TEST(computation_that_began_before_a_clear_is_not_kept)
{
    call_word(&clearing_function, clear_meanwhile, 1);
    call_word(&clearing_function, clear_meanwhile, 2);
    ck_assert_uint_eq(stats_of(&clearing_function).entries, 0);

    call_word(&clearing_function, square, 1);
    call_word(&clearing_function, square, 1);

    ck_assert_int_eq(runs, 3);
    ck_assert_uint_eq(stats_of(&clearing_function).reasons[MEMO_CLEARED], 1);
}
END_TEST

/* ---- age ---------------------------------------------------------------- */

START_TEST(entry_is_expired_at_exactly_its_ttl)
{
    static struct memo_function function = {WORD_FUNCTION("square"),
                                            .ttl_ns = 50};

    use_test_time();
    call_word(&function, square, 1);
    test_time += 49;
    call_word(&function, square, 1);
    ck_assert_int_eq(runs, 1);

    test_time += 1;
    call_word(&function, square, 1);

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_EXPIRED], 1);
}
END_TEST

START_TEST(reading_does_not_prolong)
{
    static struct memo_function function = {TEXT_FUNCTION("count_bytes"),
                                            .ttl_ns = 50};

    use_test_time();
    for (int i = 0; i < 10; i++) {
        call_text(&function, count_bytes, "text");
        test_time += 10;
    }

    ck_assert_int_eq(runs, 2);
}
END_TEST

/* ---- modes -------------------------------------------------------------- */

START_TEST(disabled_calls_run_their_bodies)
{
    static struct memo_function function = {WORD_FUNCTION("square")};
    memo_config config = settings();

    call_word(&function, square, 1);
    config.disable = 1;
    memo_config_set(&config);
    call_word(&function, square, 1);
    call_word(&function, square, 1);
    config.disable = 0;
    memo_config_set(&config);
    call_word(&function, square, 1);

    ck_assert_int_eq(runs, 3);
    ck_assert_uint_eq(stats_of(&function).reasons[MEMO_DISABLED], 2);
    ck_assert_uint_eq(stats_of(&function).hits, 1);
}
END_TEST

/* What a log callback was told. */
static struct {
    int count;
    memo_log_level level;
    memo_reason reason;
    char text[300];
} told;

static void listen(void *context, const memo_log_entry *entry)
{
    (void)context;
    told.count++;
    told.level = entry->level;
    told.reason = entry->reason;
    snprintf(told.text, sizeof told.text, "%s", entry->text);
}

static void listen_from(memo_log_level level)
{
    memo_config config = settings();

    config.log = listen;
    config.log_level = level;
    memo_config_set(&config);
}

START_TEST(generated_code_of_another_version_runs_uncached)
{
    static struct memo_function function = {WORD_FUNCTION("square")};
    char theirs[20], ours[20];

    snprintf(theirs, sizeof theirs, "version %u", MEMO_ABI + 7);
    snprintf(ours, sizeof ours, "version %u", MEMO_ABI);
    function.abi = MEMO_ABI + 7;
    listen_from(MEMO_LOG_WARNING);
    call_word(&function, square, 1);
    call_word(&function, square, 1);

    ck_assert_int_eq(runs, 2);
    ck_assert_int_eq(told.count, 1);
    ck_assert_ptr_nonnull(strstr(told.text, theirs));
    ck_assert_ptr_nonnull(strstr(told.text, ours));
}
END_TEST

START_TEST(log_tells_why_a_body_ran)
{
    static struct memo_function function = {TEXT_FUNCTION("count_bytes")};

    listen_from(MEMO_LOG_MISS);
    call_text(&function, count_bytes, "a");
    ck_assert_int_eq(told.reason, MEMO_NEW_KEY);
    call_text(&function, count_bytes, "a");
    ck_assert_int_eq(told.count, 1);
    memo_clear_all();
    call_text(&function, count_bytes, "a");

    ck_assert_int_eq(told.count, 2);
    ck_assert_int_eq(told.reason, MEMO_CLEARED);
    ck_assert_ptr_nonnull(strstr(told.text, "miss (cleared)"));
}
END_TEST

START_TEST(log_tells_of_hits_when_asked)
{
    static struct memo_function function = {WORD_FUNCTION("square")};

    listen_from(MEMO_LOG_HIT);
    call_word(&function, square, 1);
    call_word(&function, square, 1);

    ck_assert_int_eq(runs, 1);
    ck_assert_int_eq(told.count, 2);
    ck_assert_int_eq(told.reason, MEMO_HIT);
}
END_TEST

static struct memo_function logged_function = {WORD_FUNCTION("logged")};

static void call_from_log(void *context, const memo_log_entry *entry)
{
    (void)entry;
    if (call_word(&logged_function, square, 1) == 1)
        ++*(int *)context;
}

START_TEST(log_callback_may_call_a_memoized_function)
{
    memo_config config = settings();
    int calls = 0;

    config.log = call_from_log;
    config.log_context = &calls;
    config.log_level = MEMO_LOG_HIT;
    memo_config_set(&config);
    call_word(&logged_function, square, 1);

    ck_assert_int_eq(calls, 1);
    ck_assert_uint_eq(stats_of(&logged_function).reasons[MEMO_INTERRUPTED], 1);
}
END_TEST

static void forget_runs(void)
{
    runs = 0;
    memset(&told, 0, sizeof told);
}

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/call");
    TCase *group = tcase_create("calls");

    tcase_add_checked_fixture(group, forget_runs, NULL);
    tcase_add_test(group, second_call_with_the_same_word_is_a_hit);
    tcase_add_test(group, texts_are_compared_by_content);
    tcase_add_test(group, every_hit_hands_out_a_copy_of_its_own);
    tcase_add_test(group, hit_writes_the_outputs);
    tcase_add_test(group, key_of_an_inout_is_what_it_held_before_the_call);
    tcase_add_test(group, null_result_is_computed_again);
    tcase_add_test(group, null_result_is_kept_where_cache_if_says_so);
    tcase_add_test(group, result_is_not_kept_when_the_caller_says_no);
    tcase_add_test(group, entry_above_max_bytes_is_not_kept);
    tcase_add_test(group, overlapping_arguments_run_uncached);
    tcase_add_test(group, length_that_overflows_runs_uncached);
    tcase_add_test(
        group, errno_is_the_callers_on_the_way_in_and_the_bodys_on_the_way_out);
    tcase_add_test(group, recursion_runs_once_per_input);
    tcase_add_test(group, recursion_on_the_same_input_computes);
    tcase_add_test(group, longjmp_out_of_the_body_leaves_nothing_behind);
    tcase_add_test(group,
                   call_inlined_into_the_body_of_another_leaves_that_one_alone);
    tcase_add_test(group, forgets_one_input);
    tcase_add_test(group, forgets_one_input_that_is_bytes);
    tcase_add_test(group, computation_that_began_before_a_clear_is_not_kept);
    tcase_add_test(group, entry_is_expired_at_exactly_its_ttl);
    tcase_add_test(group, reading_does_not_prolong);
    tcase_add_test(group, disabled_calls_run_their_bodies);
    tcase_add_test(group, generated_code_of_another_version_runs_uncached);
    tcase_add_test(group, log_tells_why_a_body_ran);
    tcase_add_test(group, log_tells_of_hits_when_asked);
    tcase_add_test(group, log_callback_may_call_a_memoized_function);
    suite_add_tcase(suite, group);
    return suite;
}

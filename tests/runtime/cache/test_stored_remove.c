/* What is cleared is not found any more: by nobody, whatever the store does. */
#include "store_fixture.h"

Suite *memo_test_suite(void);

static _Atomic int runs, epoch;

/* Its results are of the time at which they are computed. */
static long dated(int n)
{
    runs++;
    return (long)n * 100 + epoch;
}

static int dated_text(const char *text)
{
    return (int)dated((int)strlen(text));
}

#define DATED(where)                                                           \
    {                                                                          \
        WORD_FUNCTION("dated"), ON_SHELF(where)                                \
    }
static struct memo_function first = DATED(here), second = DATED(there);
static struct memo_function third = DATED(elsewhere);
static struct memo_function text = {TEXT_FUNCTION("dated_text"),
                                    ON_SHELF(here)};
static struct memo_function same_text = {TEXT_FUNCTION("dated_text"),
                                         ON_SHELF(there)};

static long call(struct memo_function *function, int n)
{
    return call_word(function, dated, n);
}

static memo_status clear(void (*which)(void))
{
    return memo_clear_function(which, "");
}

/* ---- clearing ------------------------------------------------------------ */

START_TEST(what_is_cleared_is_not_found_any_more)
{
    for (int n = 0; n < 10; n++)
        call(&first, n);
    settle();
    epoch = 1;
    ck_assert_int_eq(clear(here), MEMO_OK);
    for (int n = 0; n < 10; n++) {
        ck_assert_int_eq(call(&first, n), n * 100 + 1);
        ck_assert_int_eq(call(&second, n), n * 100 + 1);
    }

    ck_assert_uint_eq(shelf.clears, 1);
}
END_TEST

/* Nothing was called: the results are of a process before. */
START_TEST(a_declared_function_is_cleared_where_its_results_persist)
{
    call(&first, 7);
    settle();
    epoch = 1;
    ck_assert_int_eq(clear(there), MEMO_NOT_MEMOIZED);
    memo_declare(&second);
    ck_assert_int_eq(clear(there), MEMO_OK);

    ck_assert_uint_eq(shelf_count(), 0);
    ck_assert_int_eq(call(&third, 7), 701);
}
END_TEST

START_TEST(clearing_everything_reaches_what_was_never_called)
{
    static struct memo_function other = {WORD_FUNCTION("other"),
                                         ON_SHELF(NULL)};

    call(&first, 7);
    call(&other, 7);
    call_text(&text, dated_text, "text");
    settle();
    ck_assert_uint_eq(shelf_count(), 3);
    epoch = 1;
    memo_declare(&second);
    ck_assert_int_eq(memo_clear_all(), MEMO_OK);

    ck_assert_uint_eq(shelf_count(), 0);
    ck_assert_int_eq(call(&second, 7), 701);
    ck_assert_int_eq(call(&first, 7), 701);
    ck_assert_int_eq(call(&other, 7), 701);
    ck_assert_int_eq(call_text(&same_text, dated_text, "text"), 401);
}
END_TEST

/* The store has not been opened: nobody but a declared function names it. */
START_TEST(clearing_everything_opens_the_store)
{
    memo_declare(&first);
    ck_assert_int_eq(memo_clear_all(), MEMO_OK);

    ck_assert_uint_eq(shelf.opens, 1);
    ck_assert_uint_eq(shelf.clears, 1);
}
END_TEST

START_TEST(what_is_computed_after_a_clear_is_found)
{
    call(&first, 1);
    settle();
    clear(here);
    epoch = 1;
    call(&first, 1);
    settle();
    runs = 0;

    ck_assert_int_eq(call(&second, 1), 101);
    ck_assert_int_eq(runs, 0);
}
END_TEST

/* ---- one call ------------------------------------------------------------ */

START_TEST(one_call_is_forgotten_of_words)
{
    call(&first, 1);
    call(&first, 2);
    settle();
    epoch = 1;
    if (_i == 0)
        memo_declare(&second); /* not even called */
    ck_assert_int_eq(memo_clear_words(_i == 0 ? &second : &first, 1, 0),
                     MEMO_OK);

    ck_assert_int_eq(call(&third, 1), 101);
    ck_assert_int_eq(call(&third, 2), 200);
    ck_assert_uint_eq(shelf.removals, 1);
}
END_TEST

START_TEST(one_call_is_forgotten_of_bytes)
{
    char one[] = "a", two[] = "bc";
    struct memo_argument arguments[] = {{one, 0}};

    call_text(&text, dated_text, one);
    call_text(&text, dated_text, two);
    settle();
    epoch = 1;
    if (_i == 0)
        memo_declare(&same_text);
    ck_assert_int_eq(memo_clear_call(_i == 0 ? &same_text : &text, arguments),
                     MEMO_OK);

    ck_assert_int_eq(call_text(&same_text, dated_text, one), 101);
    ck_assert_int_eq(call_text(&same_text, dated_text, two), 200);
}
END_TEST

/* ---- while results are on their way -------------------------------------- */

static void *clear_first(void *status)
{
    *(memo_status *)status = clear(here);
    return NULL;
}

START_TEST(a_result_that_waits_to_be_written_is_cleared_too)
{
    memo_status status = MEMO_NOT_MEMOIZED;
    pthread_t thread;

    call(&first, 0);
    settle();
    shelf_hold(SHELF_WRITE);
    for (int n = 1; n < 200; n++)
        call(&first, n);
    pthread_create(&thread, NULL, clear_first, &status);
    shelf_await(1);
    shelf_release();
    pthread_join(thread, NULL);
    settle();
    epoch = 1;

    ck_assert_int_eq(status, MEMO_OK);
    for (int n = 0; n < 200; n++)
        ck_assert_int_eq(call(&second, n), n * 100 + 1);
}
END_TEST

static void (*meanwhile)(void);

static long interrupted(int n)
{
    long result = dated(n);

    if (meanwhile)
        meanwhile();
    return result;
}

static void clear_here(void)
{
    clear(here);
}

static void clear_there(void)
{
    clear(there);
}

static void clear_all(void)
{
    memo_clear_all();
}

static void clear_words(void)
{
    memo_clear_words(&first, 1, 0);
}

START_TEST(a_computation_that_began_before_is_not_found)
{
    static void (*const ways[])(void) = {clear_here, clear_there, clear_all,
                                         clear_words};

    memo_declare(&second);
    meanwhile = ways[_i];
    ck_assert_int_eq(call_word(&first, interrupted, 1), 100);
    meanwhile = NULL;
    settle();
    epoch = 1;

    ck_assert_int_eq(call(&second, 1), 101);
    ck_assert_int_eq(call(&third, 1), 101);
}
END_TEST

static pthread_t clearing_thread;

static void *clear_in_thread(void *way)
{
    (*(void (*const *)(void))way)();
    return NULL;
}

static void (*way_to_clear)(void);

/* Whoever clears waits for the store when the body ends. */
static void clear_while_it_hangs(void)
{
    shelf_hold(SHELF_WRITE);
    pthread_create(&clearing_thread, NULL, clear_in_thread, &way_to_clear);
    shelf_await(1);
}

START_TEST(a_computation_that_ends_while_it_is_cleared_is_not_found)
{
    static void (*const ways[])(void) = {clear_here, clear_all, clear_words};

    call(&first, 5);
    settle();
    way_to_clear = ways[_i];
    meanwhile = clear_while_it_hangs;
    ck_assert_int_eq(call_word(&first, interrupted, 1), 100);
    meanwhile = NULL;
    usleep(20000);
    shelf_release();
    pthread_join(clearing_thread, NULL);
    settle();
    epoch = 1;

    ck_assert_int_eq(call(&first, 1), 101);
    ck_assert_int_eq(call(&second, 1), 101);
}
END_TEST

/* Called in the middle of clearing, before the store knows of it. */
static bool is_armed;
static int hooked_kind;
static const struct memo_store *find_with_hook(void);
static const struct memo_persistence hooked = {find_with_hook, 0, 0};
static struct memo_function hooked_words = {
    WORD_FUNCTION("dated"), .persistence = &hooked, .address = elsewhere};
static struct memo_function hooked_text = {
    TEXT_FUNCTION("dated_text"), .persistence = &hooked, .address = elsewhere};

static long call_hooked(void)
{
    return hooked_kind < 2 ? call(&hooked_words, 1)
                           : call_text(&hooked_text, dated_text, "a");
}

static void *load_old(void *unused)
{
    call_hooked();
    return unused;
}

static const struct memo_store *find_with_hook(void)
{
    pthread_t thread;

    if (is_armed) {
        is_armed = false;
        pthread_create(&thread, NULL, load_old, NULL);
        pthread_join(thread, NULL);
    }
    return &shelf_store;
}

static memo_status clear_hooked(void)
{
    char letter[] = "a";
    struct memo_argument arguments[] = {{letter, 0}};

    if (hooked_kind == 0)
        return clear(elsewhere);
    return hooked_kind == 1
               ? (memo_status)memo_clear_words(&hooked_words, 1, 0)
               : (memo_status)memo_clear_call(&hooked_text, arguments);
}

START_TEST(what_is_loaded_while_it_is_cleared_does_not_stay)
{
    hooked_kind = _i;
    call(&first, 1);
    call_text(&text, dated_text, "a");
    settle();
    memo_declare(_i < 2 ? &hooked_words : &hooked_text);
    epoch = 1;
    is_armed = true;
    ck_assert_int_eq(clear_hooked(), MEMO_OK);

    ck_assert(!is_armed);
    ck_assert_int_eq(call_hooked(), 101);
}
END_TEST

/* ---- stores that hang ---------------------------------------------------- */

static void check_late(memo_status status, memo_u64 begin_ns)
{
    memo_u64 elapsed_ns = time_now() - begin_ns;

    ck_assert_int_eq(status, MEMO_STORE_LATE);
    ck_assert_uint_ge(elapsed_ns, 100 * MILLISECOND);
    ck_assert_uint_lt(elapsed_ns, 20 * SECOND);
}

/* What the store would still hand out is not asked for. */
START_TEST(nothing_old_is_used_after_a_clear_that_is_late)
{
    memo_u64 begin_ns;

    call(&first, 1);
    call(&second, 2);
    settle();
    shelf_hold(SHELF_WRITE);
    use_timeout(100 * MILLISECOND);
    begin_ns = time_now();
    check_late(_i == 0 ? clear(here) : memo_clear_all(), begin_ns);
    epoch = 1;
    ck_assert_int_eq(call(&first, 1), 101);
    ck_assert_int_eq(call(&first, 2), 201);
    ck_assert_int_eq(call(&first, 1), 101);
    ck_assert_int_eq(runs, 4);

    use_timeout(60 * SECOND);
    shelf_release();
    settle();
    ck_assert_int_eq(call(&third, 1), 101);
    ck_assert_int_eq(call(&third, 2), 201);
}
END_TEST

static memo_status forget_one(int kind)
{
    char letter[] = "a";
    struct memo_argument arguments[] = {{letter, 0}};

    return kind == 0 ? (memo_status)memo_clear_words(&first, 1, 0)
                     : (memo_status)memo_clear_call(&text, arguments);
}

static long call_one(int kind, bool is_other)
{
    return kind == 0
               ? call(is_other ? &second : &first, 1)
               : call_text(is_other ? &same_text : &text, dated_text, "a");
}

START_TEST(nothing_old_is_used_after_forgetting_one_call_late)
{
    memo_u64 begin_ns;

    call_one(_i, false);
    settle();
    shelf_hold(SHELF_WRITE);
    use_timeout(100 * MILLISECOND);
    begin_ns = time_now();
    check_late(forget_one(_i), begin_ns);
    epoch = 1;
    ck_assert_int_eq(call_one(_i, false), 101);

    use_timeout(60 * SECOND);
    shelf_release();
    settle();
    ck_assert_int_eq(call_one(_i, true), 101);
}
END_TEST

/* Once it is late it is still done, and loading goes on. */
START_TEST(a_late_clear_is_done_later)
{
    call(&first, 1);
    settle();
    shelf_hold(SHELF_WRITE);
    use_timeout(100 * MILLISECOND);
    clear(here);
    forget_one(0);
    shelf_release();
    use_timeout(60 * SECOND);
    settle();
    call(&first, 5);
    settle();
    runs = 0;
    call(&second, 5);

    ck_assert_int_eq(runs, 0);
    ck_assert_uint_eq(shelf.clears, 1);
    ck_assert(memo_backend_is_clear(shelf_backend(), shelf_backend()->stored));
}
END_TEST

static struct memo_store absent_store;

static const struct memo_store *find_absent(void)
{
    return &absent_store;
}

/* It comes back: what was asked for meanwhile is done, before anything is
 * loaded. */
START_TEST(a_store_that_is_absent_is_cleared_when_it_comes_back)
{
    static const struct memo_persistence absent = {find_absent, 0, 0};
    static struct memo_function function = {
        WORD_FUNCTION("dated"), .persistence = &absent, .address = elsewhere};

    absent_store = shelf_store;
    absent_store.name = "absent";
    call(&first, 1);
    settle();
    shelf_set(&shelf.open_fails, true);
    use_timeout(100 * MILLISECOND);
    memo_declare(&function);
    ck_assert_int_eq(clear(elsewhere), MEMO_STORE_LATE);
    epoch = 1;
    ck_assert_int_eq(call(&function, 1), 101);

    shelf_set(&shelf.open_fails, false);
    use_timeout(60 * SECOND);
    settle();
    ck_assert_int_eq(call(&second, 1), 101);
    ck_assert_uint_eq(shelf.clears, 1);
}
END_TEST

/* ---- what another process has changed ------------------------------------ */

static memo_stored *stored_of(struct memo_function *function)
{
    memo_backend *backend;

    return memo_stored_of(&backend, function, memo_self);
}

START_TEST(the_store_may_have_memory_forget)
{
    static struct memo_function other = {WORD_FUNCTION("other"),
                                         ON_SHELF(NULL)};
    memo_backend *backend;
    memo_stored *stored;
    memo_name digest = {1, 2};

    call(&first, 1);
    call(&other, 1);
    call_text(&text, dated_text, "a");
    settle();
    backend = shelf_backend();
    stored = stored_of(&first);
    pthread_mutex_lock(&shelf.lock);
    shelf_take_away(NULL, NULL);
    pthread_mutex_unlock(&shelf.lock);
    epoch = 1;
    ck_assert_int_eq(call(&first, 1), 100); /* memory has it */
    backend->host.forget(&backend->host, _i == 2 ? NULL : stored,
                         _i == 1 ? &digest : NULL);

    ck_assert_int_eq(call(&first, 1), 101);
    ck_assert_int_eq(call(&other, 1), _i == 2 ? 101 : 100);
    ck_assert_int_eq(call_text(&text, dated_text, "a"), _i == 2 ? 101 : 100);
}
END_TEST

/* It was loaded before, and would be kept in memory after. */
static void forget_meanwhile(void)
{
    memo_backend *backend = shelf_backend();

    backend->host.forget(&backend->host, stored_of(&first), NULL);
}

START_TEST(what_is_forgotten_while_it_is_loaded_does_not_stay)
{
    call(&first, 1);
    settle();
    shelf.on_load = forget_meanwhile;
    call(&second, 1);
    shelf.on_load = NULL;
    epoch = 1;
    clear(here); /* of another process: what this one has stays */

    ck_assert_int_eq(call(&second, 1), 101);
}
END_TEST

static void *forget_text(void *status)
{
    struct memo_argument arguments[] = {{(void *)(size_t) "seven", 0}};

    *(int *)status = memo_clear_call(&text, arguments);
    return NULL;
}

/* It has called nothing before. */
START_TEST(a_thread_that_only_forgets_reaches_the_store)
{
    int status = MEMO_STATUS_COUNT;
    pthread_t thread;

    call_text(&text, dated_text, "seven");
    settle();
    epoch = 1;
    ck_assert_int_eq(pthread_create(&thread, NULL, forget_text, &status), 0);
    pthread_join(thread, NULL);

    ck_assert_int_eq(status, MEMO_OK);
    ck_assert_int_eq(call_text(&same_text, dated_text, "seven"), 501);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/stored_remove");
    TCase *cases = tcase_create("cases");

    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, shelf_begin, shelf_end);
    tcase_add_test(cases, what_is_cleared_is_not_found_any_more);
    tcase_add_test(cases,
                   a_declared_function_is_cleared_where_its_results_persist);
    tcase_add_test(cases, clearing_everything_reaches_what_was_never_called);
    tcase_add_test(cases, clearing_everything_opens_the_store);
    tcase_add_test(cases, what_is_computed_after_a_clear_is_found);
    tcase_add_loop_test(cases, one_call_is_forgotten_of_words, 0, 2);
    tcase_add_loop_test(cases, one_call_is_forgotten_of_bytes, 0, 2);
    tcase_add_test(cases, a_result_that_waits_to_be_written_is_cleared_too);
    tcase_add_loop_test(cases, a_computation_that_began_before_is_not_found, 0,
                        4);
    tcase_add_loop_test(
        cases, a_computation_that_ends_while_it_is_cleared_is_not_found, 0, 3);
    tcase_add_loop_test(cases, what_is_loaded_while_it_is_cleared_does_not_stay,
                        0, 3);
    tcase_add_loop_test(cases, nothing_old_is_used_after_a_clear_that_is_late,
                        0, 2);
    tcase_add_loop_test(
        cases, nothing_old_is_used_after_forgetting_one_call_late, 0, 2);
    tcase_add_test(cases, a_thread_that_only_forgets_reaches_the_store);
    tcase_add_test(cases, a_late_clear_is_done_later);
    tcase_add_test(cases, a_store_that_is_absent_is_cleared_when_it_comes_back);
    tcase_add_loop_test(cases, the_store_may_have_memory_forget, 0, 3);
    tcase_add_test(cases, what_is_forgotten_while_it_is_loaded_does_not_stay);
    suite_add_tcase(suite, cases);
    return suite;
}

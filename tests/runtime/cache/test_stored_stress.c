/* Several threads and a slow store, one process and another: whatever is handed
 * out is what the body computes.  Sanitizers see the rest. */
#include "store_fixture.h"

Suite *memo_test_suite(void);

enum { THREADS = 6, CALLS = 4000, KEYS = 150 };

/* Of the same functions: one with much memory, one with little, one that
 * forgets soon. */
#define TRIPLETS(macro, title)                                                 \
    {                                                                          \
        {macro(title), ON_SHELF(here)},                                        \
            {macro(title), .max_entries = 10, ON_SHELF(there)},                \
        {                                                                      \
            macro(title), .ttl_ns = 1000, .persistence = &with_age,            \
                          .address = elsewhere                                 \
        }                                                                      \
    }
enum { PROCESSES = 3 };
static struct memo_function words[] = TRIPLETS(WORD_FUNCTION, "square");
static struct memo_function texts[] = TRIPLETS(TEXT_FUNCTION, "count");
static struct memo_function names[] = TRIPLETS(NAME_FUNCTION, "name");
static struct memo_function fills[] = TRIPLETS(FILL_FUNCTION, "fill");

static long square(int n)
{
    return (long)n * n;
}

static int count_bytes(const char *text)
{
    return (int)strlen(text);
}

static char *name_of(int n)
{
    char *name = malloc(40);

    snprintf(name, 40, "number %d", n);
    return name;
}

static void fill(int n, int *out)
{
    for (int i = 0; i < n; i++)
        out[i] = n * i;
}

static unsigned next_random(unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16;
}

static bool is_text_right(int process, int n)
{
    char text[40];

    snprintf(text, sizeof text, "%d letters", n);
    return call_text(&texts[process], count_bytes, text) == (int)strlen(text);
}

static bool is_name_right(int process, int n)
{
    char expected[40], *name = call_name(&names[process], name_of, n);
    bool is_right;

    snprintf(expected, sizeof expected, "number %d", n);
    is_right = strcmp(name, expected) == 0;
    free(name);
    return is_right;
}

static bool is_fill_right(int process, int n)
{
    int out[KEYS] = {0};

    call_fill(&fills[process], fill, n, out);
    for (int i = 0; i < n; i++) {
        if (out[i] != n * i)
            return false;
    }
    return true;
}

static bool is_right(unsigned choice, int n)
{
    int process = (int)(choice / 4) % PROCESSES;

    switch (choice % 4) {
    case 0:
        return call_word(&words[process], square, n) == square(n);
    case 1:
        return is_text_right(process, n);
    case 2:
        return is_name_right(process, n);
    default:
        return is_fill_right(process, n);
    }
}

static _Atomic unsigned wrong;
static _Atomic bool clears;

static void clear_something(unsigned choice)
{
    static void (*const addresses[])(void) = {here, there, elsewhere};
    memo_u64 word = choice % KEYS;

    if (choice % 16 == 0)
        memo_clear_all();
    else if (choice % 2 == 0)
        memo_clear_words(&words[choice % PROCESSES], word, 0);
    else
        memo_clear_function(addresses[choice % 3], "");
}

static void *call_all(void *seed)
{
    unsigned state = *(unsigned *)seed;

    for (int i = 0; i < CALLS; i++) {
        unsigned choice = next_random(&state);

        if (!is_right(choice, (int)(next_random(&state) % KEYS)))
            wrong++;
        if (clears && i % 64 == 0)
            clear_something(choice);
        if (i % 500 == 499)
            memo_flush();
    }
    return NULL;
}

static void run_threads(void)
{
    static unsigned seeds[THREADS];
    pthread_t threads[THREADS];

    for (unsigned i = 0; i < THREADS; i++) {
        seeds[i] = i * 7919u + 1;
        pthread_create(&threads[i], NULL, call_all, &seeds[i]);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

/* _i: with clearings; and with a store that is too slow to be waited for. */
START_TEST(values_are_right_in_all_threads)
{
    clears = (_i & 1) != 0;
    shelf.slow_us = 200;
    if (_i & 2)
        use_timeout(100000);
    run_threads();

    ck_assert_uint_eq(wrong, 0);
    /* That some are dropped is told once. */
    ck_assert_uint_le(count_warnings(), 1);
    ck_assert_uint_eq(shelf.strays, 0);
}
END_TEST

/* What is computed has a time, which goes on before each clear. */
static _Atomic int epoch;

static long dated(int n)
{
    return (long)n * 1000000 + epoch;
}

static struct memo_function dated_twins[] = {
    {WORD_FUNCTION("dated"), ON_SHELF(here)},
    {WORD_FUNCTION("dated"), .max_entries = 4, ON_SHELF(here)}};
static _Atomic bool is_over;

/* Never older than the last clear that was over before the call. */
static void *watch(void *function)
{
    static _Atomic int seed;
    unsigned state = (unsigned)++seed;

    while (!is_over) {
        int n = (int)(next_random(&state) % 20), oldest = epoch - 1;

        if (call_word(function, dated, n) < (long)n * 1000000 + oldest)
            wrong++;
    }
    return NULL;
}

/* _i: all of it, or one call after the other. */
static void clear_as(int way, struct memo_function *function)
{
    if (way == 0)
        memo_clear_function(NULL, "dated");
    else if (way == 1)
        memo_clear_all();
    else
        for (memo_u64 n = 0; n < 20; n++)
            memo_clear_words(function, n, 0);
}

START_TEST(nothing_is_older_than_the_last_clear)
{
    struct memo_function *function = &dated_twins[_i % 2];
    pthread_t threads[THREADS];
    memo_u64 until = time_now() + 2 * SECOND;

    function->address = NULL;
    shelf.slow_us = 50;
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, watch, function);
    while (time_now() < until && !wrong) {
        epoch++;
        clear_as(_i / 2, function);
    }
    is_over = true;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);

    ck_assert_uint_eq(wrong, 0);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/stored_stress");
    TCase *cases = tcase_create("threads");

    tcase_set_timeout(cases, 240);
    tcase_add_checked_fixture(cases, shelf_begin, shelf_end);
    tcase_add_loop_test(cases, values_are_right_in_all_threads, 0, 4);
    tcase_add_loop_test(cases, nothing_is_older_than_the_last_clear, 0, 6);
    suite_add_tcase(suite, cases);
    return suite;
}

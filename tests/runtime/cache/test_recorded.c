/* Calls whose bodies draw and ask: the recorder here draws letters on a strip
 * of paper, and answers with the values of a few variables. */
#include "memo/recorder.h"

#include "fixture.h"
#include "share_fixture.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

Suite *memo_test_suite(void);

/* ---- a recorder ---------------------------------------------------------- */

enum { ROOM = 200, LEVELS = 8, VARIABLES = 4 };

typedef struct {
    char drawn[ROOM];
    unsigned char inputs[ROOM];
    memo_size inputs_size;
    int is_muted, is_not_kept;
} level;

static _Thread_local char paper[ROOM];
static _Thread_local level levels[LEVELS];
static _Thread_local int depth;
static _Thread_local int variables[VARIABLES];
static _Thread_local int replays;

static void append(char *to, char letter)
{
    size_t length = strlen(to);

    if (length + 1 < ROOM) {
        to[length] = letter;
        to[length + 1] = '\0';
    }
}

static void draw(char letter)
{
    for (int i = 0; i < depth; i++)
        append(levels[i].drawn, letter);
    if (depth == 0 || !levels[depth - 1].is_muted)
        append(paper, letter);
}

static int ask(unsigned char variable)
{
    for (int i = 0; i < depth; i++) {
        level *at = &levels[i];
        uint32_t lengths[2] = {1, sizeof(int)};
        unsigned char *end = at->inputs + at->inputs_size;

        memcpy(end, &lengths[0], sizeof(uint32_t));
        end[4] = variable;
        memcpy(end + 5, &lengths[1], sizeof(uint32_t));
        memcpy(end + 9, &variables[variable], sizeof(int));
        at->inputs_size += 9 + sizeof(int);
    }
    return variables[variable];
}

static void begin(const memo_body *body)
{
    levels[depth++] = (level){.is_muted = body->is_muted};
}

static void end(memo_drawn *out, const void *call)
{
    level *left = &levels[--depth];
    memo_size size = strlen(left->drawn);

    (void)call;
    out->is_not_kept = left->is_not_kept;
    if (size > 0) {
        out->recording = memo_recording_make(size);
        memcpy(memo_recording_bytes(out->recording, &size), left->drawn, size);
    }
    if (left->inputs_size > 0) {
        out->inputs = malloc(left->inputs_size);
        memcpy(out->inputs, left->inputs, left->inputs_size);
        out->inputs_size = left->inputs_size;
    }
}

/* An x cannot be drawn twice, a ? not at all. */
static enum memo_replay judge(memo_recording *recording)
{
    memo_size size;
    const unsigned char *bytes = memo_recording_bytes(recording, &size);

    if (memchr(bytes, '?', size))
        return MEMO_REPLAY_CANNOT;
    return memchr(bytes, 'x', size) && strchr(paper, 'x') ? MEMO_REPLAY_RAISES
                                                          : MEMO_REPLAY_DRAWS;
}

static void replay(memo_recording *recording)
{
    memo_size size;
    const unsigned char *bytes = memo_recording_bytes(recording, &size);

    replays++;
    for (memo_size i = 0; i < size; i++)
        draw((char)bytes[i]);
    memo_recording_drop(recording);
}

static memo_size answer(const unsigned char *input, memo_size size,
                        unsigned char *out, memo_size room)
{
    (void)size;
    if (room >= sizeof(int))
        memcpy(out, &variables[*input], sizeof(int));
    return sizeof(int);
}

static const struct memo_recorder recorder = {1,     NULL,   begin, end,
                                              judge, replay, answer};

static _Atomic int runs;

static void begin_test(void)
{
    memo_set_recorder(&recorder);
    runs = 0;
}

/* ---- hits ---------------------------------------------------------------- */

static long draws_even(int n)
{
    runs++;
    if (n % 2 == 0)
        draw((char)('a' + n));
    return n;
}

START_TEST(a_hit_draws_again)
{
    static struct memo_function function = {WORD_FUNCTION("draws")};

    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(call_word(&function, draws_even, 2), 2);

    ck_assert_str_eq(paper, "ccc");
    ck_assert_int_eq(runs, 1);
    ck_assert_int_eq(replays, 2);
    ck_assert_uint_eq(stats_of(&function).hits, 2);
}
END_TEST

START_TEST(what_draws_nothing_is_a_hit_as_well)
{
    static struct memo_function function = {WORD_FUNCTION("sometimes")};

    for (int i = 0; i < 3; i++) {
        call_word(&function, draws_even, 1);
        call_word(&function, draws_even, 2);
    }
    ck_assert_str_eq(paper, "ccc");
    ck_assert_int_le(runs, 3); /* what was there before the first drawing */
    runs = 0;
    call_word(&function, draws_even, 1);
    ck_assert_int_eq(runs, 0);
}
END_TEST

static char *draws_name(int n)
{
    char *name = malloc(20);

    runs++;
    draw('n');
    snprintf(name, 20, "name %d", n);
    return name;
}

START_TEST(a_copy_is_handed_out_with_its_drawing)
{
    static struct memo_function function = {NAME_FUNCTION("name")};

    for (int i = 0; i < 3; i++) {
        char *name = call_name(&function, draws_name, 7);

        ck_assert_str_eq(name, "name 7");
        free(name);
    }
    ck_assert_str_eq(paper, "nnn");
    ck_assert_int_eq(runs, 1);
}
END_TEST

static void *draws_object(int n)
{
    draw('o');
    return open_any(n);
}

START_TEST(what_is_shared_draws)
{
    static struct memo_function function = {SHARED_FUNCTION("shared"),
                                            .sharing = &released_only};
    void *first = call_shared(&function, draws_object, 1, 1);

    for (int i = 0; i < 3; i++)
        ck_assert_ptr_eq(call_shared(&function, draws_object, 1, 1), first);

    ck_assert_str_eq(paper, "oooo");
    memo_clear_all();
    memo_borrow_end();
}
END_TEST

static struct memo_function inner_function = {WORD_FUNCTION("inner")};

static long draws_inner(int n)
{
    draw('(');
    call_word(&inner_function, draws_even, 0);
    draw(')');
    return n;
}

START_TEST(what_is_drawn_inside_belongs_to_all_around_it)
{
    static struct memo_function outer = {WORD_FUNCTION("outer")};

    call_word(&inner_function, draws_even, 0);
    call_word(&outer, draws_inner, 1); /* the inner one is a hit */
    memo_clear_function(0, "inner");
    call_word(&outer, draws_inner, 2); /* the inner one is a miss */
    call_word(&outer, draws_inner, 1);
    call_word(&outer, draws_inner, 2);

    ck_assert_str_eq(paper, "a(a)(a)(a)(a)");
    ck_assert_int_eq(runs, 2);
}
END_TEST

/* ---- inputs -------------------------------------------------------------- */

static long asks(int n)
{
    runs++;
    if (!ask(0))
        return n + 1;
    draw('!');
    return 0;
}

START_TEST(answers_are_inputs)
{
    static struct memo_function function = {WORD_FUNCTION("asks")};
    static const long expected[] = {3, 0, 3, 0};

    for (int i = 0; i < 4; i++) {
        variables[0] = i % 2;
        ck_assert_int_eq(call_word(&function, asks, 2), expected[i]);
    }
    ck_assert_int_eq(runs, 2);
    ck_assert_str_eq(paper, "!!");
}
END_TEST

static long asks_for_more(int n)
{
    runs++;
    return ask(0) ? n + 10 * ask(1) : n;
}

/* Of an input that came later, all answers have their own result. */
START_TEST(inputs_may_come_later)
{
    static struct memo_function function = {WORD_FUNCTION("more")};

    ck_assert_int_eq(call_word(&function, asks_for_more, 1), 1);
    variables[0] = 1;
    ck_assert_int_eq(call_word(&function, asks_for_more, 1), 1);
    variables[1] = 4;
    ck_assert_int_eq(call_word(&function, asks_for_more, 1), 41);
    variables[0] = 0;
    ck_assert_int_eq(call_word(&function, asks_for_more, 1), 1);
    runs = 0;
    variables[0] = 1;
    variables[1] = 0;
    ck_assert_int_eq(call_word(&function, asks_for_more, 1), 1);
    variables[1] = 4;
    ck_assert_int_eq(call_word(&function, asks_for_more, 1), 41);
    ck_assert_int_eq(runs, 0);
}
END_TEST

static long asks_and_changes(int n)
{
    long answer_now = n + ask(2);

    runs++;
    variables[2]++;
    return answer_now;
}

START_TEST(the_answer_that_counts_is_the_one_that_was_given)
{
    static struct memo_function function = {WORD_FUNCTION("changes")};

    ck_assert_int_eq(call_word(&function, asks_and_changes, 10), 10);
    ck_assert_int_eq(call_word(&function, asks_and_changes, 10), 11);
    variables[2] = 0;
    ck_assert_int_eq(call_word(&function, asks_and_changes, 10), 10);
    ck_assert_int_eq(runs, 2);
}
END_TEST

static struct memo_function asking = {WORD_FUNCTION("asking")};

static long asks_inside(int n)
{
    return call_word(&asking, asks, n);
}

START_TEST(inputs_inside_are_inputs_of_all_around)
{
    static struct memo_function outer = {WORD_FUNCTION("around")};

    ck_assert_int_eq(call_word(&outer, asks_inside, 1), 2);
    variables[0] = 1;
    ck_assert_int_eq(call_word(&outer, asks_inside, 1), 0);
    variables[0] = 0;
    ck_assert_int_eq(call_word(&outer, asks_inside, 1), 2);
    ck_assert_int_eq(runs, 2);
}
END_TEST

/* ---- what is not drawn again --------------------------------------------- */

static long draws_once(int n)
{
    runs++;
    draw('x');
    return n;
}

START_TEST(drawing_may_end_the_run)
{
    static struct memo_function function = {WORD_FUNCTION("once")};

    call_word(&function, draws_once, 1);
    ck_assert_int_eq(replays, 0);
    call_word(&function, draws_once, 1);
    ck_assert_int_eq(replays, 1); /* where it would have jumped away */
}
END_TEST

static long draws_unknown(int n)
{
    runs++;
    draw('?');
    return n;
}

START_TEST(what_cannot_be_drawn_runs)
{
    static struct memo_function function = {WORD_FUNCTION("unknown")};

    for (int i = 0; i < 3; i++)
        call_word(&function, draws_unknown, 1);

    ck_assert_int_eq(runs, 3);
    ck_assert_str_eq(paper, "???");
}
END_TEST

static long is_not_to_be_kept(int n)
{
    runs++;
    levels[depth - 1].is_not_kept = 1;
    return n;
}

START_TEST(the_recorder_may_refuse_to_keep)
{
    static struct memo_function function = {WORD_FUNCTION("refused")};

    for (int i = 0; i < 3; i++)
        call_word(&function, is_not_to_be_kept, 1);

    ck_assert_int_eq(runs, 3);
    ck_assert_uint_eq(stats_of(&function).not_kept, 3);
}
END_TEST

START_TEST(clearing_forgets_what_was_drawn)
{
    static struct memo_function function = {WORD_FUNCTION("cleared")};

    call_word(&function, asks, 2);
    call_word(&function, asks, 3);
    if (_i == 0)
        memo_clear_all();
    else if (_i == 1)
        memo_clear_function(0, "cleared");
    else
        memo_clear_words(&function, 2, 0);
    runs = 0;
    call_word(&function, asks, 2);
    call_word(&function, asks, 3);

    ck_assert_int_eq(runs, _i == 2 ? 1 : 2);
}
END_TEST

/* What left the table is not kept for ever. */
START_TEST(recordings_leave_with_their_results)
{
    static struct memo_function function = {WORD_FUNCTION("few"),
                                            .max_entries = 4};

    for (int n = 0; n < 2000; n += 2)
        call_word(&function, draws_even, n % 26);
    paper[0] = '\0';
    call_word(&function, draws_even, 24);
    ck_assert_str_eq(paper, "y");
}
END_TEST

/* ---- verifying ----------------------------------------------------------- */

static char warning[ROOM];

static void listen(void *context, const memo_log_entry *entry)
{
    (void)context;
    if (entry->level == MEMO_LOG_WARNING)
        snprintf(warning, sizeof warning, "%s", entry->text);
}

static void verify(void)
{
    memo_config config = settings();

    config.verify = 1;
    config.log = listen;
    memo_config_set(&config);
}

static void draws_and_fills(int n, int *out)
{
    runs++;
    draw('f');
    for (int i = 0; i < n; i++)
        out[i] = i;
}

/* A second run, for its outputs, is not seen. */
START_TEST(a_verified_hit_is_seen_once)
{
    static struct memo_function function = {FILL_FUNCTION("fills")};
    int out[3];

    verify();
    call_fill(&function, draws_and_fills, 3, out);
    call_fill(&function, draws_and_fills, 3, out);

    ck_assert_int_eq(runs, 3);
    ck_assert_str_eq(paper, "ff");
    ck_assert_uint_eq(stats_of(&function).lies, 0);
}
END_TEST

static long draws_the_count(int n)
{
    draw((char)('0' + runs++));
    return n;
}

START_TEST(another_drawing_is_a_lie)
{
    static struct memo_function function = {WORD_FUNCTION("liar")};

    verify();
    call_word(&function, draws_the_count, 1);
    call_word(&function, draws_the_count, 1);

    ck_assert_uint_eq(stats_of(&function).lies, 1);
    ck_assert_ptr_nonnull(strstr(warning, "what it draws"));
}
END_TEST

/* ---- threads ------------------------------------------------------------- */

enum { THREADS = 8, ROUNDS = 200 };

static struct memo_function raced[ROUNDS];
static pthread_barrier_t gate;

static void *race(void *unused)
{
    static _Atomic long wrong;

    (void)unused;
    for (int round = 0; round < ROUNDS; round++) {
        pthread_barrier_wait(&gate);
        for (int i = 0; i < 20; i++) {
            paper[0] = '\0';
            call_word(&raced[round], draws_even, 2 * (i % 3));
            if (strlen(paper) != 1 || paper[0] != 'a' + 2 * (i % 3))
                wrong++;
        }
    }
    return (void *)(uintptr_t)wrong;
}

/* Whoever finds a result finds what belongs to it, from the first one on. */
START_TEST(no_hit_comes_without_its_drawing)
{
    pthread_t threads[THREADS];

    pthread_barrier_init(&gate, NULL, THREADS);
    for (int i = 0; i < ROUNDS; i++)
        raced[i] = (struct memo_function){WORD_FUNCTION("raced")};
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, race, NULL);
    for (int i = 0; i < THREADS; i++) {
        void *wrong;

        pthread_join(threads[i], &wrong);
        ck_assert_ptr_null(wrong);
    }
    pthread_barrier_destroy(&gate);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache.recorded");
    TCase *cases = tcase_create("cases");

    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, begin_test, NULL);
    tcase_add_test(cases, a_hit_draws_again);
    tcase_add_test(cases, what_draws_nothing_is_a_hit_as_well);
    tcase_add_test(cases, a_copy_is_handed_out_with_its_drawing);
    tcase_add_test(cases, what_is_shared_draws);
    tcase_add_test(cases, what_is_drawn_inside_belongs_to_all_around_it);
    tcase_add_test(cases, answers_are_inputs);
    tcase_add_test(cases, inputs_may_come_later);
    tcase_add_test(cases, the_answer_that_counts_is_the_one_that_was_given);
    tcase_add_test(cases, inputs_inside_are_inputs_of_all_around);
    tcase_add_test(cases, drawing_may_end_the_run);
    tcase_add_test(cases, what_cannot_be_drawn_runs);
    tcase_add_test(cases, the_recorder_may_refuse_to_keep);
    tcase_add_loop_test(cases, clearing_forgets_what_was_drawn, 0, 3);
    tcase_add_test(cases, recordings_leave_with_their_results);
    tcase_add_test(cases, a_verified_hit_is_seen_once);
    tcase_add_test(cases, another_drawing_is_a_lie);
    tcase_add_test(cases, no_hit_comes_without_its_drawing);
    suite_add_tcase(suite, cases);
    return suite;
}

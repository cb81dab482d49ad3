/* Bodies that draw and ask, in two processes: the recorder here draws letters
 * on a strip of paper, and answers with the values of a few variables. */
#include "store_fixture.h"

#include "memo/recorder.h"

Suite *memo_test_suite(void);

/* ---- a recorder ---------------------------------------------------------- */

enum { ROOM = 1000, LEVELS = 8, VARIABLES = 24 };

typedef struct {
    char drawn[ROOM];
    unsigned char inputs[ROOM];
    memo_size inputs_size;
    bool is_muted, is_not_kept;
} level;

static char paper[ROOM];
static level levels[LEVELS];
static int depth;
static int variables[VARIABLES];
static int runs, replays;

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

static int ask(int variable)
{
    const uint32_t lengths[] = {1, sizeof(int)};

    for (int i = 0; i < depth; i++) {
        level *at = &levels[i];
        unsigned char *end = at->inputs + at->inputs_size;

        memcpy(end, &lengths[0], 4);
        end[4] = (unsigned char)variable;
        memcpy(end + 5, &lengths[1], 4);
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

static bool has_letter(memo_recording *recording, char letter)
{
    memo_size size;
    const unsigned char *bytes = memo_recording_bytes(recording, &size);

    return memchr(bytes, letter, size) != NULL;
}

/* An x cannot be drawn twice, a ? not at all, a p by this process only. */
static enum memo_replay judge(memo_recording *recording)
{
    if (has_letter(recording, '?'))
        return MEMO_REPLAY_CANNOT;
    return has_letter(recording, 'x') && strchr(paper, 'x') ? MEMO_REPLAY_RAISES
                                                            : MEMO_REPLAY_DRAWS;
}

static int is_portable(memo_recording *recording)
{
    return !has_letter(recording, 'p');
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
        memcpy(out, &variables[*input % VARIABLES], sizeof(int));
    return sizeof(int);
}

static struct memo_recorder recorder = {.form = 1,
                                        .is_portable = is_portable,
                                        .begin = begin,
                                        .end = end,
                                        .judge = judge,
                                        .replay = replay,
                                        .answer = answer};

static void set_up(void)
{
    shelf_begin();
    memo_set_recorder(&recorder);
}

#define TWINS(title)                                                           \
    {                                                                          \
        {WORD_FUNCTION(title), ON_SHELF(here)},                                \
            {WORD_FUNCTION(title), ON_SHELF(there)},                           \
        {                                                                      \
            WORD_FUNCTION(title), ON_SHELF(elsewhere)                          \
        }                                                                      \
    }

static long call(struct memo_function *function, long (*body)(int), int n)
{
    long result = call_word(function, body, n);

    settle();
    return result;
}

/* ---- drawing ------------------------------------------------------------- */

static long draws(int n)
{
    runs++;
    draw('a');
    draw((char)('a' + n));
    return n;
}

START_TEST(another_process_draws_the_same)
{
    static struct memo_function twins[] = TWINS("draws");

    for (int i = 0; i < 6; i++)
        ck_assert_int_eq(call(&twins[i % 3], draws, 2), 2);

    ck_assert_int_eq(runs, 1);
    ck_assert_str_eq(paper, "acacacacacac");
    ck_assert_uint_eq(stats_of(&twins[1]).store_hits, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).hits, 2);
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

START_TEST(a_copy_comes_with_its_drawing)
{
    static struct memo_function twins[] = {
        {NAME_FUNCTION("name"), ON_SHELF(here)},
        {NAME_FUNCTION("name"), ON_SHELF(there)}};

    for (int i = 0; i < 4; i++) {
        char *name = call_name(&twins[i % 2], draws_name, 7);

        settle();
        ck_assert_str_eq(name, "name 7");
        free(name);
    }
    ck_assert_int_eq(runs, 1);
    ck_assert_str_eq(paper, "nnnn");
}
END_TEST

static long draws_letter(int letter)
{
    runs++;
    draw((char)letter);
    return letter;
}

START_TEST(what_only_this_process_can_draw_is_not_stored)
{
    static struct memo_function twins[] = TWINS("draws_letter");

    call(&twins[0], draws_letter, 'p');
    call(&twins[0], draws_letter, 'p');
    ck_assert_int_eq(runs, 1); /* memory has it */
    ck_assert_uint_eq(shelf_count(), 0);
    call(&twins[1], draws_letter, 'p');

    ck_assert_int_eq(runs, 2);
    ck_assert_str_eq(paper, "ppp");
}
END_TEST

START_TEST(what_cannot_be_drawn_is_computed)
{
    static struct memo_function twins[] = TWINS("draws_letter");

    call(&twins[0], draws_letter, '?');
    call(&twins[1], draws_letter, '?');

    ck_assert_int_eq(runs, 2);
    ck_assert_str_eq(paper, "??");
    ck_assert_uint_eq(shelf.removals, 0); /* others may be able to */
}
END_TEST

START_TEST(what_ends_the_run_is_drawn)
{
    static struct memo_function twins[] = TWINS("draws_letter");

    call(&twins[0], draws_letter, 'x');
    ck_assert_int_eq(replays, 0);
    call(&twins[1], draws_letter, 'x');
    ck_assert_int_eq(replays, 1); /* where it would have jumped away */
    ck_assert_uint_eq(stats_of(&twins[1]).store_hits, 1);
}
END_TEST

START_TEST(recordings_of_another_form_are_not_used)
{
    static struct memo_function twins[] = TWINS("draws");

    call(&twins[0], draws, 1);
    recorder.form = 2;
    call(&twins[1], draws, 1);
    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(count_warnings(), 0);
    call(&twins[2], draws, 1); /* it has been written anew */

    ck_assert_int_eq(runs, 2);
    ck_assert_str_eq(paper, "ababab");
}
END_TEST

static long is_not_to_be_kept(int n)
{
    runs++;
    levels[depth - 1].is_not_kept = true;
    return n;
}

START_TEST(what_the_recorder_refuses_to_keep_is_not_stored)
{
    static struct memo_function twins[] = TWINS("refused");

    call(&twins[0], is_not_to_be_kept, 1);
    call(&twins[1], is_not_to_be_kept, 1);

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(shelf_count(), 0);
}
END_TEST

static long draws_the_count(int n)
{
    draw((char)('0' + runs++));
    return n;
}

START_TEST(another_drawing_is_a_lie)
{
    static struct memo_function twins[] = TWINS("liar");
    memo_config config = settings();

    call(&twins[0], draws_the_count, 1);
    config.verify = 1;
    memo_config_set(&config);
    call(&twins[1], draws_the_count, 1);

    ck_assert_uint_eq(stats_of(&twins[1]).store_hits, 1);
    ck_assert_uint_eq(stats_of(&twins[1]).lies, 1);
    ck_assert_ptr_nonnull(strstr(warned.last, "what it draws"));
}
END_TEST

/* ---- asking -------------------------------------------------------------- */

static long asks(int n)
{
    runs++;
    if (!ask(0))
        return n + 1;
    draw('!');
    return -variables[0];
}

START_TEST(every_answer_has_its_result)
{
    static struct memo_function twins[] = TWINS("asks");

    for (int twin = 0; twin < 3; twin++) {
        for (variables[0] = 0; variables[0] < 5; variables[0]++)
            ck_assert_int_eq(call(&twins[twin], asks, 2),
                             variables[0] ? -variables[0] : 3);
    }
    ck_assert_int_eq(runs, 5);
    ck_assert_str_eq(paper, "!!!!!!!!!!!!");
    ck_assert_uint_eq(shelf_count(), 6);
    ck_assert_uint_eq(stats_of(&twins[2]).store_hits, 5);
}
END_TEST

static long asks_for_more(int n)
{
    runs++;
    return ask(0) ? n + 10 * ask(1) : n;
}

/* _i: in which order the four combinations come. */
START_TEST(questions_may_stand_behind_answers)
{
    static struct memo_function twins[] = TWINS("more");

    for (int twin = 0; twin < 3; twin++) {
        for (int i = 0; i < 4; i++) {
            int at = i ^ _i;

            variables[0] = at & 1;
            variables[1] = at >> 1;
            ck_assert_int_eq(call(&twins[twin], asks_for_more, 1),
                             1 + (variables[0] ? 10 * variables[1] : 0));
        }
        ck_assert_int_le(runs, 4);
    }
}
END_TEST

/* Which question comes first depends on the first answer. */
static long asks_in_any_order(int n)
{
    int first = ask(n % 4);

    runs++;
    if (first == 0)
        return ask((n + 1) % 4) ? 100 + ask((n + 2) % 4) : 200;
    if (first == 1)
        return ask((n + 2) % 4) ? 300 + ask((n + 1) % 4) : 400;
    return 500 + ask((n + 3) % 4);
}

static memo_u64 random_state = 12345;

static int random_below(int bound)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (int)(random_state >> 33) % bound;
}

static void choose_answers(void)
{
    for (int i = 0; i < 4; i++)
        variables[i] = random_below(3);
}

START_TEST(answers_in_any_order_lead_to_the_right_result)
{
    static struct memo_function twins[] = TWINS("any_order");

    for (int round = 0; round < 3000; round++) {
        struct memo_function *twin = &twins[random_below(3)];
        int n = random_below(4), before = runs;
        long expected, result;

        choose_answers();
        expected = asks_in_any_order(n);
        runs = before;
        result = round % 7 ? call_word(twin, asks_in_any_order, n)
                           : call(twin, asks_in_any_order, n);
        ck_assert_int_eq(result, expected);
        if (round % 500 == 499)
            memo_clear_words(twin, (memo_u64)n, 0);
    }
    ck_assert_int_lt(runs, 1000);
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
    static struct memo_function twins[] = TWINS("changes");

    ck_assert_int_eq(call(&twins[0], asks_and_changes, 10), 10);
    ck_assert_int_eq(call(&twins[1], asks_and_changes, 10), 11);
    variables[2] = 0;
    ck_assert_int_eq(call(&twins[1], asks_and_changes, 10), 10);
    variables[2] = 1;
    ck_assert_int_eq(call(&twins[2], asks_and_changes, 10), 11);

    ck_assert_int_eq(runs, 2);
}
END_TEST

/* Asks as long as the answer is yes. */
static long asks_on(int n)
{
    int count = 0;

    runs++;
    while (count < VARIABLES - 1 && ask(count))
        count++;
    return n + count;
}

START_TEST(many_steps_stay_right)
{
    static struct memo_function twins[] = TWINS("asks_on");

    for (int count = 0; count < VARIABLES - 1; count++) {
        variables[count] = 0;
        ck_assert_int_eq(call(&twins[0], asks_on, 0), count);
        variables[count] = 1;
    }
    for (int count = VARIABLES - 2; count >= 0; count--) {
        variables[count] = 0;
        ck_assert_int_eq(call(&twins[1], asks_on, 0), count);
        ck_assert_int_eq(call(&twins[1], asks_on, 0), count);
    }
    ck_assert_uint_ge(stats_of(&twins[1]).store_hits, 10);
}
END_TEST

static struct memo_function inner[] = TWINS("inner");
static int process;

static long asks_inside(int n)
{
    runs++;
    return 1000 + call_word(&inner[process], asks, n);
}

START_TEST(questions_inside_are_those_of_all_around)
{
    static struct memo_function twins[] = TWINS("outer");

    for (process = 0; process < 3; process++) {
        for (variables[0] = 0; variables[0] < 3; variables[0]++)
            ck_assert_int_eq(call(&twins[process], asks_inside, 1),
                             1000 + (variables[0] ? -variables[0] : 2));
    }
    ck_assert_int_eq(runs, 6);
    ck_assert_str_eq(paper, "!!!!!!");
}
END_TEST

/* What is asked once more leads nowhere. */
START_TEST(one_call_is_forgotten_with_all_its_answers)
{
    static struct memo_function twins[] = TWINS("asks");

    for (variables[0] = 0; variables[0] < 3; variables[0]++)
        call(&twins[0], asks, 2);
    ck_assert_int_eq(memo_clear_words(&twins[0], 2, 0), MEMO_OK);
    runs = 0;
    for (variables[0] = 0; variables[0] < 3; variables[0]++)
        call(&twins[1], asks, 2);

    ck_assert_int_eq(runs, 3);
}
END_TEST

/* ---- damage -------------------------------------------------------------- */

START_TEST(damaged_questions_are_asked_again)
{
    static struct memo_function twins[] = TWINS("more");
    static struct memo_unit unit;
    struct memo_function blank = twins[1];

    variables[0] = variables[1] = 1;
    call(&twins[0], asks_for_more, 1);
    for (memo_size at = 0; at < 140; at++) {
        twins[1] = blank;
        twins[1].unit = &unit;
        shelf.damaged = at;
        for (int i = 0; i < 2; i++) { /* whole again, the second time */
            variables[1] = (int)at % 3 + i;
            ck_assert_int_eq(call(&twins[1], asks_for_more, 1),
                             1 + 10 * variables[1]);
        }
        shelf.damaged = SIZE_MAX;
        memo_unload(&unit);
    }
    ck_assert_uint_ge(shelf.removals, 140);
}
END_TEST

START_TEST(expired_questions_are_asked_again)
{
    static struct memo_function twins[] = TWINS("asks");

    for (int i = 0; i < 3; i++) {
        twins[i].ttl_ns = 1; /* of the real clock */
        twins[i].persistence = &with_age;
    }
    for (int i = 0; i < 9; i++) {
        variables[0] = i % 2;
        ck_assert_int_eq(call(&twins[i % 3], asks, 2), i % 2 ? -1 : 3);
    }
    ck_assert_int_eq(runs, 9);
}
END_TEST

static TCase *make_cases(const char *name)
{
    TCase *cases = tcase_create(name);

    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, set_up, shelf_end);
    return cases;
}

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/stored_draft");
    TCase *drawing = make_cases("drawing"), *asking = make_cases("asking");

    tcase_add_test(drawing, another_process_draws_the_same);
    tcase_add_test(drawing, a_copy_comes_with_its_drawing);
    tcase_add_test(drawing, what_only_this_process_can_draw_is_not_stored);
    tcase_add_test(drawing, what_cannot_be_drawn_is_computed);
    tcase_add_test(drawing, what_ends_the_run_is_drawn);
    tcase_add_test(drawing, recordings_of_another_form_are_not_used);
    tcase_add_test(drawing, what_the_recorder_refuses_to_keep_is_not_stored);
    tcase_add_test(drawing, another_drawing_is_a_lie);
    suite_add_tcase(suite, drawing);
    tcase_add_test(asking, every_answer_has_its_result);
    tcase_add_loop_test(asking, questions_may_stand_behind_answers, 0, 4);
    tcase_add_test(asking, answers_in_any_order_lead_to_the_right_result);
    tcase_add_test(asking, the_answer_that_counts_is_the_one_that_was_given);
    tcase_add_test(asking, many_steps_stay_right);
    tcase_add_test(asking, questions_inside_are_those_of_all_around);
    tcase_add_test(asking, one_call_is_forgotten_with_all_its_answers);
    tcase_add_test(asking, damaged_questions_are_asked_again);
    tcase_add_test(asking, expired_questions_are_asked_again);
    suite_add_tcase(suite, asking);
    return suite;
}

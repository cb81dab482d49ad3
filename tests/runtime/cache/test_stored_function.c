/* What another function, or another version of it, has stored is not used. */
#include "sample_types.h"
#include "store_fixture.h"

Suite *memo_test_suite(void);

static _Atomic int runs;

static long square(int n)
{
    runs++;
    return (long)n * n;
}

static void check_word(struct memo_function *function)
{
    ck_assert_int_eq(call_word(function, square, -9), 81);
}

#define TWINS                                                                  \
    {                                                                          \
        {WORD_FUNCTION("square"), ON_SHELF(here)},                             \
        {                                                                      \
            WORD_FUNCTION("square"), ON_SHELF(there)                           \
        }                                                                      \
    }

static memo_stored *stored_of(struct memo_function *function)
{
    memo_backend *backend;

    return memo_stored_of(&backend, function, memo_self);
}

/* ---- names --------------------------------------------------------------- */

START_TEST(a_function_has_the_same_name_in_every_process)
{
    static struct memo_function twins[] = TWINS;
    const memo_stored *mine, *theirs;

    check_word(&twins[0]);
    check_word(&twins[1]);
    mine = stored_of(&twins[0]);
    theirs = stored_of(&twins[1]);

    ck_assert_ptr_ne(mine, theirs);
    ck_assert_ptr_eq(stored_of(&twins[0]), mine);
    ck_assert(shelf_is(mine->id, theirs->id));
    ck_assert(shelf_is(mine->place, theirs->place));
    ck_assert_str_eq(mine->function, "square");
    ck_assert_str_eq(mine->file, "test.c");
    ck_assert_str_eq(mine->source, theirs->source);
    ck_assert_uint_eq(strlen(mine->source), 32);
    ck_assert_uint_eq(mine->facts_size, strlen(mine->facts));
    ck_assert_str_eq(mine->facts, theirs->facts);
}
END_TEST

/* Where it stands does not count, but for what it takes over. */
START_TEST(the_file_is_no_part_of_the_name)
{
    static struct memo_function twins[] = TWINS;

    twins[1].file = "moved.c";
    check_word(&twins[0]);
    settle();
    check_word(&twins[1]);

    ck_assert_int_eq(runs, 1);
    ck_assert(
        !shelf_is(stored_of(&twins[0])->place, stored_of(&twins[1])->place));
}
END_TEST

START_TEST(what_is_shared_is_not_stored)
{
    static const struct memo_sharing sharing = {0, NULL, NULL};
    static struct memo_function function = {SHARED_FUNCTION("shared"),
                                            ON_SHELF(here)};

    function.sharing = &sharing;

    ck_assert_ptr_null(stored_of(&function));
}
END_TEST

/* ---- entries of others --------------------------------------------------- */

/* The entry of `from`, where that of `to` is looked for. */
static void swap_places(struct memo_function *to, struct memo_function *from)
{
    shelf_item *mine, *theirs;
    memo_name id, digest;

    check_word(to);
    settle();
    mine = shelf.items;
    id = mine->id;
    digest = mine->digest;
    check_word(from);
    settle();
    theirs = shelf.items;
    mine->id = theirs->id;
    mine->digest = theirs->digest;
    theirs->id = id;
    theirs->digest = digest;
}

START_TEST(an_entry_of_another_function_is_not_used)
{
    static struct memo_function twins[] = TWINS;
    static struct memo_function other = {WORD_FUNCTION("cube"),
                                         ON_SHELF(elsewhere)};

    swap_places(&twins[0], &other);
    check_word(&twins[1]);
    settle();

    ck_assert_int_eq(runs, 3);
    ck_assert_ptr_nonnull(strstr(warned.last, "another function"));
    ck_assert_uint_eq(shelf.removals, 1);
}
END_TEST

START_TEST(an_entry_of_another_key_is_not_used)
{
    static struct memo_function twins[] = TWINS;
    memo_name digest;

    check_word(&twins[0]);
    settle();
    digest = shelf.items->digest;
    call_word(&twins[0], square, 1);
    settle();
    shelf.items->next->digest = shelf.items->digest;
    shelf.items->digest = digest;
    check_word(&twins[1]);

    ck_assert_int_eq(runs, 3);
    ck_assert_uint_eq(count_warnings(), 0);
}
END_TEST

START_TEST(an_entry_of_another_generation_is_not_used)
{
    static struct memo_function twins[] = TWINS;

    check_word(&twins[0]);
    settle();
    shelf.returns_all = true;
    shelf.versions->generation++;
    check_word(&twins[1]);

    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(another_version_is_told_as_the_reason)
{
    static struct memo_function old = {WORD_FUNCTION("square"),
                                       .salt = "version=\"1\"", ON_SHELF(here)};
    static struct memo_function new = {
        WORD_FUNCTION("square"), .salt = "version=\"2\"", ON_SHELF(there)};

    check_word(&old);
    settle();
    check_word(&new);
    settle();

    ck_assert_int_eq(runs, 2);
    ck_assert_uint_eq(stats_of(&new).reasons[MEMO_SOURCE_CHANGED], 1);
    ck_assert_uint_eq(shelf_count(), 1);
}
END_TEST

START_TEST(other_types_make_another_function)
{
    static struct memo_function old = {WORD_FUNCTION("f"), ON_SHELF(here)};
    static struct memo_function new = {WORD_FUNCTION("f"), ON_SHELF(there)};

    new.result_type = &type_double;
    check_word(&old);
    settle();
    check_word(&new);

    ck_assert_int_eq(runs, 2);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/stored_function");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, shelf_begin, shelf_end);
    tcase_add_test(cases, a_function_has_the_same_name_in_every_process);
    tcase_add_test(cases, the_file_is_no_part_of_the_name);
    tcase_add_test(cases, what_is_shared_is_not_stored);
    tcase_add_test(cases, an_entry_of_another_function_is_not_used);
    tcase_add_test(cases, an_entry_of_another_key_is_not_used);
    tcase_add_test(cases, an_entry_of_another_generation_is_not_used);
    tcase_add_test(cases, another_version_is_told_as_the_reason);
    tcase_add_test(cases, other_types_make_another_function);
    suite_add_tcase(suite, cases);
    return suite;
}

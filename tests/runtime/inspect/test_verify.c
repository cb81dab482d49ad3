#include "inspect/verify.h"

#include "memory_store.h"

Suite *memo_test_suite(void);

/* f(const char *path): a key that may have a digest in it. */
#define FACTS_OF_TEXT                                                          \
    "\nparameter text in - \"path\"\nresult none -\nwords 0\nend\n"

static memory_store store;
static memo_listing listing;
static memo_stored *f;

static void set_up(void)
{
    begin_store(&store, 1);
    f = add_function(&store, 1, "f", facts_of(FACTS_OF_WORDS));
}

static void tear_down(void)
{
    memo_listing_finish(&listing);
    end_store(&store);
}

static const char *problem_of(memo_name digest)
{
    const memo_listing_wants whole = {.judge = memo_verify_readable};

    list_store(&listing, &store, &whole);
    return memo_verify_listed(listed(&listing, digest), NOW_NS);
}

START_TEST(what_was_written_is_as_it_should_be)
{
    memo_name number = add_number(&store, f, 1, 10);
    memo_name question = add_question(&store, f, 2, 10);
    memo_name answer = add_answer(&store, f, question, "yes", 5);

    ck_assert_ptr_null(problem_of(number));
    ck_assert_ptr_null(memo_verify_listed(listed(&listing, question), NOW_NS));
    ck_assert_ptr_null(memo_verify_listed(listed(&listing, answer), NOW_NS));
    ck_assert_ptr_null(memo_verify_function(listing.functions[0]));
}
END_TEST

START_TEST(each_byte_counts)
{
    memo_name digest = add_number(&store, f, 1, 10);

    for (size_t i = 0; i < store.entries[0].size; i++) {
        store.entries[0].bytes[i] ^= 0x10;
        ck_assert_ptr_nonnull(problem_of(digest));
        store.entries[0].bytes[i] ^= 0x10;
        memo_listing_finish(&listing);
    }
}
END_TEST

START_TEST(a_key_belongs_to_one_digest)
{
    const memo_name other = {7, 7};

    add_number(&store, f, 1, 10);
    keep_bytes(&store, f->id, other, store.entries[0].bytes,
               store.entries[0].size);

    ck_assert_str_eq(problem_of(other), "its key belongs to another entry");
}
END_TEST

START_TEST(what_is_signed_but_of_no_such_function_is_found)
{
    memo_name no_key = add_entry(
        &store, f, &(entry_facts){.key = "abc", .key_size = 3, .value = ""});
    memo_name no_value = add_entry(
        &store, f,
        &(entry_facts){
            .key = "abcdefgh", .key_size = 8, .value = "abc", .value_size = 3});
    memo_name no_question = add_entry(&store, f,
                                      &(entry_facts){.key = "abcdefgi",
                                                     .key_size = 8,
                                                     .value = "abc",
                                                     .value_size = 3,
                                                     .has_questions = true});

    ck_assert_str_eq(problem_of(no_key), "its arguments cannot be read");
    ck_assert_str_eq(memo_verify_listed(listed(&listing, no_value), NOW_NS),
                     "its result cannot be read");
    ck_assert_str_eq(memo_verify_listed(listed(&listing, no_question), NOW_NS),
                     "its questions cannot be read");
}
END_TEST

START_TEST(an_entry_of_an_earlier_generation_is_found)
{
    memo_name before = add_number(&store, f, 1, 10);

    f->generation++;
    add_number(&store, f, 2, 5);

    ck_assert_str_eq(problem_of(before), "it was cleared, but is still there");
}
END_TEST

START_TEST(times_must_make_sense)
{
    const uint64_t n = 1, future = (uint64_t)-60;
    memo_name digest = add_entry(&store, f,
                                 &(entry_facts){.key = &n,
                                                .key_size = sizeof n,
                                                .value = "abcd",
                                                .value_size = 4,
                                                .age_seconds = future,
                                                .ttl_seconds = 600});

    ck_assert_str_eq(problem_of(digest), "it was written in the future");
}
END_TEST

START_TEST(an_expired_entry_is_no_problem)
{
    const uint64_t n = 1;
    memo_name digest = add_entry(&store, f,
                                 &(entry_facts){.key = &n,
                                                .key_size = sizeof n,
                                                .value = "abcd",
                                                .value_size = 4,
                                                .age_seconds = 600,
                                                .ttl_seconds = 60});

    ck_assert_ptr_null(problem_of(digest));
}
END_TEST

START_TEST(facts_may_be_missing_damaged_or_foreign)
{
    memo_listed_function function = {.facts = ""};

    ck_assert_str_eq(memo_verify_function(&function),
                     "nothing is known of its arguments");
    function.facts = "memo-facts 1 big 4 8\nend\n";
    function.facts_size = strlen(function.facts);
    ck_assert(memo_listed_is_foreign(&function));
    ck_assert_ptr_null(memo_verify_function(&function));
    function.facts = "nonsense";
    function.facts_size = strlen(function.facts);
    ck_assert(!memo_listed_is_foreign(&function));
    ck_assert_ptr_nonnull(memo_verify_function(&function));
    function.facts = facts_of("\nnonsense\n");
    function.facts_size = strlen(function.facts);
    ck_assert_ptr_nonnull(memo_verify_function(&function));
}
END_TEST

START_TEST(keys_without_digests_mean_the_same_everywhere)
{
    static const unsigned char text[] = {1, 2, 'a', 'b'}, null[] = {0};
    static const unsigned char digest[18] = {2, 200}, folded[17] = {3};

    ck_assert(memo_key_is_plain(facts_of(FACTS_OF_WORDS), digest, 8));
    ck_assert(memo_key_is_plain(facts_of(FACTS_OF_TEXT), text, sizeof text));
    ck_assert(memo_key_is_plain(facts_of(FACTS_OF_TEXT), null, sizeof null));
    ck_assert(
        !memo_key_is_plain(facts_of(FACTS_OF_TEXT), digest, sizeof digest));
    ck_assert(
        !memo_key_is_plain(facts_of(FACTS_OF_TEXT), folded, sizeof folded));
    ck_assert(!memo_key_is_plain(facts_of(FACTS_OF_TEXT), text, 3));
    ck_assert(!memo_key_is_plain("nonsense", text, sizeof text));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("verify");
    TCase *tests = tcase_create("verify");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_was_written_is_as_it_should_be);
    tcase_add_test(tests, each_byte_counts);
    tcase_add_test(tests, a_key_belongs_to_one_digest);
    tcase_add_test(tests, what_is_signed_but_of_no_such_function_is_found);
    tcase_add_test(tests, an_entry_of_an_earlier_generation_is_found);
    tcase_add_test(tests, times_must_make_sense);
    tcase_add_test(tests, an_expired_entry_is_no_problem);
    tcase_add_test(tests, facts_may_be_missing_damaged_or_foreign);
    tcase_add_test(tests, keys_without_digests_mean_the_same_everywhere);
    suite_add_tcase(suite, tests);
    return suite;
}

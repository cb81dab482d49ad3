#include "inspect/listing.h"

#include "memory_store.h"

Suite *memo_test_suite(void);

static memory_store store;
static memo_listing listing;
static memo_stored *f, *g;

static void set_up(void)
{
    begin_store(&store, 1);
    g = add_function(&store, 2, "g", facts_of(FACTS_OF_WORDS));
    f = add_function(&store, 1, "f", facts_of(FACTS_OF_WORDS));
}

static void tear_down(void)
{
    memo_listing_finish(&listing);
    end_store(&store);
}

START_TEST(entries_are_sorted_by_function_then_the_newest_first)
{
    memo_name g_1 = add_number(&store, g, 1, 5);
    memo_name f_1 = add_number(&store, f, 1, 30);
    memo_name f_2 = add_number(&store, f, 2, 20);

    list_store(&listing, &store, NULL);

    ck_assert_uint_eq(listing.entry_count, 3);
    ck_assert_ptr_eq(listed(&listing, f_2), &listing.entries[0]);
    ck_assert_ptr_eq(listed(&listing, f_1), &listing.entries[1]);
    ck_assert_ptr_eq(listed(&listing, g_1), &listing.entries[2]);
    ck_assert_str_eq(listing.functions[0]->function, "f");
}
END_TEST

START_TEST(functions_know_what_they_have)
{
    add_number(&store, f, 1, 30);
    add_number(&store, f, 2, 20);
    add_question(&store, f, 3, 40);

    list_store(&listing, &store, NULL);

    ck_assert_uint_eq(listing.functions[0]->entries, 3);
    ck_assert_uint_eq(listing.functions[0]->results, 2);
    ck_assert_uint_eq(listing.functions[0]->newest_ns, NOW_NS - 20 * SECOND_NS);
    ck_assert_uint_eq(listing.functions[0]->oldest_ns, NOW_NS - 30 * SECOND_NS);
    ck_assert_uint_eq(listing.functions[0]->bytes, store.entries[0].size +
                                                       store.entries[1].size +
                                                       store.entries[2].size);
    ck_assert_uint_eq(listing.functions[1]->entries, 0);
}
END_TEST

START_TEST(an_entry_that_is_shown_twice_counts_once)
{
    add_number(&store, f, 1, 30);
    listing = (memo_listing){.entries = NULL};

    store.function_count = 2;
    store.functions[0] = store.functions[1]; /* its entries are visited twice */
    ck_assert(memo_listing_add(&listing, &memory, &store, &store.host,
                               &(memo_listing_wants){.kept = ""}));
    ck_assert_uint_eq(listing.entry_count, 2);
    ck_assert(memo_listing_sort(&listing));

    ck_assert_uint_eq(listing.entry_count, 1);
    ck_assert_uint_eq(listing.functions[0]->entries, 1);
}
END_TEST

START_TEST(one_function_may_be_asked_for)
{
    add_number(&store, f, 1, 1);
    add_number(&store, g, 1, 1);

    list_store(&listing, &store, &(memo_listing_wants){.function = "g"});

    ck_assert_uint_eq(listing.entry_count, 1);
    ck_assert_uint_eq(listing.function_count, 1);
    ck_assert_str_eq(listing.functions[0]->function, "g");
}
END_TEST

START_TEST(bytes_are_kept_of_those_that_are_asked_for)
{
    memo_name one = add_number(&store, f, 1, 1);
    memo_name other = add_number(&store, f, 2, 1);
    char digits[MEMO_DIGEST_TEXT];

    memo_digest_text(digits, &one);
    list_store(&listing, &store, &(memo_listing_wants){.kept = digits});

    ck_assert_ptr_nonnull(listed(&listing, one)->bytes);
    ck_assert_ptr_null(listed(&listing, other)->bytes);
}
END_TEST

START_TEST(entries_are_found_by_their_first_digits)
{
    memo_name one = add_number(&store, f, 1, 1);
    memo_name other = add_number(&store, g, 2, 1);
    const memo_listed_entry *found[2];
    char digits[MEMO_DIGEST_TEXT];

    add_question(&store, f, 3, 1);
    list_store(&listing, &store, NULL);
    memo_digest_text(digits, &one);

    ck_assert_uint_eq(memo_listing_find(found, 2, &listing, digits), 1);
    ck_assert_ptr_eq(found[0], listed(&listing, one));
    digits[6] = '\0';
    ck_assert_uint_eq(memo_listing_find(found, 2, &listing, digits), 1);
    ck_assert_uint_eq(memo_listing_find(found, 2, &listing, ""), 2);
    ck_assert_uint_eq(memo_listing_find(found, 1, &listing, ""), 2);
    ck_assert_uint_eq(memo_listing_find(found, 2, &listing, "zz"), 0);
    ck_assert_ptr_nonnull(listed(&listing, other));
}
END_TEST

START_TEST(answers_lead_back_to_the_inputs)
{
    memo_name question = add_question(&store, f, 3, 10);
    memo_name answer = add_answer(&store, f, question, "yes", 5);
    const memo_listed_entry *entry;

    list_store(&listing, &store, NULL);
    entry = listed(&listing, answer);

    ck_assert_ptr_eq(entry->parent, listed(&listing, question));
    ck_assert_ptr_eq(memo_listed_root(entry), entry->parent);
    ck_assert_uint_eq(memo_listed_depth(entry), 1);
    ck_assert(memo_listed_is_result(entry));
    ck_assert(!memo_listed_is_result(entry->parent));
}
END_TEST

START_TEST(answers_to_a_question_that_is_gone_have_no_inputs)
{
    memo_name question = {1, 2};
    memo_name answer = add_answer(&store, f, question, "yes", 5);

    add_number(&store, f, 1, 1);
    list_store(&listing, &store, NULL);

    ck_assert_ptr_null(listed(&listing, answer)->parent);
    ck_assert_ptr_null(memo_listed_root(listed(&listing, answer)));
}
END_TEST

START_TEST(a_circle_of_entries_has_no_inputs)
{
    memo_stored_entry entry = {.head = {.id = f->id,
                                        .generation = 5,
                                        .kind = MEMO_STORED_QUESTIONS,
                                        .is_derived = 1,
                                        .key_size = sizeof(memo_name)}};
    memo_name digest = {3, 4};
    unsigned char bytes[512];

    entry.key = (const unsigned char *)&digest;
    memo_stored_put(bytes, &entry);
    keep_bytes(&store, f->id, digest, bytes, memo_stored_bytes(&entry.head));
    list_store(&listing, &store, NULL);

    ck_assert_ptr_eq(listed(&listing, digest)->parent,
                     listed(&listing, digest));
    ck_assert_ptr_null(memo_listed_root(listed(&listing, digest)));
    ck_assert_uint_lt(memo_listed_depth(listed(&listing, digest)), 1000);
}
END_TEST

START_TEST(what_is_no_entry_is_listed_with_the_reason)
{
    const memo_name digest = {3, 4};

    keep_bytes(&store, f->id, digest, "garbage", 7);
    list_store(&listing, &store, NULL);

    ck_assert_ptr_nonnull(listing.entries[0].problem);
    ck_assert(!listing.entries[0].is_entry);
    ck_assert_ptr_null(memo_listed_root(&listing.entries[0]));
    ck_assert(memo_listed_is_result(&listing.entries[0]));
}
END_TEST

START_TEST(an_entry_of_another_function_is_a_problem)
{
    memo_name digest = add_number(&store, f, 1, 1);

    keep_bytes(&store, g->id, digest, store.entries[0].bytes,
               store.entries[0].size);
    list_store(&listing, &store, &(memo_listing_wants){.function = "g"});

    ck_assert_str_eq(listing.entries[0].problem, "it is another function's");
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("listing");
    TCase *tests = tcase_create("listing");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, entries_are_sorted_by_function_then_the_newest_first);
    tcase_add_test(tests, functions_know_what_they_have);
    tcase_add_test(tests, an_entry_that_is_shown_twice_counts_once);
    tcase_add_test(tests, one_function_may_be_asked_for);
    tcase_add_test(tests, bytes_are_kept_of_those_that_are_asked_for);
    tcase_add_test(tests, entries_are_found_by_their_first_digits);
    tcase_add_test(tests, answers_lead_back_to_the_inputs);
    tcase_add_test(tests, answers_to_a_question_that_is_gone_have_no_inputs);
    tcase_add_test(tests, a_circle_of_entries_has_no_inputs);
    tcase_add_test(tests, what_is_no_entry_is_listed_with_the_reason);
    tcase_add_test(tests, an_entry_of_another_function_is_a_problem);
    suite_add_tcase(suite, tests);
    return suite;
}

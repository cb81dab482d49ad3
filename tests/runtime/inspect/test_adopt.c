#include "inspect/adopt.h"

#include "inspect/export.h"
#include "memory_store.h"

Suite *memo_test_suite(void);

#define FACTS_OF_TEXT                                                          \
    "\nparameter text in - \"path\"\nresult none -\nwords 0\nend\n"

static memory_store from, to;
static memo_stored *f;
static memo_sink stream;
static memo_export exported;
static memo_adopted adopted;

static void set_up(void)
{
    begin_store(&from, 1);
    begin_store(&to, 2);
    f = add_function(&from, 1, "f", facts_of(FACTS_OF_WORDS));
    stream = memo_sink_growing(UINT64_MAX);
}

static void tear_down(void)
{
    free(stream.bytes);
    end_store(&from);
    end_store(&to);
}

static bool put(void *context, const void *bytes, size_t size)
{
    memo_sink_put(context, bytes, size);
    return true;
}

static bool refuse(void *context, const void *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return false;
}

static void export_all(void)
{
    memo_export_begin(&exported, put, &stream);
    ck_assert(memo_export_store(&exported, &memory, &from, &from.host, NOW_NS));
    ck_assert(memo_export_end(&exported));
}

static bool adopt_all(memo_adoption *adoption)
{
    memo_archive_record record;
    size_t used;

    for (size_t at = 0; at < stream.size; at += used) {
        memo_archive_step step = memo_archive_read(
            &record, &used, stream.bytes + at, stream.size - at, true);

        if (step == MEMO_ARCHIVE_RECORD && !memo_adopt(adoption, &record))
            return false;
    }
    return true;
}

static memo_adoption *adoption;

static void import_all(void)
{
    adoption = memo_adoption_make(&memory, &to, &to.host, NOW_NS);
    ck_assert(adopt_all(adoption));
    ck_assert(memo_adoption_end(&adopted, adoption));
}

/* All of it, sound and under the digests of its own secret. */
static void check_store(memo_listing *listing, size_t results)
{
    const memo_listing_wants whole = {.judge = memo_verify_readable};

    list_store(listing, &to, &whole);
    for (size_t i = 0; i < listing->entry_count; i++) {
        const memo_listed_entry *entry = &listing->entries[i];

        ck_assert_pstr_eq(memo_verify_listed(entry, NOW_NS), NULL);
        ck_assert_ptr_nonnull(memo_listed_root(entry));
        results -= memo_listed_is_result(entry);
    }
    ck_assert_uint_eq(results, 0);
}

static void finish(memo_listing *listing)
{
    memo_listing_finish(listing);
    memo_adoption_finish(adoption);
}

START_TEST(entries_become_the_stores_own)
{
    memo_listing listing;

    add_number(&from, f, 1, 10);
    add_number(&from, f, 2, 20);
    export_all();
    import_all();

    check_store(&listing, 2);
    ck_assert_uint_eq(adopted.results, 2);
    ck_assert_uint_eq(listing.functions[0]->generation, 100);
    ck_assert_str_eq(listing.functions[0]->function, "f");
    ck_assert_str_eq(listing.functions[0]->facts, f->facts);
    ck_assert_uint_eq(listing.entries[0].head.written_ns,
                      NOW_NS - 10 * SECOND_NS);
    finish(&listing);
}
END_TEST

START_TEST(answers_follow_their_questions)
{
    memo_name question = add_question(&from, f, 1, 10);
    memo_listing listing;

    add_answer(&from, f, question, "yes", 5);
    add_answer(&from, f, question, "no", 5);
    export_all();
    import_all();

    check_store(&listing, 2);
    ck_assert_uint_eq(listing.entry_count, 3);
    finish(&listing);
}
END_TEST

START_TEST(functions_without_entries_stay_away)
{
    memo_listing listing;

    add_function(&from, 2, "g", facts_of(FACTS_OF_WORDS));
    add_number(&from, f, 1, 10);
    export_all();
    import_all();

    check_store(&listing, 1);
    ck_assert_uint_eq(to.attached, 1);
    ck_assert_uint_eq(exported.functions, 2);
    finish(&listing);
}
END_TEST

START_TEST(keys_with_digests_stay_where_their_secret_is)
{
    static const unsigned char digest[18] = {2, 200}, text[] = {1, 1, 'a'};
    memo_stored *g = add_function(&from, 2, "g", facts_of(FACTS_OF_TEXT));
    memo_name question;
    memo_listing listing;

    add_entry(&from, g, &(entry_facts){.key = text, .key_size = sizeof text});
    question = add_entry(&from, g,
                         &(entry_facts){.key = digest,
                                        .key_size = sizeof digest,
                                        .has_questions = true});
    add_answer(&from, g, question, "yes", 5);
    export_all();
    import_all();

    check_store(&listing, 1);
    ck_assert_uint_eq(adopted.bound, 2);
    ck_assert_uint_eq(adopted.orphans, 0);
    finish(&listing);
}
END_TEST

START_TEST(under_the_same_secret_all_of_them_come)
{
    static const unsigned char digest[18] = {2, 200};
    memo_stored *g = add_function(&from, 2, "g", facts_of(FACTS_OF_TEXT));
    memo_listing listing;
    memo_name there = add_entry(
        &from, g, &(entry_facts){.key = digest, .key_size = sizeof digest});

    memcpy(to.host.secret, from.host.secret, sizeof to.host.secret);
    export_all();
    import_all();

    check_store(&listing, 1);
    ck_assert_ptr_nonnull(listed(&listing, there));
    finish(&listing);
}
END_TEST

START_TEST(what_has_expired_is_passed_over)
{
    const uint64_t n = 1;
    memo_listing listing;

    add_entry(&from, f,
              &(entry_facts){.key = &n,
                             .key_size = sizeof n,
                             .value = "abcd",
                             .value_size = 4,
                             .age_seconds = 10,
                             .ttl_seconds = 60});
    export_all();
    ck_assert_uint_eq(exported.results, 1);
    adoption =
        memo_adoption_make(&memory, &to, &to.host, NOW_NS + 60 * SECOND_NS);
    ck_assert(adopt_all(adoption));
    ck_assert(memo_adoption_end(&adopted, adoption));

    check_store(&listing, 0);
    ck_assert_uint_eq(adopted.expired, 1);
    finish(&listing);
}
END_TEST

START_TEST(damaged_entries_are_left_out)
{
    const memo_name nowhere = {9, 9};

    add_number(&from, f, 1, 10);
    add_number(&from, f, 2, 10);
    add_answer(&from, f, nowhere, "yes", 5);
    keep_bytes(&from, f->id, nowhere, "garbage", 7);
    from.entries[1].bytes[from.entries[1].size - 1] ^= 1;
    export_all();

    ck_assert_uint_eq(exported.results, 1);
    ck_assert_uint_eq(exported.left_out, 2);
}
END_TEST

/* Of a damaged stream nothing gets in that was not exported. */
START_TEST(whatever_is_damaged_what_comes_is_sound)
{
    memo_name question = add_question(&from, f, 1, 10);

    add_answer(&from, f, question, "yes", 5);
    add_number(&from, f, 2, 20);
    export_all();
    for (size_t i = 0; i < stream.size; i++) {
        memo_listing listing;

        end_store(&to);
        begin_store(&to, 2);
        stream.bytes[i] ^= 0x20;
        import_all();
        stream.bytes[i] ^= 0x20;
        check_store(&listing, (size_t)adopted.results);
        ck_assert_uint_le(adopted.results, 2);
        finish(&listing);
    }
}
END_TEST

START_TEST(a_store_may_do_a_part_of_what_it_is_asked_for)
{
    memo_listing listing;

    to.most_writes = 3;
    for (uint64_t n = 0; n < 10; n++)
        add_number(&from, f, n, n);
    export_all();
    import_all();

    check_store(&listing, 10);
    finish(&listing);
}
END_TEST

START_TEST(a_store_that_takes_nothing_is_told_of)
{
    to.is_full = true;
    add_number(&from, f, 1, 10);
    export_all();
    adoption = memo_adoption_make(&memory, &to, &to.host, NOW_NS);
    adopt_all(adoption);

    ck_assert(!memo_adoption_end(&adopted, adoption));
    ck_assert(adopted.has_failed);
    ck_assert_uint_eq(adopted.results, 0);
    memo_adoption_finish(adoption);
}
END_TEST

START_TEST(who_reads_the_stream_may_have_enough)
{
    add_number(&from, f, 1, 10);
    memo_export_begin(&exported, refuse, NULL);

    ck_assert(
        !memo_export_store(&exported, &memory, &from, &from.host, NOW_NS));
    ck_assert(!memo_export_end(&exported));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("adopt");
    TCase *tests = tcase_create("adopt");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, entries_become_the_stores_own);
    tcase_add_test(tests, answers_follow_their_questions);
    tcase_add_test(tests, functions_without_entries_stay_away);
    tcase_add_test(tests, keys_with_digests_stay_where_their_secret_is);
    tcase_add_test(tests, under_the_same_secret_all_of_them_come);
    tcase_add_test(tests, what_has_expired_is_passed_over);
    tcase_add_test(tests, damaged_entries_are_left_out);
    tcase_add_test(tests, whatever_is_damaged_what_comes_is_sound);
    tcase_add_test(tests, a_store_may_do_a_part_of_what_it_is_asked_for);
    tcase_add_test(tests, a_store_that_takes_nothing_is_told_of);
    tcase_add_test(tests, who_reads_the_stream_may_have_enough);
    suite_add_tcase(suite, tests);
    return suite;
}

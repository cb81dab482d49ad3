/* What an environment holds: functions, entries, and in which order they go. */
#include "disk/records.h"
#include "port_fixture.h"

static char why[MEMO_PATH_SIZE];
static memo_environment *environment;
static const memo_tables *tables;
static MDB_txn *txn;

/* Each test is one transaction. */
static void begin(void)
{
    use_new_port_folder();
    ck_assert_int_eq(mkdir(test_folder, 0700), 0);
    ck_assert_int_eq(memo_environment_open(&environment, test_folder,
                                           (uint64_t)1 << 30, why),
                     MEMO_ENVIRONMENT_OPEN);
    tables = &environment->tables;
    ck_assert_int_eq(mdb_txn_begin(environment->env, NULL, 0, &txn), 0);
}

static void end(void)
{
    mdb_txn_abort(txn);
    memo_environment_close(environment);
    remove_folder(test_folder);
}

/* ---- functions ----------------------------------------------------------- */

static uint64_t attach(memo_stored *stored)
{
    uint64_t generation = 0;

    ck_assert_int_eq(memo_record_attach(&stored->is_changed, &generation, txn,
                                        tables, stored),
                     0);
    return generation;
}

static int find(const memo_stored *stored)
{
    uint64_t generation;

    return memo_record_find_generation(&generation, txn, tables, &stored->id);
}

static uint64_t generation_of(const memo_stored *stored)
{
    uint64_t generation = 0;

    ck_assert_int_eq(
        memo_record_find_generation(&generation, txn, tables, &stored->id), 0);
    return generation;
}

START_TEST(a_function_is_found_after_it_was_attached)
{
    memo_stored f = stored_as(1, 10, "f");
    uint64_t attached, found;

    ck_assert_int_eq(memo_record_find(&found, txn, tables, &f), MDB_NOTFOUND);
    attached = attach(&f);

    ck_assert_int_eq(memo_record_find(&found, txn, tables, &f), 0);
    ck_assert_uint_eq(found, attached);
    ck_assert_int_eq(f.is_changed, 0);
    ck_assert_uint_eq(attach(&f), attached);
}
END_TEST

START_TEST(two_functions_never_have_one_generation)
{
    memo_stored f = stored_as(1, 10, "f"), g = stored_as(2, 20, "g");

    ck_assert_uint_ne(attach(&f), attach(&g));
}
END_TEST

START_TEST(another_source_takes_the_place_of_the_one_before)
{
    memo_stored before = stored_as(1, 10, "f"), after = stored_as(1, 11, "f");

    attach(&before);
    attach(&after);

    ck_assert_int_eq(after.is_changed, 1);
    ck_assert_int_eq(find(&before), MDB_NOTFOUND);
    ck_assert_int_eq(find(&after), 0);
}
END_TEST

START_TEST(a_function_that_stands_elsewhere_too_stays)
{
    memo_stored one = stored_as(1, 10, "f"), other = stored_as(2, 10, "f"),
                after = stored_as(1, 11, "f");
    uint64_t generation = attach(&one);

    ck_assert_uint_eq(attach(&other), generation);
    attach(&after);

    ck_assert_int_eq(after.is_changed, 1);
    ck_assert_uint_eq(generation_of(&other), generation);
}
END_TEST

START_TEST(a_source_that_comes_back_has_a_new_generation)
{
    memo_stored before = stored_as(1, 10, "f"), after = stored_as(1, 11, "f");
    uint64_t first = attach(&before);

    attach(&after);

    ck_assert_uint_gt(attach(&before), first);
    ck_assert_int_eq(before.is_changed, 1);
}
END_TEST

START_TEST(clearing_gives_one_function_a_new_generation)
{
    memo_stored f = stored_as(1, 10, "f"), g = stored_as(2, 20, "g");
    uint64_t of_f = attach(&f), of_g = attach(&g);

    ck_assert_int_eq(memo_record_clear(txn, tables, &f.id), 0);

    ck_assert_uint_gt(generation_of(&f), of_g);
    ck_assert_uint_ne(generation_of(&f), of_f);
    ck_assert_uint_eq(generation_of(&g), of_g);
}
END_TEST

START_TEST(clearing_all_gives_each_function_a_new_generation)
{
    memo_stored all[40];
    uint64_t last = 0;

    for (memo_u64 i = 0; i < 40; i++) {
        all[i] = stored_as(i, 1000 + i * 77, "f");
        last = attach(&all[i]);
    }

    ck_assert_int_eq(memo_record_clear(txn, tables, NULL), 0);

    for (int i = 0; i < 40; i++) {
        ck_assert_uint_gt(generation_of(&all[i]), last);
        ck_assert_uint_le(generation_of(&all[i]), last + 40);
    }
}
END_TEST

START_TEST(clearing_what_is_not_known_is_no_mistake)
{
    ck_assert_int_eq(memo_record_clear(txn, tables, &(memo_name){1, 2}), 0);
    ck_assert_int_eq(memo_record_clear(txn, tables, NULL), 0);
}
END_TEST

START_TEST(the_secret_is_drawn_once)
{
    unsigned char first[192] = "", second[192] = "";

    ck_assert_int_eq(memo_record_secret(txn, tables, first), 0);
    ck_assert_int_eq(memo_record_secret(txn, tables, second), 0);

    ck_assert_int_eq(memcmp(first, second, sizeof first), 0);
}
END_TEST

/* ---- entries ------------------------------------------------------------- */

static int put(uint64_t generation, memo_u64 digest, uint64_t now_ns,
               uint64_t expires_ns, const char *text)
{
    memo_store_write write = {
        .expires_ns = expires_ns, .bytes = text, .size = strlen(text) + 1};
    memo_record_key key =
        memo_record_key_make(generation, &(memo_name){digest, 0});

    return memo_record_put(txn, tables, &key, now_ns, &write);
}

/* The text of an entry; "": there is none. */
static const char *get(uint64_t generation, memo_u64 digest)
{
    memo_record_key key =
        memo_record_key_make(generation, &(memo_name){digest, 0});
    MDB_val bytes;
    int problem = memo_record_get(&bytes, txn, tables, &key);

    ck_assert(problem == 0 || problem == MDB_NOTFOUND);
    return problem == 0 ? bytes.mv_data : "";
}

static size_t count_in(MDB_dbi table)
{
    MDB_stat stat;

    ck_assert_int_eq(mdb_stat(txn, table, &stat), 0);
    /* The names of the others are where the entries are. */
    return stat.ms_entries - (table == tables->entries ? 5 : 0);
}

START_TEST(an_entry_is_found_by_its_generation_and_digest)
{
    ck_assert_int_eq(put(1, 5, 100, 0, "a text"), 0);

    ck_assert_str_eq(get(1, 5), "a text");
    ck_assert_str_eq(get(2, 5), "");
    ck_assert_str_eq(get(1, 6), "");
}
END_TEST

START_TEST(an_entry_takes_the_place_of_an_older_one_in_all_tables)
{
    ck_assert_int_eq(put(1, 5, 100, 1000, "a text"), 0);

    ck_assert_int_eq(put(1, 5, 200, 2000, "a newer text"), 0);

    ck_assert_str_eq(get(1, 5), "a newer text");
    ck_assert_uint_eq(count_in(tables->entries), 1);
    ck_assert_uint_eq(count_in(tables->ages), 1);
    ck_assert_uint_eq(count_in(tables->expiries), 1);
}
END_TEST

START_TEST(an_entry_is_removed_from_all_tables)
{
    memo_record_key key = memo_record_key_make(1, &(memo_name){5, 0});

    ck_assert_int_eq(put(1, 5, 100, 1000, "a text"), 0);

    ck_assert_int_eq(memo_record_remove(txn, tables, &key), 0);
    ck_assert_int_eq(memo_record_remove(txn, tables, &key), MDB_NOTFOUND);

    ck_assert_uint_eq(count_in(tables->entries), 0);
    ck_assert_uint_eq(count_in(tables->ages), 0);
    ck_assert_uint_eq(count_in(tables->expiries), 0);
}
END_TEST

START_TEST(what_has_expired_goes_and_nothing_else)
{
    size_t removed;

    put(1, 1, 100, 1000, "early");
    put(1, 2, 100, 2000, "late");
    put(1, 3, 100, 0, "never");

    ck_assert(!memo_record_has_expired(txn, tables, 999));
    ck_assert(memo_record_has_expired(txn, tables, 1000));
    ck_assert_int_eq(memo_record_expire(&removed, txn, tables, 1999, 10), 0);

    ck_assert_uint_eq(removed, 1);
    ck_assert_str_eq(get(1, 1), "");
    ck_assert_str_eq(get(1, 2), "late");
    ck_assert_str_eq(get(1, 3), "never");
    ck_assert(!memo_record_has_expired(txn, tables, 1999));
}
END_TEST

START_TEST(the_oldest_go_first_and_no_more_than_asked_for)
{
    size_t removed;

    for (memo_u64 i = 0; i < 10; i++)
        put(1 + i % 3, i, 1000 - i, 0, "text");

    ck_assert_int_eq(memo_record_evict(&removed, txn, tables, 4, UINT64_MAX),
                     0);

    ck_assert_uint_eq(removed, 4);
    for (memo_u64 i = 0; i < 10; i++)
        ck_assert_str_eq(get(1 + i % 3, i), i < 6 ? "text" : "");
}
END_TEST

START_TEST(no_more_bytes_go_than_have_to)
{
    static char text[10001];
    size_t removed;

    memset(text, 'x', sizeof text - 1);
    for (memo_u64 i = 0; i < 10; i++)
        put(1, i, i, 0, text);

    ck_assert_int_eq(memo_record_evict(&removed, txn, tables, 64, 25000), 0);

    ck_assert_uint_eq(removed, 3);
    ck_assert_str_eq(get(1, 2), "");
    ck_assert_uint_eq(strlen(get(1, 3)), 10000);
}
END_TEST

START_TEST(what_belongs_to_no_function_is_swept)
{
    memo_stored f = stored_as(1, 10, "f"), g = stored_as(2, 20, "g");
    uint64_t of_f = attach(&f), of_g = attach(&g);
    size_t removed, sum = 0;

    for (memo_u64 i = 0; i < 50; i++) {
        put(of_f, i, i, 0, "of f");
        put(of_g, i, i, 5000 + i, "of g");
        put(999, i, i, 0, "nobody's");
    }
    ck_assert_int_eq(memo_record_clear(txn, tables, &g.id), 0);
    put(generation_of(&g), 1, 1, 0, "of g again");

    do {
        ck_assert_int_eq(memo_record_sweep(&removed, txn, tables, 16), 0);
        ck_assert_uint_le(removed, 16);
        sum += removed;
    } while (removed > 0);

    ck_assert_uint_eq(sum, 100);
    ck_assert_uint_eq(count_in(tables->entries), 51);
    ck_assert_uint_eq(count_in(tables->ages), 51);
    ck_assert_uint_eq(count_in(tables->expiries), 0);
    ck_assert_str_eq(get(of_f, 49), "of f");
    ck_assert_str_eq(get(generation_of(&g), 1), "of g again");
}
END_TEST

START_TEST(what_is_used_grows_with_the_entries)
{
    static char text[100001];
    uint64_t before, after;

    memset(text, 'x', sizeof text - 1);
    ck_assert_int_eq(memo_record_used(&before, txn, tables), 0);
    put(1, 1, 1, 0, text);
    ck_assert_int_eq(memo_record_used(&after, txn, tables), 0);

    ck_assert_uint_ge(after, before + sizeof text);
    ck_assert_uint_le(after, before + 2 * sizeof text);
}
END_TEST

/* ---- visits -------------------------------------------------------------- */

typedef struct {
    char text[400];
    int stop_after;
} visited;

static int visit(void *context, const memo_store_item *item)
{
    visited *of = context;
    size_t used = strlen(of->text);

    snprintf(of->text + used, sizeof of->text - used, "%s%s%s/%llu ",
             item->function, item->bytes ? "=" : "",
             item->bytes ? (const char *)item->bytes : "",
             (unsigned long long)(item->bytes ? item->digest.low : item->hits));
    ck_assert_str_eq(item->file, "file.c");
    ck_assert_uint_eq(item->facts_size, 5);
    return --of->stop_after == 0 ? 7 : 0;
}

static void fill_for_visits(void)
{
    memo_stored f = stored_as(1, 10, "f"), g = stored_as(2, 20, "g");
    uint64_t of_f = attach(&f);

    attach(&g);
    put(of_f, 1, 1, 0, "one");
    put(of_f, 2, 1, 0, "two");
    put(999, 3, 1, 0, "nobody's");
    ck_assert_int_eq(memo_record_add_hits(txn, tables, &f.id, 3), 0);
    ck_assert_int_eq(memo_record_add_hits(txn, tables, &f.id, 4), 0);
    ck_assert_int_eq(memo_record_add_hits(txn, tables, &(memo_name){7, 7}, 4),
                     0);
}

START_TEST(a_visit_sees_each_function_and_after_it_its_entries)
{
    visited seen = {.stop_after = -1};
    int answer;

    fill_for_visits();

    ck_assert_int_eq(memo_record_each(&answer, txn, tables, visit, &seen), 0);

    ck_assert_int_eq(answer, 0);
    ck_assert_str_eq(seen.text, "f/7 f=one/1 f=two/2 g/0 ");
}
END_TEST

START_TEST(a_visit_ends_when_it_is_told_to)
{
    visited seen = {.stop_after = 2};
    int answer;

    fill_for_visits();

    ck_assert_int_eq(memo_record_each(&answer, txn, tables, visit, &seen), 0);

    ck_assert_int_eq(answer, 7);
    ck_assert_str_eq(seen.text, "f/7 f=one/1 ");
}
END_TEST

/* ---- records that were damaged on the disk ------------------------------- */

static void put_raw(MDB_dbi table, const void *key, size_t key_size,
                    const void *value, size_t size)
{
    MDB_val name = {key_size, (void *)(uintptr_t)key};
    MDB_val bytes = {size, (void *)(uintptr_t)value};

    ck_assert_int_eq(mdb_put(txn, table, &name, &bytes, 0), 0);
}

/* A copy of a function's record. */
static size_t copy_record(unsigned char *out, const memo_stored *stored)
{
    memo_name id = stored->id;
    MDB_val key = {sizeof id, &id}, value;

    ck_assert_int_eq(mdb_get(txn, tables->functions, &key, &value), 0);
    memcpy(out, value.mv_data, value.mv_size);
    return value.mv_size;
}

START_TEST(a_functions_record_with_any_byte_of_its_head_damaged_is_none)
{
    memo_stored f = stored_as(1, 10, "f");
    unsigned char record[1000];
    size_t size;

    attach(&f);
    size = copy_record(record, &f);

    for (size_t at = 0; at < 48; at++) {
        for (int bit = 0; bit < 8; bit++) {
            record[at] ^= (unsigned char)(1 << bit);
            put_raw(tables->functions, &f.id, sizeof f.id, record, size);
            ck_assert_int_eq(find(&f), MDB_NOTFOUND);
            record[at] ^= (unsigned char)(1 << bit);
        }
    }
    for (size_t cut = 0; cut < size; cut++) {
        put_raw(tables->functions, &f.id, sizeof f.id, record, cut);
        ck_assert_int_eq(find(&f), MDB_NOTFOUND);
    }
    put_raw(tables->functions, &f.id, sizeof f.id, record, size);
    ck_assert_int_eq(find(&f), 0);
}
END_TEST

/* What was cleared must not be found again. */
START_TEST(a_generation_does_not_come_back_when_their_count_is_damaged)
{
    memo_stored f = stored_as(1, 10, "f"), g = stored_as(2, 20, "g");
    uint64_t of_f, none = 0;

    attach(&g);
    of_f = attach(&f);
    put(of_f, 1, 1, 0, "a text");
    put_raw(tables->facts, "generation", 10, &none, sizeof none);

    ck_assert_int_eq(memo_record_clear(txn, tables, &g.id), 0);
    ck_assert_int_eq(memo_record_clear(txn, tables, &f.id), 0);

    ck_assert_uint_gt(generation_of(&g), of_f);
    ck_assert_uint_gt(generation_of(&f), generation_of(&g));
}
END_TEST

static const char *const odd_keys[] = {
    "\1", "\377", "\1 and fifty-two bytes of whatever may be in such names"};

START_TEST(names_of_another_size_stop_nothing)
{
    memo_stored f = stored_as(1, 10, "f");
    uint64_t generation = attach(&f);
    visited seen = {.stop_after = -1};
    size_t removed;
    int answer;

    for (size_t i = 0; i < sizeof odd_keys / sizeof *odd_keys; i++) {
        const char *key = odd_keys[i];

        put_raw(tables->functions, key, strlen(key), "record", 6);
        put_raw(tables->places, key, strlen(key), "place", 5);
        put_raw(tables->entries, key, strlen(key), "entry", 5);
        put_raw(tables->ages, key, strlen(key), "", 0);
        put_raw(tables->expiries, key, strlen(key), "", 0);
    }
    put(generation, 1, 1, 1, "a text");

    ck_assert_int_eq(memo_record_clear(txn, tables, NULL), 0);
    ck_assert_int_eq(memo_record_each(&answer, txn, tables, visit, &seen), 0);
    ck_assert_str_eq(seen.text, "f/0 ");
    ck_assert_int_eq(memo_record_sweep(&removed, txn, tables, 100), 0);
    ck_assert_int_eq(memo_record_expire(&removed, txn, tables, 1, 100), 0);
    ck_assert_int_eq(memo_record_evict(&removed, txn, tables, 100, UINT64_MAX),
                     0);

    /* They look like the names of tables: the next check of the file drops it.
     */
    ck_assert_uint_eq(count_in(tables->entries),
                      sizeof odd_keys / sizeof *odd_keys);
    ck_assert_uint_eq(count_in(tables->ages), 0);
    ck_assert_uint_eq(count_in(tables->expiries), 0);
}
END_TEST

START_TEST(an_entry_that_was_cut_is_none_and_is_swept)
{
    memo_record_key key = memo_record_key_make(1, &(memo_name){5, 0});
    size_t removed;

    put_raw(tables->entries, key.bytes, sizeof key.bytes, "short", 5);

    ck_assert_str_eq(get(1, 5), "");
    ck_assert_int_eq(memo_record_sweep(&removed, txn, tables, 100), 0);
    ck_assert_uint_eq(removed, 1);
    ck_assert_uint_eq(count_in(tables->entries), 0);
}
END_TEST

START_TEST(an_index_that_leads_nowhere_goes)
{
    unsigned char index[32] = {0};
    size_t removed;

    put_raw(tables->ages, index, sizeof index, "", 0);
    put_raw(tables->expiries, index, sizeof index, "", 0);

    ck_assert_int_eq(memo_record_expire(&removed, txn, tables, 1, 100), 0);
    ck_assert_uint_eq(removed, 1);
    ck_assert_int_eq(memo_record_evict(&removed, txn, tables, 100, UINT64_MAX),
                     0);
    ck_assert_uint_eq(removed, 1);
}
END_TEST

static TCase *make_tests(const char *name)
{
    TCase *tests = tcase_create(name);

    tcase_add_checked_fixture(tests, begin, end);
    return tests;
}

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.records");
    TCase *functions = make_tests("functions"),
          *entries = make_tests("entries"), *damage = make_tests("damage");

    tcase_add_test(functions, a_function_is_found_after_it_was_attached);
    tcase_add_test(functions, two_functions_never_have_one_generation);
    tcase_add_test(functions, another_source_takes_the_place_of_the_one_before);
    tcase_add_test(functions, a_function_that_stands_elsewhere_too_stays);
    tcase_add_test(functions, a_source_that_comes_back_has_a_new_generation);
    tcase_add_test(functions, clearing_gives_one_function_a_new_generation);
    tcase_add_test(functions,
                   clearing_all_gives_each_function_a_new_generation);
    tcase_add_test(functions, clearing_what_is_not_known_is_no_mistake);
    tcase_add_test(functions, the_secret_is_drawn_once);
    suite_add_tcase(suite, functions);

    tcase_add_test(entries, an_entry_is_found_by_its_generation_and_digest);
    tcase_add_test(entries,
                   an_entry_takes_the_place_of_an_older_one_in_all_tables);
    tcase_add_test(entries, an_entry_is_removed_from_all_tables);
    tcase_add_test(entries, what_has_expired_goes_and_nothing_else);
    tcase_add_test(entries, the_oldest_go_first_and_no_more_than_asked_for);
    tcase_add_test(entries, no_more_bytes_go_than_have_to);
    tcase_add_test(entries, what_belongs_to_no_function_is_swept);
    tcase_add_test(entries, what_is_used_grows_with_the_entries);
    tcase_add_test(entries,
                   a_visit_sees_each_function_and_after_it_its_entries);
    tcase_add_test(entries, a_visit_ends_when_it_is_told_to);
    suite_add_tcase(suite, entries);

    tcase_add_test(
        damage, a_functions_record_with_any_byte_of_its_head_damaged_is_none);
    tcase_add_test(damage,
                   a_generation_does_not_come_back_when_their_count_is_damaged);
    tcase_add_test(damage, names_of_another_size_stop_nothing);
    tcase_add_test(damage, an_entry_that_was_cut_is_none_and_is_swept);
    tcase_add_test(damage, an_index_that_leads_nowhere_goes);
    suite_add_tcase(suite, damage);
    return suite;
}

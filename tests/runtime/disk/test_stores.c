/* What both stores do, as the cache uses them. */
#include "both_stores.h"

/* ---- entries ------------------------------------------------------------- */

START_TEST(what_was_saved_is_loaded)
{
    begin(_i);
    save(&f, 1, "one");
    save(&f, 2, "two");
    save(&g, 1, "of another function");

    ck_assert_str_eq(load(&f, 1), "one");
    ck_assert_str_eq(load(&f, 2), "two");
    ck_assert_str_eq(load(&g, 1), "of another function");
    ck_assert_str_eq(load(&f, 3), "");
    end();
}
END_TEST

START_TEST(what_was_saved_is_there_when_it_is_opened_again)
{
    begin(_i);
    save(&f, 1, "one");
    store->close(opened);

    opened = store->open(&host.host);
    f = stored_as(1, 10, "f");
    ck_assert(store->attach(opened, &f));

    ck_assert_str_eq(load(&f, 1), "one");
    ck_assert_int_eq(f.is_changed, 0);
    end();
}
END_TEST

static int load_first(void *its_store, memo_stored *its_f)
{
    return strcmp(load_text(store, its_store, its_f, 1), "one");
}

START_TEST(another_process_loads_it_at_once)
{
    begin(_i);
    save(&f, 1, "one");

    by_another_process(load_first);
    end();
}
END_TEST

static int save_second(void *its_store, memo_stored *its_f)
{
    return save_text(store, its_store, its_f, 2, "by another") != 1;
}

START_TEST(what_another_process_saves_is_loaded_at_once)
{
    begin(_i);
    ck_assert_str_eq(load(&f, 2), "");

    by_another_process(save_second);

    ck_assert_str_eq(load(&f, 2), "by another");
    end();
}
END_TEST

START_TEST(the_last_one_saved_is_loaded)
{
    begin(_i);
    save(&f, 1, "a text that is longer");
    save(&f, 1, "short");

    ck_assert_str_eq(load(&f, 1), "short");
    end();
}
END_TEST

START_TEST(entries_may_have_any_size)
{
    static unsigned char bytes[3000000];
    const size_t sizes[] = {0, 1, 15, 16, 4000, 4096, 100000, sizeof bytes};
    static loaded found;

    begin(_i);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memset(bytes, 'a' + (int)i, sizes[i]);
        ck_assert_uint_eq(do_one(store, opened, saving(&f, i, bytes, sizes[i])),
                          1);
    }

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memo_name digest = digest_of(i);

        ck_assert_int_eq(store->load(opened, &f, &digest, take_bytes, &found),
                         MEMO_LOADED);
        ck_assert_uint_eq(found.size, sizes[i]);
        if (sizes[i] > 0)
            ck_assert_int_eq(found.bytes[0], 'a' + (int)i);
    }
    end();
}
END_TEST

START_TEST(many_things_are_done_at_once_in_their_order)
{
    memo_store_write writes[4];

    begin(_i);
    writes[0] = saving(&f, 1, "one", 4);
    writes[1] = saving(&f, 2, "two", 4);
    writes[2] = writes[0];
    writes[2].operation = MEMO_STORE_REMOVE;
    writes[3] = saving(&f, 2, "new", 4);
    ck_assert_uint_eq(store->write(opened, writes, 4), 4);

    ck_assert_str_eq(load(&f, 1), "");
    ck_assert_str_eq(load(&f, 2), "new");
    end();
}
END_TEST

/* ---- removing and clearing ----------------------------------------------- */

START_TEST(one_entry_is_removed)
{
    begin(_i);
    save(&f, 1, "one");
    save(&f, 2, "two");

    do_now(MEMO_STORE_REMOVE, &f, 1);
    do_now(MEMO_STORE_REMOVE, &f, 1);
    do_now(MEMO_STORE_LET_GO, &f, 1);

    ck_assert_str_eq(load(&f, 1), "");
    ck_assert_str_eq(load(&f, 2), "two");
    end();
}
END_TEST

START_TEST(one_function_is_cleared)
{
    memo_u64 before;

    begin(_i);
    save(&f, 1, "one");
    save(&g, 1, "of another function");
    before = f.generation;

    do_now(MEMO_STORE_CLEAR, &f, 0);

    ck_assert_str_eq(load(&f, 1), "");
    ck_assert_str_eq(load(&g, 1), "of another function");
    ck_assert_uint_ne(f.generation, before);
    save(&f, 1, "one again");
    ck_assert_str_eq(load(&f, 1), "one again");
    end();
}
END_TEST

START_TEST(all_functions_are_cleared)
{
    memo_stored all[200];

    begin(_i);
    for (memo_u64 i = 0; i < 200; i++) {
        all[i] = stored_as(100 + i, 1000 + i * 7, "f");
        ck_assert(store->attach(opened, &all[i]));
        save(&all[i], i, "text");
    }

    do_now(MEMO_STORE_CLEAR_ALL, NULL, 0);

    for (memo_u64 i = 0; i < 200; i++) {
        ck_assert_str_eq(load(&all[i], i), "");
        save(&all[i], i, "again");
        ck_assert_str_eq(load(&all[i], i), "again");
    }
    end();
}
END_TEST

START_TEST(what_was_computed_before_a_clearing_is_not_saved_after_it)
{
    memo_store_write late;

    begin(_i);
    late = saving(&f, 1, "late", 5);
    do_now(MEMO_STORE_CLEAR, &f, 0);

    ck_assert_uint_eq(do_one(store, opened, late), 1);

    ck_assert_str_eq(load(&f, 1), "");
    end();
}
END_TEST

static int clear_f(void *its_store, memo_stored *its_f)
{
    return do_to(store, its_store, MEMO_STORE_CLEAR, its_f, 0) != 1;
}

START_TEST(what_another_process_clears_is_gone)
{
    memo_store_write late;

    begin(_i);
    save(&f, 1, "one");
    ck_assert_str_eq(load(&f, 1), "one");
    late = saving(&f, 2, "late", 5);

    by_another_process(clear_f);

    ck_assert_uint_eq(do_one(store, opened, late), 1);
    ck_assert_str_eq(load(&f, 1), "");
    ck_assert_str_eq(load(&f, 2), "");
    save(&f, 3, "three");
    ck_assert_str_eq(load(&f, 3), "three");
    end();
}
END_TEST

/* ---- versions of a function ---------------------------------------------- */

START_TEST(another_source_at_a_place_takes_it_over)
{
    memo_stored newer = stored_as(1, 11, "f");

    begin(_i);
    save(&f, 1, "of the old source");

    ck_assert(store->attach(opened, &newer));

    ck_assert_int_eq(newer.is_changed, 1);
    ck_assert_str_eq(load(&newer, 1), "");
    ck_assert_str_eq(load(&f, 1), "");
    ck_assert_uint_eq(save_text(store, opened, &f, 2, "nobody's"), 1);
    ck_assert_str_eq(load(&f, 2), "");
    end();
}
END_TEST

START_TEST(what_another_program_still_has_stays)
{
    memo_stored elsewhere = stored_as(9, 10, "f"),
                newer = stored_as(1, 11, "f");

    begin(_i);
    save(&f, 1, "of both");
    ck_assert(store->attach(opened, &elsewhere));

    ck_assert(store->attach(opened, &newer));
    tidy(store, opened);

    ck_assert_int_eq(newer.is_changed, 1);
    ck_assert_int_eq(elsewhere.is_changed, 0);
    ck_assert_str_eq(load(&elsewhere, 1), "of both");
    end();
}
END_TEST

START_TEST(a_source_that_comes_back_finds_nothing_old)
{
    memo_stored newer = stored_as(1, 11, "f"), back = stored_as(1, 10, "f");

    begin(_i);
    save(&f, 1, "of the old source");
    ck_assert(store->attach(opened, &newer));

    ck_assert(store->attach(opened, &back));

    ck_assert_int_eq(back.is_changed, 1);
    ck_assert_str_eq(load(&back, 1), "");
    end();
}
END_TEST

/* ---- visits -------------------------------------------------------------- */

typedef struct {
    int functions, entries, stop_after;
} seen;

static int visit(void *context, const memo_store_item *item)
{
    seen *of = context;

    if (item->bytes)
        of->entries += item->id.low == 10 && item->digest.low < 5 &&
                       item->digest.high == ~item->digest.low;
    else
        of->functions++;
    ck_assert_str_eq(item->source, f.source);
    ck_assert_str_eq(item->file, "file.c");
    ck_assert_uint_eq(item->line, 7);
    ck_assert_uint_eq(item->facts_size, 5);
    ck_assert_int_eq(memcmp(item->facts, "facts", 5), 0);
    return --of->stop_after == 0 ? 7 : 0;
}

START_TEST(a_visit_sees_all_functions_and_their_entries)
{
    seen of = {.stop_after = -1};

    begin(_i);
    for (memo_u64 i = 0; i < 5; i++)
        save(&f, i, "text");

    ck_assert_int_eq(store->each(opened, visit, &of), 0);

    ck_assert_int_eq(of.functions, 2);
    ck_assert_int_eq(of.entries, 5);
    end();
}
END_TEST

START_TEST(a_visit_ends_when_it_is_told_to)
{
    begin(_i);
    for (memo_u64 i = 0; i < 5; i++)
        save(&f, i, "text");

    for (int after = 1; after <= 7; after++) {
        seen of = {.stop_after = after};

        ck_assert_int_eq(store->each(opened, visit, &of), 7);
        ck_assert_int_eq(of.functions + of.entries, after);
    }
    end();
}
END_TEST

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.stores");
    TCase *tests = tcase_create("stores");

    ADD(what_was_saved_is_loaded);
    ADD(what_was_saved_is_there_when_it_is_opened_again);
    ADD(another_process_loads_it_at_once);
    ADD(what_another_process_saves_is_loaded_at_once);
    ADD(the_last_one_saved_is_loaded);
    ADD(entries_may_have_any_size);
    ADD(many_things_are_done_at_once_in_their_order);
    ADD(one_entry_is_removed);
    ADD(one_function_is_cleared);
    ADD(all_functions_are_cleared);
    ADD(what_was_computed_before_a_clearing_is_not_saved_after_it);
    ADD(what_another_process_clears_is_gone);
    ADD(another_source_at_a_place_takes_it_over);
    ADD(what_another_program_still_has_stays);
    ADD(a_source_that_comes_back_finds_nothing_old);
    ADD(a_visit_sees_all_functions_and_their_entries);
    ADD(a_visit_ends_when_it_is_told_to);
    suite_add_tcase(suite, tests);
    return suite;
}

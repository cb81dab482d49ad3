#include "two_processes.h"

Suite *memo_test_suite(void);

/* ---- entries ------------------------------------------------------------- */

START_TEST(what_is_saved_is_loaded)
{
    begin_one();

    save(&one, &one.f, 5, "value");

    expect_loaded(&one, &one.f, 5, "value");
    ck_assert_int_eq(load(&one, &one.f, 6), MEMO_LOAD_NONE);
    ck_assert_int_eq(load(&one, &one.g, 5), MEMO_LOAD_NONE);
    end_one();
}
END_TEST

START_TEST(another_process_loads_it)
{
    begin_two();

    save(&one, &one.f, 5, "value");

    expect_loaded(&two, &two.f, 5, "value");
    end_two();
}
END_TEST

START_TEST(the_last_one_that_is_saved_counts)
{
    begin_one();

    save(&one, &one.f, 5, "old");
    save(&one, &one.f, 5, "new");

    expect_loaded(&one, &one.f, 5, "new");
    end_one();
}
END_TEST

START_TEST(any_bytes_can_be_saved)
{
    static const char bytes[] = "\0\r\n$5\r\n*3\r\n\xff";
    memo_store_write write = {.operation = MEMO_STORE_SAVE,
                              .digest = name_of(5),
                              .bytes = bytes,
                              .size = sizeof bytes};
    taken got;
    begin_one();
    write.stored = &one.f;
    write.generation = generation_of(&one.f);

    ck_assert_uint_eq(one.store->write(one.opened, &write, 1), 1);

    ck_assert_int_eq(load_into(&got, &one, &one.f, 5), MEMO_LOADED);
    ck_assert_uint_eq(got.size, sizeof bytes);
    save(&one, &one.f, 6, "");
    ck_assert_int_eq(load_into(&got, &one, &one.f, 6), MEMO_LOADED);
    ck_assert_uint_eq(got.size, 0);
    end_one();
}
END_TEST

/* Each size around what is copied or read at once. */
static void take_large(void *context, const void *bytes, memo_size size)
{
    unsigned char *expected = context;

    ck_assert(memcmp(expected, bytes, size) == 0);
    expected[0] = 0; /* it was called */
}

START_TEST(large_values_come_back_whole)
{
    static const size_t sizes[] = {4095, 4096, 4097, 16384, 1 << 20, 64u << 20};
    size_t size = sizes[_i];
    unsigned char *bytes = malloc(size);
    memo_name digest = name_of(9);
    memo_store_write write = {.operation = MEMO_STORE_SAVE,
                              .digest = digest,
                              .bytes = bytes,
                              .size = size};
    start_server(&server, NULL);
    begin_process(&one, &server);
    one.host.timeout_ns = 60u * 1000000000ull;
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(i * 7 + i / 251 + 1);
    write.stored = &one.f;
    write.generation = generation_of(&one.f);

    ck_assert_uint_eq(one.store->write(one.opened, &write, 1), 1);

    ck_assert_int_eq(
        one.store->load(one.opened, &one.f, &digest, take_large, bytes),
        MEMO_LOADED);
    ck_assert_uint_eq(bytes[0], 0);
    free(bytes);
    end_one();
}
END_TEST

START_TEST(what_expires_goes)
{
    uint64_t now = memo_redis_wall_now();
    memo_store_write writes[3];
    begin_one();
    for (unsigned i = 0; i < 3; i++)
        writes[i] = (memo_store_write){.operation = MEMO_STORE_SAVE,
                                       .stored = &one.f,
                                       .generation = generation_of(&one.f),
                                       .digest = name_of(i + 1),
                                       .bytes = "x",
                                       .size = 1};
    writes[0].expires_ns = now + 300000000u;
    writes[1].expires_ns = now - 1;
    writes[2].expires_ns = now + 3600 * 1000000000ull;

    ck_assert_uint_eq(one.store->write(one.opened, writes, 3), 3);

    ck_assert_int_eq(load(&one, &one.f, 1), MEMO_LOADED);
    ck_assert_int_eq(load(&one, &one.f, 2), MEMO_LOAD_NONE);
    ck_assert_int_eq(load(&one, &one.f, 3), MEMO_LOADED);
    sleep_ms(350);
    ck_assert_int_eq(load(&one, &one.f, 1), MEMO_LOAD_NONE);
    ck_assert_int_eq(load(&one, &one.f, 3), MEMO_LOADED);
    end_one();
}
END_TEST

START_TEST(what_is_removed_is_gone)
{
    begin_two();
    save(&one, &one.f, 5, "value");
    save(&one, &one.f, 6, "other");

    ck_assert_uint_eq(write_one(&two, MEMO_STORE_REMOVE, &two.f, 5, NULL), 1);

    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    expect_loaded(&one, &one.f, 6, "other");
    end_two();
}
END_TEST

START_TEST(writes_are_done_in_order)
{
    memo_store_write writes[100];
    begin_one();
    for (unsigned i = 0; i < 100; i++)
        writes[i] = (memo_store_write){.operation = i % 2 ? MEMO_STORE_REMOVE
                                                          : MEMO_STORE_SAVE,
                                       .stored = &one.f,
                                       .generation = generation_of(&one.f),
                                       .digest = name_of(i / 10 + 1),
                                       .bytes = "x",
                                       .size = 1};
    writes[99].operation = MEMO_STORE_SAVE;

    ck_assert_uint_eq(one.store->write(one.opened, writes, 100), 100);

    for (unsigned i = 1; i < 10; i++)
        ck_assert_int_eq(load(&one, &one.f, i), MEMO_LOAD_NONE);
    ck_assert_int_eq(load(&one, &one.f, 10), MEMO_LOADED);
    end_one();
}
END_TEST

/* ---- clearing ------------------------------------------------------------ */

START_TEST(what_is_cleared_is_not_loaded_any_more)
{
    memo_u64 before;
    begin_two();
    save(&one, &one.f, 5, "f");
    save(&one, &one.g, 5, "g");
    before = generation_of(&one.f);

    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 1);

    ck_assert_uint_ne(generation_of(&one.f), before);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    expect_loaded(&one, &one.g, 5, "g");
    EVENTUALLY(5, load(&two, &two.f, 5) == MEMO_LOAD_NONE);
    ck_assert_uint_eq(generation_of(&two.f), generation_of(&one.f));
    expect_loaded(&two, &two.g, 5, "g");
    end_two();
}
END_TEST

START_TEST(all_functions_can_be_cleared)
{
    begin_two();
    save(&one, &one.f, 5, "f");
    save(&one, &one.g, 5, "g");

    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR_ALL, NULL, 0, NULL), 1);

    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    ck_assert_int_eq(load(&one, &one.g, 5), MEMO_LOAD_NONE);
    EVENTUALLY(5, load(&two, &two.f, 5) == MEMO_LOAD_NONE &&
                      load(&two, &two.g, 5) == MEMO_LOAD_NONE);
    ck_assert_uint_eq(generation_of(&two.f), generation_of(&one.f));
    ck_assert_uint_eq(generation_of(&two.g), generation_of(&one.g));
    end_two();
}
END_TEST

/* The body ran while another process cleared the function. */
START_TEST(what_was_computed_before_a_clearing_is_not_found)
{
    memo_u64 before;
    memo_store_write write = {.operation = MEMO_STORE_SAVE,
                              .digest = name_of(5),
                              .bytes = "stale",
                              .size = 5};
    begin_two();
    before = generation_of(&two.f);
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 1);
    write.stored = &two.f;
    write.generation = before;

    ck_assert_uint_eq(two.store->write(two.opened, &write, 1), 1);

    EVENTUALLY(5, load(&two, &two.f, 5) == MEMO_LOAD_NONE);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    end_two();
}
END_TEST

START_TEST(a_clearing_of_all_counts_for_who_comes_later)
{
    begin_one();
    save(&one, &one.f, 5, "f");

    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR_ALL, NULL, 0, NULL), 1);

    begin_process(&two, &server);
    ck_assert_int_eq(load(&two, &two.f, 5), MEMO_LOAD_NONE);
    end_two();
}
END_TEST

START_TEST(what_is_out_of_reach_is_swept)
{
    memo_store_write writes[64];
    begin_one();
    tend(&one);
    for (unsigned round = 0; round < 40; round++) {
        for (unsigned i = 0; i < 64; i++)
            writes[i] =
                (memo_store_write){.operation = MEMO_STORE_SAVE,
                                   .stored = &one.f,
                                   .generation = generation_of(&one.f),
                                   .digest = name_of(64 * round + i + 1),
                                   .bytes = "x",
                                   .size = 1};
        ck_assert_uint_eq(one.store->write(one.opened, writes, 64), 64);
    }
    save(&one, &one.g, 5, "g");
    ck_assert_uint_eq(count_names(&server, "memo:{*"), 40 * 64 + 1);

    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 1);
    save(&one, &one.f, 1, "new");
    tend(&one);

    ck_assert_uint_eq(count_names(&server, "memo:{*"), 2);
    expect_loaded(&one, &one.f, 1, "new");
    expect_loaded(&one, &one.g, 5, "g");
    end_one();
}
END_TEST

/* Redis may lose any name at any time. */
START_TEST(a_lost_count_brings_nothing_back)
{
    begin_one();
    save(&one, &one.f, 5, "stale");
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 1);

    DO_COMMAND(&server, "DEL memo:generation:%s",
               "fffffffffffffffe0000000000000001");

    EVENTUALLY(5, load(&one, &one.f, 5) == MEMO_LOAD_NONE);
    save(&one, &one.f, 6, "new");
    expect_loaded(&one, &one.f, 6, "new");
    DO_COMMAND(&server, "DEL memo:generation");
    EVENTUALLY(5, load(&one, &one.f, 6) == MEMO_LOAD_NONE);
    ck_assert_int_eq(load(&one, &one.f, 5), MEMO_LOAD_NONE);
    end_one();
}
END_TEST

/* ---- functions ----------------------------------------------------------- */

START_TEST(another_version_takes_the_place_over)
{
    memo_stored newer;
    begin_one();
    ck_assert_uint_eq(one.f.is_changed, 0);
    save(&one, &one.f, 5, "old");
    make_function(&newer, 77, "f");
    newer.place = one.f.place;
    begin_process(&two, &server);
    ck_assert_uint_eq(two.f.is_changed, 0);

    ck_assert(two.store->attach(two.opened, &newer));

    ck_assert_uint_eq(newer.is_changed, 1);
    EVENTUALLY(5, load(&one, &one.f, 5) == MEMO_LOAD_NONE);
    tend(&two);
    ck_assert_uint_eq(count_names(&server, "memo:{*"), 0);
    ck_assert(two.store->attach(two.opened, &newer));
    ck_assert_uint_eq(newer.is_changed, 0);
    end_two();
}
END_TEST

typedef struct {
    unsigned functions, entries;
    char text[64], last[8]; /* function without entries */
} seen;

static int see(void *context, const memo_store_item *item)
{
    seen *to = context;

    if (item->bytes)
        to->entries++;
    else
        to->functions++;
    if (!item->bytes)
        snprintf(to->last, sizeof to->last, "%s", item->function);
    ck_assert_str_eq(item->file, "load.c");
    ck_assert_uint_eq(item->line, 12);
    ck_assert_str_eq(item->source, "0123456789abcdef");
    ck_assert_uint_eq(item->facts_size, 5);
    ck_assert_mem_eq(item->facts, "facts", 5);
    if (strcmp(item->function, "f") == 0 && item->bytes) {
        ck_assert_uint_eq(item->id.low, 1);
        ck_assert_uint_eq(item->digest.high, item->digest.low << 32);
        snprintf(to->text, sizeof to->text, "%.*s", (int)item->size,
                 (const char *)item->bytes);
        ck_assert_uint_eq(item->hits, 42);
    }
    return item->bytes && item->digest.low == 1000 ? 7 : 0;
}

START_TEST(tools_see_all_that_is_within_reach)
{
    seen all = {0};
    begin_one();
    save(&one, &one.f, 3, "cleared");
    ck_assert_uint_eq(write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL), 1);
    one.f.hits = 42;
    for (unsigned i = 0; i < 100; i++)
        save(&one, &one.f, i + 1, "value");
    tend(&one);
    ck_assert_uint_eq(one.f.hits, 0);

    ck_assert_int_eq(one.store->each(one.opened, see, &all), 0);

    ck_assert_uint_eq(all.functions, 1);
    ck_assert_uint_eq(all.entries, 100);
    ck_assert_str_eq(all.text, "value");
    ck_assert_str_eq(all.last, "g");
    save(&one, &one.g, 1000, "last");
    ck_assert_int_eq(one.store->each(one.opened, see, &all), 7);
    end_one();
}
END_TEST

START_TEST(large_entries_are_shown_one_by_one)
{
    size_t size = 12u << 20;
    char *bytes = calloc(1, size);
    memo_store_write write = {
        .operation = MEMO_STORE_SAVE, .bytes = bytes, .size = size};
    seen all = {0};
    begin_one();
    write.stored = &one.g;
    write.generation = generation_of(&one.g);
    for (unsigned i = 0; i < 4; i++) {
        write.digest = name_of(i + 1);
        ck_assert_uint_eq(one.store->write(one.opened, &write, 1), 1);
    }

    ck_assert_int_eq(one.store->each(one.opened, see, &all), 0);

    ck_assert_uint_eq(all.entries, 4);
    free(bytes);
    end_one();
}
END_TEST

/* ---- claims -------------------------------------------------------------- */

START_TEST(one_process_computes_and_others_know)
{
    begin_two();

    ck_assert_int_eq(claim(&one, &one.f, 5), 1);

    ck_assert_int_eq(claim(&two, &two.f, 5), 0);
    ck_assert_int_eq(claim(&two, &two.f, 6), 1);
    ck_assert_int_eq(claim(&two, &two.g, 5), 1);
    end_two();
}
END_TEST

START_TEST(only_who_has_a_claim_gives_it_back)
{
    begin_two();
    ck_assert_int_eq(claim(&one, &one.f, 5), 1);

    ck_assert_uint_eq(write_one(&two, MEMO_STORE_LET_GO, &two.f, 5, NULL), 1);
    ck_assert_int_eq(claim(&two, &two.f, 5), 0);

    ck_assert_uint_eq(write_one(&one, MEMO_STORE_LET_GO, &one.f, 5, NULL), 1);
    ck_assert_int_eq(claim(&two, &two.f, 5), 1);
    end_two();
}
END_TEST

START_TEST(a_claim_ends_by_itself)
{
    memo_redis_reply *reply;
    uint64_t left_ms;
    begin_one();

    claim(&one, &one.f, 5);

    reply = command(&server,
                    "EVAL return(redis.call('pttl',redis.call('keys','*claim*')"
                    "[1])) 0");
    ck_assert(memo_redis_reply_number(&left_ms, reply));
    ck_assert_uint_gt(left_ms, 5000);
    ck_assert_uint_le(left_ms, 10000);
    memo_redis_reply_free(reply);
    end_one();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis store");
    TCase *tests;

    if (!begins_tests(&tests, suite))
        return suite;
    tcase_add_test(tests, what_is_saved_is_loaded);
    tcase_add_test(tests, another_process_loads_it);
    tcase_add_test(tests, the_last_one_that_is_saved_counts);
    tcase_add_test(tests, any_bytes_can_be_saved);
    tcase_add_loop_test(tests, large_values_come_back_whole, 0, 6);
    tcase_add_test(tests, what_expires_goes);
    tcase_add_test(tests, what_is_removed_is_gone);
    tcase_add_test(tests, writes_are_done_in_order);
    tcase_add_test(tests, what_is_cleared_is_not_loaded_any_more);
    tcase_add_test(tests, all_functions_can_be_cleared);
    tcase_add_test(tests, what_was_computed_before_a_clearing_is_not_found);
    tcase_add_test(tests, a_clearing_of_all_counts_for_who_comes_later);
    tcase_add_test(tests, what_is_out_of_reach_is_swept);
    tcase_add_test(tests, a_lost_count_brings_nothing_back);
    tcase_add_test(tests, another_version_takes_the_place_over);
    tcase_add_test(tests, tools_see_all_that_is_within_reach);
    tcase_add_test(tests, large_entries_are_shown_one_by_one);
    tcase_add_test(tests, one_process_computes_and_others_know);
    tcase_add_test(tests, only_who_has_a_claim_gives_it_back);
    tcase_add_test(tests, a_claim_ends_by_itself);
    return suite;
}

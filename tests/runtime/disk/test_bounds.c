/* What both stores do about age, size and company. */
#include "both_stores.h"

/* ---- age and size -------------------------------------------------------- */

START_TEST(what_has_expired_is_tidied_up)
{
    memo_store_write early, late;

    begin(_i);
    early = saving(&f, 1, "early", 6);
    early.expires_ns = 1;
    late = saving(&f, 2, "late", 5);
    late.expires_ns = UINT64_MAX;
    do_one(store, opened, early);
    do_one(store, opened, late);
    save(&f, 3, "never");

    tidy(store, opened);

    ck_assert_str_eq(load(&f, 1), "");
    ck_assert_str_eq(load(&f, 2), "late");
    ck_assert_str_eq(load(&f, 3), "never");
    end();
}
END_TEST

START_TEST(the_oldest_go_when_there_is_too_much)
{
    static char text[19001];

    setenv("MEMO_DISK_MAX", "1M", 1);
    begin(_i);
    memset(text, 'x', sizeof text - 1);
    for (memo_u64 i = 0; i < 200; i++)
        save(&f, i, text);
    ck_assert_int_le(count_entries(), 200);

    tidy(store, opened);

    ck_assert(*load(&f, 0) == '\0');
    ck_assert(*load(&f, 100) == '\0'); /* Check has no room for such a text */
    ck_assert(strcmp(load(&f, 199), text) == 0);
    ck_assert_int_le(count_entries(), 1048576 / 19000);
    ck_assert_int_ge(count_entries(), 1048576 / 2 / 19000);
    end();
}
END_TEST

START_TEST(what_is_larger_than_all_may_be_drives_out_nothing)
{
    static char bytes[200000];

    setenv("MEMO_DISK_MAX", "150000", 1);
    begin(_i);
    save(&f, 1, "small");

    ck_assert_uint_eq(do_one(store, opened, saving(&f, 2, bytes, sizeof bytes)),
                      1);
    tidy(store, opened);

    ck_assert_str_eq(load(&f, 2), "");
    ck_assert_str_eq(load(&f, 1), "small");
    end();
}
END_TEST

static const char *const wrong_bounds[] = {"0",    "-1",  "1T",          "1 M",
                                           "much", "1MB", "99999999999G"};

START_TEST(a_bound_that_is_none_is_told_and_ignored)
{
    setenv("MEMO_DISK_MAX", wrong_bounds[_i % 7], 1);
    use_new_port_folder();
    store = stores[_i / 7];
    host = make_host();

    opened = store->open(&host.host);

    ck_assert_ptr_nonnull(opened);
    ck_assert_int_eq(host.warned, 1);
    ck_assert_ptr_nonnull(strstr(host.warning, "MEMO_DISK_MAX='"));
    host.warned = 0;
    end();
}
END_TEST

/* ---- places that cannot be used ------------------------------------------ */

START_TEST(a_store_that_cannot_be_opened_says_which_and_where)
{
    int file;
    char expected[40];

    use_new_port_folder();
    file = open(test_folder, O_WRONLY | O_CREAT, 0600);
    close(file);
    store = stores[_i];
    host = make_host();

    ck_assert_ptr_null(store->open(&host.host));

    ck_assert_int_eq(host.warned, 1);
    snprintf(expected, sizeof expected, "persist=\"%s\": ", store->name);
    ck_assert_ptr_eq(strstr(host.warning, expected), host.warning);
    ck_assert_ptr_nonnull(strstr(host.warning, test_folder));
    unlink(test_folder);
}
END_TEST

/* ---- many processes ------------------------------------------------------ */

enum { PROCESSES = 6, ROUNDS = 300, KEYS = 20 };

static void text_of(char *out, size_t size, unsigned number)
{
    memset(out, 'a' + (int)(number % 26), size - 1);
    out[size - 1] = '\0';
}

static int read_and_write(void *its_store, memo_stored *its_f)
{
    unsigned random = (unsigned)getpid();
    static char text[5001];

    for (int i = 0; i < ROUNDS; i++) {
        unsigned number = (random = random * 1103515245 + 12345) >> 16;
        const char *found = load_text(store, its_store, its_f, number % KEYS);

        text_of(text, 50 + (size_t)(number % KEYS) * 200, number % KEYS);
        if (found && *found && strcmp(found, text) != 0)
            return 1;
        if (number % 7 == 0)
            do_to(store, its_store, MEMO_STORE_REMOVE, its_f, number % KEYS);
        else if (number % 97 == 0)
            do_to(store, its_store, MEMO_STORE_CLEAR, its_f, 0);
        else if (save_text(store, its_store, its_f, number % KEYS, text) != 1)
            return 2;
        if (number % 31 == 0)
            store->tend(its_store);
    }
    return 0;
}

START_TEST(many_processes_read_and_write_at_once)
{
    pid_t others[PROCESSES];
    int status;

    begin(_i);
    other_does = read_and_write;

    for (int i = 0; i < PROCESSES; i++) {
        others[i] = fork();
        if (others[i] == 0)
            _exit(be_other(NULL));
    }
    for (int i = 0; i < PROCESSES; i++) {
        ck_assert_int_eq(waitpid(others[i], &status, 0), others[i]);
        ck_assert_msg(status == 0, "status %x", (unsigned)status);
    }

    tidy(store, opened);
    ck_assert_int_le(count_entries(), KEYS);
    load(&f, 1); /* it may have been cleared last */
    save(&f, 1, "still here");
    ck_assert_str_eq(load(&f, 1), "still here");
    end();
}
END_TEST

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.bounds");
    TCase *tests = tcase_create("bounds");

    ADD(what_has_expired_is_tidied_up);
    ADD(the_oldest_go_when_there_is_too_much);
    ADD(what_is_larger_than_all_may_be_drives_out_nothing);
    tcase_add_loop_test(tests, a_bound_that_is_none_is_told_and_ignored, 0, 14);
    ADD(a_store_that_cannot_be_opened_says_which_and_where);
    ADD(many_processes_read_and_write_at_once);
    suite_add_tcase(suite, tests);
    return suite;
}

/* persist="disk": what only a store on LMDB does. */
#include "port_fixture.h"

#include <pthread.h>
#include <sched.h>

enum { MILLION = 1000000, SKIPPED = 77 };

static const struct memo_store *const store = &memo_disk_store;
static fake_host host;
static void *opened;
static memo_stored f, g;

static void open_store(void)
{
    host = make_host();
    opened = store->open(&host.host);
    ck_assert_msg(opened, "%s", host.warning);
    f = stored_as(1, 10, "f");
    g = stored_as(2, 20, "g");
    ck_assert(store->attach(opened, &f));
    ck_assert(store->attach(opened, &g));
}

static void begin(void)
{
    use_new_port_folder();
    open_store();
}

static void end(void)
{
    store->close(opened);
    remove_folder(test_folder);
}

static void save(memo_stored *stored, memo_u64 number, const char *text)
{
    ck_assert_uint_eq(save_text(store, opened, stored, number, text), 1);
}

static const char *load(memo_stored *stored, memo_u64 number)
{
    return load_text(store, opened, stored, number);
}

/* ---- hits ---------------------------------------------------------------- */

static int note_hits(void *context, const memo_store_item *item)
{
    memo_u64 *hits = context;

    if (!item->bytes && item->id.low == 10)
        *hits = item->hits;
    return 0;
}

START_TEST(hits_are_counted_for_all_processes)
{
    memo_u64 hits = 0;

    f.hits = 5;
    tidy(store, opened);
    ck_assert_uint_eq(f.hits, 0);
    store->close(opened);
    open_store();
    f.hits = 2;
    tidy(store, opened);

    store->each(opened, note_hits, &hits);

    ck_assert_uint_eq(hits, 7);
}
END_TEST

/* ---- what is dead -------------------------------------------------------- */

static uint64_t bytes_of_all(void)
{
    struct stat status;

    ck_assert_int_eq(stat(in_folder("disk-1/data.mdb"), &status), 0);
    return (uint64_t)status.st_size;
}

/* Its room is used again. */
START_TEST(what_was_cleared_is_swept)
{
    static char text[10000];
    uint64_t after_first = 0;

    memset(text, 'x', sizeof text - 1);
    for (int round = 0; round < 10; round++) {
        for (memo_u64 i = 0; i < 100; i++)
            save(&f, i, text);
        ck_assert_uint_eq(do_to(store, opened, MEMO_STORE_CLEAR, &f, 0), 1);
        tidy(store, opened);
        if (round == 1)
            after_first = bytes_of_all();
    }

    ck_assert_uint_le(bytes_of_all(), 2 * after_first);
}
END_TEST

/* ---- loss ---------------------------------------------------------------- */

static void lose_all(void)
{
    remove_folder(test_folder);
}

static void lose_store(void)
{
    remove_folder(in_folder("disk-1"));
}

static void lose_files(void)
{
    unlink(in_folder("disk-1/data.mdb"));
    unlink(in_folder("disk-1/lock.mdb"));
}

static void (*const losses[])(void) = {lose_all, lose_store, lose_files};

START_TEST(it_begins_anew_when_its_files_are_removed)
{
    unsigned char secret[sizeof host.host.secret];

    memcpy(secret, host.host.secret, sizeof secret);
    save(&f, 1, "one");
    losses[_i]();

    save(&f, 2, "of what was before");
    save(&f, 3, "three");
    ck_assert_str_eq(load(&f, 1), "");
    ck_assert_str_eq(load(&f, 2), "");
    ck_assert_str_eq(load(&f, 3), "three");
    ck_assert_int_eq(host.warned, 0);
    store->close(opened);
    open_store();

    ck_assert_str_eq(load(&f, 3), "three");
    ck_assert_mem_eq(secret, host.host.secret, sizeof secret);
}
END_TEST

/* Who only reads notices as well, and so does who was kept from it. */
START_TEST(it_begins_anew_without_writing)
{
    save(&f, 1, "one");
    lose_all();
    ck_assert_str_eq(load(&f, 1), "one"); /* it does not look at once */

    usleep(1100000);
    tidy(store, opened);

    ck_assert_str_eq(load(&f, 1), "");
    save(&f, 2, "two");
    ck_assert_str_eq(load(&f, 2), "two");
    ck_assert_int_eq(host.warned, 0);
}
END_TEST

/* What is open lasts as long as nothing better can be had. */
START_TEST(without_another_folder_it_goes_on)
{
    save(&f, 1, "one");
    lose_all();
    ck_assert_int_eq(symlink("/proc/none", test_folder), 0);

    save(&f, 2, "two");

    ck_assert_str_eq(load(&f, 1), "one");
    ck_assert_str_eq(load(&f, 2), "two");
    ck_assert_int_eq(host.warned, 0);
    unlink(test_folder);
}
END_TEST

static int use_from_elsewhere(void *context)
{
    char *folder = context;

    *strrchr(folder, '/') = '\0';
    if (chdir(folder) != 0)
        return 1;
    host = make_host();
    host.host.folder = folder + strlen(folder) + 1;
    opened = store->open(&host.host);
    f = stored_as(1, 10, "f");
    if (!opened || !store->attach(opened, &f) || chdir("/") != 0)
        return 2;
    if (save_text(store, opened, &f, 1, "one") != 1)
        return 3;
    return strcmp(load(&f, 1), "one") != 0 || host.warned > 0;
}

START_TEST(a_relative_folder_stays_where_it_is)
{
    char folder[sizeof test_folder];

    end();
    snprintf(folder, sizeof folder, "%s", test_folder);
    ck_assert_int_eq(run_apart(use_from_elsewhere, folder), 0);
    begin();
}
END_TEST

static void *parents; /* store, which a child does not use */

static int keep_theirs(void *context)
{
    (void)context;
    parents = opened;
    open_store();
    if (save_text(store, opened, &g, 1, "theirs") != 1)
        return 1;
    store->close(opened);
    return 0;
}

static int find_theirs(void *context)
{
    bool is_there;

    (void)context;
    parents = opened;
    open_store();
    is_there = strcmp(load(&g, 1), "theirs") == 0;
    store->close(opened);
    return !is_there;
}

/* Under another secret digests are others, and entries look damaged. */
START_TEST(what_another_process_has_begun_anew_is_left_alone)
{
    save(&f, 1, "one");
    lose_all();
    ck_assert_int_eq(run_apart(keep_theirs, NULL), 0);

    ck_assert_uint_eq(save_text(store, opened, &f, 2, "two"), 0);
    ck_assert_ptr_null(load(&f, 1));
    ck_assert_uint_eq(save_text(store, opened, &f, 2, "two"), 0);
    tidy(store, opened);

    ck_assert_int_ge(host.warned, 1);
    ck_assert_ptr_nonnull(strstr(host.warning, "made it anew"));
    ck_assert_int_eq(run_apart(find_theirs, NULL), 0);
}
END_TEST

/* ---- growth -------------------------------------------------------------- */

static char large[5 * MILLION];

static int save_large(void *its_store, memo_stored *its_f, memo_u64 first,
                      memo_u64 count)
{
    for (memo_u64 i = first; i < first + count; i++) {
        memset(large, 'a' + (int)(i % 26), 100);
        if (do_one(store, its_store, saving(its_f, i, large, sizeof large)) !=
            1)
            return 1;
    }
    return 0;
}

static bool has_large(memo_u64 number)
{
    const char *found = load(&f, number);

    return found && *found == 'a' + (int)(number % 26);
}

/* The first map has 64 MiB. */
START_TEST(it_grows_as_far_as_it_has_to)
{
    ck_assert_int_eq(save_large(opened, &f, 0, 40), 0);

    for (memo_u64 i = 0; i < 40; i++)
        ck_assert(has_large(i));
    ck_assert_int_eq(host.warned, 0);
}
END_TEST

static int fill_in_child(void *context)
{
    fake_host its_host = make_host();
    void *its_store = store->open(&its_host.host);
    memo_stored its_f = stored_as(1, 10, "f");

    (void)context;
    if (!its_store || !store->attach(its_store, &its_f) ||
        save_large(its_store, &its_f, 100, 20) != 0)
        return 1;
    store->close(its_store);
    return 0;
}

START_TEST(it_follows_another_process_that_makes_it_grow)
{
    save(&f, 1, "one");
    ck_assert_int_eq(run_apart(fill_in_child, NULL), 0);

    ck_assert_ptr_null(load(&f, 1));
    tidy(store, opened);
    ck_assert_str_eq(load(&f, 1), "one");
    ck_assert(has_large(119));
    ck_assert_int_eq(run_apart(fill_in_child, NULL), 0);
    save(&f, 2, "two");

    ck_assert_str_eq(load(&f, 2), "two");
    ck_assert_int_eq(host.warned, 0);
}
END_TEST

START_TEST(it_writes_after_another_process_has_made_it_grow)
{
    ck_assert_int_eq(run_apart(fill_in_child, NULL), 0);

    save(&f, 2, "two");

    ck_assert_str_eq(load(&f, 2), "two");
    ck_assert(has_large(119));
    ck_assert_int_eq(host.warned, 0);
}
END_TEST

/* What is older goes. */
START_TEST(at_its_bound_it_makes_room)
{
    store->close(opened);
    setenv("MEMO_DISK_MAX", "6M", 1);
    open_store();

    ck_assert_int_eq(save_large(opened, &f, 0, 40), 0);

    ck_assert(has_large(39));
    ck_assert(!has_large(0));
    ck_assert_int_eq(host.warned, 0);
}
END_TEST

/* ---- threads ------------------------------------------------------------- */

enum { THREADS = 8 };

static _Atomic bool is_over;
static _Atomic long loads, wrong;

static void *load_often(void *context)
{
    while (!is_over) {
        for (memo_u64 i = 0; i < 10; i++) {
            const char *text = load(&f, i);

            wrong += text && *text && *text != 'a' + (int)i;
            loads++;
        }
    }
    return context;
}

START_TEST(threads_load_while_the_store_writes)
{
    pthread_t threads[THREADS];
    char text[3000] = "";

    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, load_often, NULL),
                         0);
    for (memo_u64 i = 0; i < 300 || loads < 3000; i++) {
        memset(text, 'a' + (int)(i % 10), 10 + i % 2980);
        save(&f, i % 10, text);
        if (i % 50 == 49)
            do_to(store, opened, MEMO_STORE_CLEAR, i % 100 == 99 ? &f : &g, 0);
        if (i % 20 == 19)
            store->tend(opened);
    }
    is_over = true;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);

    ck_assert_int_eq(wrong, 0);
    ck_assert_int_eq(host.warned, 0);
}
END_TEST

/* ---- opened twice -------------------------------------------------------- */

START_TEST(a_second_copy_of_the_library_keeps_nothing)
{
    fake_host again = make_host();

    ck_assert_ptr_null(store->open(&again.host));

    ck_assert_int_eq(again.warned, 1);
    ck_assert_ptr_nonnull(strstr(again.warning, "another copy"));
    save(&f, 1, "one");
    ck_assert_str_eq(load(&f, 1), "one");
}
END_TEST

/* ---- PID namespaces ------------------------------------------------------ */

/* Two processes of one number would be one to LMDB. */
static int use_elsewhere(void *context)
{
    fake_host its_host = make_host();
    void *its_store = store->open(&its_host.host);
    memo_stored its_f = stored_as(1, 10, "f");

    (void)context;
    if (!its_store || !store->attach(its_store, &its_f))
        return 1;
    if (*load_text(store, its_store, &its_f, 1)) /* it is not the same one */
        return 2;
    if (save_text(store, its_store, &its_f, 1, "elsewhere") != 1 ||
        strcmp(load_text(store, its_store, &its_f, 1), "elsewhere") != 0)
        return 3;
    store->close(its_store);
    return 0;
}

/* Leaks cannot be looked for across namespaces: none of them ends by exit(). */
static int use_and_end(void *context)
{
    _exit(use_elsewhere(context));
}

static int enter_namespace(void *context)
{
    int status;

    if (unshare(CLONE_NEWPID) != 0)
        _exit(SKIPPED);
    status = run_apart(use_and_end, context);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 99);
}

START_TEST(processes_of_another_pid_namespace_have_a_store_of_their_own)
{
    int status;

    save(&f, 1, "here");
    status = run_apart(enter_namespace, NULL);
    if (status == SKIPPED << 8) {
        fprintf(stderr, "skipped: only root makes namespaces\n");
        return;
    }

    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(load(&f, 1), "here");
    ck_assert_int_eq(access(in_folder("disk-1.1/data.mdb"), F_OK), 0);
}
END_TEST

START_TEST(a_pid_namespace_takes_over_what_another_one_has_left)
{
    int status;

    save(&f, 2, "two");
    store->close(opened);
    status = run_apart(enter_namespace, NULL);
    open_store();
    if (status == SKIPPED << 8)
        return;

    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(load(&f, 1), "elsewhere");
    ck_assert_str_eq(load(&f, 2), "two");
    ck_assert_int_ne(access(in_folder("disk-1.1"), F_OK), 0);
}
END_TEST

/* ---- file systems of other machines -------------------------------------- */

static bool is_always_remote(const char *path)
{
    return strcmp(path, test_folder) == 0;
}

static int count_items(void *context, const memo_store_item *item)
{
    int *count = context;

    (void)item;
    ++*count;
    return 0;
}

START_TEST(on_another_machine_entries_are_files)
{
    fake_host remote = make_host();
    void *files = memo_disk_open(&remote.host, is_always_remote);
    memo_stored its_f = stored_as(1, 10, "f");
    int count = 0;

    ck_assert_ptr_nonnull(files);
    ck_assert_int_eq(remote.warned, 1);
    ck_assert_ptr_nonnull(strstr(remote.warning, "network file system"));
    ck_assert_ptr_nonnull(strstr(remote.warning, test_folder));
    ck_assert(store->attach(files, &its_f));
    ck_assert_uint_eq(save_text(store, files, &its_f, 1, "one"), 1);
    ck_assert_str_eq(load_text(store, files, &its_f, 1), "one");
    store->each(files, count_items, &count);
    ck_assert_int_eq(count, 2);
    ck_assert_uint_eq(do_to(store, files, MEMO_STORE_CLEAR, &its_f, 0), 1);
    ck_assert_str_eq(load_text(store, files, &its_f, 1), "");
    tidy(store, files);
    store->close(files);

    ck_assert_int_eq(access(in_folder("dir-1/secret"), F_OK), 0);
    ck_assert_int_eq(remote.warned, 1);
}
END_TEST

START_TEST(on_another_machine_that_is_full_results_live_in_memory)
{
    fake_host remote = make_host();
    int file = open(in_folder("dir-1"), O_WRONLY | O_CREAT, 0600);

    close(file);

    ck_assert_ptr_null(memo_disk_open(&remote.host, is_always_remote));

    ck_assert_int_eq(remote.warned, 2);
    ck_assert_ptr_nonnull(strstr(remote.warning, "in memory only"));
}
END_TEST

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.lmdb");
    TCase *tests = tcase_create("lmdb");

    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, hits_are_counted_for_all_processes);
    tcase_add_test(tests, what_was_cleared_is_swept);
    tcase_add_loop_test(tests, it_begins_anew_when_its_files_are_removed, 0, 3);
    tcase_add_test(tests, it_begins_anew_without_writing);
    tcase_add_test(tests, without_another_folder_it_goes_on);
    tcase_add_test(tests, a_relative_folder_stays_where_it_is);
    tcase_add_test(tests, what_another_process_has_begun_anew_is_left_alone);
    tcase_add_test(tests, it_grows_as_far_as_it_has_to);
    tcase_add_test(tests, it_follows_another_process_that_makes_it_grow);
    tcase_add_test(tests, it_writes_after_another_process_has_made_it_grow);
    tcase_add_test(tests, at_its_bound_it_makes_room);
    tcase_add_test(tests, threads_load_while_the_store_writes);
    tcase_add_test(tests, a_second_copy_of_the_library_keeps_nothing);
    tcase_add_test(
        tests, processes_of_another_pid_namespace_have_a_store_of_their_own);
    tcase_add_test(tests, a_pid_namespace_takes_over_what_another_one_has_left);
    tcase_add_test(tests, on_another_machine_entries_are_files);
    tcase_add_test(tests,
                   on_another_machine_that_is_full_results_live_in_memory);
    suite_add_tcase(suite, tests);
    return suite;
}

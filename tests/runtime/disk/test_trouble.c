/* A place that cannot be written to, or is full: results stay right, people are
 * told once, and nobody dies or hangs. */
#include "corruption.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

enum { SKIPPED = 77 };

/* Of which memory keeps one result. */
static struct memo_function value = {NAME_FUNCTION("value"), .max_entries = 1};

static const struct memo_persistence *const stores[] = {&on_disk, &in_dir};

static void begin(void)
{
    use(&on_disk);
}

static void end(void)
{
    remove_folder(test_folder);
}

static void use_store_number(int number)
{
    line_of.persistence = square.persistence = count.persistence =
        value.persistence = stores[number];
}

/* What a warning has to say: which store, where, and what to do. */
static void check_warning(const char *what, size_t where)
{
    ck_assert_msg(told->warned == 1, "%s %zu: %d warnings, the last is: %s",
                  what, where, told->warned, told->warning);
    ck_assert_msg(strstr(told->warning, "persist=\"") == told->warning &&
                      strstr(told->warning, test_folder) &&
                      strstr(told->warning, "in memory only") &&
                      strstr(told->warning, "MEMO_CACHE_DIR"),
                  "%s %zu: %s", what, where, told->warning);
}

/* A process that is set up before it uses the store; false: it cannot be. */
static bool try_after(int (*run)(void *), void *context, const char *what,
                      size_t where)
{
    int status = run_apart(run, context);

    if (WIFEXITED(status) && WEXITSTATUS(status) == SKIPPED) {
        fprintf(stderr, "skipped: this user may not do that\n");
        return false;
    }
    ck_assert_msg(status == 0, "%s %zu: a process has ended with status %x",
                  what, where, (unsigned)status);
    ck_assert_msg(told->wrong == 0, "%s %zu: %d results are wrong", what, where,
                  told->wrong);
    return true;
}

/* ---- a small disk -------------------------------------------------------- */

/* Nobody else sees it, and it goes with the process. */
static bool mount_small(size_t bytes, unsigned long flags)
{
    char options[80];

    snprintf(options, sizeof options, "size=%zu,mode=0700", bytes);
    return unshare(CLONE_NEWNS) == 0 &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           (mkdir(test_folder, 0700) == 0 || errno == EEXIST) &&
           mount("none", test_folder, "tmpfs", flags, options) == 0;
}

/* Whoever comes next has the same trouble, or finds what is there. */
static int use_small_disk(void *context)
{
    size_t *bytes = context, *warned = bytes + 1;

    if (!mount_small(*bytes, 0))
        return SKIPPED;
    run_process("a disk of", *bytes);
    *warned = told->warned > 0;
    if (*warned)
        check_warning("a disk of", *bytes);
    run_process("a disk of", *bytes);
    if (told->warned > 0)
        check_warning("a disk of", *bytes);
    return 0;
}

/* Some are too small for any file, some for what is written later. */
START_TEST(a_disk_of_any_size_may_be_full)
{
    size_t step = by_depth(96, 32, 4) << 10, full = 0;
    size_t *bytes = share_memory(2 * sizeof *bytes);

    use_store_number(_i);
    for (*bytes = 16 << 10; *bytes <= 1 << 20; *bytes += step) {
        if (!try_after(use_small_disk, bytes, "a disk of", *bytes))
            return;
        full += bytes[1];
    }
    ck_assert_uint_gt(full, 0);
    ck_assert_uint_eq(bytes[1], 0);
}
END_TEST

static void write_ballast(void)
{
    char block[4096] = "";
    int file = open(in_folder("ballast"), O_WRONLY | O_CREAT, 0600);

    while (write(file, block, sizeof block) > 0)
        continue;
    close(file);
}

/* Compute two; memory keeps one of them.  Is the other one stored? */
static bool is_storing(int n)
{
    memo_u64 before = stats_of(&value).store_hits;

    for (int i = 0; i < 3; i++) {
        char *text = call_name(&value, compute_value, n + i % 2);

        told->wrong += !is_value(text, n + i % 2);
        free(text);
        memo_flush();
    }
    return stats_of(&value).store_hits > before;
}

static int use_disk_that_is_full_for_a_while(void *context)
{
    bool is_full_before = *(bool *)context;
    int tries = 0;

    if (!mount_small(1 << 20, 0))
        return SKIPPED;
    if (is_full_before)
        write_ballast();
    else if (!is_storing(0))
        return 1;
    write_ballast();
    for (int n = 0; n < 40; n += 2) /* some find room that is left */
        is_storing(100 + n);
    if (is_storing(200) || warnings != 1)
        return 2;
    unlink(in_folder("ballast"));
    /* It is looked for again after a second, or a few. */
    while (!is_storing(300 + 2 * tries) && ++tries < 300)
        pause_ms(200);
    told->warned = warnings;
    memcpy(told->warning, last_warning, sizeof told->warning);
    return tries < 300 ? 0 : 3;
}

START_TEST(a_disk_that_has_room_again_is_used_again)
{
    bool is_full_before = _i % 2;

    use_store_number(_i / 2);
    if (try_after(use_disk_that_is_full_for_a_while, &is_full_before,
                  "full for a while", (size_t)_i))
        check_warning("full for a while", (size_t)_i);
}
END_TEST

/* ---- files that may not be large ----------------------------------------- */

static int use_short_files(void *context)
{
    const size_t *bytes = context;
    struct rlimit limit = {*bytes, *bytes};

    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return SKIPPED;
    return use_store(NULL);
}

START_TEST(files_may_be_as_short_as_the_user_wants_them)
{
    static const size_t sizes[] = {
        0,      1,      79,     80,     100,    4095,   4096,   8191,
        8192,   12288,  16384,  20480,  30000,  50000,  65536,  90000,
        100000, 131072, 200000, 270335, 270336, 270337, 300000, 1000000};
    size_t warned = 0;

    use_store_number(_i);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t bytes = sizes[i];

        remove_folder(test_folder);
        if (!try_after(use_short_files, &bytes, "files of", bytes))
            return;
        if (told->warned > 0)
            check_warning("files of", bytes);
        warned += told->warned > 0;
        run_process("after files of", bytes);
        ck_assert_msg(told->warned <= 1, "%zu: %s", bytes, told->warning);
    }
    ck_assert_uint_gt(warned, 3);
    ck_assert_int_eq(told->warned, 0);
}
END_TEST

/* ---- places that cannot be used ------------------------------------------ */

static void use_folder(const char *path)
{
    memo_config config = settings();

    config.cache_dir = path;
    ck_assert_int_eq(memo_config_set(&config), MEMO_OK);
}

static bool become_nobody(void)
{
    return geteuid() != 0 || (setgid(65534) == 0 && setuid(65534) == 0);
}

static bool make_read_only_mount(void)
{
    return mount_small(1 << 20, 0) &&
           mount("none", test_folder, NULL, MS_REMOUNT | MS_RDONLY, NULL) == 0;
}

/* Every user gets to it. */
static char public_folder[40];

static bool make_public(mode_t mode, uid_t owner)
{
    snprintf(test_folder, sizeof test_folder, "%s", public_folder);
    return mkdir(test_folder, 0700) == 0 && chmod(test_folder, mode) == 0 &&
           (geteuid() != 0 || chown(test_folder, owner, owner) == 0);
}

static bool make_read_only_folder(void)
{
    return make_public(0500, 65534) && become_nobody();
}

static bool make_somebody_elses(void)
{
    return geteuid() == 0 && make_public(0700, 0) && become_nobody();
}

static bool make_in_somebody_elses(void)
{
    static char path[sizeof test_folder + 8];
    bool done = geteuid() == 0 && make_public(0755, 0) && become_nobody();

    snprintf(path, sizeof path, "%s/a/b", test_folder);
    use_folder(path);
    return done;
}

static bool make_open_to_all(void)
{
    return mkdir(test_folder, 0700) == 0 && chmod(test_folder, 0777) == 0;
}

static bool make_open_to_group(void)
{
    return mkdir(test_folder, 0700) == 0 && chmod(test_folder, 0770) == 0;
}

static bool make_file(void)
{
    write_file(test_folder, "a file", 6);
    return true;
}

static bool make_below_file(void)
{
    write_file(test_folder, "a file", 6);
    use_folder(in_folder("below"));
    return true;
}

static bool make_ring(void)
{
    return symlink(test_folder, test_folder) == 0;
}

/* A path that has just no room for what is made in it, or a name that is too
 * long. */
static bool make_long_path(void)
{
    static char path[4096];
    size_t size = (size_t)snprintf(path, sizeof path, "%s", test_folder);

    while (size + 100 < 4090) {
        memset(path + size, 'p', 100);
        path[size] = '/';
        size += 100;
    }
    memset(path + size, 'p', 4090 - size);
    path[4090] = '\0';
    path[size] = '/';
    use_folder(path);
    return true;
}

static bool make_long_name(void)
{
    static char path[sizeof test_folder + 400];
    int size = snprintf(path, sizeof path, "%s/", test_folder);

    memset(path + size, 'n', 300);
    use_folder(path);
    return true;
}

static const struct {
    bool (*make)(void);
    const char *expected;
} places[] = {
    {make_read_only_mount, "Read-only file system"},
    {make_read_only_folder, "cannot write to"},
    {make_somebody_elses, "another user owns"},
    {make_in_somebody_elses, "cannot make the directory"},
    {make_open_to_all, "other users may write to"},
    {make_open_to_group, "other users may write to"},
    {make_file, "this is no directory"},
    {make_below_file, "cannot make the directory"},
    {make_ring, "cannot make the directory"},
    {make_long_path, "too long"},
    {make_long_name, "too long"},
};

enum { PLACES = sizeof places / sizeof *places };

static int use_place(void *context)
{
    const int *number = context;
    int problem = 0;

    if (!places[*number].make())
        return SKIPPED;
    use_store(NULL);
    if (told->warned != 1 || !strstr(told->warning, places[*number].expected) ||
        !strstr(told->warning, test_folder) ||
        !strstr(told->warning, "MEMO_CACHE_DIR"))
        problem = 1;
    return problem;
}

START_TEST(a_place_that_cannot_be_used_is_told_once)
{
    int number = _i % PLACES, status;

    snprintf(public_folder, sizeof public_folder, "/tmp/memo-trouble-%ld",
             (long)getpid());
    use_store_number(_i / PLACES);
    status = run_apart(use_place, &number);
    remove_folder(public_folder);

    if (WIFEXITED(status) && WEXITSTATUS(status) == SKIPPED) {
        fprintf(stderr, "skipped: only root may do that\n");
        return;
    }
    ck_assert_msg(status == 0, "status %x, %d warnings, the last is: %s",
                  (unsigned)status, told->warned, told->warning);
    ck_assert_int_eq(told->wrong, 0);
    ck_assert_int_eq(told->computed, CALLS);
    ck_assert_ptr_nonnull(strstr(
        told->warning, _i / PLACES ? "persist=\"dir\"" : "persist=\"disk\""));
}
END_TEST

static int use_no_place(void *context)
{
    use_folder(NULL);
    unsetenv("MEMO_CACHE_DIR");
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    return use_store(context);
}

START_TEST(without_any_place_results_live_in_memory)
{
    use_store_number(_i);
    try_after(use_no_place, NULL, "no place", 0);

    ck_assert_int_eq(told->warned, 1);
    ck_assert_ptr_nonnull(strstr(told->warning, "set MEMO_CACHE_DIR"));
    ck_assert_ptr_nonnull(strstr(told->warning, "in memory only"));
}
END_TEST

/* ---- files that go away -------------------------------------------------- */

/* A process that goes on: it calls functions whenever it is told to. */
typedef struct {
    pid_t process;
    int orders[2], answers[2];
} worker;

/* Calls that memory does not know. */
static int call_values_from(int first)
{
    int wrong = 0;

    for (int n = first; n < first + 3; n++) {
        char *text = call_name(&value, compute_value, n);

        wrong += !is_value(text, n);
        free(text);
    }
    memo_flush();
    return wrong;
}

static void follow(const worker *of)
{
    unsigned char order, answer[2];

    while (read(of->orders[0], &order, 1) == 1) {
        if (order == 255)
            memo_clear_function(NULL, "value");
        answer[0] = (unsigned char)call_values_from(order);
        answer[1] = (unsigned char)warnings;
        if (write(of->answers[1], answer, 2) != 2)
            break;
    }
    memcpy(told->warning, last_warning, sizeof told->warning);
}

static worker start_worker(void)
{
    worker made;

    ck_assert(pipe(made.orders) == 0 && pipe(made.answers) == 0);
    made.process = fork();
    ck_assert_int_ge(made.process, 0);
    if (made.process == 0) {
        memo_config config = settings();

        /* It waits for what cannot be done any more. */
        config.store_timeout_ns = 2000000000u;
        memo_config_set(&config);
        close(made.orders[1]);
        alarm(120); /* nobody waits for so long */
        follow(&made);
        exit(0);
    }
    close(made.orders[0]);
    return made;
}

static void order(const worker *of, unsigned char what)
{
    unsigned char answer[2] = {1, 1};

    ck_assert_int_eq(write(of->orders[1], &what, 1), 1);
    ck_assert_int_eq(read(of->answers[0], answer, 2), 2);
    ck_assert_int_eq(answer[0], 0);
    ck_assert_int_le(answer[1], 1);
}

static void end_worker(const worker *of)
{
    int status;

    close(of->orders[1]);
    ck_assert_int_eq(waitpid(of->process, &status, 0), of->process);
    ck_assert_msg(status == 0, "the worker has ended with status %x",
                  (unsigned)status);
}

static void remove_all(void)
{
    remove_folder(test_folder);
}

static void rename_all(void)
{
    char other[sizeof test_folder + 8];

    snprintf(other, sizeof other, "%s.old", test_folder);
    remove_folder(other);
    ck_assert_int_eq(rename(test_folder, other), 0);
}

static void remove_store(void)
{
    remove_folder(in_folder("disk-1"));
    remove_folder(in_folder("dir-1"));
}

static void remove_lock(void)
{
    unlink(in_folder("disk-1/lock.mdb"));
}

static void remove_owners(void)
{
    unlink(in_folder("disk-1/owners"));
}

static void remove_data(void)
{
    unlink(in_folder("disk-1/data.mdb"));
}

static void remove_places(void)
{
    remove_folder(in_folder("dir-1/places"));
}

static void remove_functions(void)
{
    remove_folder(in_folder("dir-1/functions"));
}

static void remove_entries(void)
{
    remove_folder(in_folder("dir-1/entries"));
}

static void (*const losses[])(void) = {
    remove_all,  rename_all,    remove_store,     remove_lock,   remove_owners,
    remove_data, remove_places, remove_functions, remove_entries};

enum { LOSSES = sizeof losses / sizeof *losses };

static void check_process(const char *what, size_t where)
{
    run_process(what, where);
    ck_assert_msg(told->warned <= 1, "%s %zu: %s", what, where, told->warning);
}

/* One process goes on, while others come. */
START_TEST(files_may_go_away_under_those_who_use_them)
{
    size_t number = (size_t)_i % LOSSES;
    char other[sizeof test_folder + 8];
    worker one;

    use_store_number(_i / LOSSES);
    one = start_worker();
    order(&one, 1);
    check_process("before a loss", number);

    losses[number]();
    order(&one, 10);
    check_process("after a loss", number);
    order(&one, 255);
    check_process("after it is cleared", number);
    end_worker(&one);

    check_process("when all have ended", number);
    run_process("when all have ended", number);
    ck_assert_msg(told->warned == 0, "%s", told->warning);
    ck_assert_int_eq(told->computed, 0);
    snprintf(other, sizeof other, "%s.old", test_folder);
    remove_folder(other);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.trouble");
    TCase *tests = tcase_create("trouble");

    tcase_set_timeout(tests, 800);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, a_disk_of_any_size_may_be_full, 0,
                        COUNT(stores));
    tcase_add_loop_test(tests, a_disk_that_has_room_again_is_used_again, 0,
                        2 * COUNT(stores));
    tcase_add_loop_test(tests, files_may_be_as_short_as_the_user_wants_them, 0,
                        COUNT(stores));
    tcase_add_loop_test(tests, a_place_that_cannot_be_used_is_told_once, 0,
                        PLACES * COUNT(stores));
    tcase_add_loop_test(tests, without_any_place_results_live_in_memory, 0,
                        COUNT(stores));
    tcase_add_loop_test(tests, files_may_go_away_under_those_who_use_them, 0,
                        LOSSES * COUNT(stores));
    suite_add_tcase(suite, tests);
    return suite;
}

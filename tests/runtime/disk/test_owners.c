/* Who has an environment open, and whether its files are as they were left. */
#include "disk/owners.h"
#include "disk_fixture.h"

#include <sys/file.h>

/* What the file holds, in words. */
enum { BOOT = 1, PID_NAMESPACE = 2, LOCK_INODE = 3, CHECK = 9, WORDS };

static memo_owners owners;

static void write_to(const char *name, const char *bytes)
{
    int file = open(in_folder(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
    close(file);
}

static void rename_to(const char *before, const char *after)
{
    char from[sizeof test_folder + 64];

    snprintf(from, sizeof from, "%s", in_folder(before));
    ck_assert_int_eq(rename(from, in_folder(after)), 0);
}

static void begin(void)
{
    snprintf(test_folder, sizeof test_folder, "%s/%ld", MEMO_TEST_SCRATCH_DIR,
             (long)getpid());
    remove_folder(test_folder);
    ck_assert_int_eq(mkdir(test_folder, 0700), 0);
    write_to("data.mdb", "some data");
    write_to("lock.mdb", "some locks");
}

static void end(void)
{
    remove_folder(test_folder);
}

static void mark_data(memo_owners *by)
{
    int file = open(in_folder("data.mdb"), O_RDONLY);

    ck_assert_int_ge(file, 0);
    memo_owners_mark(by, file);
    close(file);
}

/* Come in as the first one, as an environment does. */
static void enter_first(memo_owners *out)
{
    struct stat lock;

    ck_assert_int_eq(memo_owners_enter(out, test_folder), MEMO_OWNERS_ALONE);
    ck_assert_int_eq(stat(in_folder("lock.mdb"), &lock), 0);
    out->lock_inode = (uint64_t)lock.st_ino;
    mark_data(out);
    memo_owners_share(out);
}

static bool is_in_order(void)
{
    return memo_owners_is_in_order(&owners, in_folder("data.mdb"));
}

/* ---- others -------------------------------------------------------------- */

static int enter_apart(void *context)
{
    memo_owners mine;

    (void)context;
    return (int)memo_owners_enter(&mine, test_folder);
}

static memo_owning other_process(void)
{
    int status = run_apart(enter_apart, NULL);

    ck_assert(WIFEXITED(status));
    return (memo_owning)WEXITSTATUS(status);
}

START_TEST(the_first_one_is_alone)
{
    ck_assert_int_eq(memo_owners_enter(&owners, test_folder),
                     MEMO_OWNERS_ALONE);
}
END_TEST

START_TEST(nobody_comes_in_while_the_first_one_checks_it)
{
    ck_assert_int_eq(memo_owners_enter(&owners, test_folder),
                     MEMO_OWNERS_ALONE);

    ck_assert_int_eq(other_process(), MEMO_OWNERS_BUSY);
}
END_TEST

START_TEST(others_come_in_when_the_first_one_shares_it)
{
    enter_first(&owners);

    ck_assert_int_eq(other_process(), MEMO_OWNERS_SHARED);
}
END_TEST

START_TEST(one_process_does_not_come_in_twice)
{
    memo_owners again;

    enter_first(&owners);

    ck_assert_int_eq(memo_owners_enter(&again, test_folder), MEMO_OWNERS_TWICE);

    ck_assert_int_eq(again.file, -1);
    ck_assert_int_eq(other_process(), MEMO_OWNERS_SHARED);
}
END_TEST

START_TEST(whoever_comes_after_all_have_left_is_alone)
{
    enter_first(&owners);
    ck_assert_int_eq(other_process(), MEMO_OWNERS_SHARED);

    memo_owners_leave(&owners);
    memo_owners_leave(&owners);

    ck_assert_int_eq(other_process(), MEMO_OWNERS_ALONE);
}
END_TEST

static int enter_and_die(void *context)
{
    (void)context;
    enter_first(&owners);
    raise(SIGKILL);
    return 0;
}

START_TEST(a_process_that_is_killed_has_left)
{
    int status = run_apart(enter_and_die, NULL);

    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(memo_owners_enter(&owners, test_folder),
                     MEMO_OWNERS_ALONE);
    ck_assert(is_in_order());
}
END_TEST

/* ---- what the file says -------------------------------------------------- */

static void read_words(uint64_t *words)
{
    int file = open(in_folder("owners"), O_RDONLY);

    ck_assert_int_eq(read(file, words, WORDS * sizeof *words),
                     WORDS * sizeof *words);
    close(file);
}

/* Write it with a word changed, as another machine or namespace would. */
static void change_word(int which)
{
    uint64_t words[WORDS], total = 0;
    int file;

    read_words(words);
    words[which]++;
    for (int i = 0; i < CHECK; i++)
        total = total * 0x9E3779B97F4A7C15u + words[i];
    words[CHECK] = total;
    file = open(in_folder("owners"), O_WRONLY);
    ck_assert_int_eq(write(file, words, sizeof words), sizeof words);
    close(file);
}

START_TEST(processes_of_another_pid_namespace_stay_outside)
{
    enter_first(&owners);
    change_word(PID_NAMESPACE);

    ck_assert_int_eq(other_process(), MEMO_OWNERS_FOREIGN);
}
END_TEST

START_TEST(another_pid_namespace_that_has_ended_does_not_matter)
{
    enter_first(&owners);
    change_word(PID_NAMESPACE);
    memo_owners_leave(&owners);

    ck_assert_int_eq(other_process(), MEMO_OWNERS_ALONE);
}
END_TEST

START_TEST(a_file_that_nobody_can_read_is_taken_for_one_that_is_being_written)
{
    enter_first(&owners);
    ck_assert_int_eq(truncate(in_folder("owners"), 20), 0);

    ck_assert_int_eq(other_process(), MEMO_OWNERS_BUSY);
    mark_data(&owners);
    ck_assert_int_eq(other_process(), MEMO_OWNERS_SHARED);
}
END_TEST

/* ---- files that were replaced -------------------------------------------- */

static const char *const files[] = {"data.mdb", "lock.mdb"};

START_TEST(nobody_comes_in_when_a_file_was_removed_under_others)
{
    enter_first(&owners);
    ck_assert_int_eq(unlink(in_folder(files[_i])), 0);

    ck_assert_int_eq(other_process(), MEMO_OWNERS_REPLACED);
}
END_TEST

START_TEST(nobody_comes_in_when_a_file_was_replaced_under_others)
{
    enter_first(&owners);
    write_to("new", "another file");
    rename_to("new", files[_i]);

    ck_assert_int_eq(other_process(), MEMO_OWNERS_REPLACED);
    memo_owners_leave(&owners);
    ck_assert_int_eq(other_process(), MEMO_OWNERS_ALONE);
}
END_TEST

/* ---- order --------------------------------------------------------------- */

START_TEST(a_file_is_in_order_as_it_was_marked)
{
    enter_first(&owners);

    ck_assert(is_in_order());
    memo_owners_leave(&owners);
    ck_assert_int_eq(memo_owners_enter(&owners, test_folder),
                     MEMO_OWNERS_ALONE);
    ck_assert(is_in_order());
}
END_TEST

static void write_same(void)
{
    pause_ms(20); /* the next tick of the file system's clock */
    write_to("data.mdb", "some data");
}

static void write_more(void)
{
    write_to("data.mdb", "some data and more");
}

static void cut(void)
{
    ck_assert_int_eq(truncate(in_folder("data.mdb"), 3), 0);
}

/* As a backup does it. */
static void replace(void)
{
    struct timespec times[2];
    struct stat status;

    ck_assert_int_eq(stat(in_folder("data.mdb"), &status), 0);
    times[0] = status.st_atim;
    times[1] = status.st_mtim;
    write_to("new", "some data");
    ck_assert_int_eq(utimensat(AT_FDCWD, in_folder("new"), times, 0), 0);
    rename_to("new", "data.mdb");
}

static void make_link(void)
{
    rename_to("data.mdb", "old");
    ck_assert_int_eq(symlink("old", in_folder("data.mdb")), 0);
}

/* Who opened it would wait for ever. */
static void make_pipe(void)
{
    ck_assert_int_eq(unlink(in_folder("data.mdb")), 0);
    ck_assert_int_eq(mkfifo(in_folder("data.mdb"), 0600), 0);
}

static void start_machine_anew(void)
{
    change_word(BOOT);
}

static void remove_mark(void)
{
    ck_assert_int_eq(truncate(in_folder("owners"), 0), 0);
}

static void (*const disorders[])(void) = {
    write_same, write_more,         cut,        replace, make_link,
    make_pipe,  start_machine_anew, remove_mark};

START_TEST(a_file_that_was_changed_is_not_in_order)
{
    enter_first(&owners);

    disorders[_i]();

    ck_assert(!is_in_order());
}
END_TEST

START_TEST(no_file_is_in_order)
{
    enter_first(&owners);
    ck_assert_int_eq(unlink(in_folder("data.mdb")), 0);

    ck_assert(is_in_order());
}
END_TEST

START_TEST(a_mark_with_any_byte_damaged_is_none)
{
    unsigned char bytes[WORDS * sizeof(uint64_t)];
    int file;

    enter_first(&owners);
    file = open(in_folder("owners"), O_RDWR);
    ck_assert_int_eq(pread(file, bytes, sizeof bytes, 0), sizeof bytes);

    for (size_t i = 0; i < sizeof bytes; i++) {
        for (unsigned bit = 0; bit < 9; bit++) {
            unsigned char damaged =
                bytes[i] ^ (unsigned char)(bit == 8 ? 0xFF : 1u << bit);

            ck_assert_int_eq(pwrite(file, &damaged, 1, (off_t)i), 1);
            ck_assert_msg(!is_in_order(), "byte %zu, bit %u", i, bit);
        }
        ck_assert_int_eq(pwrite(file, &bytes[i], 1, (off_t)i), 1);
    }

    ck_assert(is_in_order());
    close(file);
}
END_TEST

/* ---- no such file -------------------------------------------------------- */

static void make_folder(void)
{
    ck_assert_int_eq(mkdir(in_folder("owners"), 0700), 0);
}

static void make_link_elsewhere(void)
{
    ck_assert_int_eq(symlink("data.mdb", in_folder("owners")), 0);
}

static void make_pipe_of_owners(void)
{
    ck_assert_int_eq(mkfifo(in_folder("owners"), 0600), 0);
}

static void remove_all(void)
{
    remove_folder(test_folder);
}

static void (*const obstacles[])(void) = {make_folder, make_link_elsewhere,
                                          make_pipe_of_owners, remove_all};

START_TEST(without_a_file_of_its_own_nobody_comes_in)
{
    obstacles[_i]();

    ck_assert_int_eq(memo_owners_enter(&owners, test_folder),
                     MEMO_OWNERS_FAILED);

    ck_assert_int_ne(errno, 0);
    ck_assert_int_eq(owners.file, -1);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.owners");
    TCase *tests = tcase_create("owners");

    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, the_first_one_is_alone);
    tcase_add_test(tests, nobody_comes_in_while_the_first_one_checks_it);
    tcase_add_test(tests, others_come_in_when_the_first_one_shares_it);
    tcase_add_test(tests, one_process_does_not_come_in_twice);
    tcase_add_test(tests, whoever_comes_after_all_have_left_is_alone);
    tcase_add_test(tests, a_process_that_is_killed_has_left);
    tcase_add_test(tests, processes_of_another_pid_namespace_stay_outside);
    tcase_add_test(tests, another_pid_namespace_that_has_ended_does_not_matter);
    tcase_add_test(
        tests,
        a_file_that_nobody_can_read_is_taken_for_one_that_is_being_written);
    tcase_add_loop_test(tests,
                        nobody_comes_in_when_a_file_was_removed_under_others, 0,
                        COUNT(files));
    tcase_add_loop_test(tests,
                        nobody_comes_in_when_a_file_was_replaced_under_others,
                        0, COUNT(files));
    tcase_add_test(tests, a_file_is_in_order_as_it_was_marked);
    tcase_add_loop_test(tests, a_file_that_was_changed_is_not_in_order, 0,
                        COUNT(disorders));
    tcase_add_test(tests, no_file_is_in_order);
    tcase_add_test(tests, a_mark_with_any_byte_damaged_is_none);
    tcase_add_loop_test(tests, without_a_file_of_its_own_nobody_comes_in, 0,
                        COUNT(obstacles));
    suite_add_tcase(suite, tests);
    return suite;
}

/* An LMDB environment that many processes share. */
#include "environment_fixture.h"

START_TEST(what_one_process_writes_another_one_reads_later)
{
    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 3, 5000), 0);
    memo_environment_close(environment);

    open_sound(MOST_BYTES);

    ck_assert_int_eq(read_number(environment, 2), 1);
    ck_assert_int_eq(read_number(environment, 3), 0);
}
END_TEST

START_TEST(all_of_the_lock_file_has_its_place_on_the_disk)
{
    struct stat status;

    open_sound(MOST_BYTES);

    ck_assert_int_eq(stat(in_folder("lock.mdb"), &status), 0);
    ck_assert_int_ge(status.st_blocks * 512, status.st_size);
    ck_assert_int_gt(status.st_size, 4000 * 64);
}
END_TEST

/* ---- opened twice -------------------------------------------------------- */

START_TEST(a_second_copy_of_the_library_is_refused)
{
    memo_environment *again;

    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 3, 100), 0);

    ck_assert_int_eq(open_here(&again, MOST_BYTES), MEMO_ENVIRONMENT_FAILED);

    ck_assert_ptr_nonnull(strstr(why, "another copy of this library"));
    ck_assert_ptr_nonnull(strstr(why, test_folder));
    ck_assert_int_eq(read_number(environment, 2), 1);
    ck_assert_int_eq(put_numbers(environment, 3, 1, 100), 0);
    ck_assert_int_eq(read_number(environment, 3), 1);
}
END_TEST

static int open_in_child(void *context)
{
    memo_environment *mine;
    int problem = 0;

    (void)context;
    if (open_here(&mine, MOST_BYTES) != MEMO_ENVIRONMENT_OPEN)
        return 1;
    for (int i = 100; i < 200 && problem == 0; i++)
        problem = put_numbers(mine, i, 1, 1000) != 0 ||
                  read_number(mine, i) != 1 || read_number(mine, 1) != 1;
    memo_environment_close(mine);
    return problem ? 2 : 0;
}

START_TEST(a_child_opens_it_anew_while_its_parent_goes_on)
{
    pid_t child;
    int status = -1;

    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 10, 1000), 0);
    child = fork();
    if (child == 0)
        _exit(open_in_child(NULL));

    for (int i = 0; waitpid(child, &status, WNOHANG) == 0; i++) {
        ck_assert_int_eq(put_numbers(environment, i % 10, 1, 1000), 0);
        ck_assert_int_eq(read_number(environment, 9), 1);
    }

    ck_assert_int_eq(status, 0);
    for (int i = 100; i < 200; i++)
        ck_assert_int_eq(read_number(environment, i), 1);
}
END_TEST

/* Of the parent's byte in "owners"; F_UNLCK: nobody is there. */
static short place_of(pid_t process)
{
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = (off_t)1 + process,
                         .l_len = 1};
    int file = open(in_folder("owners"), O_RDWR);

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(fcntl(file, F_OFD_GETLK, &lock), 0);
    close(file);
    return lock.l_type;
}

/* A program that goes into the background. */
static int start_daemon(void *context)
{
    int *pipe_ends = context;
    memo_environment *mine;
    char done = 0;

    open_sound(MOST_BYTES);
    if (fork() != 0)
        return 0;
    if (open_here(&mine, MOST_BYTES) == MEMO_ENVIRONMENT_OPEN)
        done = (char)write(pipe_ends[1], "!", 1);
    close(pipe_ends[1]);
    while (read(pipe_ends[2], &done, 1) < 0)
        continue;
    return 0;
}

START_TEST(a_parent_that_has_ended_is_no_owner_though_its_child_goes_on)
{
    int pipe_ends[4], status;
    pid_t parent;
    char done = 0;

    ck_assert_int_eq(pipe(pipe_ends), 0);
    ck_assert_int_eq(pipe(pipe_ends + 2), 0);
    parent = fork();
    if (parent == 0) {
        close(pipe_ends[3]);
        _exit(start_daemon(pipe_ends));
    }
    close(pipe_ends[1]);
    ck_assert_int_eq(waitpid(parent, &status, 0), parent);
    ck_assert_int_eq(read(pipe_ends[0], &done, 1), 1);

    ck_assert_int_eq(place_of(parent), F_UNLCK);

    open_sound(MOST_BYTES);
    close(pipe_ends[3]);
}
END_TEST

/* ---- ends ---------------------------------------------------------------- */

START_TEST(with_a_reader_out_it_stays_open)
{
    MDB_txn *txn;

    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 2, 100), 0);
    txn = memo_environment_begin(environment, LONG_NS);

    memo_environment_close(environment);
    ck_assert(!memo_environment_reopen(environment, why));

    ck_assert_ptr_nonnull(environment->env);
    ck_assert_int_eq(look_at(environment, txn, 1), 1);
    memo_environment_end(environment, txn);
    ck_assert(memo_environment_reopen(environment, why));
    ck_assert_ptr_null(memo_environment_begin(environment, 0));
    memo_environment_let_in(environment);
    ck_assert_int_eq(read_number(environment, 1), 1);
}
END_TEST

START_TEST(what_is_closed_can_be_opened_again_and_not_read_meanwhile)
{
    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 2, 100), 0);

    memo_environment_close(environment);

    ck_assert_ptr_null(memo_environment_begin(environment, LONG_NS));
    ck_assert(!memo_environment_grow(environment));
    memo_environment_mark(environment);
    memo_environment_close(environment);
    ck_assert(memo_environment_reopen(environment, why));
    ck_assert_ptr_null(memo_environment_begin(environment, 0));
    memo_environment_let_in(environment);
    ck_assert_int_eq(read_number(environment, 1), 1);
}
END_TEST

/* Another process, or a person, is in the way. */
START_TEST(what_cannot_be_opened_again_stays_closed)
{
    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 2, 100), 0);
    memo_environment_close(environment);
    remove_folder(test_folder);

    ck_assert(!memo_environment_reopen(environment, why));

    ck_assert_ptr_null(memo_environment_begin(environment, LONG_NS));
    ck_assert(!memo_environment_grow(environment));
    environment->is_outgrown = true;
    ck_assert(!memo_environment_grow(environment));
    ck_assert_ptr_null(memo_environment_begin(environment, LONG_NS));
    memo_environment_close(environment);
    ck_assert_int_eq(mkdir(test_folder, 0700), 0);
    ck_assert(memo_environment_reopen(environment, why));
    ck_assert_ptr_null(memo_environment_begin(environment, 0));
    memo_environment_let_in(environment);
    ck_assert_int_eq(put_numbers(environment, 0, 2, 100), 0);
    ck_assert_int_eq(read_number(environment, 1), 1);
}
END_TEST

/* ---- files in disorder --------------------------------------------------- */

static void write_garbage(const char *name)
{
    char garbage[9000];
    int file;

    memset(garbage, 'g', sizeof garbage);
    file = open(in_folder(name), O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(write(file, garbage, sizeof garbage), sizeof garbage);
    close(file);
}

START_TEST(a_damaged_file_is_dropped_and_told)
{
    write_garbage("data.mdb");

    ck_assert_int_eq(open_here(&environment, MOST_BYTES),
                     MEMO_ENVIRONMENT_OPEN);

    ck_assert_ptr_nonnull(strstr(why, "was damaged ("));
    ck_assert_ptr_nonnull(strstr(why, in_folder("data.mdb")));
    ck_assert_int_eq(put_numbers(environment, 0, 2, 100), 0);
    ck_assert_int_eq(read_number(environment, 1), 1);
}
END_TEST

START_TEST(a_damaged_lock_file_is_written_anew)
{
    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 2, 100), 0);
    memo_environment_close(environment);
    write_garbage("lock.mdb");

    open_sound(MOST_BYTES);

    ck_assert_int_eq(read_number(environment, 1), 1);
    ck_assert_int_eq(put_numbers(environment, 2, 2, 100), 0);
}
END_TEST

static void make_folder(void)
{
    ck_assert_int_eq(mkdir(in_folder("data.mdb"), 0700), 0);
}

static void make_pipe(void)
{
    ck_assert_int_eq(mkfifo(in_folder("data.mdb"), 0600), 0);
}

static void make_link(void)
{
    ck_assert_int_eq(symlink("elsewhere", in_folder("data.mdb")), 0);
}

static void make_lock_folder(void)
{
    ck_assert_int_eq(mkdir(in_folder("lock.mdb"), 0700), 0);
}

static void make_lock_pipe(void)
{
    ck_assert_int_eq(mkfifo(in_folder("lock.mdb"), 0600), 0);
}

static void make_lock_link(void)
{
    ck_assert_int_eq(symlink("elsewhere", in_folder("lock.mdb")), 0);
}

static void (*const obstacles[])(void) = {make_folder,    make_pipe,
                                          make_link,      make_lock_folder,
                                          make_lock_pipe, make_lock_link};

START_TEST(what_is_no_file_is_left_alone_and_told)
{
    obstacles[_i]();

    ck_assert_int_eq(open_here(&environment, MOST_BYTES),
                     MEMO_ENVIRONMENT_FAILED);

    ck_assert_ptr_nonnull(strstr(why, test_folder));
    ck_assert_int_ne(access(in_folder("elsewhere"), F_OK), 0);
}
END_TEST

static const char *const files[] = {"data.mdb", "lock.mdb"};

static int open_when_removed(void *context)
{
    memo_environment *mine;

    (void)context;
    return open_here(&mine, MOST_BYTES) == MEMO_ENVIRONMENT_FAILED &&
                   strstr(why, "were removed while another process uses them")
               ? 0
               : 1;
}

/* There would be two lock files for one data file, or the other way round. */
START_TEST(nobody_opens_it_after_a_file_was_removed_under_its_owner)
{
    open_sound(MOST_BYTES);
    ck_assert_int_eq(put_numbers(environment, 0, 2, 100), 0);
    ck_assert_int_eq(unlink(in_folder(files[_i])), 0);

    ck_assert_int_eq(run_apart(open_when_removed, NULL), 0);

    ck_assert_int_eq(put_numbers(environment, 2, 1, 100), 0);
    ck_assert_int_eq(read_number(environment, 2), 1);
    memo_environment_close(environment);
    open_sound(MOST_BYTES);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.environment");
    TCase *opening = tcase_create("opening"),
          *disorder = tcase_create("disorder");

    tcase_add_checked_fixture(opening, begin, end);
    tcase_add_test(opening, what_one_process_writes_another_one_reads_later);
    tcase_add_test(opening, all_of_the_lock_file_has_its_place_on_the_disk);
    tcase_add_test(opening, a_second_copy_of_the_library_is_refused);
    tcase_add_test(opening, a_child_opens_it_anew_while_its_parent_goes_on);
    tcase_add_test(
        opening, a_parent_that_has_ended_is_no_owner_though_its_child_goes_on);
    tcase_add_test(opening, with_a_reader_out_it_stays_open);
    tcase_add_test(opening,
                   what_is_closed_can_be_opened_again_and_not_read_meanwhile);
    tcase_add_test(opening, what_cannot_be_opened_again_stays_closed);
    suite_add_tcase(suite, opening);

    tcase_add_checked_fixture(disorder, begin, end);
    tcase_add_test(disorder, a_damaged_file_is_dropped_and_told);
    tcase_add_test(disorder, a_damaged_lock_file_is_written_anew);
    tcase_add_loop_test(disorder, what_is_no_file_is_left_alone_and_told, 0,
                        COUNT(obstacles));
    tcase_add_loop_test(
        disorder, nobody_opens_it_after_a_file_was_removed_under_its_owner, 0,
        COUNT(files));
    suite_add_tcase(suite, disorder);
    return suite;
}

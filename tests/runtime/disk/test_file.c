/* Whole files: all of one or none, whatever stands in their place. */
#include "disk/file.h"
#include "disk_fixture.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

static int folder;

static void begin(void)
{
    snprintf(test_folder, sizeof test_folder, "%s/%ld", MEMO_TEST_SCRATCH_DIR,
             (long)getpid());
    remove_folder(test_folder);
    ck_assert_int_eq(mkdir(test_folder, 0700), 0);
    folder = open(test_folder, O_RDONLY | O_DIRECTORY);
    ck_assert_int_ge(folder, 0);
}

static void end(void)
{
    close(folder);
    remove_folder(test_folder);
}

static int count_files(void)
{
    DIR *walk = opendir(test_folder);
    int count = 0;

    ck_assert_ptr_nonnull(walk);
    for (struct dirent *found; (found = readdir(walk)) != NULL;)
        count += *found->d_name != '.';
    closedir(walk);
    return count;
}

static void check_content(const char *name, const char *expected)
{
    memo_file_content content;

    ck_assert(memo_file_read(&content, folder, name, 1 << 20));
    ck_assert_uint_eq(content.size, strlen(expected));
    ck_assert_int_eq(memcmp(content.bytes, expected, content.size), 0);
    free(content.bytes);
}

START_TEST(what_is_written_is_read)
{
    ck_assert(memo_file_write(folder, "name", "some bytes", 10));

    check_content("name", "some bytes");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(an_empty_file_is_read)
{
    ck_assert(memo_file_write(folder, "name", "", 0));

    check_content("name", "");
}
END_TEST

START_TEST(a_file_is_for_the_user_alone)
{
    struct stat status;

    umask(0);
    ck_assert(memo_file_write(folder, "name", "bytes", 5));

    ck_assert_int_eq(fstatat(folder, "name", &status, 0), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
}
END_TEST

START_TEST(the_last_one_to_write_wins)
{
    ck_assert(memo_file_write(folder, "name", "a long text", 11));
    ck_assert(memo_file_write(folder, "name", "short", 5));

    check_content("name", "short");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(the_first_one_to_write_wins_if_asked)
{
    ck_assert(memo_file_write_first(folder, "name", "first", 5));

    ck_assert(!memo_file_write_first(folder, "name", "second", 6));

    ck_assert_int_eq(errno, EEXIST);
    check_content("name", "first");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

static void make_nothing(void)
{
}

static void make_folder(void)
{
    ck_assert_int_eq(mkdirat(folder, "name", 0700), 0);
}

/* Nobody ever writes to it. */
static void make_pipe(void)
{
    ck_assert_int_eq(mkfifoat(folder, "name", 0600), 0);
}

static void make_link(void)
{
    ck_assert(memo_file_write(folder, "other", "bytes", 5));
    ck_assert_int_eq(symlinkat("other", folder, "name"), 0);
}

static void make_large(void)
{
    int file = openat(folder, "name", O_WRONLY | O_CREAT, 0600);

    ck_assert_int_eq(ftruncate(file, (off_t)1 << 40), 0);
    close(file);
}

static const struct {
    void (*make)(void);
    int expected;
} unreadable[] = {
    {make_nothing, ENOENT}, {make_folder, EFBIG}, {make_pipe, EFBIG},
    {make_link, ELOOP},     {make_large, EFBIG},
};

START_TEST(what_is_no_file_of_that_size_is_not_read)
{
    memo_file_content content;

    unreadable[_i].make();

    ck_assert(!memo_file_read(&content, folder, "name", 1 << 20));

    ck_assert_int_eq(errno, unreadable[_i].expected);
}
END_TEST

START_TEST(a_file_of_just_the_size_is_read)
{
    memo_file_content content;

    ck_assert(memo_file_write(folder, "name", "12345", 5));

    ck_assert(memo_file_read(&content, folder, "name", 5));
    free(content.bytes);
    ck_assert(!memo_file_read(&content, folder, "name", 4));
}
END_TEST

START_TEST(what_stands_in_a_files_place_stays_when_it_cannot_be_replaced)
{
    make_folder();

    ck_assert(!memo_file_write(folder, "name", "bytes", 5));
    ck_assert_int_eq(errno, EISDIR);
    ck_assert(!memo_file_write_first(folder, "name", "bytes", 5));
    ck_assert_int_eq(errno, EEXIST);

    ck_assert_int_eq(count_files(), 1);
}
END_TEST

START_TEST(a_link_is_replaced_and_not_written_through)
{
    make_link();

    ck_assert(memo_file_write(folder, "name", "new", 3));

    check_content("name", "new");
    check_content("other", "bytes");
}
END_TEST

/* ---- a disk that is full ------------------------------------------------- */

static int write_too_much(void *context)
{
    static const char bytes[100000];
    struct rlimit limit = {50000, 50000};

    (void)context;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    if (memo_file_write(folder, "name", bytes, sizeof bytes) || errno != EFBIG)
        return 1;
    return memo_file_write_first(folder, "new", bytes, sizeof bytes) ||
           errno != EFBIG;
}

START_TEST(what_does_not_fit_leaves_all_as_it_was)
{
    ck_assert(memo_file_write(folder, "name", "bytes", 5));

    ck_assert_int_eq(run_apart(write_too_much, NULL), 0);

    check_content("name", "bytes");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

/* ---- several processes --------------------------------------------------- */

enum { WRITERS = 3, SIZE = 20000 };

static _Atomic bool *is_over;

static int write_often(void *context)
{
    static char bytes[SIZE];
    int mine = *(int *)context;

    for (int i = 0; !*is_over; i++) {
        memset(bytes, 'a' + (mine * 7 + i) % 26, sizeof bytes);
        if (!memo_file_write(folder, "name", bytes,
                             (size_t)SIZE - (size_t)i % 9))
            return 1;
    }
    return 0;
}

static pid_t start(int (*run)(void *), int number)
{
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(run(&number));
    return child;
}

static bool is_uniform(const memo_file_content *content)
{
    return content->size > SIZE - 9 &&
           memcmp(content->bytes, content->bytes + 1, content->size - 1) == 0;
}

START_TEST(a_reader_sees_all_of_one_file_while_others_write)
{
    pid_t writers[WRITERS];
    memo_file_content content;
    int status;

    is_over = share_memory(sizeof *is_over);
    ck_assert(memo_file_write(folder, "name", (char[SIZE]){0}, SIZE));
    for (int i = 0; i < WRITERS; i++)
        writers[i] = start(write_often, i);

    for (int i = 0; i < 3000; i++) {
        ck_assert(memo_file_read(&content, folder, "name", SIZE));
        ck_assert(is_uniform(&content));
        free(content.bytes);
    }

    *is_over = true;
    for (int i = 0; i < WRITERS; i++) {
        waitpid(writers[i], &status, 0);
        ck_assert_int_eq(status, 0);
    }
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

static int write_first(void *context)
{
    char text[2] = {(char)('0' + *(int *)context), '\0'};

    return !memo_file_write_first(folder, "name", text, 1);
}

START_TEST(of_many_who_write_first_one_wins)
{
    pid_t writers[10];
    int status, winners = 0;

    for (int i = 0; i < 10; i++)
        writers[i] = start(write_first, i);
    for (int i = 0; i < 10; i++) {
        waitpid(writers[i], &status, 0);
        winners += status == 0;
        if (status == 0)
            check_content("name", (char[]){(char)('0' + i), '\0'});
    }

    ck_assert_int_eq(winners, 1);
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

/* ---- file systems without links ------------------------------------------ */

/* From now on there are none. */
static bool forbid_links(void)
{
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_linkat, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof steps / sizeof *steps, steps};

    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

enum { NO_FILTERS = 77 };

static int write_without_links(void *context)
{
    (void)context;
    if (!forbid_links())
        return NO_FILTERS;
    if (!memo_file_write_first(folder, "name", "first", 5))
        return 1;
    return memo_file_write_first(folder, "name", "second", 6) ||
           errno != EEXIST;
}

START_TEST(the_first_one_to_write_wins_without_links_too)
{
    int status = run_apart(write_without_links, NULL);

    if (WIFEXITED(status) && WEXITSTATUS(status) == NO_FILTERS) {
        fprintf(stderr, "skipped: system calls cannot be forbidden here\n");
        return;
    }

    ck_assert_int_eq(status, 0);
    check_content("name", "first");
    ck_assert_int_eq(count_files(), 1);
}
END_TEST

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.file");
    TCase *tests = tcase_create("file");

    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, what_is_written_is_read);
    tcase_add_test(tests, an_empty_file_is_read);
    tcase_add_test(tests, a_file_is_for_the_user_alone);
    tcase_add_test(tests, the_last_one_to_write_wins);
    tcase_add_test(tests, the_first_one_to_write_wins_if_asked);
    tcase_add_loop_test(tests, what_is_no_file_of_that_size_is_not_read, 0,
                        sizeof unreadable / sizeof *unreadable);
    tcase_add_test(tests, a_file_of_just_the_size_is_read);
    tcase_add_test(
        tests, what_stands_in_a_files_place_stays_when_it_cannot_be_replaced);
    tcase_add_test(tests, a_link_is_replaced_and_not_written_through);
    tcase_add_test(tests, what_does_not_fit_leaves_all_as_it_was);
    tcase_add_test(tests, a_reader_sees_all_of_one_file_while_others_write);
    tcase_add_test(tests, of_many_who_write_first_one_wins);
    tcase_add_test(tests, the_first_one_to_write_wins_without_links_too);
    suite_add_tcase(suite, tests);
    return suite;
}

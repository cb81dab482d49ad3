/* Files as inputs of what persists: by content, not by place or time. */
#include "cache/content.h"

#include "store_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

Suite *memo_test_suite(void);

enum { PART = 1 << 18 }; /* what content.c reads at once */

static char folder[] = MEMO_TEST_SCRATCH_DIR "/contentXXXXXX";
static _Atomic int runs;

/* A path in the folder of this test. */
static const char *path_of(const char *name)
{
    static char paths[8][sizeof folder + 300];
    static unsigned last;
    char *path = paths[last++ % 8];

    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void write_text(const char *path, const char *text)
{
    write_file(path, text, strlen(text));
}

static void set_up(void)
{
    shelf_begin();
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void tear_down(void)
{
    char command[sizeof folder + 20];

    shelf_end();
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static bool is_same(const char *a, const char *b)
{
    memo_digest first, second;

    ck_assert_int_eq(memo_content_digest(&first, a), 0);
    ck_assert_int_eq(memo_content_digest(&second, b), 0);
    return first.low == second.low && first.high == second.high;
}

/* ---- digests ------------------------------------------------------------- */

START_TEST(equal_files_have_equal_digests)
{
    static const size_t sizes[] = {0,    1,        100,      PART - 1,
                                   PART, PART + 1, 2 * PART, 2 * PART + 77};
    size_t size = sizes[_i];
    char *bytes = malloc(size + 1);
    const char *first = path_of("first"), *second = path_of("second");

    for (size_t i = 0; i <= size; i++)
        bytes[i] = (char)(i * 31 + i / 1000);
    write_file(first, bytes, size);
    write_file(second, bytes, size);
    ck_assert(is_same(first, second));

    write_file(second, bytes, size + 1);
    ck_assert(!is_same(first, second));
    if (size > 0) {
        bytes[size - 1] ^= 1;
        write_file(second, bytes, size);
        ck_assert(!is_same(first, second));
    }
    free(bytes);
}
END_TEST

START_TEST(problems_are_told_as_errno_has_them)
{
    memo_digest digest;
    char endless[300];

    memset(endless, 'x', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    write_text(path_of("file"), "text");
    ck_assert_int_eq(symlink("loop", path_of("loop")), 0);

    ck_assert_int_eq(memo_content_digest(&digest, path_of("none")), ENOENT);
    ck_assert_int_eq(memo_content_digest(&digest, path_of("file/in")), ENOTDIR);
    ck_assert_int_eq(memo_content_digest(&digest, path_of("loop")), ELOOP);
    ck_assert_int_eq(memo_content_digest(&digest, path_of(endless)),
                     ENAMETOOLONG);
}
END_TEST

START_TEST(what_is_no_regular_file_is_refused)
{
    memo_digest digest;

    ck_assert_int_eq(mkfifo(path_of("pipe"), 0600), 0);

    ck_assert_int_eq(memo_content_digest(&digest, folder), EINVAL);
    ck_assert_int_eq(memo_content_digest(&digest, path_of("pipe")), EINVAL);
    ck_assert_int_eq(memo_content_digest(&digest, "/dev/null"), EINVAL);
}
END_TEST

/* Its first page is nowhere. */
START_TEST(what_cannot_be_read_is_refused)
{
    memo_digest digest;

    ck_assert_int_eq(memo_content_digest(&digest, "/proc/self/mem"), EINVAL);
}
END_TEST

START_TEST(errno_is_left_alone)
{
    memo_digest digest;

    write_text(path_of("file"), "text");
    errno = EXDEV;
    memo_content_digest(&digest, path_of("none"));
    memo_content_digest(&digest, path_of("file"));
    memo_content_digest(&digest, folder);

    ck_assert_int_eq(errno, EXDEV);
}
END_TEST

static unsigned count_open_files(void)
{
    unsigned count = 0;

    for (int file = 0; file < 200; file++)
        count += fcntl(file, F_GETFD) >= 0;
    return count;
}

START_TEST(no_file_stays_open)
{
    unsigned before = count_open_files();
    memo_digest digest;

    write_text(path_of("file"), "text");
    for (int i = 0; i < 20; i++) {
        memo_content_digest(&digest, path_of("file"));
        memo_content_digest(&digest, folder);
    }

    ck_assert_uint_eq(count_open_files(), before);
}
END_TEST

/* ---- depends(PATH) ------------------------------------------------------- */

static const struct memo_parameter file_parameter[] = {
    {"path", NULL, MEMO_BY_FILE, MEMO_IN}};
#define FILE_FUNCTION(title)                                                   \
    .abi = MEMO_ABI, .name = (title), .file = "test.c", .line = 15,            \
    .parameter_count = 1, .parameters = file_parameter,                        \
    .result_kind = MEMO_RESULT_VALUE, .result_type = &int_type, .options = "", \
    .version = ""

static struct memo_function first = {FILE_FUNCTION("first_byte"),
                                     ON_SHELF(here)};
static struct memo_function second = {FILE_FUNCTION("first_byte"),
                                      ON_SHELF(there)};

/* The first byte of a file, or why there is none. */
static int first_byte(const char *path)
{
    struct stat status;
    FILE *file;
    int byte;

    runs++;
    if (path && stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return -100;
    file = path ? fopen(path, "rb") : NULL;
    if (!file)
        return path ? -errno : -200;
    byte = getc(file);
    fclose(file);
    return byte;
}

static int call_file(struct memo_function *function, const char *path)
{
    int result = call_text(function, first_byte, path);

    settle();
    return result;
}

static void set_time(const char *path, time_t seconds)
{
    struct timespec times[2] = {{seconds, 0}, {seconds, 0}};

    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

START_TEST(the_same_content_at_another_time_is_a_hit)
{
    const char *path = path_of("file");

    write_text(path, "abc");
    ck_assert_int_eq(call_file(&first, path), 'a');
    set_time(path, 1000000);
    ck_assert_int_eq(call_file(&first, path), 'a'); /* not in memory */
    ck_assert_int_eq(call_file(&second, path), 'a');

    ck_assert_int_eq(runs, 1);
    ck_assert_uint_eq(stats_of(&first).store_hits, 1);
    ck_assert_uint_eq(stats_of(&second).store_hits, 1);
}
END_TEST

START_TEST(the_same_content_in_another_inode_is_a_hit)
{
    const char *path = path_of("file");

    write_text(path, "abc");
    call_file(&first, path);
    write_text(path_of("new"), "abc");
    ck_assert_int_eq(rename(path_of("new"), path), 0);
    ck_assert_int_eq(call_file(&second, path), 'a');

    ck_assert_int_eq(runs, 1);
}
END_TEST

/* The body reads something else than what was there before. */
static int first_byte_of_other(const char *path)
{
    write_text(path, "xbc");
    return first_byte(path);
}

START_TEST(a_file_that_changes_while_the_body_runs_is_not_stored)
{
    const char *path = path_of("file");

    write_text(path, "abc");
    ck_assert_int_eq(call_text(&first, first_byte_of_other, path), 'x');
    settle();
    write_text(path, "abc");

    ck_assert_int_eq(call_file(&second, path), 'a');
}
END_TEST

/* Size and time are as before. */
START_TEST(other_content_is_a_miss)
{
    const char *path = path_of("file");

    write_text(path, "abc");
    set_time(path, 1000000);
    call_file(&first, path);
    write_text(path, "xbc");
    set_time(path, 1000000);
    ck_assert_int_eq(call_file(&second, path), 'x');

    ck_assert_int_eq(runs, 2);
}
END_TEST

START_TEST(a_missing_file_is_an_input)
{
    const char *path = path_of("none");

    ck_assert_int_eq(call_file(&first, path), -ENOENT);
    ck_assert_int_eq(call_file(&second, path), -ENOENT);
    ck_assert_int_eq(runs, 1);

    write_text(path, "now");
    ck_assert_int_eq(call_file(&second, path), 'n');
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(call_file(&second, path), -ENOENT);
}
END_TEST

START_TEST(other_reasons_are_other_inputs)
{
    char endless[300];

    memset(endless, 'x', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    ck_assert_int_eq(symlink("loop", path_of("loop")), 0);

    for (int i = 0; i < 2; i++) {
        struct memo_function *function = i == 0 ? &first : &second;

        ck_assert_int_eq(call_file(function, path_of("loop")), -ELOOP);
        ck_assert_int_eq(call_file(function, path_of(endless)), -ENAMETOOLONG);
        ck_assert_int_eq(call_file(function, NULL), -200);
        ck_assert_int_eq(call_file(function, ""), -ENOENT);
    }
    ck_assert_int_eq(runs, 4);
    ck_assert_int_eq(unlink(path_of("loop")), 0);
    ck_assert_int_eq(call_file(&second, path_of("loop")), -ENOENT);
}
END_TEST

START_TEST(an_empty_file_is_not_a_missing_one)
{
    const char *path = path_of("file");

    ck_assert_int_eq(call_file(&first, path), -ENOENT);
    write_text(path, "");
    ck_assert_int_eq(call_file(&second, path), EOF);

    ck_assert_int_eq(runs, 2);
}
END_TEST

/* Nobody writes into the pipe. */
START_TEST(what_has_no_content_is_not_stored)
{
    const char *path = path_of("strange");

    ck_assert_int_eq(_i == 0 ? mkdir(path, 0700) : mkfifo(path, 0600), 0);
    alarm(60);
    ck_assert_int_eq(call_file(&first, path), -100);
    ck_assert_int_eq(call_file(&first, path), -100);
    ck_assert_int_eq(call_file(&second, path), -100);

    ck_assert_int_eq(runs, 2); /* memory has it */
    ck_assert_uint_eq(shelf_count(), 0);
}
END_TEST

/* Whoever may read everything sees no difference. */
START_TEST(a_file_that_may_not_be_read_is_another_input)
{
    const char *path = path_of("secret");

    write_text(path, "abc");
    ck_assert_int_eq(call_file(&first, path), 'a');
    ck_assert_int_eq(chmod(path, 0), 0);
    set_time(path, 1000000);

    ck_assert_int_eq(call_file(&second, path), geteuid() == 0 ? 'a' : -EACCES);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("cache/content");
    TCase *cases = tcase_create("digests");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, equal_files_have_equal_digests, 0, 8);
    tcase_add_test(cases, problems_are_told_as_errno_has_them);
    tcase_add_test(cases, what_is_no_regular_file_is_refused);
    tcase_add_test(cases, what_cannot_be_read_is_refused);
    tcase_add_test(cases, errno_is_left_alone);
    tcase_add_test(cases, no_file_stays_open);
    suite_add_tcase(suite, cases);
    return suite;
}

Suite *memo_test_suite(void)
{
    Suite *suite = make_suite();
    TCase *cases = tcase_create("depends");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, the_same_content_at_another_time_is_a_hit);
    tcase_add_test(cases, the_same_content_in_another_inode_is_a_hit);
    tcase_add_test(cases,
                   a_file_that_changes_while_the_body_runs_is_not_stored);
    tcase_add_test(cases, other_content_is_a_miss);
    tcase_add_test(cases, a_missing_file_is_an_input);
    tcase_add_test(cases, other_reasons_are_other_inputs);
    tcase_add_test(cases, an_empty_file_is_not_a_missing_one);
    tcase_add_loop_test(cases, what_has_no_content_is_not_stored, 0, 2);
    tcase_add_test(cases, a_file_that_may_not_be_read_is_another_input);
    suite_add_tcase(suite, cases);
    return suite;
}

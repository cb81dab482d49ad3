/* test_output.c -- files written whole or not at all. */
#include "output.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

static gen_arena *arena;
static char folder[] = "output-XXXXXX";
static char start[4096];
static const char *error;

/* Every test has an empty folder, and is in it. */
static void set_up(void)
{
    arena = gen_arena_create();
    error = NULL;
    ck_assert_ptr_nonnull(getcwd(start, sizeof start));
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static void tear_down(void)
{
    char command[64];

    ck_assert_int_eq(chdir(start), 0);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
    gen_arena_destroy(arena);
}

static gen_output_result write_file(const char *path, const char *text)
{
    return gen_output_write(arena, path, text, strlen(text), &error);
}

static const char *read_file(const char *path)
{
    size_t size;

    return gen_output_read(arena, path, &size, &error);
}

static size_t count_entries(const char *path)
{
    DIR *opened = opendir(path);
    size_t count = 0;

    while (readdir(opened) != NULL)
        count++;
    closedir(opened);
    return count - 2; /* "." and ".." */
}

static struct stat status_of(const char *path)
{
    struct stat status;

    ck_assert_int_eq(lstat(path, &status), 0);
    return status;
}

START_TEST(a_new_file_is_written_with_its_folders)
{
    ck_assert_int_eq(write_file("a/b//c.txt", "text"), GEN_OUTPUT_WRITTEN);

    ck_assert_str_eq(read_file("a/b/c.txt"), "text");
    ck_assert_uint_eq(count_entries("a/b"), 1);
}
END_TEST

START_TEST(an_absolute_path_is_written)
{
    char path[8192];
    snprintf(path, sizeof path, "%s/%s/x/y.txt", start, folder);

    ck_assert_int_eq(write_file(path, "text"), GEN_OUTPUT_WRITTEN);

    ck_assert_str_eq(read_file("x/y.txt"), "text");
}
END_TEST

START_TEST(a_file_that_says_this_already_keeps_its_times)
{
    write_file("a", "text");
    utime("a", &(struct utimbuf){1000, 1000});

    ck_assert_int_eq(write_file("a", "text"), GEN_OUTPUT_UNCHANGED);

    ck_assert_int_eq(status_of("a").st_mtime, 1000);
}
END_TEST

START_TEST(a_changed_file_keeps_its_mode)
{
    write_file("a", "text");
    chmod("a", 0751);

    ck_assert_int_eq(write_file("a", "texT"), GEN_OUTPUT_WRITTEN);

    ck_assert_str_eq(read_file("a"), "texT");
    ck_assert_uint_eq(status_of("a").st_mode & 07777, 0751);
}
END_TEST

START_TEST(a_new_file_has_the_mode_of_the_umask)
{
    umask(027);

    write_file("a", "text");

    ck_assert_uint_eq(status_of("a").st_mode & 07777, 0640);
}
END_TEST

START_TEST(a_link_stays_a_link)
{
    mkdir("real", 0777);
    write_file("real/a", "old");
    ck_assert_int_eq(symlink("real/a", "first"), 0);
    ck_assert_int_eq(symlink("first", "second"), 0);

    ck_assert_int_eq(write_file("second", "new"), GEN_OUTPUT_WRITTEN);

    ck_assert(S_ISLNK(status_of("second").st_mode));
    ck_assert_str_eq(read_file("real/a"), "new");
}
END_TEST

START_TEST(a_link_to_nothing_is_followed)
{
    ck_assert_int_eq(symlink("missing/a", "link"), 0);

    ck_assert_int_eq(write_file("link", "new"), GEN_OUTPUT_WRITTEN);

    ck_assert_str_eq(read_file("missing/a"), "new");
}
END_TEST

START_TEST(a_link_to_itself_is_an_error)
{
    ck_assert_int_eq(symlink("link", "link"), 0);

    ck_assert_int_eq(write_file("link", "new"), GEN_OUTPUT_FAILED);

    ck_assert_ptr_nonnull(strstr(error, "cannot write 'link': "));
}
END_TEST

START_TEST(a_folder_in_the_way_is_an_error)
{
    mkdir("a", 0777);

    ck_assert_int_eq(write_file("a", "new"), GEN_OUTPUT_FAILED);

    ck_assert_str_eq(error, "cannot write 'a': Is a directory");
}
END_TEST

START_TEST(a_file_in_the_place_of_a_folder_is_an_error)
{
    write_file("a", "text");

    ck_assert_int_eq(write_file("a/b", "new"), GEN_OUTPUT_FAILED);

    ck_assert_str_eq(error, "cannot write 'a/b': Not a directory");
    ck_assert_str_eq(read_file("a"), "text");
}
END_TEST

START_TEST(a_device_is_written_and_not_replaced)
{
    ck_assert_int_eq(write_file("/dev/null", "new"), GEN_OUTPUT_WRITTEN);

    ck_assert(S_ISCHR(status_of("/dev/null").st_mode));
}
END_TEST

START_TEST(a_full_device_is_an_error)
{
    ck_assert_int_eq(write_file("/dev/full", "new"), GEN_OUTPUT_FAILED);

    ck_assert_str_eq(error,
                     "cannot write '/dev/full': No space left on device");
}
END_TEST

/* Write a text of 100 KB to "a" where files may not grow over 8 KiB: as on a
 * full disk, a part is written before the failure.  `action` is for SIGXFSZ. */
static gen_output_result write_too_much(void (*action)(int))
{
    const size_t size = 100000;
    const struct rlimit small = {8192, RLIM_INFINITY};
    const struct rlimit large = {RLIM_INFINITY, RLIM_INFINITY};
    char *text = gen_arena_alloc(arena, size);

    memset(text, 'x', size);
    signal(SIGXFSZ, action);
    setrlimit(RLIMIT_FSIZE, &small);
    gen_output_result result = gen_output_write(arena, "a", text, size, &error);
    setrlimit(RLIMIT_FSIZE, &large);
    signal(SIGXFSZ, SIG_DFL);
    return result;
}

START_TEST(a_full_disk_leaves_the_old_file_and_nothing_else)
{
    write_file("a", "old");

    ck_assert_int_eq(write_too_much(SIG_IGN), GEN_OUTPUT_FAILED);

    ck_assert_str_eq(error, "cannot write 'a': File too large");
    ck_assert_str_eq(read_file("a"), "old");
    ck_assert_uint_eq(count_entries("."), 1);
}
END_TEST

static void kill_while_writing(void)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        write_too_much(SIG_DFL);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
}

/* The temporary file that is in the test's folder. */
static const char *find_temporary(void)
{
    DIR *opened = opendir(".");
    struct dirent *entry;
    const char *found = NULL;

    while ((entry = readdir(opened)) != NULL) {
        if (strstr(entry->d_name, ".memogen-tmp") != NULL)
            found = gen_arena_copy(arena, entry->d_name, strlen(entry->d_name));
    }
    closedir(opened);
    return found;
}

START_TEST(being_killed_leaves_the_old_file_and_a_hidden_one)
{
    write_file("a", "old");

    kill_while_writing();

    ck_assert_str_eq(read_file("a"), "old");
    ck_assert_ptr_nonnull(find_temporary());
    ck_assert_int_eq(find_temporary()[0], '.');
}
END_TEST

START_TEST(old_left_overs_of_the_same_file_are_removed)
{
    kill_while_writing();
    utime(find_temporary(), &(struct utimbuf){1000, 1000});
    write_file(".b.1-0.memogen-tmp", "of another file");
    utime(".b.1-0.memogen-tmp", &(struct utimbuf){1000, 1000});

    ck_assert_int_eq(write_file("a", "new"), GEN_OUTPUT_WRITTEN);

    ck_assert_str_eq(find_temporary(), ".b.1-0.memogen-tmp");
    ck_assert_uint_eq(count_entries("."), 2);
}
END_TEST

START_TEST(young_left_overs_may_belong_to_another_run)
{
    kill_while_writing();

    ck_assert_int_eq(write_file("a", "new"), GEN_OUTPUT_WRITTEN);

    ck_assert_ptr_nonnull(find_temporary());
}
END_TEST

START_TEST(a_name_as_long_as_names_may_be_is_written)
{
    char name[256] = {0};
    memset(name, 'n', 255);

    ck_assert_int_eq(write_file(name, "text"), GEN_OUTPUT_WRITTEN);

    ck_assert_str_eq(read_file(name), "text");
}
END_TEST

START_TEST(an_unwritable_folder_is_an_error)
{
    ck_assert_int_eq(write_file("/proc/memogen/x", "new"), GEN_OUTPUT_FAILED);

    ck_assert_int_eq(strncmp(error, "cannot write '/proc/memogen/x': ", 32), 0);
}
END_TEST

START_TEST(a_file_is_read_with_its_nul_bytes)
{
    size_t size;
    gen_output_write(arena, "a", "x\0y", 3, &error);

    char *text = gen_output_read(arena, "a", &size, &error);

    ck_assert_uint_eq(size, 3);
    ck_assert_mem_eq(text, "x\0y", 4);
}
END_TEST

START_TEST(an_empty_file_is_read)
{
    write_file("a", "");

    ck_assert_str_eq(read_file("a"), "");
}
END_TEST

static const struct {
    const char *path, *error;
} unreadable[] = {
    {"missing", "cannot read 'missing': No such file or directory"},
    {".", "cannot read '.': Is a directory"},
    {"huge", "cannot read 'huge': File too large"},
    {"", "cannot read '': No such file or directory"},
};

START_TEST(what_cannot_be_read_is_an_error)
{
    write_file("huge", "");
    ck_assert_int_eq(truncate("huge", ((off_t)1 << 30) + 1), 0);

    ck_assert_ptr_null(read_file(unreadable[_i].path));

    ck_assert_str_eq(error, unreadable[_i].error);
}
END_TEST

START_TEST(a_pipe_is_read_to_its_end)
{
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        int file = open("pipe", O_WRONLY);
        for (int i = 0; i < 30000; i++) {
            if (write(file, "0123456789", 10) != 10)
                _exit(1);
        }
        _exit(0);
    }
    size_t size;

    char *text = gen_output_read(arena, "pipe", &size, &error);

    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ck_assert_uint_eq(size, 300000);
    ck_assert_str_eq(text + 299990, "0123456789");
}
END_TEST

START_TEST(a_dash_is_the_standard_input)
{
    size_t size;
    write_file("a", "text");
    int kept = dup(STDIN_FILENO);
    ck_assert_ptr_nonnull(freopen("a", "r", stdin));

    char *text = gen_output_read(arena, "-", &size, &error);

    dup2(kept, STDIN_FILENO);
    close(kept);
    ck_assert_str_eq(text, "text");
}
END_TEST

static const struct {
    const char *file, *text;
    bool is_current;
} contents[] = {
    {"a", "text", true},   {"a", "texT", false}, {"a", "tex", false},
    {"a", "texts", false}, {"a", "", false},     {"missing", "", false},
    {"empty", "", true},   {".", "", false},     {"/dev/null", "", false},
};

START_TEST(a_file_is_current_if_it_says_just_this)
{
    const char *text = contents[_i].text;
    write_file("a", "text");
    write_file("empty", "");

    ck_assert_int_eq(
        gen_output_is_current(contents[_i].file, text, strlen(text)),
        contents[_i].is_current);
}
END_TEST

START_TEST(large_files_are_compared_to_their_end)
{
    const size_t size = 300001;
    char *text = gen_arena_alloc(arena, size);
    memset(text, 'x', size);
    gen_output_write(arena, "a", text, size, &error);

    ck_assert(gen_output_is_current("a", text, size));
    text[size - 1] = 'y';

    ck_assert(!gen_output_is_current("a", text, size));
}
END_TEST

static const struct {
    const char *names[4]; /* target, dependencies */
    bool phony;
    const char *depfile;
} depfiles[] = {
    {{"a.o", "a.c"}, false, "a.o: a.c\n"},
    {{"a.o"}, true, "a.o:\n"},
    {{"a.o", "a.c", "b.h", "c.h"}, false, "a.o: a.c \\\n b.h \\\n c.h\n"},
    {{"a.o", "a.c", "b.h", "c.h"},
     true,
     "a.o: a.c \\\n b.h \\\n c.h\nb.h:\nc.h:\n"},
    {{"a b.o", "c#d", "e$f", "g\th"},
     true,
     "a\\ b.o: c\\#d \\\n e$$f \\\n g\\\th\ne$$f:\ng\\\th:\n"},
    {{"a", "b\\c", "d\\ e"}, false, "a: b\\c \\\n d\\\\\\ e\n"},
};

START_TEST(a_depfile_is_what_make_reads)
{
    const char *const *names = depfiles[_i].names;
    size_t count = 0;
    while (count < 3 && names[count + 1] != NULL)
        count++;

    const char *text = gen_output_depfile(arena, names[0], names + 1, count,
                                          depfiles[_i].phony);

    ck_assert_str_eq(text, depfiles[_i].depfile);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

static void add_writing(TCase *tests)
{
    tcase_add_test(tests, a_new_file_is_written_with_its_folders);
    tcase_add_test(tests, an_absolute_path_is_written);
    tcase_add_test(tests, a_file_that_says_this_already_keeps_its_times);
    tcase_add_test(tests, a_changed_file_keeps_its_mode);
    tcase_add_test(tests, a_new_file_has_the_mode_of_the_umask);
    tcase_add_test(tests, a_link_stays_a_link);
    tcase_add_test(tests, a_link_to_nothing_is_followed);
    tcase_add_test(tests, a_link_to_itself_is_an_error);
    tcase_add_test(tests, a_folder_in_the_way_is_an_error);
    tcase_add_test(tests, a_file_in_the_place_of_a_folder_is_an_error);
    tcase_add_test(tests, a_device_is_written_and_not_replaced);
    tcase_add_test(tests, a_full_device_is_an_error);
    tcase_add_test(tests, a_full_disk_leaves_the_old_file_and_nothing_else);
    tcase_add_test(tests, being_killed_leaves_the_old_file_and_a_hidden_one);
    tcase_add_test(tests, old_left_overs_of_the_same_file_are_removed);
    tcase_add_test(tests, young_left_overs_may_belong_to_another_run);
    tcase_add_test(tests, a_name_as_long_as_names_may_be_is_written);
    tcase_add_test(tests, an_unwritable_folder_is_an_error);
}

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("output");
    TCase *tests = tcase_create("output");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    add_writing(tests);
    tcase_add_test(tests, a_file_is_read_with_its_nul_bytes);
    tcase_add_test(tests, an_empty_file_is_read);
    tcase_add_loop_test(tests, what_cannot_be_read_is_an_error, 0,
                        COUNT(unreadable));
    tcase_add_test(tests, a_pipe_is_read_to_its_end);
    tcase_add_test(tests, a_dash_is_the_standard_input);
    tcase_add_loop_test(tests, a_file_is_current_if_it_says_just_this, 0,
                        COUNT(contents));
    tcase_add_test(tests, large_files_are_compared_to_their_end);
    tcase_add_loop_test(tests, a_depfile_is_what_make_reads, 0,
                        COUNT(depfiles));
    suite_add_tcase(suite, tests);
    return suite;
}

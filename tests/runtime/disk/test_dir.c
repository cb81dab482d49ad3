/* persist="dir": what only a store of files does. */
#include "disk/dir.h"
#include "port_fixture.h"

#include <sys/resource.h>

static const struct memo_store *const store = &memo_dir_store;
static fake_host host;
static void *opened;
static memo_stored f, g;

static void begin(void)
{
    use_new_port_folder();
    host = make_host();
    opened = store->open(&host.host);
    ck_assert_msg(opened, "%s", host.warning);
    f = stored_as(1, 10, "f");
    g = stored_as(2, 20, "g");
    ck_assert(store->attach(opened, &f));
    ck_assert(store->attach(opened, &g));
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

/* The folder of a function's entries, or its file. */
static const char *path_of(const char *kind, const memo_name *name)
{
    char text[MEMO_DIR_NAME], path[100];

    memo_dir_name(text, name);
    snprintf(path, sizeof path, "dir-1/%s/%s", kind, text);
    return in_folder(path);
}

/* It is opened anew, so that it tidies up at once. */
static void tidy_anew(void)
{
    store->close(opened);
    opened = store->open(&host.host);
    ck_assert_ptr_nonnull(opened);
    tidy(store, opened);
}

static void write_at(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    ck_assert_msg(file >= 0, "%s: %s", path, strerror(errno));
    ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

/* ---- names --------------------------------------------------------------- */

static const struct {
    const char *text;
    bool is_name;
} names[] = {
    {"0123456789abcdef0123456789abcdef", true},
    {"00000000000000000000000000000000", true},
    {"0123456789abcdef0123456789abcde", false},
    {"0123456789abcdef0123456789abcdef0", false},
    {"0123456789ABCDEF0123456789abcdef", false},
    {"../../../../../../../etc/passwd/", false},
    {"", false},
};

START_TEST(a_name_is_what_it_is_made_as)
{
    ck_assert_int_eq(memo_dir_is_name(names[_i].text), names[_i].is_name);
}
END_TEST

/* ---- tidiness ------------------------------------------------------------ */

static void make_old(const char *path, time_t age)
{
    struct timespec times[2] = {{time(NULL) - age, 0}, {time(NULL) - age, 0}};

    write_at(path, "half of a file");
    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

static const char *const folders[] = {"", "/places", "/functions", "/entries"};

START_TEST(what_was_left_while_it_was_written_goes_after_an_hour)
{
    char old[sizeof test_folder + 200], young[sizeof old + 1];

    save(&f, 1, "one");
    if (_i == 3)
        snprintf(old, sizeof old, "%s/aside.1.0.0", path_of("entries", &f.id));
    else
        snprintf(old, sizeof old, "%s/dir-1%s/aside.1.0.0", test_folder,
                 folders[_i]);
    snprintf(young, sizeof young, "%s1", old);
    make_old(old, 3700);
    make_old(young, 3000);

    tidy_anew();

    ck_assert_int_ne(access(old, F_OK), 0);
    ck_assert_int_eq(access(young, F_OK), 0);
    ck_assert_str_eq(load(&f, 1), "one");
}
END_TEST

static int count_files(const char *path)
{
    DIR *walk = opendir(path);
    int count = 0;

    if (!walk)
        return -1;
    for (struct dirent *found; (found = readdir(walk)) != NULL;)
        count += *found->d_name != '.';
    closedir(walk);
    return count;
}

START_TEST(what_was_cleared_is_removed)
{
    for (memo_u64 i = 0; i < 10; i++)
        save(&f, i, "text");
    do_to(store, opened, MEMO_STORE_CLEAR, &f, 0);
    save(&f, 3, "again");

    tidy_anew();

    ck_assert_int_eq(count_files(path_of("entries", &f.id)), 1);
    ck_assert_str_eq(load(&f, 3), "again");
}
END_TEST

START_TEST(what_belongs_to_no_function_is_removed)
{
    memo_stored newer = stored_as(1, 11, "f");

    save(&f, 1, "of the old source");
    save(&g, 1, "of another function");
    ck_assert(store->attach(opened, &newer));

    tidy_anew();

    ck_assert_int_eq(count_files(path_of("entries", &f.id)), -1);
    ck_assert_int_ne(access(path_of("functions", &f.id), F_OK), 0);
    ck_assert_str_eq(load(&g, 1), "of another function");
}
END_TEST

/* They are not files of the store. */
START_TEST(files_of_others_are_left_alone)
{
    const char *const others[] = {"dir-1/notes", "dir-1/entries/notes",
                                  "dir-1/functions/notes",
                                  "dir-1/places/notes"};

    for (size_t i = 0; i < 4; i++)
        write_at(in_folder(others[i]), "a note");
    save(&f, 1, "one");

    tidy_anew();
    do_to(store, opened, MEMO_STORE_CLEAR_ALL, NULL, 0);

    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(access(in_folder(others[i]), F_OK), 0);
    ck_assert_int_eq(host.warned, 0);
}
END_TEST

START_TEST(an_entry_is_written_though_its_folder_was_removed)
{
    save(&f, 1, "one");
    remove_folder(path_of("entries", &f.id));

    save(&f, 1, "one again");

    ck_assert_str_eq(load(&f, 1), "one again");
}
END_TEST

/* ---- damage -------------------------------------------------------------- */

/* A name in a place leads to a file that is removed. */
START_TEST(a_place_that_was_damaged_leads_nowhere)
{
    memo_stored newer = stored_as(1, 11, "f");

    write_at(in_folder("dir-1/precious"), "bytes");
    write_at(path_of("places", &f.place), "../../dir-1/././././././precious");

    ck_assert(store->attach(opened, &newer));

    ck_assert_int_eq(access(in_folder("dir-1/precious"), F_OK), 0);
}
END_TEST

START_TEST(a_functions_file_with_any_byte_damaged_is_none)
{
    char path[sizeof test_folder + 64];
    unsigned char bytes[1000], damaged;
    ssize_t size;
    int file;

    snprintf(path, sizeof path, "%s", path_of("functions", &f.id));
    save(&f, 1, "one");
    file = open(path, O_RDWR);
    size = read(file, bytes, sizeof bytes);
    ck_assert_int_gt(size, 60);

    for (ssize_t at = 0; at < size; at++) {
        damaged = bytes[at] ^ (unsigned char)(1 << at % 8);
        ck_assert_int_eq(pwrite(file, &damaged, 1, at), 1);
        ck_assert_str_eq(load(&f, 1), "");
        ck_assert_int_eq(pwrite(file, &bytes[at], 1, at), 1);
    }

    ck_assert_str_eq(load(&f, 1), "one");
    close(file);
}
END_TEST

/* Who comes next mends it; nothing that was cleared comes back. */
START_TEST(a_function_whose_file_was_damaged_begins_anew)
{
    memo_stored again = stored_as(1, 10, "f");
    memo_u64 before = f.generation;

    save(&f, 1, "one");
    write_at(path_of("functions", &f.id), "garbage");

    ck_assert(store->attach(opened, &again));

    ck_assert_uint_gt(again.generation, before);
    ck_assert_str_eq(load(&again, 1), "");
    save(&again, 1, "one again");
    ck_assert_str_eq(load(&again, 1), "one again");
}
END_TEST

START_TEST(an_entry_that_was_cut_is_handed_out_as_it_is)
{
    char path[sizeof test_folder + 128], digest[MEMO_DIR_NAME];
    memo_name name = digest_of(1);
    static loaded found;

    save(&f, 1, "one");
    memo_dir_name(digest, &name);
    snprintf(path, sizeof path, "%s/%016llx-%s", path_of("entries", &f.id),
             (unsigned long long)f.generation, digest);
    ck_assert_int_eq(truncate(path, 3), 0);
    found.size = 99;

    ck_assert_int_eq(store->load(opened, &f, &name, take_bytes, &found),
                     MEMO_LOADED);

    ck_assert_uint_eq(found.size, 0);
}
END_TEST

/* ---- age ----------------------------------------------------------------- */

static int forget_time(const char *path, const struct stat *status, int type,
                       struct FTW *walk)
{
    const struct timespec epoch[2] = {{0, 0}, {0, 0}};

    (void)status;
    (void)walk;
    return type == FTW_F ? utimensat(AT_FDCWD, path, epoch, 0) : 0;
}

/* Some file systems round times to seconds. */
START_TEST(the_oldest_go_whatever_times_files_have)
{
    static char text[19001];

    end();
    setenv("MEMO_DISK_MAX", "1M", 1);
    begin();
    memset(text, 'x', sizeof text - 1);
    for (memo_u64 i = 0; i < 100; i++)
        save(&f, i, text);
    ck_assert_int_eq(nftw(test_folder, forget_time, 16, FTW_PHYS), 0);

    tidy(store, opened);

    for (memo_u64 i = 0; i < 45; i++)
        ck_assert(*load(&f, i) == '\0');
    for (memo_u64 i = 60; i < 100; i++)
        ck_assert(strcmp(load(&f, i), text) == 0);
}
END_TEST

/* ---- without file descriptors -------------------------------------------- */

/* No file can be opened from now on. */
static void take_descriptors(rlim_t most)
{
    struct rlimit limit;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = most;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

static const memo_store_operation lasting[] = {
    MEMO_STORE_REMOVE, MEMO_STORE_CLEAR, MEMO_STORE_CLEAR_ALL};

/* It is done later: what was cleared must not come back. */
START_TEST(what_cannot_be_cleared_now_is_not_taken_for_done)
{
    memo_size done;
    memo_store_operation operation = lasting[_i];
    memo_stored *of = operation == MEMO_STORE_CLEAR_ALL ? NULL : &f;

    save(&f, 1, "one");
    take_descriptors(0);
    done = do_to(store, opened, operation, of, 1);
    take_descriptors(1000);

    ck_assert_uint_eq(done, 0);
    ck_assert_int_eq(host.warned, 1);
    ck_assert_ptr_nonnull(strstr(host.warning, "cannot write to '"));
    ck_assert_ptr_nonnull(strstr(host.warning, test_folder));
    ck_assert_str_eq(load(&f, 1), "one");
    ck_assert_uint_eq(do_to(store, opened, operation, of, 1), 1);
    ck_assert_str_eq(load(&f, 1), "");
}
END_TEST

START_TEST(nothing_is_tidied_up_that_cannot_be_looked_at)
{
    store->close(opened);
    opened = store->open(&host.host);
    save(&f, 1, "one");
    take_descriptors(0);
    store->tend(opened);
    take_descriptors(1000);

    ck_assert_str_eq(load(&f, 1), "one");
}
END_TEST

/* Folders can be listed, but the files of functions cannot be read. */
START_TEST(entries_of_a_function_that_cannot_be_read_stay)
{
    save(&f, 1, "one");
    for (rlim_t most = 0; most < 30; most++) {
        memo_dir *d = opened;

        d->has_grown = true;
        d->walked_at = 0;
        take_descriptors(most);
        store->tend(opened);
        take_descriptors(1000);
        ck_assert_str_eq(load(&f, 1), "one");
    }
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.dir");
    TCase *tests = tcase_create("dir");

    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, a_name_is_what_it_is_made_as, 0, COUNT(names));
    tcase_add_loop_test(tests,
                        what_was_left_while_it_was_written_goes_after_an_hour,
                        0, COUNT(folders));
    tcase_add_test(tests, what_was_cleared_is_removed);
    tcase_add_test(tests, what_belongs_to_no_function_is_removed);
    tcase_add_test(tests, files_of_others_are_left_alone);
    tcase_add_test(tests, an_entry_is_written_though_its_folder_was_removed);
    tcase_add_test(tests, a_place_that_was_damaged_leads_nowhere);
    tcase_add_test(tests, a_functions_file_with_any_byte_damaged_is_none);
    tcase_add_test(tests, a_function_whose_file_was_damaged_begins_anew);
    tcase_add_test(tests, an_entry_that_was_cut_is_handed_out_as_it_is);
    tcase_add_test(tests, the_oldest_go_whatever_times_files_have);
    tcase_add_loop_test(tests, what_cannot_be_cleared_now_is_not_taken_for_done,
                        0, COUNT(lasting));
    tcase_add_test(tests, nothing_is_tidied_up_that_cannot_be_looked_at);
    tcase_add_test(tests, entries_of_a_function_that_cannot_be_read_stay);
    suite_add_tcase(suite, tests);
    return suite;
}

/* Where results are kept: found by what is set, made for the user alone. */
#include "disk/folder.h"
#include "disk_fixture.h"

#include <limits.h>
#include <linux/magic.h>

static char out[MEMO_PATH_SIZE], why[MEMO_PATH_SIZE];

/* Nothing is set, and there is an empty folder. */
static void begin(void)
{
    snprintf(test_folder, sizeof test_folder, "%s/%ld", MEMO_TEST_SCRATCH_DIR,
             (long)getpid());
    remove_folder(test_folder);
    ck_assert_int_eq(mkdir(test_folder, 0700), 0);
    unsetenv("MEMO_CACHE_DIR");
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
}

static void end(void)
{
    remove_folder(test_folder);
}

/* ---- finding ------------------------------------------------------------- */

static const struct {
    const char *asked, *own, *xdg, *home, *expected; /* NULL: none is known */
} places[] = {
    {"/asked", "/own", "/xdg", "/home", "/asked"},
    {"", "/own", "/xdg", "/home", "/own"},
    {NULL, "/own", "/xdg", "/home", "/own"},
    {NULL, "own", NULL, NULL, "own"},
    {NULL, "", "/xdg", "/home", "/xdg/memogen"},
    {NULL, NULL, "/xdg", "/home", "/xdg/memogen"},
    {NULL, NULL, "xdg", "/home", "/home/.cache/memogen"},
    {NULL, NULL, "", "/home", "/home/.cache/memogen"},
    {NULL, NULL, NULL, "/home", "/home/.cache/memogen"},
    {NULL, NULL, NULL, "home", NULL},
    {NULL, NULL, NULL, "", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static void set(const char *variable, const char *value)
{
    if (value)
        setenv(variable, value, 1);
}

START_TEST(the_first_place_that_is_set_is_taken)
{
    bool found;

    set("MEMO_CACHE_DIR", places[_i].own);
    set("XDG_CACHE_HOME", places[_i].xdg);
    set("HOME", places[_i].home);

    found = memo_folder_find(out, places[_i].asked, why);

    ck_assert_int_eq(found, places[_i].expected != NULL);
    if (found)
        ck_assert_str_eq(out, places[_i].expected);
    else
        ck_assert_ptr_nonnull(strstr(why, "set MEMO_CACHE_DIR"));
}
END_TEST

START_TEST(a_path_that_is_too_long_is_not_found)
{
    char *path = malloc(2 * MEMO_PATH_SIZE);

    memset(path, '/', 2 * MEMO_PATH_SIZE);
    path[MEMO_PATH_SIZE] = '\0';

    ck_assert(!memo_folder_find(out, path, why));

    ck_assert_ptr_nonnull(strstr(why, "MEMO_CACHE_DIR"));
    free(path);
}
END_TEST

/* ---- making -------------------------------------------------------------- */

START_TEST(a_folder_is_made_with_those_around_it_for_the_user_alone)
{
    struct stat status;

    umask(0);
    ck_assert(memo_folder_make(in_folder("a/b/c"), why));

    for (const char *const *at = (const char *const[]){"a", "a/b", "a/b/c", 0};
         *at; at++) {
        ck_assert_int_eq(stat(in_folder(*at), &status), 0);
        ck_assert_int_eq(status.st_mode & 07777, 0700);
    }
}
END_TEST

START_TEST(a_folder_that_is_there_is_used)
{
    ck_assert_int_eq(mkdir(in_folder("there"), 0755), 0);

    ck_assert(memo_folder_make(in_folder("there"), why));
    ck_assert(memo_folder_make(in_folder("there/"), why));
}
END_TEST

START_TEST(a_link_to_a_folder_is_followed)
{
    ck_assert_int_eq(mkdir(in_folder("there"), 0700), 0);
    ck_assert_int_eq(symlink("there", in_folder("link")), 0);

    ck_assert(memo_folder_make(in_folder("link"), why));
}
END_TEST

static void make_file(const char *name)
{
    int file = open(in_folder(name), O_WRONLY | O_CREAT, 0600);

    ck_assert_int_ge(file, 0);
    close(file);
}

static void make_open_to_group(void)
{
    ck_assert_int_eq(mkdir(in_folder("x"), 0700), 0);
    ck_assert_int_eq(chmod(in_folder("x"), 0770), 0);
}

static void make_open_to_all(void)
{
    ck_assert_int_eq(mkdir(in_folder("x"), 0700), 0);
    ck_assert_int_eq(chmod(in_folder("x"), 01777), 0);
}

static void make_plain_file(void)
{
    make_file("x");
}

static void make_dangling_link(void)
{
    ck_assert_int_eq(symlink("nowhere", in_folder("x")), 0);
}

static void make_ring_of_links(void)
{
    ck_assert_int_eq(symlink("x", in_folder("x")), 0);
}

static const struct {
    void (*make)(void);
    const char *name, *expected;
} refused[] = {
    {make_open_to_group, "x", "other users may write to '"},
    {make_open_to_all, "x", "other users may write to '"},
    {make_plain_file, "x", "this is no directory: '"},
    {make_plain_file, "x/below", "cannot make the directory '"},
    {make_plain_file, "x/far/below", "cannot make the directory '"},
    {make_dangling_link, "x", "cannot make the directory '"},
    {make_ring_of_links, "x", "cannot make the directory '"},
};

START_TEST(what_others_may_write_to_or_is_no_folder_is_refused)
{
    char path[sizeof test_folder + 64];

    refused[_i].make();
    snprintf(path, sizeof path, "%s", in_folder(refused[_i].name));

    ck_assert(!memo_folder_make(path, why));

    ck_assert_msg(strstr(why, refused[_i].expected) == why, "%s", why);
    ck_assert_ptr_nonnull(strstr(why, path));
    ck_assert_ptr_nonnull(strstr(why, "; set MEMO_CACHE_DIR"));
}
END_TEST

START_TEST(a_name_that_no_file_system_takes_is_refused)
{
    char name[400], path[sizeof test_folder + 64 + sizeof name];

    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    snprintf(path, sizeof path, "%s/%s", test_folder, name);

    ck_assert(!memo_folder_make(path, why));

    ck_assert_ptr_nonnull(strstr(why, "too long"));
}
END_TEST

START_TEST(a_folder_that_another_user_owns_is_refused)
{
    ck_assert_int_eq(mkdir(in_folder("x"), 0700), 0);
    if (chown(in_folder("x"), 65534, 65534) != 0) {
        fprintf(stderr, "skipped: only root gives folders away\n");
        return;
    }

    ck_assert(!memo_folder_make(in_folder("x"), why));

    ck_assert_ptr_nonnull(strstr(why, "another user owns '"));
}
END_TEST

static int make_as_nobody(void *context)
{
    (void)context;
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 2;
    if (memo_folder_make(in_folder("x"), why))
        return 3;
    return strstr(why, "cannot write to '") == why ? 0 : 4;
}

START_TEST(a_folder_without_permission_to_write_is_refused)
{
    /* All users get there. */
    remove_folder(test_folder);
    strcpy(test_folder, "/tmp/memo-folder-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(test_folder));
    ck_assert_int_eq(chmod(test_folder, 0755), 0);
    ck_assert_int_eq(mkdir(in_folder("x"), 0500), 0);
    if (geteuid() == 0)
        ck_assert_int_eq(chown(in_folder("x"), 65534, 65534), 0);

    ck_assert_int_eq(run_apart(make_as_nobody, NULL), 0);
}
END_TEST

/* ---- parts of paths ------------------------------------------------------ */

START_TEST(a_folder_in_another_one_has_the_path_of_both)
{
    ck_assert(memo_folder_make_in(out, test_folder, "inner", why));

    ck_assert_str_eq(out, in_folder("inner"));
}
END_TEST

START_TEST(a_name_that_does_not_fit_behind_a_path_is_told)
{
    char path[MEMO_PATH_SIZE];

    memset(path, 'p', sizeof path);
    path[sizeof path - 1] = '\0';
    *why = '\0';

    ck_assert(!memo_folder_join(out, path, "name"));
    ck_assert(!memo_folder_make_in(out, path, "name", why));

    ck_assert_ptr_nonnull(strstr(why, "too long"));
}
END_TEST

/* ---- file systems of other machines -------------------------------------- */

static const struct {
    unsigned long type;
    bool is_remote;
} types[] = {
    {NFS_SUPER_MAGIC, true},
    {SMB_SUPER_MAGIC, true},
    {CIFS_SUPER_MAGIC, true},
    {0xFFFFFFFFFF534D42, true}, /* as a signed number */
    {SMB2_SUPER_MAGIC, true},
    {V9FS_MAGIC, true},
    {CEPH_SUPER_MAGIC, true},
    {AFS_SUPER_MAGIC, true},
    {CODA_SUPER_MAGIC, true},
    {FUSE_SUPER_MAGIC, true},
    {OCFS2_SUPER_MAGIC, true},
    {EXT4_SUPER_MAGIC, false},
    {XFS_SUPER_MAGIC, false},
    {BTRFS_SUPER_MAGIC, false},
    {F2FS_SUPER_MAGIC, false},
    {TMPFS_MAGIC, false},
    {OVERLAYFS_SUPER_MAGIC, false},
    {RAMFS_MAGIC, false},
    {MSDOS_SUPER_MAGIC, false},
    {0, false},
};

START_TEST(file_systems_of_other_machines_are_known_by_their_number)
{
    ck_assert_int_eq(memo_folder_is_remote_type(types[_i].type),
                     types[_i].is_remote);
}
END_TEST

START_TEST(a_path_that_is_not_there_is_not_remote)
{
    ck_assert(!memo_folder_is_remote(in_folder("nowhere")));
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.folder");
    TCase *tests = tcase_create("folder");

    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, the_first_place_that_is_set_is_taken, 0,
                        COUNT(places));
    tcase_add_test(tests, a_path_that_is_too_long_is_not_found);
    tcase_add_test(tests,
                   a_folder_is_made_with_those_around_it_for_the_user_alone);
    tcase_add_test(tests, a_folder_that_is_there_is_used);
    tcase_add_test(tests, a_link_to_a_folder_is_followed);
    tcase_add_loop_test(tests,
                        what_others_may_write_to_or_is_no_folder_is_refused, 0,
                        COUNT(refused));
    tcase_add_test(tests, a_name_that_no_file_system_takes_is_refused);
    tcase_add_test(tests, a_folder_that_another_user_owns_is_refused);
    tcase_add_test(tests, a_folder_without_permission_to_write_is_refused);
    tcase_add_test(tests, a_folder_in_another_one_has_the_path_of_both);
    tcase_add_test(tests, a_name_that_does_not_fit_behind_a_path_is_told);
    tcase_add_loop_test(
        tests, file_systems_of_other_machines_are_known_by_their_number, 0,
        COUNT(types));
    tcase_add_test(tests, a_path_that_is_not_there_is_not_remote);
    suite_add_tcase(suite, tests);
    return suite;
}

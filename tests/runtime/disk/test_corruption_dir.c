/* Files of persist="dir" that were damaged: results stay right, and nobody dies
 * or hangs. */
#include "corruption.h"

static uint64_t random_state;

static void begin(void)
{
    use(&in_dir);
    make_images();
    random_state = 1;
}

static void end(void)
{
    remove_folder(test_folder);
}

static void restore_all(void)
{
    remove_folder(in_folder("dir-1/entries"));
    mkdir(in_folder("dir-1/entries"), 0700);
    for (int i = 0; i < image_count; i++)
        restore(&images[i]);
}

static void try_bytes(const image *of, const void *bytes, size_t size,
                      const char *what, size_t where)
{
    restore_all();
    write_file(of->path, bytes, size);
    try_it(what, where);
}

/* Both flips of some bytes; of all bytes, test_flips.c. */
START_TEST(any_byte_of_any_file_may_be_damaged)
{
    size_t flips = by_depth(3, 6, 100);

    for (int i = 0; i < image_count; i++) {
        image *of = &images[i];

        for (size_t flip = 0; flip < flips; flip++) {
            size_t at = random_below(&random_state, of->size);
            unsigned char before = of->bytes[at];

            of->bytes[at] ^= (unsigned char)(1u << flip % 8);
            if (flip % 9 == 8)
                of->bytes[at] = before ^ 0xFF;
            try_bytes(of, of->bytes, of->size, of->path, at);
            of->bytes[at] = before;
        }
    }
    tell_outcomes("bytes");
}
END_TEST

START_TEST(any_file_may_be_cut_anywhere)
{
    size_t cuts = by_depth(2, 3, 60);

    for (int i = 0; i < image_count; i++) {
        for (size_t cut = 0; cut < cuts; cut++) {
            size_t size =
                cut == 0 ? 0 : random_below(&random_state, images[i].size);

            try_bytes(&images[i], images[i].bytes, size, images[i].path, size);
        }
    }
    tell_outcomes("cut");
}
END_TEST

START_TEST(any_file_may_have_more_bytes_than_it_had)
{
    unsigned char bytes[9000];

    for (int i = 0; i < image_count; i++) {
        random_fill(&random_state, bytes, sizeof bytes);
        memcpy(bytes, images[i].bytes, images[i].size);
        try_bytes(&images[i], bytes, images[i].size + 1, images[i].path, 1);
        try_bytes(&images[i], bytes, sizeof bytes, images[i].path, 2);
    }
    tell_outcomes("longer");
}
END_TEST

/* An entry has the name of another one, of the same function or not. */
START_TEST(any_file_may_stand_in_the_place_of_another_one)
{
    size_t rounds = by_depth(20, 30, 2000);

    for (size_t round = 0; round < rounds; round++) {
        const image *one =
            &images[random_below(&random_state, (size_t)image_count)];
        const image *other =
            &images[random_below(&random_state, (size_t)image_count)];

        restore_all();
        write_file(one->path, other->bytes, other->size);
        write_file(other->path, one->bytes, one->size);
        try_it("swapped", round);
    }
    tell_outcomes("swapped");
}
END_TEST

/* ---- what is no file ----------------------------------------------------- */

static void remove_it(const char *path)
{
    ck_assert_int_eq(unlink(path), 0);
}

static void make_folder(const char *path)
{
    remove_it(path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

/* A folder that cannot be removed as an empty one. */
static void make_full_folder(const char *path)
{
    char inner[sizeof images->path + 8];

    make_folder(path);
    snprintf(inner, sizeof inner, "%s/inner", path);
    write_file(inner, "", 0);
}

static void make_pipe(const char *path)
{
    remove_it(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
}

static void make_link(const char *path)
{
    char moved[sizeof images->path + 8];

    snprintf(moved, sizeof moved, "%s.moved", path);
    ck_assert_int_eq(rename(path, moved), 0);
    ck_assert_int_eq(symlink(moved, path), 0);
}

static void make_ring(const char *path)
{
    remove_it(path);
    ck_assert_int_eq(symlink(path, path), 0);
}

/* Whoever is root may read it all the same. */
static void forbid(const char *path)
{
    ck_assert_int_eq(chmod(path, 0), 0);
}

/* Nobody reads a terabyte of zeroes. */
static void make_sparse(const char *path)
{
    ck_assert_int_eq(truncate(path, (off_t)1 << 40), 0);
}

static void (*const replacements[])(const char *path) = {
    remove_it, make_folder, make_full_folder, make_pipe,
    make_link, make_ring,   forbid,           make_sparse};

enum { REPLACEMENTS = sizeof replacements / sizeof *replacements };

/* The first file of a kind. */
static const image *file_of(const char *kind)
{
    for (int i = 0; i < image_count; i++) {
        if (strstr(images[i].path, kind))
            return &images[i];
    }
    ck_abort_msg("there is no %s", kind);
    return NULL;
}

/* Where nothing can be written, memo_flush() and the end of the process wait as
 * long as they may. */
static void wait_briefly(void)
{
    memo_config config = settings();

    config.cache_dir = test_folder;
    config.store_timeout_ns = 2000000000u;
    ck_assert_int_eq(memo_config_set(&config), MEMO_OK);
}

static const char *const kinds[] = {"/secret", "/places/", "/functions/",
                                    "/entries/"};

START_TEST(anything_may_stand_in_the_place_of_a_file)
{
    wait_briefly();
    replacements[_i % REPLACEMENTS](file_of(kinds[_i / REPLACEMENTS])->path);

    try_it(kinds[_i / REPLACEMENTS], (size_t)_i % REPLACEMENTS);
    ck_assert_msg(told->warned <= 1, "%s", told->warning);
}
END_TEST

static const char *const folders[] = {"dir-1", "dir-1/places",
                                      "dir-1/functions", "dir-1/entries"};

START_TEST(anything_may_stand_in_the_place_of_a_folder)
{
    char folder[sizeof test_folder + 64];

    wait_briefly();
    snprintf(folder, sizeof folder, "%s",
             in_folder(folders[_i / REPLACEMENTS]));
    remove_folder(folder);
    write_file(folder, "", 0);
    replacements[_i % REPLACEMENTS](folder);

    try_it(folders[_i / REPLACEMENTS], (size_t)_i % REPLACEMENTS);
    ck_assert_msg(told->warned <= 1, "%s", told->warning);
}
END_TEST

/* Cut by a loss of power: nobody else could mend it. */
START_TEST(a_secret_that_was_cut_is_drawn_anew)
{
    write_file(in_folder("dir-1/secret"), "", 0);

    run_process("without a secret", 0);
    ck_assert_int_eq(told->computed, CALLS);
    ck_assert_int_eq(told->warned, 0);

    run_process("with a new secret", 0);
    ck_assert_int_eq(told->computed, 0);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.corruption_dir");
    TCase *tests = tcase_create("corruption");

    tcase_set_timeout(tests, by_depth(1, 1, 0) ? 800 : 20000);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, any_byte_of_any_file_may_be_damaged);
    tcase_add_test(tests, any_file_may_be_cut_anywhere);
    tcase_add_test(tests, any_file_may_have_more_bytes_than_it_had);
    tcase_add_test(tests, any_file_may_stand_in_the_place_of_another_one);
    tcase_add_loop_test(tests, anything_may_stand_in_the_place_of_a_file, 0,
                        REPLACEMENTS * COUNT(kinds));
    tcase_add_loop_test(tests, anything_may_stand_in_the_place_of_a_folder, 0,
                        REPLACEMENTS * COUNT(folders));
    tcase_add_test(tests, a_secret_that_was_cut_is_drawn_anew);
    suite_add_tcase(suite, tests);
    return suite;
}

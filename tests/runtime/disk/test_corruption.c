/* Files of persist="disk" that were damaged while nobody had them open: results
 * stay right, and nobody dies or hangs. */
#include "corruption.h"

/* Where a page's description of the store begins and ends. */
enum { PAGE = 4096, META_BYTES = 16 + 136 };

static image *data, *lock, *owners;
static uint64_t random_state;

static void begin(void)
{
    use(&on_disk);
    make_images();
    data = image_of("disk-1/data.mdb");
    lock = image_of("disk-1/lock.mdb");
    owners = image_of("disk-1/owners");
    random_state = 1;
}

static void end(void)
{
    remove_folder(test_folder);
}

/* ---- bytes --------------------------------------------------------------- */

/* One byte of a file differs; all else is as it was left. */
static void try_flip(image *of, size_t at, unsigned char mask)
{
    restore(data);
    restore(owners);
    of->bytes[at] ^= mask;
    if (of == data)
        write_file(of->path, of->bytes, of->size);
    else
        restore(of);
    of->bytes[at] ^= mask;
    try_it(of == data   ? "data.mdb at"
           : of == lock ? "lock.mdb at"
                        : "owners at",
           at);
}

static void try_both_flips(image *of, size_t at)
{
    try_flip(of, at, 0xFF);
    try_flip(of, at, (unsigned char)(1u << random_below(&random_state, 8)));
}

/* One of the two first pages describes the store as it is, the other one as it
 * was: all that is in them counts. */
START_TEST(any_byte_of_the_descriptions_may_be_damaged)
{
    size_t step = by_depth(13, 2, 1);

    for (size_t at = 0; at < META_BYTES; at += step) {
        try_both_flips(data, at);
        try_both_flips(data, PAGE + at);
    }
    tell_outcomes("descriptions");
}
END_TEST

/* Both flips of some bytes; of all bytes, test_flips.c. */
START_TEST(any_byte_of_the_data_may_be_damaged)
{
    size_t step = by_depth(1999, 311, 13);

    for (size_t at = 0; at < data->size; at += step)
        try_both_flips(data, at);
    tell_outcomes("data.mdb");
}
END_TEST

/* The starts of pages say where all else is. */
START_TEST(any_byte_at_the_start_of_a_page_may_be_damaged)
{
    size_t step = by_depth(23, 7, 1);

    for (size_t page = 2 * PAGE; page < data->size; page += PAGE) {
        for (size_t at = random_below(&random_state, step); at < 48; at += step)
            try_both_flips(data, page + at);
    }
    tell_outcomes("starts of pages");
}
END_TEST

START_TEST(any_byte_of_the_mark_may_be_damaged)
{
    size_t step = by_depth(13, 3, 1);

    for (size_t at = 0; at < owners->size; at += step)
        try_both_flips(owners, at);
    tell_outcomes("owners");
}
END_TEST

/* Most of it is the places of readers, all alike. */
START_TEST(any_byte_of_the_lock_file_may_be_damaged)
{
    size_t step = by_depth(61, 13, 1);
    size_t most = by_depth(300, 600, 2000);

    for (size_t at = 0; at < most && at < lock->size; at += step)
        try_both_flips(lock, at);
    for (int i = 0; i < 10; i++)
        try_both_flips(lock, random_below(&random_state, lock->size));
    tell_outcomes("lock.mdb");
}
END_TEST

/* ---- more than a byte ---------------------------------------------------- */

static void try_data(const unsigned char *bytes, size_t size, const char *what,
                     size_t where)
{
    restore(owners);
    write_file(data->path, bytes, size);
    try_it(what, where);
}

START_TEST(a_file_may_be_cut_anywhere)
{
    size_t cuts = by_depth(5, 50, 2000);

    for (size_t size = 0; size < data->size; size += PAGE)
        try_data(data->bytes, size, "cut to", size);
    for (size_t i = 0; i < cuts; i++) {
        size_t size = random_below(&random_state, data->size);

        try_data(data->bytes, size, "cut to", size);
    }
    tell_outcomes("cut");
}
END_TEST

START_TEST(a_file_may_have_more_bytes_than_it_had)
{
    unsigned char *bytes = calloc(2, data->size);
    size_t extensions = by_depth(4, 20, 500);

    memcpy(bytes, data->bytes, data->size);
    for (size_t i = 0; i < extensions; i++) {
        size_t more = 1 + random_below(&random_state, data->size);

        if (i % 2)
            random_fill(&random_state, bytes + data->size, more);
        try_data(bytes, data->size + more, "longer by", more);
    }
    free(bytes);
    tell_outcomes("longer");
}
END_TEST

static void zero(unsigned char *bytes, size_t page)
{
    memset(bytes + page, 0, PAGE);
}

static void fill_at_random(unsigned char *bytes, size_t page)
{
    random_fill(&random_state, bytes + page, PAGE);
}

static void fill_with_ones(unsigned char *bytes, size_t page)
{
    memset(bytes + page, 0xFF, PAGE);
}

static void swap(unsigned char *bytes, size_t page)
{
    size_t other = PAGE * random_below(&random_state, data->size / PAGE);
    unsigned char held[PAGE];

    memcpy(held, bytes + page, PAGE);
    memcpy(bytes + page, bytes + other, PAGE);
    memcpy(bytes + other, held, PAGE);
}

/* As after a loss of power: a page as it was, or not there. */
static void copy_another(unsigned char *bytes, size_t page)
{
    size_t other = PAGE * random_below(&random_state, data->size / PAGE);

    memcpy(bytes + page, data->bytes + other, PAGE);
}

static void damage_some_bytes(unsigned char *bytes, size_t page)
{
    for (int i = 0; i < 20; i++)
        bytes[page + random_below(&random_state, PAGE)] =
            (unsigned char)random_next(&random_state);
}

static const struct {
    const char *what;
    void (*damage)(unsigned char *bytes, size_t page);
} damages[] = {{"zeroed", zero},         {"random", fill_at_random},
               {"ones", fill_with_ones}, {"swapped", swap},
               {"copied", copy_another}, {"some bytes of", damage_some_bytes}};

START_TEST(any_page_may_be_damaged)
{
    unsigned char *bytes = malloc(data->size);
    size_t step = by_depth(3, 1, 1) * PAGE, rounds = by_depth(1, 1, 30);

    for (size_t round = 0; round < rounds; round++) {
        for (size_t page = 0; page < data->size; page += step) {
            memcpy(bytes, data->bytes, data->size);
            damages[_i].damage(bytes, page);
            try_data(bytes, data->size, damages[_i].what, page);
        }
    }
    free(bytes);
    tell_outcomes(damages[_i].what);
}
END_TEST

/* ---- other files --------------------------------------------------------- */

static void remove_it(const char *path)
{
    ck_assert_int_eq(unlink(path), 0);
}

static void empty(const char *path)
{
    write_file(path, "", 0);
}

static void write_garbage(const char *path)
{
    unsigned char garbage[50000];

    random_fill(&random_state, garbage, sizeof garbage);
    write_file(path, garbage, sizeof garbage);
}

static void write_text(const char *path)
{
    write_file(path, "This is no store.\n", 18);
}

static void make_folder(const char *path)
{
    remove_it(path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void make_pipe(const char *path)
{
    remove_it(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
}

static void make_link(const char *path)
{
    char moved[sizeof data->path + 8];

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

static void make_sparse(const char *path)
{
    ck_assert_int_eq(truncate(path, (off_t)1 << 40), 0);
}

static void (*const replacements[])(const char *path) = {
    remove_it, empty,     write_garbage, write_text, make_folder,
    make_pipe, make_link, make_ring,     forbid,     make_sparse};
static const char *const names[] = {"disk-1/data.mdb", "disk-1/lock.mdb",
                                    "disk-1/owners"};

enum {
    REPLACEMENTS = sizeof replacements / sizeof *replacements,
    NAMES = sizeof names / sizeof *names
};

START_TEST(anything_may_stand_in_the_place_of_a_file)
{
    replacements[_i % REPLACEMENTS](in_folder(names[_i / REPLACEMENTS]));

    try_it(names[_i / REPLACEMENTS], (size_t)_i % REPLACEMENTS);
    ck_assert_msg(told->warned <= 1, "%s", told->warning);
}
END_TEST

START_TEST(anything_may_stand_in_the_place_of_the_folder)
{
    char folder[sizeof test_folder + 64];

    snprintf(folder, sizeof folder, "%s", in_folder("disk-1"));
    remove_folder(folder);
    write_file(folder, "", 0);
    if (_i != 1) /* an empty file */
        replacements[_i](folder);

    try_it("disk-1", (size_t)_i);
}
END_TEST

/* ---- other versions of LMDB ---------------------------------------------- */

/* Of a page's description, behind the head of 16 bytes.  Source: MDB_meta */
enum { MAGIC = 16, VERSION = 20, PAGE_SIZE = 16 + 24 };

static const struct {
    size_t at;
    uint32_t value;
} versions[] = {{VERSION, 0},      {VERSION, 2},       {VERSION, 3},
                {VERSION, 999},    {MAGIC, 0},         {MAGIC, 0xDEC0EFBE},
                {PAGE_SIZE, 0},    {PAGE_SIZE, 512},   {PAGE_SIZE, 2048},
                {PAGE_SIZE, 8192}, {PAGE_SIZE, 65536}, {PAGE_SIZE, 1u << 31}};

START_TEST(a_file_of_another_version_or_page_size_is_dropped)
{
    unsigned char *bytes = malloc(data->size);

    memcpy(bytes, data->bytes, data->size);
    memcpy(bytes + versions[_i].at, &versions[_i].value, 4);
    memcpy(bytes + PAGE + versions[_i].at, &versions[_i].value, 4);

    try_data(bytes, data->size, "another version", (size_t)_i);

    ck_assert_int_eq(outcomes.all, 1);
    ck_assert_int_eq(outcomes.warnings, 1);
    ck_assert_int_eq(told->computed, 0);
    free(bytes);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.corruption");
    TCase *tests = tcase_create("corruption");

    tcase_set_timeout(tests, by_depth(1, 1, 0) ? 800 : 20000);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, any_byte_of_the_descriptions_may_be_damaged);
    tcase_add_test(tests, any_byte_of_the_data_may_be_damaged);
    tcase_add_test(tests, any_byte_at_the_start_of_a_page_may_be_damaged);
    tcase_add_test(tests, any_byte_of_the_mark_may_be_damaged);
    tcase_add_test(tests, any_byte_of_the_lock_file_may_be_damaged);
    tcase_add_test(tests, a_file_may_be_cut_anywhere);
    tcase_add_test(tests, a_file_may_have_more_bytes_than_it_had);
    tcase_add_loop_test(tests, any_page_may_be_damaged, 0, COUNT(damages));
    tcase_add_loop_test(tests, anything_may_stand_in_the_place_of_a_file, 0,
                        REPLACEMENTS * NAMES);
    tcase_add_loop_test(tests, anything_may_stand_in_the_place_of_the_folder, 0,
                        REPLACEMENTS);
    tcase_add_loop_test(tests,
                        a_file_of_another_version_or_page_size_is_dropped, 0,
                        COUNT(versions));
    suite_add_tcase(suite, tests);
    return suite;
}

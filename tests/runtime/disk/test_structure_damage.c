/* Whatever is called sound is used by LMDB in a process of its own, which has
 * to come to its end. */
#include "test_structure.h"

#include <sys/wait.h>

Suite *memo_test_suite(void);

/* ---- users --------------------------------------------------------------- */

static volatile unsigned seen;

static void look_at(MDB_val value)
{
    for (size_t i = 0; i < value.mv_size; i++)
        seen += ((const unsigned char *)value.mv_data)[i];
}

static int read_tree(MDB_txn *reader, MDB_dbi at, MDB_cursor_op to)
{
    MDB_cursor *cursor;
    MDB_val key, value;
    int status = mdb_cursor_open(reader, at, &cursor);

    if (status != 0)
        return status;
    while ((status = mdb_cursor_get(cursor, &key, &value, to)) == 0) {
        look_at(key);
        look_at(value);
        if (mdb_get(reader, at, &key, &value) != 0)
            break;
    }
    mdb_cursor_close(cursor);
    return status == MDB_NOTFOUND ? 0 : status;
}

static int read_store(MDB_env *store)
{
    MDB_txn *reader;
    MDB_cursor *names;
    MDB_val key, value;
    MDB_dbi at;
    int status = mdb_txn_begin(store, NULL, MDB_RDONLY, &reader);

    if (status != 0)
        return status;
    status = mdb_dbi_open(reader, NULL, 0, &at);
    if (status == 0)
        status = mdb_cursor_open(reader, at, &names);
    if (status != 0) {
        mdb_txn_abort(reader);
        return status;
    }
    while (status == 0 && mdb_cursor_get(names, &key, &value, MDB_NEXT) == 0) {
        char name[512] = "";

        memcpy(name, key.mv_data, key.mv_size);
        if (mdb_dbi_open(reader, name, 0, &at) != 0)
            continue;
        status = read_tree(reader, at, MDB_NEXT);
        if (status == 0)
            status = read_tree(reader, at, MDB_PREV);
    }
    mdb_cursor_close(names);
    mdb_txn_commit(reader);
    return status;
}

static int remove_all(MDB_txn *change, MDB_dbi at, MDB_cursor_op first)
{
    MDB_cursor *cursor;
    MDB_val key, value;
    int status = mdb_cursor_open(change, at, &cursor);

    while (status == 0) {
        status = mdb_cursor_get(cursor, &key, &value, first);
        if (status == 0)
            status = mdb_cursor_del(cursor, 0);
    }
    return status == MDB_NOTFOUND ? 0 : status;
}

static int write_round(MDB_env *store, const char *name, unsigned round,
                       uint64_t *random)
{
    MDB_txn *change;
    MDB_dbi at;
    int status = mdb_txn_begin(store, NULL, 0, &change);

    if (status != 0)
        return status;
    status = mdb_dbi_open(change, name, MDB_CREATE, &at);
    if (status == 0 && round % 4 < 2)
        status = change_some(change, at, random, false);
    else if (status == 0 && random_below(random, 3) == 0)
        status = mdb_drop(change, at, random_below(random, 2) == 0);
    else if (status == 0)
        status = remove_all(change, at,
                            random_below(random, 2) ? MDB_FIRST : MDB_LAST);
    if (status == 0)
        return mdb_txn_commit(change);
    mdb_txn_abort(change);
    return status;
}

static int use_store(uint64_t seed)
{
    MDB_env *store = open_store(MAP_SIZE);
    int status = store ? read_store(store) : MDB_INVALID;

    for (unsigned round = 0; status == 0 && round < 4; round++) {
        status = write_round(store, "entries", round, &seed);
        if (status == 0)
            status = write_round(store, "functions", round, &seed);
        if (status == 0)
            status = read_store(store);
    }
    mdb_env_close(store);
    return status;
}

static struct {
    size_t sound, damaged;
} judged;

/* Judge the file; let LMDB have what is sound, which then still is. */
static void judge(const char *what, size_t which)
{
    memo_structure verdict = check_file();
    int status;
    pid_t user;

    ck_assert_int_ne(verdict, MEMO_STRUCTURE_UNREADABLE);
    if (verdict == MEMO_STRUCTURE_DAMAGED) {
        judged.damaged++;
        return;
    }
    judged.sound++;
    fflush(stdout);
    user = fork();
    if (user == 0) {
        alarm(60);
        _exit(use_store(which) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    ck_assert_int_eq(waitpid(user, &status, 0), user);
    ck_assert_msg(status == 0, "LMDB ends with %#x after %s %zu", status, what,
                  which);
    expect_sound();
}

/* ---- damage -------------------------------------------------------------- */

static void flip(size_t at, unsigned bits)
{
    image[at] = (unsigned char)(image[at] ^ bits);
    write_image(image, image_size);
    image[at] = (unsigned char)(image[at] ^ bits);
    judge("a flip at", at);
}

typedef struct {
    unsigned char *bytes;
    size_t size, room;
    uint64_t random;
} victim;

static unsigned char *some_page(victim *of)
{
    return of->bytes + random_below(&of->random, image_size / 4096) * 4096;
}

static void cut(victim *of)
{
    of->size = random_below(&of->random, of->size);
}

static void cut_to_pages(victim *of)
{
    of->size = random_below(&of->random, of->size / 4096) * 4096;
}

static void lengthen(victim *of)
{
    size_t more = random_below(&of->random, of->room - of->size);

    random_fill(&of->random, of->bytes + of->size, more);
    of->size += more;
}

static void clear_page(victim *of)
{
    memset(some_page(of), 0, 4096);
}

static void fill_page(victim *of)
{
    random_fill(&of->random, some_page(of), 4096);
}

static void copy_page(victim *of)
{
    unsigned char *to = some_page(of);

    memmove(to, some_page(of), 4096);
}

/* What was a page elsewhere, with the number of this place. */
static void replace_page(victim *of)
{
    unsigned char *to = some_page(of);

    memmove(to + 8, some_page(of) + 8, 4096 - 8);
}

static void swap_pages(victim *of)
{
    unsigned char *one = some_page(of), *other = some_page(of), kept[4096];

    memcpy(kept, one, sizeof kept);
    memmove(one, other, sizeof kept);
    memcpy(other, kept, sizeof kept);
}

static void flip_bits(victim *of)
{
    for (size_t i = 1 + random_below(&of->random, 8); i > 0; i--)
        of->bytes[random_below(&of->random, of->size)] ^=
            (unsigned char)(1u << random_below(&of->random, 8));
}

static void fill_some(victim *of)
{
    size_t at = random_below(&of->random, of->size - 64);

    random_fill(&of->random, of->bytes + at, 1 + random_below(&of->random, 64));
}

/* Where LMDB has a number: in the head of a page, in its list of nodes, in the
 * head of a node, or anywhere. */
static unsigned char *some_number(victim *of)
{
    unsigned char *page = some_page(of);
    bool is_first = page < of->bytes + 2 * 4096;
    size_t kind = random_below(&of->random, 4);
    uint16_t lower, node;

    memcpy(&lower, page + 12, sizeof lower);
    if (kind == 0 || lower < 18 || lower > 4096)
        return page + 2 * random_below(&of->random, is_first ? 80 : 8);
    if (kind == 1)
        return page + 2 * random_below(&of->random, 2044);
    page += 16 + 2 * random_below(&of->random, (lower - 16u) / 2);
    if (kind == 2)
        return page;
    memcpy(&node, page, sizeof node);
    page -= (size_t)(page - of->bytes) % 4096;
    return page + node % 4088u + 2 * random_below(&of->random, 4);
}

/* Numbers at the edge. */
static void change_number(victim *of)
{
    static const uint64_t numbers[] = {0,    1,    2,     3,        4,
                                       8,    16,   48,    511,      512,
                                       4080, 4096, 65535, 1u << 31, UINT64_MAX};
    size_t width = (size_t)2 << random_below(&of->random, 3);
    unsigned char *at = some_number(of);
    uint64_t number = 0;

    memcpy(&number, at, width);
    if (random_below(&of->random, 2))
        number = numbers[random_below(&of->random,
                                      sizeof numbers / sizeof *numbers)];
    number += random_below(&of->random, 5) - 2;
    memcpy(at, &number, width);
}

static void change_numbers(victim *of)
{
    change_number(of);
    change_number(of);
}

static const struct {
    const char *name;
    void (*harm)(victim *of);
} damages[] = {{"a cut", cut},
               {"a cut to pages", cut_to_pages},
               {"more", lengthen},
               {"a page cleared", clear_page},
               {"a page filled", fill_page},
               {"a page copied", copy_page},
               {"a page replaced", replace_page},
               {"pages swapped", swap_pages},
               {"bits flipped", flip_bits},
               {"bytes filled", fill_some},
               {"a number changed", change_number},
               {"numbers changed", change_numbers}};

#define DAMAGES ((int)(sizeof damages / sizeof *damages))

/* ---- tests --------------------------------------------------------------- */

/* Bytes of a small store: each of them, or some, and more of those with which
 * pages start. */
START_TEST(no_flip_makes_lmdb_fall)
{
    size_t step = by_depth(32, 12, 1);
    uint64_t random = (uint64_t)_i;

    make_image(24);
    for (size_t at = 0, most; at < image_size;
         at += 1 + random_below(&random, most)) {
        flip(at, _i ? 1u << random_below(&random, 8) : 0xFF);
        most = at % 4096 < 160 ? step / 2 + 1 : 64 * (step - 1) + 1;
    }

    printf("flips: %zu sound, %zu damaged\n", judged.sound, judged.damaged);
    ck_assert_uint_gt(judged.sound, 0);
    ck_assert_uint_gt(judged.damaged, 0);
    free(image);
}
END_TEST

START_TEST(no_damage_makes_lmdb_fall)
{
    victim of;

    make_image(400);
    of.room = 2 * image_size;
    of.bytes = malloc(of.room + 4096);
    for (size_t i = 0; i < by_depth(10, 40, 3000); i++) {
        memcpy(of.bytes, image, image_size);
        of.size = image_size;
        of.random = i;
        damages[_i].harm(&of);
        write_image(of.bytes, of.size);
        judge(damages[_i].name, i);
    }

    printf("%s: %zu sound, %zu damaged\n", damages[_i].name, judged.sound,
           judged.damaged);
    free(of.bytes);
    free(image);
}
END_TEST

START_TEST(random_pages_are_no_store)
{
    uint64_t random = 1;
    unsigned char *pages;

    make_image(20);
    ck_assert_uint_gt(image_size, 8192);
    pages = malloc(image_size);
    memcpy(pages, image, image_size);
    for (size_t i = 0; i < by_depth(20, 200, 5000); i++) {
        size_t kept = i % 2 ? 8192 : 0;

        random_fill(&random, pages + kept, image_size - kept);
        write_image(pages, kept + 1 + random_below(&random, image_size - kept));
        ck_assert_int_eq(check_file(), MEMO_STRUCTURE_DAMAGED);
        memcpy(pages, image, 8192);
    }
    free(pages);
    free(image);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("structure_damage");
    TCase *cases = tcase_create("structure_damage");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_set_timeout(cases, (double)by_depth(240, 240, 7200));
    tcase_add_loop_test(cases, no_flip_makes_lmdb_fall, 0, 2);
    tcase_add_loop_test(cases, no_damage_makes_lmdb_fall, 0, DAMAGES);
    tcase_add_test(cases, random_pages_are_no_store);
    suite_add_tcase(suite, cases);
    return suite;
}

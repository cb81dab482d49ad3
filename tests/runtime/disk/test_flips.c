/* Each byte of a store's files damaged, one at a time, as the store itself sees
 * it: what it hands out is what was saved, or is seen to be wrong. */
#include "cache/stored_form.h"
#include "corruption.h"
#include "port_fixture.h"

/* How many flips one process tries. */
enum { BATCH = 200 };

/* ---- what was saved ------------------------------------------------------ */

typedef struct {
    memo_stored stored;
    memo_name digest;
    unsigned char *bytes;
    size_t size;
} saved;

static saved all[CALLS];
static size_t all_count;

static int note_entry(void *context, const memo_store_item *item)
{
    (void)context;
    if (!item->bytes)
        return 0;
    ck_assert_uint_lt(all_count, CALLS);
    all[all_count] = (saved){.stored = stored_as(9, 9, "f"),
                             .digest = item->digest,
                             .bytes = malloc(item->size),
                             .size = item->size};
    memcpy(all[all_count].bytes, item->bytes, item->size);
    all[all_count++].stored.id = item->id;
    return 0;
}

static void note_entries(const struct memo_store *store)
{
    fake_host host = make_host();
    void *opened = store->open(&host.host);

    ck_assert_ptr_nonnull(opened);
    all_count = 0;
    store->each(opened, note_entry, NULL);
    ck_assert_uint_eq(all_count, CALLS);
    store->close(opened);
}

/* ---- using it ------------------------------------------------------------ */

/* What processes count, and where they are. */
static struct {
    _Atomic size_t at;
    _Atomic unsigned mask;
    _Atomic long flips, right, none, damaged, failed, refused, warned, wrong;
} * seen;

/* Would the cache take it? */
static bool is_taken(const loaded *found, const unsigned char *by_secret)
{
    memo_stored_entry entry;

    return found->size <= sizeof found->bytes &&
           !memo_stored_read(&entry, found->bytes, found->size) &&
           memo_stored_is_signed(found->bytes, found->size, by_secret);
}

static void load_one(const struct memo_store *store, const fake_host *host,
                     void *opened, saved *one)
{
    static loaded found;

    one->stored.reserved[0] = 0;
    switch (
        store->load(opened, &one->stored, &one->digest, take_bytes, &found)) {
    case MEMO_LOADED:
        if (found.size == one->size &&
            memcmp(found.bytes, one->bytes, one->size) == 0)
            seen->right++;
        else if (is_taken(&found, host->host.secret))
            seen->wrong++;
        else
            seen->damaged++;
        break;
    case MEMO_LOAD_NONE:
        seen->none++;
        break;
    default:
        seen->failed++;
    }
}

static int visit(void *context, const memo_store_item *item)
{
    size_t *bytes = context;

    *bytes += strlen(item->function) + strlen(item->file) +
              strlen(item->source) + item->facts_size + item->size;
    return 0;
}

/* Read all, then write: each operation once. */
static void use_once(const struct memo_store *store)
{
    fake_host host = make_host();
    void *opened = store->open(&host.host);
    memo_stored mine = stored_as(1, 2, "mine");
    size_t bytes = 0;

    if (!opened) {
        seen->refused++;
        return;
    }
    for (size_t i = 0; i < all_count; i++)
        load_one(store, &host, opened, &all[i]);
    store->each(opened, visit, &bytes);
    if (store->attach(opened, &mine)) {
        save_text(store, opened, &mine, 1, "a text");
        do_to(store, opened, MEMO_STORE_REMOVE, &all[0].stored, 0);
        do_to(store, opened, MEMO_STORE_CLEAR, &all[1].stored, 0);
        do_to(store, opened, MEMO_STORE_CLEAR_ALL, NULL, 0);
    }
    tidy(store, opened);
    seen->warned += host.warned > 0;
    store->close(opened);
}

/* ---- flipping ------------------------------------------------------------ */

typedef struct {
    const struct memo_store *store;
    const image *of;
    size_t from, step, count;
    uint64_t random;
} batch;

/* All as it was left, but for one byte. */
static void flip(const batch *of, size_t at, unsigned char mask)
{
    for (int i = 0; i < image_count; i++) {
        if (&images[i] == of->of || !strstr(images[i].path, "lock.mdb"))
            restore(&images[i]);
    }
    of->of->bytes[at] ^= mask;
    write_file(of->of->path, of->of->bytes, of->of->size);
    of->of->bytes[at] ^= mask;
    seen->at = at;
    seen->mask = mask;
    seen->flips++;
}

static int run_batch(void *context)
{
    batch *of = context;
    size_t at = of->from;

    for (size_t i = 0; i < of->count && at < of->of->size; i++) {
        unsigned bit = 1u << random_below(&of->random, 8);

        alarm(120); /* nobody waits for so long */
        flip(of, at, i % 2 ? 0xFF : (unsigned char)bit);
        use_once(of->store);
        if (by_depth(0, 0, 1)) {
            flip(of, at, i % 2 ? (unsigned char)bit : 0xFF);
            use_once(of->store);
        }
        at += of->step;
    }
    return 0;
}

static void flip_all(const struct memo_store *store, const image *of,
                     size_t step)
{
    for (size_t at = 0; at < of->size; at += step * BATCH) {
        batch next = {store, of, at, step, BATCH, at};
        int status = run_apart(run_batch, &next);

        ck_assert_msg(status == 0,
                      "byte %zu, mask %x of %s: a process has ended with "
                      "status %x",
                      seen->at, seen->mask, of->path, (unsigned)status);
        ck_assert_msg(seen->wrong == 0, "%ld wrong entries are signed",
                      seen->wrong);
    }
}

static void tell(const char *what)
{
    printf("%s: %ld flips; loads: right %ld, none %ld, damaged %ld, failed "
           "%ld; refused %ld, warned %ld\n",
           what, seen->flips, seen->right, seen->none, seen->damaged,
           seen->failed, seen->refused, seen->warned);
}

static void begin(const struct memo_persistence *persistence,
                  const struct memo_store *store)
{
    use(persistence);
    make_images();
    seen = share_memory(sizeof *seen);
    note_entries(store);
}

static const char *const files[] = {"disk-1/data.mdb", "disk-1/owners",
                                    "disk-1/lock.mdb"};

START_TEST(any_byte_of_a_file_of_lmdb_may_be_damaged)
{
    const size_t steps[] = {by_depth(97, 11, 1), by_depth(3, 1, 1),
                            by_depth(1499, 499, 7)};

    begin(&on_disk, &memo_disk_store);

    flip_all(&memo_disk_store, image_of(files[_i]), steps[_i]);

    tell(files[_i]);
    remove_folder(test_folder);
}
END_TEST

START_TEST(any_byte_of_a_file_of_a_folder_may_be_damaged)
{
    size_t step = by_depth(97, 17, 1);

    begin(&in_dir, &memo_dir_store);

    for (int i = 0; i < image_count; i++)
        flip_all(&memo_dir_store, &images[i],
                 images[i].size < 200 ? by_depth(7, 1, 1) : step);

    tell("dir-1");
    remove_folder(test_folder);
}
END_TEST

Suite *memo_test_suite(void);
Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("disk.flips");
    TCase *tests = tcase_create("flips");

    tcase_set_timeout(tests, by_depth(1, 1, 0) ? 800 : 20000);
    tcase_add_loop_test(tests, any_byte_of_a_file_of_lmdb_may_be_damaged, 0,
                        sizeof files / sizeof *files);
    tcase_add_test(tests, any_byte_of_a_file_of_a_folder_may_be_damaged);
    suite_add_tcase(suite, tests);
    return suite;
}

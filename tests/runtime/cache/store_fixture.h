/* store_fixture.h -- a store in memory: a shelf, which tests can make slow,
 * full, absent, damaged or lying.
 *
 * A second struct memo_function with the same name and types is what another
 * process has: the same entries on the shelf, and a memory of its own.  They
 * differ in their address, by which counts are looked up.
 */
#ifndef MEMO_TEST_STORE_FIXTURE_H
#define MEMO_TEST_STORE_FIXTURE_H

#include "cache/stored.h"
#include "fixture.h"

#include <check.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MILLISECOND 1000000u
#define SECOND ((memo_u64)1000000000u)

/* ---- what is on the shelf ------------------------------------------------ */

typedef struct shelf_item {
    memo_name id, digest;
    memo_u64 generation;
    unsigned char *bytes;
    memo_size size;
    struct shelf_item *next;
} shelf_item;

/* A function, as far as the shelf has met it. */
typedef struct shelf_version {
    memo_name id, place;
    memo_u64 generation;
    struct shelf_version *next;
} shelf_version;

/* What open() returns. */
typedef struct shelf_opening {
    memo_u64 number;
    memo_store_host *host;
} shelf_opening;

enum {
    SHELF_OPEN = 1,
    SHELF_ATTACH = 2,
    SHELF_WRITE = 4,
    SHELF_LOAD = 8,
    SHELF_TEND = 16
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    shelf_item *items;
    shelf_version *versions;
    shelf_opening openings[8];

    /* What a test sets. */
    bool open_fails, attach_fails, load_fails;
    bool returns_all;  /* load() does not look at generations */
    memo_size accepts; /* of each write(), how many */
    unsigned held;     /* what waits until shelf_release() */
    memo_size damaged; /* the byte that load() damages; SIZE_MAX: none */
    memo_size cut;     /* to which load() cuts entries; SIZE_MAX: none */
    unsigned slow_us;  /* the longest of the delays, which are random */
    void (*on_load)(void);

    /* What it reads. */
    unsigned waiting; /* calls that are held now */
    unsigned opens, attaches, loads, saves, removals, clears;
    unsigned strays; /* writes for what was not attached */
    memo_u64 random;
} shelf = {.lock = PTHREAD_MUTEX_INITIALIZER,
           .changed = PTHREAD_COND_INITIALIZER,
           .accepts = SIZE_MAX,
           .damaged = SIZE_MAX,
           .cut = SIZE_MAX};

static inline bool shelf_is(memo_name a, memo_name b)
{
    return a.low == b.low && a.high == b.high;
}

/* With the lock held, from here on. */
static inline void shelf_wait(unsigned what)
{
    shelf.waiting++;
    pthread_cond_broadcast(&shelf.changed);
    while (shelf.held & what)
        pthread_cond_wait(&shelf.changed, &shelf.lock);
    shelf.waiting--;
    if (shelf.slow_us > 0) {
        unsigned delay;

        shelf.random = shelf.random * 6364136223846793005u + 1;
        delay = (unsigned)(shelf.random >> 33) % shelf.slow_us;
        pthread_mutex_unlock(&shelf.lock);
        usleep(delay);
        pthread_mutex_lock(&shelf.lock);
    }
}

static inline shelf_version *shelf_version_of(const memo_stored *stored)
{
    shelf_version *at = shelf.versions;

    while (at && !shelf_is(at->id, stored->id))
        at = at->next;
    if (!at) {
        at = calloc(1, sizeof *at);
        at->id = stored->id;
        at->generation = 1;
        at->next = shelf.versions;
        shelf.versions = at;
    }
    return at;
}

/* Take away what is of a function (NULL: any), or one digest of it. */
static inline void shelf_take_away(const memo_name *id, const memo_name *digest)
{
    shelf_item **at = &shelf.items, *item;

    while ((item = *at) != NULL) {
        if ((id && !shelf_is(item->id, *id)) ||
            (digest && !shelf_is(item->digest, *digest))) {
            at = &item->next;
            continue;
        }
        *at = item->next;
        free(item->bytes);
        free(item);
    }
}

static inline void shelf_put(const memo_store_write *write)
{
    shelf_item *item = calloc(1, sizeof *item);

    shelf_take_away(&write->stored->id, &write->digest);
    item->id = write->stored->id;
    item->digest = write->digest;
    item->generation = write->generation;
    item->size = write->size;
    item->bytes = malloc(write->size);
    memcpy(item->bytes, write->bytes, write->size);
    item->next = shelf.items;
    shelf.items = item;
}

/* ---- the store ----------------------------------------------------------- */

static inline void *shelf_open(memo_store_host *host)
{
    shelf_opening *opened = NULL;

    pthread_mutex_lock(&shelf.lock);
    shelf_wait(SHELF_OPEN);
    shelf.opens++;
    if (!shelf.open_fails) {
        opened = &shelf.openings[shelf.opens % 8];
        *opened = (shelf_opening){shelf.opens, host};
        for (size_t i = 0; i < sizeof host->secret; i++)
            host->secret[i] = (unsigned char)(i * 151 + (i >> 3) * 89 + 7);
    }
    pthread_mutex_unlock(&shelf.lock);
    if (!opened)
        host->warn(host, "the shelf is not there");
    return opened;
}

static inline void shelf_close(void *store)
{
    (void)store;
}

static inline int shelf_attach(void *store, memo_stored *stored)
{
    const shelf_opening *opened = store;
    shelf_version *version;
    int done;

    pthread_mutex_lock(&shelf.lock);
    shelf_wait(SHELF_ATTACH);
    done = !shelf.attach_fails;
    shelf.attaches++;
    if (done) {
        for (shelf_version *at = shelf.versions; at; at = at->next) {
            if (!shelf_is(at->id, stored->id) &&
                shelf_is(at->place, stored->place)) {
                stored->is_changed = 1;
                shelf_take_away(&at->id, NULL);
                at->place = (memo_name){0, 0};
            }
        }
        version = shelf_version_of(stored);
        version->place = stored->place;
        __atomic_store_n(&stored->generation, version->generation,
                         __ATOMIC_RELEASE);
        __atomic_store_n(&stored->reserved[0], opened->number,
                         __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&shelf.lock);
    return done;
}

/* Make a copy that is damaged as the test wants it. */
static inline unsigned char *shelf_copy(const shelf_item *item, memo_size *size)
{
    unsigned char *copy = malloc(item->size + 1);

    *size = shelf.cut < item->size ? shelf.cut : item->size;
    memcpy(copy, item->bytes, item->size);
    if (shelf.damaged < item->size)
        copy[shelf.damaged] ^= 0x5A;
    return copy;
}

static inline memo_loading shelf_load(void *store, memo_stored *stored,
                                      const memo_name *digest,
                                      memo_store_taker *take, void *context)
{
    memo_loading loading = MEMO_LOAD_NONE;
    unsigned char *copy = NULL;
    shelf_item *item;
    memo_size size = 0;

    (void)store;
    if (shelf.on_load)
        shelf.on_load();
    pthread_mutex_lock(&shelf.lock);
    shelf.loads++;
    item = shelf.items;
    while (item && (!shelf_is(item->id, stored->id) ||
                    !shelf_is(item->digest, *digest) ||
                    (item->generation != shelf_version_of(stored)->generation &&
                     !shelf.returns_all)))
        item = item->next;
    if (item)
        copy = shelf_copy(item, &size);
    __atomic_store_n(&stored->generation, shelf_version_of(stored)->generation,
                     __ATOMIC_RELEASE);
    if (shelf.load_fails)
        loading = MEMO_LOAD_FAILED;
    else if (copy)
        loading = MEMO_LOADED;
    shelf_wait(SHELF_LOAD);
    pthread_mutex_unlock(&shelf.lock);
    if (loading == MEMO_LOADED)
        take(context, copy, size);
    free(copy);
    return loading;
}

static inline void shelf_clear(const memo_store_write *write)
{
    const memo_name *id = write->stored ? &write->stored->id : NULL;

    shelf.clears++;
    shelf_take_away(id, NULL);
    for (shelf_version *at = shelf.versions; at; at = at->next) {
        if (!id || shelf_is(at->id, *id))
            at->generation++;
    }
}

static inline void shelf_do(const shelf_opening *opened,
                            const memo_store_write *write)
{
    if (write->stored && __atomic_load_n(&write->stored->reserved[0],
                                         __ATOMIC_ACQUIRE) != opened->number)
        shelf.strays++;
    switch (write->operation) {
    case MEMO_STORE_SAVE:
        shelf.saves++;
        shelf_put(write);
        break;
    case MEMO_STORE_REMOVE:
        shelf.removals++;
        shelf_take_away(&write->stored->id, &write->digest);
        break;
    case MEMO_STORE_CLEAR:
    case MEMO_STORE_CLEAR_ALL:
        shelf_clear(write);
        break;
    default:
        break;
    }
    if (write->stored)
        __atomic_store_n(&write->stored->generation,
                         shelf_version_of(write->stored)->generation,
                         __ATOMIC_RELEASE);
}

static inline memo_size shelf_write(void *store, const memo_store_write *writes,
                                    memo_size count)
{
    memo_size done = 0;

    pthread_mutex_lock(&shelf.lock);
    shelf_wait(SHELF_WRITE);
    while (done < count && done < shelf.accepts)
        shelf_do(store, &writes[done++]);
    pthread_mutex_unlock(&shelf.lock);
    return done;
}

static inline int shelf_tend(void *store)
{
    (void)store;
    pthread_mutex_lock(&shelf.lock);
    if (shelf.held & SHELF_TEND)
        shelf_wait(SHELF_TEND);
    pthread_mutex_unlock(&shelf.lock);
    return 0;
}

/* Whether loading is said to take little time: 1 for a test of that. */
#ifndef SHELF_IS_QUICK
#define SHELF_IS_QUICK 0
#endif

static const struct memo_store shelf_store = {.name = "shelf",
                                              .is_quick = SHELF_IS_QUICK,
                                              .open = shelf_open,
                                              .close = shelf_close,
                                              .attach = shelf_attach,
                                              .load = shelf_load,
                                              .write = shelf_write,
                                              .tend = shelf_tend};

static UNUSED const struct memo_store *find_shelf(void)
{
    return &shelf_store;
}

static const struct memo_persistence on_shelf UNUSED = {find_shelf, 0, 0};
static const struct memo_persistence with_age UNUSED = {find_shelf, 1, 0};
static const struct memo_persistence ageless UNUSED = {find_shelf, 0, 1};

/* A function of this process, and of others. */
static UNUSED void here(void)
{
}
static UNUSED void there(void)
{
}
static UNUSED void elsewhere(void)
{
}
#define ON_SHELF(where) .persistence = &on_shelf, .address = where

/* ---- what tests do ------------------------------------------------------- */

static UNUSED memo_backend *shelf_backend(void)
{
    return memo_backend_of(&shelf_store);
}

static UNUSED void shelf_hold(unsigned what)
{
    pthread_mutex_lock(&shelf.lock);
    shelf.held |= what;
    pthread_mutex_unlock(&shelf.lock);
}

static UNUSED void shelf_release(void)
{
    pthread_mutex_lock(&shelf.lock);
    shelf.held = 0;
    pthread_cond_broadcast(&shelf.changed);
    pthread_mutex_unlock(&shelf.lock);
}

/* Wait until so many calls are held. */
static UNUSED void shelf_await(unsigned calls)
{
    pthread_mutex_lock(&shelf.lock);
    while (shelf.waiting < calls)
        pthread_cond_wait(&shelf.changed, &shelf.lock);
    pthread_mutex_unlock(&shelf.lock);
}

static UNUSED unsigned shelf_count(void)
{
    unsigned count = 0;

    pthread_mutex_lock(&shelf.lock);
    for (shelf_item *at = shelf.items; at; at = at->next)
        count++;
    pthread_mutex_unlock(&shelf.lock);
    return count;
}

/* A counter, or a setting, that the store's thread may be at. */
static UNUSED unsigned shelf_read(const unsigned *counter)
{
    unsigned value;

    pthread_mutex_lock(&shelf.lock);
    value = *counter;
    pthread_mutex_unlock(&shelf.lock);
    return value;
}

static UNUSED void shelf_set(bool *setting, bool value)
{
    pthread_mutex_lock(&shelf.lock);
    *setting = value;
    pthread_mutex_unlock(&shelf.lock);
}

/* Change bytes of an item as only who knows the secret can. */
static UNUSED void shelf_forge(shelf_item *item, memo_size at)
{
    item->bytes[at] ^= 1;
    memo_stored_sign(item->bytes, item->size, shelf_backend()->host.secret);
}

/* Where the value of an item begins. */
static UNUSED memo_size shelf_value_at(const shelf_item *item)
{
    memo_stored_entry entry;

    ck_assert_ptr_null(memo_stored_read(&entry, item->bytes, item->size));
    return (memo_size)(entry.value - item->bytes);
}

/* All that is on its way is on the shelf. */
static UNUSED void settle(void)
{
    ck_assert_int_eq(memo_flush(), MEMO_OK);
}

static UNUSED memo_u64 time_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (memo_u64)now.tv_sec * SECOND + (memo_u64)now.tv_nsec;
}

static UNUSED void use_timeout(memo_u64 timeout_ns)
{
    memo_config config = settings();

    config.store_timeout_ns = timeout_ns;
    memo_config_set(&config);
}

/* ---- warnings ------------------------------------------------------------ */

static struct {
    pthread_mutex_t lock;
    unsigned count;
    char last[400];
} warned = {.lock = PTHREAD_MUTEX_INITIALIZER};

static UNUSED void note_warning(void *context, const memo_log_entry *entry)
{
    (void)context;
    if (entry->level != MEMO_LOG_WARNING)
        return;
    pthread_mutex_lock(&warned.lock);
    warned.count++;
    snprintf(warned.last, sizeof warned.last, "%s", entry->text);
    pthread_mutex_unlock(&warned.lock);
}

static UNUSED unsigned count_warnings(void)
{
    unsigned count;

    pthread_mutex_lock(&warned.lock);
    count = warned.count;
    pthread_mutex_unlock(&warned.lock);
    return count;
}

/* ---- the begin of a test ------------------------------------------------- */

static inline void shelf_lock(void)
{
    pthread_mutex_lock(&shelf.lock);
    pthread_mutex_lock(&warned.lock);
}

static inline void shelf_unlock(void)
{
    pthread_mutex_unlock(&warned.lock);
    pthread_mutex_unlock(&shelf.lock);
}

/* Who waited is not in the child. */
static inline void shelf_unlock_in_child(void)
{
    shelf.changed = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
    shelf.waiting = 0;
    shelf_unlock();
}

/* A timeout that no busy machine reaches; tests of it set their own. */
static UNUSED void shelf_begin(void)
{
    memo_config config = settings();

    config.store_timeout_ns = 60 * SECOND;
    config.log = note_warning;
    memo_config_set(&config);
    pthread_atfork(shelf_lock, shelf_unlock, shelf_unlock_in_child);
}

/* What the process ends with must not wait for what a test holds. */
static UNUSED void shelf_end(void)
{
    shelf_release();
}

#endif

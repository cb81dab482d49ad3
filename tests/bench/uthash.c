/* uthash.c -- what a programmer writes who has uthash: a table, a mutex. */
#include "functions.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <uthash.h>

struct entry {
    UT_hash_handle hh;
    double result;
    time_t made;
    unsigned char key[];
};

struct table {
    pthread_mutex_t lock;
    struct entry *entries;
};

#define NO_TABLE                                                               \
    {                                                                          \
        PTHREAD_MUTEX_INITIALIZER, NULL                                        \
    }

static struct table scalars[TTLS] = {NO_TABLE, NO_TABLE};
static struct table texts[TTLS] = {NO_TABLE, NO_TABLE};
static struct table records[TTLS] = {NO_TABLE, NO_TABLE};
static struct table arrays[TTLS] = {NO_TABLE, NO_TABLE};

/* Inlined, so that the compiler knows the sizes of keys that have one. */
static inline bool find(double *out, struct table *table, bool has_ttl,
                        const void *key, size_t size)
{
    struct entry *entry;
    bool is_found;

    pthread_mutex_lock(&table->lock);
    HASH_FIND(hh, table->entries, key, size, entry);
    is_found = entry && (!has_ttl || time(NULL) - entry->made < TTL_SECONDS);
    if (is_found)
        *out = entry->result;
    pthread_mutex_unlock(&table->lock);
    return is_found;
}

/* The function has run outside of the lock: another thread may have been
 * faster. */
static double keep(struct table *table, const void *key, size_t size,
                   double result)
{
    struct entry *entry;

    pthread_mutex_lock(&table->lock);
    HASH_FIND(hh, table->entries, key, size, entry);
    if (!entry) {
        entry = malloc(sizeof *entry + size);
        if (!entry)
            abort();
        memcpy(entry->key, key, size);
        HASH_ADD_KEYPTR(hh, table->entries, entry->key, size, entry);
    }
    entry->result = result;
    entry->made = time(NULL);
    pthread_mutex_unlock(&table->lock);
    return result;
}

struct scalar_key {
    double x;
    int n;
};

static inline double scalar(bool has_ttl, double x, int n)
{
    struct table *table = &scalars[has_ttl];
    struct scalar_key key;
    double result;

    memset(&key, 0, sizeof key);
    key.x = x;
    key.n = n;
    if (find(&result, table, has_ttl, &key, sizeof key))
        return result;
    return keep(table, &key, sizeof key, plain_scalar(x, n));
}

static inline double text(bool has_ttl, const char *key)
{
    struct table *table = &texts[has_ttl];
    size_t size = strlen(key);
    double result;

    if (find(&result, table, has_ttl, key, size))
        return result;
    return keep(table, key, size, plain_text(key));
}

/* Whoever makes a record must have zeroed it, padding included. */
static inline double record(bool has_ttl, const struct record *key)
{
    struct table *table = &records[has_ttl];
    double result;

    if (find(&result, table, has_ttl, key, sizeof *key))
        return result;
    return keep(table, key, sizeof *key, plain_record(*key));
}

static inline double array(bool has_ttl, size_t count,
                           const unsigned char *bytes)
{
    struct table *table = &arrays[has_ttl];
    double result;

    if (find(&result, table, has_ttl, bytes, count))
        return result;
    return keep(table, bytes, count, plain_array(count, bytes));
}

static double uthash_scalar(double x, int n)
{
    return scalar(false, x, n);
}

static double uthash_scalar_ttl(double x, int n)
{
    return scalar(true, x, n);
}

static double uthash_text(const char *key)
{
    return text(false, key);
}

static double uthash_text_ttl(const char *key)
{
    return text(true, key);
}

static double uthash_record(struct record key)
{
    return record(false, &key);
}

static double uthash_record_ttl(struct record key)
{
    return record(true, &key);
}

static double uthash_array(size_t count, const unsigned char *bytes)
{
    return array(false, count, bytes);
}

static double uthash_array_ttl(size_t count, const unsigned char *bytes)
{
    return array(true, count, bytes);
}

static void clear_table(struct table *table)
{
    struct entry *entry, *next;

    HASH_ITER(hh, table->entries, entry, next)
    {
        HASH_DEL(table->entries, entry);
        free(entry);
    }
}

static void clear(void)
{
    for (int i = 0; i < TTLS; i++) {
        clear_table(&scalars[i]);
        clear_table(&texts[i]);
        clear_table(&records[i]);
        clear_table(&arrays[i]);
    }
}

const struct way way_uthash = {
    .name = "uthash",
    .scalar = {uthash_scalar, uthash_scalar_ttl},
    .text = {uthash_text, uthash_text_ttl},
    .record = {uthash_record, uthash_record_ttl},
    .array = {uthash_array, uthash_array_ttl},
    .clear = clear,
};

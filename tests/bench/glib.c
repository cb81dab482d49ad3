/* glib.c -- what a programmer writes who has glib: a GHashTable, a mutex. */
#include "functions.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <glib.h>

struct table {
    GMutex lock;
    GHashTable *entries;
};

struct value {
    double result;
    time_t made;
};

static struct table scalars[TTLS], texts[TTLS], records[TTLS], arrays[TTLS];

static bool find(double *out, struct table *table, bool has_ttl,
                 const void *key)
{
    const struct value *value = NULL;
    bool is_found;

    g_mutex_lock(&table->lock);
    if (table->entries)
        value = g_hash_table_lookup(table->entries, key);
    is_found = value && (!has_ttl || time(NULL) - value->made < TTL_SECONDS);
    if (is_found)
        *out = value->result;
    g_mutex_unlock(&table->lock);
    return is_found;
}

/* Takes the key over.  The first key that is kept makes the table. */
static double keep(struct table *table, GHashTable *(*make)(void), void *key,
                   double result)
{
    struct value *value = g_new(struct value, 1);

    value->result = result;
    value->made = time(NULL);
    g_mutex_lock(&table->lock);
    if (!table->entries)
        table->entries = make();
    g_hash_table_replace(table->entries, key, value);
    g_mutex_unlock(&table->lock);
    return result;
}

/* ---- f(double, int) ------------------------------------------------------ */

struct scalar_key {
    double x;
    int n;
};

static guint scalar_hash(gconstpointer key)
{
    const struct scalar_key *scalar = key;

    return g_double_hash(&scalar->x) * 31 + (guint)scalar->n;
}

static gboolean scalar_equal(gconstpointer a, gconstpointer b)
{
    const struct scalar_key *first = a, *second = b;

    return first->x == second->x && first->n == second->n;
}

static GHashTable *make_scalars(void)
{
    return g_hash_table_new_full(scalar_hash, scalar_equal, g_free, g_free);
}

static inline double scalar(bool has_ttl, double x, int n)
{
    struct scalar_key key = {x, n}, *copy;
    double result;

    if (find(&result, &scalars[has_ttl], has_ttl, &key))
        return result;
    copy = g_new(struct scalar_key, 1);
    *copy = key;
    return keep(&scalars[has_ttl], make_scalars, copy, plain_scalar(x, n));
}

/* ---- texts --------------------------------------------------------------- */

static GHashTable *make_texts(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static inline double text(bool has_ttl, const char *key)
{
    double result;

    if (find(&result, &texts[has_ttl], has_ttl, key))
        return result;
    return keep(&texts[has_ttl], make_texts, g_strdup(key), plain_text(key));
}

/* ---- bytes --------------------------------------------------------------- */

static GHashTable *make_bytes(void)
{
    return g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
                                 (GDestroyNotify)g_bytes_unref, g_free);
}

static inline bool find_bytes(double *out, struct table *table, bool has_ttl,
                              const void *bytes, size_t size)
{
    GBytes *key = g_bytes_new_static(bytes, size);
    bool is_found = find(out, table, has_ttl, key);

    g_bytes_unref(key);
    return is_found;
}

/* Whoever makes a record must have zeroed it, padding included. */
static inline double record(bool has_ttl, const struct record *key)
{
    double result;

    if (find_bytes(&result, &records[has_ttl], has_ttl, key, sizeof *key))
        return result;
    return keep(&records[has_ttl], make_bytes, g_bytes_new(key, sizeof *key),
                plain_record(*key));
}

static inline double array(bool has_ttl, size_t count,
                           const unsigned char *bytes)
{
    double result;

    if (find_bytes(&result, &arrays[has_ttl], has_ttl, bytes, count))
        return result;
    return keep(&arrays[has_ttl], make_bytes, g_bytes_new(bytes, count),
                plain_array(count, bytes));
}

/* ---- with and without ttl ------------------------------------------------ */

static double glib_scalar(double x, int n)
{
    return scalar(false, x, n);
}

static double glib_scalar_ttl(double x, int n)
{
    return scalar(true, x, n);
}

static double glib_text(const char *key)
{
    return text(false, key);
}

static double glib_text_ttl(const char *key)
{
    return text(true, key);
}

static double glib_record(struct record key)
{
    return record(false, &key);
}

static double glib_record_ttl(struct record key)
{
    return record(true, &key);
}

static double glib_array(size_t count, const unsigned char *bytes)
{
    return array(false, count, bytes);
}

static double glib_array_ttl(size_t count, const unsigned char *bytes)
{
    return array(true, count, bytes);
}

static void clear_table(struct table *table)
{
    if (table->entries)
        g_hash_table_destroy(table->entries);
    table->entries = NULL;
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

const struct way way_glib = {
    .name = "GHashTable",
    .scalar = {glib_scalar, glib_scalar_ttl},
    .text = {glib_text, glib_text_ttl},
    .record = {glib_record, glib_record_ttl},
    .array = {glib_array, glib_array_ttl},
    .clear = clear,
};

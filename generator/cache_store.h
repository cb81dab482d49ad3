/* cache_store.h -- the stores that `memogen cache` looks at; the only file that
 * opens them. */
#ifndef GEN_CACHE_STORE_H
#define GEN_CACHE_STORE_H

#include "cache_options.h"
#include "inspect/inspect.h"
#include "text.h"

#define GEN_CACHE_STORES 3

/* One that is open. */
typedef struct {
    memo_store_host host; /* the first member: the store's words come with it */
    const struct memo_store *store;
    void *opened;
    size_t warnings; /* that it gave */
} gen_cache_store;

/* A run of the command. */
typedef struct {
    gen_arena *arena;
    gen_cache_options options;
    gen_text out;       /* for the standard output */
    const char *folder; /* the cache directory; NULL: it is not looked at */
    gen_cache_store *stores[GEN_CACHE_STORES]; /* open ones.  Owner: arena */
    size_t count;
    uint64_t now_ns;
    bool has_failed; /* a store cannot be looked at, which was told */
} gen_cache_run;

enum { GEN_CACHE_FINDINGS = 1, GEN_CACHE_USAGE = 2 };

/* Open what is there, of what the options ask for; makes nothing. */
void gen_cache_open(gen_cache_run *run);

/* Open the store of this name, and make it if need be; NULL: it cannot be
 * opened, which was told. */
gen_cache_store *gen_cache_open_one(gen_cache_run *run, const char *name);

/* Find out where the cache directory is.
 * Errors: false: nobody knows, which was told. */
bool gen_cache_find_folder(gen_cache_run *run);

void gen_cache_close(gen_cache_run *run);

/* Let stores do what is left to do. */
void gen_cache_tend(gen_cache_run *run);

/* List all of them, sorted; stops when memory runs out. */
void gen_cache_list(memo_listing *out, gen_cache_run *run,
                    const memo_listing_wants *wants);

/* The open store that a function is in. */
gen_cache_store *gen_cache_store_of(gen_cache_run *run,
                                    const memo_listed_function *function);

/* Have a store do these things.
 * Errors: false: it cannot, which was told. */
bool gen_cache_write(gen_cache_run *run, gen_cache_store *store,
                     const memo_store_write *writes, size_t count);

/* Tell on the standard error what is wrong; returns GEN_CACHE_USAGE. */
int gen_cache_fail(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Append «There is no cache at '...'.» and a newline, if that is so. */
bool gen_cache_is_missing(gen_cache_run *run);

#endif

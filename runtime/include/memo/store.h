/* memo/store.h -- where results live besides memory, for who writes a store.
 *
 * A store keeps entries, which are bytes to it, by names: a function, how often
 * that was cleared, and a digest of the inputs.  The cache makes names and
 * bytes and judges what it gets back; a store may lose anything at any time,
 * and may return damaged bytes, but must not mix up names.
 *
 * The cache gives every store that is used one thread.  All of a store runs on
 * that thread, but load() and claim(), which run on threads of the program:
 * these two must not wait for longer than the host's timeout.
 */
#ifndef MEMO_STORE_H
#define MEMO_STORE_H

#include "memo/generated.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct memo_name {
    memo_u64 low, high;
} memo_name;

/* One version of a function: other source, or other types, make another one.
 * What is atomic is read and written by the compiler's __atomic functions.
 * Owner: the cache; as long as the process. */
typedef struct memo_stored {
    memo_name id;    /* of its name, its source and its types */
    memo_name place; /* of the program, the file and its name: what a version
                        takes over from the one before */
    const char *function, *file;
    memo_u32 line;
    char source[33];   /* the hash of its source, as text */
    const void *facts; /* a text that says how to read its entries */
    memo_size facts_size;

    /* How often it was cleared, as far as is known: attach() sets it, load()
     * and write() keep it up to date.  Atomic. */
    memo_u64 generation;
    memo_u64 hits;        /* that are not counted in the store yet.  Atomic. */
    memo_u64 reserved[4]; /* the store's.  Atomic. */
    memo_u32
        is_changed; /* attach() says so: another version was at its place */

    /* The cache's. */
    memo_u32 state;
    memo_u64 clearings;
    struct memo_backend *backend;
    struct memo_stored *next;
} memo_stored;

typedef enum memo_store_operation {
    MEMO_STORE_SAVE = 1,
    MEMO_STORE_REMOVE,    /* one entry */
    MEMO_STORE_CLEAR,     /* all entries of a function */
    MEMO_STORE_CLEAR_ALL, /* all entries of all functions of the store */
    MEMO_STORE_LET_GO     /* what claim() has taken */
} memo_store_operation;

typedef struct memo_store_write {
    memo_u32 operation;
    memo_stored *stored; /* NULL: MEMO_STORE_CLEAR_ALL */
    memo_u64 generation; /* SAVE: as it was before the body ran: what was
                            cleared since must not be found */
    memo_name digest;
    memo_u64 expires_ns; /* SAVE: since 1970; 0 = never */
    const void *bytes;   /* SAVE */
    memo_size size;
} memo_store_write;

typedef enum memo_loading {
    MEMO_LOADED,     /* `take` was called */
    MEMO_LOAD_NONE,  /* there is no such entry */
    MEMO_LOAD_FAILED /* the store cannot say */
} memo_loading;

/* Called with the bytes of an entry, which nobody changes while it runs.  Waits
 * for nothing and calls no store. */
typedef void memo_store_taker(void *context, const void *bytes, memo_size size);

/* What a walk over a store sees. */
typedef struct memo_store_item {
    const char *function, *file;
    memo_u32 line;
    const char *source;
    const void *facts;
    memo_size facts_size;
    memo_u64 hits;        /* of the function */
    memo_name id, digest; /* of the entry */
    const void *bytes;    /* NULL: a function that has no entry */
    memo_size size;
} memo_store_item;

/* Returns something other than 0 to end the walk; calls no store. */
typedef int memo_store_visit(void *context, const memo_store_item *item);

/* What the cache offers a store. */
typedef struct memo_store_host {
    memo_u64 timeout_ns; /* that calls of the program may wait */
    const char *folder;  /* memo_config.cache_dir, or NULL */
    /* Drawn by the first process that uses the store, kept in it: what digests
     * of inputs are made under.  open() fills it in. */
    unsigned char secret[192];
    memo_u32 is_slow; /* open() sets it: what is_quick says is not true here */
    /* Tell people.  The cache says the same thing once. */
    void (*warn)(struct memo_store_host *host, const char *text);
    /* Another process has changed something: what memory has of it goes.
     * `stored`: NULL = everything of this store; `digest`: NULL = all of the
     * function's.  Threads: any. */
    void (*forget)(struct memo_store_host *host, const memo_stored *stored,
                   const memo_name *digest);
} memo_store_host;

struct memo_store {
    const char *name;     /* as persist="..." has it */
    memo_u32 is_coherent; /* 1: it calls forget() for all that was loaded */
    /* 1: load() takes little longer than memory, and has no point at which a
     * thread may be cancelled.  Memory keeps of it what is asked for twice. */
    memo_u32 is_quick;

    /* Open it; NULL: it is not to be had now, which was told by warn().  It is
     * tried again later.
     * Owner: caller, close(). */
    void *(*open)(memo_store_host *host);
    void (*close)(void *store);

    /* A function is going to be used: note it, tell its generation and whether
     * another version stood at its place before, whose entries then go.
     * Errors: 0: the store cannot. */
    int (*attach)(void *store, memo_stored *stored);

    memo_loading (*load)(void *store, memo_stored *stored,
                         const memo_name *digest, memo_store_taker *take,
                         void *context);

    /* Do these things, in this order.  Returns how many were done, from the
     * first; what comes then may be tried again. */
    memo_size (*write)(void *store, const memo_store_write *writes,
                       memo_size count);

    /* Nothing else is to be done: age, bounds, tidiness.  Returns whether there
     * is more of it at once. */
    int (*tend)(void *store);

    /* Visit functions, and after each its entries; returns what `visit` did at
     * the end, or 0. */
    int (*each)(void *store, memo_store_visit *visit, void *context);

    /* Say that the caller computes this entry; 0: another process does.
     * NULL: processes do not wait for each other. */
    int (*claim)(void *store, memo_stored *stored, const memo_name *digest);
};

#ifdef __cplusplus
}
#endif

#endif

/* backend.h -- a store in use: its thread, and what it is still to be told.
 *
 * Calls of the program read the store themselves; all else is done by a thread
 * of the store's own, in the order in which it was asked for, so that a store
 * that hangs holds up nobody for longer than the timeout.  What does not fit
 * into the queue is dropped and counted: it will be computed again.
 *
 * It does not know what an entry is.
 */
#ifndef MEMO_CACHE_BACKEND_H
#define MEMO_CACHE_BACKEND_H

#include "base/config.h"
#include "memo/store.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bounds of what waits to be written. */
#define MEMO_QUEUED_JOBS 4096
#define MEMO_QUEUED_BYTES ((size_t)64 << 20)

/* Something that the store's thread is to do. */
typedef struct memo_job {
    struct memo_job *next;
    memo_store_write write; /* operation 0: only attach write.stored */
    unsigned char *bytes;   /* write.bytes, from malloc(); or NULL */
    bool is_clearing;       /* nothing is loaded until it is done */
} memo_job;

typedef struct memo_backend {
    memo_store_host host; /* first: a store has its address only */
    const struct memo_store *store;
    struct memo_backend *next; /* of the process */

    struct memo_doorkeeper *doorkeeper; /* of a quick store; or NULL */
    void *_Atomic opened; /* set once; what it is stays for ever */
    /* Clearings of all functions that were asked for and not done yet. */
    _Atomic uint64_t clearings;
    _Atomic uint64_t dropped;

    pthread_mutex_t lock;
    pthread_cond_t to_do, done;
    memo_job *first, **last;
    size_t job_count, job_bytes;
    uint64_t added, finished; /* jobs, ever */
    pthread_t thread;
    bool has_thread, is_joinable, is_to_end;
    bool is_late;        /* a call has waited in vain: nobody waits again until
                            it is open */
    memo_stored *stored; /* all that was ever to be attached */
    uint64_t retry_ns, pause_ns; /* when to open it next; the pause before */
    uint64_t told[8];            /* warnings that were given, by their hash */
    size_t told_count;
} memo_backend;

/* The backend of a store, made at the first time.
 * Owner:  the process.
 * Errors: NULL: out of memory. */
memo_backend *memo_backend_of(const struct memo_store *store);

/* Have the store opened and the function attached; waits for it once.  False:
 * it is not there yet. */
bool memo_backend_attach(memo_backend *backend, memo_stored *stored);

/* Give it something to do.  Takes `job` over, which is freed when it is done;
 * from malloc(), and so are its bytes.  False: it was dropped. */
bool memo_backend_add(memo_backend *backend, memo_job *job);

/* Have a function cleared, or all of them (`stored` NULL): nothing of what was
 * there is loaded any more.  Waits for the store; false: it is going to be done
 * later. */
bool memo_backend_clear(memo_backend *backend, memo_stored *stored);

/* May entries be loaded?  Not before clearings are done. */
bool memo_backend_is_clear(memo_backend *backend, const memo_stored *stored);

/* Wait until all that was asked for up to now is done, or `until_ns` of the
 * monotonic clock is over. */
bool memo_backend_flush(memo_backend *backend, uint64_t until_ns);

/* The same for as long as a store may be waited for. */
bool memo_backend_flush_now(memo_backend *backend);

/* Wait for all backends; false: the timeout was over before. */
bool memo_backends_flush(void);

/* The process ends, or (`is_unloaded`) the code goes away: do what is left to
 * do, for as long as the timeout, and end the threads. */
void memo_backends_end(bool is_unloaded);

/* Around a fork.  The child knows no thread and has opened nothing. */
void memo_backends_lock(void);
void memo_backends_unlock(void);
void memo_backends_forget(void);

/* Memory is empty: what was asked for before does not count any more. */
void memo_backends_forget_asked(void);

/* All of them.  None ever goes. */
memo_backend *memo_backends_first(void);

/* From now on nothing of a function, or of all of them (`stored` NULL), is
 * loaded: forget what memory has got since it was cleared itself. */
void memo_stored_forget_loaded(const memo_backend *backend,
                               const memo_stored *stored);

/* What a store asks of its host: see memo/store.h. */
void memo_stored_forget(memo_store_host *host, const memo_stored *stored,
                        const memo_name *digest);

/* Tell people something about the store, once. */
void memo_backend_warn(memo_backend *backend, const char *text);

#endif

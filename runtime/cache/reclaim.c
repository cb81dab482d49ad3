#include "cache/reclaim.h"

#include "base/tsan.h"

#include <linux/membarrier.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A grace period costs a system call and a walk over all threads: it begins for
 * so many things or bytes. */
#define BATCH_COUNT 64
#define BATCH_BYTES (1u << 20)

static long membarrier(int command)
{
    return syscall(SYS_membarrier, command, 0, 0);
}

bool memo_reclaim_probe(void)
{
    if (MEMO_IS_TSAN) /* which knows nothing of membarrier(2) */
        return false;
    return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0 &&
           membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0;
}

bool memo_limbo_init(memo_limbo *limbo, memo_threads *threads)
{
    *limbo = (memo_limbo){.threads = threads};
    return pthread_mutex_init(&limbo->lock, NULL) == 0;
}

static void finish(const memo_limbo *limbo, memo_batch batch)
{
    while (batch.memory) {
        memo_retired *next = batch.memory->next;

        memo_tsan_acquire(batch.memory);
        free(batch.memory);
        batch.memory = next;
    }
    if (batch.objects)
        limbo->hand_on(batch.objects);
}

static bool has_any(const memo_batch *batch)
{
    return batch->memory || batch->objects;
}

/* The number of the section that the thread is in, 0 if it is in none.  Without
 * membarrier the read is an exchange, too: either it comes after the reader's,
 * and sees the section, or the reader's comes after it, and then the reader
 * sees what was unlinked. */
static uint64_t read_section(memo_thread *thread)
{
    uint64_t section =
        thread->is_fenced
            ? atomic_fetch_add_explicit(&thread->section, 0,
                                        memory_order_acq_rel)
            : atomic_load_explicit(&thread->section, memory_order_acquire);

    return section & 1 ? section : 0;
}

static bool grace_is_over(const memo_limbo *limbo)
{
    memo_thread *thread = atomic_load(&limbo->threads->first);

    for (; thread; thread = thread->next) {
        if (thread->awaited_section != 0 &&
            read_section(thread) == thread->awaited_section)
            return false;
        thread->awaited_section = 0;
    }
    return true;
}

static void begin_grace(memo_limbo *limbo)
{
    memo_thread *thread;

    limbo->awaiting = limbo->gathered;
    limbo->gathered = (memo_batch){NULL, NULL};
    limbo->gathered_count = limbo->gathered_bytes = 0;
    if (!limbo->threads->is_fenced)
        membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
    thread = atomic_load(&limbo->threads->first);
    for (; thread; thread = thread->next)
        thread->awaited_section = read_section(thread);
}

/* One step; returns what may be freed, which is done without the lock. */
static memo_batch advance(memo_limbo *limbo, bool eagerly)
{
    memo_batch done = {NULL, NULL};

    if (has_any(&limbo->awaiting)) {
        if (!grace_is_over(limbo))
            return done;
        done = limbo->awaiting;
        limbo->awaiting = (memo_batch){NULL, NULL};
    }
    if (has_any(&limbo->gathered) &&
        (eagerly || limbo->gathered_count >= BATCH_COUNT ||
         limbo->gathered_bytes >= BATCH_BYTES))
        begin_grace(limbo);
    atomic_store(&limbo->has_any,
                 has_any(&limbo->gathered) || has_any(&limbo->awaiting));
    if (!limbo->gathered.objects && !limbo->awaiting.objects)
        atomic_store(&limbo->is_urgent, false);
    return done;
}

void memo_limbo_poll(memo_limbo *limbo, bool eagerly)
{
    memo_batch done;

    if (!atomic_load_explicit(&limbo->has_any, memory_order_relaxed))
        return;
    pthread_mutex_lock(&limbo->lock);
    done = advance(limbo, eagerly);
    pthread_mutex_unlock(&limbo->lock);
    finish(limbo, done);
}

static void retire(memo_limbo *limbo, memo_retired **list, memo_retired *it,
                   size_t size)
{
    it->next = *list;
    *list = it;
    limbo->gathered_count++;
    limbo->gathered_bytes += size;
    atomic_store(&limbo->has_any, true);
}

void memo_limbo_retire(memo_limbo *limbo, memo_retired *memory, size_t size)
{
    memo_batch done;

    pthread_mutex_lock(&limbo->lock);
    retire(limbo, &limbo->gathered.memory, memory, size);
    done = advance(limbo, false);
    pthread_mutex_unlock(&limbo->lock);
    finish(limbo, done);
}

void memo_limbo_retire_object(memo_limbo *limbo, memo_retired *object,
                              size_t size, bool is_urgent)
{
    memo_batch done;

    pthread_mutex_lock(&limbo->lock);
    retire(limbo, &limbo->gathered.objects, object, size);
    if (is_urgent)
        atomic_store(&limbo->is_urgent, true);
    done = advance(limbo, false);
    pthread_mutex_unlock(&limbo->lock);
    finish(limbo, done);
}

void memo_limbo_flush(memo_limbo *limbo)
{
    /* What awaited; what was gathered begins to await; that. */
    for (int step = 0; step < 3; step++)
        memo_limbo_poll(limbo, true);
}

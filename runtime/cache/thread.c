#include "cache/thread.h"

#include "base/tsan.h"

#include <stdlib.h>
#include <string.h>

/* Blocks are written all the time: none shares a cache line, nor the pair of
 * lines that processors fetch together, with another one's. */
#define BLOCK_ALIGNMENT 128

MEMO_THREAD_LOCAL memo_thread *memo_self;

/* Set while the list is locked to make or free a block: a signal handler then
 * must not do the same. */
static MEMO_THREAD_LOCAL _Atomic bool is_changing;

/* The list is reached through the key's value, for a destructor gets nothing
 * else. */
typedef struct {
    memo_thread block;
    memo_threads *threads;
} owned_block;

static void end_thread(void *value)
{
    owned_block *owned = value;

    owned->threads->on_end(&owned->block);
    atomic_store(&is_changing, true);
    memo_self = NULL;
    pthread_mutex_lock(&owned->threads->lock);
    owned->block.is_free = true;
    pthread_mutex_unlock(&owned->threads->lock);
    atomic_store(&is_changing, false);
}

bool memo_threads_init(memo_threads *threads, bool is_fenced,
                       void (*on_end)(memo_thread *self))
{
    *threads = (memo_threads){.is_fenced = is_fenced, .on_end = on_end};
    if (pthread_mutex_init(&threads->lock, NULL) != 0)
        return false;
    return pthread_key_create(&threads->key, end_thread) == 0;
}

void memo_threads_forget_others(memo_threads *threads)
{
    memo_thread *block = atomic_load(&threads->first);

    for (; block; block = block->next) {
        uint64_t section = atomic_load(&block->section);

        block->awaits = NULL;
        if (block == memo_self)
            continue;
        block->flights = NULL;
        block->pins = (memo_pins){0};
        block->callback_frame = 0;
        block->releasing = NULL;
        block->is_free = true;
        atomic_store(&block->is_busy, false);
        atomic_store(&block->section, section + (section & 1));
    }
}

static memo_thread *take_free(memo_threads *threads)
{
    memo_thread *block = atomic_load(&threads->first);

    while (block && !block->is_free)
        block = block->next;
    if (block)
        block->is_free = false;
    return block;
}

static memo_thread *add_block(memo_threads *threads)
{
    size_t size = (sizeof(owned_block) + BLOCK_ALIGNMENT - 1) /
                  BLOCK_ALIGNMENT * BLOCK_ALIGNMENT;
    owned_block *owned = aligned_alloc(BLOCK_ALIGNMENT, size);

    if (!owned)
        return NULL;
    memset(owned, 0, size);
    owned->threads = threads;
    owned->block.is_fenced = threads->is_fenced;
    owned->block.next = atomic_load(&threads->first);
    atomic_store(&threads->first, &owned->block);
    return &owned->block;
}

memo_thread *memo_thread_make(memo_threads *threads)
{
    memo_thread *block;

    if (memo_self || atomic_load(&is_changing))
        return memo_self;
    atomic_store(&is_changing, true);
    memo_tsan_acquire(threads); /* who has made all locks */
    pthread_mutex_lock(&threads->lock);
    block = take_free(threads);
    if (!block)
        block = add_block(threads);
    if (block && pthread_setspecific(threads->key, block) != 0) {
        block->is_free = true;
        block = NULL;
    }
    pthread_mutex_unlock(&threads->lock);
    memo_self = block;
    atomic_store(&is_changing, false);
    return block;
}

bool memo_thread_make_room(memo_threads *threads, memo_thread *self,
                           size_t index)
{
    size_t capacity = (index + 16) * 2;
    memo_hit_counts *hits, *old = self->hits;

    if (index < self->hit_capacity)
        return true;
    hits = calloc(capacity, sizeof *hits);
    if (!hits)
        return false;
    pthread_mutex_lock(&threads->lock);
    for (size_t i = 0; i < self->hit_capacity; i++) {
        atomic_init(&hits[i].hits, atomic_load(&old[i].hits));
        atomic_init(&hits[i].store_hits, atomic_load(&old[i].store_hits));
    }
    self->hits = hits;
    /* A signal handler may count a hit in between. */
    atomic_signal_fence(memory_order_seq_cst);
    self->hit_capacity = capacity;
    pthread_mutex_unlock(&threads->lock);
    free(old);
    return true;
}

/* Under the lock of the list; NULL: it has counted none yet. */
static memo_hit_counts *counts_of(const memo_thread *block, size_t index)
{
    return index < block->hit_capacity ? &block->hits[index] : NULL;
}

memo_hit_sums memo_threads_sum_hits(memo_threads *threads, size_t index)
{
    memo_hit_sums sums = {0, 0};
    memo_thread *block;

    pthread_mutex_lock(&threads->lock);
    for (block = atomic_load(&threads->first); block; block = block->next) {
        const memo_hit_counts *counts = counts_of(block, index);

        if (!counts)
            continue;
        sums.store_hits +=
            atomic_load_explicit(&counts->store_hits, memory_order_acquire);
        sums.hits += atomic_load_explicit(&counts->hits, memory_order_relaxed);
    }
    pthread_mutex_unlock(&threads->lock);
    return sums;
}

void memo_threads_zero_hits(memo_threads *threads, size_t index)
{
    memo_thread *block;

    pthread_mutex_lock(&threads->lock);
    for (block = atomic_load(&threads->first); block; block = block->next) {
        memo_hit_counts *counts = counts_of(block, index);

        if (!counts)
            continue;
        atomic_store_explicit(&counts->hits, 0, memory_order_relaxed);
        atomic_store_explicit(&counts->store_hits, 0, memory_order_relaxed);
    }
    pthread_mutex_unlock(&threads->lock);
}

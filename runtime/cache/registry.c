#include "cache/registry.h"

#include "base/log.h"
#include "base/tsan.h"
#include "cache/backend.h"
#include "memo.h"

#include <stdlib.h>
#include <string.h>

/* Pairs of sets that a miss sweeps. */
#define SWEPT_PAIRS 1

memo_registry memo_process;
char memo_unloaded;

static MEMO_THREAD_LOCAL _Atomic bool is_starting;

/* Whoever links a part of libmemo.a links all that others may call.  A program
 * with some of it and a shared object with all of it would share those calls
 * only, and each keep a registry of its own. */
static const memo_address all_parts[] __attribute__((used)) = {
    (memo_address)memo_begin,       (memo_address)memo_end,
    (memo_address)memo_clear_all,   (memo_address)memo_hash_source,
    (memo_address)memo_status_text,
};

/* ---- start and fork ----------------------------------------------------- */

static void end_thread(memo_thread *self)
{
    atomic_store(&self->is_busy, true);
    memo_flights_drop_all(&memo_process.flights, self);
    atomic_store(&self->is_busy, false);
    memo_objects_end_thread(self);
}

/* Did this thread take all locks to fork?  Not when a signal handler that
 * interrupted the library forks: this thread may hold some of them already, and
 * goes on with them in the child. */
static MEMO_THREAD_LOCAL bool holds_all_locks;

/* Other handlers of fork() may run with all locks held: this thread is inside
 * of the library until they are given back. */
static void before_fork(void)
{
    memo_thread *self;

    if (!atomic_load(&memo_process.is_ready))
        return;
    self = memo_thread_make(&memo_process.threads);
    if (!self || memo_thread_is_inside(self))
        return;
    memo_thread_set_inside(self, true);
    pthread_mutex_lock(&memo_process.lock);
    pthread_mutex_lock(&memo_process.flights.lock);
    pthread_mutex_lock(&memo_process.drawings_lock);
    for (unsigned i = 0; i < MEMO_STRIPES; i++)
        pthread_mutex_lock(&memo_process.space.stripes[i]);
    pthread_mutex_lock(&memo_process.space.limbo.lock);
    pthread_mutex_lock(&memo_process.objects.lock);
    pthread_mutex_lock(&memo_process.threads.lock);
    memo_backends_lock();
    holds_all_locks = true;
}

static void give_locks_back(void)
{
    holds_all_locks = false;
    memo_backends_unlock();
    pthread_mutex_unlock(&memo_process.threads.lock);
    pthread_mutex_unlock(&memo_process.objects.lock);
    pthread_mutex_unlock(&memo_process.space.limbo.lock);
    for (unsigned i = MEMO_STRIPES; i-- > 0;)
        pthread_mutex_unlock(&memo_process.space.stripes[i]);
    pthread_mutex_unlock(&memo_process.drawings_lock);
    pthread_mutex_unlock(&memo_process.flights.lock);
    pthread_mutex_unlock(&memo_process.lock);
}

static void after_fork(void)
{
    if (!holds_all_locks)
        return;
    give_locks_back();
    memo_thread_set_inside(memo_self, false);
}

static void after_fork_in_child(void)
{
    memo_cache *cache;

    if (!holds_all_locks)
        return;
    memo_backends_forget();
    give_locks_back();
    /* Only bounds need the exact numbers. */
    for (cache = memo_process.first; cache; cache = cache->next) {
        if (cache->function->max_entries > 0 || cache->function->max_bytes > 0)
            memo_table_recount(&cache->table);
    }
    memo_flights_forget_others(&memo_process.flights);
    memo_threads_forget_others(&memo_process.threads);
    memo_objects_forget_parent(&memo_process.objects);
    memo_thread_set_inside(memo_self, false);
}

/* atexit(), told which object it is for: what ThreadSanitizer puts in its place
 * forgets that, and calls a library that was unloaded.
 * Source: Itanium C++ ABI, 3.3.5. */
/* NOLINTBEGIN(bugprone-reserved-identifier): the ABI names them. */
extern int __cxa_atexit(void (*function)(void *), void *argument, void *object);
extern void *__dso_handle __attribute__((visibility("hidden")));
/* NOLINTEND(bugprone-reserved-identifier) */

/* exit() comes here before it runs the destructors of object files, which are
 * then taken for what they are. */
static void prepare_to_exit(void *unused)
{
    (void)unused;
    atomic_store(&memo_process.is_exiting, true);
    if (memo_settings_now()->config.release_at_exit)
        memo_objects_release_all();
    memo_backends_end(false);
}

static void start(void)
{
    static memo_settings first;
    bool is_fenced = !memo_reclaim_probe();

    memo_settings_init(&first);
    atomic_store(&memo_process.settings, &first);
    memo_process.all_settings = &first;
    memo_settings_read_environment(&first);
    if (pthread_mutex_init(&memo_process.lock, NULL) != 0 ||
        pthread_mutex_init(&memo_process.drawings_lock, NULL) != 0 ||
        !memo_threads_init(&memo_process.threads, is_fenced, end_thread) ||
        !memo_space_init(&memo_process.space, &memo_process.threads) ||
        !memo_flights_init(&memo_process.flights) ||
        !memo_objects_init(&memo_process.objects) ||
        __cxa_atexit(prepare_to_exit, NULL, &__dso_handle) != 0 ||
        pthread_atfork(before_fork, after_fork, after_fork_in_child) != 0) {
        memo_log_warn(&first.config, "nothing is cached: out of memory");
        return;
    }
    atomic_store(&memo_process.space.max_bytes, first.config.max_bytes);
    memo_tsan_release(&memo_process.threads);
    atomic_store(&memo_process.is_ready, true);
}

bool memo_registry_start(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    if (atomic_load(&is_starting))
        return false;
    atomic_store(&is_starting, true);
    pthread_once(&once, start);
    atomic_store(&is_starting, false);
    return atomic_load(&memo_process.is_ready);
}

bool memo_registry_lock(void)
{
    memo_thread *self = memo_thread_make(&memo_process.threads);
    bool was_inside = self && atomic_exchange(&self->is_busy, true);

    pthread_mutex_lock(&memo_process.lock);
    return was_inside;
}

void memo_registry_unlock(bool was_inside)
{
    pthread_mutex_unlock(&memo_process.lock);
    if (memo_self)
        atomic_store(&memo_self->is_busy, was_inside);
}

/* The library itself may be unloaded: no thread may come back to it then.  What
 * the registry holds stays, for at exit other threads may look at it still. */
__attribute__((destructor)) static void stop(void)
{
    if (!atomic_load(&memo_process.is_ready))
        return;
    if (!atomic_load(&memo_process.is_exiting))
        memo_backends_end(true);
    pthread_key_delete(memo_process.threads.key);
}

/* ---- functions ---------------------------------------------------------- */

/* May calls take the short way, memo_find_words()? */
static bool is_short(const memo_cache *cache, const memo_config *config)
{
    const struct memo_sharing *sharing = cache->function->sharing;

    return cache->function->word_count > 0 && !(sharing && sharing->validate) &&
           !memo_drawings_are_used(&cache->drawings) && !config->disable &&
           !config->verify && config->log_level < MEMO_LOG_HIT;
}

static void publish(memo_cache *cache, const memo_config *config)
{
    void *table = is_short(cache, config) ? cache : NULL;

    __atomic_store_n(&cache->function->table, table, __ATOMIC_RELEASE);
}

void memo_registry_note_drawing(memo_cache *cache)
{
    if (memo_drawings_are_used(&cache->drawings))
        return;
    pthread_mutex_lock(&memo_process.lock);
    atomic_store(&cache->drawings.is_used, true);
    atomic_store(&cache->has_to_check, true);
    publish(cache, &memo_settings_now()->config);
    pthread_mutex_unlock(&memo_process.lock);
}

static size_t take_index(void)
{
    size_t index = memo_process.free_count > 0
                       ? memo_process.free_indices[--memo_process.free_count]
                       : memo_process.index_count++;

    memo_threads_zero_hits(&memo_process.threads, index);
    return index;
}

/* An index that cannot be noted is not used again. */
static void give_index(size_t index)
{
    if (memo_process.free_count == memo_process.free_capacity) {
        size_t capacity = memo_process.free_capacity * 2 + 16;
        size_t *more =
            realloc(memo_process.free_indices, capacity * sizeof *more);

        if (!more)
            return;
        memo_process.free_indices = more;
        memo_process.free_capacity = capacity;
    }
    memo_process.free_indices[memo_process.free_count++] = index;
}

static memo_cache *make_cache(struct memo_function *function)
{
    memo_table_options options = {
        .max_entries = function->max_entries,
        .max_bytes = function->max_bytes,
        .ttl_ns = function->ttl_ns,
        .has_entries = function->word_count == 0 || function->sharing,
        .has_objects = function->sharing != NULL,
    };
    memo_cache *cache = aligned_alloc(_Alignof(memo_cache), sizeof *cache);

    if (!cache)
        return NULL;
    memset(cache, 0, sizeof *cache);
    if (function->sharing)
        cache->pool = memo_pool_make(function);
    if ((function->sharing && !cache->pool) ||
        !memo_table_init(&cache->table, &options, &memo_process.space)) {
        memo_pool_drop(cache->pool);
        free(cache);
        return NULL;
    }
    cache->function = function;
    cache->born_ns = memo_clock_now(&(memo_clock){.read = NULL});
    cache->drawings.lock = &memo_process.drawings_lock;
    cache->links.lock = &memo_process.drawings_lock;
    cache->is_address = !function->sharing &&
                        function->result_kind == MEMO_RESULT_VALUE &&
                        function->result_type->kind == MEMO_KIND_ADDRESS;
    atomic_init(&cache->has_to_check, options.ttl_ns != 0 || cache->is_address);
    memo_tsan_release(cache);
    return cache;
}

static bool add(struct memo_function *function)
{
    memo_cache **last = &memo_process.first, *cache;

    if (__atomic_load_n(&function->state, __ATOMIC_ACQUIRE))
        return memo_cache_of(function) != NULL;
    cache = make_cache(function);
    if (!cache)
        return false;
    cache->index = take_index();
    cache->serial = ++memo_process.last_serial;
    atomic_fetch_add(&memo_process.ttl_count, function->ttl_ns != 0);
    while (*last)
        last = &(*last)->next;
    *last = cache;
    if (function->unit) {
        function->next = function->unit->first;
        function->unit->first = function;
    }
    __atomic_store_n(&function->state, cache, __ATOMIC_RELEASE);
    publish(cache, &memo_settings_now()->config);
    return true;
}

bool memo_registry_add(struct memo_function *function)
{
    bool done;

    pthread_mutex_lock(&memo_process.lock);
    done = add(function);
    pthread_mutex_unlock(&memo_process.lock);
    return done;
}

MEMO_EXPORT void memo_declare(struct memo_function *function)
{
    if (function->abi == MEMO_ABI && memo_registry_is_ready())
        memo_registry_add(function);
}

/* Returns the pool of what it shared, which may be still in use, or NULL. */
static memo_pool *remove_function(struct memo_function *function)
{
    memo_cache *cache = memo_cache_of(function), **at = &memo_process.first;

    __atomic_store_n(&function->table, NULL, __ATOMIC_RELEASE);
    __atomic_store_n(&function->state, (void *)&memo_unloaded,
                     __ATOMIC_RELEASE);
    if (!cache)
        return NULL;
    while (*at != cache)
        at = &(*at)->next;
    *at = cache->next;
    if (memo_process.sweeping == cache)
        memo_process.sweeping = cache->next;
    atomic_fetch_sub(&memo_process.ttl_count, function->ttl_ns != 0);
    give_index(cache->index);
    memo_table_finish(&cache->table);
    memo_drawings_finish(&cache->drawings);
    memo_stored_map_clear(&cache->links);
    memo_limbo_retire(&memo_process.space.limbo, &cache->retired,
                      sizeof *cache);
    return cache->pool;
}

MEMO_EXPORT void memo_unload(struct memo_unit *unit)
{
    struct memo_function *function;
    memo_pool *closing = NULL, **pools = &closing, *pool;
    bool was_inside;

    if (!memo_registry_is_ready())
        return;
    /* At the end of the process the code stays, and threads may go on. */
    if (atomic_load(&memo_process.is_exiting))
        pools = &memo_process.last_pools;
    was_inside = memo_registry_lock();
    while ((function = unit->first) != NULL) {
        unit->first = function->next;
        pool = remove_function(function);
        if (pool) {
            pool->next = *pools;
            *pools = pool;
        }
    }
    memo_limbo_flush(&memo_process.space.limbo);
    memo_registry_unlock(was_inside);
    memo_pools_close(closing, memo_self);
}

memo_status memo_registry_find(memo_cache **out, memo_address address,
                               const char *name)
{
    memo_cache *cache;
    unsigned matches = 0;

    for (cache = memo_process.first; cache; cache = cache->next) {
        if (address && cache->function->address == address) {
            *out = cache;
            return MEMO_OK;
        }
        if (strcmp(cache->function->name, name) == 0) {
            *out = cache;
            matches++;
        }
    }
    if (matches == 1)
        return MEMO_OK;
    return matches == 0 ? MEMO_NOT_MEMOIZED : MEMO_AMBIGUOUS;
}

memo_cache *memo_registry_next(uint64_t serial)
{
    memo_cache *cache = memo_process.first;

    while (cache && cache->serial <= serial)
        cache = cache->next;
    return cache;
}

/* ---- memory ------------------------------------------------------------- */

/* What is drawn goes last: a result without it is not handed out. */
void memo_cache_clear(memo_cache *cache)
{
    memo_table_clear(&cache->table);
    memo_drawings_clear(&cache->drawings);
    memo_stored_map_clear(&cache->links);
}

void memo_registry_clear(void)
{
    bool was_inside = memo_registry_lock();

    for (memo_cache *cache = memo_process.first; cache; cache = cache->next)
        memo_cache_clear(cache);
    memo_limbo_flush(&memo_process.space.limbo);
    memo_registry_unlock(was_inside);
    memo_objects_settle(memo_self);
    memo_backends_forget_asked();
}

/* Only entries out of line give memory back one by one. */
static memo_cache *find_largest(void)
{
    memo_cache *cache, *largest = NULL;
    uint64_t most = 0;

    for (cache = memo_process.first; cache; cache = cache->next) {
        uint64_t bytes = atomic_load(&cache->table.bytes);

        if (cache->table.options.has_entries && bytes > most) {
            most = bytes;
            largest = cache;
        }
    }
    return largest;
}

/* Is the process above its bound, with so many bytes more?  What does not even
 * fit beside the sets, which stay, will not be kept: it needs no room. */
static bool is_over(uint64_t bytes)
{
    const memo_space *space = &memo_process.space;
    uint64_t most = atomic_load(&space->max_bytes);

    if (atomic_load(&space->sets_bytes) + bytes > most)
        bytes = 0;
    return most != 0 && atomic_load(&space->bytes) + bytes > most;
}

static void make_room(uint64_t bytes, uint64_t now_ns)
{
    memo_cache *largest;

    while (is_over(bytes) && (largest = find_largest()) != NULL) {
        if (!memo_table_evict(&largest->table, now_ns))
            break;
    }
}

void memo_registry_make_room(size_t bytes, uint64_t now_ns)
{
    if (!is_over(bytes))
        return;
    pthread_mutex_lock(&memo_process.lock);
    make_room(bytes, now_ns);
    pthread_mutex_unlock(&memo_process.lock);
}

/* ---- settings ----------------------------------------------------------- */

static memo_status configure(const memo_config *config, uint64_t now_ns)
{
    memo_settings *made =
        memo_settings_make(&memo_process.all_settings, config);
    memo_cache *cache;

    if (!made)
        return MEMO_NO_MEMORY;
    memo_tsan_release(made);
    atomic_store_explicit(&memo_process.settings, made, memory_order_release);
    atomic_store(&memo_process.space.max_bytes, config->max_bytes);
    for (cache = memo_process.first; cache; cache = cache->next)
        publish(cache, config);
    make_room(0, now_ns);
    memo_limbo_flush(&memo_process.space.limbo);
    return MEMO_OK;
}

memo_status memo_registry_configure(const memo_config *config)
{
    memo_clock clock = {.read = config->clock,
                        .context = config->clock_context};
    uint64_t now_ns = memo_clock_now(&clock);
    bool was_inside = memo_registry_lock();
    memo_status status = configure(config, now_ns);

    memo_registry_unlock(was_inside);
    return status;
}

/* ---- sweeping ----------------------------------------------------------- */

static void sweep(uint64_t now_ns)
{
    memo_cache *cache = memo_process.sweeping;

    while (cache && cache->table.options.ttl_ns == 0)
        cache = cache->next;
    if (!cache) {
        memo_process.sweeping = memo_process.first;
        return;
    }
    memo_process.sweeping = memo_table_sweep(&cache->table, SWEPT_PAIRS, now_ns)
                                ? cache->next
                                : cache;
}

void memo_registry_sweep(uint64_t now_ns)
{
    if (atomic_load_explicit(&memo_process.ttl_count, memory_order_relaxed) >
            0 &&
        pthread_mutex_trylock(&memo_process.lock) == 0) {
        sweep(now_ns);
        pthread_mutex_unlock(&memo_process.lock);
    }
    memo_limbo_poll(&memo_process.space.limbo, false);
}

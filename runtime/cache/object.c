#include "cache/object.h"

#include "base/log.h"
#include "base/tsan.h"
#include "cache/registry.h"
#include "cache/value.h"
#include "memo.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How long memo_unload() waits for others to let go, in steps. */
#define CLOSING_STEPS 1000
#define CLOSING_STEP_NS 1000000

/* A thread that ends may pin again, in a release function: up to so often. */
#define LAST_ROUNDS 4

/* What has left together, on its way from limbo. */
static void hand_on(memo_retired *entries)
{
    while (entries) {
        memo_retired *next = entries->next;

        memo_object_leave(memo_object_of((memo_entry *)(void *)entries));
        entries = next;
    }
}

bool memo_objects_init(memo_objects *objects)
{
    objects->last = &objects->first;
    memo_process.space.limbo.hand_on = hand_on;
    return pthread_mutex_init(&objects->lock, NULL) == 0;
}

/* ---- pools -------------------------------------------------------------- */

memo_pool *memo_pool_make(const struct memo_function *function)
{
    const memo_u32 deep = MEMO_VALUE_IS_DEEP | MEMO_VALUE_CALLS_USER;
    memo_pool *pool = calloc(1, sizeof *pool);

    if (!pool)
        return NULL;
    pool->shared = pool->copied = memo_value_function(function);
    pool->shared.flags &= ~deep;
    pool->copied.sharing = NULL;
    pool->is_borrowed = function->sharing->is_borrowed;
    pool->is_address = function->result_kind == MEMO_RESULT_VALUE &&
                       function->result_type->kind == MEMO_KIND_ADDRESS;
    atomic_init(&pool->has_code, pool->is_borrowed
                                     ? (function->flags & deep) != 0
                                     : function->sharing->release != NULL);
    atomic_init(&pool->references, 1);
    return pool;
}

void memo_pool_hold(memo_pool *pool)
{
    atomic_fetch_add(&pool->references, 1);
}

void memo_pool_drop(memo_pool *pool)
{
    if (pool && atomic_fetch_sub(&pool->references, 1) == 1)
        free(pool);
}

/* ---- the end of an object ----------------------------------------------- */

memo_object *memo_object_make(memo_pool *pool, const memo_entry *key,
                              size_t value_size, size_t content_size)
{
    size_t key_size = key ? key->key_size : 0, size;
    memo_object *object;
    memo_entry *entry;

    /* Of a result in a word, a hit reads the whole word. */
    if (value_size < sizeof(uint64_t))
        value_size = sizeof(uint64_t);
    size = sizeof *object + sizeof *entry + key_size + value_size;
    object = calloc(1, size);
    if (!object)
        return NULL;
    memo_pool_hold(pool);
    object->pool = pool;
    object->bytes = size + content_size;
    object->forks = memo_process.objects.forks;
    entry = memo_object_entry(object);
    entry->key_size = (uint32_t)key_size;
    entry->value_size = value_size;
    if (key)
        memcpy(entry->bytes, key->bytes, key_size);
    return object;
}

static bool is_null(memo_object *object)
{
    const void *address;

    if (!object->pool->is_address)
        return false;
    memcpy(&address, memo_object_result(object), sizeof address);
    return address == NULL;
}

static void destroy(memo_object *object)
{
    memo_pool_drop(object->pool);
    free(object);
}

/* What needs nothing of the user's.  Of what does, the code is gone. */
static void release_memory(memo_object *object)
{
    const memo_u32 deep = MEMO_VALUE_IS_DEEP | MEMO_VALUE_CALLS_USER;
    void *memory;

    if (!object->pool->is_borrowed || (object->pool->copied.flags & deep))
        return;
    memcpy(&memory, memo_object_result(object), sizeof memory);
    free(memory);
}

static void enqueue(memo_objects *objects, memo_object *object)
{
    pthread_mutex_lock(&objects->lock);
    object->next = NULL;
    *objects->last = object;
    objects->last = &object->next;
    atomic_store_explicit(&objects->has_any, true, memory_order_relaxed);
    pthread_mutex_unlock(&objects->lock);
}

/* May the user's code be called for it?  Resources that the parent of this
 * process has made are its own to release. */
static bool is_to_release(const memo_objects *objects, memo_object *object)
{
    return atomic_load(&object->pool->has_code) && !is_null(object) &&
           (object->pool->is_borrowed || object->forks == objects->forks);
}

/* The next object of the queue. */
static memo_object *dequeue(memo_objects *objects, bool *is_released)
{
    memo_object *object;

    pthread_mutex_lock(&objects->lock);
    object = objects->first;
    if (object) {
        objects->first = object->next;
        if (!objects->first)
            objects->last = &objects->first;
        *is_released = is_to_release(objects, object);
    }
    atomic_store_explicit(&objects->has_any, objects->first != NULL,
                          memory_order_relaxed);
    pthread_mutex_unlock(&objects->lock);
    return object;
}

/* Nobody uses it any more.  What is only memory needs no safe point. */
static void end(memo_object *object)
{
    memo_tsan_acquire(object);
    if (atomic_load(&object->pool->has_code)) {
        enqueue(&memo_process.objects, object);
    } else {
        release_memory(object);
        destroy(object);
    }
}

/* ---- pins --------------------------------------------------------------- */

void memo_object_pin(memo_thread *self, memo_object *object)
{
    uint64_t before =
        atomic_fetch_add_explicit(&object->uses, 1, memory_order_acquire);

    memo_tsan_acquire(object);
    if ((before & ~MEMO_OBJECT_LEFT) == 0) {
        atomic_fetch_add(&object->pool->pinned, 1);
        atomic_fetch_add(&object->pool->pinned_bytes, object->bytes);
    }
    memo_pins_add(&self->pins, object);
}

/* From the moment that it has no pin, others may end it, and then its pool. */
static void let_go(memo_object *object)
{
    memo_pool *pool = object->pool;
    size_t bytes = object->bytes;
    uint64_t before;

    memo_pool_hold(pool);
    memo_tsan_release(object);
    before = atomic_fetch_sub_explicit(&object->uses, 1, memory_order_acq_rel);
    if ((before & ~MEMO_OBJECT_LEFT) == 1) {
        atomic_fetch_sub(&pool->pinned, 1);
        atomic_fetch_sub(&pool->pinned_bytes, bytes);
    }
    if (before == (MEMO_OBJECT_LEFT | 1))
        end(object);
    memo_pool_drop(pool);
}

void memo_object_unpin(memo_thread *self, memo_object *object)
{
    memo_pins_remove(&self->pins, object);
    let_go(object);
}

void memo_objects_unpin_all(memo_thread *self)
{
    memo_pins_clear(&self->pins, let_go);
}

void memo_object_leave(memo_object *object)
{
    uint64_t before = atomic_fetch_or_explicit(&object->uses, MEMO_OBJECT_LEFT,
                                               memory_order_acq_rel);

    if (before == 0)
        end(object);
}

void memo_object_retire(memo_limbo *limbo, memo_entry *entry)
{
    const memo_object *object = memo_object_of(entry);

    memo_limbo_retire_object(limbo, &entry->retired, object->bytes,
                             atomic_load(&object->pool->has_code));
}

/* ---- the user's functions ----------------------------------------------- */

/* Stacks grow down, so what a callback calls has a lower frame.  A longjmp out
 * of one shows in that the next call from further up has not. */
__attribute__((noinline)) bool memo_objects_are_calling(memo_thread *self)
{
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);

    if (self->callback_frame != 0 && frame >= self->callback_frame)
        self->callback_frame = 0;
    return self->callback_frame != 0;
}

__attribute__((noinline)) bool
memo_object_is_valid(memo_thread *self, memo_object *object,
                     int (*validate)(const void *result))
{
    uintptr_t outer = self->callback_frame;
    int saved_errno = errno;
    bool is_valid;

    self->callback_frame = (uintptr_t)__builtin_frame_address(0);
    is_valid = validate(memo_object_result(object)) != 0;
    self->callback_frame = outer;
    errno = saved_errno;
    return is_valid;
}

static void release(memo_object *object)
{
    const memo_pool *pool = object->pool;
    struct memo_function front = pool->copied;
    void *memory;

    if (!pool->is_borrowed) {
        pool->shared.sharing->release(memo_object_result(object));
        return;
    }
    front.parameter_count = 0;
    memcpy(&memory, memo_object_result(object), sizeof memory);
    memo_value_release(
        &(memo_computed){&front, NULL, &memory, object->result_count, NULL});
}

static __attribute__((noinline)) void call_release(memo_thread *self,
                                                   memo_object *object)
{
    uintptr_t outer = self->callback_frame;
    int saved_errno = errno;

    self->callback_frame = (uintptr_t)__builtin_frame_address(0);
    release(object);
    self->callback_frame = outer;
    errno = saved_errno;
}

static void flush_limbo(memo_thread *self)
{
    memo_limbo *limbo = &memo_process.space.limbo;

    if (!atomic_load_explicit(&limbo->is_urgent, memory_order_relaxed))
        return;
    memo_thread_set_inside(self, true);
    memo_limbo_flush(limbo);
    memo_thread_set_inside(self, false);
}

/* A release function has ended the thread, or jumped away. */
static void drop_left(memo_thread *self)
{
    if (self->releasing)
        destroy(self->releasing);
    self->releasing = NULL;
}

/* One at a time: see above. */
static bool settle_one(memo_thread *self)
{
    bool is_released = false;
    memo_object *object;

    memo_thread_set_inside(self, true);
    object = dequeue(&memo_process.objects, &is_released);
    memo_thread_set_inside(self, false);
    if (!object)
        return false;
    self->releasing = object;
    if (is_released)
        call_release(self, object);
    memo_thread_set_inside(self, true);
    if (!is_released)
        release_memory(object);
    if (self->releasing == object)
        drop_left(self);
    memo_thread_set_inside(self, false);
    return true;
}

void memo_objects_settle(memo_thread *self)
{
    memo_objects *objects = &memo_process.objects;

    if (!atomic_load_explicit(&objects->has_any, memory_order_relaxed) &&
        !atomic_load_explicit(&memo_process.space.limbo.is_urgent,
                              memory_order_relaxed))
        return;
    if (!self || memo_thread_is_inside(self) || memo_objects_are_calling(self))
        return;
    drop_left(self);
    flush_limbo(self);
    while (atomic_load_explicit(&objects->has_any, memory_order_relaxed) &&
           settle_one(self))
        continue;
}

/* ---- threads, libraries and processes that end -------------------------- */

void memo_objects_end_thread(memo_thread *self)
{
    self->callback_frame = 0;
    drop_left(self);
    for (int round = 0; round < LAST_ROUNDS && self->pins.count > 0; round++) {
        memo_thread_set_inside(self, true);
        memo_objects_unpin_all(self);
        memo_thread_set_inside(self, false);
        memo_objects_settle(self);
    }
}

void memo_objects_release_all(void)
{
    for (int round = 0; round < LAST_ROUNDS; round++) {
        memo_registry_clear();
        memo_borrow_end();
    }
}

static bool has_pool(const memo_pool *pools, const memo_pool *pool)
{
    while (pools && pools != pool)
        pools = pools->next;
    return pools != NULL;
}

/* This thread's pins on objects of these pools. */
static void unpin_pools(const memo_pool *pools, memo_thread *self)
{
    memo_pins *pins = &self->pins;

    for (size_t i = 0; pins->slots && i <= pins->mask;) {
        /* Another one may come into the place of what is taken out. */
        if (pins->slots[i] && has_pool(pools, pins->slots[i]->pool))
            memo_object_unpin(self, pins->slots[i]);
        else
            i++;
    }
}

/* Is there more than what other threads pin? */
static bool is_closing(const memo_pool *pools)
{
    for (; pools; pools = pools->next) {
        if (atomic_load(&pools->references) - 1 > atomic_load(&pools->pinned))
            return true;
    }
    return false;
}

static void forget_code(memo_pool *pool)
{
    memo_objects *objects = &memo_process.objects;
    size_t left = atomic_load(&pool->references) - 1;
    bool had_code;

    pthread_mutex_lock(&objects->lock);
    had_code = atomic_exchange(&pool->has_code, false);
    pthread_mutex_unlock(&objects->lock);
    if (left > 0 && had_code)
        memo_log_warn(&memo_settings_now()->config,
                      "'%s' is unloaded while %zu of its objects are in use: "
                      "they are not released",
                      pool->shared.name, left);
}

void memo_pools_close(memo_pool *pools, memo_thread *self)
{
    const struct timespec step = {.tv_nsec = CLOSING_STEP_NS};

    if (self && !memo_thread_is_inside(self)) {
        memo_thread_set_inside(self, true);
        unpin_pools(pools, self);
        memo_thread_set_inside(self, false);
        memo_objects_settle(self);
    }
    /* Others may be in a section, or in a release function. */
    for (int i = 0; i < CLOSING_STEPS && is_closing(pools); i++) {
        nanosleep(&step, NULL);
        memo_limbo_flush(&memo_process.space.limbo);
        memo_objects_settle(self);
    }
    while (pools) {
        memo_pool *next = pools->next;

        forget_code(pools);
        memo_pool_drop(pools);
        pools = next;
    }
}

/* What other threads had pinned stays pinned: their sets may have been changing
 * at the fork. */
void memo_objects_forget_parent(memo_objects *objects)
{
    objects->forks++;
}

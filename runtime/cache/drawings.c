#include "cache/drawings.h"

#include "base/export.h"
#include "base/hash.h"
#include "cache/framed.h"

#include <stdlib.h>
#include <string.h>

/* Answers that need no memory. */
#define FEW_BYTES 512

/* Of a list of inputs: far more than any set of widgets asks for. */
#define MOST_INPUT_BYTES ((memo_size)64 << 10)

/* ---- recordings ---------------------------------------------------------- */

struct memo_recording {
    _Atomic size_t owners;
    memo_size size;
    unsigned char bytes[];
};

MEMO_EXPORT memo_recording *memo_recording_make(memo_size size)
{
    memo_recording *recording = malloc(sizeof *recording + size);

    if (!recording)
        return NULL;
    atomic_init(&recording->owners, 1);
    recording->size = size;
    return recording;
}

MEMO_EXPORT unsigned char *memo_recording_bytes(memo_recording *recording,
                                                memo_size *size)
{
    *size = recording->size;
    return recording->bytes;
}

MEMO_EXPORT void memo_recording_hold(memo_recording *recording)
{
    atomic_fetch_add_explicit(&recording->owners, 1, memory_order_relaxed);
}

MEMO_EXPORT void memo_recording_drop(memo_recording *recording)
{
    if (recording && atomic_fetch_sub(&recording->owners, 1) == 1)
        free(recording);
}

/* ---- two hash tables ----------------------------------------------------- */

/* What both kinds of items begin with. */
typedef struct item {
    struct item *next;
    memo_words key;
} item;

typedef struct memo_drawing {
    item item;
    uint64_t value;
    memo_recording *recording;
} drawing;

/* Shared by counting, so that it can be read without the lock.  `sizes`: those
 * that it had, the last ones, in bytes; the present one at the end. */
typedef struct {
    _Atomic size_t owners;
    unsigned step_count;
    memo_size sizes[MEMO_MOST_KEYS];
    memo_size size;
    unsigned char bytes[];
} list;

typedef struct memo_inputs {
    item item;
    uint64_t serial; /* part of the keys of its results */
    list *all;
} inputs;

static item **bucket_of(void *buckets, size_t mask, memo_words key)
{
    return (item **)buckets + (memo_hash_words(key.word0, key.word1) & mask);
}

static item *find(void *buckets, size_t mask, memo_words key)
{
    item *at = buckets ? *bucket_of(buckets, mask, key) : NULL;

    while (at && (at->key.word0 != key.word0 || at->key.word1 != key.word1))
        at = at->next;
    return at;
}

/* Twice the buckets, or the first ones, when there are as many items. */
static bool make_room(void *buckets, size_t *mask, size_t count)
{
    item **old, **new;
    size_t size = *mask + 1;

    memcpy(&old, buckets, sizeof old);
    if (old && count < size)
        return true;
    size = old ? 2 * size : 16;
    new = calloc(size, sizeof *new);
    if (!new)
        return old != NULL;
    for (size_t i = 0; old && i <= *mask; i++) {
        while (old[i]) {
            item *moved = old[i], **to = bucket_of(new, size - 1, moved->key);

            old[i] = moved->next;
            moved->next = *to;
            *to = moved;
        }
    }
    free(old);
    *mask = size - 1;
    memcpy(buckets, &new, sizeof new);
    return true;
}

static void *add(void *buckets, size_t mask, memo_words key, size_t size)
{
    item *added = calloc(1, size), **to = bucket_of(buckets, mask, key);

    if (!added)
        return NULL;
    added->key = key;
    added->next = *to;
    *to = added;
    return added;
}

static memo_size size_of(const memo_recording *recording)
{
    return recording ? sizeof *recording + recording->size : 0;
}

static void drop_drawing(memo_drawings *drawings, drawing *dropped)
{
    drawings->bytes -= size_of(dropped->recording);
    memo_recording_drop(dropped->recording);
    free(dropped);
}

static void drop_list(list *dropped)
{
    if (dropped && atomic_fetch_sub(&dropped->owners, 1) == 1)
        free(dropped);
}

static void clear_inputs(memo_drawings *drawings)
{
    for (size_t i = 0; drawings->inputs && i <= drawings->inputs_mask; i++) {
        while (drawings->inputs[i]) {
            inputs *first = drawings->inputs[i];

            drawings->inputs[i] = (inputs *)(void *)first->item.next;
            drop_list(first->all);
            free(first);
        }
    }
    drawings->inputs_count = 0;
}

/* The results of no recording are not found any more. */
static void clear_recordings(memo_drawings *drawings)
{
    for (size_t i = 0; drawings->drawings && i <= drawings->drawing_mask; i++) {
        while (drawings->drawings[i]) {
            drawing *first = drawings->drawings[i];

            drawings->drawings[i] = (drawing *)(void *)first->item.next;
            drop_drawing(drawings, first);
        }
    }
    drawings->drawing_count = 0;
}

static void clear(memo_drawings *drawings)
{
    clear_recordings(drawings);
    clear_inputs(drawings);
    drawings->clearances++;
}

void memo_drawings_finish(memo_drawings *drawings)
{
    pthread_mutex_lock(drawings->lock);
    clear(drawings);
    free(drawings->drawings);
    free(drawings->inputs);
    drawings->drawings = NULL;
    drawings->inputs = NULL;
    pthread_mutex_unlock(drawings->lock);
}

void memo_drawings_clear(memo_drawings *drawings)
{
    pthread_mutex_lock(drawings->lock);
    clear(drawings);
    pthread_mutex_unlock(drawings->lock);
}

void memo_drawings_clear_arguments(memo_drawings *drawings,
                                   memo_words arguments)
{
    inputs *cleared;

    pthread_mutex_lock(drawings->lock);
    cleared = (inputs *)(void *)find(drawings->inputs, drawings->inputs_mask,
                                     arguments);
    if (cleared) /* what it led to is not found again */
        cleared->serial = ++drawings->last_serial;
    drawings->clearances++;
    pthread_mutex_unlock(drawings->lock);
}

uint64_t memo_drawings_clearances(memo_drawings *drawings)
{
    return atomic_load(&drawings->clearances);
}

/* ---- inputs -------------------------------------------------------------- */

/* The list of these arguments, held, and its serial; NULL: there is none. */
static list *hold_list(uint64_t *serial, memo_drawings *drawings,
                       memo_words arguments)
{
    list *held = NULL;
    inputs *found;

    pthread_mutex_lock(drawings->lock);
    found = (inputs *)(void *)find(drawings->inputs, drawings->inputs_mask,
                                   arguments);
    if (found && found->all) {
        held = found->all;
        *serial = found->serial;
        atomic_fetch_add(&held->owners, 1);
    }
    pthread_mutex_unlock(drawings->lock);
    return held;
}

static bool has_input(const list *all, memo_framed input)
{
    memo_framed left = {all ? all->bytes : NULL, all ? all->size : 0}, one;

    while (memo_framed_next(&one, &left)) {
        if (memo_framed_equal(one, input))
            return true;
    }
    return false;
}

/* The key of what has come so far, before those that are there already. */
static void add_key(memo_keys *keys, const memo_sink *sink)
{
    memo_digest digest = memo_hash_bytes(sink->bytes, sink->size);

    for (unsigned i = keys->count; i > 0; i--)
        keys->keys[i] = keys->keys[i - 1];
    keys->keys[0] = (memo_words){digest.low, digest.high};
    keys->count++;
}

/* All keys of a list, with the answers to its inputs in their order. */
static bool locate(memo_keys *out, memo_sink *sink, const list *all,
                   const struct memo_recorder *recorder,
                   const memo_drawn *drawn)
{
    memo_framed left = {all->bytes, all->size}, one, answer;
    unsigned step = 0;

    out->count = 0;
    while (memo_framed_next(&one, &left)) {
        if (memo_framed_answer(&answer, drawn, one))
            memo_sink_put(sink, answer.at, answer.size);
        else if (!memo_framed_ask(sink, recorder, one))
            return false;
        if (step < all->step_count &&
            all->size - left.size == all->sizes[step]) {
            add_key(out, sink);
            step++;
        }
    }
    return out->count > 0;
}

bool memo_drawings_locate(memo_keys *out, memo_drawings *drawings,
                          memo_words arguments,
                          const struct memo_recorder *recorder,
                          const memo_drawn *drawn)
{
    unsigned char part[FEW_BYTES];
    memo_sink sink = memo_sink_folding(part, sizeof part, UINT64_MAX);
    uint64_t serial = 0;
    list *all = hold_list(&serial, drawings, arguments);
    bool done;

    *out = (memo_keys){1, {arguments}};
    if (!all)
        return true;
    memo_sink_put(&sink, &arguments, sizeof arguments);
    memo_sink_put(&sink, &serial, sizeof serial);
    done = locate(out, &sink, all, recorder, drawn);
    drop_list(all);
    return done;
}

/* It has grown once more; the oldest of too many sizes is forgotten. */
static void add_step(list *grown, const list *old)
{
    unsigned count = old ? old->step_count : 0, first = 0;

    if (count == MEMO_MOST_KEYS)
        first = 1;
    for (unsigned i = first; i < count; i++)
        grown->sizes[grown->step_count++] = old->sizes[i];
    grown->sizes[grown->step_count++] = grown->size;
}

/* `old` with what is new in `drawn`; NULL: out of memory. */
static list *join(const list *old, const memo_drawn *drawn)
{
    memo_size old_size = old ? old->size : 0;
    list *joined = malloc(sizeof *joined + old_size + drawn->inputs_size);
    memo_framed left = {drawn->inputs, drawn->inputs_size}, input, answer;

    if (!joined)
        return NULL;
    atomic_init(&joined->owners, 1);
    joined->size = old_size;
    joined->step_count = 0;
    if (old)
        memcpy(joined->bytes, old->bytes, old_size);
    while (memo_framed_next(&input, &left) &&
           memo_framed_next(&answer, &left)) {
        if (has_input(joined, input))
            continue;
        memcpy(joined->bytes + joined->size, input.at, input.size);
        joined->size += input.size;
    }
    add_step(joined, old);
    return joined;
}

static bool knows_all(const list *all, const memo_drawn *drawn)
{
    memo_framed left = {drawn->inputs, drawn->inputs_size}, input, answer;

    while (memo_framed_next(&input, &left) &&
           memo_framed_next(&answer, &left)) {
        if (!has_input(all, input))
            return false;
    }
    return true;
}

static bool add_inputs(memo_drawings *drawings, memo_words arguments,
                       const memo_drawn *drawn)
{
    inputs *found = (inputs *)(void *)find(drawings->inputs,
                                           drawings->inputs_mask, arguments);
    list *joined;

    if (found && knows_all(found->all, drawn))
        return true;
    if (!found) {
        if (!make_room(&drawings->inputs, &drawings->inputs_mask,
                       drawings->inputs_count))
            return false;
        found = add(drawings->inputs, drawings->inputs_mask, arguments,
                    sizeof *found);
        if (!found)
            return false;
        drawings->inputs_count++;
        found->serial = ++drawings->last_serial;
    }
    joined = join(found->all, drawn);
    if (!joined)
        return false;
    /* What asks for something else each time: its results are not found again,
     * and what they depend on is gathered anew. */
    if (joined->size > MOST_INPUT_BYTES && found->all) {
        free(joined);
        joined = join(NULL, drawn);
        if (!joined)
            return false;
        found->serial = ++drawings->last_serial;
    }
    drop_list(found->all);
    found->all = joined;
    return true;
}

bool memo_drawings_add_inputs(memo_drawings *drawings, memo_words arguments,
                              const memo_drawn *drawn)
{
    bool done;

    if (drawn->inputs_size == 0)
        return true;
    pthread_mutex_lock(drawings->lock);
    done = add_inputs(drawings, arguments, drawn);
    pthread_mutex_unlock(drawings->lock);
    return done;
}

/* ---- recordings by their results ----------------------------------------- */

static bool keep(memo_drawings *drawings, memo_words key, uint64_t value,
                 memo_recording *recording)
{
    drawing *kept = (drawing *)(void *)find(drawings->drawings,
                                            drawings->drawing_mask, key);

    if (!kept) {
        if (!make_room(&drawings->drawings, &drawings->drawing_mask,
                       drawings->drawing_count))
            return false;
        kept =
            add(drawings->drawings, drawings->drawing_mask, key, sizeof *kept);
        if (!kept)
            return false;
        drawings->drawing_count++;
    }
    if (recording)
        memo_recording_hold(recording);
    drawings->bytes += size_of(recording) - size_of(kept->recording);
    memo_recording_drop(kept->recording);
    kept->recording = recording;
    kept->value = value;
    return true;
}

bool memo_drawings_keep(memo_drawings *drawings, memo_words key, uint64_t value,
                        memo_recording *recording, uint64_t clearances)
{
    bool done;

    pthread_mutex_lock(drawings->lock);
    done = drawings->clearances == clearances &&
           keep(drawings, key, value, recording);
    pthread_mutex_unlock(drawings->lock);
    return done;
}

bool memo_drawings_find(memo_recording **out, memo_drawings *drawings,
                        memo_words key, uint64_t value)
{
    drawing *found;

    *out = NULL;
    pthread_mutex_lock(drawings->lock);
    found = (drawing *)(void *)find(drawings->drawings, drawings->drawing_mask,
                                    key);
    if (found && found->value != value)
        found = NULL;
    if (found && found->recording) {
        memo_recording_hold(found->recording);
        *out = found->recording;
    }
    pthread_mutex_unlock(drawings->lock);
    return found != NULL;
}

static void sweep_bucket(memo_drawings *drawings, drawing **at,
                         memo_table *table)
{
    memo_found found;

    while (*at) {
        drawing *now = *at;

        if (memo_table_find(table, now->item.key.word0, now->item.key.word1,
                            &found)) {
            at = (drawing **)(void *)&now->item.next;
            continue;
        }
        *at = (drawing *)(void *)now->item.next;
        drop_drawing(drawings, now);
        drawings->drawing_count--;
    }
}

void memo_drawings_sweep(memo_drawings *drawings, memo_table *table,
                         memo_u64 most_bytes)
{
    size_t most = 2 * (size_t)atomic_load(&table->count) + 16;

    pthread_mutex_lock(drawings->lock);
    if (drawings->drawing_count > most || drawings->bytes > most_bytes) {
        for (size_t i = 0; i <= drawings->drawing_mask; i++)
            sweep_bucket(drawings, &drawings->drawings[i], table);
    }
    if (drawings->bytes > most_bytes)
        clear_recordings(drawings);
    /* Which ones are still asked for nobody knows: a result whose list is gone
     * is computed once more. */
    if (drawings->inputs_count > 2 * most)
        clear_inputs(drawings);
    pthread_mutex_unlock(drawings->lock);
}

/* recorded.c -- calls whose bodies draw: what is kept and drawn again. */
#include "cache/call.h"

#include <stdlib.h>
#include <string.h>

MEMO_EXPORT void memo_set_recorder(const struct memo_recorder *recorder)
{
    const struct memo_recorder *none = NULL;

    atomic_compare_exchange_strong(&memo_process.recorder, &none, recorder);
}

MEMO_EXPORT void memo_calls_were_left(const void *frame)
{
    memo_thread *self = memo_self;

    if (!self)
        return;
    memo_flights_drop_left(&memo_process.flights, self, frame, NULL);
    /* Who jumps is not inside of the library, whatever it was before. */
    memo_thread_set_inside(self, false);
}

/* ---- hits ---------------------------------------------------------------- */

bool memo_call_follow_inputs(memo_keys *out, const memo_visit *visit)
{
    const struct memo_recorder *recorder = memo_registry_recorder();
    bool done = true;
    memo_cache *cache;

    *out = (memo_keys){1, {visit->plain}};
    if (!recorder)
        return true;
    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache && memo_drawings_are_used(&cache->drawings))
        done = memo_drawings_locate(out, &cache->drawings, visit->plain,
                                    recorder, NULL);
    memo_section_leave(visit->self);
    return done;
}

void memo_call_forget_drawing(const memo_visit *visit)
{
    memo_recording_drop(*visit->recording);
    *visit->recording = NULL;
}

bool memo_call_find_drawing(const memo_visit *visit, memo_cache *cache,
                            uint64_t value)
{
    const struct memo_recorder *recorder = memo_registry_recorder();
    memo_words key = {visit->word0, visit->word1};

    if (!recorder || !memo_drawings_are_used(&cache->drawings))
        return true;
    memo_call_forget_drawing(visit);
    if (!memo_drawings_find(visit->recording, &cache->drawings, key, value))
        return false;
    if (!*visit->recording ||
        recorder->judge(*visit->recording) != MEMO_REPLAY_CANNOT)
        return true;
    memo_call_forget_drawing(visit);
    return false;
}

bool memo_call_raises(const memo_visit *visit)
{
    const struct memo_recorder *recorder = memo_registry_recorder();

    return *visit->recording &&
           recorder->judge(*visit->recording) == MEMO_REPLAY_RAISES;
}

/* ---- bodies -------------------------------------------------------------- */

/* Outside of the library: drawing may leave by longjmp(). */
void memo_call_draw_or_record(const memo_visit *visit, struct memo_call *call,
                              bool is_muted)
{
    const struct memo_recorder *recorder = memo_registry_recorder();

    if (!recorder)
        return;
    if (*visit->recording) {
        recorder->replay(*visit->recording);
        return;
    }
    if (call->runs == 0)
        return;
    recorder->begin(
        &(memo_body){visit->function, visit->frame, call, is_muted});
    call->reserved[MEMO_CALL_RECORDS] = 1;
}

void memo_call_end_body(memo_drawn *out, struct memo_call *call)
{
    *out = (memo_drawn){0};
    if (call->reserved[MEMO_CALL_RECORDS])
        memo_registry_recorder()->end(out, call);
    call->reserved[MEMO_CALL_RECORDS] = 0;
}

/* ---- keeping ------------------------------------------------------------- */

void memo_call_note_clearances(const memo_visit *visit, memo_flight *flight)
{
    memo_cache *cache;

    flight->plain = visit->plain;
    if (!memo_registry_recorder())
        return;
    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache)
        flight->drawing_clearances = memo_drawings_clearances(&cache->drawings);
    memo_section_leave(visit->self);
}

static bool has_drawn(const memo_drawn *drawn)
{
    return drawn && (drawn->recording || drawn->inputs_size > 0);
}

/* Where the result belongs: with an input that nobody knew of, elsewhere than
 * where it was looked for. */
static bool locate(memo_item *item, memo_cache *cache, const memo_visit *visit,
                   memo_flight *flight)
{
    memo_keys keys;
    memo_words key;
    memo_found found;

    if (visit->drawn && !memo_drawings_add_inputs(&cache->drawings,
                                                  flight->plain, visit->drawn))
        return false;
    if (!memo_drawings_locate(&keys, &cache->drawings, flight->plain,
                              memo_registry_recorder(), visit->drawn))
        return false;
    key = keys.keys[0];
    if (key.word0 == item->word0 && key.word1 == item->word1)
        return true;
    item->word0 = key.word0;
    item->word1 = key.word1;
    memo_table_explain(&cache->table, key.word0, key.word1, &found,
                       &flight->clearance);
    return true;
}

/* Recordings are bounded as results are, on their own. */
static memo_u64 most_bytes(const memo_visit *visit)
{
    memo_u64 ours = visit->function->max_bytes;
    memo_u64 all = visit->settings->config.max_bytes;

    if (ours == 0 || (all != 0 && all < ours))
        ours = all;
    return ours != 0 ? ours : UINT64_MAX;
}

static bool is_too_large(memo_recording *recording, memo_u64 most)
{
    memo_size size;

    memo_recording_bytes(recording, &size);
    return size > most;
}

memo_reason memo_call_keep_drawing(memo_item *item, memo_cache *cache,
                                   const memo_visit *visit, memo_flight *flight)
{
    memo_words key;

    if (!memo_registry_recorder())
        return MEMO_HIT;
    if (has_drawn(visit->drawn))
        memo_registry_note_drawing(cache);
    if (!memo_drawings_are_used(&cache->drawings))
        return MEMO_HIT;
    if (visit->drawn && visit->drawn->recording &&
        is_too_large(visit->drawn->recording, most_bytes(visit)))
        return MEMO_TOO_LARGE;
    if (!locate(item, cache, visit, flight))
        return MEMO_BUDGET;
    key = (memo_words){item->word0, item->word1};
    if (!memo_drawings_keep(&cache->drawings, key, item->value,
                            visit->drawn ? visit->drawn->recording : NULL,
                            flight->drawing_clearances))
        return MEMO_CLEARED;
    memo_drawings_sweep(&cache->drawings, &cache->table, most_bytes(visit));
    return MEMO_HIT;
}

bool memo_call_drew_the_same(const memo_visit *visit, const memo_flight *flight)
{
    memo_recording *now = visit->drawn ? visit->drawn->recording : NULL;
    memo_recording *before = flight->drawing;
    unsigned char *bytes, *kept;
    memo_size size, kept_size;

    if (!now || !before)
        return !now == !before;
    bytes = memo_recording_bytes(now, &size);
    kept = memo_recording_bytes(before, &kept_size);
    return size == kept_size && memcmp(bytes, kept, size) == 0;
}

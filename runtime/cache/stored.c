#include "cache/stored.h"

#include "cache/doorkeeper.h"
#include "cache/framed.h"
#include "cache/stored_insert.h"

#include <stdlib.h>
#include <string.h>

/* Questions behind questions; no body is known to need more than a few. */
#define MOST_STEPS 16

/* A call on its way to what is stored of it. */
typedef struct {
    memo_visit *visit;
    memo_backend *backend;
    memo_stored *stored;
    memo_verification **verification;
    memo_stored_use use;
    memo_stored_place place;
    memo_stored_loaded loaded;
    memo_stored_arrival arrival; /* of what is copied */
} lookup;

/* ---- questions and answers ----------------------------------------------- */

/* Pairs of questions and answers, the latter from the body that has run, else
 * as they are now. */
static bool put_pairs(memo_sink *out, memo_framed left, const memo_drawn *drawn)
{
    const struct memo_recorder *recorder = memo_registry_recorder();
    memo_framed question, answer;

    while (memo_framed_next(&question, &left)) {
        memo_sink_put(out, question.at, question.size);
        if (memo_framed_answer(&answer, drawn, question))
            memo_sink_put(out, answer.at, answer.size);
        else if (!recorder || !memo_framed_ask(out, recorder, question))
            return false;
    }
    return !out->has_no_memory;
}

bool memo_stored_follow(memo_stored_place *place, const memo_backend *backend,
                        const memo_stored *stored, memo_framed questions,
                        const memo_drawn *drawn)
{
    memo_sink key = memo_sink_growing(UINT64_MAX);
    size_t begin = sizeof place->digest;

    memo_sink_put(&key, &place->digest, begin);
    if (!put_pairs(&key, questions, drawn)) {
        free(key.bytes);
        return false;
    }
    if (key.size > MEMO_KEY_EXACT_BYTES) {
        memo_digest digest = memo_hash_keyed(
            key.bytes + begin, key.size - begin, backend->host.secret);

        memcpy(key.bytes + begin, &digest, sizeof digest);
        key.size = begin + sizeof digest;
    }
    free(place->own);
    place->own = key.bytes;
    place->key = key.bytes;
    place->size = key.size;
    place->digest =
        memo_stored_digest(backend, stored, place->key, place->size);
    place->is_derived = true;
    return true;
}

/* Go from the inputs to the result, over all questions that are stored.  What
 * was asked is appended to `asked`, with its answers. */
static memo_loading walk(lookup *at, memo_sink *asked)
{
    memo_stored_loaded *loaded = &at->loaded;

    for (unsigned step = 0; step < MOST_STEPS; step++) {
        memo_loading loading = memo_stored_load(
            loaded, at->visit, at->backend, at->stored, &at->place, at->use);
        memo_framed questions;
        bool is_followed;

        if (loading != MEMO_LOADED ||
            loaded->entry.head.kind == MEMO_STORED_RESULT)
            return loading;
        questions =
            (memo_framed){loaded->entry.value, loaded->entry.head.value_size};
        is_followed =
            put_pairs(asked, questions, NULL) &&
            memo_stored_follow(&at->place, at->backend, at->stored, questions,
                               &(memo_drawn){.inputs = asked->bytes,
                                             .inputs_size = asked->size});
        memo_stored_loaded_finish(loaded);
        if (!is_followed)
            return MEMO_LOAD_FAILED;
    }
    return MEMO_LOAD_FAILED;
}

/* ---- handing out --------------------------------------------------------- */

/* What it draws, into *visit->recording.  False: it cannot be drawn here. */
static bool find_drawing(const memo_visit *visit,
                         const memo_stored_entry *entry)
{
    const struct memo_recorder *recorder = memo_registry_recorder();
    memo_recording *recording;
    memo_size size;

    if (entry->head.recording_size == 0 || !recorder)
        return true;
    if (entry->head.form != recorder->form)
        return false;
    recording = memo_recording_make(entry->head.recording_size);
    if (!recording)
        return false;
    memcpy(memo_recording_bytes(recording, &size), entry->recording,
           entry->head.recording_size);
    memo_call_forget_drawing(visit);
    *visit->recording = recording;
    if (recorder->judge(recording) != MEMO_REPLAY_CANNOT)
        return true;
    memo_call_forget_drawing(visit);
    return false;
}

static memo_finding hand_out(const memo_visit *visit,
                             const memo_stored_entry *entry,
                             memo_verification **verification)
{
    if (!find_drawing(visit, entry))
        return MEMO_NOT_FOUND;
    if (visit->settings->config.verify)
        *verification = memo_verification_begin(
            visit->function, visit->arguments, entry->value,
            (size_t)entry->head.value_size,
            memo_budget_of(&visit->settings->config));
    if (*verification)
        return MEMO_TO_BE_VERIFIED;
    if (memo_call_raises(visit))
        return MEMO_CALL_RAISES;
    return memo_call_decode(visit, visit->function, entry->value,
                            (size_t)entry->head.value_size);
}

/* A result was loaded: hand it out, and maybe have it in memory from now on. */
static memo_finding use(lookup *at)
{
    memo_stored_loaded *loaded = &at->loaded;
    memo_finding outcome = loaded->outcome;

    if (outcome == MEMO_NOT_FOUND)
        outcome = hand_out(at->visit, &loaded->entry, at->verification);
    if (outcome == MEMO_NOT_FOUND) {
        memo_call_forget_drawing(at->visit);
        if (loaded->entry.head.recording_size == 0)
            memo_stored_discard(at->backend, at->stored, &at->place.digest,
                                "its value is malformed");
        return outcome;
    }
    if (outcome == MEMO_CALL_ALIASED || outcome == MEMO_CALL_NO_MEMORY)
        return outcome;
    __atomic_fetch_add(&at->stored->hits, 1, __ATOMIC_RELAXED);
    if (at->use == MEMO_STORED_COPIED)
        memo_stored_arrive(at->visit, &at->arrival, loaded,
                           outcome == MEMO_HANDED_OUT);
    else
        memo_stored_count(at->visit);
    return outcome;
}

/* ---- looking up ---------------------------------------------------------- */

const memo_key *memo_stored_find_key(memo_key *own, const memo_visit *visit,
                                     const memo_backend *backend)
{
    const uint64_t words[] = {visit->plain.word0, visit->plain.word1};

    if (visit->key && visit->key != own && visit->key->is_plain)
        return visit->key;
    if (visit->key)
        return memo_key_build_stored(own, visit->function, visit->arguments,
                                     memo_budget_of(&visit->settings->config),
                                     backend->host.secret) == MEMO_KEY_BUILT
                   ? own
                   : NULL;
    own->size = visit->function->word_count * (uint32_t)sizeof words[0];
    memcpy(own->bytes, words, own->size);
    return own;
}

static memo_stored_call *make_call(memo_backend *backend, memo_stored *stored,
                                   const memo_key *key, uint64_t generation)
{
    memo_stored_call *made = malloc(sizeof *made + key->size);

    if (!made)
        return NULL;
    *made = (memo_stored_call){
        .backend = backend,
        .stored = stored,
        .generation = generation,
        .digest = memo_stored_digest(backend, stored, key->bytes, key->size),
        .key_size = key->size};
    memcpy(made->key, key->bytes, key->size);
    return made;
}

/* What costs hardly more than memory is not kept there before it is asked for
 * again. */
static memo_stored_use choose_use(const lookup *at)
{
    memo_doorkeeper *doorkeeper = at->backend->doorkeeper;

    return doorkeeper && !at->backend->host.is_slow &&
                   !memo_doorkeeper_knows(doorkeeper, at->place.digest.low)
               ? MEMO_STORED_BRIEF
               : MEMO_STORED_COPIED;
}

/* Whether it was found, or where it belongs; false: the store will not take
 * anything either. */
static bool find(memo_finding *out, lookup *at)
{
    memo_sink asked = memo_sink_growing(UINT64_MAX);
    memo_loading loading = walk(at, &asked);

    *out = MEMO_NOT_FOUND;
    if (loading == MEMO_LOADED) {
        at->arrival.drawn.inputs = asked.bytes;
        at->arrival.drawn.inputs_size = asked.size;
        *out = use(at);
    }
    memo_stored_loaded_finish(&at->loaded);
    if (asked.bytes || at->place.own) { /* there were questions */
        free(asked.bytes);
        free(at->place.own);
    }
    return loading == MEMO_LOADED || loading == MEMO_LOAD_NONE;
}

/* Not inlined: keys need stack, which the body shall have. */
__attribute__((noinline)) memo_finding
memo_stored_look(memo_stored_call **out, memo_visit *visit,
                 memo_backend *backend, memo_stored *stored,
                 memo_verification **verification)
{
    memo_finding outcome;
    uint64_t generation;
    const memo_key *key;
    memo_key own;
    lookup at;

    *out = NULL;
    key = memo_stored_find_key(&own, visit, backend);
    if (!key)
        return MEMO_NOT_FOUND;
    at.visit = visit;
    at.backend = backend;
    at.stored = stored;
    at.verification = verification;
    at.place = (memo_stored_place){
        .digest = memo_stored_digest(backend, stored, key->bytes, key->size),
        .key = key->bytes,
        .size = key->size};
    at.use = choose_use(&at);
    if (at.use == MEMO_STORED_COPIED) /* before it is asked for */
        at.arrival = memo_stored_expect(visit);
    if (!find(&outcome, &at) || outcome != MEMO_NOT_FOUND)
        return outcome;
    generation = __atomic_load_n(&stored->generation, __ATOMIC_ACQUIRE);
    *out = make_call(backend, stored, key, generation);
    if (*out)
        (*out)->has_asked = at.place.is_derived;
    return outcome;
}

memo_finding memo_stored_find(memo_stored_call **out, memo_visit *visit,
                              memo_verification **verification)
{
    memo_backend *backend;
    memo_stored *stored;

    *out = NULL;
    stored = memo_stored_of(&backend, visit->function, visit->self);
    if (!stored || !memo_backend_attach(backend, stored))
        return MEMO_NOT_FOUND;
    return memo_stored_look(out, visit, backend, stored, verification);
}

void memo_stored_call_end(memo_stored_call *call)
{
    memo_job *job = call && call->has_claim ? calloc(1, sizeof *job) : NULL;

    if (job) { /* without memory it ends by itself, later */
        job->write.operation = MEMO_STORE_LET_GO;
        job->write.stored = call->stored;
        job->write.digest = call->digest;
        memo_backend_add(call->backend, job);
    }
    free(call);
}

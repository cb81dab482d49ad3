#include "cache/stored_draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* When does it expire?  0: never. */
static uint64_t expiry(const memo_visit *visit, uint64_t written_ns)
{
    uint64_t expires;

    if (visit->function->ttl_ns == 0 ||
        __builtin_add_overflow(written_ns, visit->function->ttl_ns, &expires))
        return 0;
    return expires;
}

static void tell_of_size(const memo_stored_call *call)
{
    char text[300];

    snprintf(text, sizeof text,
             "persist=\"%s\": a result of %.100s() has more than %zu MiB, and "
             "lives in memory only",
             call->backend->store->name, call->stored->function,
             MEMO_QUEUED_BYTES >> 20);
    memo_backend_warn(call->backend, text);
}

/* What is stored at a place. */
static memo_job *make_job(const memo_visit *visit, const memo_stored_call *call,
                          const memo_stored_place *place,
                          memo_stored_entry *entry)
{
    memo_job *job = calloc(1, sizeof *job);
    size_t size;

    entry->head.id = call->stored->id;
    entry->head.generation = call->generation;
    entry->head.written_ns = memo_wall_now(&visit->settings->config);
    entry->head.expires_ns = expiry(visit, entry->head.written_ns);
    entry->head.key_size = (uint32_t)place->size;
    entry->head.is_derived = place->is_derived;
    entry->key = place->key;
    size = memo_stored_bytes(&entry->head);
    if (size > MEMO_QUEUED_BYTES)
        tell_of_size(call);
    if (!job || size > MEMO_QUEUED_BYTES) {
        free(job);
        return NULL;
    }
    job->bytes = malloc(size);
    if (!job->bytes) {
        free(job);
        return NULL;
    }
    memo_stored_put(job->bytes, entry);
    memo_stored_sign(job->bytes, size, call->backend->host.secret);
    job->write = (memo_store_write){.operation = MEMO_STORE_SAVE,
                                    .stored = call->stored,
                                    .generation = call->generation,
                                    .digest = place->digest,
                                    .expires_ns = entry->head.expires_ns,
                                    .bytes = job->bytes,
                                    .size = size};
    return job;
}

/* ---- questions ----------------------------------------------------------- */

/* Those that the body has asked and that are not among `known`. */
static memo_sink gather_new(const memo_drawn *drawn, memo_framed known)
{
    memo_sink out = memo_sink_growing(UINT64_MAX);
    memo_framed left = {drawn->inputs, drawn->inputs_size}, question, answer;

    while (memo_framed_next(&question, &left) &&
           memo_framed_next(&answer, &left)) {
        memo_framed all = known, gathered = {out.bytes, out.size}, one;
        bool is_new = true;

        while (is_new && memo_framed_next(&one, &all))
            is_new = !memo_framed_equal(one, question);
        while (is_new && memo_framed_next(&one, &gathered))
            is_new = !memo_framed_equal(one, question);
        if (is_new)
            memo_sink_put(&out, question.at, question.size);
    }
    return out;
}

/* Follow what is stored already by the answers that the body has got, and
 * gather all these questions.  False: it cannot be told. */
static bool follow_known(memo_stored_place *place, memo_sink *known,
                         const memo_visit *visit, const memo_stored_call *call)
{
    memo_stored_loaded loaded;

    for (;;) {
        memo_framed questions;
        bool is_followed;

        if (memo_stored_load(&loaded, visit, call->backend, call->stored, place,
                             MEMO_STORED_COPIED) != MEMO_LOADED)
            return true;
        if (loaded.entry.head.kind != MEMO_STORED_QUESTIONS) {
            memo_stored_loaded_finish(&loaded);
            return true;
        }
        questions =
            (memo_framed){loaded.entry.value, loaded.entry.head.value_size};
        memo_sink_put(known, questions.at, questions.size);
        is_followed = known->total < MEMO_STORED_QUESTION_BYTES &&
                      memo_stored_follow(place, call->backend, call->stored,
                                         questions, visit->drawn);
        memo_stored_loaded_finish(&loaded);
        if (!is_followed)
            return false;
    }
}

/* Find the place of the result; what the body has asked for the first time is
 * to be stored on the way. */
static bool find_place(memo_stored_draft *out, memo_stored_place *place,
                       const memo_visit *visit, const memo_stored_call *call)
{
    memo_sink known = memo_sink_growing(UINT64_MAX), new;
    bool done = follow_known(place, &known, visit, call);

    new = gather_new(visit->drawn, (memo_framed){known.bytes, known.size});
    if (done && new.size > 0) {
        memo_stored_entry entry = {
            .head = {.kind = MEMO_STORED_QUESTIONS, .value_size = new.size},
            .value = new.bytes};

        out->questions = make_job(visit, call, place, &entry);
        done = out->questions &&
               memo_stored_follow(place, call->backend, call->stored,
                                  (memo_framed){new.bytes, new.size},
                                  visit->drawn);
    }
    free(known.bytes);
    free(new.bytes);
    return done;
}

/* ---- drafts -------------------------------------------------------------- */

static void drop_job(memo_job **job)
{
    if (*job)
        free((*job)->bytes);
    free(*job);
    *job = NULL;
}

/* False: what it draws means nothing to another process. */
static bool add_recording(memo_stored_entry *entry, const memo_visit *visit)
{
    const struct memo_recorder *recorder = memo_registry_recorder();
    memo_recording *recording = visit->drawn ? visit->drawn->recording : NULL;
    memo_size size;

    if (!recording)
        return true;
    if (!recorder || !recorder->is_portable(recording))
        return false;
    entry->recording = memo_recording_bytes(recording, &size);
    entry->head.recording_size = size;
    entry->head.form = recorder->form;
    return true;
}

static bool reads_files(const struct memo_function *function)
{
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        if (function->parameters[i].passing == MEMO_BY_FILE)
            return true;
    }
    return false;
}

/* A file that was written while the body ran may have been read before or
 * after.  Not inlined: the key needs stack. */
static __attribute__((noinline)) bool
has_other_files_now(const memo_visit *visit, const memo_stored_call *call)
{
    memo_visit again = *visit;
    memo_key key;

    again.key = &key; /* it is built anew */
    return !memo_stored_find_key(&key, &again, call->backend) ||
           key.size != call->key_size ||
           memcmp(key.bytes, call->key, key.size) != 0;
}

void memo_stored_draft_make(memo_stored_draft *out, const memo_visit *visit,
                            const memo_stored_call *call,
                            const unsigned char *value, size_t size)
{
    memo_stored_place place = {
        .digest = call->digest, .key = call->key, .size = call->key_size};
    memo_stored_entry entry = {
        .head = {.kind = MEMO_STORED_RESULT, .value_size = size},
        .value = value};
    bool is_asking =
        call->has_asked || (visit->drawn && visit->drawn->inputs_size > 0);

    *out =
        (memo_stored_draft){.backend = call->backend, .stored = call->stored};
    if (reads_files(visit->function) && has_other_files_now(visit, call))
        return;
    if (add_recording(&entry, visit) &&
        (!is_asking || find_place(out, &place, visit, call)))
        out->result = make_job(visit, call, &place, &entry);
    if (!out->result)
        drop_job(&out->questions);
    free(place.own);
}

void memo_stored_draft_send(memo_stored_draft *draft, memo_reason kept)
{
    /* What memory has no room for is stored all the same. */
    if (kept != MEMO_HIT && kept != MEMO_BUDGET) {
        drop_job(&draft->questions);
        drop_job(&draft->result);
        return;
    }
    if (draft->questions)
        memo_backend_add(draft->backend, draft->questions);
    if (!draft->result)
        return;
    draft->digest = draft->result->write.digest;
    draft->is_sent = memo_backend_add(draft->backend, draft->result);
    draft->questions = draft->result = NULL;
}

void memo_stored_draft_recall(const memo_stored_draft *draft)
{
    memo_job *job = calloc(1, sizeof *job);
    bool is_added = false;

    if (job) {
        job->is_clearing = true;
        job->write.operation = MEMO_STORE_REMOVE;
        job->write.stored = draft->stored;
        job->write.digest = draft->digest;
        is_added = memo_backend_add(draft->backend, job);
    }
    if (!is_added) /* all of the function, then */
        memo_backend_clear(draft->backend, draft->stored);
}

#include "cache/call.h"

#include "base/log.h"
#include "cache/share.h"
#include "cache/stored_claim.h"
#include "cache/value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SHORTEST_WAIT_NS 1000000000u
#define LONGEST_TIMES 8u

/* ---- counting and telling ----------------------------------------------- */

void memo_call_add(const memo_visit *visit, size_t counter_offset,
                   uint64_t value)
{
    /* A signal handler may come here inside of a section, which then serves. */
    bool entered = memo_section_enter(visit->self);
    memo_cache *cache = memo_cache_of(visit->function);

    if (cache)
        atomic_fetch_add_explicit(
            (_Atomic uint64_t *)(void *)((char *)cache + counter_offset), value,
            memory_order_relaxed);
    if (entered)
        memo_section_leave(visit->self);
}

void memo_call_count(const memo_visit *visit, memo_reason reason)
{
    memo_call_add(visit,
                  offsetof(memo_cache, reasons) +
                      (size_t)reason * sizeof(_Atomic uint64_t),
                  1);
}

void memo_call_log(const memo_visit *visit, memo_log_level level,
                   memo_reason reason, const char *text)
{
    memo_log_entry entry = {.level = level, .reason = reason};

    if (memo_log_shows(&visit->settings->config, level))
        memo_log_about(&visit->settings->config, visit->function, entry, "%s",
                       text);
}

static void run_uncached(const memo_visit *visit, memo_reason reason)
{
    memo_call_count(visit, reason);
    if (memo_log_shows(&visit->settings->config, MEMO_LOG_MISS)) {
        memo_log_entry entry = {.level = MEMO_LOG_MISS, .reason = reason};

        memo_log_about(&visit->settings->config, visit->function, entry,
                       "uncached (%s)", memo_reason_text(reason));
    }
}

/* Once in a process: generated code and library do not fit. */
static void complain_of_abi(const struct memo_function *function)
{
    static _Atomic bool has_complained;
    int saved_errno = errno;

    if (!atomic_exchange(&has_complained, true) && memo_registry_is_ready())
        memo_log_warn(&memo_settings_now()->config,
                      "a file was generated for version %u of the library's "
                      "binary interface, this library has version %u: its "
                      "functions run uncached; generate and compile it again",
                      (unsigned)function->abi, MEMO_ABI);
    errno = saved_errno;
}

/* What the annotation asks for and does not get: once for each function. */
static void tell_of_ttl(const memo_visit *visit)
{
    memo_log_entry entry = {.level = MEMO_LOG_WARNING,
                            .reason = MEMO_REASON_COUNT};
    bool is_first = false;
    memo_cache *cache;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache)
        is_first = !atomic_exchange(&cache->has_told_of_ttl, true);
    memo_section_leave(visit->self);
    if (is_first)
        memo_log_about(&visit->settings->config, visit->function, entry,
                       "The memoized function '%s' has a TTL that will be "
                       "ignored. Persistent memo caches currently don't "
                       "support TTL. (With persist_ttl they do.)",
                       visit->function->name);
}

/* ---- coming in and going out -------------------------------------------- */

/* May this call use the cache?  If so, memo_call_go_out() is to be called. */
static bool come_in(memo_visit *visit)
{
    memo_reason reason = MEMO_HIT;

    visit->saved_errno = errno;
    if (!memo_registry_is_ready()) {
        errno = visit->saved_errno;
        return false;
    }
    visit->settings = memo_settings_now();
    visit->self =
        memo_self ? memo_self : memo_thread_make(&memo_process.threads);
    if (!visit->self) {
        errno = visit->saved_errno;
        return false;
    }
    if (memo_thread_is_inside(visit->self)) {
        memo_call_count(visit, MEMO_INTERRUPTED);
        return false;
    }
    memo_thread_set_inside(visit->self, true);
    if (!__atomic_load_n(&visit->function->state, __ATOMIC_ACQUIRE) &&
        !memo_registry_add(visit->function))
        reason = MEMO_OUT_OF_MEMORY;
    else if (visit->settings->config.disable)
        reason = MEMO_DISABLED;
    if (reason == MEMO_HIT) {
        if (visit->function->persistence &&
            visit->function->persistence->has_ignored_ttl)
            tell_of_ttl(visit);
        return true;
    }
    run_uncached(visit, reason);
    memo_call_go_out(visit);
    return false;
}

/* ---- misses ------------------------------------------------------------- */

/* Why is it not here?  And how often has it been cleared up to now?  MEMO_HIT:
 * it is here. */
static memo_reason explain(const memo_visit *visit, memo_flight *flight)
{
    const memo_clock *clock = &visit->settings->clock;
    uint64_t users_ns = memo_call_ask_user(visit);
    memo_reason reason = MEMO_NEW_KEY;
    memo_cache *cache;
    memo_found found;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache) {
        /* So that a hit of this thread will not have to. */
        memo_thread_make_room(&memo_process.threads, visit->self, cache->index);
        reason = memo_table_explain(&cache->table, visit->word0, visit->word1,
                                    &found, &flight->clearance);
    }
    if (reason == MEMO_HIT) {
        if (!memo_call_is_key(visit, &found))
            reason = MEMO_NEW_KEY;
        else if (!memo_call_is_hit(cache, &found, clock, users_ns))
            reason = MEMO_EXPIRED;
        memo_call_let_go(visit, &found);
    }
    memo_section_leave(visit->self);
    return reason;
}

static uint64_t longest_wait(const memo_visit *visit)
{
    uint64_t wait = visit->settings->config.flight_wait_ns;
    uint64_t longest = 0;
    memo_cache *cache;

    if (wait != 0)
        return wait;
    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache)
        longest = atomic_load(&cache->longest_awaited_ns);
    memo_section_leave(visit->self);
    return longest > SHORTEST_WAIT_NS / LONGEST_TIMES ? longest * LONGEST_TIMES
                                                      : SHORTEST_WAIT_NS;
}

static memo_entry *copy_key(const memo_key *key)
{
    memo_entry *entry = malloc(sizeof *entry + key->size);

    if (entry) {
        entry->key_size = key->size;
        entry->value_size = 0;
        memcpy(entry->bytes, key->bytes, key->size);
    }
    return entry;
}

/* A flight for this call, not under way yet. */
static memo_flight *prepare(const memo_visit *visit)
{
    memo_flight *flight;

    memo_flights_drop_left(&memo_process.flights, visit->self, visit->frame,
                           visit->call);
    flight = memo_flight_begin(&memo_process.flights, visit->self, visit->frame,
                               visit->call);
    if (!flight)
        return NULL;
    flight->table = visit->function;
    flight->word0 = visit->word0;
    flight->word1 = visit->word1;
    memo_call_note_clearances(visit, flight);
    if (visit->key) {
        flight->key = copy_key(visit->key);
        if (!flight->key) {
            memo_flight_end(&memo_process.flights, flight);
            return NULL;
        }
    }
    return flight;
}

/* Pieces that calls around this one remember: of a recursion over a long list
 * each has almost all of it. */
static uint64_t count_remembered(const memo_visit *visit)
{
    uint64_t count = 0;

    for (const memo_flight *flight = visit->self->flights; flight;
         flight = flight->outer)
        count += flight->before ? flight->before->piece_count : 0;
    return count;
}

static void prepare_to_run(const memo_visit *visit, memo_flight *flight)
{
    uint64_t most = memo_budget_of(&visit->settings->config).pieces;
    uint64_t remembered;

    memo_value_prepare(visit->function, visit->arguments);
    if (!memo_changes_in_place(visit->function))
        return;
    remembered = count_remembered(visit);
    if (remembered < most)
        flight->before = memo_before_take(visit->function, visit->arguments,
                                          most - remembered);
}

/* Compute: from here on the call is its flight. */
static void take_off(const memo_visit *visit, struct memo_call *call,
                     memo_flight *flight)
{
    flight->drawing = *visit->recording;
    *visit->recording = NULL;
    if (flight->verification)
        memo_verification_start(flight->verification, visit->function);
    else
        prepare_to_run(visit, flight);
    flight->begin_ns = memo_clock_now(&visit->settings->clock);
    call->reserved[MEMO_CALL_FLIGHT] = flight->id;
}

/* Wait for another thread that computes the same, if there is one; true when
 * the result may be there now. */
static bool depart(bool *leads, memo_visit *visit, memo_flight *flight)
{
    memo_departure departure =
        memo_flight_depart(&memo_process.flights, flight, longest_wait(visit));

    *leads = departure == MEMO_FLIGHT_LEADS;
    if (departure != MEMO_FLIGHT_LEADS)
        MEMO_CALL_ADD(visit, flight_waits, departure == MEMO_FLIGHT_LANDED);
    if (departure == MEMO_FLIGHT_LANDED && memo_registry_recorder())
        return true;
    flight->reason = explain(visit, flight);
    return flight->reason == MEMO_HIT;
}

/* Look everywhere where the result may be. */
static memo_finding find_any(memo_visit *visit,
                             memo_verification **verification)
{
    memo_finding outcome = MEMO_NOT_FOUND;
    memo_keys keys;

    if (!memo_registry_recorder())
        return memo_call_find(visit, verification);
    if (!memo_call_follow_inputs(&keys, visit))
        return MEMO_CALL_NO_MEMORY;
    /* In the end it is the first key, where a result would be kept. */
    for (unsigned i = keys.count; i-- > 0 && outcome == MEMO_NOT_FOUND;) {
        visit->word0 = keys.keys[i].word0;
        visit->word1 = keys.keys[i].word1;
        outcome = memo_call_find(visit, verification);
    }
    return outcome;
}

static memo_finding miss(memo_visit *visit, struct memo_call *call,
                         memo_stored_call *stored)
{
    memo_flight *flight = prepare(visit);
    memo_verification *verification = NULL;
    memo_finding outcome = MEMO_NOT_FOUND;
    bool leads;

    if (!flight) {
        memo_stored_call_end(stored);
        return MEMO_CALL_NO_MEMORY;
    }
    flight->stored = stored;
    if (depart(&leads, visit, flight)) {
        outcome = find_any(visit, &verification);
        if (outcome == MEMO_NOT_FOUND) { /* it left, or is being replaced */
            flight->reason = explain(visit, flight);
            if (flight->reason == MEMO_HIT)
                flight->reason = MEMO_EVICTED;
        }
    }
    if (outcome == MEMO_NOT_FOUND && stored && leads)
        outcome = memo_stored_claim(visit, stored, longest_wait(visit),
                                    &verification);
    if (stored && flight->reason == MEMO_NEW_KEY &&
        memo_stored_take_change(stored))
        flight->reason = MEMO_SOURCE_CHANGED;
    if (outcome == MEMO_NOT_FOUND || outcome == MEMO_TO_BE_VERIFIED) {
        flight->verification = verification;
        take_off(visit, call, flight);
    } else {
        memo_flight_end(&memo_process.flights, flight);
    }
    return outcome;
}

/* A hit that is computed again: its flight leads nobody. */
static void fly_to_verify(const memo_visit *visit, struct memo_call *call,
                          memo_verification *verification)
{
    memo_flight *flight = prepare(visit);

    if (!flight) {
        memo_verification_destroy(verification);
        return;
    }
    flight->verification = verification;
    take_off(visit, call, flight);
}

static void look_up(memo_visit *visit, struct memo_call *call)
{
    memo_verification *verification = NULL;
    memo_stored_call *stored = NULL;
    bool is_stored = false;
    memo_finding outcome;

    visit->plain = (memo_words){visit->word0, visit->word1};
    outcome = find_any(visit, &verification);
    if (outcome == MEMO_NOT_FOUND && visit->function->persistence) {
        outcome = memo_stored_find(&stored, visit, &verification);
        is_stored = true;
    }
    if (outcome == MEMO_TO_BE_VERIFIED)
        fly_to_verify(visit, call, verification);
    else if (outcome == MEMO_NOT_FOUND)
        outcome = miss(visit, call, stored);
    if (outcome != MEMO_HANDED_OUT && outcome != MEMO_CALL_RAISES)
        memo_call_forget_drawing(visit); /* the body draws it */
    if (outcome == MEMO_HANDED_OUT)
        call->runs = 0;
    else if (outcome == MEMO_CALL_ALIASED)
        run_uncached(visit, MEMO_ALIASED);
    else if (outcome == MEMO_CALL_NO_MEMORY)
        run_uncached(visit, MEMO_OUT_OF_MEMORY);
    if (outcome == MEMO_HANDED_OUT || outcome == MEMO_TO_BE_VERIFIED)
        memo_call_log(visit, MEMO_LOG_HIT, MEMO_HIT,
                      is_stored ? "hit, from the store" : "hit");
}

/* Not inlined: the key needs 4 KiB of stack, which the body shall have. */
static __attribute__((noinline)) void look_up_key(memo_visit *visit,
                                                  struct memo_call *call)
{
    static const memo_reason reasons[] = {
        [MEMO_KEY_ALIASED] = MEMO_ALIASED,
        [MEMO_KEY_TOO_LARGE] = MEMO_OVERFLOW,
        [MEMO_KEY_OVER_BUDGET] = MEMO_OVER_BUDGET,
        [MEMO_KEY_MALFORMED] = MEMO_MALFORMED_INPUT,
        [MEMO_KEY_NO_MEMORY] = MEMO_OUT_OF_MEMORY,
    };
    memo_key key;
    memo_key_outcome outcome =
        memo_key_build(&key, visit->function, visit->arguments,
                       memo_budget_of(&visit->settings->config));

    if (outcome != MEMO_KEY_BUILT) {
        run_uncached(visit, reasons[outcome]);
        return;
    }
    visit->key = &key;
    visit->word0 = key.digest.low;
    visit->word1 = key.digest.high;
    look_up(visit, call);
}

/* A hit of what is shared also helps to release what is not any more. */
static void leave(const memo_visit *visit)
{
    memo_call_go_out(visit);
    if (visit->function->sharing)
        memo_objects_settle(visit->self);
}

static bool begin(memo_visit *visit, struct memo_call *call)
{
    call->runs = 1;
    call->keep = 1;
    call->result_count = 0;
    call->reserved[MEMO_CALL_FLIGHT] = 0;
    call->reserved[MEMO_CALL_RECORDS] = 0;
    if (visit->function->abi != MEMO_ABI) {
        complain_of_abi(visit->function);
        return false;
    }
    return come_in(visit);
}

/* What come_in() and looking up do not fill in.  Field by field: GCC zeroes a
 * whole one by a string instruction, whose start takes as long as a hit of
 * words. */
MEMO_HOT void make_visit(memo_visit *out, struct memo_function *function,
                         const struct memo_argument *arguments, void *result,
                         memo_recording **recording)
{
    out->function = function;
    out->arguments = arguments;
    out->result = result;
    out->key = NULL;
    out->recording = recording;
    out->drawn = NULL;
}

MEMO_EXPORT void memo_begin(struct memo_call *call,
                            struct memo_function *function,
                            const struct memo_argument *arguments, void *result)
{
    memo_recording *recording = NULL;
    memo_visit visit;

    make_visit(&visit, function, arguments, result, &recording);
    visit.word0 = 0;
    visit.word1 = 0;
    visit.frame = __builtin_frame_address(0);
    visit.call = call;
    if (begin(&visit, call)) {
        look_up_key(&visit, call);
        leave(&visit);
        memo_call_draw_or_record(&visit, call, false);
    }
}

MEMO_EXPORT void memo_begin_words(struct memo_call *call,
                                  struct memo_function *function,
                                  memo_u64 word0, memo_u64 word1,
                                  const struct memo_argument *arguments,
                                  void *result)
{
    memo_recording *recording = NULL;
    memo_visit visit;

    make_visit(&visit, function, arguments, result, &recording);
    visit.word0 = word0;
    visit.word1 = word1;
    visit.frame = __builtin_frame_address(0);
    visit.call = call;
    if (begin(&visit, call)) {
        look_up(&visit, call);
        leave(&visit);
        memo_call_draw_or_record(&visit, call, false);
    }
}

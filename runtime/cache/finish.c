/* finish.c -- the body of a call has run: what becomes of its result. */
#include "cache/share.h"

#include "base/log.h"

#include <errno.h>
#include <stdlib.h>

static void tell_of_miss(const memo_visit *visit, memo_reason reason,
                         memo_reason kept, uint64_t elapsed_ns)
{
    memo_log_entry entry = {.level = MEMO_LOG_MISS, .reason = reason};

    if (!memo_log_shows(&visit->settings->config, MEMO_LOG_MISS))
        return;
    memo_log_about(&visit->settings->config, visit->function, entry,
                   "miss (%s), %.3f ms%s%s", memo_reason_text(reason),
                   (double)elapsed_ns / 1e6, kept == MEMO_HIT ? "" : ", ",
                   kept == MEMO_HIT        ? ""
                   : kept == MEMO_NOT_KEPT ? "not kept"
                                           : memo_reason_text(kept));
}

static void raise_to(_Atomic uint64_t *most, uint64_t value)
{
    uint64_t seen = atomic_load(most);

    while (value > seen && !atomic_compare_exchange_weak(most, &seen, value))
        continue;
}

static void count_time(const memo_visit *visit, const memo_flight *flight,
                       uint64_t elapsed_ns)
{
    memo_cache *cache;

    memo_section_enter(visit->self);
    cache = memo_cache_of(visit->function);
    if (cache) {
        atomic_fetch_add(&cache->total_ns, elapsed_ns);
        raise_to(&cache->longest_ns, elapsed_ns);
        if (!memo_flight_was_given_up(flight))
            raise_to(&cache->longest_awaited_ns, elapsed_ns);
    }
    memo_section_leave(visit->self);
}

static void finish_miss(const memo_visit *visit, struct memo_call *call,
                        memo_flight *flight)
{
    uint64_t now_ns = memo_clock_now(&visit->settings->clock);
    uint64_t elapsed_ns =
        now_ns > flight->begin_ns ? now_ns - flight->begin_ns : 0;
    memo_reason reason = flight->reason, kept;

    count_time(visit, flight, elapsed_ns);
    kept = memo_call_keep(visit, call, flight, now_ns);
    memo_flight_end(&memo_process.flights, flight);
    memo_call_count(visit, reason);
    if (kept != MEMO_HIT)
        MEMO_CALL_ADD(visit, not_kept, 1);
    memo_registry_sweep(now_ns);
    tell_of_miss(visit, reason, kept, elapsed_ns);
}

/* What was computed to compare is the caller's: without an entry it is shared
 * with nobody, but there until its pin ends. */
static void hand_over(const memo_visit *visit, const struct memo_call *call)
{
    memo_reason reason = MEMO_NOT_KEPT;
    memo_object *object = memo_share_adopt(&reason, visit, call, NULL);

    if (object)
        memo_object_leave(object);
}

static void finish_verification(const memo_visit *visit, struct memo_call *call,
                                memo_flight *flight)
{
    const char *what = "";
    struct memo_function copied = memo_share_as_copied(visit->function);
    bool drew_the_same = memo_call_drew_the_same(visit, flight);
    memo_verdict verdict = memo_verification_step(
        flight->verification,
        &(memo_computed){&copied, visit->arguments, visit->result,
                         call->result_count, NULL},
        &what);
    memo_log_entry entry = {.level = MEMO_LOG_WARNING, .reason = MEMO_HIT};

    if (verdict == MEMO_VERIFY_RUN_AGAIN) {
        call->runs = 1;
        return;
    }
    if (visit->function->sharing)
        hand_over(visit, call);
    memo_flight_end(&memo_process.flights, flight);
    if (verdict == MEMO_VERIFY_IMPOSSIBLE)
        return;
    if (verdict == MEMO_VERIFY_SAME && !drew_the_same) {
        verdict = MEMO_VERIFY_DIFFERS;
        what = "what it draws";
    }
    MEMO_CALL_ADD(visit, verified, 1);
    if (verdict == MEMO_VERIFY_SAME)
        return;
    MEMO_CALL_ADD(visit, lies, 1);
    memo_log_about(
        &visit->settings->config, visit->function, entry,
        verdict == MEMO_VERIFY_DIFFERS
            ? "a hit would have been wrong: %s differs from what "
              "was kept"
            : "two runs with the same inputs differ in %s; an output "
              "may not be written in full",
        what);
}

static void end(const memo_visit *visit, struct memo_call *call)
{
    memo_flight *flight =
        memo_flight_find(visit->self, call->reserved[MEMO_CALL_FLIGHT]);

    if (!flight) /* taken for one that a longjmp has left */
        return;
    if (flight->verification)
        finish_verification(visit, call, flight);
    else
        finish_miss(visit, call, flight);
}

/* Of a body, in the library. */
static void finish(const memo_visit *visit, struct memo_call *call)
{
    call->runs = 0;
    if (call->reserved[MEMO_CALL_FLIGHT] == 0 || !visit->self ||
        atomic_load_explicit(&visit->self->is_busy, memory_order_relaxed))
        return;
    memo_thread_set_inside(visit->self, true);
    end(visit, call);
    memo_call_go_out(visit);
    memo_objects_settle(visit->self);
}

MEMO_EXPORT void memo_end(struct memo_call *call,
                          struct memo_function *function,
                          const struct memo_argument *arguments, void *result)
{
    memo_recording *recording = NULL;
    memo_drawn drawn;
    memo_visit visit = {.function = function,
                        .arguments = arguments,
                        .result = result,
                        .saved_errno = errno,
                        .self = memo_self,
                        .settings = memo_settings_now(),
                        .frame = __builtin_frame_address(0),
                        .recording = &recording,
                        .drawn = &drawn};

    memo_call_end_body(&drawn, call);
    finish(&visit, call);
    memo_recording_drop(drawn.recording);
    free(drawn.inputs);
    if (call->runs) /* once more, to compare: it was seen already */
        memo_call_draw_or_record(&visit, call, true);
    errno = visit.saved_errno;
}

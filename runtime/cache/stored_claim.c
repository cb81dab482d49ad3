#include "cache/stored_claim.h"

#include <pthread.h>
#include <time.h>

/* Pauses between looks, from the first to the longest. */
#define FIRST_PAUSE_NS 1000000
#define LONGEST_PAUSE_NS 20000000

static uint64_t now_ns(void)
{
    return memo_clock_now(&(memo_clock){.read = NULL});
}

/* No cancellation point: the call has a flight. */
static void rest(long ns)
{
    const struct timespec pause = {0, ns};
    int state;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    nanosleep(&pause, NULL);
    pthread_setcancelstate(state, &state);
}

static bool claim(const memo_stored_call *call)
{
    const struct memo_store *store = call->backend->store;
    bool is_taken;
    int state;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    is_taken = store->claim(atomic_load(&call->backend->opened), call->stored,
                            &call->digest) != 0;
    pthread_setcancelstate(state, &state);
    return is_taken;
}

static memo_finding look_again(memo_visit *visit, memo_stored_call *call,
                               memo_verification **verification)
{
    memo_stored_call *now;
    memo_finding outcome = memo_stored_look(&now, visit, call->backend,
                                            call->stored, verification);

    memo_stored_call_end(now);
    return outcome;
}

memo_finding memo_stored_claim(memo_visit *visit, memo_stored_call *call,
                               uint64_t wait_ns,
                               memo_verification **verification)
{
    uint64_t until = now_ns() + wait_ns;
    memo_finding outcome = MEMO_NOT_FOUND;
    long pause = FIRST_PAUSE_NS;
    bool has_waited = false;

    if (!call->backend->store->claim)
        return outcome;
    while (!claim(call)) {
        if (now_ns() >= until)
            return outcome;
        rest(pause);
        pause = 2 * pause < LONGEST_PAUSE_NS ? 2 * pause : LONGEST_PAUSE_NS;
        has_waited = true;
        outcome = look_again(visit, call, verification);
        if (outcome != MEMO_NOT_FOUND)
            return outcome;
    }
    call->has_claim = true;
    /* What was claimed before is stored by now, if it was to be. */
    return has_waited ? look_again(visit, call, verification) : outcome;
}

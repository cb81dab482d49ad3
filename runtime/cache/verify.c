#include "cache/verify.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Patterns that are no likely result. */
static const unsigned char patterns[] = {0xA5, 0x5A};

/* A buffer of the caller's that the body writes. */
typedef struct {
    unsigned char *at;       /* the caller's; NULL when there is none */
    unsigned char *original; /* what it held before the call */
    unsigned char *first;    /* what the first run left in it */
    size_t size;
} buffer;

struct memo_verification {
    unsigned char *kept; /* canonical: what the hit would have been */
    size_t kept_size;
    unsigned char *fresh; /* canonical: the first run's */
    size_t fresh_size;
    unsigned runs;
    memo_verdict verdict; /* of the runs so far */
    const char *what;     /* what differed last */
    memo_budget budget;
    memo_before *before; /* of what is changed in place: one run only */
    bool has_outputs;    /* that can be filled with a pattern */
    memo_u32 count;
    buffer buffers[]; /* one for each parameter */
};

/* ---- buffers ------------------------------------------------------------ */

static bool describe_buffer(buffer *out, const struct memo_parameter *parameter,
                            const struct memo_argument *argument)
{
    memo_u64 count =
        parameter->passing == MEMO_BY_ELEMENTS ? argument->count : 1;

    *out = (buffer){0};
    if (parameter->direction == MEMO_IN || !argument->data || count == 0 ||
        count >= MEMO_COUNT_LATER)
        return true;
    if (__builtin_mul_overflow(count, parameter->type->size, &out->size))
        return false;
    out->original = malloc(out->size);
    out->first = malloc(out->size);
    if (!out->original || !out->first)
        return false;
    out->at = argument->data;
    memcpy(out->original, out->at, out->size);
    return true;
}

static bool describe_buffers(memo_verification *verification,
                             const struct memo_function *function,
                             const struct memo_argument *arguments)
{
    bool done = true;

    for (memo_u32 i = 0; i < verification->count; i++) {
        buffer *at = &verification->buffers[i];

        done = describe_buffer(at, &function->parameters[i], &arguments[i]) &&
               done;
        if (at->at && function->parameters[i].direction == MEMO_OUT &&
            !verification->before)
            verification->has_outputs = true;
    }
    return done;
}

/* A pattern would be followed where pointers are. */
static bool takes_pattern(const struct memo_parameter *parameter)
{
    return parameter->direction == MEMO_OUT &&
           !memo_type_is_deep(parameter->type);
}

/* Inputs have their old content, outputs a pattern, those with pointers
 * zeroes.  Before the only run all but these have it anyway. */
static void prepare_buffers(const memo_verification *verification,
                            const struct memo_function *function)
{
    for (memo_u32 i = 0; i < verification->count; i++) {
        const buffer *at = &verification->buffers[i];

        bool is_output = function->parameters[i].direction == MEMO_OUT;

        if (!at->at)
            continue;
        if (is_output && !takes_pattern(&function->parameters[i]))
            memset(at->at, 0, at->size);
        else if (is_output && verification->has_outputs)
            memset(at->at, patterns[verification->runs], at->size);
        else if (verification->has_outputs)
            memcpy(at->at, at->original, at->size);
    }
}

static void note_first_run(const memo_verification *verification)
{
    for (memo_u32 i = 0; i < verification->count; i++) {
        const buffer *at = &verification->buffers[i];

        if (at->at)
            memcpy(at->first, at->at, at->size);
    }
}

/* A byte that shows each run's pattern was not written. */
static void restore_unwritten(const memo_verification *verification,
                              const struct memo_function *function)
{
    for (memo_u32 i = 0; i < verification->count; i++) {
        const buffer *at = &verification->buffers[i];

        if (!at->at || !takes_pattern(&function->parameters[i]))
            continue;
        for (size_t byte = 0; byte < at->size; byte++) {
            if (at->first[byte] == patterns[0] && at->at[byte] == patterns[1])
                at->at[byte] = at->original[byte];
        }
    }
}

/* ---- values ------------------------------------------------------------- */

/* Name what the canonical byte at `offset` belongs to: a value is the result
 * and then the outputs, so the size up to each parameter tells. */
static const char *name_at(const memo_verification *verification, size_t offset,
                           const memo_computed *computed)
{
    struct memo_function front = memo_value_function(computed->function);
    memo_computed part = *computed;
    size_t size = 0;

    part.function = &front;
    for (memo_u32 i = 0; i <= computed->function->parameter_count; i++) {
        unsigned char *bytes;

        front.parameter_count = i;
        bytes = memo_value_bytes(&size, &part, verification->budget);
        free(bytes);
        if (!bytes || size > offset)
            return i == 0 ? "the result"
                          : computed->function->parameters[i - 1].name;
    }
    return "the size of the result";
}

/* The first byte that differs; the size if none does. */
static size_t compare(const unsigned char *a, size_t a_size,
                      const unsigned char *b, size_t b_size)
{
    size_t size = a_size < b_size ? a_size : b_size, at = 0;

    while (at < size && a[at] == b[at])
        at++;
    return at;
}

/* ---- steps -------------------------------------------------------------- */

memo_verification *memo_verification_begin(
    const struct memo_function *function, const struct memo_argument *arguments,
    const unsigned char *kept, size_t size, memo_budget budget)
{
    memo_verification *verification = calloc(
        1, sizeof *verification + function->parameter_count * sizeof(buffer));

    if (!verification)
        return NULL;
    verification->count = function->parameter_count;
    verification->verdict = MEMO_VERIFY_SAME;
    verification->budget = budget;
    verification->kept = malloc(size + 1);
    if (memo_changes_in_place(function))
        verification->before =
            memo_before_take(function, arguments, budget.pieces);
    if (!verification->kept ||
        (memo_changes_in_place(function) && !verification->before) ||
        !describe_buffers(verification, function, arguments)) {
        memo_verification_destroy(verification);
        return NULL;
    }
    memcpy(verification->kept, kept, size);
    verification->kept_size = size;
    return verification;
}

void memo_verification_start(const memo_verification *verification,
                             const struct memo_function *function)
{
    prepare_buffers(verification, function);
}

/* Where a run differs from what is expected of it; SIZE_MAX: nowhere. */
static size_t find_difference(const memo_verification *verification,
                              const unsigned char *fresh, size_t size)
{
    bool is_first = verification->runs == 1;
    const unsigned char *expected =
        is_first ? verification->kept : verification->fresh;
    size_t expected_size =
        is_first ? verification->kept_size : verification->fresh_size;
    size_t at = compare(expected, expected_size, fresh, size);

    return at == size && size == expected_size ? SIZE_MAX : at;
}

/* Compare what a run has computed.  Without memory for that it goes on: the
 * caller's buffers still have to be restored. */
static void judge(memo_verification *verification,
                  const memo_computed *computed)
{
    bool is_first = verification->runs == 1;
    size_t size, difference;
    unsigned char *fresh =
        memo_value_bytes(&size, computed, verification->budget);

    if (!fresh || verification->verdict == MEMO_VERIFY_IMPOSSIBLE) {
        free(fresh);
        verification->verdict = MEMO_VERIFY_IMPOSSIBLE;
        return;
    }
    difference = find_difference(verification, fresh, size);
    if (difference != SIZE_MAX) {
        verification->verdict =
            is_first ? MEMO_VERIFY_DIFFERS : MEMO_VERIFY_UNSTEADY;
        verification->what = name_at(verification, difference, computed);
    }
    free(verification->fresh);
    verification->fresh = fresh;
    verification->fresh_size = size;
}

memo_verdict memo_verification_step(memo_verification *verification,
                                    const memo_computed *computed,
                                    const char **what)
{
    bool is_first = verification->runs++ == 0;
    memo_computed with_before = *computed;

    with_before.before = verification->before;
    judge(verification, &with_before);
    *what = verification->what;
    if (!is_first || !verification->has_outputs) {
        if (!is_first)
            restore_unwritten(verification, computed->function);
        return verification->verdict;
    }
    note_first_run(verification);
    memo_value_release(computed);
    prepare_buffers(verification, computed->function);
    return MEMO_VERIFY_RUN_AGAIN;
}

void memo_verification_destroy(memo_verification *verification)
{
    if (!verification)
        return;
    for (memo_u32 i = 0; i < verification->count; i++) {
        free(verification->buffers[i].original);
        free(verification->buffers[i].first);
    }
    memo_before_destroy(verification->before);
    free(verification->kept);
    free(verification->fresh);
    free(verification);
}

/* Made by memogen from input.c. Do not edit. */
#include <memo/generated.h>

typedef char memo_check_target[sizeof(void *) == 8 ? 1 : -1];
static struct memo_unit memo_unit;
static void memo_unload_unit(void) __attribute__((__destructor__));
static void memo_unload_unit(void)
{
    memo_unload(&memo_unit);
}
#line 1 "input.c"
/* The table names all that a function uses. */
#include <limits.h>
#include <math.h>

#define SCALE(x) ((x) * FACTOR)
#define FACTOR 3

struct table {
    int rows;
};

static const int primes[] = {2, 3, 5, 7};
const struct table empty = {0};
int counter;

extern int elsewhere(int n);

static int helper(int n)
{
    return primes[n & 3] + (int)floor(n);
}

// @memo
#line 36 "<stdout>"
int compute(int n);
static int memo_body_compute(int n);
#line 24 "input.c"
int memo_body_compute
#line 24 "input.c"
           (int n)
{
    return n == INT_MAX ? empty.rows : SCALE(helper(n)) + elsewhere(n);
}
#line 46 "<stdout>"

/* ---- compute: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_compute[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_compute;
static struct memo_function memo_function_compute = {
    MEMO_ABI, 0, "compute", "input.c", 24u, 1u,
    memo_parameters_compute, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_compute, (memo_address)compute, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int compute(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_compute, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_compute, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_compute(n);
        memo_end(&memo_call, &memo_function_compute, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_compute(int n);
int memo_clear_args_compute(int n)
{
    return memo_clear_words(&memo_function_compute, memo_word(&n, sizeof n), 0);
}
/* ---- end of compute ---- */
#line 27 "input.c"


__attribute__((visibility("hidden"))) int unrelated(void);

__attribute__((visibility("hidden"))) int unrelated(void)
{
    return counter++;
}
#line 103 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_counter __attribute__((__weak__));
extern struct memo_source memo_source_elsewhere __attribute__((__weak__));
extern struct memo_source memo_source_empty;
struct memo_source memo_source_empty = {
    "empty", { 12619715465150354515u, 8048889446701376307u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_counter __attribute__((__weak__)) = {
    "counter", { 1842891986738980342u, 8008288708403191828u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_compute[] = {
    "elsewhere",
    "empty",
};
static struct memo_source *const memo_uses_compute[] = {
    &memo_source_elsewhere,
    &memo_source_empty,
};
struct memo_source memo_source_compute = {
    "compute", { 13872413371330974497u, 14302934456476102912u }, MEMO_BUILD, 2u, 0,
    memo_names_compute, memo_uses_compute};
static const char *const memo_names_unrelated[] = {
    "counter",
};
static struct memo_source *const memo_uses_unrelated[] = {
    &memo_source_counter,
};
extern struct memo_source memo_source_unrelated;
struct memo_source memo_source_unrelated __attribute__((__visibility__("hidden"))) = {
    "unrelated", { 3193362835968488436u, 16894828426003886529u }, MEMO_BUILD, 1u, 0,
    memo_names_unrelated, memo_uses_unrelated};

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
/* Each needs the other's source hash. */
#include <stdbool.h>

bool is_odd(unsigned n);

// @memo
#line 19 "<stdout>"
bool is_even(unsigned n);
static bool memo_body_is_even(unsigned n);
#line 7 "input.c"
bool memo_body_is_even
#line 7 "input.c"
            (unsigned n)
{
    return n == 0 || is_odd(n - 1);
}
#line 29 "<stdout>"

/* ---- is_even: made by memogen ---- */

static const struct memo_type memo_type__Bool = {
    "_Bool", MEMO_KIND_BOOL, 0u,
    sizeof(_Bool), 0, 0, 0};
static const struct memo_type memo_type_unsigned_int = {
    "unsigned int", MEMO_KIND_UNSIGNED, 0u,
    sizeof(unsigned int), 0, 0, 0};
static const struct memo_parameter memo_parameters_is_even[] = {
    {"n", &memo_type_unsigned_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_is_even;
static struct memo_function memo_function_is_even = {
    MEMO_ABI, 0, "is_even", "input.c", 7u, 1u,
    memo_parameters_is_even, MEMO_RESULT_VALUE, 1u, &memo_type__Bool,
    0u, 0u, 0u, "", "",
    "", &memo_source_is_even, (memo_address)is_even, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

bool is_even(unsigned n)
{
    _Bool memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_is_even, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_is_even, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_is_even(n);
        memo_end(&memo_call, &memo_function_is_even, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_is_even(unsigned n);
int memo_clear_args_is_even(unsigned n)
{
    return memo_clear_words(&memo_function_is_even, memo_word(&n, sizeof n), 0);
}
/* ---- end of is_even ---- */
#line 10 "input.c"


// @memo
#line 84 "<stdout>"
static bool memo_body_is_odd(unsigned n);
#line 13 "input.c"
bool memo_body_is_odd
#line 13 "input.c"
           (unsigned n)
{
    return n != 0 && is_even(n - 1);
}
#line 93 "<stdout>"

/* ---- is_odd: made by memogen ---- */

static const struct memo_parameter memo_parameters_is_odd[] = {
    {"n", &memo_type_unsigned_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_is_odd;
static struct memo_function memo_function_is_odd = {
    MEMO_ABI, 0, "is_odd", "input.c", 13u, 1u,
    memo_parameters_is_odd, MEMO_RESULT_VALUE, 1u, &memo_type__Bool,
    0u, 0u, 0u, "", "",
    "", &memo_source_is_odd, (memo_address)is_odd, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

bool is_odd(unsigned n)
{
    _Bool memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_is_odd, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_is_odd, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_is_odd(n);
        memo_end(&memo_call, &memo_function_is_odd, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_is_odd(unsigned n);
int memo_clear_args_is_odd(unsigned n)
{
    return memo_clear_words(&memo_function_is_odd, memo_word(&n, sizeof n), 0);
}
/* ---- end of is_odd ---- */
#line 16 "input.c"

#line 140 "<stdout>"

/* ---- source hashes: made by memogen ---- */

static const char *const memo_names_is_odd[] = {
    "is_even",
};
static struct memo_source *const memo_uses_is_odd[] = {
    &memo_source_is_even,
};
struct memo_source memo_source_is_odd = {
    "is_odd", { 17541087271748887268u, 11652292994283312501u }, MEMO_BUILD, 1u, 0,
    memo_names_is_odd, memo_uses_is_odd};
static const char *const memo_names_is_even[] = {
    "is_odd",
};
static struct memo_source *const memo_uses_is_even[] = {
    &memo_source_is_odd,
};
struct memo_source memo_source_is_even = {
    "is_even", { 7094301792754637029u, 13202343502449779405u }, MEMO_BUILD, 1u, 0,
    memo_names_is_even, memo_uses_is_even};

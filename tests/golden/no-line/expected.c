/* Made by memogen from input.c. Do not edit. */
#include <memo/generated.h>

typedef char memo_check_target[sizeof(void *) == 8 ? 1 : -1];
static struct memo_unit memo_unit;
static void memo_unload_unit(void) __attribute__((__destructor__));
static void memo_unload_unit(void)
{
    memo_unload(&memo_unit);
}
/* The generated text without #line. */

// @memo
int square(int n);
static int memo_body_square(int n);
int memo_body_square(int n)
{
    return n * n;
}

/* ---- square: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_square[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_square;
static struct memo_function memo_function_square = {
    MEMO_ABI, 0, "square", "input.c", 4u, 1u,
    memo_parameters_square, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_square, (memo_address)square, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int square(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_square, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_square, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_square(n);
        memo_end(&memo_call, &memo_function_square, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_square(int n);
int memo_clear_args_square(int n)
{
    return memo_clear_words(&memo_function_square, memo_word(&n, sizeof n), 0);
}
/* ---- end of square ---- */


/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_square = {
    "square", { 13052826170671514604u, 8127194987546771232u }, MEMO_BUILD, 0u, 0,
    0, 0};

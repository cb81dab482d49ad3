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
/* Code that depends on the compiler. */

// @memo
#line 16 "<stdout>"
int which(int n);
static int memo_body_which(int n);
#line 4 "input.c"
int memo_body_which
#line 4 "input.c"
         (int n)
{
#ifdef __clang__
    return n;
#else
    return -n;
#endif
}
#line 30 "<stdout>"

/* ---- which: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_which[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_which;
static struct memo_function memo_function_which = {
    MEMO_ABI, 0, "which", "input.c", 4u, 1u,
    memo_parameters_which, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_which, (memo_address)which, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int which(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_which, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_which, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_which(n);
        memo_end(&memo_call, &memo_function_which, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_which(int n);
int memo_clear_args_which(int n)
{
    return memo_clear_words(&memo_function_which, memo_word(&n, sizeof n), 0);
}
/* ---- end of which ---- */
#line 11 "input.c"


static int helper(int n)
{
#if __GNUC__ > 2
    n++;
#endif
    return n;
}

// @memo
#line 90 "<stdout>"
int indirect(int n);
static int memo_body_indirect(int n);
#line 22 "input.c"
int memo_body_indirect
#line 22 "input.c"
            (int n)
{
    return helper(n);
}
#line 100 "<stdout>"

/* ---- indirect: made by memogen ---- */

static const struct memo_parameter memo_parameters_indirect[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_indirect;
static struct memo_function memo_function_indirect = {
    MEMO_ABI, 0, "indirect", "input.c", 22u, 1u,
    memo_parameters_indirect, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_indirect, (memo_address)indirect, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int indirect(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_indirect, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_indirect, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_indirect(n);
        memo_end(&memo_call, &memo_function_indirect, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_indirect(int n);
int memo_clear_args_indirect(int n)
{
    return memo_clear_words(&memo_function_indirect, memo_word(&n, sizeof n), 0);
}
/* ---- end of indirect ---- */
#line 25 "input.c"

#line 147 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_which = {
    "which", { 3580216594795874909u, 9039739099049802206u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_indirect = {
    "indirect", { 14424837429221306290u, 5380757648278053520u }, MEMO_BUILD, 0u, 0,
    0, 0};

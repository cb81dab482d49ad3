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
/* An annotation that this configuration leaves out. */

// @memo
#line 16 "<stdout>"
int used(int n);
static int memo_body_used(int n);
#line 4 "input.c"
int memo_body_used
#line 4 "input.c"
        (int n)
{
    return n;
}
#line 26 "<stdout>"

/* ---- used: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_used[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_used;
static struct memo_function memo_function_used = {
    MEMO_ABI, 0, "used", "input.c", 4u, 1u,
    memo_parameters_used, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_used, (memo_address)used, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int used(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_used, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_used, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_used(n);
        memo_end(&memo_call, &memo_function_used, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_used(int n);
int memo_clear_args_used(int n)
{
    return memo_clear_words(&memo_function_used, memo_word(&n, sizeof n), 0);
}
/* ---- end of used ---- */
#line 7 "input.c"


#ifdef ABSENT
// @memo
int left_out(int n)
{
    return n;
}
#endif
#line 84 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_used = {
    "used", { 2358564575015989389u, 16077261387327372975u }, MEMO_BUILD, 0u, 0,
    0, 0};

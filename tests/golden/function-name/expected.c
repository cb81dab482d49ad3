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
/* The body still calls itself by its own name. */

extern void report(const char *function, int value);

// @memo
#line 18 "<stdout>"
int loud(int n);
static int memo_body_loud(int n);
#define __func__ "loud"
#define __FUNCTION__ "loud"
#define __PRETTY_FUNCTION__ "loud"
#line 6 "input.c"
int memo_body_loud
#line 6 "input.c"
        (int n)
{
    report(__func__, n);
    return n;
}
#line 32 "<stdout>"
#undef __func__
#undef __FUNCTION__
#undef __PRETTY_FUNCTION__

/* ---- loud: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_loud[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_loud;
static struct memo_function memo_function_loud = {
    MEMO_ABI, 0, "loud", "input.c", 6u, 1u,
    memo_parameters_loud, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_loud, (memo_address)loud, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int loud(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_loud, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_loud, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_loud(n);
        memo_end(&memo_call, &memo_function_loud, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_loud(int n);
int memo_clear_args_loud(int n)
{
    return memo_clear_words(&memo_function_loud, memo_word(&n, sizeof n), 0);
}
/* ---- end of loud ---- */
#line 10 "input.c"

#line 85 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_report __attribute__((__weak__));
static const char *const memo_names_loud[] = {
    "report",
};
static struct memo_source *const memo_uses_loud[] = {
    &memo_source_report,
};
struct memo_source memo_source_loud = {
    "loud", { 14258334630917180857u, 13024154913651206189u }, MEMO_BUILD, 1u, 0,
    memo_names_loud, memo_uses_loud};

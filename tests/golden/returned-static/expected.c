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
/* What is never freed and never changes is handed out as it is. */

// @memo(returns(static))
#line 16 "<stdout>"
const char *month_name(int month);
static const char *memo_body_month_name(int month);
#line 4 "input.c"
const char *memo_body_month_name
#line 4 "input.c"
                      (int month)
{
    static const char *const names[] = {"January", "February", "March"};

    return month >= 0 && month < 3 ? names[month] : "later";
}
#line 28 "<stdout>"

/* ---- month_name: made by memogen ---- */

static const struct memo_type memo_type_const_char_p = {
    "const char *", MEMO_KIND_ADDRESS, 0u,
    sizeof(const char *), 0, 0, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_month_name[] = {
    {"month", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_month_name;
static struct memo_function memo_function_month_name = {
    MEMO_ABI, 0, "month_name", "input.c", 4u, 1u,
    memo_parameters_month_name, MEMO_RESULT_VALUE, 1u, &memo_type_const_char_p,
    0u, 0u, 0u, "returns(static)", "",
    "returns(static)", &memo_source_month_name, (memo_address)month_name, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

const char *month_name(int month)
{
    const char *memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_month_name, memo_word(&month, sizeof month), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &month, 1);
    memo_begin_words(&memo_call, &memo_function_month_name, memo_word(&month, sizeof month), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_month_name(month);
        memo_end(&memo_call, &memo_function_month_name, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_month_name(int month);
int memo_clear_args_month_name(int month)
{
    return memo_clear_words(&memo_function_month_name, memo_word(&month, sizeof month), 0);
}
/* ---- end of month_name ---- */
#line 9 "input.c"

#line 81 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_month_name = {
    "month_name", { 8532674018259346250u, 15153562506588117575u }, MEMO_BUILD, 0u, 0,
    0, 0};

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
/* Code that changes with the time of the build. */

// @memo(returns(static))
#line 16 "<stdout>"
const char *build_date(void);
static const char *memo_body_build_date(void);
#line 4 "input.c"
const char *memo_body_build_date
#line 4 "input.c"
                      (void)
{
    return __DATE__ " " __TIME__;
}
#line 26 "<stdout>"

/* ---- build_date: made by memogen ---- */

static const struct memo_type memo_type_const_char_p = {
    "const char *", MEMO_KIND_ADDRESS, 0u,
    sizeof(const char *), 0, 0, 0};
extern struct memo_source memo_source_build_date;
static struct memo_function memo_function_build_date = {
    MEMO_ABI, 0, "build_date", "input.c", 4u, 0u,
    0, MEMO_RESULT_VALUE, 1u, &memo_type_const_char_p,
    0u, 0u, 0u, "returns(static)", "",
    "returns(static)", &memo_source_build_date, (memo_address)build_date, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

const char *build_date(void)
{
    const char *memo_result;
    memo_u64 memo_value;
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_build_date, 0, 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_begin_words(&memo_call, &memo_function_build_date, 0, 0,
                     0, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_build_date();
        memo_end(&memo_call, &memo_function_build_date, 0,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_build_date(void);
int memo_clear_args_build_date(void)
{
    return memo_clear_words(&memo_function_build_date, 0, 0);
}
/* ---- end of build_date ---- */
#line 7 "input.c"


// @memo
#line 73 "<stdout>"
int counted(int n);
static int memo_body_counted(int n);
#line 10 "input.c"
int memo_body_counted
#line 10 "input.c"
           (int n)
{
    return n + __COUNTER__;
}
#line 83 "<stdout>"

/* ---- counted: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_counted[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_counted;
static struct memo_function memo_function_counted = {
    MEMO_ABI, 0, "counted", "input.c", 10u, 1u,
    memo_parameters_counted, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_counted, (memo_address)counted, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int counted(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_counted, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_counted, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_counted(n);
        memo_end(&memo_call, &memo_function_counted, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_counted(int n);
int memo_clear_args_counted(int n)
{
    return memo_clear_words(&memo_function_counted, memo_word(&n, sizeof n), 0);
}
/* ---- end of counted ---- */
#line 13 "input.c"

#line 133 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_build_date = {
    "build_date", { 15524143748654285734u, 11290221110839782088u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_counted = {
    "counted", { 5352747795380948403u, 16552524522231703820u }, MEMO_BUILD, 0u, 0,
    0, 0};

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
/* A warning that is switched off. */
int setting;

// @memo
#line 17 "<stdout>"
int scaled(int n);
static int memo_body_scaled(int n);
#line 5 "input.c"
int memo_body_scaled
#line 5 "input.c"
          (int n)
{
    return n * setting;
}
#line 27 "<stdout>"

/* ---- scaled: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_scaled[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_scaled;
static struct memo_function memo_function_scaled = {
    MEMO_ABI, 0, "scaled", "input.c", 5u, 1u,
    memo_parameters_scaled, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_scaled, (memo_address)scaled, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int scaled(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_scaled, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_scaled, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_scaled(n);
        memo_end(&memo_call, &memo_function_scaled, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_scaled(int n);
int memo_clear_args_scaled(int n)
{
    return memo_clear_words(&memo_function_scaled, memo_word(&n, sizeof n), 0);
}
/* ---- end of scaled ---- */
#line 8 "input.c"

#line 77 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_setting __attribute__((__weak__));
struct memo_source memo_source_setting __attribute__((__weak__)) = {
    "setting", { 17395340677875860262u, 16468950594125768318u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_scaled[] = {
    "setting",
};
static struct memo_source *const memo_uses_scaled[] = {
    &memo_source_setting,
};
struct memo_source memo_source_scaled = {
    "scaled", { 3960352642888498338u, 9321951025239051582u }, MEMO_BUILD, 1u, 0,
    memo_names_scaled, memo_uses_scaled};

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
/* Every way to write an annotation. */

/*
 * @memo(
 *     ttl=60,
 *     max_entries=10
 * )
 *
 * The prose goes on.
 */
#line 23 "<stdout>"
int in_block(int n);
static int memo_body_in_block(int n);
#line 11 "input.c"
int memo_body_in_block
#line 11 "input.c"
            (int n)
{
    return n;
}
#line 33 "<stdout>"

/* ---- in_block: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_in_block[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_in_block;
static struct memo_function memo_function_in_block = {
    MEMO_ABI, 0, "in_block", "input.c", 11u, 1u,
    memo_parameters_in_block, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    60000000000u, 10u, 0u, "ttl=60, max_entries=10", "",
    "", &memo_source_in_block, (memo_address)in_block, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int in_block(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_in_block, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_in_block, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_in_block(n);
        memo_end(&memo_call, &memo_function_in_block, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_in_block(int n);
int memo_clear_args_in_block(int n)
{
    return memo_clear_words(&memo_function_in_block, memo_word(&n, sizeof n), 0);
}
/* ---- end of in_block ---- */
#line 14 "input.c"


//! @cache_data(ttl = 90s,
//             version = "two"
//             "parts")

/* Something else may stand between. */

#line 90 "<stdout>"
int over_lines(int n);
static int memo_body_over_lines(int n);
#line 22 "input.c"
int memo_body_over_lines
#line 22 "input.c"
              (int n)
{
    return n;
}
#line 100 "<stdout>"

/* ---- over_lines: made by memogen ---- */

static const struct memo_parameter memo_parameters_over_lines[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_over_lines;
static struct memo_function memo_function_over_lines = {
    MEMO_ABI, 0, "over_lines", "input.c", 22u, 1u,
    memo_parameters_over_lines, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    90000000000u, 0u, 0u, "ttl=90, version=\"twoparts\"", "twoparts",
    "version=\"twoparts\"", &memo_source_over_lines, (memo_address)over_lines, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int over_lines(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_over_lines, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_over_lines, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_over_lines(n);
        memo_end(&memo_call, &memo_function_over_lines, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_over_lines(int n);
int memo_clear_args_over_lines(int n)
{
    return memo_clear_words(&memo_function_over_lines, memo_word(&n, sizeof n), 0);
}
/* ---- end of over_lines ---- */
#line 25 "input.c"


/* @experimental_memo */ 
#line 149 "<stdout>"
int same_line(int n);
static int memo_body_same_line(int n);
#line 27 "input.c"
                         int memo_body_same_line
#line 27 "input.c"
                                      (int n) { return n; }
#line 156 "<stdout>"

/* ---- same_line: made by memogen ---- */

static const struct memo_parameter memo_parameters_same_line[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_same_line;
static struct memo_function memo_function_same_line = {
    MEMO_ABI, 0, "same_line", "input.c", 27u, 1u,
    memo_parameters_same_line, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_same_line, (memo_address)same_line, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int same_line(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_same_line, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_same_line, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_same_line(n);
        memo_end(&memo_call, &memo_function_same_line, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_same_line(int n);
int memo_clear_args_same_line(int n)
{
    return memo_clear_words(&memo_function_same_line, memo_word(&n, sizeof n), 0);
}
/* ---- end of same_line ---- */
#line 27 "input.c"

#line 203 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_in_block = {
    "in_block", { 17551497923035392872u, 577695594061722543u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_over_lines = {
    "over_lines", { 2629714809092181538u, 7753163137856576301u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_same_line = {
    "same_line", { 15201420003251663190u, 12531934822555637672u }, MEMO_BUILD, 0u, 0,
    0, 0};

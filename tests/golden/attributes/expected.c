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
/* What callers see moves to the wrapper, what shapes the code stays. */

#define PUBLIC __attribute__((visibility("default")))
#define FAST __attribute__((hot, noinline))

// @memo
#line 19 "<stdout>"
__attribute__ ( ( visibility ( "default" ) ) ) __attribute__((warn_unused_result)) int load(int n);
static int memo_body_load(int n);
#line 7 "input.c"
                                           int memo_body_load
#line 7 "input.c"
                                                   (int n)
{
    return n + 1;
}
#line 29 "<stdout>"

/* ---- load: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_load[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_load;
static struct memo_function memo_function_load = {
    MEMO_ABI, 0, "load", "input.c", 7u, 1u,
    memo_parameters_load, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_load, (memo_address)load, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

__attribute__ ( ( visibility ( "default" ) ) ) __attribute__((warn_unused_result)) int load(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_load, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_load, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_load(n);
        memo_end(&memo_call, &memo_function_load, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_load(int n);
int memo_clear_args_load(int n)
{
    return memo_clear_words(&memo_function_load, memo_word(&n, sizeof n), 0);
}
/* ---- end of load ---- */
#line 10 "input.c"


// @memo
#line 81 "<stdout>"
__attribute__((nonnull,)) int length(const char *text);
static int memo_body_length(const char *text);
#line 13 "input.c"
__attribute__((       , noinline)) FAST int memo_body_length
#line 13 "input.c"
                                                  (const char *text)
{
    int size = 0;

    while (text[size])
        size++;
    return size;
}
#line 95 "<stdout>"

/* ---- length: made by memogen ---- */

static const struct memo_parameter memo_parameters_length[] = {
    {"text", 0, MEMO_BY_TEXT, MEMO_IN},
};
extern struct memo_source memo_source_length;
static struct memo_function memo_function_length = {
    MEMO_ABI, 0, "length", "input.c", 13u, 1u,
    memo_parameters_length, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_length, (memo_address)length, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

__attribute__((nonnull,)) int length(const char *text)
{
    int memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], text, 1);
    memo_begin(&memo_call, &memo_function_length, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_length(text);
        memo_end(&memo_call, &memo_function_length, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_length(const char *text);
int memo_clear_args_length(const char *text)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], text, 1);
    return memo_clear_call(&memo_function_length, memo_arguments);
}
/* ---- end of length ---- */
#line 20 "input.c"


int weigh(int n) __attribute__((weak, cold));

// @memo
#line 143 "<stdout>"
static int memo_body_weigh(int n);
#line 25 "input.c"
int memo_body_weigh
#line 25 "input.c"
         (int n)
{
    return n;
}
#line 152 "<stdout>"

/* ---- weigh: made by memogen ---- */

static const struct memo_parameter memo_parameters_weigh[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_weigh;
static struct memo_function memo_function_weigh = {
    MEMO_ABI, 0, "weigh", "input.c", 25u, 1u,
    memo_parameters_weigh, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_weigh, (memo_address)weigh, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int weigh(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_weigh, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_weigh, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_weigh(n);
        memo_end(&memo_call, &memo_function_weigh, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_weigh(int n);
int memo_clear_args_weigh(int n)
{
    return memo_clear_words(&memo_function_weigh, memo_word(&n, sizeof n), 0);
}
/* ---- end of weigh ---- */
#line 28 "input.c"

#line 199 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_load __attribute__((__visibility__("default"))) = {
    "load", { 11374271517615350788u, 198803632879003029u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_length = {
    "length", { 7853534730741651232u, 5663788210409924180u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_weigh __attribute__((__weak__)) = {
    "weigh", { 16205671302825281015u, 2436909069155746165u }, MEMO_BUILD, 0u, 0,
    0, 0};

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
/* Each way to say who may call a function. */

int twice(int n);

// @memo
#line 18 "<stdout>"
static int half(int n);
static int memo_body_half(int n);
#line 6 "input.c"
static int memo_body_half
#line 6 "input.c"
               (int n)
{
    return n / 2;
}
#line 28 "<stdout>"

/* ---- half: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_half[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
static struct memo_source memo_source_half;
static struct memo_function memo_function_half = {
    MEMO_ABI, 0, "half", "input.c", 6u, 1u,
    memo_parameters_half, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_half, (memo_address)half, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

static int half(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_half, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_half, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_half(n);
        memo_end(&memo_call, &memo_function_half, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}
/* ---- end of half ---- */
#line 9 "input.c"


/* @memo */
#line 74 "<stdout>"
static inline int third(int n);
static int memo_body_third(int n);
#line 12 "input.c"
static inline int memo_body_third
#line 12 "input.c"
                       (int n)
{
    return n / 3;
}
#line 84 "<stdout>"

/* ---- third: made by memogen ---- */

static const struct memo_parameter memo_parameters_third[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
static struct memo_source memo_source_third;
static struct memo_function memo_function_third = {
    MEMO_ABI, 0, "third", "input.c", 12u, 1u,
    memo_parameters_third, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_third, (memo_address)third, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

static inline int third(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_third, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_third, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_third(n);
        memo_end(&memo_call, &memo_function_third, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}
/* ---- end of third ---- */
#line 15 "input.c"


extern int quarter(int n);

/// @memo
#line 129 "<stdout>"
static int memo_body_quarter(int n);
#line 20 "input.c"
extern int memo_body_quarter
#line 20 "input.c"
                  (int n)
{
    return n / 4;
}
#line 138 "<stdout>"

/* ---- quarter: made by memogen ---- */

static const struct memo_parameter memo_parameters_quarter[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_quarter;
static struct memo_function memo_function_quarter = {
    MEMO_ABI, 0, "quarter", "input.c", 20u, 1u,
    memo_parameters_quarter, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_quarter, (memo_address)quarter, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

extern int quarter(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_quarter, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_quarter, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_quarter(n);
        memo_end(&memo_call, &memo_function_quarter, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_quarter(int n);
int memo_clear_args_quarter(int n)
{
    return memo_clear_words(&memo_function_quarter, memo_word(&n, sizeof n), 0);
}
/* ---- end of quarter ---- */
#line 23 "input.c"


/** @memo */
#line 187 "<stdout>"
static int memo_body_twice(int n);
#line 26 "input.c"
extern inline int memo_body_twice
#line 26 "input.c"
                       (int n)
{
    return half(n) * 4;
}
#line 196 "<stdout>"

/* ---- twice: made by memogen ---- */

static const struct memo_parameter memo_parameters_twice[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_twice;
static struct memo_function memo_function_twice = {
    MEMO_ABI, 0, "twice", "input.c", 26u, 1u,
    memo_parameters_twice, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_twice, (memo_address)twice, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wstatic-in-inline"
#endif
extern int twice(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_twice, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_twice, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_twice(n);
        memo_end(&memo_call, &memo_function_twice, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}
#ifdef __clang__
#pragma clang diagnostic pop
#endif

int memo_clear_args_twice(int n);
int memo_clear_args_twice(int n)
{
    return memo_clear_words(&memo_function_twice, memo_word(&n, sizeof n), 0);
}
/* ---- end of twice ---- */
#line 29 "input.c"


int all(int n);

int all(int n)
{
    return half(n) + third(n) + quarter(n) + twice(n);
}
#line 257 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_twice __attribute__((__weak__)) = {
    "twice", { 15316167000294849925u, 2496253119056018690u }, MEMO_BUILD, 0u, 0,
    0, 0};
static struct memo_source memo_source_half __attribute__((__unused__)) = {
    "half", { 14078557229214364673u, 14886019103137527651u }, MEMO_BUILD, 0u, 0,
    0, 0};
static struct memo_source memo_source_third __attribute__((__unused__)) = {
    "third", { 10633427753430437568u, 16663212175117811711u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_quarter = {
    "quarter", { 14614568076542722511u, 414262249019471365u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_all[] = {
    "quarter",
    "twice",
};
static struct memo_source *const memo_uses_all[] = {
    &memo_source_quarter,
    &memo_source_twice,
};
extern struct memo_source memo_source_all;
struct memo_source memo_source_all = {
    "all", { 4627367555819707939u, 6473863350266914093u }, MEMO_BUILD, 2u, 0,
    memo_names_all, memo_uses_all};

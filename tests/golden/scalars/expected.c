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
/* Inputs of at most two words are looked up directly. */
#include <stdbool.h>

enum season { SPRING, SUMMER, AUTUMN, WINTER };

// @memo
#line 19 "<stdout>"
long binomial(int n, int k);
static long memo_body_binomial(int n, int k);
#line 7 "input.c"
long memo_body_binomial
#line 7 "input.c"
             (int n, int k)
{
    return k == 0 || k == n ? 1 : binomial(n - 1, k - 1) + binomial(n - 1, k);
}
#line 29 "<stdout>"

/* ---- binomial: made by memogen ---- */

static const struct memo_type memo_type_long = {
    "long", MEMO_KIND_SIGNED, 0u,
    sizeof(long), 0, 0, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_binomial[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"k", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_binomial;
static struct memo_function memo_function_binomial = {
    MEMO_ABI, 0, "binomial", "input.c", 7u, 2u,
    memo_parameters_binomial, MEMO_RESULT_VALUE, 1u, &memo_type_long,
    0u, 0u, 0u, "", "",
    "", &memo_source_binomial, (memo_address)binomial, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

long binomial(int n, int k)
{
    long memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_binomial, memo_word_pair(&n, sizeof n, &k, sizeof k), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_set_argument(&memo_arguments[1], &k, 1);
    memo_begin_words(&memo_call, &memo_function_binomial, memo_word_pair(&n, sizeof n, &k, sizeof k), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_binomial(n, k);
        memo_end(&memo_call, &memo_function_binomial, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_binomial(int n, int k);
int memo_clear_args_binomial(int n, int k)
{
    return memo_clear_words(&memo_function_binomial, memo_word_pair(&n, sizeof n, &k, sizeof k), 0);
}
/* ---- end of binomial ---- */
#line 10 "input.c"


// @memo
#line 86 "<stdout>"
double power(double base, unsigned exponent);
static double memo_body_power(double base, unsigned exponent);
#line 13 "input.c"
double memo_body_power
#line 13 "input.c"
            (double base, unsigned exponent)
{
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}
#line 96 "<stdout>"

/* ---- power: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_type memo_type_unsigned_int = {
    "unsigned int", MEMO_KIND_UNSIGNED, 0u,
    sizeof(unsigned int), 0, 0, 0};
static const struct memo_parameter memo_parameters_power[] = {
    {"base", &memo_type_double, MEMO_BY_VALUE, MEMO_IN},
    {"exponent", &memo_type_unsigned_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_power;
static struct memo_function memo_function_power = {
    MEMO_ABI, 0, "power", "input.c", 13u, 2u,
    memo_parameters_power, MEMO_RESULT_VALUE, 2u, &memo_type_double,
    0u, 0u, 0u, "", "",
    "", &memo_source_power, (memo_address)power, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double power(double base, unsigned exponent)
{
    double memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_power, memo_word(&base, sizeof base), memo_word(&exponent, sizeof exponent),
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &base, 1);
    memo_set_argument(&memo_arguments[1], &exponent, 1);
    memo_begin_words(&memo_call, &memo_function_power, memo_word(&base, sizeof base), memo_word(&exponent, sizeof exponent),
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_power(base, exponent);
        memo_end(&memo_call, &memo_function_power, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_power(double base, unsigned exponent);
int memo_clear_args_power(double base, unsigned exponent)
{
    return memo_clear_words(&memo_function_power, memo_word(&base, sizeof base), memo_word(&exponent, sizeof exponent));
}
/* ---- end of power ---- */
#line 16 "input.c"


// @memo
#line 153 "<stdout>"
bool is_warm(enum season season);
static bool memo_body_is_warm(enum season season);
#line 19 "input.c"
bool memo_body_is_warm
#line 19 "input.c"
            (enum season season)
{
    return season == SUMMER;
}
#line 163 "<stdout>"

/* ---- is_warm: made by memogen ---- */

static const struct memo_type memo_type__Bool = {
    "_Bool", MEMO_KIND_BOOL, 0u,
    sizeof(_Bool), 0, 0, 0};
static const struct memo_type memo_type_enum_season = {
    "enum season", MEMO_KIND_ENUM, 0u,
    sizeof(enum season), 0, 0, 0};
static const struct memo_parameter memo_parameters_is_warm[] = {
    {"season", &memo_type_enum_season, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_is_warm;
static struct memo_function memo_function_is_warm = {
    MEMO_ABI, 0, "is_warm", "input.c", 19u, 1u,
    memo_parameters_is_warm, MEMO_RESULT_VALUE, 1u, &memo_type__Bool,
    0u, 0u, 0u, "", "",
    "", &memo_source_is_warm, (memo_address)is_warm, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

bool is_warm(enum season season)
{
    _Bool memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_is_warm, memo_word(&season, sizeof season), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &season, 1);
    memo_begin_words(&memo_call, &memo_function_is_warm, memo_word(&season, sizeof season), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_is_warm(season);
        memo_end(&memo_call, &memo_function_is_warm, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_is_warm(enum season season);
int memo_clear_args_is_warm(enum season season)
{
    return memo_clear_words(&memo_function_is_warm, memo_word(&season, sizeof season), 0);
}
/* ---- end of is_warm ---- */
#line 22 "input.c"


// @memo
#line 218 "<stdout>"
int answer(void);
static int memo_body_answer(void);
#line 25 "input.c"
int memo_body_answer
#line 25 "input.c"
          (void)
{
    return 42;
}
#line 228 "<stdout>"

/* ---- answer: made by memogen ---- */

extern struct memo_source memo_source_answer;
static struct memo_function memo_function_answer = {
    MEMO_ABI, 0, "answer", "input.c", 25u, 0u,
    0, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_answer, (memo_address)answer, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int answer(void)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_answer, 0, 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_begin_words(&memo_call, &memo_function_answer, 0, 0,
                     0, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_answer();
        memo_end(&memo_call, &memo_function_answer, 0,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_answer(void);
int memo_clear_args_answer(void)
{
    return memo_clear_words(&memo_function_answer, 0, 0);
}
/* ---- end of answer ---- */
#line 28 "input.c"

#line 270 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_binomial = {
    "binomial", { 7521851704063921665u, 455089674155581850u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_power = {
    "power", { 8309408189129331589u, 7993856569947315032u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_is_warm = {
    "is_warm", { 2408863239287134162u, 14495565452801512025u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_answer = {
    "answer", { 10457337920960673707u, 17573662487985839215u }, MEMO_BUILD, 0u, 0,
    0, 0};

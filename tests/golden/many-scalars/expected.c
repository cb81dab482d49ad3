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
/* More than two words, or wide ones, go by the general way. */

// @memo
#line 16 "<stdout>"
double interest(double amount, double rate, unsigned years, _Bool is_compound);
static double memo_body_interest(double amount, double rate, unsigned years, _Bool is_compound);
#line 4 "input.c"
double memo_body_interest
#line 4 "input.c"
               (double amount, double rate, unsigned years, _Bool is_compound)
{
    return is_compound ? amount * rate * years : amount + rate * years;
}
#line 26 "<stdout>"

/* ---- interest: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_type memo_type_unsigned_int = {
    "unsigned int", MEMO_KIND_UNSIGNED, 0u,
    sizeof(unsigned int), 0, 0, 0};
static const struct memo_type memo_type__Bool = {
    "_Bool", MEMO_KIND_BOOL, 0u,
    sizeof(_Bool), 0, 0, 0};
static const struct memo_parameter memo_parameters_interest[] = {
    {"amount", &memo_type_double, MEMO_BY_VALUE, MEMO_IN},
    {"rate", &memo_type_double, MEMO_BY_VALUE, MEMO_IN},
    {"years", &memo_type_unsigned_int, MEMO_BY_VALUE, MEMO_IN},
    {"is_compound", &memo_type__Bool, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_interest;
static struct memo_function memo_function_interest = {
    MEMO_ABI, 0, "interest", "input.c", 4u, 4u,
    memo_parameters_interest, MEMO_RESULT_VALUE, 0u, &memo_type_double,
    0u, 0u, 0u, "", "",
    "", &memo_source_interest, (memo_address)interest, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double interest(double amount, double rate, unsigned years, _Bool is_compound)
{
    double memo_result;
    struct memo_argument memo_arguments[4];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &amount, 1);
    memo_set_argument(&memo_arguments[1], &rate, 1);
    memo_set_argument(&memo_arguments[2], &years, 1);
    memo_set_argument(&memo_arguments[3], &is_compound, 1);
    memo_begin(&memo_call, &memo_function_interest, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_interest(amount, rate, years, is_compound);
        memo_end(&memo_call, &memo_function_interest, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_interest(double amount, double rate, unsigned years, _Bool is_compound);
int memo_clear_args_interest(double amount, double rate, unsigned years, _Bool is_compound)
{
    struct memo_argument memo_arguments[4];

    memo_set_argument(&memo_arguments[0], &amount, 1);
    memo_set_argument(&memo_arguments[1], &rate, 1);
    memo_set_argument(&memo_arguments[2], &years, 1);
    memo_set_argument(&memo_arguments[3], &is_compound, 1);
    return memo_clear_call(&memo_function_interest, memo_arguments);
}
/* ---- end of interest ---- */
#line 7 "input.c"


// @memo
#line 90 "<stdout>"
long double precise(long double value);
static long double memo_body_precise(long double value);
#line 10 "input.c"
long double memo_body_precise
#line 10 "input.c"
                   (long double value)
{
    return value / 3;
}
#line 100 "<stdout>"

/* ---- precise: made by memogen ---- */

static const struct memo_type memo_type_long_double = {
    "long double", MEMO_KIND_LONG_DOUBLE, 0u,
    sizeof(long double), 0, 0, 0};
static const struct memo_parameter memo_parameters_precise[] = {
    {"value", &memo_type_long_double, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_precise;
static struct memo_function memo_function_precise = {
    MEMO_ABI, 0, "precise", "input.c", 10u, 1u,
    memo_parameters_precise, MEMO_RESULT_VALUE, 0u, &memo_type_long_double,
    0u, 0u, 0u, "", "",
    "", &memo_source_precise, (memo_address)precise, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

long double precise(long double value)
{
    long double memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &value, 1);
    memo_begin(&memo_call, &memo_function_precise, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_precise(value);
        memo_end(&memo_call, &memo_function_precise, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_precise(long double value);
int memo_clear_args_precise(long double value)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], &value, 1);
    return memo_clear_call(&memo_function_precise, memo_arguments);
}
/* ---- end of precise ---- */
#line 13 "input.c"

#line 147 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_interest = {
    "interest", { 9012691219535198836u, 988198700351411642u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_precise = {
    "precise", { 788515861937731837u, 17516287375882286168u }, MEMO_BUILD, 0u, 0,
    0, 0};

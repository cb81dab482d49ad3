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
/* Each caller owns a copy of the array. */
#include <stdlib.h>

struct sample {
    double time, value;
};

// @memo(returns(result[count]))
#line 21 "<stdout>"
double *sample_sine(int count);
static double *memo_body_sample_sine(int count);
#line 9 "input.c"
double *memo_body_sample_sine
#line 9 "input.c"
                   (int count)
{
    double *samples = malloc((size_t)count * sizeof *samples);

    for (int i = 0; samples && i < count; i++)
        samples[i] = i;
    return samples;
}
#line 35 "<stdout>"

/* ---- sample_sine: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_sample_sine[] = {
    {"count", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_sample_sine;
static struct memo_function memo_function_sample_sine = {
    MEMO_ABI, 0, "sample_sine", "input.c", 9u, 1u,
    memo_parameters_sample_sine, MEMO_RESULT_ELEMENTS, 0u, &memo_type_double,
    0u, 0u, 0u, "returns(result[count])", "",
    "returns(result[count])", &memo_source_sample_sine, (memo_address)sample_sine, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double *sample_sine(int count)
{
    double *memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &count, 1);
    memo_begin(&memo_call, &memo_function_sample_sine, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_sample_sine(count);
        memo_set_result_count(&memo_call, MEMO_LENGTH(count));
        memo_end(&memo_call, &memo_function_sample_sine, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_sample_sine(int count);
int memo_clear_args_sample_sine(int count)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], &count, 1);
    return memo_clear_call(&memo_function_sample_sine, memo_arguments);
}
/* ---- end of sample_sine ---- */
#line 16 "input.c"


// @memo
#line 88 "<stdout>"
struct sample *make_sample(double time);
static struct sample *memo_body_make_sample(double time);
#line 19 "input.c"
struct sample *memo_body_make_sample
#line 19 "input.c"
                          (double time)
{
    struct sample *made = malloc(sizeof *made);

    if (made)
        *made = (struct sample){time, 0};
    return made;
}
#line 102 "<stdout>"

/* ---- make_sample: made by memogen ---- */

static const struct memo_field memo_fields_struct_sample[] = {
    {"time", &memo_type_double, __builtin_offsetof(struct sample, time),
     1, 0, 0, 0},
    {"value", &memo_type_double, __builtin_offsetof(struct sample, value),
     1, 0, 0, 0},
};
static const struct memo_type memo_type_struct_sample = {
    "struct sample", MEMO_KIND_STRUCT, 2u,
    sizeof(struct sample), memo_fields_struct_sample, 0, 0};
static const struct memo_parameter memo_parameters_make_sample[] = {
    {"time", &memo_type_double, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_make_sample;
static struct memo_function memo_function_make_sample = {
    MEMO_ABI, 0, "make_sample", "input.c", 19u, 1u,
    memo_parameters_make_sample, MEMO_RESULT_ELEMENTS, 0u, &memo_type_struct_sample,
    0u, 0u, 0u, "", "",
    "", &memo_source_make_sample, (memo_address)make_sample, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

struct sample *make_sample(double time)
{
    struct sample *memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &time, 1);
    memo_begin(&memo_call, &memo_function_make_sample, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_make_sample(time);
        memo_set_result_count(&memo_call, 1);
        memo_end(&memo_call, &memo_function_make_sample, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_make_sample(double time);
int memo_clear_args_make_sample(double time)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], &time, 1);
    return memo_clear_call(&memo_function_make_sample, memo_arguments);
}
/* ---- end of make_sample ---- */
#line 26 "input.c"

#line 156 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_sample_sine = {
    "sample_sine", { 10430912468317204453u, 5628408390044623606u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_make_sample = {
    "make_sample", { 4316796189338106860u, 477229975535228907u }, MEMO_BUILD, 0u, 0,
    0, 0};

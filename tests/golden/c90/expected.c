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
/* An old standard, declarations first. */

struct rate {
    int amount;
    unsigned is_fixed : 1;
};

int table[4] = {1, 2, 3, 5};

/* @memo(impure_ok(table)) */
#line 23 "<stdout>"
int look_up(int index);
static int memo_body_look_up(int index);
#line 11 "input.c"
int memo_body_look_up
#line 11 "input.c"
           (int index)
{
    return table[index & 3];
}
#line 33 "<stdout>"

/* ---- look_up: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_look_up[] = {
    {"index", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_look_up;
static struct memo_function memo_function_look_up = {
    MEMO_ABI, 0, "look_up", "input.c", 11u, 1u,
    memo_parameters_look_up, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "impure_ok(table)", "",
    "", &memo_source_look_up, (memo_address)look_up, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int look_up(int index)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_look_up, memo_word(&index, sizeof index), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &index, 1);
    memo_begin_words(&memo_call, &memo_function_look_up, memo_word(&index, sizeof index), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_look_up(index);
        memo_end(&memo_call, &memo_function_look_up, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_look_up(int index);
int memo_clear_args_look_up(int index)
{
    return memo_clear_words(&memo_function_look_up, memo_word(&index, sizeof index), 0);
}
/* ---- end of look_up ---- */
#line 14 "input.c"


/* @memo(in(values[count])) */
#line 85 "<stdout>"
long sum(const int *values, int count);
static long memo_body_sum(const int *values, int count);
#line 17 "input.c"
long memo_body_sum
#line 17 "input.c"
        (const int *values, int count)
{
    long total = 0;
    int i;

    for (i = 0; i < count; i++)
        total += values[i];
    return total;
}
#line 100 "<stdout>"

/* ---- sum: made by memogen ---- */

static const struct memo_type memo_type_long = {
    "long", MEMO_KIND_SIGNED, 0u,
    sizeof(long), 0, 0, 0};
static const struct memo_parameter memo_parameters_sum[] = {
    {"values", &memo_type_int, MEMO_BY_ELEMENTS, MEMO_IN},
    {"count", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_sum;
static struct memo_function memo_function_sum = {
    MEMO_ABI, 0, "sum", "input.c", 17u, 2u,
    memo_parameters_sum, MEMO_RESULT_VALUE, 0u, &memo_type_long,
    0u, 0u, 0u, "in(values[count])", "",
    "in(values[count])", &memo_source_sum, (memo_address)sum, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

long sum(const int *values, int count)
{
    long memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], values, MEMO_LENGTH(count));
    memo_set_argument(&memo_arguments[1], &count, 1);
    memo_begin(&memo_call, &memo_function_sum, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_sum(values, count);
        memo_end(&memo_call, &memo_function_sum, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_sum(const int *values, int count);
int memo_clear_args_sum(const int *values, int count)
{
    struct memo_argument memo_arguments[2];

    memo_set_argument(&memo_arguments[0], values, MEMO_LENGTH(count));
    memo_set_argument(&memo_arguments[1], &count, 1);
    return memo_clear_call(&memo_function_sum, memo_arguments);
}
/* ---- end of sum ---- */
#line 25 "input.c"


/* @memo */
#line 152 "<stdout>"
struct rate double_rate(struct rate rate);
static struct rate memo_body_double_rate(struct rate rate);
#line 28 "input.c"
struct rate memo_body_double_rate
#line 28 "input.c"
                       (struct rate rate)
{
    rate.amount *= 2;
    return rate;
}
#line 163 "<stdout>"

/* ---- double_rate: made by memogen ---- */

static const struct memo_type memo_type_unsigned_int = {
    "unsigned int", MEMO_KIND_UNSIGNED, 0u,
    sizeof(unsigned int), 0, 0, 0};
static memo_u64 memo_get_struct_rate_is_fixed(const void *memo_object)
{
    return (memo_u64)((const struct rate *)memo_object)->is_fixed;
}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static void memo_set_struct_rate_is_fixed(void *memo_object, memo_u64 memo_bits)
{
    ((struct rate *)memo_object)->is_fixed = memo_bits;
}
#pragma GCC diagnostic pop
static const struct memo_field memo_fields_struct_rate[] = {
    {"amount", &memo_type_int, __builtin_offsetof(struct rate, amount),
     1, 0, 0, 0},
    {"is_fixed", &memo_type_unsigned_int, 0,
     1, memo_get_struct_rate_is_fixed, memo_set_struct_rate_is_fixed, 0},
};
static const struct memo_type memo_type_struct_rate = {
    "struct rate", MEMO_KIND_STRUCT, 2u,
    sizeof(struct rate), memo_fields_struct_rate, 0, 0};
static const struct memo_parameter memo_parameters_double_rate[] = {
    {"rate", &memo_type_struct_rate, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_double_rate;
static struct memo_function memo_function_double_rate = {
    MEMO_ABI, 0, "double_rate", "input.c", 28u, 1u,
    memo_parameters_double_rate, MEMO_RESULT_VALUE, 0u, &memo_type_struct_rate,
    0u, 0u, 0u, "", "",
    "", &memo_source_double_rate, (memo_address)double_rate, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

typedef struct rate memo_type_of_double_rate;

struct rate double_rate(struct rate rate)
{
    memo_type_of_double_rate memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &rate, 1);
    memo_begin(&memo_call, &memo_function_double_rate, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_double_rate(rate);
        memo_end(&memo_call, &memo_function_double_rate, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_double_rate(struct rate rate);
int memo_clear_args_double_rate(struct rate rate)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], &rate, 1);
    return memo_clear_call(&memo_function_double_rate, memo_arguments);
}
/* ---- end of double_rate ---- */
#line 32 "input.c"

#line 233 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_table;
struct memo_source memo_source_table = {
    "table", { 12705957633149056225u, 140171564347487524u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_look_up[] = {
    "table",
};
static struct memo_source *const memo_uses_look_up[] = {
    &memo_source_table,
};
struct memo_source memo_source_look_up = {
    "look_up", { 993421819641131931u, 9096783038845072751u }, MEMO_BUILD, 1u, 0,
    memo_names_look_up, memo_uses_look_up};
struct memo_source memo_source_sum = {
    "sum", { 9205814322481334105u, 17264933814893415655u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_double_rate = {
    "double_rate", { 10338334657416844319u, 17831095788544879599u }, MEMO_BUILD, 0u, 0,
    0, 0};

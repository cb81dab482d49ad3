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
/* Tables of data in and out. */
#include <memo/arrow.h>

// @memo
#line 17 "<stdout>"
double sum(const struct ArrowSchema *schema, const struct ArrowArray *array);
static double memo_body_sum(const struct ArrowSchema *schema, const struct ArrowArray *array);
#line 5 "input.c"
double memo_body_sum
#line 5 "input.c"
          (const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    (void)schema;
    return (double)array->length;
}
#line 28 "<stdout>"

/* ---- sum: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
struct memo_pair_struct_ArrowArray {
    struct ArrowSchema memo_schema;
    struct ArrowArray memo_array;
};
static const struct memo_type memo_type_struct_ArrowArray = {
    "struct ArrowArray", MEMO_KIND_OPAQUE, 0u,
    sizeof(struct memo_pair_struct_ArrowArray), 0, 0, &memo_arrow_codec};
static const struct memo_parameter memo_parameters_sum[] = {
    {"array", &memo_type_struct_ArrowArray, MEMO_BY_ELEMENTS, MEMO_IN},
};
extern struct memo_source memo_source_sum;
static struct memo_function memo_function_sum = {
    MEMO_ABI, 0, "sum", "input.c", 5u, 1u,
    memo_parameters_sum, MEMO_RESULT_VALUE, 0u, &memo_type_double,
    0u, 0u, 0u, "", "",
    "", &memo_source_sum, (memo_address)sum, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double sum(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    double memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_pair_struct_ArrowArray memo_pair_0;
    struct memo_call memo_call;

    __builtin_memset(&memo_pair_0, 0, sizeof memo_pair_0);
    if (schema && array) {
        memo_pair_0.memo_schema = *schema;
        memo_pair_0.memo_array = *array;
    }
    memo_set_argument(&memo_arguments[0], (schema && array) ? &memo_pair_0 : 0, 1);
    memo_begin(&memo_call, &memo_function_sum, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_sum(schema, array);
        memo_end(&memo_call, &memo_function_sum, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_sum(const struct ArrowSchema *schema, const struct ArrowArray *array);
int memo_clear_args_sum(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    struct memo_argument memo_arguments[1];
    struct memo_pair_struct_ArrowArray memo_pair_0;

    (void)schema;
    __builtin_memset(&memo_pair_0, 0, sizeof memo_pair_0);
    if (schema && array) {
        memo_pair_0.memo_schema = *schema;
        memo_pair_0.memo_array = *array;
    }
    memo_set_argument(&memo_arguments[0], (schema && array) ? &memo_pair_0 : 0, 1);
    return memo_clear_call(&memo_function_sum, memo_arguments);
}
/* ---- end of sum ---- */
#line 9 "input.c"


// @memo(out(schema[1]), out(array[1]), cache_if=result == 0)
#line 97 "<stdout>"
int load(const char *path, struct ArrowSchema *schema, struct ArrowArray *array);
static int memo_body_load(const char *path, struct ArrowSchema *schema, struct ArrowArray *array);
#line 12 "input.c"
int memo_body_load
#line 12 "input.c"
        (const char *path, struct ArrowSchema *schema, struct ArrowArray *array)
{
    (void)path;
    schema->release = 0;
    array->release = 0;
    return 0;
}
#line 110 "<stdout>"

/* ---- load: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_load[] = {
    {"path", 0, MEMO_BY_TEXT, MEMO_IN},
    {"array", &memo_type_struct_ArrowArray, MEMO_BY_ELEMENTS, MEMO_OUT},
};
extern struct memo_source memo_source_load;
static struct memo_function memo_function_load = {
    MEMO_ABI, MEMO_RESULT_MAY_BE_NULL | MEMO_VALUE_IS_DEEP, "load", "input.c", 12u, 2u,
    memo_parameters_load, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "cache_if=result == 0, out(schema[1]), out(array[1])", "",
    "cache_if=result == 0, out(schema[1]), out(array[1])", &memo_source_load, (memo_address)load, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int load(const char *path, struct ArrowSchema *schema, struct ArrowArray *array)
{
    int memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_pair_struct_ArrowArray memo_pair_1;
    struct memo_call memo_call;

    __builtin_memset(&memo_pair_1, 0, sizeof memo_pair_1);
    memo_set_argument(&memo_arguments[0], path, 1);
    memo_set_argument(&memo_arguments[1], (schema && array) ? &memo_pair_1 : 0, 1);
    memo_begin(&memo_call, &memo_function_load, memo_arguments,
               &memo_result);
    if (!memo_is_to_run(&memo_call) && (schema && array)) {
        *schema = memo_pair_1.memo_schema;
        *array = memo_pair_1.memo_array;
    }
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_load(path, schema, array);
        memo_set_keep(&memo_call, (memo_result == 0) ? 1u : 0u);
        if (schema && array) {
            memo_pair_1.memo_schema = *schema;
            memo_pair_1.memo_array = *array;
        }
        memo_end(&memo_call, &memo_function_load, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_load(const char *path, struct ArrowSchema *schema, struct ArrowArray *array);
int memo_clear_args_load(const char *path, struct ArrowSchema *schema, struct ArrowArray *array)
{
    struct memo_argument memo_arguments[2];
    struct memo_pair_struct_ArrowArray memo_pair_1;

    (void)schema;
    __builtin_memset(&memo_pair_1, 0, sizeof memo_pair_1);
    memo_set_argument(&memo_arguments[0], path, 1);
    memo_set_argument(&memo_arguments[1], (schema && array) ? &memo_pair_1 : 0, 1);
    return memo_clear_call(&memo_function_load, memo_arguments);
}
/* ---- end of load ---- */
#line 18 "input.c"

#line 174 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_sum = {
    "sum", { 17551038678891123045u, 6972048078897691497u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_load = {
    "load", { 13211626502185702225u, 7482484639477606035u }, MEMO_BUILD, 0u, 0,
    0, 0};

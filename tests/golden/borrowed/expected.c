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
/* Memory that all callers share. */

extern void *allocate(unsigned long size);
struct point {
    double x, y;
};

/* @memo(borrow) */
#line 21 "<stdout>"
const char *get_text(int number);
static const char *memo_body_get_text(int number);
#line 9 "input.c"
const char *memo_body_get_text
#line 9 "input.c"
                    (int number)
{
    char *text = (char *)allocate(10);
    text[0] = (char)number;
    text[1] = 0;
    return text;
}
#line 34 "<stdout>"

/* ---- get_text: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_get_text[] = {
    {"number", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
static const struct memo_sharing memo_sharing_get_text = {
    1, 0, 0};
extern struct memo_source memo_source_get_text;
static struct memo_function memo_function_get_text = {
    MEMO_ABI, 0, "get_text", "input.c", 9u, 1u,
    memo_parameters_get_text, MEMO_RESULT_TEXT, 1u, 0,
    0u, 0u, 0u, "borrow", "",
    "", &memo_source_get_text, (memo_address)get_text, &memo_unit,
    0, 0, &memo_sharing_get_text, 0, 0,
    0, 0, 0};

const char *get_text(int number)
{
    const char *memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_shared(&memo_function_get_text, memo_word(&number, sizeof number), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &number, 1);
    memo_begin_words(&memo_call, &memo_function_get_text, memo_word(&number, sizeof number), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_get_text(number);
        memo_end(&memo_call, &memo_function_get_text, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_get_text(int number);
int memo_clear_args_get_text(int number)
{
    return memo_clear_words(&memo_function_get_text, memo_word(&number, sizeof number), 0);
}
/* ---- end of get_text ---- */
#line 15 "input.c"


/* @memo(borrow, returns(result[n]), out(last[1])) */
#line 88 "<stdout>"
static const struct point *points(int n, int *last);
static const struct point *memo_body_points(int n, int *last);
#line 18 "input.c"
static const struct point *memo_body_points
#line 18 "input.c"
                                 (int n, int *last)
{
    *last = n;
    return (const struct point *)allocate((unsigned long)n * 16);
}
#line 99 "<stdout>"

/* ---- points: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_field memo_fields_struct_point[] = {
    {"x", &memo_type_double, __builtin_offsetof(struct point, x),
     1, 0, 0, 0},
    {"y", &memo_type_double, __builtin_offsetof(struct point, y),
     1, 0, 0, 0},
};
static const struct memo_type memo_type_struct_point = {
    "struct point", MEMO_KIND_STRUCT, 2u,
    sizeof(struct point), memo_fields_struct_point, 0, 0};
static const struct memo_parameter memo_parameters_points[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"last", &memo_type_int, MEMO_BY_ELEMENTS, MEMO_OUT},
};
static const struct memo_sharing memo_sharing_points = {
    1, 0, 0};
static struct memo_source memo_source_points;
static struct memo_function memo_function_points = {
    MEMO_ABI, 0, "points", "input.c", 18u, 2u,
    memo_parameters_points, MEMO_RESULT_ELEMENTS, 0u, &memo_type_struct_point,
    0u, 0u, 0u, "out(last[1]), returns(result[n]), borrow", "",
    "out(last[1]), returns(result[n])", &memo_source_points, (memo_address)points, &memo_unit,
    0, 0, &memo_sharing_points, 0, 0,
    0, 0, 0};

static const struct point *points(int n, int *last)
{
    const struct point *memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_set_argument(&memo_arguments[1], last, MEMO_LENGTH(1));
    memo_begin(&memo_call, &memo_function_points, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_points(n, last);
        memo_set_result_count(&memo_call, MEMO_LENGTH(n));
        memo_end(&memo_call, &memo_function_points, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}
/* ---- end of points ---- */
#line 22 "input.c"


int use(int *last);
int use(int *last) { return points(3, last) != 0; }
#line 154 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_allocate __attribute__((__weak__));
static const char *const memo_names_get_text[] = {
    "allocate",
};
static struct memo_source *const memo_uses_get_text[] = {
    &memo_source_allocate,
};
struct memo_source memo_source_get_text = {
    "get_text", { 14337485599952297577u, 1098685944872343471u }, MEMO_BUILD, 1u, 0,
    memo_names_get_text, memo_uses_get_text};
static const char *const memo_names_points[] = {
    "allocate",
};
static struct memo_source *const memo_uses_points[] = {
    &memo_source_allocate,
};
static struct memo_source memo_source_points __attribute__((__unused__)) = {
    "points", { 9658487224895471613u, 2115197251608486609u }, MEMO_BUILD, 1u, 0,
    memo_names_points, memo_uses_points};
static const char *const memo_names_use[] = {
    "allocate",
};
static struct memo_source *const memo_uses_use[] = {
    &memo_source_allocate,
};
extern struct memo_source memo_source_use;
struct memo_source memo_source_use = {
    "use", { 6648515886360427720u, 9016237847995571332u }, MEMO_BUILD, 1u, 0,
    memo_names_use, memo_uses_use};

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
/* What a pointer points at is read, written, or both. */
#include <stddef.h>

struct range {
    int low, high;
};

// @memo(in(values[count]), out(range[1]))
#line 21 "<stdout>"
void find_range(const int *values, size_t count, struct range *range);
static void memo_body_find_range(const int *values, size_t count, struct range *range);
#line 9 "input.c"
void memo_body_find_range
#line 9 "input.c"
               (const int *values, size_t count, struct range *range)
{
    range->low = range->high = count ? values[0] : 0;
    for (size_t i = 1; i < count; i++) {
        if (values[i] < range->low)
            range->low = values[i];
        if (values[i] > range->high)
            range->high = values[i];
    }
}
#line 37 "<stdout>"

/* ---- find_range: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_type memo_type_size_t = {
    "size_t", MEMO_KIND_UNSIGNED, 0u,
    sizeof(size_t), 0, 0, 0};
static const struct memo_field memo_fields_struct_range[] = {
    {"low", &memo_type_int, __builtin_offsetof(struct range, low),
     1, 0, 0, 0},
    {"high", &memo_type_int, __builtin_offsetof(struct range, high),
     1, 0, 0, 0},
};
static const struct memo_type memo_type_struct_range = {
    "struct range", MEMO_KIND_STRUCT, 2u,
    sizeof(struct range), memo_fields_struct_range, 0, 0};
static const struct memo_parameter memo_parameters_find_range[] = {
    {"values", &memo_type_int, MEMO_BY_ELEMENTS, MEMO_IN},
    {"count", &memo_type_size_t, MEMO_BY_VALUE, MEMO_IN},
    {"range", &memo_type_struct_range, MEMO_BY_ELEMENTS, MEMO_OUT},
};
extern struct memo_source memo_source_find_range;
static struct memo_function memo_function_find_range = {
    MEMO_ABI, 0, "find_range", "input.c", 9u, 3u,
    memo_parameters_find_range, MEMO_RESULT_NONE, 0u, 0,
    0u, 0u, 0u, "in(values[count]), out(range[1])", "",
    "in(values[count]), out(range[1])", &memo_source_find_range, (memo_address)find_range, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

void find_range(const int *values, size_t count, struct range *range)
{
    struct memo_argument memo_arguments[3];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], values, MEMO_LENGTH(count));
    memo_set_argument(&memo_arguments[1], &count, 1);
    memo_set_argument(&memo_arguments[2], range, MEMO_LENGTH(1));
    memo_begin(&memo_call, &memo_function_find_range, memo_arguments,
               0);
    while (memo_is_to_run(&memo_call)) {
        memo_body_find_range(values, count, range);
        memo_end(&memo_call, &memo_function_find_range, memo_arguments,
                 0);
    }
}

int memo_clear_args_find_range(const int *values, size_t count, struct range *range);
int memo_clear_args_find_range(const int *values, size_t count, struct range *range)
{
    struct memo_argument memo_arguments[3];

    memo_set_argument(&memo_arguments[0], values, MEMO_LENGTH(count));
    memo_set_argument(&memo_arguments[1], &count, 1);
    memo_set_argument(&memo_arguments[2], range, MEMO_LENGTH(1));
    return memo_clear_call(&memo_function_find_range, memo_arguments);
}
/* ---- end of find_range ---- */
#line 18 "input.c"


// @memo(inout(values[count]))
#line 102 "<stdout>"
void scale(double *values, int count, double factor);
static void memo_body_scale(double *values, int count, double factor);
#line 21 "input.c"
void memo_body_scale
#line 21 "input.c"
          (double *values, int count, double factor)
{
    for (int i = 0; i < count; i++)
        values[i] *= factor;
}
#line 113 "<stdout>"

/* ---- scale: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_parameter memo_parameters_scale[] = {
    {"values", &memo_type_double, MEMO_BY_ELEMENTS, MEMO_IN_OUT},
    {"count", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"factor", &memo_type_double, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_scale;
static struct memo_function memo_function_scale = {
    MEMO_ABI, 0, "scale", "input.c", 21u, 3u,
    memo_parameters_scale, MEMO_RESULT_NONE, 0u, 0,
    0u, 0u, 0u, "inout(values[count])", "",
    "inout(values[count])", &memo_source_scale, (memo_address)scale, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

void scale(double *values, int count, double factor)
{
    struct memo_argument memo_arguments[3];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], values, MEMO_LENGTH(count));
    memo_set_argument(&memo_arguments[1], &count, 1);
    memo_set_argument(&memo_arguments[2], &factor, 1);
    memo_begin(&memo_call, &memo_function_scale, memo_arguments,
               0);
    while (memo_is_to_run(&memo_call)) {
        memo_body_scale(values, count, factor);
        memo_end(&memo_call, &memo_function_scale, memo_arguments,
                 0);
    }
}

int memo_clear_args_scale(double *values, int count, double factor);
int memo_clear_args_scale(double *values, int count, double factor)
{
    struct memo_argument memo_arguments[3];

    memo_set_argument(&memo_arguments[0], values, MEMO_LENGTH(count));
    memo_set_argument(&memo_arguments[1], &count, 1);
    memo_set_argument(&memo_arguments[2], &factor, 1);
    return memo_clear_call(&memo_function_scale, memo_arguments);
}
/* ---- end of scale ---- */
#line 25 "input.c"


// @memo(out(primes[result]), deref(range))
#line 166 "<stdout>"
int list_primes(int *primes, const struct range *range);
static int memo_body_list_primes(int *primes, const struct range *range);
#line 28 "input.c"
int memo_body_list_primes
#line 28 "input.c"
               (int *primes, const struct range *range)
{
    int count = 0;

    for (int i = range->low; i < range->high; i++)
        if (i == 2 || i % 2)
            primes[count++] = i;
    return count;
}
#line 181 "<stdout>"

/* ---- list_primes: made by memogen ---- */

static const struct memo_parameter memo_parameters_list_primes[] = {
    {"primes", &memo_type_int, MEMO_BY_ELEMENTS, MEMO_OUT},
    {"range", &memo_type_struct_range, MEMO_BY_ELEMENTS, MEMO_IN},
};
extern struct memo_source memo_source_list_primes;
static struct memo_function memo_function_list_primes = {
    MEMO_ABI, 0, "list_primes", "input.c", 28u, 2u,
    memo_parameters_list_primes, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "out(primes[result]), deref(range)", "",
    "out(primes[result]), deref(range)", &memo_source_list_primes, (memo_address)list_primes, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int list_primes(int *primes, const struct range *range)
{
    int memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], primes, MEMO_COUNT_LATER);
    memo_set_argument(&memo_arguments[1], range, 1);
    memo_begin(&memo_call, &memo_function_list_primes, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_list_primes(primes, range);
        memo_set_count(&memo_arguments[0], MEMO_LENGTH(memo_result));
        memo_end(&memo_call, &memo_function_list_primes, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_list_primes(int *primes, const struct range *range);
int memo_clear_args_list_primes(int *primes, const struct range *range)
{
    struct memo_argument memo_arguments[2];

    memo_set_argument(&memo_arguments[0], primes, MEMO_COUNT_LATER);
    memo_set_argument(&memo_arguments[1], range, 1);
    return memo_clear_call(&memo_function_list_primes, memo_arguments);
}
/* ---- end of list_primes ---- */
#line 36 "input.c"


// @memo(in(bytes[size]))
#line 231 "<stdout>"
int parity(const void *bytes, size_t size);
static int memo_body_parity(const void *bytes, size_t size);
#line 39 "input.c"
int memo_body_parity
#line 39 "input.c"
          (const void *bytes, size_t size)
{
    return size ? *(const char *)bytes & 1 : 0;
}
#line 241 "<stdout>"

/* ---- parity: made by memogen ---- */

static const struct memo_type memo_type_unsigned_char = {
    "unsigned char", MEMO_KIND_UNSIGNED, 0u,
    sizeof(unsigned char), 0, 0, 0};
static const struct memo_parameter memo_parameters_parity[] = {
    {"bytes", &memo_type_unsigned_char, MEMO_BY_ELEMENTS, MEMO_IN},
    {"size", &memo_type_size_t, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_parity;
static struct memo_function memo_function_parity = {
    MEMO_ABI, 0, "parity", "input.c", 39u, 2u,
    memo_parameters_parity, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "in(bytes[size])", "",
    "in(bytes[size])", &memo_source_parity, (memo_address)parity, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int parity(const void *bytes, size_t size)
{
    int memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], bytes, MEMO_LENGTH(size));
    memo_set_argument(&memo_arguments[1], &size, 1);
    memo_begin(&memo_call, &memo_function_parity, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_parity(bytes, size);
        memo_end(&memo_call, &memo_function_parity, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_parity(const void *bytes, size_t size);
int memo_clear_args_parity(const void *bytes, size_t size)
{
    struct memo_argument memo_arguments[2];

    memo_set_argument(&memo_arguments[0], bytes, MEMO_LENGTH(size));
    memo_set_argument(&memo_arguments[1], &size, 1);
    return memo_clear_call(&memo_function_parity, memo_arguments);
}
/* ---- end of parity ---- */
#line 42 "input.c"

#line 291 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_find_range = {
    "find_range", { 10925991427724819604u, 15104237943849848134u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_scale = {
    "scale", { 16385937121146806230u, 4347391115912718565u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_list_primes = {
    "list_primes", { 7990603700835576325u, 15043764252455355986u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_parity = {
    "parity", { 15272641587138741128u, 6041984427200479517u }, MEMO_BUILD, 0u, 0,
    0, 0};

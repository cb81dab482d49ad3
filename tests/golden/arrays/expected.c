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
/* Lengths in the parameter list say how much of an array is an input. */

// @memo
#line 16 "<stdout>"
double mean(int count, const double values[count]);
static double memo_body_mean(int count, const double values[count]);
#line 4 "input.c"
double memo_body_mean
#line 4 "input.c"
           (int count, const double values[count])
{
    double sum = 0;

    for (int i = 0; i < count; i++)
        sum += values[i];
    return count > 0 ? sum / count : 0;
}
#line 30 "<stdout>"

/* ---- mean: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_mean[] = {
    {"count", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"values", &memo_type_double, MEMO_BY_ELEMENTS, MEMO_IN},
};
extern struct memo_source memo_source_mean;
static struct memo_function memo_function_mean = {
    MEMO_ABI, 0, "mean", "input.c", 4u, 2u,
    memo_parameters_mean, MEMO_RESULT_VALUE, 0u, &memo_type_double,
    0u, 0u, 0u, "", "",
    "", &memo_source_mean, (memo_address)mean, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double mean(int count, const double values[count])
{
    double memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &count, 1);
    memo_set_argument(&memo_arguments[1], values, MEMO_LENGTH(count));
    memo_begin(&memo_call, &memo_function_mean, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_mean(count, values);
        memo_end(&memo_call, &memo_function_mean, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_mean(int count, const double values[count]);
int memo_clear_args_mean(int count, const double values[count])
{
    struct memo_argument memo_arguments[2];

    memo_set_argument(&memo_arguments[0], &count, 1);
    memo_set_argument(&memo_arguments[1], values, MEMO_LENGTH(count));
    return memo_clear_call(&memo_function_mean, memo_arguments);
}
/* ---- end of mean ---- */
#line 11 "input.c"


// @memo
#line 85 "<stdout>"
int determinant(const int matrix[2][2]);
static int memo_body_determinant(const int matrix[2][2]);
#line 14 "input.c"
int memo_body_determinant
#line 14 "input.c"
               (const int matrix[2][2])
{
    return matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0];
}
#line 95 "<stdout>"

/* ---- determinant: made by memogen ---- */

static const struct memo_parameter memo_parameters_determinant[] = {
    {"matrix", &memo_type_int, MEMO_BY_ELEMENTS, MEMO_IN},
};
extern struct memo_source memo_source_determinant;
static struct memo_function memo_function_determinant = {
    MEMO_ABI, 0, "determinant", "input.c", 14u, 1u,
    memo_parameters_determinant, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_determinant, (memo_address)determinant, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int determinant(const int matrix[2][2])
{
    int memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], matrix, memo_times(MEMO_LENGTH(2), MEMO_LENGTH(2)));
    memo_begin(&memo_call, &memo_function_determinant, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_determinant(matrix);
        memo_end(&memo_call, &memo_function_determinant, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_determinant(const int matrix[2][2]);
int memo_clear_args_determinant(const int matrix[2][2])
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], matrix, memo_times(MEMO_LENGTH(2), MEMO_LENGTH(2)));
    return memo_clear_call(&memo_function_determinant, memo_arguments);
}
/* ---- end of determinant ---- */
#line 17 "input.c"


// @memo
#line 141 "<stdout>"
float trace(int rows, int columns, const float m[rows][columns]);
static float memo_body_trace(int rows, int columns, const float m[rows][columns]);
#line 20 "input.c"
float memo_body_trace
#line 20 "input.c"
           (int rows, int columns, const float m[rows][columns])
{
    float sum = 0;

    for (int i = 0; i < rows && i < columns; i++)
        sum += m[i][i];
    return sum;
}
#line 155 "<stdout>"

/* ---- trace: made by memogen ---- */

static const struct memo_type memo_type_float = {
    "float", MEMO_KIND_FLOAT, 0u,
    sizeof(float), 0, 0, 0};
static const struct memo_parameter memo_parameters_trace[] = {
    {"rows", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"columns", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"m", &memo_type_float, MEMO_BY_ELEMENTS, MEMO_IN},
};
extern struct memo_source memo_source_trace;
static struct memo_function memo_function_trace = {
    MEMO_ABI, 0, "trace", "input.c", 20u, 3u,
    memo_parameters_trace, MEMO_RESULT_VALUE, 0u, &memo_type_float,
    0u, 0u, 0u, "", "",
    "", &memo_source_trace, (memo_address)trace, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

float trace(int rows, int columns, const float m[rows][columns])
{
    float memo_result;
    struct memo_argument memo_arguments[3];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &rows, 1);
    memo_set_argument(&memo_arguments[1], &columns, 1);
    memo_set_argument(&memo_arguments[2], m, memo_times(MEMO_LENGTH(rows), MEMO_LENGTH(columns)));
    memo_begin(&memo_call, &memo_function_trace, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_trace(rows, columns, m);
        memo_end(&memo_call, &memo_function_trace, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_trace(int rows, int columns, const float m[rows][columns]);
int memo_clear_args_trace(int rows, int columns, const float m[rows][columns])
{
    struct memo_argument memo_arguments[3];

    memo_set_argument(&memo_arguments[0], &rows, 1);
    memo_set_argument(&memo_arguments[1], &columns, 1);
    memo_set_argument(&memo_arguments[2], m, memo_times(MEMO_LENGTH(rows), MEMO_LENGTH(columns)));
    return memo_clear_call(&memo_function_trace, memo_arguments);
}
/* ---- end of trace ---- */
#line 27 "input.c"


// @memo
#line 210 "<stdout>"
int first(const int pair[static 2]);
static int memo_body_first(const int pair[static 2]);
#line 30 "input.c"
int memo_body_first
#line 30 "input.c"
         (const int pair[static 2])
{
    return pair[0] + pair[1];
}
#line 220 "<stdout>"

/* ---- first: made by memogen ---- */

static const struct memo_parameter memo_parameters_first[] = {
    {"pair", &memo_type_int, MEMO_BY_ELEMENTS, MEMO_IN},
};
extern struct memo_source memo_source_first;
static struct memo_function memo_function_first = {
    MEMO_ABI, 0, "first", "input.c", 30u, 1u,
    memo_parameters_first, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_first, (memo_address)first, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int first(const int pair[static 2])
{
    int memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], pair, MEMO_LENGTH(2));
    memo_begin(&memo_call, &memo_function_first, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_first(pair);
        memo_end(&memo_call, &memo_function_first, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_first(const int pair[static 2]);
int memo_clear_args_first(const int pair[static 2])
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], pair, MEMO_LENGTH(2));
    return memo_clear_call(&memo_function_first, memo_arguments);
}
/* ---- end of first ---- */
#line 33 "input.c"


// @memo(in(rows[count]))
#line 266 "<stdout>"
int corner(int count, int width, const int (*rows)[width]);
static int memo_body_corner(int count, int width, const int (*rows)[width]);
#line 36 "input.c"
int memo_body_corner
#line 36 "input.c"
          (int count, int width, const int (*rows)[width])
{
    return rows[count - 1][width - 1];
}
#line 276 "<stdout>"

/* ---- corner: made by memogen ---- */

static const struct memo_parameter memo_parameters_corner[] = {
    {"count", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"width", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"rows", &memo_type_int, MEMO_BY_ELEMENTS, MEMO_IN},
};
extern struct memo_source memo_source_corner;
static struct memo_function memo_function_corner = {
    MEMO_ABI, 0, "corner", "input.c", 36u, 3u,
    memo_parameters_corner, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "in(rows[count])", "",
    "in(rows[count])", &memo_source_corner, (memo_address)corner, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int corner(int count, int width, const int (*rows)[width])
{
    int memo_result;
    struct memo_argument memo_arguments[3];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &count, 1);
    memo_set_argument(&memo_arguments[1], &width, 1);
    memo_set_argument(&memo_arguments[2], rows, memo_times(MEMO_LENGTH(count), MEMO_LENGTH(width)));
    memo_begin(&memo_call, &memo_function_corner, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_corner(count, width, rows);
        memo_end(&memo_call, &memo_function_corner, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_corner(int count, int width, const int (*rows)[width]);
int memo_clear_args_corner(int count, int width, const int (*rows)[width])
{
    struct memo_argument memo_arguments[3];

    memo_set_argument(&memo_arguments[0], &count, 1);
    memo_set_argument(&memo_arguments[1], &width, 1);
    memo_set_argument(&memo_arguments[2], rows, memo_times(MEMO_LENGTH(count), MEMO_LENGTH(width)));
    return memo_clear_call(&memo_function_corner, memo_arguments);
}
/* ---- end of corner ---- */
#line 39 "input.c"

#line 326 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_mean = {
    "mean", { 15984907954150972265u, 9698276906535467633u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_determinant = {
    "determinant", { 1982793411612717907u, 6804106814789104471u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_trace = {
    "trace", { 4780169022185078707u, 10134439670113459028u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_first = {
    "first", { 14434762436096213710u, 14682144446886370347u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_corner = {
    "corner", { 8236249070249031506u, 15466246889773194150u }, MEMO_BUILD, 0u, 0,
    0, 0};

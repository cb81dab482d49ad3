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
/* Structs by value, field by field: nested ones, arrays, bit-fields. */

struct point {
    double x, y;
};

struct box {
    struct point corner[2];
    unsigned is_filled : 1;
    unsigned : 3;
    signed layer : 4;
    char name[8];
};

typedef struct {
    int red, green, blue;
} color;

// @memo
#line 32 "<stdout>"
struct point center(struct box box);
static struct point memo_body_center(struct box box);
#line 20 "input.c"
struct point memo_body_center
#line 20 "input.c"
                   (struct box box)
{
    struct point middle = {(box.corner[0].x + box.corner[1].x) / 2,
                           (box.corner[0].y + box.corner[1].y) / 2};

    return middle;
}
#line 45 "<stdout>"

/* ---- center: made by memogen ---- */

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
static const struct memo_type memo_type_unsigned_int = {
    "unsigned int", MEMO_KIND_UNSIGNED, 0u,
    sizeof(unsigned int), 0, 0, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_type memo_type_char = {
    "char", MEMO_KIND_SIGNED, 0u,
    sizeof(char), 0, 0, 0};
static memo_u64 memo_get_struct_box_is_filled(const void *memo_object)
{
    return (memo_u64)((const struct box *)memo_object)->is_filled;
}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static void memo_set_struct_box_is_filled(void *memo_object, memo_u64 memo_bits)
{
    ((struct box *)memo_object)->is_filled = memo_bits;
}
#pragma GCC diagnostic pop
static memo_u64 memo_get_struct_box_layer(const void *memo_object)
{
    return (memo_u64)((const struct box *)memo_object)->layer;
}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static void memo_set_struct_box_layer(void *memo_object, memo_u64 memo_bits)
{
    ((struct box *)memo_object)->layer = memo_bits;
}
#pragma GCC diagnostic pop
static const struct memo_field memo_fields_struct_box[] = {
    {"corner", &memo_type_struct_point, __builtin_offsetof(struct box, corner),
     sizeof(((struct box *)0)->corner) / sizeof(struct point), 0, 0, 0},
    {"is_filled", &memo_type_unsigned_int, 0,
     1, memo_get_struct_box_is_filled, memo_set_struct_box_is_filled, 0},
    {"layer", &memo_type_int, 0,
     1, memo_get_struct_box_layer, memo_set_struct_box_layer, 0},
    {"name", &memo_type_char, __builtin_offsetof(struct box, name),
     sizeof(((struct box *)0)->name) / sizeof(char), 0, 0, 0},
};
static const struct memo_type memo_type_struct_box = {
    "struct box", MEMO_KIND_STRUCT, 4u,
    sizeof(struct box), memo_fields_struct_box, 0, 0};
static const struct memo_parameter memo_parameters_center[] = {
    {"box", &memo_type_struct_box, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_center;
static struct memo_function memo_function_center = {
    MEMO_ABI, 0, "center", "input.c", 20u, 1u,
    memo_parameters_center, MEMO_RESULT_VALUE, 0u, &memo_type_struct_point,
    0u, 0u, 0u, "", "",
    "", &memo_source_center, (memo_address)center, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

struct point center(struct box box)
{
    struct point memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &box, 1);
    memo_begin(&memo_call, &memo_function_center, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_center(box);
        memo_end(&memo_call, &memo_function_center, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_center(struct box box);
int memo_clear_args_center(struct box box)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], &box, 1);
    return memo_clear_call(&memo_function_center, memo_arguments);
}
/* ---- end of center ---- */
#line 26 "input.c"


// @memo
#line 149 "<stdout>"
struct box frame(struct point size, color line);
static struct box memo_body_frame(struct point size, color line);
#line 29 "input.c"
struct box memo_body_frame
#line 29 "input.c"
                (struct point size, color line)
{
    struct box made = {{{0, 0}, size}, 1, 2, "frame"};

    made.is_filled = line.red > 0;
    return made;
}
#line 162 "<stdout>"

/* ---- frame: made by memogen ---- */

static const struct memo_field memo_fields_color[] = {
    {"red", &memo_type_int, __builtin_offsetof(color, red),
     1, 0, 0, 0},
    {"green", &memo_type_int, __builtin_offsetof(color, green),
     1, 0, 0, 0},
    {"blue", &memo_type_int, __builtin_offsetof(color, blue),
     1, 0, 0, 0},
};
static const struct memo_type memo_type_color = {
    "color", MEMO_KIND_STRUCT, 3u,
    sizeof(color), memo_fields_color, 0, 0};
static const struct memo_parameter memo_parameters_frame[] = {
    {"size", &memo_type_struct_point, MEMO_BY_VALUE, MEMO_IN},
    {"line", &memo_type_color, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_frame;
static struct memo_function memo_function_frame = {
    MEMO_ABI, 0, "frame", "input.c", 29u, 2u,
    memo_parameters_frame, MEMO_RESULT_VALUE, 0u, &memo_type_struct_box,
    0u, 0u, 0u, "", "",
    "", &memo_source_frame, (memo_address)frame, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

struct box frame(struct point size, color line)
{
    struct box memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &size, 1);
    memo_set_argument(&memo_arguments[1], &line, 1);
    memo_begin(&memo_call, &memo_function_frame, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_frame(size, line);
        memo_end(&memo_call, &memo_function_frame, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_frame(struct point size, color line);
int memo_clear_args_frame(struct point size, color line)
{
    struct memo_argument memo_arguments[2];

    memo_set_argument(&memo_arguments[0], &size, 1);
    memo_set_argument(&memo_arguments[1], &line, 1);
    return memo_clear_call(&memo_function_frame, memo_arguments);
}
/* ---- end of frame ---- */
#line 35 "input.c"

#line 220 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_center = {
    "center", { 7276207466544854356u, 6393050143035046508u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_frame = {
    "frame", { 17512304735473716915u, 13155368437051584417u }, MEMO_BUILD, 0u, 0,
    0, 0};

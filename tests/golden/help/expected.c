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
/* st_help() tells of what is declared; nothing here is memoized. */
#include <st.h>

/* A point of the plane. */
struct point {
    /* to the right */
    double x;
    double y; // upwards
    char name[8], *more;
};

/* How to go on.
 *
 * "Quoted", and over lines. */
enum way {
    GO,       /* on */
    STAY = 7, ///< here
    LAST
};

/** Another name. */
typedef struct point place;
typedef struct {
    int n; /* how many */
} counted;
typedef unsigned long size;

// The distance of two points.
// @memo
#line 42 "<stdout>"
double distance(struct point a, struct point b);
static double memo_body_distance(struct point a, struct point b);
#line 30 "input.c"
double memo_body_distance
#line 30 "input.c"
               (struct point a, struct point b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}
#line 52 "<stdout>"

/* ---- distance: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_type memo_type_char = {
    "char", MEMO_KIND_SIGNED, 0u,
    sizeof(char), 0, 0, 0};
static const struct memo_type memo_type_char_p = {
    "char *", MEMO_KIND_TEXT, 0u,
    sizeof(void *), 0, 0, 0};
static const struct memo_field memo_fields_struct_point[] = {
    {"x", &memo_type_double, __builtin_offsetof(struct point, x),
     1, 0, 0, 0},
    {"y", &memo_type_double, __builtin_offsetof(struct point, y),
     1, 0, 0, 0},
    {"name", &memo_type_char, __builtin_offsetof(struct point, name),
     sizeof(((struct point *)0)->name) / sizeof(char), 0, 0, 0},
    {"more", &memo_type_char_p, __builtin_offsetof(struct point, more),
     1, 0, 0, 0},
};
static const struct memo_type memo_type_struct_point = {
    "struct point", MEMO_KIND_DEEP_STRUCT, 4u,
    sizeof(struct point), memo_fields_struct_point, 0, 0};
static const struct memo_parameter memo_parameters_distance[] = {
    {"a", &memo_type_struct_point, MEMO_BY_VALUE, MEMO_IN},
    {"b", &memo_type_struct_point, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_distance;
static struct memo_function memo_function_distance = {
    MEMO_ABI, 0, "distance", "input.c", 30u, 2u,
    memo_parameters_distance, MEMO_RESULT_VALUE, 0u, &memo_type_double,
    0u, 0u, 0u, "", "",
    "", &memo_source_distance, (memo_address)distance, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double distance(struct point a, struct point b)
{
    double memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &a, 1);
    memo_set_argument(&memo_arguments[1], &b, 1);
    memo_begin(&memo_call, &memo_function_distance, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_distance(a, b);
        memo_end(&memo_call, &memo_function_distance, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_distance(struct point a, struct point b);
int memo_clear_args_distance(struct point a, struct point b)
{
    struct memo_argument memo_arguments[2];

    memo_set_argument(&memo_arguments[0], &a, 1);
    memo_set_argument(&memo_arguments[1], &b, 1);
    return memo_clear_call(&memo_function_distance, memo_arguments);
}
/* ---- end of distance ---- */
#line 33 "input.c"


/* Too far away. */

int limit = 3; /* not of what follows */
static const int table[] = {1, 2};

/* Twice. */
#define TWICE(x) ((x) + (x))

void page(void);

/* Draws it all. */
void page(void)
{
    st_draw_help(&(struct st_help){.name = "struct point", .type = "struct", .doc = "A point of the plane.", .members = (const struct st_help_member[]){{.name = "x", .type = "double", .doc = "to the right", }, {.name = "y", .type = "double", .doc = "upwards", }, {.name = "name", .type = "char[8]", }, {.name = "more", .type = "char *", }, }, .member_count = 4}); st_draw_help(&(struct st_help){.name = "enum way", .type = "enum", .doc = "How to go on.\012\012\"Quoted\", and over lines.", .members = (const struct st_help_member[]){{.name = "GO", .value = "0", .doc = "on", }, {.name = "STAY", .value = "7", .doc = "here", }, {.name = "LAST", .value = "8", }, }, .member_count = 3}); /* on one line */
    st_draw_help(&(struct st_help){.name = "place", .type = "typedef", .doc = "Another name.", .members = (const struct st_help_member[]){{.name = "x", .type = "double", .doc = "to the right", }, {.name = "y", .type = "double", .doc = "upwards", }, {.name = "name", .type = "char[8]", }, {.name = "more", .type = "char *", }, }, .member_count = 4});
    st_draw_help(&(struct st_help){.name = "counted", .type = "typedef", .members = (const struct st_help_member[]){{.name = "n", .type = "int", .doc = "how many", }, }, .member_count = 1});
    st_draw_help(&(struct st_help){.name = "size", .type = "typedef", .value = "unsigned long", });
    st_draw_help(&(struct st_help){.name = "distance", .type = "double distance(struct point a, struct point b)", .doc = "The distance of two points.", });
    st_draw_help(&(struct st_help){.name = "limit", .type = "int limit = 3", });
    st_draw_help(&(struct st_help){.name = "table", .type = "static const int table[]", });
    st_draw_help(&(struct st_help){.name = "TWICE", .type = "#define", .value = "(x) ((x) + (x))", });
    st_draw_help(&(struct st_help){.name = "page", .type = "void page(void)", .doc = "Draws it all.", });
#if 0
    st_help(nothing);
#endif
}
#line 148 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_st_draw_help __attribute__((__weak__));
struct memo_source memo_source_distance = {
    "distance", { 9972592485741549384u, 9370066602135119342u }, MEMO_BUILD, 0u, 0,
    0, 0};
extern struct memo_source memo_source_limit;
struct memo_source memo_source_limit = {
    "limit", { 692378800025408124u, 7249395538934133404u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_page[] = {
    "st_draw_help",
};
static struct memo_source *const memo_uses_page[] = {
    &memo_source_st_draw_help,
};
extern struct memo_source memo_source_page;
struct memo_source memo_source_page = {
    "page", { 10351279291892793134u, 8702058665387575106u }, MEMO_BUILD, 1u, 0,
    memo_names_page, memo_uses_page};

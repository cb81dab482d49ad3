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
/* Values that are more than their own bytes. */
#include <stdlib.h>

struct node {
    int value;
    struct node *left, *right;
};

struct table {
    unsigned rows, cols;
    double *cells; // @memo len(rows * cols)
    char *name;
    const char **labels; /* @memo len(cols) */
    struct node *index;  // @memo deref
    void *cache;         // @memo ignore
    struct {
        size_t size;
        char *bytes; // @memo len(size)
    };
};

struct crate {
    unsigned count : 4; short *sizes, *heights; // @memo len(count)
    union {
        int number;
        float fraction;
    }; // @memo ignore
    struct {
        char kind; int *values; // @memo len(kind + sizeof(struct node))
    } inner;
};

struct line {
    unsigned short length;
    char text[]; // @memo len(length)
};

// @memo
#line 51 "<stdout>"
struct table *load(const char *path);
static struct table *memo_body_load(const char *path);
#line 39 "input.c"
struct table *memo_body_load
#line 39 "input.c"
                  (const char *path)
{
    (void)path;
    return NULL;
}
#line 62 "<stdout>"

/* ---- load: made by memogen ---- */

static const struct memo_type memo_type_unsigned_int = {
    "unsigned int", MEMO_KIND_UNSIGNED, 0u,
    sizeof(unsigned int), 0, 0, 0};
static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_type memo_type_double_p = {
    "double *", MEMO_KIND_POINTER, 0u,
    sizeof(void *), 0, &memo_type_double, 0};
static const struct memo_type memo_type_char_p = {
    "char *", MEMO_KIND_TEXT, 0u,
    sizeof(void *), 0, 0, 0};
static const struct memo_type memo_type_const_char_pp = {
    "const char **", MEMO_KIND_POINTER, 0u,
    sizeof(void *), 0, &memo_type_char_p, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_type memo_type_struct_node_p;
static const struct memo_field memo_fields_struct_node[] = {
    {"value", &memo_type_int, __builtin_offsetof(struct node, value),
     1, 0, 0, 0},
    {"left", &memo_type_struct_node_p, __builtin_offsetof(struct node, left),
     1, 0, 0, 0},
    {"right", &memo_type_struct_node_p, __builtin_offsetof(struct node, right),
     1, 0, 0, 0},
};
static const struct memo_type memo_type_struct_node = {
    "struct node", MEMO_KIND_DEEP_STRUCT, 3u,
    sizeof(struct node), memo_fields_struct_node, 0, 0};
static const struct memo_type memo_type_struct_node_p = {
    "struct node *", MEMO_KIND_POINTER, 0u,
    sizeof(void *), 0, &memo_type_struct_node, 0};
static const struct memo_type memo_type_size_t = {
    "size_t", MEMO_KIND_UNSIGNED, 0u,
    sizeof(size_t), 0, 0, 0};
static const struct memo_type memo_type_char = {
    "char", MEMO_KIND_SIGNED, 0u,
    sizeof(char), 0, 0, 0};
static const struct memo_type memo_type_char__ = {
    "char *", MEMO_KIND_POINTER, 0u,
    sizeof(void *), 0, &memo_type_char, 0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static memo_u64 memo_count_struct_table_cells(const void *memo_object)
{
    (void)memo_object;
    return MEMO_LENGTH(((const struct table *)memo_object)->rows * ((const struct table *)memo_object)->cols);
}
#pragma GCC diagnostic pop
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static memo_u64 memo_count_struct_table_labels(const void *memo_object)
{
    (void)memo_object;
    return MEMO_LENGTH(((const struct table *)memo_object)->cols);
}
#pragma GCC diagnostic pop
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static memo_u64 memo_count_struct_table_bytes(const void *memo_object)
{
    (void)memo_object;
    return MEMO_LENGTH(((const struct table *)memo_object)->size);
}
#pragma GCC diagnostic pop
static const struct memo_field memo_fields_struct_table[] = {
    {"rows", &memo_type_unsigned_int, __builtin_offsetof(struct table, rows),
     1, 0, 0, 0},
    {"cols", &memo_type_unsigned_int, __builtin_offsetof(struct table, cols),
     1, 0, 0, 0},
    {"cells", &memo_type_double_p, __builtin_offsetof(struct table, cells),
     1, 0, 0, memo_count_struct_table_cells},
    {"name", &memo_type_char_p, __builtin_offsetof(struct table, name),
     1, 0, 0, 0},
    {"labels", &memo_type_const_char_pp, __builtin_offsetof(struct table, labels),
     1, 0, 0, memo_count_struct_table_labels},
    {"index", &memo_type_struct_node_p, __builtin_offsetof(struct table, index),
     1, 0, 0, 0},
    {"size", &memo_type_size_t, __builtin_offsetof(struct table, size),
     1, 0, 0, 0},
    {"bytes", &memo_type_char__, __builtin_offsetof(struct table, bytes),
     1, 0, 0, memo_count_struct_table_bytes},
};
static const struct memo_type memo_type_struct_table = {
    "struct table", MEMO_KIND_DEEP_STRUCT, 8u,
    sizeof(struct table), memo_fields_struct_table, 0, 0};
static const struct memo_parameter memo_parameters_load[] = {
    {"path", 0, MEMO_BY_TEXT, MEMO_IN},
};
extern struct memo_source memo_source_load;
static struct memo_function memo_function_load = {
    MEMO_ABI, MEMO_VALUE_IS_DEEP, "load", "input.c", 39u, 1u,
    memo_parameters_load, MEMO_RESULT_ELEMENTS, 0u, &memo_type_struct_table,
    0u, 0u, 0u, "", "",
    "", &memo_source_load, (memo_address)load, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

struct table *load(const char *path)
{
    struct table *memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], path, 1);
    memo_begin(&memo_call, &memo_function_load, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_load(path);
        memo_set_result_count(&memo_call, 1);
        memo_end(&memo_call, &memo_function_load, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_load(const char *path);
int memo_clear_args_load(const char *path)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], path, 1);
    return memo_clear_call(&memo_function_load, memo_arguments);
}
/* ---- end of load ---- */
#line 43 "input.c"


// @memo(deref(t))
#line 199 "<stdout>"
double sum(const struct table *t);
static double memo_body_sum(const struct table *t);
#line 46 "input.c"
double memo_body_sum
#line 46 "input.c"
          (const struct table *t)
{
    return t->cells[0];
}
#line 209 "<stdout>"

/* ---- sum: made by memogen ---- */

static const struct memo_parameter memo_parameters_sum[] = {
    {"t", &memo_type_struct_table, MEMO_BY_ELEMENTS, MEMO_IN},
};
extern struct memo_source memo_source_sum;
static struct memo_function memo_function_sum = {
    MEMO_ABI, 0, "sum", "input.c", 46u, 1u,
    memo_parameters_sum, MEMO_RESULT_VALUE, 0u, &memo_type_double,
    0u, 0u, 0u, "deref(t)", "",
    "deref(t)", &memo_source_sum, (memo_address)sum, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double sum(const struct table *t)
{
    double memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], t, 1);
    memo_begin(&memo_call, &memo_function_sum, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_sum(t);
        memo_end(&memo_call, &memo_function_sum, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_sum(const struct table *t);
int memo_clear_args_sum(const struct table *t)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], t, 1);
    return memo_clear_call(&memo_function_sum, memo_arguments);
}
/* ---- end of sum ---- */
#line 49 "input.c"


// @memo(in(words[n]), returns(result[n]))
#line 255 "<stdout>"
char **copies(const char *const *words, int n);
static char **memo_body_copies(const char *const *words, int n);
#line 52 "input.c"
char **memo_body_copies
#line 52 "input.c"
             (const char *const *words, int n)
{
    (void)words;
    return calloc((size_t)n, sizeof(char *));
}
#line 266 "<stdout>"

/* ---- copies: made by memogen ---- */

static const struct memo_parameter memo_parameters_copies[] = {
    {"words", &memo_type_char_p, MEMO_BY_ELEMENTS, MEMO_IN},
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_copies;
static struct memo_function memo_function_copies = {
    MEMO_ABI, MEMO_VALUE_IS_DEEP, "copies", "input.c", 52u, 2u,
    memo_parameters_copies, MEMO_RESULT_ELEMENTS, 0u, &memo_type_char_p,
    0u, 0u, 0u, "in(words[n]), returns(result[n])", "",
    "in(words[n]), returns(result[n])", &memo_source_copies, (memo_address)copies, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

char **copies(const char *const *words, int n)
{
    char **memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], words, MEMO_LENGTH(n));
    memo_set_argument(&memo_arguments[1], &n, 1);
    memo_begin(&memo_call, &memo_function_copies, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_copies(words, n);
        memo_set_result_count(&memo_call, MEMO_LENGTH(n));
        memo_end(&memo_call, &memo_function_copies, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_copies(const char *const *words, int n);
int memo_clear_args_copies(const char *const *words, int n)
{
    struct memo_argument memo_arguments[2];

    memo_set_argument(&memo_arguments[0], words, MEMO_LENGTH(n));
    memo_set_argument(&memo_arguments[1], &n, 1);
    return memo_clear_call(&memo_function_copies, memo_arguments);
}
/* ---- end of copies ---- */
#line 56 "input.c"


void *line_alloc(size_t size);
void line_free(void *memory);

// @memo(alloc=line_alloc, free=line_free)
#line 319 "<stdout>"
struct line *line_of(int n);
static struct line *memo_body_line_of(int n);
#line 62 "input.c"
struct line *memo_body_line_of
#line 62 "input.c"
                    (int n)
{
    struct line *made = line_alloc(sizeof *made + (size_t)n);
    made->length = (unsigned short)n;
    return made;
}
#line 331 "<stdout>"

/* ---- line_of: made by memogen ---- */

static const struct memo_type memo_type_unsigned_short = {
    "unsigned short", MEMO_KIND_UNSIGNED, 0u,
    sizeof(unsigned short), 0, 0, 0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static memo_u64 memo_count_struct_line_text(const void *memo_object)
{
    (void)memo_object;
    return MEMO_LENGTH(((const struct line *)memo_object)->length);
}
#pragma GCC diagnostic pop
static const struct memo_field memo_fields_struct_line[] = {
    {"length", &memo_type_unsigned_short, __builtin_offsetof(struct line, length),
     1, 0, 0, 0},
    {"text", &memo_type_char, __builtin_offsetof(struct line, text),
     0, 0, 0, memo_count_struct_line_text},
};
static const struct memo_type memo_type_struct_line = {
    "struct line", MEMO_KIND_DEEP_STRUCT, 2u,
    sizeof(struct line), memo_fields_struct_line, 0, 0};
static const struct memo_parameter memo_parameters_line_of[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_line_of;
static struct memo_function memo_function_line_of = {
    MEMO_ABI, MEMO_VALUE_IS_DEEP | MEMO_VALUE_CALLS_USER, "line_of", "input.c", 62u, 1u,
    memo_parameters_line_of, MEMO_RESULT_ELEMENTS, 0u, &memo_type_struct_line,
    0u, 0u, 0u, "free=line_free, alloc=line_alloc", "",
    "", &memo_source_line_of, (memo_address)line_of, &memo_unit,
    line_alloc, line_free, 0, 0, 0,
    0, 0, 0};

struct line *line_of(int n)
{
    struct line *memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin(&memo_call, &memo_function_line_of, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_line_of(n);
        memo_set_result_count(&memo_call, 1);
        memo_end(&memo_call, &memo_function_line_of, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_line_of(int n);
int memo_clear_args_line_of(int n)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], &n, 1);
    return memo_clear_call(&memo_function_line_of, memo_arguments);
}
/* ---- end of line_of ---- */
#line 67 "input.c"


// @memo(out(tree[1]), cache_if=result >= 0)
#line 399 "<stdout>"
int parse(const char *text, struct node *tree);
static int memo_body_parse(const char *text, struct node *tree);
#line 70 "input.c"
int memo_body_parse
#line 70 "input.c"
         (const char *text, struct node *tree)
{
    (void)text;
    tree->left = tree->right = NULL;
    tree->value = 0;
    return 0;
}
#line 412 "<stdout>"

/* ---- parse: made by memogen ---- */

static const struct memo_parameter memo_parameters_parse[] = {
    {"text", 0, MEMO_BY_TEXT, MEMO_IN},
    {"tree", &memo_type_struct_node, MEMO_BY_ELEMENTS, MEMO_OUT},
};
extern struct memo_source memo_source_parse;
static struct memo_function memo_function_parse = {
    MEMO_ABI, MEMO_RESULT_MAY_BE_NULL | MEMO_VALUE_IS_DEEP, "parse", "input.c", 70u, 2u,
    memo_parameters_parse, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "cache_if=result >= 0, out(tree[1])", "",
    "cache_if=result >= 0, out(tree[1])", &memo_source_parse, (memo_address)parse, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int parse(const char *text, struct node *tree)
{
    int memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], text, 1);
    memo_set_argument(&memo_arguments[1], tree, MEMO_LENGTH(1));
    memo_begin(&memo_call, &memo_function_parse, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_parse(text, tree);
        memo_set_keep(&memo_call, (memo_result >= 0) ? 1u : 0u);
        memo_end(&memo_call, &memo_function_parse, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_parse(const char *text, struct node *tree);
int memo_clear_args_parse(const char *text, struct node *tree)
{
    struct memo_argument memo_arguments[2];

    memo_set_argument(&memo_arguments[0], text, 1);
    memo_set_argument(&memo_arguments[1], tree, MEMO_LENGTH(1));
    return memo_clear_call(&memo_function_parse, memo_arguments);
}
/* ---- end of parse ---- */
#line 76 "input.c"


// @memo
#line 462 "<stdout>"
int volume(struct crate c);
static int memo_body_volume(struct crate c);
#line 79 "input.c"
int memo_body_volume
#line 79 "input.c"
          (struct crate c)
{
    return c.sizes[0];
}
#line 472 "<stdout>"

/* ---- volume: made by memogen ---- */

static const struct memo_type memo_type_short = {
    "short", MEMO_KIND_SIGNED, 0u,
    sizeof(short), 0, 0, 0};
static const struct memo_type memo_type_short_p = {
    "short *", MEMO_KIND_POINTER, 0u,
    sizeof(void *), 0, &memo_type_short, 0};
static const struct memo_type memo_type_int_p = {
    "int *", MEMO_KIND_POINTER, 0u,
    sizeof(void *), 0, &memo_type_int, 0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static memo_u64 memo_count_struct_crate_inner_values(const void *memo_object)
{
    (void)memo_object;
    return MEMO_LENGTH(((const __typeof__(((struct crate *)0)->inner) *)memo_object)->kind + sizeof(struct node));
}
#pragma GCC diagnostic pop
static const struct memo_field memo_fields_struct_crate_inner[] = {
    {"kind", &memo_type_char, __builtin_offsetof(__typeof__(((struct crate *)0)->inner), kind),
     1, 0, 0, 0},
    {"values", &memo_type_int_p, __builtin_offsetof(__typeof__(((struct crate *)0)->inner), values),
     1, 0, 0, memo_count_struct_crate_inner_values},
};
static const struct memo_type memo_type_struct_crate_inner = {
    "struct crate.inner", MEMO_KIND_DEEP_STRUCT, 2u,
    sizeof(__typeof__(((struct crate *)0)->inner)), memo_fields_struct_crate_inner, 0, 0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static memo_u64 memo_count_struct_crate_sizes(const void *memo_object)
{
    (void)memo_object;
    return MEMO_LENGTH(((const struct crate *)memo_object)->count);
}
#pragma GCC diagnostic pop
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static memo_u64 memo_count_struct_crate_heights(const void *memo_object)
{
    (void)memo_object;
    return MEMO_LENGTH(((const struct crate *)memo_object)->count);
}
#pragma GCC diagnostic pop
static memo_u64 memo_get_struct_crate_count(const void *memo_object)
{
    return (memo_u64)((const struct crate *)memo_object)->count;
}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static void memo_set_struct_crate_count(void *memo_object, memo_u64 memo_bits)
{
    ((struct crate *)memo_object)->count = memo_bits;
}
#pragma GCC diagnostic pop
static const struct memo_field memo_fields_struct_crate[] = {
    {"count", &memo_type_unsigned_int, 0,
     1, memo_get_struct_crate_count, memo_set_struct_crate_count, 0},
    {"sizes", &memo_type_short_p, __builtin_offsetof(struct crate, sizes),
     1, 0, 0, memo_count_struct_crate_sizes},
    {"heights", &memo_type_short_p, __builtin_offsetof(struct crate, heights),
     1, 0, 0, memo_count_struct_crate_heights},
    {"inner", &memo_type_struct_crate_inner, __builtin_offsetof(struct crate, inner),
     1, 0, 0, 0},
};
static const struct memo_type memo_type_struct_crate = {
    "struct crate", MEMO_KIND_DEEP_STRUCT, 4u,
    sizeof(struct crate), memo_fields_struct_crate, 0, 0};
static const struct memo_parameter memo_parameters_volume[] = {
    {"c", &memo_type_struct_crate, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_volume;
static struct memo_function memo_function_volume = {
    MEMO_ABI, 0, "volume", "input.c", 79u, 1u,
    memo_parameters_volume, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_volume, (memo_address)volume, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int volume(struct crate c)
{
    int memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &c, 1);
    memo_begin(&memo_call, &memo_function_volume, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_volume(c);
        memo_end(&memo_call, &memo_function_volume, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_volume(struct crate c);
int memo_clear_args_volume(struct crate c)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], &c, 1);
    return memo_clear_call(&memo_function_volume, memo_arguments);
}
/* ---- end of volume ---- */
#line 82 "input.c"

#line 586 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_line_alloc __attribute__((__weak__));
extern struct memo_source memo_source_line_free __attribute__((__weak__));
struct memo_source memo_source_load = {
    "load", { 9595575181028843529u, 2291984262259279968u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_sum = {
    "sum", { 17839329988975199301u, 17223936026350572792u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_copies = {
    "copies", { 12005549596738174810u, 13268432709940837099u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_line_of[] = {
    "line_alloc",
    "line_free",
};
static struct memo_source *const memo_uses_line_of[] = {
    &memo_source_line_alloc,
    &memo_source_line_free,
};
struct memo_source memo_source_line_of = {
    "line_of", { 5541494228257297249u, 4375993999120379083u }, MEMO_BUILD, 2u, 0,
    memo_names_line_of, memo_uses_line_of};
struct memo_source memo_source_parse = {
    "parse", { 8423236377437746556u, 7694941884707812580u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_volume = {
    "volume", { 9813602343553470506u, 6445605662089523476u }, MEMO_BUILD, 0u, 0,
    0, 0};

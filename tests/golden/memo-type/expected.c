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
/* Types that functions of the user turn into bytes, and back. */
#include <stddef.h>

// @memo_type(encode=value_encode, decode=value_decode)
typedef struct {
    int is_text;
    union {
        double number;
        char *text;
    };
} value;
size_t value_encode(const value *v, void *bytes, size_t room);
int value_decode(value *v, const void *bytes, size_t size);

struct database;
/* @memo_type(hash=database_hash, encode=database_encode,
              decode=database_decode, free=database_close) */
struct database;
unsigned long database_hash(const struct database *d);
size_t database_encode(const struct database *d, void *bytes, size_t room);
struct database *database_decode(const void *bytes, size_t size);
void database_close(struct database *d);

// @memo
#line 37 "<stdout>"
value twice(value v);
static value memo_body_twice(value v);
#line 25 "input.c"
value memo_body_twice
#line 25 "input.c"
           (value v)
{
    v.number *= 2;
    return v;
}
#line 48 "<stdout>"

/* ---- twice: made by memogen ---- */

static memo_size memo_encode_value(const void *memo_object,
    void *memo_bytes, memo_size memo_room)
{
    return value_encode((const value *)memo_object, memo_bytes, memo_room);
}
static int memo_decode_value(void *memo_object, const void *memo_bytes,
    memo_size memo_count)
{
    return value_decode((value *)memo_object, memo_bytes, memo_count) ? 1 : 0;
}
static const struct memo_codec memo_codec_value = {
    0, memo_encode_value, memo_decode_value, 0, 0u, 0, 0};
static const struct memo_type memo_type_value = {
    "value", MEMO_KIND_OPAQUE, 0u,
    sizeof(value), 0, 0, &memo_codec_value};
static const struct memo_parameter memo_parameters_twice[] = {
    {"v", &memo_type_value, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_twice;
static struct memo_function memo_function_twice = {
    MEMO_ABI, MEMO_VALUE_IS_DEEP | MEMO_VALUE_CALLS_USER, "twice", "input.c", 25u, 1u,
    memo_parameters_twice, MEMO_RESULT_VALUE, 0u, &memo_type_value,
    0u, 0u, 0u, "", "",
    "", &memo_source_twice, (memo_address)twice, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

value twice(value v)
{
    value memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &v, 1);
    memo_begin(&memo_call, &memo_function_twice, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_twice(v);
        memo_end(&memo_call, &memo_function_twice, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_twice(value v);
int memo_clear_args_twice(value v)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], &v, 1);
    return memo_clear_call(&memo_function_twice, memo_arguments);
}
/* ---- end of twice ---- */
#line 29 "input.c"


// @memo
#line 109 "<stdout>"
struct database *database_open(const char *path);
static struct database *memo_body_database_open(const char *path);
#line 32 "input.c"
struct database *memo_body_database_open
#line 32 "input.c"
                              (const char *path)
{
    (void)path;
    return NULL;
}
#line 120 "<stdout>"

/* ---- database_open: made by memogen ---- */

static memo_u64 memo_hash_struct_database_p(const void *memo_object)
{
    return (memo_u64)database_hash(*(struct database *const *)memo_object);
}
static memo_size memo_encode_struct_database_p(const void *memo_object,
    void *memo_bytes, memo_size memo_room)
{
    return database_encode(*(struct database *const *)memo_object, memo_bytes, memo_room);
}
static int memo_decode_struct_database_p(void *memo_object, const void *memo_bytes,
    memo_size memo_count)
{
    *(struct database **)memo_object = database_decode(memo_bytes, memo_count);
    return *(struct database **)memo_object != 0;
}
static void memo_free_struct_database_p(void *memo_object)
{
    database_close(*(struct database **)memo_object);
}
static const struct memo_codec memo_codec_struct_database_p = {
    memo_hash_struct_database_p, memo_encode_struct_database_p, memo_decode_struct_database_p, memo_free_struct_database_p, 1u, 0, 0};
static const struct memo_type memo_type_struct_database_p = {
    "struct database *", MEMO_KIND_OPAQUE, 0u,
    sizeof(void *), 0, 0, &memo_codec_struct_database_p};
static const struct memo_parameter memo_parameters_database_open[] = {
    {"path", 0, MEMO_BY_TEXT, MEMO_IN},
};
extern struct memo_source memo_source_database_open;
static struct memo_function memo_function_database_open = {
    MEMO_ABI, MEMO_VALUE_IS_DEEP | MEMO_VALUE_CALLS_USER, "database_open", "input.c", 32u, 1u,
    memo_parameters_database_open, MEMO_RESULT_VALUE, 0u, &memo_type_struct_database_p,
    0u, 0u, 0u, "", "",
    "", &memo_source_database_open, (memo_address)database_open, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

struct database *database_open(const char *path)
{
    struct database *memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], path, 1);
    memo_begin(&memo_call, &memo_function_database_open, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_database_open(path);
        memo_end(&memo_call, &memo_function_database_open, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_database_open(const char *path);
int memo_clear_args_database_open(const char *path)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], path, 1);
    return memo_clear_call(&memo_function_database_open, memo_arguments);
}
/* ---- end of database_open ---- */
#line 36 "input.c"


// @memo(deref(d))
#line 190 "<stdout>"
int database_rows(const struct database *d);
static int memo_body_database_rows(const struct database *d);
#line 39 "input.c"
int memo_body_database_rows
#line 39 "input.c"
                 (const struct database *d)
{
    return d != NULL;
}
#line 200 "<stdout>"

/* ---- database_rows: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_database_rows[] = {
    {"d", &memo_type_struct_database_p, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_database_rows;
static struct memo_function memo_function_database_rows = {
    MEMO_ABI, 0, "database_rows", "input.c", 39u, 1u,
    memo_parameters_database_rows, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "deref(d)", "",
    "deref(d)", &memo_source_database_rows, (memo_address)database_rows, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int database_rows(const struct database *d)
{
    int memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], &d, 1);
    memo_begin(&memo_call, &memo_function_database_rows, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_database_rows(d);
        memo_end(&memo_call, &memo_function_database_rows, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_database_rows(const struct database *d);
int memo_clear_args_database_rows(const struct database *d)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], &d, 1);
    return memo_clear_call(&memo_function_database_rows, memo_arguments);
}
/* ---- end of database_rows ---- */
#line 42 "input.c"

#line 247 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_database_close __attribute__((__weak__));
extern struct memo_source memo_source_database_decode __attribute__((__weak__));
extern struct memo_source memo_source_database_encode __attribute__((__weak__));
extern struct memo_source memo_source_database_hash __attribute__((__weak__));
extern struct memo_source memo_source_value_decode __attribute__((__weak__));
extern struct memo_source memo_source_value_encode __attribute__((__weak__));
static const char *const memo_names_twice[] = {
    "value_decode",
    "value_encode",
};
static struct memo_source *const memo_uses_twice[] = {
    &memo_source_value_decode,
    &memo_source_value_encode,
};
struct memo_source memo_source_twice = {
    "twice", { 7951098662292143986u, 11389229673613973026u }, MEMO_BUILD, 2u, 0,
    memo_names_twice, memo_uses_twice};
static const char *const memo_names_database_open[] = {
    "database_close",
    "database_decode",
    "database_encode",
    "database_hash",
};
static struct memo_source *const memo_uses_database_open[] = {
    &memo_source_database_close,
    &memo_source_database_decode,
    &memo_source_database_encode,
    &memo_source_database_hash,
};
struct memo_source memo_source_database_open = {
    "database_open", { 16673086478204182292u, 5355006252014992633u }, MEMO_BUILD, 4u, 0,
    memo_names_database_open, memo_uses_database_open};
static const char *const memo_names_database_rows[] = {
    "database_close",
    "database_decode",
    "database_encode",
    "database_hash",
};
static struct memo_source *const memo_uses_database_rows[] = {
    &memo_source_database_close,
    &memo_source_database_decode,
    &memo_source_database_encode,
    &memo_source_database_hash,
};
struct memo_source memo_source_database_rows = {
    "database_rows", { 3739824198354228935u, 10601928560784111280u }, MEMO_BUILD, 4u, 0,
    memo_names_database_rows, memo_uses_database_rows};

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
/* Results that outlive the process. */
#include <stddef.h>

// @memo(persist="disk")
#line 17 "<stdout>"
double simulate(int seed, double step);
static double memo_body_simulate(int seed, double step);
#line 5 "input.c"
double memo_body_simulate
#line 5 "input.c"
               (int seed, double step)
{
    return seed * step;
}
#line 27 "<stdout>"

/* ---- simulate: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_simulate[] = {
    {"seed", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"step", &memo_type_double, MEMO_BY_VALUE, MEMO_IN},
};
static const struct memo_persistence memo_persistence_simulate = {
    memo_disk_store_is_in_libmemo_disk, 0u, 0u};
extern struct memo_source memo_source_simulate;
static struct memo_function memo_function_simulate = {
    MEMO_ABI, 0, "simulate", "input.c", 5u, 2u,
    memo_parameters_simulate, MEMO_RESULT_VALUE, 2u, &memo_type_double,
    0u, 0u, 0u, "persist=\"disk\"", "",
    "", &memo_source_simulate, (memo_address)simulate, &memo_unit,
    0, 0, 0, 0, &memo_persistence_simulate,
    0, 0, 0};
static void memo_declare_simulate(void) __attribute__((__constructor__));
static void memo_declare_simulate(void)
{
    memo_declare(&memo_function_simulate);
}

double simulate(int seed, double step)
{
    double memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_simulate, memo_word(&step, sizeof step), memo_word(&seed, sizeof seed),
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &seed, 1);
    memo_set_argument(&memo_arguments[1], &step, 1);
    memo_begin_words(&memo_call, &memo_function_simulate, memo_word(&step, sizeof step), memo_word(&seed, sizeof seed),
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_simulate(seed, step);
        memo_end(&memo_call, &memo_function_simulate, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_simulate(int seed, double step);
int memo_clear_args_simulate(int seed, double step)
{
    return memo_clear_words(&memo_function_simulate, memo_word(&step, sizeof step), memo_word(&seed, sizeof seed));
}
/* ---- end of simulate ---- */
#line 8 "input.c"


/* Here the age does not count, and the program says so. */
// @memo(ttl=60, persist="dir")
#line 92 "<stdout>"
static char *title(const char *path);
static char *memo_body_title(const char *path);
#line 12 "input.c"
static char *memo_body_title
#line 12 "input.c"
                  (const char *path)
{
    (void)path;
    return NULL;
}
#line 103 "<stdout>"

/* ---- title: made by memogen ---- */

static const struct memo_parameter memo_parameters_title[] = {
    {"path", 0, MEMO_BY_TEXT, MEMO_IN},
};
static const struct memo_persistence memo_persistence_title = {
    memo_dir_store_is_in_libmemo_disk, 0u, 1u};
static struct memo_source memo_source_title;
static struct memo_function memo_function_title = {
    MEMO_ABI, 0, "title", "input.c", 12u, 1u,
    memo_parameters_title, MEMO_RESULT_TEXT, 0u, 0,
    0u, 0u, 0u, "ttl=60, persist=\"dir\"", "",
    "", &memo_source_title, (memo_address)title, &memo_unit,
    0, 0, 0, 0, &memo_persistence_title,
    0, 0, 0};
static void memo_declare_title(void) __attribute__((__constructor__));
static void memo_declare_title(void)
{
    memo_declare(&memo_function_title);
}

static char *title(const char *path)
{
    char *memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], path, 1);
    memo_begin(&memo_call, &memo_function_title, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_title(path);
        memo_end(&memo_call, &memo_function_title, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}
/* ---- end of title ---- */
#line 16 "input.c"


// @memo(ttl=60, persist="redis", persist_ttl)
#line 147 "<stdout>"
int quote(const char *symbol);
static int memo_body_quote(const char *symbol);
#line 19 "input.c"
int memo_body_quote
#line 19 "input.c"
         (const char *symbol)
{
    return title(symbol) != NULL;
}
#line 157 "<stdout>"

/* ---- quote: made by memogen ---- */

static const struct memo_parameter memo_parameters_quote[] = {
    {"symbol", 0, MEMO_BY_TEXT, MEMO_IN},
};
static const struct memo_persistence memo_persistence_quote = {
    memo_redis_store_is_in_libmemo_redis, 1u, 0u};
extern struct memo_source memo_source_quote;
static struct memo_function memo_function_quote = {
    MEMO_ABI, 0, "quote", "input.c", 19u, 1u,
    memo_parameters_quote, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    60000000000u, 0u, 0u, "ttl=60, persist=\"redis\", persist_ttl", "",
    "", &memo_source_quote, (memo_address)quote, &memo_unit,
    0, 0, 0, 0, &memo_persistence_quote,
    0, 0, 0};
static void memo_declare_quote(void) __attribute__((__constructor__));
static void memo_declare_quote(void)
{
    memo_declare(&memo_function_quote);
}

int quote(const char *symbol)
{
    int memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], symbol, 1);
    memo_begin(&memo_call, &memo_function_quote, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_quote(symbol);
        memo_end(&memo_call, &memo_function_quote, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_quote(const char *symbol);
int memo_clear_args_quote(const char *symbol)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], symbol, 1);
    return memo_clear_call(&memo_function_quote, memo_arguments);
}
/* ---- end of quote ---- */
#line 22 "input.c"

#line 208 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_simulate = {
    "simulate", { 13425724339310498905u, 4133265341263857936u }, MEMO_BUILD, 0u, 0,
    0, 0};
static struct memo_source memo_source_title __attribute__((__unused__)) = {
    "title", { 6235687970501090989u, 7094301847032846785u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_quote = {
    "quote", { 10925254117291687438u, 14040256943112855251u }, MEMO_BUILD, 0u, 0,
    0, 0};

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
/* What a result depends on besides the arguments. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

extern volatile int device;
int setting;

static double helper(int n)
{
    return n + setting + rand();
}

static double between(int n)
{
    return helper(n);
}

// @memo
#line 32 "<stdout>"
double indirect(int n);
static double memo_body_indirect(int n);
#line 20 "input.c"
double memo_body_indirect
#line 20 "input.c"
               (int n)
{
    return between(n);
}
#line 42 "<stdout>"

/* ---- indirect: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_indirect[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_indirect;
static struct memo_function memo_function_indirect = {
    MEMO_ABI, 0, "indirect", "input.c", 20u, 1u,
    memo_parameters_indirect, MEMO_RESULT_VALUE, 1u, &memo_type_double,
    0u, 0u, 0u, "", "",
    "", &memo_source_indirect, (memo_address)indirect, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double indirect(int n)
{
    double memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_indirect, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_indirect, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_indirect(n);
        memo_end(&memo_call, &memo_function_indirect, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_indirect(int n);
int memo_clear_args_indirect(int n)
{
    return memo_clear_words(&memo_function_indirect, memo_word(&n, sizeof n), 0);
}
/* ---- end of indirect ---- */
#line 23 "input.c"


// @memo
#line 97 "<stdout>"
double direct(int n);
static double memo_body_direct(int n);
#line 26 "input.c"
double memo_body_direct
#line 26 "input.c"
             (int n)
{
    static int calls;

    calls++;
    printf("%s", getenv("HOME"));
    if (fopen("settings", "r") == NULL || device)
        exit(n);
    return (double)time(NULL) + (double)strtod("1", NULL) + (double)mblen("", 1);
}
#line 113 "<stdout>"

/* ---- direct: made by memogen ---- */

static const struct memo_parameter memo_parameters_direct[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_direct;
static struct memo_function memo_function_direct = {
    MEMO_ABI, 0, "direct", "input.c", 26u, 1u,
    memo_parameters_direct, MEMO_RESULT_VALUE, 1u, &memo_type_double,
    0u, 0u, 0u, "", "",
    "", &memo_source_direct, (memo_address)direct, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double direct(int n)
{
    double memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_direct, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_direct, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_direct(n);
        memo_end(&memo_call, &memo_function_direct, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_direct(int n);
int memo_clear_args_direct(int n)
{
    return memo_clear_words(&memo_function_direct, memo_word(&n, sizeof n), 0);
}
/* ---- end of direct ---- */
#line 35 "input.c"


// @memo
#line 162 "<stdout>"
int machine(int n);
static int memo_body_machine(int n);
#line 38 "input.c"
int memo_body_machine
#line 38 "input.c"
           (int n)
{
    __asm__("" : "+r"(n));
    return n;
}
#line 173 "<stdout>"

/* ---- machine: made by memogen ---- */

static const struct memo_parameter memo_parameters_machine[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_machine;
static struct memo_function memo_function_machine = {
    MEMO_ABI, 0, "machine", "input.c", 38u, 1u,
    memo_parameters_machine, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_machine, (memo_address)machine, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int machine(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_machine, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_machine, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_machine(n);
        memo_end(&memo_call, &memo_function_machine, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_machine(int n);
int memo_clear_args_machine(int n)
{
    return memo_clear_words(&memo_function_machine, memo_word(&n, sizeof n), 0);
}
/* ---- end of machine ---- */
#line 42 "input.c"


// @memo(impure_ok(setting))
#line 222 "<stdout>"
double excused(int n);
static double memo_body_excused(int n);
#line 45 "input.c"
double memo_body_excused
#line 45 "input.c"
              (int n)
{
    return helper(n);
}
#line 232 "<stdout>"

/* ---- excused: made by memogen ---- */

static const struct memo_parameter memo_parameters_excused[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_excused;
static struct memo_function memo_function_excused = {
    MEMO_ABI, 0, "excused", "input.c", 45u, 1u,
    memo_parameters_excused, MEMO_RESULT_VALUE, 1u, &memo_type_double,
    0u, 0u, 0u, "impure_ok(setting)", "",
    "", &memo_source_excused, (memo_address)excused, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double excused(int n)
{
    double memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_excused, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_excused, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_excused(n);
        memo_end(&memo_call, &memo_function_excused, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_excused(int n);
int memo_clear_args_excused(int n)
{
    return memo_clear_words(&memo_function_excused, memo_word(&n, sizeof n), 0);
}
/* ---- end of excused ---- */
#line 48 "input.c"

#line 279 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_device __attribute__((__weak__));
extern struct memo_source memo_source_setting __attribute__((__weak__));
struct memo_source memo_source_setting __attribute__((__weak__)) = {
    "setting", { 17395340677875860262u, 16468950594125768318u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_indirect[] = {
    "setting",
};
static struct memo_source *const memo_uses_indirect[] = {
    &memo_source_setting,
};
struct memo_source memo_source_indirect = {
    "indirect", { 12747733016904314180u, 6073693142924270785u }, MEMO_BUILD, 1u, 0,
    memo_names_indirect, memo_uses_indirect};
static const char *const memo_names_direct[] = {
    "device",
};
static struct memo_source *const memo_uses_direct[] = {
    &memo_source_device,
};
struct memo_source memo_source_direct = {
    "direct", { 15133362712109867550u, 16314481374667520678u }, MEMO_BUILD, 1u, 0,
    memo_names_direct, memo_uses_direct};
struct memo_source memo_source_machine = {
    "machine", { 10966327365179716393u, 16042287972118886098u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_excused[] = {
    "setting",
};
static struct memo_source *const memo_uses_excused[] = {
    &memo_source_setting,
};
struct memo_source memo_source_excused = {
    "excused", { 17879783125458037585u, 4453716915180593317u }, MEMO_BUILD, 1u, 0,
    memo_names_excused, memo_uses_excused};

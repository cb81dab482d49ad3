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
/* Limits, further inputs, and what is worth keeping. */

extern int precision;

// @memo(ttl="1d12h", max_entries=1000, max_bytes=64MB)
#line 18 "<stdout>"
double exchange(int currency);
static double memo_body_exchange(int currency);
#line 6 "input.c"
double memo_body_exchange
#line 6 "input.c"
               (int currency)
{
    return currency * 1.1;
}
#line 28 "<stdout>"

/* ---- exchange: made by memogen ---- */

static const struct memo_type memo_type_double = {
    "double", MEMO_KIND_FLOAT, 0u,
    sizeof(double), 0, 0, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_exchange[] = {
    {"currency", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_exchange;
static struct memo_function memo_function_exchange = {
    MEMO_ABI, 0, "exchange", "input.c", 6u, 1u,
    memo_parameters_exchange, MEMO_RESULT_VALUE, 1u, &memo_type_double,
    129600000000000u, 1000u, 64000000u, "ttl=129600, max_entries=1000, max_bytes=64MB", "",
    "", &memo_source_exchange, (memo_address)exchange, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double exchange(int currency)
{
    double memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_exchange, memo_word(&currency, sizeof currency), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &currency, 1);
    memo_begin_words(&memo_call, &memo_function_exchange, memo_word(&currency, sizeof currency), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_exchange(currency);
        memo_end(&memo_call, &memo_function_exchange, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_exchange(int currency);
int memo_clear_args_exchange(int currency)
{
    return memo_clear_words(&memo_function_exchange, memo_word(&currency, sizeof currency), 0);
}
/* ---- end of exchange ---- */
#line 9 "input.c"


// @memo(cache_if=result > 0 && width > 0)
#line 83 "<stdout>"
int area(int width, int height);
static int memo_body_area(int width, int height);
#line 12 "input.c"
int memo_body_area
#line 12 "input.c"
        (int width, int height)
{
    return width * height;
}
#line 93 "<stdout>"

/* ---- area: made by memogen ---- */

static const struct memo_parameter memo_parameters_area[] = {
    {"width", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"height", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_area;
static struct memo_function memo_function_area = {
    MEMO_ABI, MEMO_RESULT_MAY_BE_NULL, "area", "input.c", 12u, 2u,
    memo_parameters_area, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "cache_if=result > 0 && width > 0", "",
    "cache_if=result > 0 && width > 0", &memo_source_area, (memo_address)area, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int area(int width, int height)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_area, memo_word_pair(&width, sizeof width, &height, sizeof height), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &width, 1);
    memo_set_argument(&memo_arguments[1], &height, 1);
    memo_begin_words(&memo_call, &memo_function_area, memo_word_pair(&width, sizeof width, &height, sizeof height), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_area(width, height);
        memo_set_keep(&memo_call, (memo_result > 0 && width > 0) ? 1u : 0u);
        memo_end(&memo_call, &memo_function_area, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_area(int width, int height);
int memo_clear_args_area(int width, int height)
{
    return memo_clear_words(&memo_function_area, memo_word_pair(&width, sizeof width, &height, sizeof height), 0);
}
/* ---- end of area ---- */
#line 15 "input.c"


// @memo(key(precision, precision / 2), impure_ok(precision))
#line 145 "<stdout>"
double rounded(double value);
static double memo_body_rounded(double value);
#line 18 "input.c"
double memo_body_rounded
#line 18 "input.c"
              (double value)
{
    return value * precision;
}
#line 155 "<stdout>"

/* ---- rounded: made by memogen ---- */

static const struct memo_parameter memo_parameters_rounded[] = {
    {"value", &memo_type_double, MEMO_BY_VALUE, MEMO_IN},
    {"precision", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
    {"precision / 2", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_rounded;
static struct memo_function memo_function_rounded = {
    MEMO_ABI, 0, "rounded", "input.c", 18u, 3u,
    memo_parameters_rounded, MEMO_RESULT_VALUE, 2u, &memo_type_double,
    0u, 0u, 0u, "key(precision, precision / 2), impure_ok(precision)", "",
    "key(precision, precision / 2)", &memo_source_rounded, (memo_address)rounded, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

double rounded(double value)
{
    int memo_key_1 = (precision);
    int memo_key_2 = (precision / 2);
    double memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[3];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_rounded, memo_word(&value, sizeof value), memo_word_pair(&memo_key_1, sizeof memo_key_1, &memo_key_2, sizeof memo_key_2),
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &value, 1);
    memo_set_argument(&memo_arguments[1], &memo_key_1, 1);
    memo_set_argument(&memo_arguments[2], &memo_key_2, 1);
    memo_begin_words(&memo_call, &memo_function_rounded, memo_word(&value, sizeof value), memo_word_pair(&memo_key_1, sizeof memo_key_1, &memo_key_2, sizeof memo_key_2),
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_rounded(value);
        memo_end(&memo_call, &memo_function_rounded, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_rounded(double value);
int memo_clear_args_rounded(double value)
{
    int memo_key_1 = (precision);
    int memo_key_2 = (precision / 2);
    return memo_clear_words(&memo_function_rounded, memo_word(&value, sizeof value), memo_word_pair(&memo_key_1, sizeof memo_key_1, &memo_key_2, sizeof memo_key_2));
}
/* ---- end of rounded ---- */
#line 21 "input.c"


// @memo(depends("/etc/hosts", path), version="2")
#line 212 "<stdout>"
int hosts(const char *path);
static int memo_body_hosts(const char *path);
#line 24 "input.c"
int memo_body_hosts
#line 24 "input.c"
         (const char *path)
{
    return path ? 1 : 0;
}
#line 222 "<stdout>"

/* ---- hosts: made by memogen ---- */

static const struct memo_parameter memo_parameters_hosts[] = {
    {"path", 0, MEMO_BY_TEXT, MEMO_IN},
    {"\"/etc/hosts\"", 0, MEMO_BY_FILE, MEMO_IN},
    {"path", 0, MEMO_BY_FILE, MEMO_IN},
};
extern struct memo_source memo_source_hosts;
static struct memo_function memo_function_hosts = {
    MEMO_ABI, 0, "hosts", "input.c", 24u, 3u,
    memo_parameters_hosts, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "depends(\"/etc/hosts\", path), version=\"2\"", "2",
    "depends(\"/etc/hosts\", path), version=\"2\"", &memo_source_hosts, (memo_address)hosts, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int hosts(const char *path)
{
    int memo_result;
    struct memo_argument memo_arguments[3];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], path, 1);
    memo_set_argument(&memo_arguments[1], (const char *)("/etc/hosts"), 1);
    memo_set_argument(&memo_arguments[2], (const char *)(path), 1);
    memo_begin(&memo_call, &memo_function_hosts, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_hosts(path);
        memo_end(&memo_call, &memo_function_hosts, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_hosts(const char *path);
int memo_clear_args_hosts(const char *path)
{
    struct memo_argument memo_arguments[3];

    memo_set_argument(&memo_arguments[0], path, 1);
    memo_set_argument(&memo_arguments[1], (const char *)("/etc/hosts"), 1);
    memo_set_argument(&memo_arguments[2], (const char *)(path), 1);
    return memo_clear_call(&memo_function_hosts, memo_arguments);
}
/* ---- end of hosts ---- */
#line 27 "input.c"


// @memo(code=ignore, impure_ok)
#line 274 "<stdout>"
int legacy(int n);
static int memo_body_legacy(int n);
#line 30 "input.c"
int memo_body_legacy
#line 30 "input.c"
          (int n)
{
    return n + precision;
}
#line 284 "<stdout>"

/* ---- legacy: made by memogen ---- */

static const struct memo_parameter memo_parameters_legacy[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_legacy;
static struct memo_function memo_function_legacy = {
    MEMO_ABI, MEMO_CODE_IGNORED, "legacy", "input.c", 30u, 1u,
    memo_parameters_legacy, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "code=ignore, impure_ok", "",
    "", &memo_source_legacy, (memo_address)legacy, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int legacy(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_legacy, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_legacy, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_legacy(n);
        memo_end(&memo_call, &memo_function_legacy, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_legacy(int n);
int memo_clear_args_legacy(int n)
{
    return memo_clear_words(&memo_function_legacy, memo_word(&n, sizeof n), 0);
}
/* ---- end of legacy ---- */
#line 33 "input.c"


// @memo(show_spinner="Loading \"it\"", allow_widgets)
#line 333 "<stdout>"
int with_spinner(int n);
static int memo_body_with_spinner(int n);
#line 36 "input.c"
int memo_body_with_spinner
#line 36 "input.c"
                (int n) { return n; }
#line 340 "<stdout>"

/* ---- with_spinner: made by memogen ---- */

static const struct memo_parameter memo_parameters_with_spinner[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_with_spinner;
static struct memo_function memo_function_with_spinner = {
    MEMO_ABI, MEMO_ALLOWS_WIDGETS, "with_spinner", "input.c", 36u, 1u,
    memo_parameters_with_spinner, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "show_spinner=\"Loading \\\"it\\\"\", allow_widgets", "",
    "allow_widgets", &memo_source_with_spinner, (memo_address)with_spinner, &memo_unit,
    0, 0, 0, "Loading \"it\"", 0,
    0, 0, 0};

int with_spinner(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_with_spinner, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_with_spinner, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_with_spinner(n);
        memo_end(&memo_call, &memo_function_with_spinner, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_with_spinner(int n);
int memo_clear_args_with_spinner(int n)
{
    return memo_clear_words(&memo_function_with_spinner, memo_word(&n, sizeof n), 0);
}
/* ---- end of with_spinner ---- */
#line 36 "input.c"


// @memo(show_spinner=false, suppress_st_warning)
#line 389 "<stdout>"
int without_spinner(int n);
static int memo_body_without_spinner(int n);
#line 39 "input.c"
int memo_body_without_spinner
#line 39 "input.c"
                   (int n) { return n; }
#line 396 "<stdout>"

/* ---- without_spinner: made by memogen ---- */

static const struct memo_parameter memo_parameters_without_spinner[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_without_spinner;
static struct memo_function memo_function_without_spinner = {
    MEMO_ABI, MEMO_SUPPRESSES_WARNING | MEMO_SHOWS_NO_SPINNER, "without_spinner", "input.c", 39u, 1u,
    memo_parameters_without_spinner, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "show_spinner=false, suppress_st_warning", "",
    "", &memo_source_without_spinner, (memo_address)without_spinner, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int without_spinner(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_without_spinner, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_without_spinner, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_without_spinner(n);
        memo_end(&memo_call, &memo_function_without_spinner, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_without_spinner(int n);
int memo_clear_args_without_spinner(int n)
{
    return memo_clear_words(&memo_function_without_spinner, memo_word(&n, sizeof n), 0);
}
/* ---- end of without_spinner ---- */
#line 39 "input.c"

#line 443 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_precision __attribute__((__weak__));
struct memo_source memo_source_exchange = {
    "exchange", { 12130618377374349335u, 18034125226689645835u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_area = {
    "area", { 15011340502722523936u, 1614682773186552348u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_rounded[] = {
    "precision",
};
static struct memo_source *const memo_uses_rounded[] = {
    &memo_source_precision,
};
struct memo_source memo_source_rounded = {
    "rounded", { 8579116485223462054u, 281293974742425932u }, MEMO_BUILD, 1u, 0,
    memo_names_rounded, memo_uses_rounded};
struct memo_source memo_source_hosts = {
    "hosts", { 3431233016278267396u, 304996979259538615u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_legacy[] = {
    "precision",
};
static struct memo_source *const memo_uses_legacy[] = {
    &memo_source_precision,
};
struct memo_source memo_source_legacy = {
    "legacy", { 4270080297586722299u, 2918403978233913017u }, MEMO_BUILD, 1u, 0,
    memo_names_legacy, memo_uses_legacy};
struct memo_source memo_source_with_spinner = {
    "with_spinner", { 14567799296913022926u, 11602480187049789293u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_without_spinner = {
    "without_spinner", { 15399634739135382091u, 951458891088197024u }, MEMO_BUILD, 0u, 0,
    0, 0};

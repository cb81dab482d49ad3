/* fixture.h -- memoized functions as memogen writes them, by hand.
 *
 * A test gives the table of the function and its body; what stands here is what
 * a generated wrapper does.
 */
#ifndef MEMO_TEST_FIXTURE_H
#define MEMO_TEST_FIXTURE_H

#include "memo.h"

#include <stddef.h>
#include <string.h>

#define UNUSED __attribute__((unused))

static const struct memo_type int_type UNUSED = {
    "int", MEMO_KIND_SIGNED, 0, sizeof(int), NULL, NULL, NULL};
static const struct memo_type long_type UNUSED = {
    "long", MEMO_KIND_SIGNED, 0, sizeof(long), NULL, NULL, NULL};
static const struct memo_type address_type UNUSED = {
    "void *", MEMO_KIND_ADDRESS, 0, sizeof(void *), NULL, NULL, NULL};

static const struct memo_parameter int_parameter[] UNUSED = {
    {"n", &int_type, MEMO_BY_VALUE, MEMO_IN}};
static const struct memo_parameter text_parameter[] UNUSED = {
    {"text", NULL, MEMO_BY_TEXT, MEMO_IN}};
static const struct memo_parameter fill_parameters[] UNUSED = {
    {"n", &int_type, MEMO_BY_VALUE, MEMO_IN},
    {"out", &int_type, MEMO_BY_ELEMENTS, MEMO_OUT}};
static const struct memo_parameter update_parameters[] UNUSED = {
    {"values", &int_type, MEMO_BY_ELEMENTS, MEMO_IN_OUT}};

/* long f(int n): its key is a word. */
#define WORD_FUNCTION(title)                                                   \
    .abi = MEMO_ABI, .name = (title), .file = "test.c", .line = 7,             \
    .parameter_count = 1, .parameters = int_parameter,                         \
    .result_kind = MEMO_RESULT_VALUE, .word_count = 1,                         \
    .result_type = &long_type, .options = "", .version = ""

/* int f(const char *text): its key is bytes. */
#define TEXT_FUNCTION(title)                                                   \
    .abi = MEMO_ABI, .name = (title), .file = "test.c", .line = 8,             \
    .parameter_count = 1, .parameters = text_parameter,                        \
    .result_kind = MEMO_RESULT_VALUE, .result_type = &int_type, .options = "", \
    .version = ""

/* char *f(int n): its result is a text that the caller frees. */
#define NAME_FUNCTION(title)                                                   \
    .abi = MEMO_ABI, .name = (title), .file = "test.c", .line = 9,             \
    .parameter_count = 1, .parameters = int_parameter,                         \
    .result_kind = MEMO_RESULT_TEXT, .options = "", .version = ""

/* void f(int n, int *out): out(out[n]). */
#define FILL_FUNCTION(title)                                                   \
    .abi = MEMO_ABI, .name = (title), .file = "test.c", .line = 10,            \
    .parameter_count = 2, .parameters = fill_parameters,                       \
    .result_kind = MEMO_RESULT_NONE, .options = "", .version = ""

/* void f(int *values): inout(values[3]). */
#define UPDATE_FUNCTION(title)                                                 \
    .abi = MEMO_ABI, .name = (title), .file = "test.c", .line = 11,            \
    .parameter_count = 1, .parameters = update_parameters,                     \
    .result_kind = MEMO_RESULT_NONE, .options = "", .version = ""

static UNUSED long call_word(struct memo_function *function, long (*body)(int),
                             int n)
{
    struct memo_argument arguments[] = {{&n, 0}};
    struct memo_call call;
    memo_u64 word = memo_word(&n, sizeof n), value;
    long result = 0;

    if (memo_find_words(function, word, 0, &value)) {
        memcpy(&result, &value, sizeof result);
        return result;
    }
    memo_begin_words(&call, function, word, 0, arguments, &result);
    while (call.runs) {
        result = body(n);
        memo_end(&call, function, arguments, &result);
    }
    return result;
}

static UNUSED int call_text(struct memo_function *function,
                            int (*body)(const char *), const char *text)
{
    struct memo_argument arguments[] = {{(void *)(size_t)text, 0}};
    struct memo_call call;
    int result = 0;

    memo_begin(&call, function, arguments, &result);
    while (call.runs) {
        result = body(text);
        memo_end(&call, function, arguments, &result);
    }
    return result;
}

static UNUSED char *call_name(struct memo_function *function,
                              char *(*body)(int), int n)
{
    struct memo_argument arguments[] = {{&n, 0}};
    struct memo_call call;
    char *result = NULL;

    memo_begin(&call, function, arguments, &result);
    while (call.runs) {
        result = body(n);
        memo_end(&call, function, arguments, &result);
    }
    return result;
}

static UNUSED void call_fill(struct memo_function *function,
                             void (*body)(int, int *), int n, int *out)
{
    struct memo_argument arguments[] = {{&n, 0}, {out, (memo_u64)n}};
    struct memo_call call;

    memo_begin(&call, function, arguments, NULL);
    while (call.runs) {
        body(n, out);
        memo_end(&call, function, arguments, NULL);
    }
}

static UNUSED void call_update(struct memo_function *function,
                               void (*body)(int *), int *values)
{
    struct memo_argument arguments[] = {{values, 3}};
    struct memo_call call;

    memo_begin(&call, function, arguments, NULL);
    while (call.runs) {
        body(values);
        memo_end(&call, function, arguments, NULL);
    }
}

/* void *f(int n), @singleton or borrowed. */
#define SHARED_FUNCTION(title)                                                 \
    .abi = MEMO_ABI, .name = (title), .file = "test.c", .line = 12,            \
    .parameter_count = 1, .parameters = int_parameter,                         \
    .result_kind = MEMO_RESULT_VALUE, .word_count = 1,                         \
    .result_type = &address_type, .options = "", .version = ""

static UNUSED void *call_shared(struct memo_function *function,
                                void *(*body)(int), int n, int keep)
{
    struct memo_argument arguments[] = {{&n, 0}};
    struct memo_call call;
    memo_u64 word = memo_word(&n, sizeof n), value;
    void *result = NULL;

    if (memo_find_shared(function, word, 0, &value)) {
        memcpy(&result, &value, sizeof result);
        return result;
    }
    memo_begin_words(&call, function, word, 0, arguments, &result);
    while (call.runs) {
        result = body(n);
        memo_set_keep(&call, (memo_u32)keep);
        memo_end(&call, function, arguments, &result);
    }
    return result;
}

/* The counts of a function that its table names. */
static UNUSED memo_stats stats_of(const struct memo_function *function)
{
    memo_stats stats;

    memo_stats_of(&stats, function->address, function->name);
    return stats;
}

/* Settings that a test changes one or two of. */
static UNUSED memo_config settings(void)
{
    memo_config config;

    memo_config_get(&config);
    return config;
}

/* A clock that stands still until a test moves it. */
static _Atomic memo_u64 test_time UNUSED = 1000;

static UNUSED memo_u64 read_test_time(void *context)
{
    (void)context;
    return test_time;
}

static UNUSED void use_test_time(void)
{
    memo_config config = settings();

    config.clock = read_test_time;
    memo_config_set(&config);
}

#endif

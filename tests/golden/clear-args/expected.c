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
/* memo_clear_args() becomes a call of a function with f's own prototype. */
#include <memo.h>

int elsewhere(const char *name, int size);

// @memo
#line 19 "<stdout>"
int square(int n);
static int memo_body_square(int n);
#line 7 "input.c"
int memo_body_square
#line 7 "input.c"
          (int n)
{
    return n * n;
}
#line 29 "<stdout>"

/* ---- square: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_square[] = {
    {"n", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_square;
static struct memo_function memo_function_square = {
    MEMO_ABI, 0, "square", "input.c", 7u, 1u,
    memo_parameters_square, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_square, (memo_address)square, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int square(int n)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_square, memo_word(&n, sizeof n), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &n, 1);
    memo_begin_words(&memo_call, &memo_function_square, memo_word(&n, sizeof n), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_square(n);
        memo_end(&memo_call, &memo_function_square, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_square(int n);
int memo_clear_args_square(int n)
{
    return memo_clear_words(&memo_function_square, memo_word(&n, sizeof n), 0);
}
/* ---- end of square ---- */
#line 10 "input.c"


// @memo
#line 81 "<stdout>"
static int length(const char *text);
static int memo_body_length(const char *text);
#line 13 "input.c"
static int memo_body_length
#line 13 "input.c"
                 (const char *text)
{
    return text && *text ? 1 : 0;
}
#line 91 "<stdout>"

/* ---- length: made by memogen ---- */

static const struct memo_parameter memo_parameters_length[] = {
    {"text", 0, MEMO_BY_TEXT, MEMO_IN},
};
static struct memo_source memo_source_length;
static struct memo_function memo_function_length = {
    MEMO_ABI, 0, "length", "input.c", 13u, 1u,
    memo_parameters_length, MEMO_RESULT_VALUE, 0u, &memo_type_int,
    0u, 0u, 0u, "", "",
    "", &memo_source_length, (memo_address)length, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

static int length(const char *text)
{
    int memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], text, 1);
    memo_begin(&memo_call, &memo_function_length, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_length(text);
        memo_end(&memo_call, &memo_function_length, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

static __attribute__((__unused__)) int memo_clear_args_length(const char *text)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], text, 1);
    return memo_clear_call(&memo_function_length, memo_arguments);
}
/* ---- end of length ---- */
#line 16 "input.c"


void forget(int n);

#line 137 "<stdout>"
extern int memo_clear_args_elsewhere(const char *, int) __attribute__((__weak__));
#line 20 "input.c"
void forget(int n)
{
    memo_processed(memo_clear_args_square(
#line 22 "input.c"
                            n))
#line 22 "input.c"
                              ;
    if (memo_processed(memo_clear_args_length(
#line 23 "input.c"
                                "seven"))
#line 23 "input.c"
                                         != MEMO_OK)
        memo_clear(length);
    memo_processed(!memo_clear_args_elsewhere ? MEMO_NOT_MEMOIZED : memo_clear_args_elsewhere(
#line 25 "input.c"

                    "seven",
                    length("seven")))
#line 27 "input.c"
                                    ;
}
#line 161 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_elsewhere __attribute__((__weak__));
extern struct memo_source memo_source_memo_clear_function __attribute__((__weak__));
struct memo_source memo_source_square = {
    "square", { 13052826170671514604u, 8127194987546771232u }, MEMO_BUILD, 0u, 0,
    0, 0};
static struct memo_source memo_source_length __attribute__((__unused__)) = {
    "length", { 14199356429440464737u, 8460757919391297748u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_forget[] = {
    "elsewhere",
    "memo_clear_function",
    "square",
};
static struct memo_source *const memo_uses_forget[] = {
    &memo_source_elsewhere,
    &memo_source_memo_clear_function,
    &memo_source_square,
};
extern struct memo_source memo_source_forget;
struct memo_source memo_source_forget = {
    "forget", { 3101927674608519524u, 1511418900261372261u }, MEMO_BUILD, 3u, 0,
    memo_names_forget, memo_uses_forget};

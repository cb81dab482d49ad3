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
/* A function without a result and without inputs. */

// @memo
#line 16 "<stdout>"
void prepare(void);
static void memo_body_prepare(void);
#line 4 "input.c"
void memo_body_prepare
#line 4 "input.c"
            (void)
{
}
#line 25 "<stdout>"

/* ---- prepare: made by memogen ---- */

extern struct memo_source memo_source_prepare;
static struct memo_function memo_function_prepare = {
    MEMO_ABI, 0, "prepare", "input.c", 4u, 0u,
    0, MEMO_RESULT_NONE, 1u, 0,
    0u, 0u, 0u, "", "",
    "", &memo_source_prepare, (memo_address)prepare, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

void prepare(void)
{
    memo_u64 memo_value;
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_prepare, 0, 0,
                        &memo_value)) {
        return;
    }
    memo_begin_words(&memo_call, &memo_function_prepare, 0, 0,
                     0, 0);
    while (memo_is_to_run(&memo_call)) {
        memo_body_prepare();
        memo_end(&memo_call, &memo_function_prepare, 0,
                 0);
    }
}

int memo_clear_args_prepare(void);
int memo_clear_args_prepare(void)
{
    return memo_clear_words(&memo_function_prepare, 0, 0);
}
/* ---- end of prepare ---- */
#line 6 "input.c"


// @memo
#line 66 "<stdout>"
void prepare_one(int which);
static void memo_body_prepare_one(int which);
#line 9 "input.c"
void memo_body_prepare_one
#line 9 "input.c"
                (int which)
{
    (void)which;
}
#line 76 "<stdout>"

/* ---- prepare_one: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_prepare_one[] = {
    {"which", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_prepare_one;
static struct memo_function memo_function_prepare_one = {
    MEMO_ABI, 0, "prepare_one", "input.c", 9u, 1u,
    memo_parameters_prepare_one, MEMO_RESULT_NONE, 1u, 0,
    0u, 0u, 0u, "", "",
    "", &memo_source_prepare_one, (memo_address)prepare_one, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

void prepare_one(int which)
{
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_prepare_one, memo_word(&which, sizeof which), 0,
                        &memo_value)) {
        return;
    }
    memo_set_argument(&memo_arguments[0], &which, 1);
    memo_begin_words(&memo_call, &memo_function_prepare_one, memo_word(&which, sizeof which), 0,
                     memo_arguments, 0);
    while (memo_is_to_run(&memo_call)) {
        memo_body_prepare_one(which);
        memo_end(&memo_call, &memo_function_prepare_one, memo_arguments,
                 0);
    }
}

int memo_clear_args_prepare_one(int which);
int memo_clear_args_prepare_one(int which)
{
    return memo_clear_words(&memo_function_prepare_one, memo_word(&which, sizeof which), 0);
}
/* ---- end of prepare_one ---- */
#line 12 "input.c"

#line 123 "<stdout>"

/* ---- source hashes: made by memogen ---- */

struct memo_source memo_source_prepare = {
    "prepare", { 13112560479235717863u, 4535268933401755333u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_prepare_one = {
    "prepare_one", { 5623637210973602479u, 17043465652053346346u }, MEMO_BUILD, 0u, 0,
    0, 0};

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
extern char *copy_of(const char *text);

// @memo(borrow)
#line 16 "<stdout>"
char *changeable(const char *text);
static char *memo_body_changeable(const char *text);
#line 4 "input.c"
char *memo_body_changeable
#line 4 "input.c"
                (const char *text) { return copy_of(text); }
#line 23 "<stdout>"

/* ---- changeable: made by memogen ---- */

static const struct memo_parameter memo_parameters_changeable[] = {
    {"text", 0, MEMO_BY_TEXT, MEMO_IN},
};
static const struct memo_sharing memo_sharing_changeable = {
    1, 0, 0};
extern struct memo_source memo_source_changeable;
static struct memo_function memo_function_changeable = {
    MEMO_ABI, 0, "changeable", "input.c", 4u, 1u,
    memo_parameters_changeable, MEMO_RESULT_TEXT, 0u, 0,
    0u, 0u, 0u, "borrow", "",
    "", &memo_source_changeable, (memo_address)changeable, &memo_unit,
    0, 0, &memo_sharing_changeable, 0, 0,
    0, 0, 0};

char *changeable(const char *text)
{
    char *memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], text, 1);
    memo_begin(&memo_call, &memo_function_changeable, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_changeable(text);
        memo_end(&memo_call, &memo_function_changeable, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_changeable(const char *text);
int memo_clear_args_changeable(const char *text)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], text, 1);
    return memo_clear_call(&memo_function_changeable, memo_arguments);
}
/* ---- end of changeable ---- */
#line 4 "input.c"


// @memo(borrow)
#line 71 "<stdout>"
const char *constant(const char *text);
static const char *memo_body_constant(const char *text);
#line 7 "input.c"
const char *memo_body_constant
#line 7 "input.c"
                    (const char *text) { return copy_of(text); }
#line 78 "<stdout>"

/* ---- constant: made by memogen ---- */

static const struct memo_parameter memo_parameters_constant[] = {
    {"text", 0, MEMO_BY_TEXT, MEMO_IN},
};
static const struct memo_sharing memo_sharing_constant = {
    1, 0, 0};
extern struct memo_source memo_source_constant;
static struct memo_function memo_function_constant = {
    MEMO_ABI, 0, "constant", "input.c", 7u, 1u,
    memo_parameters_constant, MEMO_RESULT_TEXT, 0u, 0,
    0u, 0u, 0u, "borrow", "",
    "", &memo_source_constant, (memo_address)constant, &memo_unit,
    0, 0, &memo_sharing_constant, 0, 0,
    0, 0, 0};

const char *constant(const char *text)
{
    const char *memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], text, 1);
    memo_begin(&memo_call, &memo_function_constant, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_constant(text);
        memo_end(&memo_call, &memo_function_constant, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_constant(const char *text);
int memo_clear_args_constant(const char *text)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], text, 1);
    return memo_clear_call(&memo_function_constant, memo_arguments);
}
/* ---- end of constant ---- */
#line 7 "input.c"


// @memo(borrow=false)
#line 126 "<stdout>"
char *copied(const char *text);
static char *memo_body_copied(const char *text);
#line 10 "input.c"
char *memo_body_copied
#line 10 "input.c"
            (const char *text) { return copy_of(text); }
#line 133 "<stdout>"

/* ---- copied: made by memogen ---- */

static const struct memo_parameter memo_parameters_copied[] = {
    {"text", 0, MEMO_BY_TEXT, MEMO_IN},
};
extern struct memo_source memo_source_copied;
static struct memo_function memo_function_copied = {
    MEMO_ABI, 0, "copied", "input.c", 10u, 1u,
    memo_parameters_copied, MEMO_RESULT_TEXT, 0u, 0,
    0u, 0u, 0u, "", "",
    "", &memo_source_copied, (memo_address)copied, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

char *copied(const char *text)
{
    char *memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], text, 1);
    memo_begin(&memo_call, &memo_function_copied, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_copied(text);
        memo_end(&memo_call, &memo_function_copied, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_copied(const char *text);
int memo_clear_args_copied(const char *text)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], text, 1);
    return memo_clear_call(&memo_function_copied, memo_arguments);
}
/* ---- end of copied ---- */
#line 10 "input.c"

#line 177 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_copy_of __attribute__((__weak__));
static const char *const memo_names_changeable[] = {
    "copy_of",
};
static struct memo_source *const memo_uses_changeable[] = {
    &memo_source_copy_of,
};
struct memo_source memo_source_changeable = {
    "changeable", { 18162526293080863297u, 12635666100502213882u }, MEMO_BUILD, 1u, 0,
    memo_names_changeable, memo_uses_changeable};
static const char *const memo_names_constant[] = {
    "copy_of",
};
static struct memo_source *const memo_uses_constant[] = {
    &memo_source_copy_of,
};
struct memo_source memo_source_constant = {
    "constant", { 13435818688541852023u, 5000249509129311186u }, MEMO_BUILD, 1u, 0,
    memo_names_constant, memo_uses_constant};
static const char *const memo_names_copied[] = {
    "copy_of",
};
static struct memo_source *const memo_uses_copied[] = {
    &memo_source_copy_of,
};
struct memo_source memo_source_copied = {
    "copied", { 16496815957288333972u, 15077029406947279339u }, MEMO_BUILD, 1u, 0,
    memo_names_copied, memo_uses_copied};

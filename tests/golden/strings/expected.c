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
/* Texts are inputs by content; a char * result is the caller's to free. */
#include <stddef.h>

void *malloc(size_t size);

// @memo
#line 19 "<stdout>"
unsigned long checksum(const char *text);
static unsigned long memo_body_checksum(const char *text);
#line 7 "input.c"
unsigned long memo_body_checksum
#line 7 "input.c"
                      (const char *text)
{
    unsigned long sum = 0;

    while (text && *text)
        sum = sum * 31 + (unsigned char)*text++;
    return sum;
}
#line 33 "<stdout>"

/* ---- checksum: made by memogen ---- */

static const struct memo_type memo_type_unsigned_long = {
    "unsigned long", MEMO_KIND_UNSIGNED, 0u,
    sizeof(unsigned long), 0, 0, 0};
static const struct memo_parameter memo_parameters_checksum[] = {
    {"text", 0, MEMO_BY_TEXT, MEMO_IN},
};
extern struct memo_source memo_source_checksum;
static struct memo_function memo_function_checksum = {
    MEMO_ABI, 0, "checksum", "input.c", 7u, 1u,
    memo_parameters_checksum, MEMO_RESULT_VALUE, 0u, &memo_type_unsigned_long,
    0u, 0u, 0u, "", "",
    "", &memo_source_checksum, (memo_address)checksum, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

unsigned long checksum(const char *text)
{
    unsigned long memo_result;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], text, 1);
    memo_begin(&memo_call, &memo_function_checksum, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_checksum(text);
        memo_end(&memo_call, &memo_function_checksum, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_checksum(const char *text);
int memo_clear_args_checksum(const char *text)
{
    struct memo_argument memo_arguments[1];

    memo_set_argument(&memo_arguments[0], text, 1);
    return memo_clear_call(&memo_function_checksum, memo_arguments);
}
/* ---- end of checksum ---- */
#line 14 "input.c"


// @memo(string(name), string(buffer))
#line 82 "<stdout>"
char *greeting(char *name, const char *buffer, size_t size);
static char *memo_body_greeting(char *name, const char *buffer, size_t size);
#line 17 "input.c"
char *memo_body_greeting
#line 17 "input.c"
              (char *name, const char *buffer, size_t size)
{
    char *made = malloc(size + 1);

    if (made) {
        made[0] = name[0] ? buffer[0] : '\0';
        made[1] = '\0';
    }
    return made;
}
#line 98 "<stdout>"

/* ---- greeting: made by memogen ---- */

static const struct memo_type memo_type_size_t = {
    "size_t", MEMO_KIND_UNSIGNED, 0u,
    sizeof(size_t), 0, 0, 0};
static const struct memo_parameter memo_parameters_greeting[] = {
    {"name", 0, MEMO_BY_TEXT, MEMO_IN},
    {"buffer", 0, MEMO_BY_TEXT, MEMO_IN},
    {"size", &memo_type_size_t, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_greeting;
static struct memo_function memo_function_greeting = {
    MEMO_ABI, 0, "greeting", "input.c", 17u, 3u,
    memo_parameters_greeting, MEMO_RESULT_TEXT, 0u, 0,
    0u, 0u, 0u, "string(name), string(buffer)", "",
    "string(name), string(buffer)", &memo_source_greeting, (memo_address)greeting, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

char *greeting(char *name, const char *buffer, size_t size)
{
    char *memo_result;
    struct memo_argument memo_arguments[3];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], name, 1);
    memo_set_argument(&memo_arguments[1], buffer, 1);
    memo_set_argument(&memo_arguments[2], &size, 1);
    memo_begin(&memo_call, &memo_function_greeting, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_greeting(name, buffer, size);
        memo_end(&memo_call, &memo_function_greeting, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_greeting(char *name, const char *buffer, size_t size);
int memo_clear_args_greeting(char *name, const char *buffer, size_t size)
{
    struct memo_argument memo_arguments[3];

    memo_set_argument(&memo_arguments[0], name, 1);
    memo_set_argument(&memo_arguments[1], buffer, 1);
    memo_set_argument(&memo_arguments[2], &size, 1);
    return memo_clear_call(&memo_function_greeting, memo_arguments);
}
/* ---- end of greeting ---- */
#line 26 "input.c"

#line 151 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_malloc __attribute__((__weak__));
struct memo_source memo_source_checksum = {
    "checksum", { 2494435033885270708u, 11875870765694880448u }, MEMO_BUILD, 0u, 0,
    0, 0};
static const char *const memo_names_greeting[] = {
    "malloc",
};
static struct memo_source *const memo_uses_greeting[] = {
    &memo_source_malloc,
};
struct memo_source memo_source_greeting = {
    "greeting", { 6498388485515920125u, 17896679268556021240u }, MEMO_BUILD, 1u, 0,
    memo_names_greeting, memo_uses_greeting};

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
/* Pointers and handles that all callers share. */

struct link;
extern struct link *connect_to(const char *host, int port);
extern int is_alive(const struct link *link);
extern void disconnect(struct link *link);
extern int close_handle(int handle);
struct pair {
    int *first;
    double second;
};

/* @singleton(ttl="1h", validate=is_alive, release=disconnect) */
#line 26 "<stdout>"
struct link *get_link(const char *host, int port);
static struct link *memo_body_get_link(const char *host, int port);
#line 14 "input.c"
struct link *memo_body_get_link
#line 14 "input.c"
                     (const char *host, int port)
{
    return connect_to(host, port);
}
#line 36 "<stdout>"

/* ---- get_link: made by memogen ---- */

static const struct memo_type memo_type_struct_link_p = {
    "struct link *", MEMO_KIND_ADDRESS, 0u,
    sizeof(struct link *), 0, 0, 0};
static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_parameter memo_parameters_get_link[] = {
    {"host", 0, MEMO_BY_TEXT, MEMO_IN},
    {"port", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
static int memo_validates_get_link(const void *memo_object)
{
    struct link *memo_argument;
    __builtin_memcpy(&memo_argument, memo_object, sizeof memo_argument);
    return is_alive(memo_argument) ? 1 : 0;
}
static void memo_releases_get_link(const void *memo_object)
{
    struct link *memo_argument;
    __builtin_memcpy(&memo_argument, memo_object, sizeof memo_argument);
    (void)disconnect(memo_argument);
}
static const struct memo_sharing memo_sharing_get_link = {
    0, memo_validates_get_link, memo_releases_get_link};
extern struct memo_source memo_source_get_link;
static struct memo_function memo_function_get_link = {
    MEMO_ABI, 0, "get_link", "input.c", 14u, 2u,
    memo_parameters_get_link, MEMO_RESULT_VALUE, 0u, &memo_type_struct_link_p,
    3600000000000u, 0u, 0u, "ttl=3600, validate=is_alive, release=disconnect", "",
    "", &memo_source_get_link, (memo_address)get_link, &memo_unit,
    0, 0, &memo_sharing_get_link, 0, 0,
    0, 0, 0};

struct link *get_link(const char *host, int port)
{
    struct link *memo_result;
    struct memo_argument memo_arguments[2];
    struct memo_call memo_call;

    memo_set_argument(&memo_arguments[0], host, 1);
    memo_set_argument(&memo_arguments[1], &port, 1);
    memo_begin(&memo_call, &memo_function_get_link, memo_arguments,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_get_link(host, port);
        memo_end(&memo_call, &memo_function_get_link, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_get_link(const char *host, int port);
int memo_clear_args_get_link(const char *host, int port)
{
    struct memo_argument memo_arguments[2];

    memo_set_argument(&memo_arguments[0], host, 1);
    memo_set_argument(&memo_arguments[1], &port, 1);
    return memo_clear_call(&memo_function_get_link, memo_arguments);
}
/* ---- end of get_link ---- */
#line 17 "input.c"


/* @cache_resource(release=close_handle, cache_if=result >= 0) */
#line 105 "<stdout>"
int get_handle(int number);
static int memo_body_get_handle(int number);
#line 20 "input.c"
int memo_body_get_handle
#line 20 "input.c"
              (int number)
{
    return number - 3;
}
#line 115 "<stdout>"

/* ---- get_handle: made by memogen ---- */

static const struct memo_parameter memo_parameters_get_handle[] = {
    {"number", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
static void memo_releases_get_handle(const void *memo_object)
{
    int memo_argument;
    __builtin_memcpy(&memo_argument, memo_object, sizeof memo_argument);
    (void)close_handle(memo_argument);
}
static const struct memo_sharing memo_sharing_get_handle = {
    0, 0, memo_releases_get_handle};
extern struct memo_source memo_source_get_handle;
static struct memo_function memo_function_get_handle = {
    MEMO_ABI, MEMO_RESULT_MAY_BE_NULL, "get_handle", "input.c", 20u, 1u,
    memo_parameters_get_handle, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "release=close_handle, cache_if=result >= 0", "",
    "cache_if=result >= 0", &memo_source_get_handle, (memo_address)get_handle, &memo_unit,
    0, 0, &memo_sharing_get_handle, 0, 0,
    0, 0, 0};

int get_handle(int number)
{
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_shared(&memo_function_get_handle, memo_word(&number, sizeof number), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &number, 1);
    memo_begin_words(&memo_call, &memo_function_get_handle, memo_word(&number, sizeof number), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_get_handle(number);
        memo_set_keep(&memo_call, (memo_result >= 0) ? 1u : 0u);
        memo_end(&memo_call, &memo_function_get_handle, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_get_handle(int number);
int memo_clear_args_get_handle(int number)
{
    return memo_clear_words(&memo_function_get_handle, memo_word(&number, sizeof number), 0);
}
/* ---- end of get_handle ---- */
#line 23 "input.c"


/* @experimental_singleton */
#line 173 "<stdout>"
struct pair get_pair(void);
static struct pair memo_body_get_pair(void);
#line 26 "input.c"
struct pair memo_body_get_pair
#line 26 "input.c"
                    (void)
{
    static int n;
    struct pair pair;
    pair.first = &n;
    pair.second = 2;
    return pair;
}
#line 187 "<stdout>"

/* ---- get_pair: made by memogen ---- */

static const struct memo_type memo_type_struct_pair = {
    "struct pair", MEMO_KIND_STRUCT, 0u,
    sizeof(struct pair), 0, 0, 0};
static const struct memo_sharing memo_sharing_get_pair = {
    0, 0, 0};
extern struct memo_source memo_source_get_pair;
static struct memo_function memo_function_get_pair = {
    MEMO_ABI, MEMO_VALUE_IS_DEEP, "get_pair", "input.c", 26u, 0u,
    0, MEMO_RESULT_VALUE, 0u, &memo_type_struct_pair,
    0u, 0u, 0u, "", "",
    "", &memo_source_get_pair, (memo_address)get_pair, &memo_unit,
    0, 0, &memo_sharing_get_pair, 0, 0,
    0, 0, 0};

struct pair get_pair(void)
{
    struct pair memo_result;
    struct memo_call memo_call;

    memo_begin(&memo_call, &memo_function_get_pair, 0,
               &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_get_pair();
        memo_end(&memo_call, &memo_function_get_pair, 0,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_get_pair(void);
int memo_clear_args_get_pair(void)
{
    return memo_clear_call(&memo_function_get_pair, 0);
}
/* ---- end of get_pair ---- */
#line 33 "input.c"


/* @singleton */
#line 230 "<stdout>"
void set_up(void);
static void memo_body_set_up(void);
#line 36 "input.c"
void memo_body_set_up
#line 36 "input.c"
           (void) {}
#line 237 "<stdout>"

/* ---- set_up: made by memogen ---- */

static const struct memo_sharing memo_sharing_set_up = {
    0, 0, 0};
extern struct memo_source memo_source_set_up;
static struct memo_function memo_function_set_up = {
    MEMO_ABI, 0, "set_up", "input.c", 36u, 0u,
    0, MEMO_RESULT_NONE, 1u, 0,
    0u, 0u, 0u, "", "",
    "", &memo_source_set_up, (memo_address)set_up, &memo_unit,
    0, 0, &memo_sharing_set_up, 0, 0,
    0, 0, 0};

void set_up(void)
{
    memo_u64 memo_value;
    struct memo_call memo_call;

    if (memo_find_shared(&memo_function_set_up, 0, 0,
                        &memo_value)) {
        return;
    }
    memo_begin_words(&memo_call, &memo_function_set_up, 0, 0,
                     0, 0);
    while (memo_is_to_run(&memo_call)) {
        memo_body_set_up();
        memo_end(&memo_call, &memo_function_set_up, 0,
                 0);
    }
}

int memo_clear_args_set_up(void);
int memo_clear_args_set_up(void)
{
    return memo_clear_words(&memo_function_set_up, 0, 0);
}
/* ---- end of set_up ---- */
#line 36 "input.c"


static struct pair known;

/* @singleton(impure_ok) */
#line 282 "<stdout>"
struct pair *get_known(int which);
static struct pair *memo_body_get_known(int which);
#line 41 "input.c"
struct pair *memo_body_get_known
#line 41 "input.c"
                      (int which)
{
    static struct pair other;
    return which ? &known : &other;
}
#line 293 "<stdout>"

/* ---- get_known: made by memogen ---- */

static const struct memo_type memo_type_struct_pair_p = {
    "struct pair *", MEMO_KIND_ADDRESS, 0u,
    sizeof(struct pair *), 0, 0, 0};
static const struct memo_parameter memo_parameters_get_known[] = {
    {"which", &memo_type_int, MEMO_BY_VALUE, MEMO_IN},
};
static const struct memo_sharing memo_sharing_get_known = {
    0, 0, 0};
extern struct memo_source memo_source_get_known;
static struct memo_function memo_function_get_known = {
    MEMO_ABI, MEMO_VALUE_IS_DEEP, "get_known", "input.c", 41u, 1u,
    memo_parameters_get_known, MEMO_RESULT_VALUE, 1u, &memo_type_struct_pair_p,
    0u, 0u, 0u, "impure_ok", "",
    "", &memo_source_get_known, (memo_address)get_known, &memo_unit,
    0, 0, &memo_sharing_get_known, 0, 0,
    0, 0, 0};

struct pair *get_known(int which)
{
    struct pair *memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_shared(&memo_function_get_known, memo_word(&which, sizeof which), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &which, 1);
    memo_begin_words(&memo_call, &memo_function_get_known, memo_word(&which, sizeof which), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_get_known(which);
        memo_end(&memo_call, &memo_function_get_known, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_get_known(int which);
int memo_clear_args_get_known(int which)
{
    return memo_clear_words(&memo_function_get_known, memo_word(&which, sizeof which), 0);
}
/* ---- end of get_known ---- */
#line 45 "input.c"


/* @singleton */
#line 347 "<stdout>"
const char *get_name(void);
static const char *memo_body_get_name(void);
#line 48 "input.c"
const char *memo_body_get_name
#line 48 "input.c"
                    (void) { return "name"; }
#line 354 "<stdout>"

/* ---- get_name: made by memogen ---- */

static const struct memo_type memo_type_const_char_p = {
    "const char *", MEMO_KIND_ADDRESS, 0u,
    sizeof(const char *), 0, 0, 0};
static const struct memo_sharing memo_sharing_get_name = {
    0, 0, 0};
extern struct memo_source memo_source_get_name;
static struct memo_function memo_function_get_name = {
    MEMO_ABI, 0, "get_name", "input.c", 48u, 0u,
    0, MEMO_RESULT_VALUE, 1u, &memo_type_const_char_p,
    0u, 0u, 0u, "", "",
    "", &memo_source_get_name, (memo_address)get_name, &memo_unit,
    0, 0, &memo_sharing_get_name, 0, 0,
    0, 0, 0};

const char *get_name(void)
{
    const char *memo_result;
    memo_u64 memo_value;
    struct memo_call memo_call;

    if (memo_find_shared(&memo_function_get_name, 0, 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_begin_words(&memo_call, &memo_function_get_name, 0, 0,
                     0, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_get_name();
        memo_end(&memo_call, &memo_function_get_name, 0,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_get_name(void);
int memo_clear_args_get_name(void)
{
    return memo_clear_words(&memo_function_get_name, 0, 0);
}
/* ---- end of get_name ---- */
#line 48 "input.c"

#line 401 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_connect_to __attribute__((__weak__));
static const char *const memo_names_get_link[] = {
    "connect_to",
};
static struct memo_source *const memo_uses_get_link[] = {
    &memo_source_connect_to,
};
struct memo_source memo_source_get_link = {
    "get_link", { 7988169764075341348u, 11454629871241790738u }, MEMO_BUILD, 1u, 0,
    memo_names_get_link, memo_uses_get_link};
struct memo_source memo_source_get_handle = {
    "get_handle", { 18028690162810053478u, 8652725697198649730u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_get_pair = {
    "get_pair", { 17063622727237665368u, 3683627580489115561u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_set_up = {
    "set_up", { 9582494127356052849u, 9355419978608802898u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_get_known = {
    "get_known", { 14758299812729634292u, 10370932250186100009u }, MEMO_BUILD, 0u, 0,
    0, 0};
struct memo_source memo_source_get_name = {
    "get_name", { 1617331942231824799u, 8564827357713662936u }, MEMO_BUILD, 0u, 0,
    0, 0};

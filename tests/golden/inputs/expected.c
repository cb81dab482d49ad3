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
/* What is no part of the key, and what has a hash of its own. */
#include <stdint.h>

struct tree;
typedef int visitor(int);

uint64_t hash_tree(const struct tree *tree);

// @memo(hash(tree, hash_tree), ignore(progress))
#line 22 "<stdout>"
int depth(struct tree *tree, visitor *progress, int _verbose);
static int memo_body_depth(struct tree *tree, visitor *progress, int _verbose);
#line 10 "input.c"
int memo_body_depth
#line 10 "input.c"
         (struct tree *tree, visitor *progress, int _verbose)
{
    (void)progress, (void)_verbose;
    return tree ? 1 : 0;
}
#line 33 "<stdout>"

/* ---- depth: made by memogen ---- */

static const struct memo_type memo_type_int = {
    "int", MEMO_KIND_SIGNED, 0u,
    sizeof(int), 0, 0, 0};
static const struct memo_type memo_type_uint64_t = {
    "uint64_t", MEMO_KIND_UNSIGNED, 0u,
    sizeof(uint64_t), 0, 0, 0};
static const struct memo_parameter memo_parameters_depth[] = {
    {"hash(tree, hash_tree)", &memo_type_uint64_t, MEMO_BY_VALUE, MEMO_IN},
};
extern struct memo_source memo_source_depth;
static struct memo_function memo_function_depth = {
    MEMO_ABI, 0, "depth", "input.c", 10u, 1u,
    memo_parameters_depth, MEMO_RESULT_VALUE, 1u, &memo_type_int,
    0u, 0u, 0u, "hash(tree, hash_tree), ignore(progress)", "",
    "hash(tree, hash_tree), ignore(progress)", &memo_source_depth, (memo_address)depth, &memo_unit,
    0, 0, 0, 0, 0,
    0, 0, 0};

int depth(struct tree *tree, visitor *progress, int _verbose)
{
    uint64_t memo_key_0 = (hash_tree(tree));
    int memo_result;
    memo_u64 memo_value;
    struct memo_argument memo_arguments[1];
    struct memo_call memo_call;

    if (memo_find_words(&memo_function_depth, memo_word(&memo_key_0, sizeof memo_key_0), 0,
                        &memo_value)) {
        __builtin_memcpy(&memo_result, &memo_value, sizeof memo_result);
        return memo_result;
    }
    memo_set_argument(&memo_arguments[0], &memo_key_0, 1);
    memo_begin_words(&memo_call, &memo_function_depth, memo_word(&memo_key_0, sizeof memo_key_0), 0,
                     memo_arguments, &memo_result);
    while (memo_is_to_run(&memo_call)) {
        memo_result = memo_body_depth(tree, progress, _verbose);
        memo_end(&memo_call, &memo_function_depth, memo_arguments,
                 &memo_result);
    }
    return memo_result;
}

int memo_clear_args_depth(struct tree *tree, visitor *progress, int _verbose);
int memo_clear_args_depth(struct tree *tree, visitor *progress, int _verbose)
{
    uint64_t memo_key_0 = (hash_tree(tree));
    (void)tree;
    (void)progress;
    (void)_verbose;
    return memo_clear_words(&memo_function_depth, memo_word(&memo_key_0, sizeof memo_key_0), 0);
}
/* ---- end of depth ---- */
#line 14 "input.c"

#line 91 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_hash_tree __attribute__((__weak__));
static const char *const memo_names_depth[] = {
    "hash_tree",
};
static struct memo_source *const memo_uses_depth[] = {
    &memo_source_hash_tree,
};
struct memo_source memo_source_depth = {
    "depth", { 16145978737824664847u, 14942190019979242514u }, MEMO_BUILD, 1u, 0,
    memo_names_depth, memo_uses_depth};

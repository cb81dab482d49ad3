/* What is no part of the key, and what has a hash of its own. */
#include <stdint.h>

struct tree;
typedef int visitor(int);

uint64_t hash_tree(const struct tree *tree);

// @memo(hash(tree, hash_tree), ignore(progress))
int depth(struct tree *tree, visitor *progress, int _verbose)
{
    (void)progress, (void)_verbose;
    return tree ? 1 : 0;
}

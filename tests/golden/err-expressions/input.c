/* Expressions of an annotation that mean nothing, or the wrong thing. */

struct pair {
    int left, right;
};

union either {
    int whole;
    float part;
};

extern union either choice;
struct pair *make(int n);

// @memo(key(seting))
int key_unknown(int n) { return n; }

// @memo(key(choice))
int key_union(int n) { return n; }

// @memo(cache_if=result >)
int half_condition(int n) { return n; }

// @memo(cache_if=result.left)
int no_member(int n) { return n; }

// @memo(cache_if=result > 0)
void no_result(int n) { (void)n; }

// @memo(depends(n))
int no_path(int n) { return n; }

// @memo(returns(result[count]))
int *no_count(int n) { return n ? 0 : 0; }

// @memo(returns(result[1.0]))
int *no_integer(int n) { return n ? 0 : 0; }

// @memo(hash(p, no_function))
int no_hash(struct pair *p) { return p->left; }

// @memo(hash(p, make))
int hash_of_wrong_type(int p) { return p; }

// @memo(depends(result))
char *no_result_yet(int n) { return n ? 0 : 0; }

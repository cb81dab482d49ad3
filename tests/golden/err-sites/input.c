/* Annotations that stand where no function follows. */

int behind(int n); // @memo

// @memo
int prototype(int n);

// @memo
int variable;

// @memo
struct type {
    int member;
};

int inside(int n);

int inside(int n)
{
    // @memo
    return n;
}

// @memo(ttl=60)
// @memo(max_entries=5)
int two(int n)
{
    return n;
}

int behind(int n) { return n; } /* @memo */

#if 0
// @memo
int left_out(int n) { return n; }
#endif

// @memo

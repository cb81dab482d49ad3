#include <memo.h>

static int odd(int n);
int f(int n);

/* @memo */ static int even(int n)
{
    return n == 0 ? 1 : odd(n - 1);
}

// @memo(ttl=1.5)

/* another comment */
static int odd(int n) { return n == 0 ? 0 : even(n - 1); }

// @memo
static inline long fib(int n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static int (*const table[])(int) = {even, odd};

// @memo
int f(int n)
{
    return table[n & 1](n) + (int)fib(n & 7);
}

int main(void)
{
    memo_clear(f);
    if (memo_clear_args(f, 3) != MEMO_OK)
        return f(2);
    memo_clear_all();
    return memo_clear_args(fib,
                           2) == MEMO_OK ? f(1) : 0;
}

#include "load.h"

int even(int n);
int near(int n);

static int twin(int n)
{
    return n;
}

/* The linker may find another definition of it. */
int near(int n)
{
    return n + 4;
}

/* @memo(impure_ok) */
int load(int n)
{
    return helper(n) + operations[n & 1](n) + weights[0] + odd(n) + twin(n) +
           preferred(n) + near(n) + unseen(abs(n));
}

int even(int n)
{
    return n == 0 ? 1 : odd(n - 1);
}

#include "trap.h"

#include "calls.h"

/* @memo */
int odd(int n)
{
    return n == 0 ? 0 : even(n - 1);
}
/* @memo */
static int same(int x)
{
    return x * 20;
}
/* @memo */
int outside(int x)
{
    return same(x);
}
unary *pick(int which)
{
    return which ? outside : same;
}

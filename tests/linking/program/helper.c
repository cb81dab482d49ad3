#include "load.h"

int even(int n);
int unrelated(int n);

static int twin(int n)
{
    return n + 3;
}

/* Add some. */
int helper(int n)
{
    return brighten(twin(n)) + 10;
}

static int increment(int n)
{
    return n + 21;
}

static int decrement(int n)
{
    return n - 22;
}

operation *const operations[2] = {increment, decrement};
int weights[2] = {5, 6};

int odd(int n)
{
    return n == 0 ? 0 : even(n - 1);
}

__attribute__((weak)) int preferred(int n)
{
    return n + 31;
}

int unrelated(int n)
{
    return n + 41;
}

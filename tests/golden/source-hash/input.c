/* The table names all that a function uses. */
#include <limits.h>
#include <math.h>

#define SCALE(x) ((x) * FACTOR)
#define FACTOR 3

struct table {
    int rows;
};

static const int primes[] = {2, 3, 5, 7};
const struct table empty = {0};
int counter;

extern int elsewhere(int n);

static int helper(int n)
{
    return primes[n & 3] + (int)floor(n);
}

// @memo
int compute(int n)
{
    return n == INT_MAX ? empty.rows : SCALE(helper(n)) + elsewhere(n);
}

__attribute__((visibility("hidden"))) int unrelated(void);

__attribute__((visibility("hidden"))) int unrelated(void)
{
    return counter++;
}

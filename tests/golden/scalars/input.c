/* Inputs of at most two words are looked up directly. */
#include <stdbool.h>

enum season { SPRING, SUMMER, AUTUMN, WINTER };

// @memo
long binomial(int n, int k)
{
    return k == 0 || k == n ? 1 : binomial(n - 1, k - 1) + binomial(n - 1, k);
}

// @memo
double power(double base, unsigned exponent)
{
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

// @memo
bool is_warm(enum season season)
{
    return season == SUMMER;
}

// @memo
int answer(void)
{
    return 42;
}

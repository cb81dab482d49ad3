/* Each needs the other's source hash. */
#include <stdbool.h>

bool is_odd(unsigned n);

// @memo
bool is_even(unsigned n)
{
    return n == 0 || is_odd(n - 1);
}

// @memo
bool is_odd(unsigned n)
{
    return n != 0 && is_even(n - 1);
}

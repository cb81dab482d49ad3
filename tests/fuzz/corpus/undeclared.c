/* What old C declares by its use. */
#include <memo.h>

// @memo
int square(int n)
{
    return n * n;
}

void forget(int n);
void forget(int n)
{
    memo_clear_args(cube, n);
    memo_clear_args(square, n);
}

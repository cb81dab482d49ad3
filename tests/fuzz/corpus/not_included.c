/* A name of memo.h where nothing includes it. */

// @memo
int square(int n)
{
    return n * n;
}

void forget(int n);
void forget(int n)
{
    memo_clear_args(square, n);
}

/* memo_clear_args() becomes a call of a function with f's own prototype. */
#include <memo.h>

int elsewhere(const char *name, int size);

// @memo
int square(int n)
{
    return n * n;
}

// @memo
static int length(const char *text)
{
    return text && *text ? 1 : 0;
}

void forget(int n);

void forget(int n)
{
    memo_clear_args(square, n);
    if (memo_clear_args(length, "seven") != MEMO_OK)
        memo_clear(length);
    memo_clear_args(elsewhere,
                    "seven",
                    length("seven"));
}

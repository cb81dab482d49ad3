/* main.c -- call fib() and show what it costs. */
#include "fib.h"

#include "../show.h"

int main(void)
{
    long result;

    SHOW(fib, result = fib(32));
    printf("fib(32) = %ld\n", result);
    SHOW(fib, result = fib(32));
    printf("fib(32) = %ld\n", result);

    /* Without memogen the next call would take some centuries. */
    if (memo_clear(fib) == MEMO_OK) {
        SHOW(fib, result = fib(90));
        fprintf(stderr, "  fib(90) = %ld\n", result);
    }
    return 0;
}

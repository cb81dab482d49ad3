/* Who calls whom, and how. */
#include "trap.h"

#include "calls.h"

#include <errno.h>
#include <setjmp.h>
#include <stdlib.h>

/* @memo */
static unsigned long fib(unsigned n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/* @memo */
int even(int n)
{
    return n == 0 ? 1 : odd(n - 1);
}

/* @memo */
static int same(int x)
{
    return x * 10;
}

/* @memo */
static int by_pointer(int x)
{
    return x + 1;
}
static int (*const table[])(int) = {by_pointer, same, even};
static int (*variable)(int) = by_pointer;

/* @memo(ignore(f)) */
static int apply(int x, unary *f)
{
    return f(x);
}

/* @memo */
static int sets_errno(int x)
{
    errno = EDOM;
    return x;
}

/* @memo */
static long three(long a, long b, long c)
{
    return a * 10000 + b * 100 + c;
}

/* @memo */
static int ackermann(int m, int n)
{
    return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static jmp_buf out_of_here;
/* @memo(impure_ok) */
static int jumps(int x)
{
    if (x < 0)
        longjmp(out_of_here, 1);
    return x;
}

/* The wrapper is called with the arguments' side effects once. */
/* @memo */
static int once(int a, int b)
{
    return a * 100 + b;
}

int main(void)
{
    volatile int round, i = 0;
    volatile int jumped = 0;
    printf("%lu\n", fib(25));
    for (round = 0; round < 2; round++) {
        printf("%lu %d %d\n", fib(20), even(10), odd(7));
        printf("%d %d %d\n", same(1), outside(1), table[0](5));
        printf("%d %d %d\n", table[1](2), table[2](3), variable(5));
        printf("%d %d\n", apply(1, by_pointer), apply(2, pick(0)));
        errno = 0;
        printf("%d", sets_errno(1));
        printf(" %d\n", round == 0 ? errno == EDOM : 1);
        printf("%ld %ld\n", three(1, 2, 3), three(3, 2, 1));
        printf("%d\n", ackermann(2, 3));
        if (setjmp(out_of_here) == 0)
            jumps(-1);
        else
            jumped++;
        printf("%d %d\n", jumps(1), jumped);
        printf("%d ", once(i++, 7));
        i = 0;
        printf("%d\n", i);
    }
    TRAP_HITS(same, 1 + 1);
    TRAP_HITS(three, 2);
    TRAP_HITS(once, 1);
    TRAP_HITS(apply, 2);
    TRAP_HITS(sets_errno, 1);
    return 0;
}

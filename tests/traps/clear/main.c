/* memo_clear_args() in the file of its function, before and after it. */
#include "trap.h"

#include "clear.h"

int runs;

static int before(int x);
static int clears_before(void);
int clears_extern_before(void);

static int clears_before(void)
{
    return memo_clear_args(before, 1) == MEMO_OK && memo_clear_args(later, 1L, 2.0) == MEMO_OK;
}

/* @memo(impure_ok) */
static int before(int x)
{
    runs++;
    return x;
}

int clears_extern_before(void)
{
    int x = 0;
    (void)memo_clear_args ( later , ( x++ , 1L ) , 2.0 );
    return x * 0;
}

/* @memo(impure_ok) */
long later(long x, double y)
{
    runs++;
    return x + (long)y;
}

/* @memo(impure_ok) */
int shared(int x, const char *s)
{
    runs++;
    return x + *s;
}

/* @memo(impure_ok) */
static int nothing(void)
{
    runs++;
    return 5;
}

/* @memo(impure_ok, in(p[n]), out(q[1])) */
static int many(const int *p, int n, int *q, int _quiet)
{
    (void)_quiet;
    *q = p[n - 1];
    runs++;
    return 5;
}

int never(int x)
{
    return x;
}

#define CLEAR(x) memo_clear_args(before, x)

int main(void)
{
    int ps[2] = {1, 2}, q = 0, unused = 0;
    int memoized = getenv("TRAP_PROCESSED") != NULL;
    before(1);
    before(1);
    later(1, 2);
    shared(1, "x");
    nothing();
    many(ps, 2, &q, 0);
    runs = 0;
    clears_before();
    before(1);
    later(1, 2);
    if (memoized && runs != 2)
        fprintf(stderr, "%d runs, not 2\n", runs);
    clears_extern_before();
    later(1, 2);
    runs = 0;
    if (memoized && (memo_clear_args(nothing) != MEMO_OK || memo_clear_args(many, ps, 2, &q, 1) != MEMO_OK || memo_clear_args(shared, 1, "x") != MEMO_OK))
        fprintf(stderr, "not cleared\n");
    nothing();
    many(ps, 2, &q, 0);
    shared(1, "x");
    shared(1, "x");
    if (memoized && runs != 3)
        fprintf(stderr, "%d runs, not 3\n", runs);
    if (memo_clear_args(never, unused++) != MEMO_NOT_MEMOIZED || unused > 1)
        fprintf(stderr, "never was memoized\n");
    runs = 0;
    if (clear_from_other() != 0)
        fprintf(stderr, "the other file could not clear\n");
    shared(2, "y");
    shared(1, "x");
    if (memoized && runs != 2)
        fprintf(stderr, "%d runs, not 2 again\n", runs);
    (void)CLEAR(1);
    memo_clear(before);
    runs = 0;
    before(1);
    if (runs != 1)
        fprintf(stderr, "clear\n");
    puts("done");
    return 0;
}

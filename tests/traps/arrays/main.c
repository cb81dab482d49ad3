/* Arrays that say themselves how long they are. */
#include "trap.h"

#include <stddef.h>
#include <stdint.h>

#define TWICE(n) (2 * (n))
enum { THREE = 3 };
typedef double vector[THREE];
struct pair {
    short a;
    double b;
};

double sum(int n, const double xs[n]);
// @memo
double sum(int n, const double xs[n])
{
    double total = 0;
    for (int i = 0; i < n; i++)
        total += xs[i];
    return total;
}

// @memo
static int first_of(size_t n, const int xs[static n])
{
    return xs[0] + xs[n - 1];
}

// @memo
static int trace(int r, int c, const int m[r][c])
{
    int total = 0;
    for (int i = 0; i < r && i < c; i++)
        total += m[i][i];
    return total;
}

// @memo
static int restricted(int n, const int a[restrict n], const int b[const restrict static n])
{
    return a[0] - b[n - 1];
}

// @memo
static int doubled(int n, const int xs[TWICE(n) + 1])
{
    return xs[2 * n];
}

// @memo
static int fixed(const int xs[THREE], const short ys[const 2])
{
    return xs[0] + xs[1] + xs[2] + ys[0] + ys[1];
}

// @memo
static double typed(const vector v)
{
    return v[0] * v[1] * v[2];
}

// @memo
static long of_structs(long n, const struct pair ps[n])
{
    long total = 0;
    for (long i = 0; i < n; i++)
        total += ps[i].a + (long)ps[i].b;
    return total;
}

// @memo(deref(m))
static int deep(int n, const int (*m)[n][2], int k)
{
    (void)m;
    return n + k;
}

// @memo(in(m[n]))
static int rows(int n, const int m[][3])
{
    return m[n - 1][2];
}

#define COLUMNS 3
// @memo(in(m[n][COLUMNS]))
static int written_rows(int n, const int (*m)[3])
{
    return m[n - 1][2];
}

// @memo(in(m[r][c]))
static int flat(int r, int c, const int *m)
{
    return m[r * c - 1];
}

// @memo
static int chars(int n, const char s[n])
{
    return n ? s[n - 1] : 0;
}

// @memo
static int nullable(int n, const int xs[n])
{
    return xs ? n : -1;
}

// @memo(in(xs[n][1000]))
static int huge(uint64_t n, const int *xs)
{
    return xs[0] + (int)(n >> 60);
}

int main(void)
{
    volatile int none = 0;
    double xs[] = {1, 2, 3, 4};
    int is[] = {1, 2, 3, 4, 5, 6, 7, 8};
    int m[2][3] = {{1, 2, 3}, {4, 5, 6}};
    short ys[] = {7, 8};
    vector v = {2, 3, 4};
    struct pair ps[] = {{1, 2.5}, {3, 4.5}};

    for (int round = 0; round < 2; round++) {
        printf("%g %g %g %g\n", sum(4, xs), sum(3, xs), sum(none, xs), sum(none - 1, xs));
        printf("%d %d\n", first_of(6, is), first_of(2, is));
        printf("%d %d\n", trace(2, 3, (const int(*)[3])m), trace(3, 2, (const int(*)[2])m));
        printf("%d %d\n", restricted(2, is, is + 1), restricted(1, is, is));
        printf("%d %d\n", doubled(2, is), doubled(1, is));
        printf("%d\n", fixed(is, ys));
        printf("%g\n", typed(v));
        printf("%ld\n", of_structs(2, ps));
        printf("%d\n", rows(2, (const int(*)[3])m));
        printf("%d %d\n", written_rows(2, (const int(*)[3])m), flat(2, 3, &m[0][0]));
        printf("%d\n", deep(2, (const int(*)[2][2])is, 1));
        printf("%d %d %d\n", chars(3, "a\0b"), chars(3, "a\0c"), chars(0, NULL));
        printf("%d %d %d\n", nullable(0, NULL), nullable(2, is), nullable(0, is));
        printf("%d\n", huge(UINT64_C(1) << 62, is));
        is[7]++;
        xs[3]++;
    }
    TRAP_HITS(sum, 3);
    TRAP_HITS(first_of, 2);
    TRAP_HITS(trace, 2);
    TRAP_HITS(restricted, 2);
    TRAP_HITS(doubled, 2);
    TRAP_HITS(fixed, 1);
    TRAP_HITS(typed, 1);
    TRAP_HITS(of_structs, 1);
    TRAP_HITS(rows, 1);
    TRAP_HITS(written_rows, 1);
    TRAP_HITS(flat, 1);
    TRAP_HITS(deep, 1);
    TRAP_HITS(chars, 3);
    TRAP_HITS(nullable, 3);
    TRAP_COUNTS(huge, 0, 2);
    return 0;
}

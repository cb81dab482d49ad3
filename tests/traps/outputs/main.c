/* Pointers: read, written, both, neither. */
#include "trap.h"

#include <stddef.h>
#include <string.h>

struct point {
    char tag; /* and padding behind it */
    double x, y;
};

// @memo(out(q[1]))
static int divide(int a, int b, int *q)
{
    *q = a / b;
    return a % b;
}

// @memo(in(p[n]), out(into[n]))
static void scale(const double *p, double *into, size_t n, double by)
{
    for (size_t i = 0; i < n; i++)
        into[i] = p[i] * by;
}

// @memo(inout(p[n]))
static int reverse(int *p, int n)
{
    for (int i = 0; i < n / 2; i++) {
        int swap = p[i];
        p[i] = p[n - 1 - i];
        p[n - 1 - i] = swap;
    }
    return n;
}

// @memo(string(s))
static size_t length(char *s)
{
    return strlen(s);
}

// @memo(deref(a), deref(b))
static double distance(const struct point *a, struct point *b)
{
    return a && b ? (a->x - b->x) + (a->y - b->y) + (a->tag - b->tag) : -1;
}

// @memo(ignore(log), ignore(scratch))
static int quiet(int x, FILE *log, void *scratch)
{
    (void)log;
    (void)scratch;
    return x * x;
}

static int _calls;
// @memo(impure_ok)
static int underscore(int x, int _verbose)
{
    return x + (_verbose ? 0 : 0);
}

unsigned hash_first(const int *p);
unsigned hash_first(const int *p)
{
    return p ? (unsigned)*p : 0;
}
// @memo(hash(p, hash_first))
static int by_hash(const int *p)
{
    return *p % 10;
}

/* The number of elements follows from the result. */
// @memo(out(into[result]), in(from[n]))
static int positives(const int *from, int n, int *into)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        if (from[i] > 0)
            into[count++] = from[i];
    }
    return count;
}

// @memo(out(m[r][c]))
static void identity(int r, int c, int m[r][c])
{
    for (int i = 0; i < r; i++)
        for (int k = 0; k < c; k++)
            m[i][k] = i == k;
}

// @memo(out(s[size]), in(p[bytes]))
static void fill(char *s, size_t size, const void *p, size_t bytes)
{
    memset(s, (int)(bytes ? *(const char *)p : 'x'), size);
    s[size - 1] = '\0';
}

// @memo(out(result[n]))
static void named_result(int n, int *result)
{
    for (int i = 0; i < n; i++)
        result[i] = i * i;
}

// @memo(out(p[1]), out(q[1]))
static int optional(int x, struct point *p, int *q)
{
    if (p)
        *p = (struct point){'p', x, 2 * x};
    if (q)
        *q = x;
    return !!p + !!q;
}

int main(void)
{
    for (int round = 0; round < 2; round++) {
        int q = -1, copy[4] = {1, 2, 3, 4}, m[3][2] = {{0}}, out[4] = {9, 9, 9, 9};
        double xs[] = {1, 2, 3}, ys[3] = {0};
        char text[] = "text", room[8] = "";
        struct point a, b;
        int mixed[] = {3, -1, 4, -1}, squares[3];

        memset(&a, round, sizeof a);
        memset(&b, -round, sizeof b);
        a.tag = b.tag = 't';
        a.x = a.y = 3;
        b.x = b.y = 1;
        printf("%d", divide(17, 5, &q));
        printf(" %d\n", q);
        scale(xs, ys, 3, 2);
        printf("%g %g %g\n", ys[0], ys[1], ys[2]);
        scale(xs, xs, 3, 2); /* written into what is read: runs uncached */
        printf("%g %g %g\n", xs[0], xs[1], xs[2]);
        printf("%d", reverse(copy, 4));
        printf(" %d%d%d%d\n", copy[0], copy[1], copy[2], copy[3]);
        printf("%zu\n", length(text));
        printf("%g %g %g\n", distance(&a, &b), distance(&a, &a), distance(NULL, &b));
        printf("%d\n", quiet(5, round ? stdout : NULL, &round));
        printf("%d %d\n", underscore(5, round), _calls);
        printf("%d\n", by_hash(&(int){41}));
        printf("%d", positives(mixed, 4, out));
        printf(" %d %d %d\n", out[0], out[1], out[2]);
        printf("%d", positives(mixed, 4, mixed)); /* overlaps */
        printf(" %d %d %d\n", mixed[0], mixed[1], mixed[2]);
        identity(3, 2, m);
        printf("%d%d%d%d%d%d\n", m[0][0], m[0][1], m[1][0], m[1][1], m[2][0], m[2][1]);
        fill(room, sizeof room, "!", 1);
        printf("%s\n", room);
        named_result(3, squares);
        printf("%d %d %d\n", squares[0], squares[1], squares[2]);
        printf("%d", optional(4, &a, &q));
        printf(" %c %g %g %d\n", a.tag, a.x, a.y, q);
        printf("%d %d", optional(4, NULL, &q), optional(4, NULL, NULL));
        printf(" %d\n", q);
    }
    TRAP_HITS(divide, 1);
    TRAP_COUNTS(scale, 1, 2);
    TRAP_HITS(reverse, 1);
    TRAP_HITS(length, 1);
    TRAP_HITS(distance, 3);
    TRAP_HITS(quiet, 1);
    TRAP_HITS(underscore, 1);
    TRAP_HITS(by_hash, 1);
    TRAP_HITS(identity, 1);
    TRAP_HITS(fill, 1);
    TRAP_HITS(named_result, 1);
    TRAP_HITS(optional, 3);
    return 0;
}

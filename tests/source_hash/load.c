#include <limits.h>
#include <math.h>
#include "load.h"

static const int table[] = {1, 2, 3, 5};
static int unrelated(int n)
{
    return n - 1;
}
extern int elsewhere(int n);
extern struct outer *outside(void);
extern int looks_at(const void *object);
static const int listed[] = {
#include "list.inc"
};

/* Add the weights. */
static int helper(int n)
{
#ifdef EXTRA
    n += EXTRA;
#endif
    return SCALED(n) + table[n & 3];
}

struct buffer {
    int size, *data; // @memo len(size) of them
    void *spare;     // @memo ignore
};
// @memo_type(hash=handle_hash)
struct handle {
    int id;
};
unsigned long handle_hash(const struct handle *h)
{
    return (unsigned long)h->id + 11;
}
static int setting(int n)
{
    return n + 12;
}
static int is_fine(double x)
{
    return x > 13;
}

// @memo(ttl=60, key(setting(n)), cache_if=is_fine(result))
double load(int n, double x)
{
    struct pixel p = {1, 2};
    struct buffer b = {0, 0, 0};
    struct handle h = {n};
    if (n > INT_MAX / 4)
        return unrelated(n) ? elsewhere(n) : 0;
    return helper(brighten(n)) + p.alpha + sqrt(x) + listed[n & 1] +
           outside()->deep + looks_at(passed_on(n) + 1) + SHADE(DARK) + SHADED(LIGHT);
}

int after(int n)
{
    return n + 7;
}

// @memo
int even(int n)
{
    extern int odd(int n);
    return n == 0 ? 1 : odd(n - 1);
}
int odd(int n)
{
    return n == 0 ? 0 : even(n - 1);
}

extern int rate(int n);
#define BUCKET(n) ((n) / 10)
static int digest(const int *p)
{
    return *p + 8;
}

// @memo(hash(p, digest), key(BUCKET(rate(1))), key(rate(2)))
int convert(const int *p)
{
    return *p;
}

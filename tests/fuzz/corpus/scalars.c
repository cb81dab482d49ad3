#include <complex.h>
#include <math.h>
#include <stdbool.h>

enum color { RED, GREEN = 5 };

double f(double x, int n);
unsigned long long mix(unsigned char, short, unsigned long, bool);
enum color next(enum color c);
double complex turn(double complex z, long double angle);
void nothing(int n);
int three(void);

// @memo
double f(double x, int n)
{
    return pow(x, n) + sin(x);
}

// @memo(ttl=90s, max_entries=100)
unsigned long long mix(unsigned char a, short b, unsigned long c, bool d)
{
    return a + (unsigned long long)(b * 3) + c + d;
}

/* @memo */
enum color next(enum color c)
{
    return c == RED ? GREEN : RED;
}

/// @memo(max_bytes=64MB)
double complex turn(double complex z, long double angle)
{
    return z * (double)cosl(angle);
}

// @memo
void nothing(int n)
{
    (void)n;
}

// @memo(code=ignore, version="2")
int three(void)
{
    return 3;
}

#include <stddef.h>

#define N 4

double sum(size_t n, const double xs[n]);
long trace(int n, const int m[n][n]);
int scale(const double *xs, double *ys, int n, double by);
void sort(int *xs, int n);
int fixed(const int xs[static N]);

// @memo
double sum(size_t n, const double xs[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += xs[i];
    return s;
}

// @memo
long trace(int n, const int m[n][n])
{
    long s = 0;
    for (int i = 0; i < n; i++)
        s += m[i][i];
    return s;
}

// @memo(in(xs[n]), out(ys[n]))
int scale(const double *xs, double *ys, int n, double by)
{
    for (int i = 0; i < n; i++)
        ys[i] = xs[i] * by;
    return n;
}

/* @memo(inout(xs[n]),
 *       key(N)) */
void sort(int *xs, int n)
{
    for (int i = 1; i < n; i++)
        for (int j = i; j > 0 && xs[j] < xs[j - 1]; j--) {
            int x = xs[j];
            xs[j] = xs[j - 1];
            xs[j - 1] = x;
        }
}

// @memo
int fixed(const int xs[static N])
{
    return xs[0] + xs[N - 1];
}

#define HOT __attribute__((hot))
#define EXPORT __attribute__((visibility("default")))

EXPORT double api(double x, int n);
int weak(int n);
int old(const int xs[2]);

// @memo
HOT __attribute__((noinline)) double api(double x, int n)
{
    return x * n;
}

// @memo
__attribute__((__weak__, warn_unused_result)) int weak(int n)
{
    return n;
}

// @memo
__attribute__((optimize("O2"), unused))
static int quick(int n)
{
    return n;
}

// @memo
extern int __attribute__((nonnull(1), deprecated)) old(const int xs[2])
{
    return xs[0];
}

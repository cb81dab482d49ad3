/* Each way to say who may call a function. */

int twice(int n);

// @memo
static int half(int n)
{
    return n / 2;
}

/* @memo */
static inline int third(int n)
{
    return n / 3;
}

extern int quarter(int n);

/// @memo
extern int quarter(int n)
{
    return n / 4;
}

/** @memo */
extern inline int twice(int n)
{
    return half(n) * 4;
}

int all(int n);

int all(int n)
{
    return half(n) + third(n) + quarter(n) + twice(n);
}

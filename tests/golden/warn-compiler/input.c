/* Code that depends on the compiler. */

// @memo
int which(int n)
{
#ifdef __clang__
    return n;
#else
    return -n;
#endif
}

static int helper(int n)
{
#if __GNUC__ > 2
    n++;
#endif
    return n;
}

// @memo
int indirect(int n)
{
    return helper(n);
}

#include <assert.h>
#include <limits.h>
#define SQUARE(x) ((x) * (x))
#define LIMIT (INT_MAX / 2)
#define RETURN(x) \
    do {          \
        return x; \
    } while (0)

#ifdef __GNUC__
#define FAST 1
#else
#define FAST 0
#endif

static const int table[] = {1, 2,
#if FAST
                            3,
#endif
                            4};

int f(int n);
int g(int n);

// @memo
int f(int n)
{
    assert(n < LIMIT);
    if (__func__[0] == 'g')
        return __LINE__;
    RETURN(SQUARE(n) + table[n & 3] + FAST);
}

#if 0
// @memo
int inactive(int n)
{
    return n;
}
#endif

#line 100 "macros.y"
// @memo
	int	g	(int	n)
{
	return	n > 3 ? n	: 0;
}

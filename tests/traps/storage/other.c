#include "trap.h"

int other_file(int x);
int other_calls(void);
int c99_promised(int x);

#ifdef __GNUC_STDC_INLINE__
/* The external definition that C99 asks for. */
extern int c99_promised(int x)
{
    return x + 10;
}
#endif

/* @memo */
static int same_name(int x)
{
    return x * 20;
}
int other_file(int x)
{
    return same_name(x);
}
int other_calls(void)
{
    return c99_promised(1);
}

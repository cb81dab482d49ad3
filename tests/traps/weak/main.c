/* Weak definitions in every spelling; other.c has the strong ones. */
#include "trap.h"
#include "weak.h"

#define NOTHING
#define WEAK __attribute__((weak))
#define ATTRIBUTE(x) __attribute__((x))
#define WEAK_AND_UNUSED __attribute__((NOTHING __unused__, __weak__))

int plain(int x);
__attribute__((weak)) int plain(int x)
{
    return x;
}
int by_macro(int x);
WEAK int by_macro(int x)
{
    return x;
}
int by_argument(int x);
ATTRIBUTE(weak) int by_argument(int x)
{
    return x;
}
int one_of_two(int x);
WEAK_AND_UNUSED int one_of_two(int x)
{
    return x;
}
int by_prototype(int x)
{
    return x;
}
int by_pragma(int x);
#pragma weak by_pragma
int by_pragma(int x)
{
    return x;
}
WEAK int variable = 1;

int all(int x);
/* @memo(impure_ok) */
int all(int x)
{
    return plain(x) + by_macro(x) + by_argument(x) + one_of_two(x) +
           by_prototype(x) + by_pragma(x) + variable;
}

int main(void)
{
    printf("%d\n", all(1));
    printf("%d\n", all(1));
    TRAP_HITS(all, 1);
    return 0;
}

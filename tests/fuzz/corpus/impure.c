#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int counter;
static int sizes[4] = {1, 2, 3, 4};
int shared = 3;

static int tick(void)
{
    static int calls;
    return ++calls + counter++;
}

// @memo
long f(int n)
{
    return time(NULL) + rand() + tick() + shared + sizes[n & 3];
}

// @memo(impure_ok(puts, printf))
int g(int n)
{
    puts("x");
    return printf("%d %s %s\n", n, __DATE__, getenv("HOME"));
}

int plain(int n)
{
    __asm__ volatile("");
    return n * 2;
}

double clean(double x)
{
    return x < 0 ? -x : x;
}

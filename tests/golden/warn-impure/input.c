/* What a result depends on besides the arguments. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

extern volatile int device;
int setting;

static double helper(int n)
{
    return n + setting + rand();
}

static double between(int n)
{
    return helper(n);
}

// @memo
double indirect(int n)
{
    return between(n);
}

// @memo
double direct(int n)
{
    static int calls;

    calls++;
    printf("%s", getenv("HOME"));
    if (fopen("settings", "r") == NULL || device)
        exit(n);
    return (double)time(NULL) + (double)strtod("1", NULL) + (double)mblen("", 1);
}

// @memo
int machine(int n)
{
    __asm__("" : "+r"(n));
    return n;
}

// @memo(impure_ok(setting))
double excused(int n)
{
    return helper(n);
}

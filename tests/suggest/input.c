/* What could be memoized as it is, and what not. */
#include <stdio.h>
#include <time.h>

int plain(int x)
{
    return x + 1;
}

int hidden(int x, int _y)
{
    return x + _y;
}

void nothing(int x)
{
    (void)x;
}

long now(long zone)
{
    return (long)time(NULL) + zone;
}

int elsewhere(int x);
int calls(int x)
{
    return elsewhere(x);
}

/* Nothing to do here. */
#include <stdlib.h>

extern int elsewhere(int n);
const char *const words[] = {"a", "b"};
static int seen;
int first(int n);
int hook(void);

int first(int n)
{
    return elsewhere(n) + abs(n) + seen++;
}

int tentative;
__attribute__((weak)) int hook(void)
{
    return tentative;
}

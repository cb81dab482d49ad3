/* Results that outlive the process. */
#include <stddef.h>

// @memo(persist="disk")
double simulate(int seed, double step)
{
    return seed * step;
}

/* Here the age does not count, and the program says so. */
// @memo(ttl=60, persist="dir")
static char *title(const char *path)
{
    (void)path;
    return NULL;
}

// @memo(ttl=60, persist="redis", persist_ttl)
int quote(const char *symbol)
{
    return title(symbol) != NULL;
}

#include "count.h"

/* @memo(impure_ok) */
int plain(int x)
{
    count(PLAIN);
    return x;
}

#include "count.h"

/* @memo(impure_ok) */
int late(int x)
{
    count(LATE);
    return x + LATE_BONUS;
}

#include "names.inc.h"
static __inline__ int twice(int x)
{
    return TWO * x;
}

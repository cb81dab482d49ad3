/* What is included is not rewritten. */
#include "code.h"
#include "half.h"

// @memo
int quarter(int n)
{
    return half(half(n));
}

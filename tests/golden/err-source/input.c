/* Mistakes of the C code itself. */
#include "absent.h"

// @memo
int broken(int n)
{
    return m;
}

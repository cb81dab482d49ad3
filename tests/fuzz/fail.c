/* fail.c -- how a fuzz target says that a claim does not hold. */
#include "fuzz/driver.h"

#include <stdio.h>
#include <stdlib.h>

void fuzz_fail(const char *claim, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, claim);
    abort();
}

#include "app/id.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/random.h>

bool st_id_make(char *out)
{
    uint64_t random[2];

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return false;
    snprintf(out, ST_ID_SIZE, "%016llx%016llx", (unsigned long long)random[0],
             (unsigned long long)random[1]);
    return true;
}

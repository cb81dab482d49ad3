#include "trap.h"
#include "parts/names.h"
#if defined __has_include
#if __has_include("parts/names.h") && __has_include(<stdio.h>)
#define HAS_IT 1
#else
#define HAS_IT 0
#endif
#endif
#	include	"parts/../parts/twice.h"

// @memo(returns(static))
static const char *name_of(int which)
{
    static const char *const names[] = {
#define NAME(name) #name,
#include "parts/names.inc"
#undef NAME
    };
    return names[which];
}

static int sum_of_parts(
#include "parts/parameters.inc"
)
{
    return a + b;
}

int main(void)
{
    for (int round = 0; round < 2; round++) {
        printf("%s %s %d\n", name_of(0), name_of(1), HAS_IT);
        printf("%s %d\n", header_file(), twice(2));
        printf("%d\n", sum_of_parts(1, 2));
    }
    TRAP_HITS(name_of, 2);
    return 0;
}

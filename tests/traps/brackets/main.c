/* [[attributes]] wherever they may stand. */
#include "trap.h"

/* @memo */
[[gnu::noinline]] static int before(int x)
{
    return x + 1;
}
/* @memo */
[[nodiscard]] static int standard(int x)
{
    return x + 2;
}
/* @memo */
static int behind_name [[gnu::cold]] (int x)
{
    return x + 3;
}
/* @memo */
static int of_parameters(int x [[maybe_unused]], [[maybe_unused]] int y)
{
    return 4;
}
/* @memo */
[[gnu::hot, __gnu__::__noinline__]] static int several(int x)
{
    return x + 5;
}
int old(int x);
/* @memo */
[[deprecated("no \"more\""), maybe_unused]] int old(int x)
{
    return x + 6;
}
int seen(int x);
/* @memo */
[[gnu::visibility("default")]] [[gnu::used]] int seen(int x)
{
    return x + 7;
}

int main(void)
{
    for (int round = 0; round < 2; round++) {
        printf("%d %d %d\n", before(1), standard(1), behind_name(1));
        printf("%d %d %d\n", of_parameters(1, 2), several(1), seen(1));
    }
    TRAP_HITS(before, 1);
    TRAP_HITS(standard, 1);
    TRAP_HITS(behind_name, 1);
    TRAP_HITS(of_parameters, 1);
    TRAP_HITS(several, 1);
    TRAP_HITS(seen, 1);
    return 0;
}

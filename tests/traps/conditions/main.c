/* Functions in branches that memogen's compiler takes and another does not. */
#include "trap.h"

struct point {
    int x, y;
};

#ifdef __clang__
/* @memo */
static int chosen(int x)
{
    return x + 1;
}
#else
static int chosen(int x)
{
    return x + 1;
}
#endif
/* @memo */
static int always(int x)
{
    return chosen(x);
}
#if !defined(__clang__) && __GNUC__ > 4
static struct point turned(struct point p)
{
    struct point made = {p.y, p.x};
    return made;
}
#elif 1
#if 1
/* @memo */
static struct point turned(struct point p)
{
    struct point made = {p.y, p.x};
    return made;
}
#endif
/* @memo */
static struct point moved(struct point p)
{
    p.x++;
    return p;
}
/* @memo */
static double scaled(double by, struct point p)
{
    return by * moved(p).x;
}
#define HAS_SCALED
#endif
/* @memo */
static double distance(struct point p, double by)
{
    return (turned(p).x - p.x) * by;
}

int main(void)
{
    int round;
    for (round = 0; round < 2; round++) {
        struct point p = {1, 2};
        printf("%d %d %g\n", always(1), chosen(2), distance(p, 2));
#ifdef HAS_SCALED
        p.x = (int)scaled(1, p) - 1;
#endif
        printf("%d\n", p.x);
    }
    TRAP_HITS(always, 1);
    TRAP_HITS(distance, 1);
#ifdef __clang__
    TRAP_HITS(scaled, 1);
    TRAP_HITS(chosen, 1);
#endif
    return 0;
}

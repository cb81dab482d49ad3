/* Storage classes and inline, in every spelling. */
#include "trap.h"

int plain(int x);
extern int declared_extern(int x);
static int declared_static(int x);
int other_file(int x);
int other_calls(void);
extern __inline__ int extern_inline(int x);
inline int c99_inline(int x);
inline int c99_promised(int x);
int prototype_later(int x);

/* @memo */
int plain(int x)
{
    return x + 1;
}
/* @memo */
extern int declared_extern(int x)
{
    return x + 2;
}
/* @memo */
int declared_static(int x) /* static by its prototype */
{
    return x + 3;
}
/* @memo */
static inline int static_inline(int x)
{
    return x + 4;
}
/* @memo */
inline static __attribute__((__always_inline__)) int always(int x)
{
    return x + 5;
}
/* @memo */
int static inline odd_order(int x)
{
    return x + 6;
}
/* @memo */
static __inline int spelled(int x)
{
    return x + 7;
}
/* @memo */
static __inline__ const int spelled_too(int x)
{
    return x + 8;
}
#ifdef __GNUC_STDC_INLINE__
/* @memo */
inline int c99_inline(int x)
{
    return x + 9;
}
extern inline int c99_inline(int x);
/* @memo */
inline int c99_promised(int x)
{
    return x + 10;
}
/* @memo */
extern inline int extern_inline(int x)
{
    return x + 11;
}
#else
/* @memo */
inline int c99_inline(int x)
{
    return x + 9;
}
/* @memo */
inline int c99_promised(int x)
{
    return x + 10;
}
/* @memo */
int extern_inline(int x)
{
    return x + 11;
}
#endif
/* @memo */
static int used_by_register(register int x, register const char *s)
{
    return x + (s ? 1 : 0);
}
/* @memo */
static int with_local_static(void)
{
    static const int table[] = {1, 2, 3};
    return table[2];
}

/* Of the same name as one of the other file. */
/* @memo */
static int same_name(int x)
{
    return x * 10;
}

int main(void)
{
    int round;
    for (round = 0; round < 2; round++) {
        printf("%d %d %d\n", plain(1), declared_extern(1), declared_static(1));
        printf("%d %d %d %d\n", static_inline(1), always(1), odd_order(1), spelled(1));
        printf("%d %d %d %d\n", spelled_too(1), c99_inline(1), c99_promised(1), extern_inline(1));
        printf("%d %d\n", used_by_register(1, "x"), with_local_static());
        printf("%d %d %d\n", same_name(1), other_file(1), other_calls());
    }
    TRAP_HITS(plain, 1);
    TRAP_HITS(declared_extern, 1);
    TRAP_HITS(declared_static, 1);
    TRAP_HITS(static_inline, 1);
    TRAP_HITS(always, 1);
    TRAP_HITS(odd_order, 1);
    TRAP_HITS(spelled, 1);
    TRAP_HITS(spelled_too, 1);
    TRAP_HITS(c99_inline, 1);
    TRAP_HITS(extern_inline, 1);
    TRAP_HITS(used_by_register, 1);
    TRAP_HITS(with_local_static, 1);
    TRAP_HITS(same_name, 1);
    return 0;
}

/* Structs of every shape, by value and behind deref. */
#include "trap.h"

#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

struct padded {
    char c;
    long double wide;
    short s;
};
struct inner {
    char c;
    int i;
};
struct outer {
    struct inner one, some[2];
    struct {
        char deep;
        struct {
            double deeper;
        };
        short list[3];
    };
    struct {
        char tag;
        long n;
    } nameless, namelesses[2];
    float matrix[2][3];
};
struct bits {
    unsigned a : 3;
    int b : 5;
    unsigned : 4;
    _Bool c : 1;
    unsigned long long d : 40;
    int : 0;
    enum { NO, YES } e : 2;
};
struct constant {
    const int a;
    const struct inner in;
    const char text[4];
};
typedef struct {
    short x, y;
} pair;
typedef struct {
    pair ps[2];
    double _Complex z;
} pairs;
typedef struct tagged tagged;
struct tagged {
    _Bool b;
    __int128 wide;
    enum colour { RED, BLUE = 99 } c;
};
struct empty_ish {
    char one;
};
struct __attribute__((packed)) tight {
    char c;
    int i;
    double d;
};
struct nothing {};
struct with_nothing {
    struct nothing none;
    int x;
    struct nothing list[2];
};
struct big {
    int numbers[3000];
    char c;
};
struct volatile_one {
    volatile int v;
    char c;
};

// @memo
static struct padded of_padded(struct padded p)
{
    p.s++;
    return p;
}
// @memo
static struct outer of_outer(struct outer o)
{
    o.deep++;
    o.deeper *= 2;
    o.nameless.n++;
    o.namelesses[1].n += o.some[1].i;
    o.matrix[1][2] += 1;
    return o;
}
// @memo
static struct bits of_bits(struct bits b)
{
    b.a++;
    b.b--;
    b.d <<= 1;
    b.e = b.e == YES ? NO : YES;
    return b;
}
// @memo
static struct constant of_constant(struct constant c)
{
    struct constant made = {c.a + 1, {'x', c.in.i}, "abc"};
    return made;
}
// @memo
static pair of_pair(pair p)
{
    pair q = {p.y, p.x};
    return q;
}
// @memo
static pairs of_pairs(pairs p)
{
    p.ps[0] = p.ps[1];
    p.z *= 2;
    return p;
}
// @memo(deref(t))
static tagged of_tagged(const tagged *t)
{
    tagged made = *t;
    made.wide *= 3;
    made.c = BLUE;
    return made;
}
// @memo
static struct empty_ish of_one(struct empty_ish e)
{
    e.one++;
    return e;
}
// @memo(out(into[1]))
static int of_tight(struct tight t, struct tight *into)
{
    *into = t;
    into->i++;
    return t.c;
}
// @memo
static struct with_nothing of_nothing(struct with_nothing w, struct nothing n)
{
    (void)n;
    w.x++;
    return w;
}
// @memo
static struct big of_big(struct big b)
{
    b.numbers[2999]++;
    return b;
}
// @memo(deref(v))
static int of_volatile(struct volatile_one *v, volatile char w)
{
    return v->v + v->c + w;
}
// @memo(out(to[n]), in(from[n]))
static void bits_through(int n, const struct bits *from, struct bits *to)
{
    for (int i = 0; i < n; i++)
        to[i] = from[n - 1 - i];
}

int main(void)
{
    for (int round = 0; round < 2; round++) {
        int fill = round ? 0xAA : 0x55;
        struct padded p;
        struct outer o;
        struct bits b, many[2], turned[2];
        struct constant c = of_constant((struct constant){1, {'a', 2}, "xyz"});
        pair q = of_pair((pair){1, 2});
        pairs ps;
        tagged t;
        static struct big large;
        struct tight ti = {'c', 5, 2.5}, to;
        struct volatile_one v = {3, 'v'};

        memset(&p, fill, sizeof p);
        p.c = 'c';
        p.wide = 1.5L;
        p.s = 7;
        p = of_padded(p);
        printf("%c %Lg %d\n", p.c, p.wide, p.s);
        memset(&o, fill, sizeof o);
        o.one.c = o.some[0].c = o.some[1].c = 'i';
        o.one.i = o.some[0].i = o.some[1].i = 11;
        o.deep = 3;
        o.deeper = 1.25;
        memset(o.list, 1, sizeof o.list);
        o.nameless.tag = o.namelesses[0].tag = o.namelesses[1].tag = 'n';
        o.nameless.n = o.namelesses[0].n = o.namelesses[1].n = 9;
        memset(o.matrix, 0, sizeof o.matrix);
        o = of_outer(o);
        printf("%d %g %ld %ld %g %d\n", o.deep, o.deeper, o.nameless.n, o.namelesses[1].n, (double)o.matrix[1][2], o.list[2]);
        memset(&b, fill, sizeof b);
        b.a = 6;
        b.b = -3;
        b.c = 1;
        b.d = 0x123456789;
        b.e = YES;
        b = of_bits(b);
        printf("%u %d %d %llx %d\n", b.a, b.b, b.c, (unsigned long long)b.d, b.e);
        many[0] = many[1] = b;
        many[1].a = 1;
        bits_through(2, many, turned);
        printf("%u %u %d\n", turned[0].a, turned[1].a, turned[0].b);
        printf("%d %c %d %s\n", c.a, c.in.c, c.in.i, c.text);
        printf("%d %d\n", q.x, q.y);
        memset(&ps, fill, sizeof ps);
        ps.ps[0] = q;
        ps.ps[1] = (pair){5, 6};
        ps.z = 1 + 2 * I;
        ps = of_pairs(ps);
        printf("%d %g\n", ps.ps[0].x, cimag(ps.z));
        memset(&t, fill, sizeof t);
        t.b = 1;
        t.wide = -5;
        t.c = RED;
        t = of_tagged(&t);
        printf("%d %d %d\n", t.b, (int)t.wide, t.c);
        printf("%d\n", of_one((struct empty_ish){4}).one);
        printf("%d", of_tight(ti, &to));
        printf(" %c %d %g\n", to.c, to.i, to.d);
        printf("%d\n", of_nothing((struct with_nothing){.x = 7}, (struct nothing){}).x);
        large.numbers[2999] = 77;
        printf("%d\n", of_big(large).numbers[2999]);
        printf("%d\n", of_volatile(&v, 'w'));
    }
    TRAP_HITS(of_padded, 1);
    TRAP_HITS(of_outer, 1);
    TRAP_HITS(of_bits, 1);
    TRAP_HITS(of_constant, 1);
    TRAP_HITS(of_pair, 1);
    TRAP_HITS(of_pairs, 1);
    TRAP_HITS(of_tagged, 1);
    TRAP_HITS(of_one, 1);
    TRAP_HITS(of_tight, 1);
    TRAP_HITS(of_nothing, 1);
    TRAP_HITS(of_big, 1);
    TRAP_HITS(of_volatile, 1);
    TRAP_HITS(bits_through, 1);
    return 0;
}

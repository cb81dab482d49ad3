/* Heads that are hard to read. */
#include "trap.h"
#include "types.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef int number;
typedef int matrix[2][2];
typedef int unary(int);
typedef struct { int v; } boxed;

static const int rows[2][3] = {{1, 2, 3}, {4, 5, 6}};

/* @memo(returns(static)) */
static const int (*row(int i))[3]
{
    return &rows[i];
}
static int add_one(int x)
{
    return x + 1;
}
static int add_two(int x)
{
    return x + 2;
}
/* @memo */
static int (parenthesised)(int x)
{
    return x;
}
/* @memo */
static int ((twice_parenthesised)(int x))
{
    return x;
}
/* @memo */
int
memoized_below
(
    int
    x
)
{
    return x + 1;
}
/* @memo */
static number number_of(number number)
{
    return number * 2;
}
/* @memo */
static boxed box(int boxed)
{
    __typeof__(box(0)) made = {boxed};
    return made;
}
/* @memo */
static int self(int self)
{
    return self + 1;
}
/* @memo(cache_if=result > 0) */
static int result(int result)
{
    return result * 2;
}
/* @memo */
static int nested(const int (xs)[2], const int ((ys)[2]))
{
    return xs[0] + ys[1];
}
/* @memo */
static
#if 1
long
#else
short
#endif
conditional(
#ifdef UNDEFINED
    int a,
#else
    long a,
#endif
    int b)
{
    return a + b;
}
/* @memo */
static int commented(/* int y, */ int x /* the x */, // and
                     int z) /* { */
/* @ not an annotation */
{
    return x - z;
}
/* @memo */ static int one_line(int x) { return x; } static int two_line(int x) { return one_line(x) + 1; } static int three_line(void) { return two_line(1); }
/* @memo */
static int code_behind(int x)
{
    return x;
} static int behind(int x) { return code_behind(x); }
	/* @memo */
	static int	tabbed(int	x,	int y)	{	return x	- y; }
/* @memo */
static int spl\
iced(in\
t x)
{
    return x;
}
/* @memo */
_Bool static truth(_Bool x) { return !x; }
/* @memo */
static unsigned
        long
                int wide_type(int x)
{
    return (unsigned long)x;
}
/* @memo */
static int many(int a01, int a02, int a03, int a04, int a05, int a06, int a07,
                int a08, int a09, int a10, int a11, int a12, int a13, int a14,
                int a15, int a16, int a17, int a18, int a19, int a20, int a21,
                int a22, int a23, int a24, int a25, int a26, int a27, int a28,
                int a29, int a30, int a31, int a32, int a33, int a34, int a35)
{
    return a01 + a02 + a03 + a04 + a05 + a06 + a07 + a08 + a09 + a10 + a11 +
           a12 + a13 + a14 + a15 + a16 + a17 + a18 + a19 + a20 + a21 + a22 +
           a23 + a24 + a25 + a26 + a27 + a28 + a29 + a30 + a31 + a32 + a33 +
           a34 - a35;
}
#define its_own_macro its_own_macro
/* @memo */
static int its_own_macro(int x)
{
    return x + 1;
}
#define OTHER(name) static int name##_by_macro(int x) { return x + 2; }
OTHER(made)
/* @memo */
static int uses_made(int x)
{
    return made_by_macro(x);
}
/* @memo */
static int digraphs(const int xs<:2:>) <% return xs<:1:>; %>
static unary by_typedef;
/* @memo */
static int by_typedef(int x)
{
    return x;
}
/* @memo(ignore(f)) */
static int calls_it(int x, int f(int))
{
    return f(x);
}
/* @memo(ignore(f)) */
static int calls_it_too(int x, int (*const f)(int y, int (*z)(int)))
{
    return x + !f;
}
/* @memo(deref(m)) */
static int of_matrix(matrix *m)
{
    return (*m)[1][1];
}
/* @memo */
__extension__
static long long extended(long long x)
{
    return x;
}
/* @memo */
static int gnu_typeof(__typeof__(1L) x)
{
    return (int)x;
}

int main(void)
{
    int round;
    for (round = 0; round < 2; round++) {
        int xs[2] = {1, 2};
        matrix m = {{1, 2}, {3, 4}};
        printf("%d %d %d\n", (*row(1))[2], parenthesised(1), twice_parenthesised(2));
        printf("%d %d %d %d\n", memoized_below(1), number_of(2), box(3).v, self(4));
        printf("%d %d\n", result(5), nested(xs, xs));
        printf("%ld %d\n", conditional(1, 2), commented(5, 3));
        printf("%d %d %d\n", one_line(1), three_line(), behind(2));
        printf("%d %d %d %lu\n", tabbed(5, 3), spliced(1), truth(1), wide_type(3));
        printf("%d\n", many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35));
        printf("%d %d %d\n", by_typedef(1), calls_it(1, add_one), calls_it_too(1, NULL));
        printf("%d %d %d\n", digraphs(xs), its_own_macro(1), uses_made(1));
        printf("%d %lld %d\n", of_matrix(&m), extended(1), gnu_typeof(2));
    }
    (void)add_two;
    TRAP_HITS(row, 1);
    TRAP_HITS(parenthesised, 1);
    TRAP_HITS(twice_parenthesised, 1);
    TRAP_HITS(memoized_below, 1);
    TRAP_HITS(number_of, 1);
    TRAP_HITS(box, 1);
    TRAP_HITS(self, 1);
    TRAP_HITS(result, 1);
    TRAP_HITS(nested, 1);
    TRAP_HITS(conditional, 1);
    TRAP_HITS(commented, 1);
    TRAP_HITS(one_line, 3);
    TRAP_HITS(code_behind, 1);
    TRAP_HITS(tabbed, 1);
    TRAP_HITS(spliced, 1);
    TRAP_HITS(truth, 1);
    TRAP_HITS(wide_type, 1);
    TRAP_HITS(many, 1);
    TRAP_HITS(its_own_macro, 1);
    TRAP_HITS(uses_made, 1);
    TRAP_HITS(digraphs, 1);
    TRAP_HITS(by_typedef, 1);
    TRAP_HITS(calls_it, 1);
    TRAP_HITS(calls_it_too, 1);
    TRAP_HITS(of_matrix, 1);
    TRAP_HITS(extended, 1);
    TRAP_HITS(gnu_typeof, 1);
    return 0;
}

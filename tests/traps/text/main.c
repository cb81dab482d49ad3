#include "trap.h"

// @memo
static int crlf(int x)
{
	return x + __LINE__;
}
/* @memo */
static __attribute__((cold, used))
 int more(
  int x) { return x + __LINE__; }
// @memo(in(p[n])) \
still a comment
static int sum(const int *p,\
 int n)
{
    return p[0] + n;
}
int last(int x);
int main(void)
{
    int a[1] = {5};
    for (int i = 0; i < 2; i++) printf("%d %d %d %d %d\n", crlf(1), more(2), sum(a, 1), last(3), __LINE__);
    TRAP_HITS(crlf, 1);
    TRAP_HITS(more, 1);
    TRAP_HITS(sum, 1);
    TRAP_HITS(last, 1);
    return 0;
}
/* @memo */
int last(int x) { return x + __LINE__; }
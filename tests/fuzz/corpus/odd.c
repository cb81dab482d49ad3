%:include <stddef.h>
// @memo(in(p[n])) \
  goes on
int f\
(const int *p,\
 size_t n)
{
	return n ? p<:0:> : 0;
}
/* @memo */int g(int n){return n;} int h(void){return g(1);}
// @memo(tll=60)
int a(int n) { return n; }
// @memo(ttl=soon, max_entries=0, ttl=1)
int b(int n) { return n; }
// @memo(in(q[n]))
int c(const int *p, int n) { return p[n]; }
// @memo
int d(char *buffer, int size) { return buffer[size]; }
// @memo
int e(const char *data, unsigned long length) { return data[length]; }
// @memo
int f(const char *format, ...) { return *format; }
// @memo
int g(n) int n; { return n; }
// @memo
const char *h(int n) { return n ? "a" : "b"; }
// @memo
int *i(int n) { static int x; x = n; return &x; }
// @memo
int j(int n);
int k(int n) // @memo
{ return n; }
// @memoise
int l(int n) { return n; }
// @memo(persist="tape")
int m(int n) { return n; }
// @memo(cache_if=, key())
int o(int n) { return n; }
struct s { int *p; };
// @memo
int q(struct s s) { return *s.p; }
// @memo
_Noreturn void never(int n) { for (;;) n++; }
// @memo(

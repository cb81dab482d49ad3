int shared(int x, const char *s);
int never(int x);
long later(long x, double y);
int clear_from_other(void);
extern int runs;

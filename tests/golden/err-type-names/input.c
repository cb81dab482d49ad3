/* What annotations of types name must be there, and fit. */
int global;
struct outside {
    int *values; // @memo len(global)
};
// @memo(deref(p))
int outside(const struct outside *p) { return p->values[0]; }

struct ignored {
    int n;       // @memo ignore
    int *values; // @memo len(n)
};
// @memo(deref(p))
int ignored(const struct ignored *p) { return p->values[0]; }

struct unknown {
    int *values; // @memo len(nothing)
    int *hashed; // @memo hash(nobody)
};
// @memo(deref(p))
int unknown(const struct unknown *p) { return p->values[0]; }

struct around {
    int n;
    struct {
        char *bytes; // @memo len(n)
    } inner;
};
// @memo(deref(p))
int around(const struct around *p) { return p->n; }

struct fraction {
    double n;
    char *bytes; // @memo len(n)
};
// @memo(deref(p))
int fraction(const struct fraction *p) { return p->bytes[0]; }

// @memo_type(hash=late_hash)
union late { int i; float f; };
// @memo
int late(union late l) { return l.i; }
unsigned long late_hash(const union late *l);

// @memo_type(hash=wrong_hash, encode=wrong_encode, decode=wrong_decode, free=wrong_free)
union wrong { int i; float f; };
long wrong_hash(union wrong *w);
long wrong_encode(union wrong w);
int wrong_decode(const union wrong *w, const void *bytes, int size);
void wrong_free(int *w);
// @memo
int wrong(union wrong w) { return w.i; }

int *wrong_alloc(int n);
// @memo(alloc=wrong_alloc, free=no_free)
struct outside *made(int n) { (void)n; return 0; }

/* Used by nothing that is memoized. */
struct unused {
    int *values; // @memo len(nothing)
};

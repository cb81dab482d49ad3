/* What may not stand behind a field, and fields that nothing can follow. */
struct unsaid {
    int count;
    double *values;
};
// @memo(deref(u))
int unsaid(const struct unsaid *u) { return u->count; }

struct wrong_word {
    int n;
    int *a; // @memo lne(n)
    int *b; // @memo
    int *c; // @memo len
    int *d; // @memo hash
    int *e; // @memo len()
    int *f; // @memo len(n
    int *g; // @memo hash(f())
    int *h; // @memo(deref, ignore)
    int *i; // @singleton
    int *j; // @memo 7
};

int not_a_field; // @memo len(3)
int in_a_function(void)
{
    int local = 0; // @memo deref
    return local;
}

struct wrong_rule {
    int n;  // @memo len(3)
};
// @memo(deref(w))
int wrong_rule(const struct wrong_rule *w) { return w->n; }

struct no_pointer {
    int n; // @memo deref
};
// @memo(deref(w))
int no_pointer(const struct no_pointer *w) { return w->n; }

struct no_text {
    int *text; // @memo string
};
// @memo(deref(w))
int no_text(const struct no_text *w) { return *w->text; }

struct lengths {
    int *n;      // @memo deref
    int *values; // @memo len(*n)
};
// @memo(deref(w))
int pointer_length(const struct lengths *w) { return *w->values; }

int twice(int n);
struct calls {
    int n;
    int *values; // @memo len(twice(n))
};
// @memo(deref(w))
int calling_length(const struct calls *w) { return *w->values; }

struct inner {
    int n;
};
struct follows {
    struct inner *i; // @memo deref
    int *values;     // @memo len(i->n)
};
// @memo(deref(w))
int following_length(const struct follows *w) { return *w->values; }

struct callback {
    int (*call)(int);
};
// @memo(deref(w))
int callback(const struct callback *w) { return w->call(1); }

struct hashed {
    struct inner *i; // @memo hash(hash_inner)
};
unsigned long hash_inner(const struct inner *i);
// @memo
struct hashed hashed_result(int n) { struct hashed h = {0}; (void)n; return h; }

struct open {
    int n;
    int rest[];
};
// @memo(deref(o))
int open(const struct open *o) { return o->n; }

struct closed {
    int n;
    int rest[]; // @memo len(n)
};
// @memo(in(c[2]))
int array_of_open(const struct closed *c) { return c->n; }
// @memo
int open_by_value(struct closed c) { return c.n; }
// @memo
struct closed returns_open(int n) { struct closed c = {n}; return c; }
// @memo(returns(result[n]))
struct closed *returns_opens(int n) { (void)n; return 0; }

struct of_open {
    int n;
    struct closed *all; // @memo len(n)
};
// @memo(deref(o))
int many_open(const struct of_open *o) { return o->n; }

struct list {
    int n;
    struct list *next;
};
// @memo_type(hash=made_hash, encode=made_encode, decode=made_decode)
struct made { void *content; };
unsigned long made_hash(const struct made *m);
unsigned long made_encode(const struct made *m, void *to, unsigned long room);
int made_decode(struct made *m, const void *from, unsigned long size);
struct maker { int all; struct made one; };
// @memo(inout(l[1]))
int changes_what_is_made(struct maker *l) { l->all = 0; return 0; }

// @memo(alloc=my_alloc)
struct list *alone(int n) { (void)n; return 0; }

struct pairs {
    int n;
    struct inner one;
    int *values; // @memo len((&one)->n)
};
// @memo(deref(w))
int arrow_length(const struct pairs *w) { return *w->values; }

struct early {
    int n;
    int none[0]; // @memo len(n)
    int last;
};
// @memo(deref(w))
int early(const struct early *w) { return w->last; }

struct around {
    int n;
    struct closed inner;
};
// @memo(deref(w))
int around(const struct around *w) { return w->n; }

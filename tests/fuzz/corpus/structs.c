struct inner {
    char tag;
    double weight[2];
};

typedef struct {
    int a : 3;
    unsigned b : 5;
    struct inner in;
    struct {
        short x, y;
    };
} record;

union word {
    int i;
    float f;
};

unsigned hash_word(const union word *w);
record turn(record r, struct inner in);
double weight(const record *r);
int number(const union word *w, void *log);
void fill(record *r, int n);

unsigned hash_word(const union word *w)
{
    return (unsigned)w->i;
}

// @memo
record turn(record r, struct inner in)
{
    r.in = in;
    r.b = 1;
    return r;
}

// @memo(deref(r))
double weight(const record *r)
{
    return r->in.weight[0] + r->x;
}

/* @memo(hash(w, hash_word), ignore(log)) */
int number(const union word *w, void *log)
{
    (void)log;
    return w->i;
}

// @memo(out(r[1]))
void fill(record *r, int n)
{
    static const record zero;
    *r = zero;
    r->in.tag = (char)n;
}

/* Results that cannot be shared, and functions that cannot be called. */
struct link;
extern struct link *connect_to(int port);
extern int count;
extern void disconnect(struct link *link);
extern void disconnect_const(const struct link *link);
extern int is_alive(const struct link *link);
extern int is_any(const void *link);
extern void two(struct link *link, int how);
extern void several(struct link *link, ...);
extern void other(int *link);
extern int no_prototype();

// @singleton(validate=is_alive, release=disconnect)
struct link *good(int n) { return connect_to(n); }

// @singleton(validate=is_any, release=no_prototype)
struct link *good_too(int n) { return connect_to(n); }

// @singleton(validate=gone, release=count)
struct link *unknown(int n) { return connect_to(n); }

// @singleton(validate=disconnect, release=two)
struct link *shape(int n) { return connect_to(n); }

// @singleton(release=several)
struct link *variadic(int n) { return connect_to(n); }

// @singleton(release=other)
struct link *parameter(int n) { return connect_to(n); }

// @singleton(release=disconnect)
const struct link *constant(int n) { return connect_to(n); }

// @singleton(release=disconnect_const)
const struct link *constant_too(int n) { return connect_to(n); }

// @singleton(release=disconnect)
int handle(int n) { return n; }

// @singleton(validate=is_alive, release=disconnect)
void nothing(int n) { (void)n; }

// @singleton(ignore(link))
struct link *same(struct link *link) { return link; }

// @singleton
int *local(int n)
{
    int there[2] = {n, n};
    return there;
}

// @singleton
__attribute__((malloc)) struct link *fresh(int n) { return connect_to(n); }

// @memo(borrow, returns(result[1]))
__attribute__((malloc)) const int *fresh_too(int n) { return n ? 0 : 0; }

// @memo(borrow)
int number(int n) { return n; }

// @memo(borrow, returns(static))
const char *constant_text(int n) { return n ? "a" : "b"; }

// @memo(borrow)
const char *literal(int n) { return n ? "a" : "b"; }

// @memo(borrow)
const int *one_of(int n) { return n ? &count : 0; }

// @memo(borrow)
const struct link *opaque(int n) { return n ? 0 : 0; }

struct node { struct node *next; int n; };

// @singleton(out(nodes[1]))
struct link *written(int n, struct node *nodes) { nodes->n = n; return 0; }

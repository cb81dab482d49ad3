/* Everybody gets the same pointer or handle; what is done with it by release=
 * and validate= is the same as if the program did it. */
#include <trap.h>

#include <string.h>

struct link {
    int number, uses;
    char name[16];
};

/* Kept as it is, pointers inside and all. */
struct pair {
    const struct link *first;
    double weight;
    union {
        int i;
        float f;
    } either;
};

typedef int (*operation)(int);

/* Whoever looks only at C finds nobody who calls the first four. */
int is_alive(const struct link *link);
void close_link(struct link *link);
int close_handle(int handle);
_Bool is_even(unsigned short handle);
int open_handle(int seed);
unsigned short small_handle(unsigned char a, unsigned char b);
struct pair make_pair(const struct link *first, double weight);
operation choose(int which);
void prepare(void);
const char *fill(int n, int *squares);

static struct link links[20];
static int opened, closed;

int is_alive(const struct link *link)
{
    return link->uses < 100;
}

void close_link(struct link *link)
{
    link->uses = -1;
    closed++;
}

/* @singleton(validate=is_alive, release=close_link, max_entries=3,
              impure_ok) */
static struct link *open_link(const char *name, int number)
{
    struct link *link = &links[opened++ % 20];
    link->number = number;
    link->uses = 0;
    strncpy(link->name, name, sizeof link->name - 1);
    return link;
}

static int last_closed;

int close_handle(int handle)
{
    last_closed = handle;
    return 0;
}

/* @cache_resource(release=close_handle) */
int open_handle(int seed)
{
    return seed * 3;
}

_Bool is_even(unsigned short handle)
{
    return handle % 2 == 0;
}

/* @experimental_singleton(validate=is_even, cache_if=result != 6) */
unsigned short small_handle(unsigned char a, unsigned char b)
{
    return (unsigned short)(a * b);
}

/* @singleton(ignore(first)) */
struct pair make_pair(const struct link *first, double weight)
{
    struct pair pair;
    memset(&pair, 0, sizeof pair);
    pair.first = first;
    pair.weight = weight;
    pair.either.i = 4;
    return pair;
}

static int twice(int n)
{
    return 2 * n;
}

/* @singleton */
operation choose(int which)
{
    return which ? twice : 0;
}

static int prepared;

/* Done once.
 * @singleton(impure_ok) */
void prepare(void)
{
    prepared = 1;
}

/* @singleton(out(squares[n])) */
const char *fill(int n, int *squares)
{
    int i;
    for (i = 0; i < n; i++)
        squares[i] = i * i;
    return "filled";
}

static void use_links(void)
{
    struct link *a = open_link("a", 1), *b = open_link("b", 1);
    printf("%s %d, %s %d\n", a->name, a->number, b->name, b->number);
    /* Not memoized, every call opens another one. */
    a->uses = 7;
    if (getenv("TRAP_PROCESSED") && open_link("a", 1) != a)
        exit(4);
    b->uses = 100;
    if (getenv("TRAP_PROCESSED") && open_link("b", 1) == b)
        exit(5);
    TRAP_HITS(open_link, 1);
    memo_borrow_end();
    if (getenv("TRAP_PROCESSED") && closed != 1)
        exit(6);
    (void)memo_clear_args(open_link, "a", 1);
    if (getenv("TRAP_PROCESSED") && (closed != 2 || a->uses != -1))
        exit(7);
}

int main(void)
{
    struct link end = {0, 0, "end"};
    int squares[4] = {0}, i;
    use_links();
    for (i = 0; i < 3; i++) {
        printf("%d %d\n", open_handle(5), small_handle(3, (unsigned char)i));
        printf("%d\n", small_handle(2, 4));
        printf("%d %g %d\n", make_pair(&end, 1.5).first == &end,
               make_pair(&end, 1.5).weight, make_pair(&end, 1.5).either.i);
        printf("%d %d\n", choose(1)(21), choose(0) == 0);
        prepare();
        memset(squares, 0, sizeof squares);
        printf("%s %d\n", fill(4, squares), squares[3]);
    }
    printf("%d\n", prepared);
    TRAP_HITS(open_handle, 2);
    TRAP_HITS(make_pair, 8);
    TRAP_HITS(small_handle, 2);
    TRAP_HITS(choose, 2);
    TRAP_HITS(prepare, 2);
    TRAP_HITS(fill, 2);
    memo_clear(open_handle);
    memo_borrow_end();
    if (getenv("TRAP_PROCESSED") && last_closed != 15)
        exit(8);
    return 0;
}

/* Pointers and handles that all callers share. */

struct link;
extern struct link *connect_to(const char *host, int port);
extern int is_alive(const struct link *link);
extern void disconnect(struct link *link);
extern int close_handle(int handle);
struct pair {
    int *first;
    double second;
};

/* @singleton(ttl="1h", validate=is_alive, release=disconnect) */
struct link *get_link(const char *host, int port)
{
    return connect_to(host, port);
}

/* @cache_resource(release=close_handle, cache_if=result >= 0) */
int get_handle(int number)
{
    return number - 3;
}

/* @experimental_singleton */
struct pair get_pair(void)
{
    static int n;
    struct pair pair;
    pair.first = &n;
    pair.second = 2;
    return pair;
}

/* @singleton */
void set_up(void) {}

static struct pair known;

/* @singleton(impure_ok) */
struct pair *get_known(int which)
{
    static struct pair other;
    return which ? &known : &other;
}

/* @singleton */
const char *get_name(void) { return "name"; }

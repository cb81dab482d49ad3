/* A tree of JSON, lists, graphs, an array of nodes that lead to each other. */
#include "trap.h"

#include <string.h>

/* ---- a tree whose nodes have arrays of children ---------------------------
 */

struct json {
    enum { NIL, NUMBER, TEXT, LIST } kind : 3;
    _Bool is_key : 1;
    double number;
    char *text; // NULL unless it is one
    size_t count;
    struct json *items; // @memo len(count)
};

static const char *read_json(const char *at, struct json *out)
{
    memset(out, 0, sizeof *out);
    if (*at == '[') {
        out->kind = LIST;
        for (at++; *at && *at != ']'; at += *at == ',') {
            out->items =
                realloc(out->items, (out->count + 1) * sizeof *out->items);
            at = read_json(at, &out->items[out->count++]);
        }
        return at + (*at == ']');
    }
    if (*at == '"') {
        size_t size = strcspn(at + 1, "\"");
        out->kind = TEXT;
        out->is_key = at[size + 1] == '"' && at[size + 2] == ':';
        out->text = calloc(size + 1, 1);
        memcpy(out->text, at + 1, size);
        return at + size + 2 + out->is_key;
    }
    if (*at && strchr("-0123456789", *at)) {
        char *end;
        out->kind = NUMBER;
        out->number = strtod(at, &end);
        return end;
    }
    return *at ? at + 1 : at;
}

// @memo
static struct json parse(const char *text)
{
    struct json made;
    read_json(text, &made);
    return made;
}

static void release(struct json *j)
{
    for (size_t i = 0; i < j->count; i++)
        release(&j->items[i]);
    free(j->items);
    free(j->text);
}

// @memo
static double weigh(struct json j)
{
    double sum = j.number + (j.text ? (double)strlen(j.text) : 0) + j.is_key;
    for (size_t i = 0; i < j.count; i++)
        sum += 2 * weigh(j.items[i]);
    return sum;
}

/* ---- a list and a graph ---------------------------------------------------
 */

typedef struct link {
    long value;
    struct link *next, *other; /* may lead anywhere */
} link_t;

// @memo
static link_t *chain(int length, int closes)
{
    link_t *first = NULL, *last = NULL;
    for (int i = 0; i < length; i++) {
        link_t *now = malloc(sizeof *now);
        *now = (link_t){i, NULL, last};
        if (last)
            last->next = now;
        else
            first = now;
        last = now;
    }
    if (closes && last)
        last->next = first;
    return first;
}

static void release_chain(link_t *l)
{
    link_t *first = l;
    while (l) {
        link_t *next = l->next;
        free(l);
        l = next == first ? NULL : next;
    }
}

// @memo(deref(l))
static long sum(const link_t *l)
{
    const link_t *first = l;
    long total = 0;
    do {
        total += l->value;
        total += l->other ? l->other->value : 100;
        l = l->next;
    } while (l && l != first);
    return total;
}

// @memo(deref(l))
static int has_cycle(const link_t *l)
{
    const link_t *slow = l, *fast = l->next;
    while (fast && fast != slow && fast->next) {
        fast = fast->next->next;
        slow = slow->next;
    }
    return fast == slow;
}

/* ---- nodes in one array ---------------------------------------------------
 */

struct pool {
    unsigned count;
    struct place {
        int id;
        struct place *next;
    } * nodes, *first; // @memo len(count)
};

struct ring {
    struct place *entry; // @memo deref
    unsigned count;
    struct place *nodes; // @memo len(count)
};

// @memo
static struct ring *ring(unsigned count, unsigned step)
{
    struct ring *made = malloc(sizeof *made);
    made->count = count;
    made->nodes = malloc(count * sizeof *made->nodes);
    for (unsigned i = 0; i < count; i++)
        made->nodes[i] =
            (struct place){(int)i, &made->nodes[(i + step) % count]};
    made->entry = made->nodes + count / 2;
    return made;
}

// @memo
static struct pool pool(unsigned count)
{
    struct pool made = {count, malloc(count * sizeof *made.nodes), NULL};
    for (unsigned i = 0; i < count; i++)
        made.nodes[i] = (struct place){(int)i, &made.nodes[count - 1 - i]};
    made.first = made.nodes;
    return made;
}

int main(void)
{
    for (int round = 0; round < 3; round++) {
        static const char *const texts[] = {
            "[1,2,[\"a\":3,\"\",[]],-4.5]", "[]", "7", "\"text\"", "null", ""};
        for (int i = 0; i < 6; i++) {
            struct json j = parse(texts[i]), again = parse(texts[i]);
            printf("%d %zu %g %g\n", j.kind, j.count, weigh(j), weigh(again));
            if (j.count > 0) {
                j.items[0].number++;
                printf("%g\n", weigh(j));
            }
            release(&j);
            release(&again);
        }
        for (int length = 1; length <= 20000; length *= 10) {
            link_t *l = chain(length, round & 1),
                   *same = chain(length, round & 1);
            printf("%ld %ld %d %d\n", sum(l), sum(same), has_cycle(l),
                   l->next && l->next->other == l);
            same->value = 7;
            printf("%ld\n", sum(same));
            release_chain(l);
            release_chain(same);
        }
        struct ring *r = ring(10, 3);
        const struct place *at = r->entry;
        for (int i = 0; i < 10; i++, at = at->next)
            printf("%d", at->id);
        printf(" %d\n", at == r->entry);
        free(r->nodes);
        free(r);
        struct pool p = pool(6);
        printf("%d %d %d\n", p.first->next->id, p.first == p.nodes,
               p.nodes[5].next == p.nodes);
        free(p.nodes);
    }
    TRAP_HITS(ring, 0);
    TRAP_HITS(pool, 2);
    TRAP_HITS(chain, 20);
    return 0;
}

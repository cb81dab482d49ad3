/* Outputs and results by value that have pointers in them; values that no copy
 * can be made of. */
#include "trap.h"

#include <string.h>

struct text {
    int size;
    char *bytes; // @memo len(size)
};

struct person {
    const char *name;
    struct text notes[2];
    int *scores; // @memo len(score_count)
    unsigned char score_count;
};

static struct text text_of(const char *from)
{
    struct text made = {(int)strlen(from), malloc(strlen(from) + 1)};
    memcpy(made.bytes, from, strlen(from) + 1);
    return made;
}

static char *copy_of(const char *from)
{
    return strcpy(malloc(strlen(from) + 1), from);
}

static void release(struct person *p)
{
    free((void *)(size_t)p->name);
    free(p->notes[0].bytes);
    free(p->notes[1].bytes);
    free(p->scores);
}

static void show(const struct person *p)
{
    printf("%s %.*s %.*s", p->name ? p->name : "nobody", p->notes[0].size,
           p->notes[0].bytes ? p->notes[0].bytes : "", p->notes[1].size,
           p->notes[1].bytes ? p->notes[1].bytes : "");
    for (int i = 0; i < p->score_count; i++)
        printf(" %d", p->scores[i]);
    printf("\n");
}

// @memo
static struct person person(const char *name, int scores)
{
    struct person made = {copy_of(name),
                          {text_of("first"), text_of(name)},
                          calloc((size_t)scores, sizeof(int)),
                          (unsigned char)scores};
    for (int i = 0; i < scores; i++)
        made.scores[i] = i * i;
    return made;
}

// @memo(out(all[n]), out(count[1]))
static int people(const char *names, struct person *all, int n, int *count)
{
    *count = 0;
    for (int i = 0; i < n; i++) {
        size_t size = strcspn(names, " ");
        char name[32] = {0};
        memcpy(name, names, size);
        memset(&all[i], 0, sizeof all[i]);
        if (size > 0) {
            all[i].name = copy_of(name);
            all[i].notes[0] = text_of(name + 1);
            ++*count;
        }
        names += size + (names[size] == ' ');
    }
    return *count * 10;
}

// @memo(out(p[1]), cache_if=result == 0)
static int lookup(const char *name, struct person *p)
{
    memset(p, 0, sizeof *p);
    if (!*name)
        return -1;
    p->name = copy_of(name);
    p->score_count = 2;
    p->scores = calloc(2, sizeof(int));
    p->scores[1] = (int)strlen(name);
    return 0;
}

struct list {
    int value;
    struct list *next;
};

/* The result leads into the argument: each call has to make it anew. */
// @memo(deref(l))
static struct list tail_of(struct list *l)
{
    struct list made = {l->value + 1, l->next};
    return made;
}

struct vector {
    int n;
    double *x; // @memo len(n)
};

/* May be called in place. */
// @memo(deref(v), out(sums[v->n]))
static void prefix_sums(const struct vector *v, double *sums)
{
    double sum = 0;
    for (int i = 0; i < v->n; i++) {
        sum += v->x[i] + (i > 0 ? v->x[i - 1] : 0);
        sums[i] = sum;
    }
}

int main(void)
{
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 3; i++) {
            struct person p = person("Ada", i), all[3], found;
            int count = 0;
            show(&p);
            release(&p);
            int result = people("Bob Eve", all, i, &count);
            printf("%d %d\n", result, count);
            for (int k = 0; k < i; k++) {
                show(&all[k]);
                release(&all[k]);
            }
            result = lookup(i == 1 ? "" : "Zoe", &found);
            printf("%d ", result);
            show(&found);
            release(&found);
        }
        struct list b = {2, NULL}, a = {1, &b};
        struct list t = tail_of(&a);
        printf("%d %d\n", t.value, t.next == &b);
        double xs[4] = {1, 2, 3, 4}, sums[4] = {0};
        struct vector v = {4, xs};
        prefix_sums(&v, sums);
        printf("%g %g ", sums[1], sums[3]);
        prefix_sums(&v, xs);
        printf("%g %g\n", xs[1], xs[3]);
    }
    TRAP_HITS(person, 6);
    TRAP_HITS(people, 6);
    TRAP_HITS(lookup, 5);
    TRAP_HITS(tail_of, 0);
    TRAP_COUNTS(prefix_sums, 2, 3);
    return 0;
}

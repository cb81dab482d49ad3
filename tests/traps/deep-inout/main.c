/* Values with pointers that a function changes where they are. */
#include "trap.h"

#include <string.h>

struct tree {
    struct tree *left, *right;
    int key;
    int visits; // @memo ignore
};

struct matrix {
    int rows, columns;
    double *cells; // @memo len(rows * columns)
    char *title;
};

static struct tree *leaf(int key)
{
    struct tree *made = calloc(1, sizeof *made);
    made->key = key;
    return made;
}

static void release(struct tree *t)
{
    if (!t)
        return;
    release(t->left);
    release(t->right);
    free(t);
}

static void show(const struct tree *t)
{
    if (!t)
        return;
    show(t->left);
    printf("%d/%d ", t->key, t->visits);
    show(t->right);
}

/* New pieces; 0 where the key was there. */
// @memo(inout(t[1]))
static int insert(struct tree *t, int key)
{
    while (t->key != key) {
        struct tree **next = key < t->key ? &t->left : &t->right;
        if (!*next) {
            *next = leaf(key);
            return 1;
        }
        t = *next;
    }
    return 0;
}

/* The pieces stay, their pointers move. */
// @memo(inout(t[1]))
static void mirror(struct tree *t)
{
    struct tree *left = t->left;
    t->left = t->right;
    t->right = left;
    if (t->left)
        mirror(t->left);
    if (t->right)
        mirror(t->right);
}

/* A piece is given back: each call has to do that itself. */
// @memo(inout(t[1]))
static void cut(struct tree *t)
{
    release(t->left);
    t->left = NULL;
}

// @memo(inout(m[1]), deref(by), out(largest[1]))
static void scale(struct matrix *m, const struct matrix *by, double *largest)
{
    *largest = 0;
    for (int i = 0; i < m->rows * m->columns; i++) {
        m->cells[i] *= by->cells[0];
        if (m->cells[i] > *largest)
            *largest = m->cells[i];
    }
}

/* Less of both is used afterwards, and the caller looks at the rest. */
// @memo(inout(m[1]))
static void shorten(struct matrix *m)
{
    m->rows--;
    m->cells[m->rows] = -1;
    m->title[strlen(m->title) / 2] = '\0';
}

/* What is left out stays, and so does what cannot be written. */
struct view {
    int n;
    int uses;          // @memo ignore
    const int *values; // @memo len(n)
    int *first;        // @memo deref
};
static const int squares[] = {1, 4, 9};

// @memo(inout(v[1]))
static int next_square(struct view *v)
{
    *v->first += v->values[0];
    return v->values[1] + *v->first;
}

/* A flat one. */
struct counter {
    int value;
    int uses; // @memo ignore
};
// @memo(inout(c[1]))
static void twice(struct counter *c)
{
    c->value *= 2;
}

/* An argument that is no input becomes a part of another one. */
unsigned long hash_tree(const struct tree *t);
unsigned long hash_tree(const struct tree *t)
{
    return (unsigned long)t->key;
}
// @memo(inout(to[1]), hash(t, hash_tree))
static void hang_on(struct tree *to, struct tree *t)
{
    to->left = t;
}

/* All of an array change. */
// @memo(inout(all[n]))
static double total(struct matrix *all, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < all[i].rows * all[i].columns; k++) {
            sum += all[i].cells[k];
            all[i].cells[k] = sum;
        }
    }
    return sum;
}

static void trees(int base)
{
    struct tree *t = leaf(base);
    struct tree *held = NULL;
    for (int i = 0; i < 5; i++)
        printf("%d", insert(t, base + i * 7 % 5 - 2));
    printf(" ");
    held = t->left;
    held->visits = base;
    show(t);
    mirror(t);
    printf("%d ", held == t->right);
    show(t);
    cut(t);
    show(t);
    printf("\n");
    release(t);
}

static void matrices(double factor)
{
    double cells[] = {1, 2, 3, 4}, other[] = {factor}, largest = -1;
    char title[] = "a title";
    struct matrix m = {2, 2, cells, title}, by = {1, 1, other, NULL};
    scale(&m, &by, &largest);
    printf("%g %g %g ", largest, cells[0], cells[3]);
    shorten(&m);
    printf("%d %s %d %g %s ", m.rows, m.title, m.cells == cells, cells[1],
           title + strlen(title) + 1);
    struct matrix all[2] = {m, by};
    printf("%g ", total(all, 2));
    printf("%g %g\n", cells[1], other[0]);
    /* In place of itself. */
    by.cells = cells;
    m.rows = 2;
    scale(&m, &by, &largest);
    printf("%g %g %g\n", largest, cells[0], cells[3]);
}

static void others(int n)
{
    int first = 1;
    struct view v = {3, n, squares, &first};
    struct counter c = {1, n};
    printf("%d ", next_square(&v));
    twice(&c);
    printf("%d %d %d %d\n", first, v.uses, c.value, c.uses);
    struct tree root = {0}, child = {NULL, NULL, 3, 0};
    hang_on(&root, &child);
    printf("%d\n", root.left == &child);
}

int main(void)
{
    for (int round = 0; round < 3; round++) {
        trees(10);
        trees(20);
        matrices(2);
        matrices(3);
        others(round);
    }
    TRAP_HITS(insert, 20);
    TRAP_HITS(mirror, 4);
    TRAP_HITS(cut, 0);
    TRAP_COUNTS(scale, 4, 6);
    TRAP_HITS(shorten, 0);
    TRAP_HITS(total, 4);
    TRAP_HITS(next_square, 2);
    TRAP_HITS(twice, 2);
    TRAP_HITS(hang_on, 0);
    return 0;
}

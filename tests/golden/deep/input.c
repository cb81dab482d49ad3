/* Values that are more than their own bytes. */
#include <stdlib.h>

struct node {
    int value;
    struct node *left, *right;
};

struct table {
    unsigned rows, cols;
    double *cells; // @memo len(rows * cols)
    char *name;
    const char **labels; /* @memo len(cols) */
    struct node *index;  // @memo deref
    void *cache;         // @memo ignore
    struct {
        size_t size;
        char *bytes; // @memo len(size)
    };
};

struct crate {
    unsigned count : 4; short *sizes, *heights; // @memo len(count)
    union {
        int number;
        float fraction;
    }; // @memo ignore
    struct {
        char kind; int *values; // @memo len(kind + sizeof(struct node))
    } inner;
};

struct line {
    unsigned short length;
    char text[]; // @memo len(length)
};

// @memo
struct table *load(const char *path)
{
    (void)path;
    return NULL;
}

// @memo(deref(t))
double sum(const struct table *t)
{
    return t->cells[0];
}

// @memo(in(words[n]), returns(result[n]))
char **copies(const char *const *words, int n)
{
    (void)words;
    return calloc((size_t)n, sizeof(char *));
}

void *line_alloc(size_t size);
void line_free(void *memory);

// @memo(alloc=line_alloc, free=line_free)
struct line *line_of(int n)
{
    struct line *made = line_alloc(sizeof *made + (size_t)n);
    made->length = (unsigned short)n;
    return made;
}

// @memo(out(tree[1]), cache_if=result >= 0)
int parse(const char *text, struct node *tree)
{
    (void)text;
    tree->left = tree->right = NULL;
    tree->value = 0;
    return 0;
}

// @memo
int volume(struct crate c)
{
    return c.sizes[0];
}

/* A union that functions turn into bytes, an opaque handle, fields that are
 * known by a hash or not at all. */
#include "trap.h"

#include "store.h"

#include <string.h>

/* ---- a union --------------------------------------------------------------
 */

/* @memo_type(encode=value_encode, decode=value_decode, free=value_free) */
typedef struct value {
    int kind; /* 0: nothing, 1: a number, 2: a text */
    union {
        double number;
        char *text;
    } is;
} value;

size_t value_encode(const value *v, void *bytes, size_t room);
int value_decode(value *v, const void *bytes, size_t size);
void value_free(value *v);

size_t value_encode(const value *v, void *bytes, size_t room)
{
    const void *from = v->kind == 1   ? (const void *)&v->is.number
                       : v->kind == 2 ? (const void *)v->is.text
                                      : "";
    size_t size = v->kind == 1   ? sizeof v->is.number
                  : v->kind == 2 ? strlen(v->is.text)
                                 : 0;
    if (size + 1 <= room) {
        *(char *)bytes = (char)v->kind;
        memcpy((char *)bytes + 1, from, size);
    }
    return size + 1;
}

int value_decode(value *v, const void *bytes, size_t size)
{
    const char *from = bytes;
    memset(v, 0, sizeof *v);
    if (size == 0)
        return 0;
    v->kind = *from;
    if (v->kind == 1)
        memcpy(&v->is.number, from + 1, sizeof v->is.number);
    if (v->kind == 2) {
        v->is.text = calloc(size, 1);
        memcpy(v->is.text, from + 1, size - 1);
    }
    return 1;
}

void value_free(value *v)
{
    if (v->kind == 2)
        free(v->is.text);
}

struct row {
    int count;
    value *cells; /* @memo len(count) */
    value last[2];
};

static value text_value(const char *text)
{
    value made;
    made.kind = 2;
    made.is.text = malloc(strlen(text) + 1);
    strcpy(made.is.text, text);
    return made;
}

static value number_value(double number)
{
    value made;
    made.kind = 1;
    made.is.number = number;
    return made;
}

/* @memo */
static value parse(const char *text)
{
    value nothing;
    nothing.kind = 0;
    nothing.is.number = 0;
    if (!*text)
        return nothing;
    return *text >= '0' && *text <= '9' ? number_value(atof(text))
                                        : text_value(text);
}

/* @memo */
static double weigh(value v)
{
    return v.kind == 1   ? v.is.number
           : v.kind == 2 ? (double)strlen(v.is.text)
                         : -1;
}

/* @memo(in(vs[n])) */
static double weigh_all(const value *vs, int n)
{
    double sum = 0;
    while (n-- > 0)
        sum += weigh(vs[n]);
    return sum;
}

/* @memo */
static struct row *row(const char *text)
{
    struct row *made = calloc(1, sizeof *made);
    int i;
    made->count = (int)strlen(text);
    made->cells = calloc((size_t)made->count, sizeof *made->cells);
    for (i = 0; i < made->count; i++)
        made->cells[i] = parse(text + i);
    made->last[0] = number_value(7);
    made->last[1] = text_value(text);
    return made;
}

static void release_row(struct row *r)
{
    int i;
    for (i = 0; i < r->count; i++)
        value_free(&r->cells[i]);
    value_free(&r->last[0]);
    value_free(&r->last[1]);
    free(r->cells);
    free(r);
}

/* ---- a handle -------------------------------------------------------------
 */

/* @memo */
static store *reopen(const char *text)
{
    return strcmp(text, "none") == 0 ? NULL : store_open(text);
}

/* @memo(deref(s)) */
static int first(const store *s)
{
    return s ? store_get(s, 0) : -2;
}

struct view {
    store *main, *backup;
    int index;
    void *lock;       /* @memo ignore */
    const char *path; /* @memo hash(path_hash) */
};
unsigned long path_hash(const char *path);

unsigned long path_hash(const char *path)
{
    return path ? strlen(path) : 99;
}

/* @memo(deref(v)) */
static int look(const struct view *v)
{
    return (v->main ? store_get(v->main, v->index) : 0) * 1000 +
           (v->backup ? store_get(v->backup, v->index) : 0) +
           (int)path_hash(v->path);
}

/* @memo(deref(s)) */
static struct row *row_of(const store *s)
{
    char text[2];
    text[0] = (char)store_get(s, 0);
    text[1] = '\0';
    return row(text);
}

static void handles(void)
{
    static const char *const texts[] = {"abc", "xyz", "none", "a"};
    struct view v;
    int i;
    for (i = 0; i < 4; i++) {
        store *s = reopen(texts[i]), *again = reopen(texts[i]);
        int before = first(s);
        struct row *r;
        printf("%d %d\n", before, s == again);
        if (!s)
            continue;
        store_set(again, 0, 'q');
        printf("%d %d\n", first(s), first(again));
        r = row_of(s);
        printf("%s\n", r->last[1].is.text);
        release_row(r);
        v.main = s;
        v.backup = i & 1 ? again : NULL;
        v.index = 0;
        v.lock = &v;
        v.path = texts[i];
        printf("%d", look(&v));
        v.lock = NULL;
        v.path = i == 0 ? "123" : texts[i];
        printf(" %d", look(&v));
        v.path = NULL;
        printf(" %d\n", look(&v));
        store_close(s);
        store_close(again);
    }
}

int main(void)
{
    static const char *const texts[] = {"", "12", "word", "3x"};
    int round, i, k;
    for (round = 0; round < 3; round++) {
        for (i = 0; i < 4; i++) {
            value v = parse(texts[i]), all[2];
            struct row *r = row(texts[i]);
            all[0] = all[1] = v;
            printf("%d %g %g:", v.kind, weigh(v), weigh_all(all, 2));
            for (k = 0; k < r->count; k++)
                printf(" %g", weigh(r->cells[k]));
            printf(" %g %s\n", weigh(r->last[0]), r->last[1].is.text);
            if (v.kind == 2) {
                v.is.text[0] = '\0';
                printf("%g\n", weigh(v));
            }
            value_free(&v);
            release_row(r);
        }
        handles();
    }
    TRAP_HITS(row_of, 6);
    /* Three of four are kept: a NULL is computed each time. */
    TRAP_HITS(reopen, 15);
    return 0;
}

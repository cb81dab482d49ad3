/* A CSV file as a table of texts, with sums: lengths that are computed, several
 * declarators on a line, comments of both kinds of blocks, all of it in a
 * header. */
#include "trap.h"

#include <string.h>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wpedantic"
#endif
#include "table.h"

static int runs;

static char *copy_of(const char *text, size_t size)
{
    char *copy = malloc(size + 1);
    memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

static unsigned count_of(const char *text, char c)
{
    unsigned count = 0;
    for (; *text; text++)
        count += *text == c;
    return count;
}

static char *next_cell(const char **text, int is_empty_null)
{
    size_t size = strcspn(*text, ",\n");
    const char *begin = *text;
    *text += size + ((*text)[size] != '\0');
    return size == 0 && is_empty_null ? NULL : copy_of(begin, size);
}

/* @memo(impure_ok) */
static table *parse(const char *text)
{
    table *made = calloc(1, sizeof *made);
    unsigned i, k;
    runs++;
    if (!*text) {
        free(made);
        return NULL;
    }
    made->rows = count_of(text, '\n') - 1;
    made->columns = count_of(text, ',') / (made->rows + 1) + 1;
    {
        char **names = calloc(made->columns, sizeof *names);
        for (k = 0; k < made->columns; k++)
            names[k] = next_cell(&text, 0);
        made->names = (const char *const *)names;
    }
    made->cells = calloc(made->rows * made->columns, sizeof *made->cells);
    made->sums = calloc(made->columns, sizeof *made->sums);
    made->means = calloc(made->columns, sizeof *made->means);
    for (i = 0; i < made->rows; i++) {
        for (k = 0; k < made->columns; k++) {
            char **cell = &made->cells[i * made->columns + k];
            *cell = next_cell(&text, 1);
            made->sums[k] += *cell ? atof(*cell) : 0;
        }
    }
    for (k = 0; k < made->columns; k++)
        made->means[k] = made->rows ? made->sums[k] / made->rows : 0;
    made->note_size = made->rows;
    made->note = copy_of("noted, noted, noted", made->note_size);
    made->title = made->columns > 2 ? copy_of("wide", 4) : NULL;
    return made;
}

static void release(table *t)
{
    unsigned i;
    if (!t)
        return;
    for (i = 0; i < t->rows * t->columns; i++)
        free(t->cells[i]);
    for (i = 0; i < t->columns; i++)
        free((void *)(size_t)t->names[i]);
    free(t->cells);
    free((void *)(size_t)t->names);
    free(t->sums);
    free(t->means);
    free(t->note);
    free((void *)(size_t)t->title);
    free(t);
}

/* @memo(deref(t), impure_ok) */
static double total(const table *t)
{
    double sum = 0;
    unsigned i;
    runs++;
    for (i = 0; i < t->columns; i++)
        sum += t->sums[i] + (double)strlen(t->names[i]);
    for (i = 0; i < t->rows * t->columns; i++)
        sum += t->cells[i] ? t->cells[i][0] : 1000;
    return sum + (t->title ? 0.5 : 0) + t->note[t->note_size];
}

/* @memo */
static double mean(struct range r)
{
    double sum = 0;
    long i;
    for (i = 0; i < r.count; i++)
        sum += r.begin[i];
    return r.count > 0 ? sum / (double)r.count : -1;
}

static void show(const table *t)
{
    unsigned i, k;
    if (!t) {
        printf("no table\n");
        return;
    }
    printf("%u x %u, '%s' %s:", t->rows, t->columns, t->note,
           t->title ? t->title : "(untitled)");
    for (i = 0; i < t->rows; i++)
        for (k = 0; k < t->columns; k++)
            printf(" %s=%s", t->names[k],
                   t->cells[i * t->columns + k] ? t->cells[i * t->columns + k]
                                                : "-");
    for (k = 0; k < t->columns; k++)
        printf(" %g/%g", t->sums[k], t->means[k]);
    printf("\n");
}

int main(void)
{
    static const char *const texts[] = {"a,b,c\n1,2,3\n4,,6\n", "a,b\n1,2\n",
                                        "x\n", "", "a,b,c\n1,2,3\n4,,6\n"};
    static double numbers[] = {1, 2, 3, 4};
    struct range r;
    int round, i;
    for (round = 0; round < 3; round++) {
        for (i = 0; i < 5; i++) {
            table *t = parse(texts[i]);
            show(t);
            if (t) {
                double before = total(t);
                char *old = t->rows > 0 ? t->cells[0] : NULL;
                if (t->rows > 0)
                    t->cells[0] = NULL;
                t->user = &runs;
                printf("%g %g\n", before, total(t));
                if (t->rows > 0)
                    t->cells[0] = old;
            }
            release(t);
        }
    }
    for (i = -1; i < 5; i++) {
        r.begin = i < 0 ? NULL : numbers;
        r.count = i;
        printf("%g ", mean(r));
        r.begin = i < 0 ? NULL : numbers + (i < 4);
        printf("%g ", mean(r));
        if (i == 4)
            break;
    }
    printf("\n");
    /* Four tables, one of them twice a round; NULL is computed each time. */
    TRAP_HITS(parse, 9);
    TRAP_HITS(mean, 3);
    return 0;
}

/* A table as a header describes it. */
#ifndef TABLE_H
#define TABLE_H

typedef struct {
    unsigned rows, columns;
    char **cells;             /* @memo len(rows * columns) */
    const char *const *names; /* @memo len(columns) */
    double *sums, *means;     /* @memo len(columns) */
    struct {
        unsigned note_size;
        char *note; /* @memo(len(note_size + 1)) the NUL as well */
    };
    const char *title; /* a text, as every char * is */
    void *user;        /* @memo ignore */
} table;

struct range {
    const double *begin; /* @memo
                          * len(count) */
    long count;
};

#endif

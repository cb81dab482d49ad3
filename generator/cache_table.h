/* cache_table.h -- rows of texts under headings, in columns.  Pure. */
#ifndef GEN_CACHE_TABLE_H
#define GEN_CACHE_TABLE_H

#include "arena.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

#define GEN_TABLE_COLUMNS 10

typedef struct {
    const char *name;
    bool is_right; /* numbers stand below each other */
    size_t most;   /* characters; 0: no bound.  Its end is what is shown */
} gen_table_column;

typedef struct {
    gen_arena *arena;
    const gen_table_column *columns;
    size_t column_count;
    const char **cells; /* of all rows.  Owner: arena */
    size_t count, room;
} gen_table;

void gen_table_begin(gen_table *out, gen_arena *arena,
                     const gen_table_column *columns, size_t count);

/* Add the next cell of a row.  Shape: UTF-8 of one line. */
void gen_table_add(gen_table *table, const char *cell);

/* Append the rows; lines are cut to this width, 0: not at all. */
void gen_table_append(gen_text *out, const gen_table *table, size_t width);

#endif

/* cache_table.c -- rows of texts under headings, in columns. */
#include "cache_table.h"

#include "utf8.h"

#include <stdint.h>
#include <string.h>

/* What stands where something was cut off. */
#define CUT "\xe2\x80\xa6"

void gen_table_begin(gen_table *out, gen_arena *arena,
                     const gen_table_column *columns, size_t count)
{
    *out =
        (gen_table){.arena = arena, .columns = columns, .column_count = count};
    for (size_t i = 0; i < count; i++)
        gen_table_add(out, columns[i].name);
}

static size_t bytes_at(const char *at)
{
    size_t bytes = gen_utf8_size(at, strlen(at) < 4 ? strlen(at) : 4);

    return bytes > 0 ? bytes : 1;
}

static size_t width_of(const char *text)
{
    size_t width = 0;

    for (; *text != '\0'; text += bytes_at(text))
        width++;
    return width;
}

/* The last characters, `most` with the sign that there were more. */
static const char *end_of(gen_arena *arena, const char *text, size_t most)
{
    size_t width = width_of(text);

    if (width <= most)
        return text;
    for (; width >= most; width--)
        text += bytes_at(text);
    return gen_arena_format(arena, CUT "%s", text);
}

void gen_table_add(gen_table *table, const char *cell)
{
    size_t most = table->columns[table->count % table->column_count].most;

    if (table->count == table->room) {
        size_t room = table->room ? 2 * table->room : 64;
        const char **cells = GEN_NEW_ARRAY(table->arena, const char *, room);

        if (table->count > 0)
            memcpy(cells, table->cells, table->count * sizeof *cells);
        table->cells = cells;
        table->room = room;
    }
    table->cells[table->count++] =
        most > 0 ? end_of(table->arena, cell, most) : cell;
}

static void append_blanks(gen_text *out, size_t count)
{
    while (count-- > 0)
        gen_text_append_char(out, ' ');
}

static void append_row(gen_text *out, const gen_table *table, size_t row,
                       const size_t *widths)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const char *cell = table->cells[row * table->column_count + i];
        size_t blanks = widths[i] - width_of(cell);

        if (table->columns[i].is_right)
            append_blanks(out, blanks);
        gen_text_append_string(out, cell);
        if (i + 1 == table->column_count)
            break;
        append_blanks(out, 2 + (table->columns[i].is_right ? 0 : blanks));
    }
}

/* Append a line of at most so many characters, without blanks at its end. */
static void append_cut(gen_text *out, const char *line, size_t width)
{
    const char *end = line;
    size_t left = width > 0 ? width : SIZE_MAX;

    if (width_of(line) <= left) {
        end = line + strlen(line);
        while (end > line && end[-1] == ' ')
            end--;
        gen_text_append(out, line, (size_t)(end - line));
    } else {
        for (; left > 1; left--)
            end += bytes_at(end);
        gen_text_append(out, line, (size_t)(end - line));
        gen_text_append_string(out, CUT);
    }
    gen_text_append_char(out, '\n');
}

void gen_table_append(gen_text *out, const gen_table *table, size_t width)
{
    size_t widths[GEN_TABLE_COLUMNS] = {0};
    gen_text line = {0};

    for (size_t i = 0; i < table->count; i++) {
        size_t *widest = &widths[i % table->column_count];
        size_t cell = width_of(table->cells[i]);

        if (cell > *widest)
            *widest = cell;
    }
    for (size_t row = 0; row < table->count / table->column_count; row++) {
        line.size = 0;
        append_row(&line, table, row, widths);
        append_cut(out, line.data, width);
    }
    gen_text_finish(&line);
}

#include "elements/csv.h"

#include "elements/fail.h"
#include "elements/frame_utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What stands behind a cell. */
typedef enum { CELL_FOLLOWS, LINE_ENDS, TEXT_ENDS, CELL_IS_BAD } ending;

typedef struct {
    const char *at, *end; /* what is still to be read */
    char *out;            /* of the grid's text, what is still to be written */
    size_t line, column;  /* where `at` is, from 1 on */
    char delimiter;
    st_csv_grid *grid;
    size_t cell_count, capacity;
    st_failure *error;
    st_status status; /* why CELL_IS_BAD was said */
} reader;

static ending refuse(reader *r, const char *why)
{
    r->status = st_explain(r->error, ST_BAD_DATA, "line %zu, column %zu: %s",
                           r->line, r->column, why);
    return CELL_IS_BAD;
}

/* ---- UTF-8 ----------------------------------------------------------------
 */

static st_status check_utf8(const char *text, size_t size, st_failure *error)
{
    size_t good = st_utf8_prefix(text, size);
    size_t line = 1, begin = 0;

    if (good == size)
        return ST_OK;
    for (size_t i = 0; i < good; i++) {
        if (text[i] != '\n')
            continue;
        line++;
        begin = i + 1;
    }
    return st_explain(error, ST_BAD_DATA,
                      "line %zu, byte %zu: this is no UTF-8", line,
                      good - begin + 1);
}

/* ---- cells ----------------------------------------------------------------
 */

/* What ends the cell that was read up to here. */
static ending read_ending(reader *r)
{
    if (r->at == r->end)
        return TEXT_ENDS;
    if (*r->at == r->delimiter) {
        r->at++;
        return CELL_FOLLOWS;
    }
    if (*r->at == '\r') {
        if (r->end - r->at < 2 || r->at[1] != '\n')
            return refuse(r, "a carriage return stands without a line feed");
        r->at++;
    }
    if (*r->at != '\n')
        return refuse(r, "a text goes on behind its closing quote");
    r->at++;
    return LINE_ENDS;
}

static ending read_plain(reader *r)
{
    const char *begin = r->at;

    while (r->at < r->end && *r->at != r->delimiter && *r->at != '\n' &&
           *r->at != '\r' && *r->at != '"')
        r->at++;
    if (r->at < r->end && *r->at == '"')
        return refuse(r, "a quote stands in a cell that does not begin with "
                         "one");
    memcpy(r->out, begin, (size_t)(r->at - begin));
    r->out += r->at - begin;
    return read_ending(r);
}

static ending read_quoted(reader *r)
{
    size_t lines = 0;

    for (r->at++; r->at < r->end; r->at++) {
        if (*r->at == '"') {
            if (r->end - r->at < 2 || r->at[1] != '"')
                break;
            r->at++;
        }
        lines += *r->at == '\n';
        *r->out++ = *r->at;
    }
    if (r->at == r->end)
        return refuse(r, "a quote is opened and never closed");
    r->line += lines;
    r->at++;
    return read_ending(r);
}

static bool make_room(reader *r)
{
    size_t capacity = r->capacity > 0 ? 2 * r->capacity : 64;
    st_csv_cell *cells;

    if (r->cell_count < r->capacity)
        return true;
    cells = realloc(r->grid->cells, capacity * sizeof *cells);
    if (!cells)
        return false;
    r->grid->cells = cells;
    r->capacity = capacity;
    return true;
}

static ending read_cell(reader *r)
{
    char *begin = r->out;
    st_csv_cell *cell;
    ending found;

    if (!make_room(r)) {
        r->status = st_explain(r->error, ST_NO_MEMORY, "out of memory");
        return CELL_IS_BAD;
    }
    cell = &r->grid->cells[r->cell_count++];
    cell->is_quoted = r->at < r->end && *r->at == '"';
    found = (cell->is_quoted ? read_quoted : read_plain)(r);
    cell->begin = (uint32_t)(begin - r->grid->text);
    cell->size = (uint32_t)(r->out - begin) & INT32_MAX;
    return found;
}

/* ---- rows -----------------------------------------------------------------
 */

static void skip_empty_lines(reader *r)
{
    while (r->at < r->end) {
        bool is_crlf =
            r->end - r->at > 1 && r->at[0] == '\r' && r->at[1] == '\n';

        if (*r->at != '\n' && !is_crlf)
            return;
        r->at += is_crlf ? 2 : 1;
        r->line++;
    }
}

/* The row that was read has as many cells as the first one. */
static ending check_width(reader *r, size_t line)
{
    st_csv_grid *grid = r->grid;

    if (grid->rows == 0)
        grid->columns = r->column;
    if (r->column == grid->columns)
        return LINE_ENDS;
    r->status = st_explain(
        r->error, ST_BAD_DATA,
        "line %zu, column %zu: the row has %zu cells, the "
        "first one has %zu",
        line, r->column < grid->columns ? r->column : grid->columns + 1,
        r->column, grid->columns);
    return CELL_IS_BAD;
}

static ending read_row(reader *r)
{
    size_t line = r->line;
    ending found;

    r->column = 0;
    do {
        r->column++;
        found = read_cell(r);
    } while (found == CELL_FOLLOWS);
    if (found == CELL_IS_BAD)
        return found;
    r->line += found == LINE_ENDS;
    return check_width(r, line);
}

static void read_rows(reader *r)
{
    for (skip_empty_lines(r); r->at < r->end; skip_empty_lines(r)) {
        if (read_row(r) == CELL_IS_BAD)
            return;
        r->grid->rows++;
    }
}

st_status st_csv_read(st_csv_grid *out, const char *text, size_t size,
                      char delimiter, st_failure *error)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* of byte order */
    reader r = {.line = 1, .delimiter = delimiter, .grid = out, .error = error};

    memset(out, 0, sizeof *out);
    r.status = check_utf8(text, size, error);
    if (r.status != ST_OK)
        return r.status;
    if (size >= sizeof mark - 1 && memcmp(text, mark, sizeof mark - 1) == 0) {
        text += sizeof mark - 1;
        size -= sizeof mark - 1;
    }
    out->text = malloc(size > 0 ? size : 1);
    if (!out->text)
        return st_explain(error, ST_NO_MEMORY, "out of memory");
    r.at = text;
    r.end = size > 0 ? text + size : text;
    r.out = out->text;
    read_rows(&r);
    if (r.status != ST_OK)
        st_csv_finish(out);
    return r.status;
}

void st_csv_finish(st_csv_grid *grid)
{
    free(grid->text);
    free(grid->cells);
    memset(grid, 0, sizeof *grid);
}

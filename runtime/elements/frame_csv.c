/* frame_csv.c -- a grid of texts as a frame: which type has every column? */
#include "elements/csv.h"
#include "elements/fail.h"
#include "elements/frame.h"
#include "elements/frame_cell.h"
#include "elements/frame_utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    st_csv_grid grid;
    size_t first_row; /* of data */
    size_t rows;
    const char *null_text; /* NULL = none */
    size_t null_size;
    locale_t plain;
} source;

/* What all cells of a column have in common. */
typedef struct {
    bool is_integer, is_double, is_bool, is_time; /* all that are not null */
    bool has_value;
    bool has_zone, lacks_zone;
    int digits;               /* of a second */
    int64_t earliest, latest; /* in seconds */
    size_t text_bytes;
} traits;

/* ---- cells ----------------------------------------------------------------
 */

static const char *cell_text(const source *from, const st_csv_cell *cell)
{
    return from->grid.text + cell->begin;
}

static const st_csv_cell *cell_at(const source *from, size_t row, size_t column)
{
    return st_csv_at(&from->grid, from->first_row + row, column);
}

static bool is_empty(const source *from, const st_csv_cell *cell)
{
    if (cell->size == 0)
        return true;
    return from->null_text && !cell->is_quoted &&
           cell->size == from->null_size &&
           memcmp(cell_text(from, cell), from->null_text, cell->size) == 0;
}

/* ---- types ----------------------------------------------------------------
 */

static void add_time(traits *all, const st_cell_instant *time)
{
    if (time->digits > all->digits)
        all->digits = time->digits;
    all->has_zone |= time->has_zone;
    all->lacks_zone |= !time->has_zone;
    if (time->seconds < all->earliest)
        all->earliest = time->seconds;
    if (time->seconds > all->latest)
        all->latest = time->seconds;
}

static void add_cell(traits *all, const source *from, const st_csv_cell *cell)
{
    const char *text = cell_text(from, cell);
    st_cell_instant time;
    int64_t integer;
    double number;
    bool truth;

    all->text_bytes += cell->size;
    if (is_empty(from, cell))
        return;
    all->has_value = true;
    all->is_integer =
        all->is_integer && st_cell_integer(&integer, text, cell->size);
    all->is_double = all->is_double &&
                     (all->is_integer ||
                      st_cell_double(&number, text, cell->size, from->plain));
    all->is_bool = all->is_bool && st_cell_bool(&truth, text, cell->size);
    all->is_time = all->is_time && st_cell_time(&time, text, cell->size);
    if (all->is_time)
        add_time(all, &time);
}

/* Seconds that 64 bits of nanoseconds have room for, and a bit less. */
#define NANOSECONDS_REACH 9223372035

static traits look_at(const source *from, size_t column)
{
    traits all = {.is_integer = true,
                  .is_double = true,
                  .is_bool = true,
                  .is_time = true};

    for (size_t i = 0; i < from->rows; i++)
        add_cell(&all, from, cell_at(from, i, column));
    if ((all.has_zone && all.lacks_zone) ||
        (all.digits > 6 &&
         (all.earliest < -NANOSECONDS_REACH || all.latest > NANOSECONDS_REACH)))
        all.is_time = false;
    return all;
}

static st_frame_type type_of(const traits *all)
{
    if (!all->has_value)
        return ST_FRAME_TEXT;
    if (all->is_integer)
        return ST_FRAME_INTEGER;
    if (all->is_double)
        return ST_FRAME_DOUBLE;
    if (all->is_bool)
        return ST_FRAME_BOOL;
    return all->is_time ? ST_FRAME_TIME : ST_FRAME_TEXT;
}

/* ---- values ---------------------------------------------------------------
 */

static st_frame_unit unit_of(const traits *all)
{
    return all->digits <= 3   ? ST_FRAME_MILLISECONDS
           : all->digits <= 6 ? ST_FRAME_MICROSECONDS
                              : ST_FRAME_NANOSECONDS;
}

static int64_t count_units(const st_cell_instant *time, st_frame_unit unit)
{
    int64_t per_second = unit == ST_FRAME_MILLISECONDS   ? 1000
                         : unit == ST_FRAME_MICROSECONDS ? 1000000
                                                         : 1000000000;

    return time->seconds * per_second +
           time->nanoseconds / (1000000000 / per_second);
}

static void set_value(st_column *column, size_t row, const source *from,
                      const st_csv_cell *cell)
{
    const char *text = cell_text(from, cell);
    st_cell_instant time;
    bool truth;

    switch (column->type) {
    case ST_FRAME_INTEGER:
        st_cell_integer((int64_t *)column->values + row, text, cell->size);
        break;
    case ST_FRAME_DOUBLE:
        st_cell_double((double *)column->values + row, text, cell->size,
                       from->plain);
        break;
    case ST_FRAME_BOOL:
        st_cell_bool(&truth, text, cell->size);
        if (truth)
            st_set_bit(column->values, row);
        break;
    case ST_FRAME_TIME:
        st_cell_time(&time, text, cell->size);
        ((int64_t *)column->values)[row] = count_units(&time, column->unit);
        break;
    default:
        st_column_set_text(column, row, text, cell->size);
    }
}

static void fill(st_column *column, const source *from, size_t number)
{
    for (size_t i = 0; i < from->rows; i++) {
        const st_csv_cell *cell = cell_at(from, i, number);
        bool is_text = column->type == ST_FRAME_TEXT && cell->is_quoted;

        if (is_empty(from, cell) && !is_text)
            st_column_set_null(column, i);
        else
            set_value(column, i, from, cell);
    }
    st_column_end(column);
}

/* ---- columns --------------------------------------------------------------
 */

static st_status fail_memory(st_failure *error)
{
    return st_explain(error, ST_NO_MEMORY, "out of memory");
}

/* What the header says, or the number of the column. */
static st_status name_column(st_column *column, const source *from,
                             size_t number, st_failure *error)
{
    const st_csv_cell *cell = &from->grid.cells[number];
    char *name = st_zeroed(from->first_row > 0 ? cell->size + 1 : 24, 1);
    bool is_set;

    if (!name)
        return fail_memory(error);
    if (from->first_row > 0)
        memcpy(name, cell_text(from, cell), cell->size);
    else
        snprintf(name, 24, "%zu", number + 1);
    if (from->first_row > 0 && strlen(name) != cell->size) {
        free(name);
        return st_explain(error, ST_BAD_DATA,
                          "the header, column %zu: a name has a NUL in it",
                          number + 1);
    }
    is_set = st_column_set_name(column, name);
    free(name);
    return is_set ? ST_OK : fail_memory(error);
}

static st_status add_column(st_frame *frame, const source *from, size_t number,
                            st_failure *error)
{
    traits all = look_at(from, number);
    st_frame_type type = type_of(&all);
    size_t text_bytes = type == ST_FRAME_TEXT ? all.text_bytes : 0;
    st_column column;
    st_status status;

    if (text_bytes > ST_FRAME_MAX_TEXT)
        return st_explain(error, ST_BAD_VALUE,
                          "the texts of column %zu add up to more than two "
                          "gigabytes",
                          number + 1);
    if (!st_column_begin(&column, type, from->rows, text_bytes))
        return fail_memory(error);
    status = name_column(&column, from, number, error);
    if (type == ST_FRAME_TIME) {
        column.unit = unit_of(&all);
        if (all.has_zone && !st_column_set_zone(&column, "UTC"))
            status = fail_memory(error);
    }
    if (status != ST_OK) {
        st_column_finish(&column);
        return status;
    }
    fill(&column, from, number);
    return st_frame_take(frame, &column, error);
}

static st_status make_frame(st_frame **out, const source *from,
                            const char *index, st_failure *error)
{
    st_frame *frame = NULL;
    st_status status = st_frame_create(&frame, from->rows, error);

    for (size_t i = 0; i < from->grid.columns && status == ST_OK; i++)
        status = add_column(frame, from, i, error);
    if (status == ST_OK)
        status = st_frame_set_index(frame, index, error);
    if (status == ST_OK)
        *out = frame;
    else
        st_frame_destroy(frame);
    return status;
}

static st_status read_grid(st_frame **out, source *from,
                           const st_csv_options *options, st_failure *error)
{
    st_status status;

    if (from->grid.columns > ST_FRAME_MAX_COLUMNS)
        return st_explain(error, ST_BAD_VALUE, "a frame has %u columns at most",
                          ST_FRAME_MAX_COLUMNS);
    if (!options->has_no_header && from->grid.rows == 0)
        return st_explain(error, ST_BAD_DATA, "line 1: there is no header");
    from->first_row = !options->has_no_header;
    from->rows = from->grid.rows - from->first_row;
    from->null_text = options->null_text;
    from->null_size = options->null_text ? strlen(options->null_text) : 0;
    from->plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!from->plain)
        return fail_memory(error);
    status = make_frame(out, from, options->index, error);
    freelocale(from->plain);
    return status;
}

ST_EXPORT st_status st_frame_from_csv(st_frame **out, const char *text,
                                      size_t size,
                                      const st_csv_options *options,
                                      st_failure *error)
{
    static const st_csv_options none;
    const st_csv_options *how = options ? options : &none;
    char delimiter = how->delimiter ? how->delimiter : ',';
    source from = {.first_row = 0};
    st_status status;

    if ((signed char)delimiter < 0 || strchr("\"\r\n", delimiter))
        return st_explain(error, ST_BAD_VALUE,
                          "this character cannot stand between cells");
    if (size > ST_FRAME_MAX_TEXT)
        return st_explain(error, ST_BAD_VALUE,
                          "the text is longer than two gigabytes");
    status = st_csv_read(&from.grid, text, size, delimiter, error);
    if (status != ST_OK)
        return status;
    status = read_grid(out, &from, how, error);
    st_csv_finish(&from.grid);
    return status;
}

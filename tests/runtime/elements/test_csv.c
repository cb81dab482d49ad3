#include "elements/csv.h"

#include "../../support/random.h"

#include <check.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

/* A grid as a text: cells in brackets, q before those in quotes. */
static char *show(const st_csv_grid *grid)
{
    static char shown[4096];
    size_t size = 0;

    for (size_t row = 0; row < grid->rows; row++) {
        for (size_t column = 0; column < grid->columns; column++) {
            const st_csv_cell *cell = st_csv_at(grid, row, column);

            size += (size_t)snprintf(shown + size, sizeof shown - size,
                                     "%s[%.*s]", cell->is_quoted ? "q" : "",
                                     (int)cell->size, grid->text + cell->begin);
        }
        shown[size++] = '/';
    }
    shown[size] = '\0';
    return shown;
}

static const struct {
    const char *text, *cells;
} grids[] = {
    {"", ""},
    {"\n", ""},
    {"\r\n\n", ""},
    {"a", "[a]/"},
    {"a\n", "[a]/"},
    {"a\r\n", "[a]/"},
    {"a,b\n1,2\n", "[a][b]/[1][2]/"},
    {"a,b\r\n1,2", "[a][b]/[1][2]/"},
    {"a,b\n\n\r\n1,2\n\n", "[a][b]/[1][2]/"},
    {",\n,", "[][]/[][]/"},
    {"a,b,\n1,2,\n", "[a][b][]/[1][2][]/"},
    {"\"a\"", "q[a]/"},
    {"\"\"", "q[]/"},
    {"\"\"\n", "q[]/"},
    {"\"a,b\",\"c\nd\"\n", "q[a,b]q[c\nd]/"},
    {"\"say \"\"hi\"\"\",\"\"\"\"", "q[say \"hi\"]q[\"]/"},
    {"\"a\r\nb\",c\r\n", "q[a\r\nb][c]/"},
    {" a , b ", "[ a ][ b ]/"},
    {"\xEF\xBB\xBF"
     "a,b",
     "[a][b]/"},
    {"\xEF\xBB\xBF", ""},
    {"gr\xC3\xBCn", "[gr\xC3\xBCn]/"},
};

START_TEST(cells_are_what_stands_between)
{
    st_csv_grid grid;
    const char *text = grids[_i].text;

    ck_assert_int_eq(st_csv_read(&grid, text, strlen(text), ',', NULL), ST_OK);

    ck_assert_str_eq(show(&grid), grids[_i].cells);
    st_csv_finish(&grid);
}
END_TEST

START_TEST(other_characters_can_stand_between_cells)
{
    st_csv_grid grid;

    ck_assert_int_eq(st_csv_read(&grid, "a;b,c", 5, ';', NULL), ST_OK);
    ck_assert_str_eq(show(&grid), "[a][b,c]/");
    st_csv_finish(&grid);
    ck_assert_int_eq(st_csv_read(&grid, "a\tb c", 5, '\t', NULL), ST_OK);
    ck_assert_str_eq(show(&grid), "[a][b c]/");
    st_csv_finish(&grid);
}
END_TEST

static const struct {
    const char *text;
    st_status status;
    const char *error;
} mistakes[] = {
    {"a,b\n1\n", ST_BAD_DATA,
     "line 2, column 1: the row has 1 cells, the first one has 2"},
    {"a,b\n\n1,2,3\n", ST_BAD_DATA,
     "line 3, column 3: the row has 3 cells, the first one has 2"},
    {"a,b\n\"1\n2\n3\",4\n5", ST_BAD_DATA,
     "line 5, column 1: the row has 1 cells, the first one has 2"},
    {"a,b\n1,\"2\n\n", ST_BAD_DATA,
     "line 2, column 2: a quote is opened and never closed"},
    {"a,b\n1,\"", ST_BAD_DATA,
     "line 2, column 2: a quote is opened and never closed"},
    {"a,b\n1,2\"", ST_BAD_DATA,
     "line 2, column 2: a quote stands in a cell that does not begin with one"},
    {"a,b\n\"1\"x,2", ST_BAD_DATA,
     "line 2, column 1: a text goes on behind its closing quote"},
    {"a,b\n\"1\n\" ,2", ST_BAD_DATA,
     "line 3, column 1: a text goes on behind its closing quote"},
    {"a,b\n1,2\r3,4", ST_BAD_DATA,
     "line 2, column 2: a carriage return stands without a line feed"},
    {"a,b\r", ST_BAD_DATA,
     "line 1, column 2: a carriage return stands without a line feed"},
    {"a,b\n1,\xFF", ST_BAD_DATA, "line 2, byte 3: this is no UTF-8"},
    {"\xC3", ST_BAD_DATA, "line 1, byte 1: this is no UTF-8"},
};

START_TEST(mistakes_are_named_by_line_and_column)
{
    st_failure error;
    st_csv_grid grid;
    const char *text = mistakes[_i].text;
    size_t size = strlen(text);

    ck_assert_int_eq(st_csv_read(&grid, text, size, ',', &error),
                     mistakes[_i].status);
    ck_assert_str_eq(error.text, mistakes[_i].error);
    ck_assert_int_eq(st_csv_read(&grid, text, size, ',', NULL),
                     mistakes[_i].status);
}
END_TEST

START_TEST(any_bytes_do_no_harm)
{
    static const char alphabet[] = "a,\"\n\r;1\xC3\xBC\xFF";

    for (int seed = 0; seed < 50000; seed++) {
        uint64_t state = (uint64_t)seed;
        size_t size = random_below(&state, 24);
        char *text = malloc(size > 0 ? size : 1);
        st_csv_grid grid;

        for (size_t i = 0; i < size; i++)
            text[i] = alphabet[random_below(&state, sizeof alphabet)];
        if (st_csv_read(&grid, text, size, ',', NULL) == ST_OK) {
            ck_assert_uint_le(grid.rows * grid.columns, size + 1);
            show(&grid);
            st_csv_finish(&grid);
        }
        free(text);
    }
}
END_TEST

/* As RFC 4180 says it, in quotes where needed or at will. */
static size_t write_cell(char *out, const char *cell, bool in_quotes)
{
    size_t size = 0;

    if (!in_quotes && !strpbrk(cell, ",\"\r\n") && *cell != '\0')
        return (size_t)sprintf(out, "%s", cell);
    out[size++] = '"';
    for (; *cell; cell++) {
        if (*cell == '"')
            out[size++] = '"';
        out[size++] = *cell;
    }
    out[size++] = '"';
    return size;
}

START_TEST(what_is_written_is_read)
{
    enum { ROWS = 4, COLUMNS = 3 };
    static const char alphabet[] = "ab,\"\n\r ";

    for (int seed = 0; seed < 5000; seed++) {
        uint64_t state = (uint64_t)seed;
        char cells[ROWS * COLUMNS][8] = {""};
        char text[2048];
        size_t size = 0;
        st_csv_grid grid;

        for (int i = 0; i < ROWS * COLUMNS; i++) {
            size_t length = random_below(&state, 7);

            for (size_t k = 0; k < length; k++)
                cells[i][k] =
                    alphabet[random_below(&state, sizeof alphabet - 1)];
            size +=
                write_cell(text + size, cells[i], random_below(&state, 2) == 0);
            if ((i + 1) % COLUMNS != 0)
                text[size++] = ',';
            else
                size += (size_t)sprintf(text + size, "%s",
                                        seed % 2 ? "\n" : "\r\n");
        }
        ck_assert_int_eq(st_csv_read(&grid, text, size, ',', NULL), ST_OK);
        ck_assert_uint_eq(grid.rows, ROWS);
        for (size_t i = 0; i < ROWS * COLUMNS; i++) {
            ck_assert_uint_eq(grid.cells[i].size, strlen(cells[i]));
            ck_assert_mem_eq(grid.text + grid.cells[i].begin, cells[i],
                             grid.cells[i].size);
        }
        st_csv_finish(&grid);
    }
}
END_TEST

#define LOOP(tests, name, list)                                                \
    tcase_add_loop_test(tests, name, 0, sizeof(list) / sizeof *(list))

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("csv");
    TCase *tests = tcase_create("grids");

    tcase_set_timeout(tests, 120);
    LOOP(tests, cells_are_what_stands_between, grids);
    LOOP(tests, mistakes_are_named_by_line_and_column, mistakes);
    tcase_add_test(tests, other_characters_can_stand_between_cells);
    tcase_add_test(tests, any_bytes_do_no_harm);
    tcase_add_test(tests, what_is_written_is_read);
    suite_add_tcase(suite, tests);
    return suite;
}

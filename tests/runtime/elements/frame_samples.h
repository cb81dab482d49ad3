/* frame_samples.h -- frames for tests: by hand, and of random shape. */
#ifndef ST_TESTS_FRAME_SAMPLES_H
#define ST_TESTS_FRAME_SAMPLES_H

#include "../../support/random.h"
#include "st/frame.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* MEMO_TEST_DEPTH: how many frames are drawn. */
static inline int rounds(int normal)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth && strcmp(depth, "deep") == 0)
        return 10 * normal;
    return depth && strcmp(depth, "quick") == 0 ? normal / 10 : normal;
}

static inline void must(st_status status)
{
    if (status != ST_OK)
        abort();
}

/* Three rows of every type; the last one is null. */
static inline st_frame *sample_frame(void)
{
    static const int64_t integers[] = {1, -2, 77};
    static const double doubles[] = {0.5, -1e300, 77};
    static const unsigned char bools[] = {1, 0, 1};
    static const char *const texts[] = {"", "gr\xC3\xB6n", "gone"};
    static const int64_t times[] = {0, 1709210096000, 77};
    static const unsigned char valid[] = {1, 1, 0};
    st_frame *frame = NULL;

    must(st_frame_create(&frame, 3, NULL));
    must(st_frame_add_integers(frame, "count", integers, valid, NULL));
    must(st_frame_add_doubles(frame, "size", doubles, valid, NULL));
    must(st_frame_add_bools(frame, "good", bools, valid, NULL));
    must(st_frame_add_texts(frame, "word", texts, valid, NULL));
    must(st_frame_add_times(frame, "when", times, valid, NULL));
    return frame;
}

/* ---- random frames --------------------------------------------------------
 */

static inline char *draw_text(uint64_t *state, size_t longest)
{
    static const char *const pieces[] = {"a",
                                         "Z",
                                         " ",
                                         "\"",
                                         ",",
                                         "\\",
                                         "\n",
                                         "0",
                                         "\t",
                                         "\x7F",
                                         "\xC3\xBC",
                                         "\xE2\x82\xAC",
                                         "\xF0\x9F\x8D\x8B"};
    size_t count = random_below(state, 4) ? random_below(state, 8)
                                          : random_below(state, longest);
    char *text = calloc(4 * count + 1, 1);
    size_t size = 0;

    for (size_t i = 0; i < count; i++) {
        const char *piece =
            pieces[random_below(state, sizeof pieces / sizeof *pieces)];

        memcpy(text + size, piece, strlen(piece) + 1);
        size += strlen(piece);
    }
    return text;
}

static inline int64_t draw_integer(uint64_t *state)
{
    int64_t integer = (int64_t)random_next(state);

    switch (random_below(state, 8)) {
    case 0:
        return INT64_MIN;
    case 1:
        return INT64_MAX;
    case 2:
        return integer % 1000;
    default:
        return integer >> random_below(state, 64);
    }
}

/* What a browser can show, whatever the unit. */
static inline int64_t draw_time(uint64_t *state)
{
    return draw_integer(state) / (INT64_C(1) << 21);
}

static inline double draw_double(uint64_t *state)
{
    static const double special[] = {
        0.0, -0.0, 1e308, 5e-324, __builtin_inf(), -__builtin_inf()};

    if (random_below(state, 4) == 0)
        return special[random_below(state, sizeof special / sizeof *special)];
    return (double)(int64_t)random_next(state) / 65536;
}

/* All valid, all null, or some of both. */
static inline unsigned char *draw_valid(uint64_t *state, size_t rows)
{
    size_t how = random_below(state, 3);
    unsigned char *valid = malloc(rows + 1);

    for (size_t i = 0; i < rows; i++)
        valid[i] = how == 0 ? 1 : how == 1 ? 0 : random_below(state, 4) > 0;
    return valid;
}

/* Values of any type, which free_values() releases. */
static inline void *draw_values(uint64_t *state, st_frame_type type,
                                size_t rows)
{
    void *values = calloc(rows + 1, sizeof(int64_t));

    for (size_t i = 0; i < rows; i++) {
        if (type == ST_FRAME_TEXT)
            ((char **)values)[i] = draw_text(state, 2000);
        else if (type == ST_FRAME_DOUBLE)
            ((double *)values)[i] = draw_double(state);
        else if (type == ST_FRAME_BOOL)
            ((unsigned char *)values)[i] =
                (unsigned char)random_below(state, 2);
        else if (type == ST_FRAME_INTEGER)
            ((int64_t *)values)[i] = draw_integer(state);
        else
            ((int64_t *)values)[i] = draw_time(state);
    }
    return values;
}

static inline void free_values(void *values, st_frame_type type, size_t rows)
{
    for (size_t i = 0; type == ST_FRAME_TEXT && i < rows; i++)
        free(((char **)values)[i]);
    free(values);
}

static inline void draw_column(uint64_t *state, st_frame *frame)
{
    static const char *const zones[] = {NULL, "", "UTC", "Europe/Rome"};
    size_t rows = st_frame_rows(frame);
    st_frame_column column = {.rows = rows};
    char *name = draw_text(state, 60);
    unsigned char *valid = draw_valid(state, rows);
    void *values;

    column.type = (st_frame_type)random_below(state, ST_FRAME_TYPE_COUNT);
    column.unit = (st_frame_unit)random_below(state, ST_FRAME_UNIT_COUNT);
    column.zone = zones[random_below(state, sizeof zones / sizeof *zones)];
    column.valid = random_below(state, 3) ? valid : NULL;
    values = draw_values(state, column.type, rows);
    column.values = values;
    column.name = name;
    /* A name may have been drawn before. */
    st_frame_add(frame, &column, NULL);
    free_values(values, column.type, rows);
    free(valid);
    free(name);
}

static inline st_frame *draw_frame(uint64_t *state)
{
    static const size_t sizes[] = {0, 1, 2, 7, 8, 9, 63, 64, 65};
    size_t rows = sizes[random_below(state, sizeof sizes / sizeof *sizes)];
    size_t columns = random_below(state, 7);
    st_frame *frame = NULL;

    must(st_frame_create(&frame, rows, NULL));
    while (columns-- > 0)
        draw_column(state, frame);
    columns = st_frame_columns(frame);
    if (columns > 0 && random_below(state, 2)) {
        size_t index = random_below(state, columns);

        must(st_frame_set_index(frame, st_frame_name(frame, index), NULL));
    }
    return frame;
}

#endif

/* answer.h -- what a person in front of a page may do, at random. */
#ifndef ANSWER_H
#define ANSWER_H

#include "../../support/random.h"

#include <st/test.h>

static const char *const options[] = {"red", "green", "blue"};

static void answer_bool(st_test *test, const st_element *widget,
                        uint64_t *state)
{
    st_test_set_bool(test, widget, random_below(state, 2));
}

static void answer_click(st_test *test, const st_element *widget,
                         uint64_t *state)
{
    (void)state;
    st_test_click(test, widget);
}

static void answer_number(st_test *test, const st_element *widget,
                          uint64_t *state)
{
    st_test_set_double(test, widget, (double)random_below(state, 4));
}

static void answer_text(st_test *test, const st_element *widget,
                        uint64_t *state)
{
    st_test_set_text(test, widget, options[random_below(state, 3)]);
}

static void answer_texts(st_test *test, const st_element *widget,
                         uint64_t *state)
{
    const char *texts[] = {options[random_below(state, 3)],
                           options[random_below(state, 3)], NULL};

    if (random_below(state, 3) == 0)
        texts[random_below(state, 2)] = NULL;
    st_test_set_texts(test, widget, texts);
}

/* Some texts are colours, some are none. */
static void answer_color(st_test *test, const st_element *widget,
                         uint64_t *state)
{
    static const char *const colors[] = {"#000000", "#00ffaa", "#fa0", "red"};

    st_test_set_text(test, widget, colors[random_below(state, 4)]);
}

static st_date some_date(uint64_t *state)
{
    return (st_date){2026, 1, 1 + (int)random_below(state, 4)};
}

/* One that the slider has no use for is an error, and changes nothing. */
static void answer_slider(st_test *test, const st_element *widget,
                          uint64_t *state)
{
    double from = (double)random_below(state, 4);

    if (st_test_set_double(test, widget, from) == ST_BAD_VALUE &&
        st_test_set_date(test, widget, some_date(state)) == ST_BAD_VALUE)
        st_test_set_range(test, widget, from, (double)random_below(state, 4));
}

static void answer_dates(st_test *test, const st_element *widget,
                         uint64_t *state)
{
    if (random_below(state, 2))
        st_test_set_date(test, widget, some_date(state));
    else
        st_test_set_dates(test, widget, some_date(state), some_date(state));
}

static void answer_time(st_test *test, const st_element *widget,
                        uint64_t *state)
{
    st_test_set_time(test, widget, (st_time){(int)random_below(state, 3), 30});
}

static void answer_files(st_test *test, const st_element *widget,
                         uint64_t *state)
{
    st_file files[2];

    for (int i = 0; i < 2; i++)
        files[i] = (st_file){.name = options[random_below(state, 2)],
                             .mime = "text/plain",
                             .bytes = options[random_below(state, 3)],
                             .size = random_below(state, 4)};
    st_test_upload(test, widget, files, random_below(state, 3));
}

static const struct {
    const char *kind;
    void (*answer)(st_test *test, const st_element *widget, uint64_t *state);
} kinds[] = {
    {"checkbox", answer_bool},
    {"button", answer_click},
    {"slider", answer_slider},
    {"selectbox", answer_text},
    {"text_input", answer_text},
    {"number_input", answer_number},
    {"radio", answer_text},
    {"multiselect", answer_texts},
    {"select_slider", answer_texts},
    {"date_input", answer_dates},
    {"time_input", answer_time},
    {"color_picker", answer_color},
    {"file_uploader", answer_files},
    {"camera_input", answer_files},
    {"download_button", answer_click},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* The person in front of the page does something, or several things. */
static void interact(st_test *test, uint64_t *state)
{
    do {
        size_t i = random_below(state, KINDS);
        size_t count = st_test_count(test, kinds[i].kind);

        if (count > 0)
            kinds[i].answer(
                test,
                st_test_find(test, kinds[i].kind, random_below(state, count)),
                state);
    } while (random_below(state, 3) == 0);
}

#endif

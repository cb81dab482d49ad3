/* widget_cases.h -- every widget, those of one kind with other values as well:
 * how it is drawn, answered and set, and what its value is then. */
#ifndef WIDGET_CASES_H
#define WIDGET_CASES_H

#include "elements/page.h"
#include "st.h"
#include "st/test.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = 100 };

typedef struct {
    st_kind kind;
    /* Draw one, and write its value. */
    void (*draw)(char *out, const char *key);
    st_status (*answer)(st_test *test, const st_element *widget);
    void (*set)(const char *key); /* NULL: it cannot be set */
    const char *otherwise, *answered, *set_to;
    /* The functions for tests by whose names it can be answered: b(ool),
     * t(ext), d(ouble), s (texts), r(ange), D(ate), T(ime), u(pload). */
    const char *accepts;
    bool is_trigger;
} widget_case;

static const char *const sizes[] = {"small", "large", "huge", NULL};

static void write_bool(char *out, bool value)
{
    strcpy(out, value ? "yes" : "no");
}

static st_status click(st_test *test, const st_element *widget)
{
    return st_test_click(test, widget);
}

static void draw_button(char *out, const char *key)
{
    write_bool(out, st_button("a", .key = key));
}

static void draw_submit(char *out, const char *key)
{
    write_bool(out, st_form_submit_button("a", .key = key));
}

static void draw_download(char *out, const char *key)
{
    write_bool(out, st_download_button("a", .data = "b", .key = key));
}

static void draw_checkbox(char *out, const char *key)
{
    write_bool(out, st_checkbox("a", .key = key));
}

static void set_true(const char *key)
{
    st_state_set_bool(key, true);
}

static st_status answer_large(st_test *test, const st_element *widget)
{
    return st_test_set_text(test, widget, "large");
}

static void set_huge(const char *key)
{
    st_state_set_text(key, "huge");
}

static void draw_radio(char *out, const char *key)
{
    strcpy(out, sizes[st_radio("a", .options = sizes, .key = key)]);
}

static void draw_selectbox(char *out, const char *key)
{
    strcpy(out, sizes[st_selectbox("a", .options = sizes, .key = key)]);
}

static void draw_select_slider(char *out, const char *key)
{
    strcpy(out, sizes[st_select_slider("a", .options = sizes, .key = key)]);
}

static void draw_multiselect(char *out, const char *key)
{
    static const char *const one[] = {"small", NULL};
    const char *const *chosen =
        st_multiselect("a", .options = sizes, .value = one, .key = key);

    for (*out = '\0'; *chosen; chosen++)
        strcat(strcat(out, *chosen), ";");
}

static st_status answer_two(st_test *test, const st_element *widget)
{
    static const char *const two[] = {"huge", "small", NULL};

    return st_test_set_texts(test, widget, two);
}

static void set_last_two(const char *key)
{
    static const char *const two[] = {"huge", "large", NULL};

    st_state_set_texts(key, two);
}

static void draw_slider(char *out, const char *key)
{
    sprintf(out, "%g", st_slider("a", .value = 20, .key = key));
}

static void draw_number(char *out, const char *key)
{
    sprintf(out, "%g", st_number_input("a", .value = 20, .key = key));
}

static st_status answer_thirty(st_test *test, const st_element *widget)
{
    return st_test_set_double(test, widget, 30);
}

static void set_forty(const char *key)
{
    st_state_set_int(key, 40);
}

static void draw_text_input(char *out, const char *key)
{
    strcpy(out, st_text_input("a", .value = "b", .key = key));
}

static void draw_text_area(char *out, const char *key)
{
    strcpy(out, st_text_area("a", .value = "b", .key = key));
}

static void draw_date(char *out, const char *key)
{
    st_date date = st_date_input("a", .value = {2026, 1, 31}, .key = key);

    sprintf(out, "%d %d %d", date.year, date.month, date.day);
}

static st_status answer_date(st_test *test, const st_element *widget)
{
    return st_test_set_date(test, widget, (st_date){2027, 2, 3});
}

static void set_date(const char *key)
{
    st_state_set_date(key, (st_date){2028, 2, 29});
}

static void draw_time(char *out, const char *key)
{
    st_time time = st_time_input("a", .value = {8, 15}, .key = key);

    sprintf(out, "%d %d", time.hour, time.minute);
}

static st_status answer_time(st_test *test, const st_element *widget)
{
    return st_test_set_time(test, widget, (st_time){23, 59});
}

static void set_time(const char *key)
{
    st_state_set_text(key, "00:00");
}

static void draw_color(char *out, const char *key)
{
    strcpy(out, st_color_picker("a", .key = key));
}

static st_status answer_color(st_test *test, const st_element *widget)
{
    return st_test_set_text(test, widget, "#00ffAA");
}

static void set_color(const char *key)
{
    st_state_set_text(key, "#123456");
}

static void write_file(char *out, const st_file *file)
{
    if (file)
        sprintf(out, "%s %s %.*s %zu", file->name, file->mime, (int)file->size,
                (const char *)file->bytes, file->size);
    else
        strcpy(out, "none");
}

static void draw_uploader(char *out, const char *key)
{
    write_file(out, st_file_uploader("a", .key = key));
}

static void draw_camera(char *out, const char *key)
{
    write_file(out, st_camera_input("a", .key = key));
}

static st_status answer_file(st_test *test, const st_element *widget)
{
    const st_file file = {"a.csv", "text/csv", "1,2\n", 4};

    return st_test_upload(test, widget, &file, 1);
}

/* ---- several values ------------------------------------------------------ */

static void draw_int_slider(char *out, const char *key)
{
    sprintf(out, "%lld", st_int_slider("a", .value = 20, .key = key));
}

static void draw_slider_range(char *out, const char *key)
{
    st_range range =
        st_slider_range("a", .from = 20, .to = 80, .step = 0.5, .key = key);

    sprintf(out, "%g %g", range.from, range.to);
}

static st_status answer_range(st_test *test, const st_element *widget)
{
    return st_test_set_range(test, widget, 30, 70);
}

static void set_range(const char *key)
{
    st_state_set_range(key, (st_range){1.5, 2});
}

static void write_dates(char *out, st_date_range dates)
{
    sprintf(out, "%d %d %d,%d %d %d", dates.from.year, dates.from.month,
            dates.from.day, dates.to.year, dates.to.month, dates.to.day);
}

static void draw_date_slider(char *out, const char *key)
{
    st_date date = st_date_slider("a", .value = {2026, 1, 31},
                                  .max = {2030, 1, 1}, .key = key);

    sprintf(out, "%d %d %d", date.year, date.month, date.day);
}

static void draw_date_slider_range(char *out, const char *key)
{
    write_dates(out, st_date_slider_range(
                         "a", .from = {2026, 1, 31}, .to = {2026, 2, 3},
                         .min = {1969, 1, 1}, .max = {2030, 1, 1}, .key = key));
}

static void draw_dates(char *out, const char *key)
{
    write_dates(out, st_date_input_range("a", .from = {2026, 1, 31},
                                         .to = {2026, 2, 3},
                                         .min = {1960, 1, 1}, .key = key));
}

static st_status answer_dates(st_test *test, const st_element *widget)
{
    return st_test_set_dates(test, widget, (st_date){2027, 2, 3},
                             (st_date){2027, 2, 4});
}

static void set_days(const char *key)
{
    static const char *const days[] = {"1970/01/01", "1969-12-30", NULL};

    st_state_set_texts(key, days);
}

static void draw_text_range(char *out, const char *key)
{
    st_index_range range = st_select_slider_range(
        "a", .options = sizes, .from = 1, .to = 2, .key = key);

    sprintf(out, "%s %s", sizes[range.from], sizes[range.to]);
}

static void set_all(const char *key)
{
    static const char *const all[] = {"small", "huge", NULL};

    st_state_set_texts(key, all);
}

static void draw_uploaders(char *out, const char *key)
{
    const st_file *file = st_file_uploader("a", .multiple = true, .key = key);

    strcpy(out, file ? "" : "none");
    for (; file && file->name; file++)
        sprintf(strchr(out, '\0'), "%s ", file->name);
}

static st_status answer_files(st_test *test, const st_element *widget)
{
    static const st_file files[] = {{"b.bin", NULL, "\0\1", 2},
                                    {"a.csv", "text/csv", NULL, 0}};

    return st_test_upload(test, widget, files, 2);
}

/* ---- all of them --------------------------------------------------------- */

static const widget_case cases[] = {
    {ST_BUTTON, draw_button, click, NULL, "no", "yes", NULL, "b", true},
    {ST_FORM_SUBMIT_BUTTON, draw_submit, click, NULL, "no", "yes", NULL, "b",
     true},
    {ST_DOWNLOAD_BUTTON, draw_download, click, NULL, "no", "yes", NULL, "b",
     true},
    {ST_CHECKBOX, draw_checkbox, click, set_true, "no", "yes", "yes", "b",
     false},
    {ST_RADIO, draw_radio, answer_large, set_huge, "small", "large", "huge",
     "t", false},
    {ST_SELECTBOX, draw_selectbox, answer_large, set_huge, "small", "large",
     "huge", "t", false},
    {ST_MULTISELECT, draw_multiselect, answer_two, set_last_two, "small;",
     "huge;small;", "huge;large;", "ts", false},
    {ST_SLIDER, draw_slider, answer_thirty, set_forty, "20", "30", "40", "d",
     false},
    {ST_SELECT_SLIDER, draw_select_slider, answer_large, set_huge, "small",
     "large", "huge", "ts", false},
    {ST_NUMBER_INPUT, draw_number, answer_thirty, set_forty, "20", "30", "40",
     "d", false},
    {ST_TEXT_INPUT, draw_text_input, answer_large, set_huge, "b", "large",
     "huge", "t", false},
    {ST_TEXT_AREA, draw_text_area, answer_large, set_huge, "b", "large", "huge",
     "t", false},
    {ST_DATE_INPUT, draw_date, answer_date, set_date, "2026 1 31", "2027 2 3",
     "2028 2 29", "D", false},
    {ST_TIME_INPUT, draw_time, answer_time, set_time, "8 15", "23 59", "0 0",
     "tT", false},
    {ST_COLOR_PICKER, draw_color, answer_color, set_color, "#000000", "#00ffAA",
     "#123456", "t", false},
    {ST_FILE_UPLOADER, draw_uploader, answer_file, NULL, "none",
     "a.csv text/csv 1,2\n 4", NULL, "u", false},
    {ST_CAMERA_INPUT, draw_camera, answer_file, NULL, "none",
     "a.csv text/csv 1,2\n 4", NULL, "u", false},
    {ST_SLIDER, draw_int_slider, answer_thirty, set_forty, "20", "30", "40",
     "d", false},
    {ST_SLIDER, draw_slider_range, answer_range, set_range, "20 80", "30 70",
     "1.5 2", "r", false},
    {ST_SLIDER, draw_date_slider, answer_date, set_date, "2026 1 31",
     "2027 2 3", "2028 2 29", "D", false},
    {ST_SLIDER, draw_date_slider_range, answer_dates, set_days,
     "2026 1 31,2026 2 3", "2027 2 3,2027 2 4", "1969 12 30,1970 1 1", "r",
     false},
    {ST_SELECT_SLIDER, draw_text_range, answer_two, set_all, "large huge",
     "small huge", "small huge", "", false},
    {ST_DATE_INPUT, draw_dates, answer_dates, set_days, "2026 1 31,2026 2 3",
     "2027 2 3,2027 2 4", "1969 12 30,1970 1 1", "D", false},
    {ST_FILE_UPLOADER, draw_uploaders, answer_files, NULL, "none",
     "b.bin a.csv ", NULL, "u", false},
};

enum { CASE_COUNT = sizeof cases / sizeof *cases };

static inline const char *name_of(int index)
{
    return st_kinds[cases[index].kind].name;
}

#endif

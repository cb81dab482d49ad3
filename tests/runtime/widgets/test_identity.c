/* What makes a widget another one, and what does not. */
#include "elements/page.h"
#include "st.h"
#include "st/test.h"
#include "widgets/dump.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static void ignore(void *argument)
{
    (void)argument;
}

static const char *const two[] = {"a", "b", NULL};
static const char *const three[] = {"a", "b", "c", NULL};
static const char *const last[] = {"b", NULL};

/* Lists of others: the first one, then each of its arguments changed alone;
 * none may have the id of another one.  Lists of the same: those that are the
 * first one nevertheless. */

/* What no widget is told apart by. */
#define THE_SAME(...)                                                          \
    {__VA_ARGS__, .disabled = true}, {__VA_ARGS__, .on_change = ignore},       \
        {__VA_ARGS__, .argument = (void *)(size_t)two},                        \
        {__VA_ARGS__, .in = {1}},                                              \
        {__VA_ARGS__, .label_visibility = ST_HIDDEN},                          \
    {                                                                          \
        __VA_ARGS__, .label_visibility = ST_COLLAPSED                          \
    }

/* The first one, and what all widgets are told apart by.  Shape: arguments end
 * with a comma. */
#define OTHERWISE(...)                                                         \
    {__VA_ARGS__.label = "l"}, {__VA_ARGS__.label = "another"},                \
        {__VA_ARGS__.label = "l", .key = "k"},                                 \
    {                                                                          \
        __VA_ARGS__.label = "l", .help = "h"                                   \
    }

static const struct st_button buttons[] = {OTHERWISE(),
                                           {.label = "l", .primary = true}};
static const struct st_button same_buttons[] = {THE_SAME(.label = "l")};

static const struct st_button submits[] = {OTHERWISE(),
                                           {.label = "l", .primary = true}};
/* At the side it would stand in no form. */
static const struct st_button same_submits[] = {
    {.label = "l", .disabled = true}, {.label = "l", .on_change = ignore}};

static const struct st_checkbox checkboxes[] = {OTHERWISE(),
                                                {.label = "l", .value = true}};
static const struct st_checkbox same_checkboxes[] = {THE_SAME(.label = "l")};

static const struct st_download_button downloads[] = {
    OTHERWISE(.data = "d", ),
    {.label = "l", .data = "d", .primary = true},
    {.label = "l", .data = "d", .file_name = "f"},
    {.label = "l", .data = "d", .mime = "m"}};
static const struct st_download_button same_downloads[] = {
    THE_SAME(.label = "l", .data = "d"), {.label = "l", .data = "other"}};

static const struct st_text_input texts[] = {OTHERWISE(),
                                             {.label = "l", .value = "v"},
                                             {.label = "l", .placeholder = "p"},
                                             {.label = "l", .max_chars = 7},
                                             {.label = "l", .password = true}};
static const struct st_text_input same_texts[] = {THE_SAME(.label = "l"),
                                                  {.label = "l", .value = ""}};

static const struct st_choice choices[] = {
    OTHERWISE(.options = two, ),
    {.label = "l", .options = three},
    {.label = "l", .options = two, .index = 1},
    {.label = "l", .options = two, .index = -1}};
static const struct st_choice same_choices[] = {
    THE_SAME(.label = "l", .options = two)};

static const struct st_multiselect multiselects[] = {
    OTHERWISE(.options = two, ),
    {.label = "l", .options = three},
    {.label = "l", .options = two, .value = two},
    {.label = "l", .options = two, .value = last},
    {.label = "l", .options = two, .max_selections = 2},
    {.label = "l", .options = two, .placeholder = "p"}};
static const struct st_multiselect same_multiselects[] = {
    THE_SAME(.label = "l", .options = two)};

static const struct st_select_slider select_sliders[] = {
    OTHERWISE(.options = two, ),
    {.label = "l", .options = three},
    {.label = "l", .options = two, .index = 1}};
static const struct st_select_slider same_select_sliders[] = {
    THE_SAME(.label = "l", .options = two)};

static const struct st_select_slider_range select_ranges[] = {
    OTHERWISE(.options = two, ),
    {.label = "l", .options = three},
    {.label = "l", .options = three, .from = 1, .to = 1},
    {.label = "l", .options = three, .to = 1}};
static const struct st_select_slider_range same_select_ranges[] = {
    THE_SAME(.label = "l", .options = two)};

static const struct st_number numbers[] = {
    OTHERWISE(.value = 5, .max = 9, ),
    {.label = "l", .value = 6, .max = 9},
    {.label = "l", .value = 5, .max = 10},
    {.label = "l", .value = 5, .max = 9, .min = 1},
    {.label = "l", .value = 5, .max = 9, .step = 2},
    {.label = "l", .value = 5, .max = 9, .format = "%d m"}};
static const struct st_number same_numbers[] = {
    THE_SAME(.label = "l", .value = 5, .max = 9)};

static const struct st_int ints[] = {
    OTHERWISE(.value = 5, .max = 9, ),
    {.label = "l", .value = 6, .max = 9},
    {.label = "l", .value = 5, .max = 10},
    {.label = "l", .value = 5, .max = 9, .min = 1},
    {.label = "l", .value = 5, .max = 9, .step = 2},
    {.label = "l", .value = 5, .max = 9, .format = "%d m"}};
static const struct st_int same_ints[] = {
    THE_SAME(.label = "l", .value = 5, .max = 9)};

static const struct st_number_range ranges[] = {
    OTHERWISE(.from = 5, .to = 6, .max = 9, ),
    {.label = "l", .from = 4, .to = 6, .max = 9},
    {.label = "l", .from = 5, .to = 7, .max = 9},
    {.label = "l", .from = 5, .to = 6, .max = 10},
    {.label = "l", .from = 5, .to = 6, .max = 9, .min = 1},
    {.label = "l", .from = 5, .to = 6, .max = 9, .step = 2},
    {.label = "l", .from = 5, .to = 6, .max = 9, .format = "%d m"}};
static const struct st_number_range same_ranges[] = {
    THE_SAME(.label = "l", .from = 5, .to = 6, .max = 9)};

static const struct st_date_input dates[] = {
    OTHERWISE(),
    {.label = "l", .value = {2026, 1, 2}},
    {.label = "l", .is_empty = true},
    {.label = "l", .min = {2026, 1, 1}},
    {.label = "l", .max = {2026, 1, 3}},
    {.label = "l", .format = "DD.MM.YYYY"}};
static const struct st_date_input same_dates[] = {
    THE_SAME(.label = "l"), {.label = "l", .format = "YYYY/MM/DD"}};

static const struct st_date_input_range date_ranges[] = {
    OTHERWISE(),
    {.label = "l", .from = {2026, 1, 2}},
    {.label = "l", .from = {2026, 1, 2}, .to = {2026, 1, 2}},
    {.label = "l", .is_empty = true},
    {.label = "l", .min = {2026, 1, 1}},
    {.label = "l", .max = {2026, 1, 3}},
    {.label = "l", .format = "DD.MM.YYYY"}};
static const struct st_date_input_range same_date_ranges[] = {
    THE_SAME(.label = "l")};

static const struct st_date_slider date_sliders[] = {
    OTHERWISE(),
    {.label = "l", .value = {2026, 1, 2}},
    {.label = "l", .min = {2026, 1, 1}},
    {.label = "l", .max = {2026, 1, 3}},
    {.label = "l", .step_days = 7},
    {.label = "l", .format = "DD.MM.YYYY"}};
static const struct st_date_slider same_date_sliders[] = {
    THE_SAME(.label = "l")};

static const struct st_date_slider_range date_slider_ranges[] = {
    OTHERWISE(),
    {.label = "l", .from = {2026, 1, 1}},
    {.label = "l", .to = {2026, 1, 3}},
    {.label = "l", .min = {2026, 1, 1}},
    {.label = "l", .max = {2026, 1, 3}},
    {.label = "l", .step_days = 7},
    {.label = "l", .format = "DD.MM.YYYY"}};
static const struct st_date_slider_range same_date_slider_ranges[] = {
    THE_SAME(.label = "l")};

static const struct st_time_input times[] = {OTHERWISE(),
                                             {.label = "l", .has_value = true},
                                             {.label = "l", .value = {8, 0}},
                                             {.label = "l", .step_minutes = 1}};
static const struct st_time_input same_times[] = {
    THE_SAME(.label = "l"), {.label = "l", .step_minutes = 15}};

static const struct st_color_picker colors[] = {
    OTHERWISE(), {.label = "l", .value = "#0fa"}};
static const struct st_color_picker same_colors[] = {THE_SAME(.label = "l")};

static const struct st_file_uploader uploaders[] = {
    OTHERWISE(),
    {.label = "l", .multiple = true},
    {.label = "l", .types = two},
    {.label = "l", .max_megabytes = 7}};
static const struct st_file_uploader same_uploaders[] = {
    THE_SAME(.label = "l")};

static const struct st_camera_input cameras[] = {OTHERWISE()};
static const struct st_camera_input same_cameras[] = {THE_SAME(.label = "l")};

/* ---- all of them --------------------------------------------------------- */

#define DRAWS(name, type)                                                      \
    static void draw_##name(const void *all, size_t i)                         \
    {                                                                          \
        st_draw_##name((const struct type *)all + i);                          \
    }
DRAWS(button, st_button)
DRAWS(form_submit_button, st_button)
DRAWS(download_button, st_download_button)
DRAWS(checkbox, st_checkbox)
DRAWS(text_input, st_text_input)
DRAWS(text_area, st_text_input)
DRAWS(radio, st_choice)
DRAWS(selectbox, st_choice)
DRAWS(multiselect, st_multiselect)
DRAWS(select_slider, st_select_slider)
DRAWS(select_slider_range, st_select_slider_range)
DRAWS(slider, st_number)
DRAWS(number_input, st_number)
DRAWS(int_slider, st_int)
DRAWS(slider_range, st_number_range)
DRAWS(date_input, st_date_input)
DRAWS(date_input_range, st_date_input_range)
DRAWS(date_slider, st_date_slider)
DRAWS(date_slider_range, st_date_slider_range)
DRAWS(time_input, st_time_input)
DRAWS(color_picker, st_color_picker)
DRAWS(file_uploader, st_file_uploader)
DRAWS(camera_input, st_camera_input)

typedef struct {
    st_kind kind;
    void (*draw)(const void *all, size_t i);
    const void *others, *same;
    size_t other_count, same_count;
} variants;

#define ALL(kind, name, others)                                                \
    {                                                                          \
        (kind), draw_##name, others, same_##others,                            \
            sizeof(others) / sizeof *(others),                                 \
            sizeof(same_##others) / sizeof *(same_##others)                    \
    }
static const variants all[] = {
    ALL(ST_BUTTON, button, buttons),
    ALL(ST_FORM_SUBMIT_BUTTON, form_submit_button, submits),
    ALL(ST_DOWNLOAD_BUTTON, download_button, downloads),
    ALL(ST_CHECKBOX, checkbox, checkboxes),
    ALL(ST_TEXT_INPUT, text_input, texts),
    ALL(ST_RADIO, radio, choices),
    ALL(ST_SELECTBOX, selectbox, choices),
    ALL(ST_MULTISELECT, multiselect, multiselects),
    ALL(ST_SELECT_SLIDER, select_slider, select_sliders),
    ALL(ST_SELECT_SLIDER, select_slider_range, select_ranges),
    ALL(ST_SLIDER, slider, numbers),
    ALL(ST_NUMBER_INPUT, number_input, numbers),
    ALL(ST_SLIDER, int_slider, ints),
    ALL(ST_SLIDER, slider_range, ranges),
    ALL(ST_DATE_INPUT, date_input, dates),
    ALL(ST_DATE_INPUT, date_input_range, date_ranges),
    ALL(ST_SLIDER, date_slider, date_sliders),
    ALL(ST_SLIDER, date_slider_range, date_slider_ranges),
    ALL(ST_TIME_INPUT, time_input, times),
    ALL(ST_COLOR_PICKER, color_picker, colors),
    ALL(ST_FILE_UPLOADER, file_uploader, uploaders),
    ALL(ST_CAMERA_INPUT, camera_input, cameras),
    /* Without its last one: an area is for no passwords. */
    {ST_TEXT_AREA, draw_text_area, texts, same_texts,
     sizeof texts / sizeof *texts - 1, sizeof same_texts / sizeof *same_texts},
};

enum { COUNT = sizeof all / sizeof *all };

START_TEST(every_kind_of_widget_is_compared)
{
    for (int kind = 0; kind < ST_KIND_COUNT; kind++) {
        bool is_compared = false;

        for (size_t i = 0; i < COUNT; i++)
            is_compared = is_compared || all[i].kind == (st_kind)kind;
        ck_assert_msg(is_compared == (st_kinds[kind].role == ST_ROLE_WIDGET),
                      "%s", st_kinds[kind].name);
    }
}
END_TEST

typedef struct {
    const variants *of;
    const void *arguments;
    size_t index;
    const char *form; /* NULL: none */
} one_page;

static void draw_page(void *context)
{
    const one_page *page = context;

    if (page->form)
        st_in(st_form(page->form))
        {
            page->of->draw(page->arguments, page->index);
        }
    else
        page->of->draw(page->arguments, page->index);
}

enum { ID_SIZE = 64 };

/* The id of one of them, on a day of that year. */
static void find_id(char *out, one_page page, int year)
{
    st_test *test = st_test_create(draw_page, &page);
    const char *name = st_kinds[page.of->kind].name;
    st_arena arena = {NULL};

    if (page.of->kind == ST_FORM_SUBMIT_BUTTON && !page.form)
        page.form = "form";
    st_test_set_clock(test, (st_date){year, 1, 2}, (st_time){year % 24, 0});
    ck_assert_int_eq(st_test_run(test), ST_OK);
    snprintf(out, ID_SIZE, "%s",
             st_dump_member(&arena, st_test_find(test, name, 0), "id"));
    st_arena_finish(&arena);
    st_test_destroy(test);
}

/* Is this in what one of them sends? */
static bool is_sent(one_page page, const char *member)
{
    st_test *test = st_test_create(draw_page, &page);
    char *text;
    bool is;

    if (page.of->kind == ST_FORM_SUBMIT_BUTTON)
        page.form = "form";
    st_test_run(test);
    text = st_test_dump(test);
    is = strstr(text, member) != NULL;
    free(text);
    st_test_destroy(test);
    return is;
}

START_TEST(what_all_have_is_in_their_messages)
{
    const variants *of = &all[_i];
    bool is_button = of->kind == ST_BUTTON || of->kind == ST_DOWNLOAD_BUTTON;

    ck_assert(
        is_sent((one_page){of, of->others, 1, NULL}, "label=\"another\""));
    ck_assert(is_sent((one_page){of, of->others, 3, NULL}, "help=\"h\""));
    ck_assert(is_sent((one_page){of, of->same, 0, NULL}, "disabled=true"));
    ck_assert(!is_sent((one_page){of, of->others, 0, NULL}, "disabled"));
    if (is_button || of->kind == ST_FORM_SUBMIT_BUTTON)
        return; /* their labels are always seen */
    ck_assert(is_sent((one_page){of, of->others, 0, "f"}, "form_id=\"f\""));
    ck_assert(is_sent((one_page){of, of->same, 4, NULL}, "HIDDEN"));
    ck_assert(is_sent((one_page){of, of->same, 5, NULL}, "COLLAPSED"));
    ck_assert(!is_sent((one_page){of, of->others, 0, NULL}, "visibility"));
}
END_TEST

START_TEST(each_argument_makes_it_another_widget)
{
    const variants *of = &all[_i];
    char ids[20][ID_SIZE];

    for (size_t i = 0; i < of->other_count; i++) {
        find_id(ids[i], (one_page){of, of->others, i, NULL}, 2026);
        for (size_t k = 0; k < i; k++)
            ck_assert_msg(strcmp(ids[i], ids[k]) != 0, "%s: %zu and %zu",
                          st_kinds[of->kind].name, k, i);
    }
}
END_TEST

START_TEST(some_arguments_do_not_make_it_another_widget)
{
    const variants *of = &all[_i];
    char first[ID_SIZE], id[ID_SIZE];

    find_id(first, (one_page){of, of->others, 0, NULL}, 2026);
    for (size_t i = 0; i < of->same_count; i++) {
        find_id(id, (one_page){of, of->same, i, NULL}, 2026);
        ck_assert_msg(strcmp(id, first) == 0, "%s: %zu",
                      st_kinds[of->kind].name, i);
    }
}
END_TEST

START_TEST(another_day_does_not_make_it_another_widget)
{
    const variants *of = &all[_i];
    char now[ID_SIZE], later[ID_SIZE];

    find_id(now, (one_page){of, of->others, 0, NULL}, 2026);
    find_id(later, (one_page){of, of->others, 0, NULL}, 2027);

    ck_assert_str_eq(now, later);
}
END_TEST

START_TEST(another_form_makes_it_another_widget)
{
    const variants *of = &all[_i];
    char ids[3][ID_SIZE];

    if (of->kind == ST_BUTTON || of->kind == ST_DOWNLOAD_BUTTON)
        return; /* they stand in none */
    find_id(ids[0], (one_page){of, of->others, 0, NULL}, 2026);
    find_id(ids[1], (one_page){of, of->others, 0, "one"}, 2026);
    find_id(ids[2], (one_page){of, of->others, 0, "two"}, 2026);

    ck_assert_str_ne(ids[0], ids[1]);
    ck_assert_str_ne(ids[1], ids[2]);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.identity");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, every_kind_of_widget_is_compared);
    tcase_add_loop_test(cases, what_all_have_is_in_their_messages, 0, COUNT);
    tcase_add_loop_test(cases, each_argument_makes_it_another_widget, 0, COUNT);
    tcase_add_loop_test(cases, some_arguments_do_not_make_it_another_widget, 0,
                        COUNT);
    tcase_add_loop_test(cases, another_day_does_not_make_it_another_widget, 0,
                        COUNT);
    tcase_add_loop_test(cases, another_form_makes_it_another_widget, 0, COUNT);
    suite_add_tcase(suite, cases);
    return suite;
}

/* Every element of elements.def, in every container: drawn again it is the
 * same, byte for byte. */
#include "elements/page.h"
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

/* ---- each of them -------------------------------------------------------- */

static st_frame *make_frame(void)
{
    static const double values[] = {1, 2, 3};
    st_frame *frame = NULL;

    st_frame_create(&frame, 3, NULL);
    st_frame_add_doubles(frame, "a", values, NULL, NULL);
    return frame;
}

static void draw_data(st_kind kind)
{
    st_frame *frame = make_frame();

    switch (kind) {
    case ST_DATAFRAME:
        st_dataframe(frame);
        break;
    case ST_TABLE:
        st_table(frame);
        break;
    case ST_LINE_CHART:
        st_line_chart(frame);
        break;
    case ST_AREA_CHART:
        st_area_chart(frame);
        break;
    default:
        st_bar_chart(frame);
        break;
    }
    st_frame_destroy(frame);
}

static void draw_text(st_kind kind)
{
    switch (kind) {
    case ST_TEXT:
        st_text("text", .help = "help");
        break;
    case ST_MARKDOWN:
        st_markdown("**bold**");
        break;
    case ST_CAPTION:
        st_caption("small");
        break;
    case ST_LATEX:
        st_latex("x^2");
        break;
    case ST_TITLE:
        st_title("title", .anchor = "there");
        break;
    case ST_HEADER:
        st_header("header", .divider = "gray");
        break;
    case ST_SUBHEADER:
        st_subheader("subheader");
        break;
    case ST_CODE:
        st_code("int x;", .line_numbers = true);
        break;
    default:
        st_json("{\"a\": [1, 2]}");
        break;
    }
}

static void draw_box(st_kind kind)
{
    switch (kind) {
    case ST_METRIC:
        st_metric("metric", .value = "1", .delta = "-2");
        break;
    case ST_ERROR:
        st_error("error");
        break;
    case ST_WARNING:
        st_warning("warning");
        break;
    case ST_INFO:
        st_info("info");
        break;
    case ST_SUCCESS:
        st_success("success");
        break;
    case ST_EXCEPTION:
        st_exception("exception", .type = "TypeError");
        break;
    case ST_EMPTY:
        st_empty();
        break;
    case ST_PROGRESS:
        st_progress(0.3, .text = "progress");
        break;
    default:
        st_spinner("spinner");
        break;
    }
}

static void draw_other(st_kind kind)
{
    switch (kind) {
    case ST_BALLOONS:
        st_balloons();
        break;
    case ST_SNOW:
        st_snow();
        break;
    case ST_GRAPHVIZ_CHART:
        st_graphviz_chart("digraph { a -> b }");
        break;
    case ST_HTML:
        st_components_html("<b>html</b>", .height = 50);
        break;
    case ST_HELP:
        st_help(struct point);
        break;
    default:
        st_components_iframe("https://example.org", .scrolling = true);
        break;
    }
}

static void draw_media(st_kind kind)
{
    static const double samples[] = {0, 1};

    switch (kind) {
    case ST_IMAGE:
        st_image(NULL, .bytes = "GIF89a", .size = 6, .caption = "image");
        break;
    case ST_AUDIO:
        st_audio(NULL, .sound = {samples, 2, 8000, 0}, .start_time = 1);
        break;
    default:
        st_video("https://example.org/film.mp4", .loop = true);
        break;
    }
}

static void draw_json_chart(st_kind kind)
{
    switch (kind) {
    case ST_VEGA_LITE_CHART:
        st_vega_lite_chart("{\"mark\": \"bar\"}", .height = 100);
        break;
    case ST_ALTAIR_CHART:
        st_altair_chart("{\"hconcat\": []}");
        break;
    case ST_PLOTLY_CHART:
        st_plotly_chart("{\"data\": []}", .theme = "");
        break;
    case ST_PYDECK_CHART:
        st_pydeck_chart("{}", .tooltip = "{}");
        break;
    default:
        st_bokeh_chart("{\"doc\": {}}");
        break;
    }
}

static void draw_container(st_kind kind)
{
    static const char *const labels[] = {"one", "two"};
    st_handle places[2] = {{0}, {0}};

    switch (kind) {
    case ST_CONTAINER:
        places[0] = st_container(.height = 100);
        break;
    case ST_EXPANDER:
        places[0] = st_expander("expander", .expanded = true);
        break;
    case ST_FORM:
        places[0] = st_form("form", .clear_on_submit = true);
        break;
    case ST_TABS:
    case ST_TAB:
        st_tabs(places, 2, .labels = labels);
        break;
    default:
        st_columns(places, 2);
        break;
    }
    st_text("inside", .in = places[0]);
}

/* Who draws a kind; a new one has to have its line. */
static void (*const drawers[ST_KIND_COUNT])(st_kind kind) = {
    [ST_TEXT] = draw_text,
    [ST_MARKDOWN] = draw_text,
    [ST_CAPTION] = draw_text,
    [ST_LATEX] = draw_text,
    [ST_TITLE] = draw_text,
    [ST_HEADER] = draw_text,
    [ST_SUBHEADER] = draw_text,
    [ST_CODE] = draw_text,
    [ST_JSON] = draw_text,
    [ST_METRIC] = draw_box,
    [ST_ERROR] = draw_box,
    [ST_WARNING] = draw_box,
    [ST_INFO] = draw_box,
    [ST_SUCCESS] = draw_box,
    [ST_EXCEPTION] = draw_box,
    [ST_EMPTY] = draw_box,
    [ST_PROGRESS] = draw_box,
    [ST_SPINNER] = draw_box,
    [ST_BALLOONS] = draw_other,
    [ST_SNOW] = draw_other,
    [ST_GRAPHVIZ_CHART] = draw_other,
    [ST_HTML] = draw_other,
    [ST_IFRAME] = draw_other,
    [ST_HELP] = draw_other,
    [ST_DATAFRAME] = draw_data,
    [ST_TABLE] = draw_data,
    [ST_LINE_CHART] = draw_data,
    [ST_AREA_CHART] = draw_data,
    [ST_BAR_CHART] = draw_data,
    [ST_IMAGE] = draw_media,
    [ST_AUDIO] = draw_media,
    [ST_VIDEO] = draw_media,
    [ST_VEGA_LITE_CHART] = draw_json_chart,
    [ST_ALTAIR_CHART] = draw_json_chart,
    [ST_PLOTLY_CHART] = draw_json_chart,
    [ST_PYDECK_CHART] = draw_json_chart,
    [ST_BOKEH_CHART] = draw_json_chart,
    [ST_CONTAINER] = draw_container,
    [ST_COLUMNS] = draw_container,
    [ST_COLUMN] = draw_container,
    [ST_EXPANDER] = draw_container,
    [ST_TABS] = draw_container,
    [ST_TAB] = draw_container,
    [ST_FORM] = draw_container,
};

/* ---- in each container --------------------------------------------------- */

/* Where the function is called, or where it draws. */
static const st_kind around[] = {ST_CONTAINER, ST_COLUMN,
                                 ST_EXPANDER,  ST_TAB,
                                 ST_FORM,      ST_KIND_COUNT /* the side */};
enum { AROUND = sizeof around / sizeof *around };

static st_handle make_around(st_kind kind)
{
    static const char *const labels[] = {"left", "right"};
    st_handle places[2];

    switch (kind) {
    case ST_CONTAINER:
        return st_container();
    case ST_COLUMN:
        st_columns(places, 2);
        return places[1];
    case ST_EXPANDER:
        return st_expander("around");
    case ST_TAB:
        st_tabs(places, 2, .labels = labels);
        return places[1];
    case ST_FORM:
        return st_form("around");
    default:
        return ST_SIDEBAR;
    }
}

static int runs;
static st_kind drawn;

/* The container is made in the function, or around it. */
static long draw_inside(int i)
{
    runs++;
    st_in(make_around(around[i]))
    {
        drawers[drawn](drawn);
    }
    return i;
}

static long draw_alone(int i)
{
    runs++;
    drawers[drawn](drawn);
    return i;
}

static struct memo_function inside = {WORD_FUNCTION("inside")};
static struct memo_function alone = {WORD_FUNCTION("alone")};

static void draw_page_inside(void *i)
{
    call_word(&inside, draw_inside, *(int *)i);
    st_text("after");
}

static void draw_page_around(void *i)
{
    st_in(make_around(around[*(int *)i]))
    {
        call_word(&alone, draw_alone, *(int *)i);
    }
    st_text("after");
}

/* A form cannot stand in another one. */
static bool is_refused(int i)
{
    return drawn == ST_FORM && around[i] == ST_FORM;
}

static void check_bytes(const st_test *test, const unsigned char *first,
                        size_t first_size)
{
    const st_element *element =
        st_test_find(test, st_kinds[drawn].name,
                     st_test_count(test, st_kinds[drawn].name) - 1);
    const unsigned char *bytes;
    size_t size;

    ck_assert_ptr_nonnull(element);
    bytes = st_element_bytes(element, &size);
    ck_assert_uint_eq(size, first_size);
    ck_assert_mem_eq(bytes, first, size);
}

/* The packed bytes of the first run; they end with it. */
static unsigned char *copy_bytes(const st_test *test, size_t *size)
{
    const unsigned char *bytes = st_element_bytes(
        st_test_find(test, st_kinds[drawn].name,
                     st_test_count(test, st_kinds[drawn].name) - 1),
        size);
    unsigned char *copy = malloc(*size + 1);

    memcpy(copy, bytes, *size);
    return copy;
}

static void check_replays(void (*page)(void *context), int i)
{
    st_test *test = st_test_create(page, &i);
    char *first, *again;
    unsigned char *bytes;
    size_t size;

    memo_clear_all();
    runs = 0;
    ck_assert_int_eq(st_test_run(test), ST_OK);
    first = st_test_dump(test);
    bytes = copy_bytes(test, &size);
    for (int run = 0; run < 2; run++) {
        ck_assert_int_eq(st_test_run(test), ST_OK);
        again = st_test_dump(test);
        ck_assert_str_eq(first, again);
        check_bytes(test, bytes, size);
        free(again);
    }
    ck_assert_int_eq(runs, 1);
    free(first);
    free(bytes);
    st_test_destroy(test);
}

START_TEST(every_element_is_drawn_again_in_every_container)
{
    drawn = (st_kind)_i;
    if (st_kinds[drawn].role == ST_ROLE_WIDGET)
        return; /* test_every_widget.c */
    ck_assert_msg(drawers[drawn], "nobody draws '%s'", st_kinds[drawn].name);
    for (int i = 0; i < AROUND; i++) {
        if (is_refused(i))
            continue;
        check_replays(draw_page_inside, i);
        check_replays(draw_page_around, i);
    }
}
END_TEST

/* ---- what cannot stand in what ------------------------------------------- */

static void draw_form_in_form(void *unused)
{
    (void)unused;
    st_form("inner", .in = st_form("outer"));
}

static void draw_button_in_form(void *unused)
{
    (void)unused;
    st_button("button", .in = st_form("outer"));
}

static void draw_submit_outside(void *unused)
{
    (void)unused;
    st_form_submit_button("submit");
}

static void draw_deep_in_form(void *unused)
{
    st_handle columns[2];

    (void)unused;
    st_columns(columns, 2, .in = st_form("outer"));
    st_button("button", .in = columns[1]);
}

static const struct {
    void (*draw)(void *unused);
    const char *message;
} refused[] = {{draw_form_in_form, "'inner'"},
               {draw_button_in_form, "'outer'"},
               {draw_submit_outside, "no form"},
               {draw_deep_in_form, "'outer'"}};

START_TEST(what_cannot_stand_there_ends_the_run)
{
    st_test *test = st_test_create(refused[_i].draw, NULL);

    ck_assert_int_eq(st_test_run(test), ST_MISUSE);
    ck_assert_ptr_nonnull(
        strstr(st_element_text(test, st_test_find(test, "exception", 0)),
               refused[_i].message));
    st_test_destroy(test);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.elements");
    TCase *cases = tcase_create("cases");

    tcase_add_loop_test(cases, every_element_is_drawn_again_in_every_container,
                        0, ST_KIND_COUNT);
    tcase_add_loop_test(cases, what_cannot_stand_there_ends_the_run, 0,
                        (int)(sizeof refused / sizeof *refused));
    suite_add_tcase(suite, cases);
    return suite;
}

/* JSON that is shown: as it is, or as a chart. */
#include "shown.h"

Suite *memo_test_suite(void);

/* What st_json() and each chart make of a text. */
typedef struct {
    const char *text, *theme;
    unsigned width, height;
    bool use_container_width, use_content_width;
} chart;

static void draw_json(void *context)
{
    st_json(((chart *)context)->text);
}

#define OPTIONS(what)                                                          \
    .width = (what)->width, .height = (what)->height,                          \
    .use_container_width = (what)->use_container_width,                        \
    .use_content_width = (what)->use_content_width

static void draw_vega_lite(void *context)
{
    const chart *what = context;

    st_vega_lite_chart(what->text, .theme = what->theme, OPTIONS(what));
}

static void draw_altair(void *context)
{
    const chart *what = context;

    st_altair_chart(what->text, .theme = what->theme, OPTIONS(what));
}

static void draw_plotly(void *context)
{
    const chart *what = context;

    st_plotly_chart(what->text, .theme = what->theme, OPTIONS(what));
}

static void draw_pydeck(void *context)
{
    const chart *what = context;

    st_pydeck_chart(what->text, OPTIONS(what));
}

static void draw_bokeh(void *context)
{
    const chart *what = context;

    st_bokeh_chart(what->text, OPTIONS(what));
}

static const struct {
    const char *call, *argument, *kind;
    void (*draw)(void *context);
    int width, height; /* when nothing is said of them */
} charts[] = {
    {"st_vega_lite_chart", "spec", "vega_lite_chart", draw_vega_lite, 0, -1},
    {"st_altair_chart", "spec", "altair_chart", draw_altair, 0, -1},
    {"st_plotly_chart", "figure", "plotly_chart", draw_plotly, 0, -1},
    {"st_pydeck_chart", "deck", "pydeck_chart", draw_pydeck, 0, 500},
    {"st_bokeh_chart", "item", "bokeh_chart", draw_bokeh, 0, 600},
};

enum { CHART_COUNT = sizeof charts / sizeof *charts };

/* ---- messages ------------------------------------------------------------ */

static const struct {
    void (*draw)(void *context);
    const char *text, *theme, *expected;
} shown[] = {
    {draw_json, "[1, 2]", NULL, "json body=\"[1, 2]\" expanded=true"},
    {draw_json, "7", NULL, "json body=\"7\" expanded=true"},
    {draw_vega_lite, "{\"autosize\": 1}", NULL,
     "vega_lite_chart spec=\"{\\\"autosize\\\": 1}\" use_container_width=true "
     "theme=\"streamlit\""},
    {draw_vega_lite, "{}", "",
     "vega_lite_chart spec=\"{\\\"autosize\\\":{\\\"type\\\":\\\"fit\\\","
     "\\\"contains\\\":\\\"padding\\\"}}\" use_container_width=true"},
    {draw_vega_lite, "{\"hconcat\": []}", "x",
     "vega_lite_chart spec=\"{\\\"hconcat\\\": []}\" theme=\"x\""},
    {draw_altair, "{\"autosize\": {}}", NULL,
     "altair_chart spec=\"{\\\"autosize\\\": {}}\" use_container_width=true "
     "theme=\"streamlit\""},
    {draw_plotly, "{\"data\": []}", NULL,
     "plotly_chart theme=\"streamlit\" "
     "spec=\"{\\\"data\\\":[],\\\"layout\\\":{\\\"template\\\":{\\\"layout\\\":"
     "{}}}}\" "
     "config=\"{}\""},
    {draw_plotly, "{\"layout\": {\"template\": 0}}", "",
     "plotly_chart spec=\"{\\\"layout\\\": {\\\"template\\\": 0}}\" "
     "config=\"{}\""},
    {draw_pydeck, "{}", NULL,
     "pydeck_chart json=\"{\\\"mapStyle\\\":\\\"data:application/json,"
     "{\\\\\\\"version\\\\\\\":8,\\\\\\\"sources\\\\\\\":{},"
     "\\\\\\\"layers\\\\\\\":[]}\\\"}\""},
    {draw_pydeck, "{\"mapStyle\": null}", NULL,
     "pydeck_chart json=\"{\\\"mapStyle\\\": null}\""},
};

START_TEST(what_is_missing_is_filled_in_and_the_rest_is_not_touched)
{
    chart what = {.text = shown[_i].text, .theme = shown[_i].theme};

    check_shown(shown[_i].draw, &what, shown[_i].expected);
}
END_TEST

static void check_size(void (*draw)(void *context), const char *kind,
                       chart what, const int expected[2])
{
    st_test *test = st_test_create(draw, &what);
    St__Element *element;

    st_test_run(test);
    element = unpack_element(test, kind);
    ck_assert_int_eq(width_of(element), expected[0]);
    ck_assert_int_eq(height_of(element), expected[1]);
    st__element__free_unpacked(element, NULL);
    st_test_destroy(test);
}

START_TEST(charts_are_as_wide_and_high_as_they_are_told)
{
    bool is_frame = strcmp(charts[_i].kind, "bokeh_chart") == 0;
    const int usual[] = {charts[_i].width, charts[_i].height};
    const int content[] = {is_frame ? 0 : -1, charts[_i].height};

    check_size(charts[_i].draw, charts[_i].kind, (chart){.text = "{}"}, usual);
    check_size(charts[_i].draw, charts[_i].kind,
               (chart){.text = "{}", .width = 7, .height = 9}, (int[]){7, 9});
    check_size(charts[_i].draw, charts[_i].kind,
               (chart){.text = "{}", .use_content_width = true}, content);
}
END_TEST

START_TEST(charts_of_charts_are_as_wide_as_they_say)
{
    static const char *const texts[] = {"{\"facet\": 1}",
                                        "{\"repeat\": 1}",
                                        "{\"hconcat\": 1}",
                                        "{\"vconcat\": 1}",
                                        "{\"concat\": 1}",
                                        "{\"encoding\": {\"row\": 1}}",
                                        "{\"encoding\": {\"column\": 1}}",
                                        "{\"encoding\": {\"facet\": 1}}"};

    check_size(draw_vega_lite, "vega_lite_chart", (chart){.text = texts[_i]},
               (int[]){-1, -1});
    check_size(draw_vega_lite, "vega_lite_chart",
               (chart){.text = texts[_i], .use_container_width = true},
               (int[]){0, -1});
    check_size(draw_vega_lite, "vega_lite_chart",
               (chart){.text = texts[_i], .width = 8}, (int[]){8, -1});
}
END_TEST

/* ---- Bokeh --------------------------------------------------------------- */

START_TEST(an_item_cannot_leave_its_block)
{
    chart what = {.text = "{\"t\": \"</script><!-- <script>alert(1)\"}"};
    st_test *test = st_test_create(draw_bokeh, &what);
    St__Element *element;
    const char *page, *item, *end;
    size_t scripts = 0;

    st_test_run(test);

    element = unpack_element(test, "bokeh_chart");
    page = element->iframe->srcdoc;
    item = strstr(page, "id=\"item\">") + strlen("id=\"item\">");
    end = strchr(item, '<');
    ck_assert_int_eq(
        strncmp(item,
                "{\"t\": \"\\u003c/script>\\u003c!-- \\u003cscript>alert(1)\"}",
                (size_t)(end - item)),
        0);
    ck_assert_int_eq(strncmp(end, "</script><script>Bokeh.embed.", 29), 0);
    for (const char *at = page; (at = strstr(at, "<script")); at++)
        scripts++;
    ck_assert_uint_eq(scripts, 3);
    ck_assert_ptr_nonnull(strstr(page, "src=\"../vendor/bokeh.min.js\""));
    st__element__free_unpacked(element, NULL);
    st_test_destroy(test);
}
END_TEST

START_TEST(an_item_of_nothing_else_has_room)
{
    enum { COUNT = 20000 };
    char *text = malloc(COUNT + 20);
    chart what = {.text = text};
    char *dump, *at;
    size_t count = 0;

    strcpy(text, "{\"t\": \"");
    memset(text + 7, '<', COUNT);
    strcpy(text + 7 + COUNT, "\"}");
    dump = dump_of(draw_bokeh, &what);
    for (at = dump; (at = strstr(at, "u003c")); at++)
        count++;

    ck_assert_uint_eq(count, COUNT);
    free(dump);
    free(text);
}
END_TEST

/* ---- mistakes ------------------------------------------------------------ */

START_TEST(no_json_is_said_with_line_and_column)
{
    chart what = {.text = "{\n  \"a\": oops}"};
    char expected[100];

    sprintf(expected, "%s, %s: line 2, column 11: ", charts[_i].call,
            charts[_i].argument);
    check_complaint(charts[_i].draw, &what, "JSONDecodeError", expected);
    check_complaint(draw_json, &what, "JSONDecodeError",
                    "st_json, body: line 2, column 11: ");
    what.text = NULL;
    check_complaint(charts[_i].draw, &what, "JSONDecodeError", "line 1");
}
END_TEST

START_TEST(what_is_no_object_is_said_to_be_none)
{
    static const char *const texts[] = {"[]", "null", "7"};

    for (size_t i = 0; i < 3; i++) {
        chart what = {.text = texts[i]};

        check_complaint(charts[_i].draw, &what, "StreamlitAPIException",
                        "but no object");
    }
}
END_TEST

static void draw_options(void *context)
{
    (void)context;
    st_plotly_chart("{}", .config = "{\"a\": 1}");
    st_plotly_chart("{}", .config = "{");
    st_plotly_chart("{}", .config = "[]");
    st_pydeck_chart("{}", .tooltip = "{\"html\": \"b\"}");
    st_pydeck_chart("{}", .tooltip = "");
}

START_TEST(options_are_json_as_well)
{
    st_test *test = st_test_create(draw_options, NULL);
    St__Element *element;
    char *dump;

    st_test_run(test);

    ck_assert_uint_eq(st_test_count(test, "plotly_chart"), 1);
    ck_assert_uint_eq(st_test_count(test, "pydeck_chart"), 1);
    ck_assert_uint_eq(st_test_count(test, "exception"), 3);
    dump = st_test_dump(test);
    ck_assert_ptr_nonnull(strstr(dump, "st_plotly_chart, config: line 1"));
    ck_assert_ptr_nonnull(strstr(dump, "st_plotly_chart, config: it is JSON"));
    ck_assert_ptr_nonnull(strstr(dump, "st_pydeck_chart, tooltip: line 1"));
    free(dump);
    element = unpack_element(test, "plotly_chart");
    ck_assert_str_eq(element->plotly_chart->config, "{\"a\": 1}");
    st__element__free_unpacked(element, NULL);
    st_test_destroy(test);
}
END_TEST

START_TEST(nowhere_nothing_is_drawn)
{
    chart what = {.text = "{"};

    for (size_t i = 0; i < CHART_COUNT; i++)
        charts[i].draw(&what);
    draw_json(&what);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.json_charts");
    TCase *cases = tcase_create("cases");

    tcase_add_loop_test(
        cases, what_is_missing_is_filled_in_and_the_rest_is_not_touched, 0,
        sizeof shown / sizeof *shown);
    tcase_add_loop_test(cases, charts_are_as_wide_and_high_as_they_are_told, 0,
                        CHART_COUNT);
    tcase_add_loop_test(cases, charts_of_charts_are_as_wide_as_they_say, 0, 8);
    tcase_add_test(cases, an_item_cannot_leave_its_block);
    tcase_add_test(cases, an_item_of_nothing_else_has_room);
    tcase_add_loop_test(cases, no_json_is_said_with_line_and_column, 0,
                        CHART_COUNT);
    tcase_add_loop_test(cases, what_is_no_object_is_said_to_be_none, 0,
                        CHART_COUNT);
    tcase_add_test(cases, options_are_json_as_well);
    tcase_add_test(cases, nowhere_nothing_is_drawn);
    suite_add_tcase(suite, cases);
    return suite;
}

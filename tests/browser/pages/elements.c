/* elements.c -- a page with every element and every container once. */
#include "pages.h"

#include <st.h>

#include <stdlib.h>

/* The hours of sun in some cities. */
static st_frame *make_frame(void)
{
    static const char *const cities[] = {"Rome", "Oslo", "Lima"};
    static const double sun[] = {7.1, 4.6, 4.2};
    st_frame *frame = NULL;

    if (st_frame_create(&frame, 3, NULL) != ST_OK)
        return NULL;
    st_frame_add_texts(frame, "city", cities, NULL, NULL);
    st_frame_add_doubles(frame, "sun", sun, NULL, NULL);
    return frame;
}

static void draw_texts(void)
{
    st_title("a title");
    st_header("a header");
    st_subheader("a subheader");
    st_text("fixed   text");
    st_markdown("text in **bold**");
    st_caption("small print");
    st_latex("e^{i\\pi} + 1 = 0");
    st_code("int main(void);");
    st_json("{\"answer\": 42}");
    st_help(make_frame);
}

static void draw_boxes(void)
{
    st_error("an error");
    st_warning("a warning");
    st_info("an information");
    st_success("a success");
    st_exception("what was wrong", .type = "ValueError");
    st_metric("Speed", .value = "12 m/s", .delta = "-3 m/s");
    st_progress(0.4, .text = "two of five");
    st_spinner("a spinner");
    st_empty();
    st_balloons();
    st_snow();
}

static void draw_data(void)
{
    st_frame *frame = make_frame();

    st_dataframe(frame);
    st_table(frame);
    st_line_chart(frame, .x = "city");
    st_area_chart(frame, .x = "city");
    st_bar_chart(frame, .x = "city");
    st_frame_destroy(frame);
}

static const char bars[] =
    "{\"mark\": \"bar\", \"data\": {\"values\": [{\"a\": \"A\", \"b\": 28},"
    " {\"a\": \"B\", \"b\": 55}]}, \"encoding\": {\"x\": {\"field\": \"a\"},"
    " \"y\": {\"field\": \"b\", \"type\": \"quantitative\"}}}";

/* A line, as bokeh.embed.json_item() writes it. */
static const char line[] =
    "{\"target_id\": null, \"root_id\": \"p1\", \"version\": \"3.6.0\","
    " \"doc\": {\"version\": \"3.6.0\", \"title\": \"\", \"roots\": [{"
    "\"type\": \"object\", \"name\": \"Figure\", \"id\": \"p1\","
    " \"attributes\": {\"height\": 200,"
    "\"x_range\": {\"type\": \"object\", \"name\": \"Range1d\", \"id\": \"p2\","
    " \"attributes\": {\"end\": 4}},"
    "\"y_range\": {\"type\": \"object\", \"name\": \"Range1d\", \"id\": \"p3\","
    " \"attributes\": {\"end\": 4}},"
    "\"x_scale\": {\"type\": \"object\", \"name\": \"LinearScale\","
    " \"id\": \"p4\"},"
    "\"y_scale\": {\"type\": \"object\", \"name\": \"LinearScale\","
    " \"id\": \"p5\"}}}]}}";

/* A red one, on no map. */
static const char disc[] =
    "{\"initialViewState\": {\"longitude\": 0, \"latitude\": 0,"
    " \"zoom\": 1}, \"layers\": [{\"@@type\": \"ScatterplotLayer\","
    " \"id\": \"disc\", \"data\": [{\"at\": [0, 0]}],"
    " \"getPosition\": \"@@=at\", \"getRadius\": 2000000,"
    " \"getFillColor\": [255, 0, 0]}]}";

static void draw_charts(void)
{
    st_vega_lite_chart(bars);
    st_altair_chart(bars);
    st_plotly_chart("{\"data\": [{\"type\": \"scatter\", \"x\": [1, 2, 3],"
                    " \"y\": [2, 6, 3]}], \"layout\": {}}");
    st_pydeck_chart(disc, .height = 200);
    st_bokeh_chart(line, .height = 220);
    st_graphviz_chart("digraph { elements -> cache }");
}

static const char square[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"40\">"
    "<rect width=\"80\" height=\"40\" rx=\"8\" fill=\"teal\"/></svg>";

static void draw_media(void)
{
    size_t size;
    unsigned char *sound = make_sound(&size, 1);

    st_image(NULL, .bytes = square, .size = sizeof square - 1,
             .caption = "an image");
    if (sound)
        st_audio(NULL, .bytes = sound, .size = size);
    free(sound);
    st_video(NULL, .bytes = film, .size = film_size);
    st_components_html("<p id=said></p><script>"
                       "document.getElementById('said').textContent ="
                       " 'a script has run'</script>",
                       .height = 60);
    st_components_iframe("_stcore/health", .height = 60);
}

static void draw_containers(void)
{
    static const char *const labels[] = {"one", "two"};
    st_handle columns[2], tabs[2];

    st_in(st_container(.border = true))
    {
        st_text("inside of a container");
    }
    st_columns(columns, 2);
    st_text("left", .in = columns[0]);
    st_text("right", .in = columns[1]);
    st_in(st_expander("Open me"))
    {
        st_text("inside of an expander");
    }
    st_tabs(tabs, 2, .labels = labels);
    st_text("behind the first tab", .in = tabs[0]);
    st_text("behind the second tab", .in = tabs[1]);
    st_in(st_form("form"))
    {
        st_text("inside of a form");
        st_form_submit_button("Send");
    }
}

void draw_elements(void *unused)
{
    (void)unused;
    draw_texts();
    draw_boxes();
    draw_data();
    draw_charts();
    draw_media();
    draw_containers();
}

// @memo(allow_widgets)
static int all_elements(void)
{
    draw_elements(NULL);
    return 0;
}

void draw_elements_memoized(void *unused)
{
    (void)unused;
    all_elements();
    say_runs("all_elements");
}

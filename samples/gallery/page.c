#include "page.h"

#include <st.h>

#include <stddef.h>

/* ---- text ---------------------------------------------------------------- */

// @memo
static int draw_texts(void)
{
    st_header("Text");
    st_write("**st_write()** takes what there is: a text, a number, a frame.");
    st_write(42);
    st_text("fixed");
    st_subheader("A heading below a heading");
    st_markdown("Markdown with `code`, *emphasis* and a :rainbow[rainbow].");
    st_caption("small print");
    st_latex("e^{i\\pi} + 1 = 0");
    st_code("int main(void)\n{\n    return 0;\n}", .line_numbers = true);
    st_json("{\"name\": \"memogen\", \"is_fast\": true, \"sizes\": [1, 2, 3]}");
    st_echo()
    {
        st_text("this line is below its own source");
    }
    st_help(draw_texts);
    return 0;
}

// @memo
static int draw_boxes(void)
{
    st_handle slot;

    st_header("Boxes");
    st_error("an error");
    st_warning("a warning");
    st_info("some information");
    st_success("a success");
    st_exception("something was wrong", .type = "ValueError");
    st_metric("Speed", .value = "12 m/s", .delta = "-3 m/s");
    st_progress(0.4, .text = "two of five");
    slot = st_empty();
    st_text("in the place of nothing", .in = slot);
    st_empty();
    st_spinner("This takes a while");
    st_balloons();
    st_snow();
    return 0;
}

/* ---- data and charts ----------------------------------------------------- */

static st_frame *make_frame(void)
{
    static const char *const cities[] = {"Rome", "Oslo", "Lima"};
    static const double sun[] = {7.1, 4.6, 4.2}, rain[] = {78, 96, 1};
    st_frame *frame = NULL;

    if (st_frame_create(&frame, 3, NULL) != ST_OK)
        return NULL;
    st_frame_add_texts(frame, "city", cities, NULL, NULL);
    st_frame_add_doubles(frame, "sun", sun, NULL, NULL);
    st_frame_add_doubles(frame, "rain", rain, NULL, NULL);
    st_frame_set_index(frame, "city", NULL);
    return frame;
}

// @memo
static int draw_data(void)
{
    st_frame *frame = make_frame();

    st_header("Data");
    st_dataframe(frame);
    st_table(frame);
    st_line_chart(frame);
    st_area_chart(frame);
    st_bar_chart(frame, .x_label = "city", .y_label = "hours, days");
    st_frame_destroy(frame);
    return 0;
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

// @memo
static int draw_charts(void)
{
    st_header("Charts that JSON describes");
    st_vega_lite_chart(bars);
    st_altair_chart(bars);
    st_plotly_chart("{\"data\": [{\"type\": \"scatter\", \"x\": [1, 2, 3],"
                    " \"y\": [2, 6, 3]}], \"layout\": {}}");
    st_pydeck_chart(disc, .height = 200);
    st_bokeh_chart(line, .height = 220);
    st_graphviz_chart("digraph { elements -> cache; widgets -> elements }");
    return 0;
}

/* ---- media --------------------------------------------------------------- */

static const char drawing[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"40\">"
    "<rect width=\"80\" height=\"40\" rx=\"8\" fill=\"teal\"/></svg>";

// @memo
static int draw_media(void)
{
    double samples[800];

    for (int i = 0; i < 800; i++)
        samples[i] = i / 10 % 2 ? 0.2 : -0.2;
    st_header("Media");
    st_image(NULL, .bytes = drawing, .size = sizeof drawing - 1,
             .caption = "a drawing");
    st_audio(NULL, .sound = {samples, 800, 8000, 1});
    st_video("https://example.org/film.mp4");
    st_components_html("<p>A page in a <b>frame</b></p>", .height = 60);
    st_components_iframe("https://example.org", .height = 60);
    return 0;
}

/* ---- widgets ------------------------------------------------------------- */

static const char *const colours[] = {"red", "green", "blue", NULL};

// @memo(allow_widgets)
static int draw_choices(void)
{
    st_header("Widgets");
    st_button("Press me");
    st_checkbox("Check me");
    st_radio("A colour", .options = colours);
    st_selectbox("Another colour", .options = colours, .index = 1);
    st_multiselect("Some colours", .options = colours);
    st_select_slider("From red to blue", .options = colours);
    st_slider("A number", .value = 20);
    st_number_input("A number to type", .value = 7);
    return 0;
}

// @memo(allow_widgets)
static int draw_inputs(void)
{
    st_text_input("A line", .value = "text");
    st_text_area("An area", .placeholder = "much text");
    st_date_input("A day", .value = {2024, 2, 29});
    st_time_input("A time", .value = {12, 30}, .has_value = true);
    st_color_picker("Any colour", .value = "#008080");
    st_file_uploader("A file");
    st_camera_input("A picture");
    st_download_button("Take this", .data = "some text",
                       .file_name = "text.txt");
    return 0;
}

/* ---- containers ---------------------------------------------------------- */

// @memo(allow_widgets)
static int draw_containers(void)
{
    static const char *const labels[] = {"one", "two"};
    st_handle columns[2], tabs[2];

    st_header("Containers");
    st_columns(columns, 2);
    st_text("left", .in = columns[0]);
    st_text("right", .in = columns[1]);
    st_tabs(tabs, 2, .labels = labels);
    st_text("behind the first tab", .in = tabs[0]);
    st_in(st_container(.border = true))
    {
        st_text("with a border");
    }
    st_in(st_expander("Open me"))
    {
        st_text("there you are");
    }
    st_in(st_form("form"))
    {
        st_text_input("Your name");
        st_form_submit_button("Send");
    }
    st_in(ST_SIDEBAR)
    {
        st_text("at the side");
    }
    return 0;
}

void draw_page(void *unused)
{
    (void)unused;
    st_title("Gallery");
    draw_texts();
    draw_boxes();
    draw_data();
    draw_charts();
    draw_media();
    draw_choices();
    draw_inputs();
    draw_containers();
}

/* widgets.c -- a page with every widget once, and below it their values as
 * texts.
 */
#include "pages.h"

#include <st.h>

static const char *const colours[] = {"red", "green", "blue", NULL};

static void draw_buttons(void)
{
    bool is_pressed = st_button("Press", .key = "button");
    bool is_sent = false, is_taken;

    st_in(st_form("form"))
    {
        is_sent = st_form_submit_button("Send", .key = "form_submit_button");
    }
    is_taken =
        st_download_button("Take", .data = "some text", .file_name = "text.txt",
                           .key = "download_button");
    say("button = %d", is_pressed);
    say("form_submit_button = %d", is_sent);
    say("download_button = %d", is_taken);
    say("checkbox = %d", st_checkbox("Check", .key = "checkbox"));
}

static void draw_choices(void)
{
    int radio = st_radio("Radio", .options = colours, .key = "radio");
    int selected =
        st_selectbox("Select", .options = colours, .key = "selectbox");
    const char *const *chosen =
        st_multiselect("Choose", .options = colours, .key = "multiselect");
    int slid =
        st_select_slider("Slide", .options = colours, .key = "select_slider");

    say("radio = %s", radio < 0 ? "" : colours[radio]);
    say("selectbox = %s", selected < 0 ? "" : colours[selected]);
    say("multiselect = %s %s", chosen[0] ? chosen[0] : "",
        chosen[0] && chosen[1] ? chosen[1] : "");
    say("select_slider = %s", colours[slid]);
}

static void draw_numbers(void)
{
    say("slider = %g", st_slider("Slider", .value = 20, .key = "slider"));
    say("number_input = %g", st_number_input("Number", .key = "number_input"));
}

static void draw_texts(void)
{
    say("text_input = %s", st_text_input("Text", .key = "text_input"));
    say("text_area = %s", st_text_area("Area", .key = "text_area"));
    say("color_picker = %s", st_color_picker("Colour", .key = "color_picker"));
}

static void draw_calendar(void)
{
    st_date day =
        st_date_input("Day", .value = {2024, 2, 29}, .key = "date_input");
    st_time time = st_time_input("Time", .value = {12, 30}, .has_value = true,
                                 .key = "time_input");

    say("date_input = %04d-%02d-%02d", day.year, day.month, day.day);
    say("time_input = %02d:%02d", time.hour, time.minute);
}

static void draw_files_and_camera(void)
{
    const st_file *file = st_file_uploader("File", .key = "file_uploader");
    const st_file *picture = st_camera_input("Camera", .key = "camera_input");

    say("file_uploader = %s", file ? (const char *)file->bytes : "");
    say("camera_input = %s", picture && picture->size > 0 ? picture->mime : "");
}

void draw_widgets(void *unused)
{
    (void)unused;
    draw_buttons();
    draw_choices();
    draw_numbers();
    draw_texts();
    draw_calendar();
    draw_files_and_camera();
}

// @memo(allow_widgets)
static int all_widgets(void)
{
    draw_widgets(NULL);
    return 0;
}

void draw_widgets_memoized(void *unused)
{
    (void)unused;
    all_widgets();
    say_runs("all_widgets");
}

#include "widgets/plain.h"

#include "st.h"

#include <check.h>
#include <stdlib.h>

Suite *memo_test_suite(void);

static void draw(void *unused)
{
    static const char *const options[] = {"red", "green", NULL};
    st_handle box, bar;

    (void)unused;
    st_title("Größe");
    st_header("Numbers");
    st_write("**some** text\nin two lines");
    st_metric("Speed", .value = "12", .delta = "-3");
    st_warning("careful");
    st_code("int x;\nint y;");
    bar = st_progress(0.1);
    st_progress(0.5, .text = "half", .in = bar);
    box = st_expander("More");
    st_in(box)
    {
        st_text("inside");
        st_checkbox("On", .value = true);
        st_checkbox("Off");
        st_in(st_expander("Deeper"))
        {
            st_text("deep inside");
        }
    }
    st_button("Press");
    st_slider("Rows", .value = 20);
    st_selectbox("Colour", .options = options, .index = 1);
    st_slider_range("Price", .from = 20, .to = 80);
    st_date_slider("Until", .value = {2026, 1, 31});
    st_date_input("Day", .value = {1969, 12, 31});
    st_file_uploader("File");
    st_download_button("Get it", .data = "x");
    st_text("aside", .in = ST_SIDEBAR);
}

static const char expected[] =
    "Größe\n"
    "=====\n"
    "Numbers\n"
    "-------\n"
    "**some** text\n"
    "in two lines\n"
    "Speed: 12 (-3)\n"
    "Warning: careful\n"
    "    int x;\n"
    "    int y;\n"
    "[####################                    ] 50 % half\n"
    "> More\n"
    "  inside\n"
    "  [x] On\n"
    "  [ ] Off\n"
    "  > Deeper\n"
    "    deep inside\n"
    "[ Press ]\n"
    "Rows: 20\n"
    "Colour: green\n"
    "Price: 20 to 80\n"
    "Until: 2026-01-31\n"
    "Day: 1969-12-31 \n"
    "File: \n"
    "[ Get it ]\n"
    "\n"
    "aside\n";

START_TEST(a_page_can_be_read_in_a_terminal)
{
    st_page *page = st_page_create();
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    ck_assert_int_eq(st_run(page, draw, NULL), ST_OK);
    st_plain_page(out, page);
    fclose(out);

    ck_assert_str_eq(text, expected);
    free(text);
    st_page_destroy(page);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.plain");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, a_page_can_be_read_in_a_terminal);
    suite_add_tcase(suite, cases);
    return suite;
}

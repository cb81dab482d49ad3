/* Files from the person in front of the page, and for it. */
#include "st.h"
#include "st/test.h"
#include "widgets/dump.h"
#include "widgets/uploads.h"

#include "../cache/fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static const st_element *uploader(const st_test *test)
{
    return st_test_find(test, "file_uploader", 0);
}

/* ---- what a page sees ---------------------------------------------------- */

static char shown[300];

static void show_files(const st_file *file)
{
    strcpy(shown, file ? "" : "none");
    for (; file && file->name; file++)
        sprintf(strchr(shown, '\0'), "%s:%s:%s:%zu ", file->name, file->mime,
                (const char *)file->bytes, file->size);
}

static void draw_images(void *unused)
{
    static const char *const types[] = {"JPG", ".png", "jpeg", NULL};

    (void)unused;
    show_files(st_file_uploader("Images", .types = types, .multiple = true));
}

START_TEST(types_are_written_in_one_way_with_their_other_names)
{
    st_test *test = st_test_create(draw_images, NULL);
    char *page;

    st_test_run(test);
    page = st_test_dump(test);

    ck_assert_ptr_nonnull(strstr(page, "type=[\".jpg\", \".jpeg\", \".png\"]"));
    ck_assert_ptr_nonnull(strstr(page, "max_upload_size_mb=200"));
    free(page);
    st_test_destroy(test);
}
END_TEST

START_TEST(a_file_of_another_type_is_not_seen)
{
    static const st_file files[] = {{"a.exe", "image/png", "1", 1},
                                    {"b.PNG", "image/png", "two", 3},
                                    {"png", "", "3", 1},
                                    {"c.jpeg", "", "", 0}};
    st_test *test = st_test_create(draw_images, NULL);

    st_test_run(test);
    ck_assert_int_eq(st_test_upload(test, uploader(test), files, 4), ST_OK);
    st_test_run(test);
    ck_assert_str_eq(shown, "b.PNG:image/png:two:3 c.jpeg:::0 ");
    ck_assert_int_eq(st_test_upload(test, uploader(test), NULL, 0), ST_OK);
    st_test_run(test);
    ck_assert_str_eq(shown, "none");
    st_test_destroy(test);
}
END_TEST

static void draw_one(void *unused)
{
    (void)unused;
    show_files(st_file_uploader("One"));
}

START_TEST(an_uploader_for_one_file_takes_one)
{
    static const st_file files[] = {{"a", "m", "1", 1}, {"b", "m", "2", 1}};
    st_test *test = st_test_create(draw_one, NULL);

    st_test_run(test);
    ck_assert_int_eq(st_test_upload(test, uploader(test), files, 2),
                     ST_BAD_VALUE);
    st_test_run(test);
    ck_assert_str_eq(shown, "none");
    ck_assert_int_eq(st_test_upload(test, uploader(test), files, 1), ST_OK);
    st_test_run(test);
    ck_assert_str_eq(shown, "a:m:1:1 ");
    st_test_destroy(test);
}
END_TEST

/* ---- an input by name, type and content ---------------------------------- */

static struct memo_function reading = {WORD_FUNCTION("reading"),
                                       .flags = MEMO_ALLOWS_WIDGETS};
static _Atomic int runs;

static long reads(int n)
{
    const st_file *file = st_file_uploader("Numbers");

    runs++;
    return file ? n + atoi(file->bytes) : -1;
}

static void draw_reading(void *result)
{
    *(long *)result = call_word(&reading, reads, 1000);
}

START_TEST(a_file_is_an_input_by_its_name_type_and_content)
{
    static const struct {
        st_file file;
        long result;
        int runs;
    } steps[] = {
        {{"a.txt", "text/plain", "12", 2}, 1012, 2},
        {{"a.txt", "text/plain", "13", 2}, 1013, 3},
        {{"a.txt", "text/plain", "12", 2}, 1012, 3}, /* again */
        {{"b.txt", "text/plain", "12", 2}, 1012, 4},
        {{"a.txt", "text/html", "12", 2}, 1012, 5},
        {{"a.txt", "text/plain", "1", 1}, 1001, 6},
        {{"a.txt", "text/plain", "13", 2}, 1013, 6},
    };
    long result = 0;
    st_test *test = st_test_create(draw_reading, &result);

    memo_clear_all();
    st_test_run(test);
    ck_assert_int_eq(result, -1);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        st_test_upload(test, uploader(test), &steps[i].file, 1);
        ck_assert_int_eq(st_test_run(test), ST_OK);
        ck_assert_int_eq(result, steps[i].result);
        ck_assert_int_eq(runs, steps[i].runs);
    }
    st_test_destroy(test);
}
END_TEST

/* ---- what is kept -------------------------------------------------------- */

START_TEST(a_content_is_kept_for_as_long_as_a_value_names_it)
{
    st_arena arena = {NULL};
    st_session session = {0};
    st_widget_state *widget = st_map_add(&session.widgets, "w", sizeof *widget);
    st_file_facts facts = {.name = "a", .mime = "m", .size = 3};

    widget->run = 1;
    ck_assert(st_upload_keep(&session, "abc", 3, &facts.digest));
    ck_assert(st_upload_keep(&session, "abc", 3, &facts.digest));
    st_bytes_replace(&widget->sent, st_value_files(&arena, &facts, 1));
    st_session_end(&session, 1); /* it came while a run was under way */
    for (int i = 0; i < 3; i++) {
        st_session_take(&session);
        st_session_end(&session, 1);
        ck_assert_str_eq(st_upload_find(&session, facts.digest), "abc");
    }
    st_bytes_replace(&widget->sent, st_value_files(&arena, NULL, 0));
    st_session_take(&session);
    ck_assert_ptr_nonnull(st_upload_find(&session, facts.digest));
    st_session_end(&session, 1);
    ck_assert_ptr_null(st_upload_find(&session, facts.digest));
    ck_assert_uint_eq(session.uploads.count, 0);
    st_session_finish(&session);
    st_arena_finish(&arena);
}
END_TEST

START_TEST(the_contents_end_with_the_session)
{
    st_session session = {0};
    memo_digest digest;

    ck_assert(st_upload_keep(&session, "", 0, &digest));
    ck_assert(st_upload_keep(&session, "abc", 3, &digest));
    ck_assert_uint_eq(session.uploads.count, 2);
    st_session_finish(&session); /* the sanitizer would find what is left */
    ck_assert_uint_eq(session.uploads.count, 0);
}
END_TEST

/* ---- for the person ------------------------------------------------------ */

static void draw_download(void *data)
{
    st_download_button("Get it", .data = data, .size = strlen(data) + 1);
}

static void find_url(char *out, const char *data)
{
    st_test *test = st_test_create(draw_download, (void *)(size_t)data);
    st_arena arena = {NULL};

    st_test_run(test);
    strcpy(out, st_dump_member(&arena, st_test_find(test, "download_button", 0),
                               "url"));
    st_arena_finish(&arena);
    st_test_destroy(test);
}

START_TEST(a_download_has_a_url_that_its_data_tell)
{
    char one[100], other[100], again[100];

    find_url(one, "1");
    find_url(other, "2");
    find_url(again, "1");

    ck_assert_str_eq(one, again);
    ck_assert_str_ne(one, other);
    ck_assert_int_eq(strncmp(one, "/media/", 7), 0);
}
END_TEST

static int drawn;

static void draw_changing(void *pressed)
{
    char data[20];

    sprintf(data, "%d", drawn++);
    *(bool *)pressed = st_download_button("Get it", .data = data);
}

START_TEST(a_press_counts_though_the_data_have_changed)
{
    bool pressed = false;
    st_test *test = st_test_create(draw_changing, &pressed);

    st_test_run(test);
    ck_assert(!pressed);
    st_test_click(test, st_test_find(test, "download_button", 0));
    st_test_run(test);
    ck_assert(pressed);
    st_test_run(test);
    ck_assert(!pressed);
    st_test_destroy(test);
}
END_TEST

static void draw_in_form(void *unused)
{
    (void)unused;
    st_in(st_form("f"))
    {
        st_download_button("Get it", .data = "x");
    }
}

START_TEST(a_download_button_cannot_stand_in_a_form)
{
    st_test *test = st_test_create(draw_in_form, NULL);

    ck_assert_int_eq(st_test_run(test), ST_MISUSE);
    ck_assert_ptr_nonnull(
        strstr(st_element_text(test, st_test_find(test, "exception", 0)),
               "st_download_button"));
    st_test_destroy(test);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("widgets.files");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, types_are_written_in_one_way_with_their_other_names);
    tcase_add_test(cases, a_file_of_another_type_is_not_seen);
    tcase_add_test(cases, an_uploader_for_one_file_takes_one);
    tcase_add_test(cases, a_file_is_an_input_by_its_name_type_and_content);
    tcase_add_test(cases, a_content_is_kept_for_as_long_as_a_value_names_it);
    tcase_add_test(cases, the_contents_end_with_the_session);
    tcase_add_test(cases, a_download_has_a_url_that_its_data_tell);
    tcase_add_test(cases, a_press_counts_though_the_data_have_changed);
    tcase_add_test(cases, a_download_button_cannot_stand_in_a_form);
    suite_add_tcase(suite, cases);
    return suite;
}

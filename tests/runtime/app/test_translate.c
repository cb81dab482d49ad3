#define _GNU_SOURCE /* memmem() */
#include "app/translate.h"

#include "elements/media.h"
#include "elements/messages.pb-c.h"
#include "st.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

/* ---- origins ------------------------------------------------------------- */

static const struct {
    const char *url, *origin; /* NULL: it has none */
} origins[] = {
    {"https://example.org", "https://example.org"},
    {"HTTP://example.org:8080/a?b#c", "HTTP://example.org:8080"},
    {"http://[::1]:80/", "http://[::1]:80"},
    {"https://example.org?x", "https://example.org"},
    {"https://", NULL},
    {"https:///path", NULL},
    {"//example.org", NULL},
    {"javascript:alert(1)", NULL},
    {"https://example.org; script-src *", NULL},
    {"https://example.org *", NULL},
    {"https://user@example.org/", NULL},
    {"https://*.example.org/", NULL},
};

START_TEST(origins_are_those_of_one_server)
{
    char origin[ST_ORIGIN_SIZE];
    bool has_one = st_frame_origin(origin, origins[_i].url);

    ck_assert_int_eq(has_one, origins[_i].origin != NULL);
    if (has_one)
        ck_assert_str_eq(origin, origins[_i].origin);
}
END_TEST

START_TEST(an_origin_that_is_too_long_is_none)
{
    char url[2000] = "https://", origin[ST_ORIGIN_SIZE];

    memset(url + 8, 'a', sizeof url - 9);
    url[sizeof url - 1] = '\0';
    ck_assert(!st_frame_origin(origin, url));
}
END_TEST

/* ---- elements ------------------------------------------------------------ */

static const st_node *last;

static void keep(void *context, const st_page *page, const st_node *node)
{
    (void)context;
    (void)page;
    last = node;
}

static void ignore(void *context, const st_page *page)
{
    (void)context;
    (void)page;
}

static bool no(void *context)
{
    (void)context;
    return false;
}

static const st_sink sink = {
    .drawn = keep, .busy = ignore, .is_stopping = no, .is_stopped = no};

/* What is sent of the last element that `draw` draws. */
static St__Element *translate(st_page *page, void (*draw)(void *context))
{
    const unsigned char *bytes;
    size_t size;

    page->sink = &sink;
    ck_assert_int_eq(st_run(page, draw, NULL), ST_OK);
    bytes = last->bytes;
    size = last->size;
    st_translate(page, last, 5, &bytes, &size);
    return st__element__unpack(NULL, size, bytes);
}

static void draw_html(void *unused)
{
    (void)unused;
    st_components_html("<p>&\"hello\"</p>");
}

START_TEST(html_becomes_a_document)
{
    st_page *page = st_page_create();
    St__Element *element = translate(page, draw_html);
    const char *url = element->iframe->src, *mime;
    char path[100];
    size_t size;

    ck_assert_int_eq(element->iframe->type_case, ST__IFRAME__TYPE_SRC);
    ck_assert_int_eq(strncmp(url, "media/", 6), 0);
    snprintf(path, sizeof path, "/%s", url);
    ck_assert_mem_eq(st_media_find(page, path, &size, &mime),
                     "<p>&\"hello\"</p>", 15);
    ck_assert_uint_eq(size, 15);
    ck_assert_str_eq(mime, ST_FRAME_MIME);
    st__element__free_unpacked(element, NULL);
    st_page_destroy(page);
}
END_TEST

static void draw_other(void *unused)
{
    (void)unused;
    st_components_iframe("https://example.org/a?b=\"c\"&d");
}

START_TEST(pages_of_others_are_framed_in_a_document)
{
    st_page *page = st_page_create();
    St__Element *element = translate(page, draw_other);
    char path[100];
    const char *document, *mime;
    size_t size;

    snprintf(path, sizeof path, "/%s", element->iframe->src);
    document = st_media_find(page, path, &size, &mime);
    ck_assert_str_eq(mime, ST_FRAME_MIME ST_FRAME_ORIGIN "https://example.org");
    ck_assert_ptr_nonnull(
        memmem(document, size,
               "src=\"https://example.org/a?b=&quot;c&quot;&amp;d\"", 48));
    st__element__free_unpacked(element, NULL);
    st_page_destroy(page);
}
END_TEST

static void draw_uploader(void *megabytes)
{
    (void)megabytes;
    st_file_uploader("File", .max_megabytes = 9);
}

START_TEST(fields_take_no_files_that_are_refused)
{
    st_page *page = st_page_create();
    St__Element *element = translate(page, draw_uploader);

    ck_assert_int_eq(element->file_uploader->max_upload_size_mb, 5);
    ck_assert_str_eq(element->file_uploader->label, "File");
    st__element__free_unpacked(element, NULL);
    st_page_destroy(page);
}
END_TEST

static void draw_text(void *unused)
{
    (void)unused;
    st_text("as it is");
}

START_TEST(anything_else_stays_as_it_is)
{
    st_page *page = st_page_create();
    const unsigned char *bytes;
    size_t size;

    st__element__free_unpacked(translate(page, draw_text), NULL);
    bytes = last->bytes;
    size = last->size;
    st_translate(page, last, 5, &bytes, &size);
    ck_assert_ptr_eq(bytes, last->bytes);
    st_page_destroy(page);
}
END_TEST

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.translate");
    TCase *cases = tcase_create("cases");

    tcase_add_loop_test(cases, origins_are_those_of_one_server, 0,
                        COUNT_OF(origins));
    tcase_add_test(cases, an_origin_that_is_too_long_is_none);
    tcase_add_test(cases, html_becomes_a_document);
    tcase_add_test(cases, pages_of_others_are_framed_in_a_document);
    tcase_add_test(cases, fields_take_no_files_that_are_refused);
    tcase_add_test(cases, anything_else_stays_as_it_is);
    suite_add_tcase(suite, cases);
    return suite;
}

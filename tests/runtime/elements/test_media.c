/* Bytes behind URLs: how long a page has them, and how others come to them. */
#include "elements/media.h"
#include "st.h"
#include "st/test.h"

#include "../cache/fixture.h"

#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static int runs;

/* A PNG as far as anybody looks; another one for every number. */
static size_t make_image(char *out, int n)
{
    memset(out, n, 64);
    memcpy(out, "\x89PNG\r\n\x1a\n", 8);
    return 64;
}

static void show(int n)
{
    char bytes[64];
    size_t size = make_image(bytes, n);

    st_image(NULL, .bytes = bytes, .size = size);
    memset(bytes, 'x', sizeof bytes); /* they are copied */
}

/* What this image is called on any page. */
static void expected_url(char *out, int n)
{
    char bytes[64];
    size_t size = make_image(bytes, n);
    st_page *page = st_page_create();

    strcpy(out, st_media_add(page, bytes, size, "image/png"));
    st_page_destroy(page);
}

static bool has(const st_test *test, int n)
{
    char bytes[64], url[64];
    size_t expected = make_image(bytes, n), size;
    const char *mime;
    const void *found;

    expected_url(url, n);
    found = st_test_media(test, url, &size, &mime);
    if (!found) {
        ck_assert_uint_eq(size, 0);
        ck_assert_ptr_null(mime);
        return false;
    }
    ck_assert_uint_eq(size, expected);
    ck_assert_mem_eq(found, bytes, size);
    ck_assert_str_eq(mime, "image/png");
    return true;
}

static bool shows(const st_test *test, int n)
{
    char url[64], *dump = st_test_dump(test);
    bool found;

    expected_url(url, n);
    found = strstr(dump, url) != NULL;
    free(dump);
    return found && has(test, n);
}

/* ---- URLs ---------------------------------------------------------------- */

START_TEST(the_url_tells_content_and_type)
{
    st_page *page = st_page_create(), *other = st_page_create();

    const char *url = st_media_add(page, "cat", 3, "image/png");
    const char *same = st_media_add(other, "cat", 3, "image/png");
    const char *bytes = st_media_add(page, "cap", 3, "image/png");
    const char *type = st_media_add(page, "cat", 3, "image/x-png");

    ck_assert_uint_eq(strlen(url), strlen("/media/") + 32 + strlen(".png"));
    ck_assert_int_eq(strncmp(url, "/media/", 7), 0);
    for (int i = 7; i < 39; i++)
        ck_assert(isxdigit((unsigned char)url[i]));
    ck_assert_str_eq(url + 39, ".png");
    ck_assert_str_eq(url, same);
    ck_assert_str_ne(url, bytes);
    ck_assert_str_ne(url, type);
    st_page_destroy(page);
    st_page_destroy(other);
}
END_TEST

START_TEST(nothing_is_content_too)
{
    st_page *page = st_page_create();
    const char *mime, *url = st_media_add(page, "", 0, "text/plain");
    size_t size = 7;

    ck_assert_ptr_nonnull(st_media_find(page, url, &size, &mime));
    ck_assert_uint_eq(size, 0);
    ck_assert_str_eq(mime, "text/plain");
    st_page_destroy(page);
}
END_TEST

static const char *const strangers[] = {
    "",
    "/media/",
    "/media/../../etc/passwd",
    "/media/00000000000000000000000000000000.png",
    "/media/00000000000000000000000000000000.png/and/much/more/than/there/is",
};

START_TEST(behind_other_urls_there_is_nothing)
{
    st_page *page = st_page_create();
    const char *mime = "x";
    size_t size = 7;

    for (int i = 0; i < 2; i++) {
        ck_assert_ptr_null(st_media_find(page, strangers[_i], &size, &mime));
        ck_assert_uint_eq(size, 0);
        ck_assert_ptr_null(mime);
        st_media_add(page, "cat", 3, "image/png");
    }
    st_page_destroy(page);
}
END_TEST

/* ---- how long ------------------------------------------------------------ */

static void draw_this(void *n)
{
    if (*(int *)n)
        show(*(int *)n);
}

static void run_with(st_test *test, int *n, int value)
{
    *n = value;
    st_test_run(test);
}

START_TEST(a_page_has_the_media_of_its_last_two_runs)
{
    int n;
    st_test *test = st_test_create(draw_this, &n);

    run_with(test, &n, 1);
    ck_assert(shows(test, 1));
    run_with(test, &n, 2);
    ck_assert(has(test, 1) && !shows(test, 1) && shows(test, 2));
    run_with(test, &n, 0);
    ck_assert(!has(test, 1) && has(test, 2));
    run_with(test, &n, 0);
    ck_assert(!has(test, 2));
    run_with(test, &n, 1);
    ck_assert(shows(test, 1));
    st_test_destroy(test);
}
END_TEST

static void draw_many(void *n)
{
    for (int i = 1; i <= 200; i++)
        show(i + *(int *)n);
    show(1 + *(int *)n); /* twice in a run */
}

START_TEST(many_media_come_and_go)
{
    int n;
    st_test *test = st_test_create(draw_many, &n);

    for (int i = 0; i < 6; i++) {
        run_with(test, &n, 30 * i);
        for (int k = 1; k <= 200; k++)
            ck_assert(has(test, k + 30 * i));
    }
    st_test_destroy(test);
}
END_TEST

/* ---- memoized functions -------------------------------------------------- */

static struct memo_function showing = {WORD_FUNCTION("showing")};
static struct memo_function around = {WORD_FUNCTION("around")};

static long shows_image(int n)
{
    runs++;
    show(n);
    return n;
}

static long calls_showing(int n)
{
    runs++;
    st_text("around");
    return call_word(&showing, shows_image, n);
}

static void draw_memoized(void *n)
{
    if (*(int *)n)
        call_word(&showing, shows_image, *(int *)n);
}

static void draw_around(void *n)
{
    call_word(&around, calls_showing, *(int *)n);
}

START_TEST(a_hit_in_another_session_has_the_media)
{
    int n = 1;

    for (int i = 0; i < 3; i++) {
        st_test *test = st_test_create(draw_memoized, &n);

        st_test_run(test);
        ck_assert(shows(test, 1));
        st_test_destroy(test);
    }
    ck_assert_int_eq(runs, 1);
}
END_TEST

START_TEST(an_old_image_is_shown_again)
{
    static const int order[] = {1, 2, 1, 0, 0, 0, 2, 1, 1, 1, 0};
    int n;
    st_test *test = st_test_create(draw_memoized, &n);

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        run_with(test, &n, order[i]);
        for (int k = 1; k <= 2; k++) {
            bool is_last = order[i] == k, was = i > 0 && order[i - 1] == k;

            ck_assert_int_eq(shows(test, k), is_last);
            ck_assert_int_eq(has(test, k), is_last || was);
        }
    }
    ck_assert_int_eq(runs, 2);
    st_test_destroy(test);
}
END_TEST

START_TEST(media_outlive_the_cache_and_its_other_pages)
{
    int n = 1, m = 1;
    st_test *test = st_test_create(draw_memoized, &n);
    st_test *other = st_test_create(draw_memoized, &m);

    st_test_run(other);
    st_test_run(test);
    st_test_destroy(other);
    memo_clear_all();
    ck_assert(shows(test, 1));
    run_with(test, &n, 0);
    ck_assert(has(test, 1));
    run_with(test, &n, 1);
    ck_assert(shows(test, 1));
    st_test_destroy(test);
}
END_TEST

START_TEST(those_of_inner_functions_are_those_of_outer_ones)
{
    int n = 1;

    for (int i = 0; i < 6; i++) {
        st_test *test = st_test_create(draw_around, &n);

        st_test_run(test);
        ck_assert(shows(test, 1));
        st_test_destroy(test);
        if (i == 1) /* the inner one hits while the outer one runs */
            memo_clear_function(0, "around");
        if (i == 3)
            memo_clear_function(0, "showing");
    }
    ck_assert_int_eq(runs, 2 + 1);
}
END_TEST

START_TEST(what_was_shown_nowhere_is_shown_here)
{
    int n = 1;
    st_test *test = st_test_create(draw_memoized, &n);

    show(1);
    call_word(&showing, shows_image, 1);
    call_word(&showing, shows_image, 1);
    st_test_run(test);

    ck_assert(shows(test, 1));
    ck_assert_int_eq(runs, 1);
    st_test_destroy(test);
}
END_TEST

static void forget(void)
{
    memo_clear_all();
    runs = 0;
}

/* Others can make bytes of the same hash: what is shown stays what it is. */
START_TEST(a_url_leads_to_the_bytes_that_are_shown)
{
    st_page *one = st_page_create(), *other = st_page_create();
    const char *url = st_media_add(one, "ours", 4, "text/plain"), *mime;
    char record[100];
    size_t size = strlen(url) + 1;
    memo_recording *recording;

    memcpy(record, url, size);
    memcpy(record + size, "text/plain\0evil", 15);
    size += 15;
    recording = memo_recording_make(size);
    memcpy(memo_recording_bytes(recording, &(memo_size){0}), record, size);
    st_media_replay(
        other,
        (st_bytes){memo_recording_bytes(recording, &(memo_size){0}), size},
        recording);
    ck_assert_ptr_null(st_media_find(other, url, &size, &mime));
    ck_assert_mem_eq(st_media_find(one, url, &size, &mime), "ours", 4);
    memo_recording_drop(recording);
    st_page_destroy(one);
    st_page_destroy(other);
}
END_TEST

START_TEST(a_url_that_is_taken_is_not_used)
{
    st_page *one = st_page_create(), *other = st_page_create();
    const char *url = st_media_add(one, "ours", 4, "text/plain"), *another;
    const char *mime;
    char record[100];
    size_t size = strlen(url) + 1;
    memo_recording *recording;

    /* Someone is there first, with bytes of the same hash. */
    memcpy(record, url, size);
    memcpy(record + size, "text/plain\0evil", 15);
    size += 15;
    recording = memo_recording_make(size);
    memcpy(memo_recording_bytes(recording, &(memo_size){0}), record, size);
    st_page_destroy(one);
    st_media_replay(
        other,
        (st_bytes){memo_recording_bytes(recording, &(memo_size){0}), size},
        recording);
    one = st_page_create();
    another = st_media_add(one, "ours", 4, "text/plain");
    ck_assert_str_ne(another, record);
    ck_assert_mem_eq(st_media_find(one, another, &size, &mime), "ours", 4);
    ck_assert_mem_eq(st_media_find(other, record, &size, &mime), "evil", 4);
    memo_recording_drop(recording);
    st_page_destroy(one);
    st_page_destroy(other);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.media");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, forget, NULL);
    tcase_add_test(cases, the_url_tells_content_and_type);
    tcase_add_test(cases, nothing_is_content_too);
    tcase_add_loop_test(cases, behind_other_urls_there_is_nothing, 0,
                        sizeof strangers / sizeof *strangers);
    tcase_add_test(cases, a_page_has_the_media_of_its_last_two_runs);
    tcase_add_test(cases, many_media_come_and_go);
    tcase_add_test(cases, a_hit_in_another_session_has_the_media);
    tcase_add_test(cases, an_old_image_is_shown_again);
    tcase_add_test(cases, media_outlive_the_cache_and_its_other_pages);
    tcase_add_test(cases, those_of_inner_functions_are_those_of_outer_ones);
    tcase_add_test(cases, what_was_shown_nowhere_is_shown_here);
    tcase_add_test(cases, a_url_leads_to_the_bytes_that_are_shown);
    tcase_add_test(cases, a_url_that_is_taken_is_not_used);
    suite_add_tcase(suite, cases);
    return suite;
}

#include "app/files.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static st_status put(st_files *files, const char *id, const char *text)
{
    return st_files_put(
        files, id,
        &(st_file){"a.txt", "text/plain", strdup(text), strlen(text)}, 10);
}

START_TEST(a_file_comes_once_where_it_is_awaited)
{
    st_files files = {0};
    st_session session = {0};
    st_file_facts facts;

    ck_assert(!st_files_awaits(&files, "a"));
    ck_assert_int_eq(put(&files, "a", "hello"), ST_NOT_FOUND);
    ck_assert(st_files_expect(&files, "a"));
    ck_assert(st_files_awaits(&files, "a"));
    ck_assert(!st_files_find(&facts, &files, &session, "a"));
    ck_assert_int_eq(put(&files, "a", "hello"), ST_OK);
    ck_assert(!st_files_awaits(&files, "a"));
    ck_assert_int_eq(put(&files, "a", "other"), ST_NOT_FOUND);
    for (int i = 0; i < 2; i++) {
        ck_assert(st_files_find(&facts, &files, &session, "a"));
        ck_assert_str_eq(facts.name, "a.txt");
        ck_assert_uint_eq(facts.size, 5);
        ck_assert_str_eq(st_upload_find(&session, facts.digest), "hello");
    }
    st_files_finish(&files);
    st_uploads_finish(&session);
}
END_TEST

/* Also of files whose content a session has: it lies in memory all the same. */
START_TEST(bytes_count_until_a_file_is_removed)
{
    st_files files = {0};
    st_session session = {0};
    st_file_facts facts;
    char id[20];

    ck_assert(st_files_expect(&files, "large"));
    ck_assert_int_eq(put(&files, "large", "eleven bytes"), ST_BAD_VALUE);
    for (int i = 0; i < 10; i++) {
        snprintf(id, sizeof id, "%d", i);
        ck_assert(st_files_expect(&files, id));
        ck_assert_int_eq(put(&files, id, "ten bytes!"), ST_OK);
        ck_assert(st_files_find(&facts, &files, &session, id));
    }
    ck_assert(st_files_expect(&files, "more"));
    ck_assert_int_eq(put(&files, "more", "x"), ST_BAD_VALUE);
    ck_assert_int_eq(st_files_remove(&files, "3"), ST_OK);
    ck_assert_int_eq(put(&files, "more", "x"), ST_OK);
    st_files_finish(&files);
    st_uploads_finish(&session);
}
END_TEST

START_TEST(places_that_nobody_uses_are_forgotten)
{
    st_files files = {0};
    char id[20];

    ck_assert(st_files_expect(&files, "used"));
    ck_assert_int_eq(put(&files, "used", "x"), ST_OK);
    for (int i = 0; i < 5000; i++) {
        snprintf(id, sizeof id, "%d", i);
        ck_assert(st_files_expect(&files, id));
        ck_assert_uint_le(files.count, 1000);
    }
    ck_assert(st_files_awaits(&files, "4999"));
    ck_assert(!st_files_awaits(&files, "0"));
    ck_assert_int_eq(st_files_remove(&files, "used"), ST_OK);
    st_files_finish(&files);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.files");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, a_file_comes_once_where_it_is_awaited);
    tcase_add_test(cases, bytes_count_until_a_file_is_removed);
    tcase_add_test(cases, places_that_nobody_uses_are_forgotten);
    suite_add_tcase(suite, cases);
    return suite;
}

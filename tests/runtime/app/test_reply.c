#include "app/reply.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static const char *header(const st_reply *reply, const char *name)
{
    for (size_t i = 0; i < reply->header_count; i++) {
        if (strcmp(reply->headers[i].name, name) == 0)
            return reply->headers[i].value;
    }
    return "";
}

/* Of "0123456789". */
static const struct {
    const char *range;
    unsigned status;
    const char *expected, *content_range;
} cases[] = {
    {"", 200, "0123456789", ""},
    {"bytes=0-", 206, "0123456789", "bytes 0-9/10"},
    {"bytes=3-5", 206, "345", "bytes 3-5/10"},
    {"bytes=9-9", 206, "9", "bytes 9-9/10"},
    {"bytes=7-99", 206, "789", "bytes 7-9/10"},
    {"bytes=-3", 206, "789", "bytes 7-9/10"},
    {"bytes=-99", 206, "0123456789", "bytes 0-9/10"},
    {"bytes=10-", 416, "", "bytes */10"},
    {"bytes=-0", 416, "", "bytes */10"},
    /* What is none of these counts as not said. */
    {"bytes=5-3", 200, "0123456789", ""},
    {"bytes=0-1,3-4", 200, "0123456789", ""},
    {"bytes=-", 200, "0123456789", ""},
    {"bytes=a-b", 200, "0123456789", ""},
    {"lines=0-1", 200, "0123456789", ""},
    {"bytes=99999999999999999999-", 200, "0123456789", ""},
};

START_TEST(a_range_is_cut_out)
{
    st_reply reply = {0};

    st_reply_text(&reply, 200, "0123456789");
    st_reply_cut(&reply, cases[_i].range);
    ck_assert_uint_eq(reply.status, cases[_i].status);
    ck_assert_uint_eq(reply.size, strlen(cases[_i].expected));
    ck_assert_mem_eq(reply.bytes, cases[_i].expected, reply.size);
    ck_assert_str_eq(header(&reply, "content-range:"), cases[_i].content_range);
    ck_assert_str_eq(header(&reply, "accept-ranges:"), "bytes");
}
END_TEST

START_TEST(nothing_has_no_range)
{
    st_reply reply = {0};

    st_reply_text(&reply, 200, "");
    st_reply_cut(&reply, "bytes=0-");
    ck_assert_uint_eq(reply.status, 416);
}
END_TEST

static int releases;

static void release(void *owner)
{
    releases += *(int *)owner;
}

START_TEST(what_is_sent_is_released_once)
{
    int one = 1;
    st_reply reply = {.release = release, .owner = &one};

    st_reply_finish(&reply);
    st_reply_finish(&reply);
    ck_assert_int_eq(releases, 1);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.reply");
    TCase *all = tcase_create("cases");

    tcase_add_loop_test(all, a_range_is_cut_out, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(all, nothing_has_no_range);
    tcase_add_test(all, what_is_sent_is_released_once);
    suite_add_tcase(suite, all);
    return suite;
}

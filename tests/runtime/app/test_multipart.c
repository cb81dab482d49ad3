#include "app/multipart.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *memo_test_suite(void);

static const char type[] = "multipart/form-data; boundary=XyZ";

/* The file's content, its name and its type; NULL: none is found. */
static const struct {
    const char *type, *body, *name, *mime, *content;
} cases[] = {
    {type,
     "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; "
     "filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--XyZ--",
     "a.txt", "text/plain", "hello"},
    /* Quoted, with a preamble, of another type, with newlines in it. */
    {"Multipart/Form-Data; charset=x; boundary=\"XyZ\"",
     "nothing\r\n--XyZ\r\ncontent-disposition: form-data; "
     "FILENAME=\"b\"\r\n\r\n\r\n\r\n--Xy\r\n--XyZ\r\n",
     "b", "", "\r\n\r\n--Xy"},
    /* Behind a part that is no file; empty. */
    {type,
     "--XyZ\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n7\r\n--XyZ\r\n"
     "Content-Disposition: form-data; filename=\"c\"\r\n\r\n\r\n--XyZ--",
     "c", "", ""},
    {type, "", NULL, NULL, NULL},
    {type, "--XyZ", NULL, NULL, NULL},
    {type, "--XyZ\r\nfilename=\"a\"\r\n\r\nno end", NULL, NULL, NULL},
    {type, "--XyZ\r\nfilename=\"a", NULL, NULL, NULL},
    {type, "--XyZ\r\n\r\n\r\n--XyZ--", NULL, NULL, NULL},
    {"text/plain; boundary=XyZ", "--XyZ\r\n", NULL, NULL, NULL},
    {"multipart/form-data", "--XyZ\r\n", NULL, NULL, NULL},
    {"multipart/form-data; boundary=", "--\r\n", NULL, NULL, NULL},
};

START_TEST(a_file_is_found_in_a_form)
{
    st_part part;
    /* Nothing behind it can be read by mistake. */
    size_t size = strlen(cases[_i].body);
    char *body = malloc(size + !size);
    bool is_found;

    memcpy(body, cases[_i].body, size);
    is_found = st_multipart_find(&part, cases[_i].type, body, size);
    ck_assert_int_eq(is_found, cases[_i].name != NULL);
    if (is_found) {
        ck_assert_uint_eq(part.name_size, strlen(cases[_i].name));
        ck_assert_mem_eq(part.name, cases[_i].name, part.name_size);
        ck_assert_uint_eq(part.mime_size, strlen(cases[_i].mime));
        ck_assert_mem_eq(part.mime, cases[_i].mime, part.mime_size);
        ck_assert_uint_eq(part.size, strlen(cases[_i].content));
        ck_assert_mem_eq(part.bytes, cases[_i].content, part.size);
    }
    free(body);
}
END_TEST

START_TEST(a_form_that_is_cut_is_read_to_its_end_only)
{
    const char *whole = cases[2].body;

    for (size_t size = 0; size <= strlen(whole); size++) {
        st_part part;
        char *body = malloc(size + 1);

        memcpy(body, whole, size);
        st_multipart_find(&part, type, body, size);
        free(body);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.multipart");
    TCase *all = tcase_create("cases");

    tcase_add_loop_test(all, a_file_is_found_in_a_form, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(all, a_form_that_is_cut_is_read_to_its_end_only);
    suite_add_tcase(suite, all);
    return suite;
}

/* What shows the program itself. */
#include "shown.h"

Suite *memo_test_suite(void);

static int count;

static void draw_echo(void *code)
{
    for (int i = 0; i < 3; i++) {
        st_echo(.code = code)
        {
            count++;
            if (i == 1)
                break; /* the loop, as it would without */
        }
    }
}

START_TEST(code_is_shown_above_what_it_does)
{
    char *dump;

    count = 0;
    dump = dump_of(draw_echo, (void *)(size_t)(const void *)"f();\n");

    ck_assert_str_eq(dump, "main\n"
                           "  code code_text=\"f();\\n\" language=\"c\"\n"
                           "  code code_text=\"f();\\n\" language=\"c\"\n"
                           "sidebar\n");
    ck_assert_int_eq(count, 2);
    free(dump);
}
END_TEST

static void draw_echo_alone(void *context)
{
    if (context)
        st_echo()
        {
            st_text("not reached");
        }
    else
        st_echo(.in = ST_SIDEBAR)
        {
            st_text("inside");
        }
}

START_TEST(without_memogen_it_says_so)
{
    char *dump = dump_of(draw_echo_alone, NULL);

    ck_assert_ptr_nonnull(strstr(dump, "main\n  text body=\"inside\"\nsidebar\n"
                                       "  code code_text=\"/* memogen"));
    free(dump);
}
END_TEST

static const struct st_help_member members[] = {
    {"x", "double", NULL, "to the right"},
    {"RED", "enum colour", "2", NULL},
};

static void draw_help(void *help)
{
    st_draw_help(help);
}

START_TEST(help_tells_type_comment_and_members)
{
    struct st_help help = {.name = "point",
                           .type = "struct point",
                           .value = "{1, 2}",
                           .doc = "A place.",
                           .members = members,
                           .member_count = 2};

    check_shown(draw_help, &help,
                "help doc_string=\"A place.\" type=\"struct point\" "
                "name=\"point\" value=\"{1, 2}\" members=["
                "( name=\"x\" type=\"double\" doc_string=\"to the right\"), "
                "( name=\"RED\" type=\"enum colour\" value=\"2\")]");
}
END_TEST

static void draw_help_alone(void *context)
{
    (void)context;
    st_help(struct point);
}

START_TEST(help_without_memogen_knows_the_name)
{
    char *dump = dump_of(draw_help_alone, NULL);

    ck_assert_ptr_nonnull(strstr(dump, "help doc_string=\"memogen"));
    ck_assert_ptr_nonnull(strstr(dump, "name=\"struct point\""));
    free(dump);
}
END_TEST

START_TEST(nowhere_nothing_is_drawn)
{
    count = 0;
    draw_echo(NULL);
    draw_help_alone(NULL);
    ck_assert_int_eq(count, 2);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.echo");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, code_is_shown_above_what_it_does);
    tcase_add_test(cases, without_memogen_it_says_so);
    tcase_add_test(cases, help_tells_type_comment_and_members);
    tcase_add_test(cases, help_without_memogen_knows_the_name);
    tcase_add_test(cases, nowhere_nothing_is_drawn);
    suite_add_tcase(suite, cases);
    return suite;
}

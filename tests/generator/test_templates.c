/* test_templates.c -- templates/README.md lists the holes of every template. */
#include "templates.h"

#include "arena.h"
#include "output.h"
#include "template.h"

#include <check.h>
#include <stdbool.h>
#include <string.h>

static gen_arena *arena;
static const char *readme;

static void set_up(void)
{
    const char *error = NULL;
    size_t size = 0;

    arena = gen_arena_create();
    readme = gen_output_read(
        arena, MEMO_TEST_SOURCE_DIR "/../templates/README.md", &size, &error);
    ck_assert_ptr_nonnull(readme);
}

static void tear_down(void)
{
    gen_arena_destroy(arena);
}

/* What stands under "## name", up to the next heading; NULL if nothing does. */
static const char *find_section(const char *name)
{
    const char *heading = gen_arena_format(arena, "\n## %s,", name);
    const char *begin = strstr(readme, heading);
    const char *end;

    if (begin == NULL)
        return NULL;
    begin += strlen(heading);
    end = strstr(begin, "\n## ");
    return gen_arena_copy(arena, begin,
                          end == NULL ? strlen(begin) : (size_t)(end - begin));
}

/* The holes of a section: what stands in `backquotes` in the first cells of its
 * table.  Ends with NULL. */
static const char **listed_holes(const char *section)
{
    const char **holes = GEN_NEW_ARRAY(arena, const char *, strlen(section));
    size_t count = 0;

    for (const char *row = section; (row = strstr(row, "\n| ")) != NULL;) {
        const char *end = strstr(row + 3, " |");
        const char *at = row + 1;
        ck_assert_ptr_nonnull(end);
        while ((at = strchr(at, '`')) != NULL && at < end) {
            size_t size = strcspn(++at, "`");
            holes[count++] = gen_arena_copy(arena, at, size);
            at += size + 1;
        }
        row = end;
    }
    return holes;
}

static bool has(const char **holes, const char *hole)
{
    for (; *holes != NULL; holes++) {
        if (strcmp(*holes, hole) == 0)
            return true;
    }
    return false;
}

START_TEST(every_template_has_a_section)
{
    const gen_template_file *file = &gen_template_files[_i];

    ck_assert_msg(find_section(file->name) != NULL, "%s", file->name);
}
END_TEST

START_TEST(every_hole_is_listed)
{
    const gen_template_file *file = &gen_template_files[_i];
    const char **listed = listed_holes(find_section(file->name));

    for (const char **hole = gen_template_holes(arena, file->text);
         *hole != NULL; hole++)
        ck_assert_msg(has(listed, *hole), "%s: %s", file->name, *hole);
}
END_TEST

START_TEST(every_listed_hole_is_there)
{
    const gen_template_file *file = &gen_template_files[_i];
    const char **holes = gen_template_holes(arena, file->text);

    for (const char **hole = listed_holes(find_section(file->name));
         *hole != NULL; hole++)
        ck_assert_msg(has(holes, *hole), "%s: %s", file->name, *hole);
}
END_TEST

START_TEST(every_section_is_of_a_template)
{
    size_t sections = 0;

    for (const char *at = readme; (at = strstr(at, "\n## ")) != NULL; at++)
        sections++;

    ck_assert_uint_eq(sections, gen_template_file_count);
}
END_TEST

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("templates");
    TCase *tests = tcase_create("templates");
    int count = (int)gen_template_file_count;

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, every_template_has_a_section, 0, count);
    tcase_add_loop_test(tests, every_hole_is_listed, 0, count);
    tcase_add_loop_test(tests, every_listed_hole_is_there, 0, count);
    tcase_add_test(tests, every_section_is_of_a_template);
    suite_add_tcase(suite, tests);
    return suite;
}

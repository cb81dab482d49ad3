/* shown.h -- what a page shows, for tests of single elements: a test draws by a
 * function of its own, and compares lines of the dump.
 */
#ifndef ST_TEST_SHOWN_H
#define ST_TEST_SHOWN_H

#include "elements/messages.pb-c.h"
#include "st.h"
#include "st/test.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNUSED_HELPER __attribute__((unused))

/* The page that `draw` draws, as text.  Owner: caller, free(). */
static UNUSED_HELPER char *dump_of(void (*draw)(void *context), void *context)
{
    st_test *test = st_test_create(draw, context);
    char *dump;

    ck_assert_int_eq(st_test_run(test), ST_OK);
    dump = st_test_dump(test);
    st_test_destroy(test);
    return dump;
}

/* One element in the main part of a page. */
static UNUSED_HELPER void check_shown(void (*draw)(void *context),
                                      void *context, const char *expected)
{
    char *dump = dump_of(draw, context), *line = malloc(strlen(expected) + 20);

    sprintf(line, "main\n  %s\nsidebar\n", expected);
    ck_assert_str_eq(dump, line);
    free(line);
    free(dump);
}

/* An exception of this type, whose message holds a text, and nothing else. */
static UNUSED_HELPER void check_complaint(void (*draw)(void *context),
                                          void *context, const char *type,
                                          const char *expected)
{
    char *dump = dump_of(draw, context), begin[100];

    sprintf(begin, "main\n  exception type=\"%s\" message=", type);
    ck_assert_msg(strncmp(dump, begin, strlen(begin)) == 0, "%s", dump);
    ck_assert_msg(strstr(dump, expected) != NULL, "%s", dump);
    ck_assert_ptr_eq(strchr(dump, '\n'), strstr(dump, "\n  exception"));
    ck_assert_ptr_nonnull(strstr(dump, "\nsidebar\n"));
    free(dump);
}

/* An element as a message.
 * Owner: caller, st__element__free_unpacked(). */
static UNUSED_HELPER St__Element *unpack_element(const st_test *test,
                                                 const char *kind)
{
    size_t size;
    const unsigned char *bytes =
        st_element_bytes(st_test_find(test, kind, 0), &size);
    St__Element *element = st__element__unpack(NULL, size, bytes);

    ck_assert_ptr_nonnull(bytes);
    ck_assert_ptr_nonnull(element);
    return element;
}

/* How wide: pixels, 0: all the room, -1: as its content. */
static UNUSED_HELPER int width_of(const St__Element *element)
{
    ck_assert_ptr_nonnull(element->width_config);
    switch (element->width_config->width_spec_case) {
    case ST__WIDTH_CONFIG__WIDTH_SPEC_PIXEL_WIDTH:
        return (int)element->width_config->pixel_width;
    case ST__WIDTH_CONFIG__WIDTH_SPEC_USE_STRETCH:
        return 0;
    default:
        ck_assert(element->width_config->use_content);
        return -1;
    }
}

/* How high: pixels, -1: as its content. */
static UNUSED_HELPER int height_of(const St__Element *element)
{
    if (!element->height_config)
        return -1;
    ck_assert_int_eq(element->height_config->height_spec_case,
                     ST__HEIGHT_CONFIG__HEIGHT_SPEC_PIXEL_HEIGHT);
    return (int)element->height_config->pixel_height;
}

#endif

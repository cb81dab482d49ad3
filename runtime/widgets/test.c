#include "st/test.h"

#include "elements/fail.h"
#include "elements/media.h"
#include "elements/message.h"
#include "widgets/calendar.h"
#include "widgets/dump.h"
#include "widgets/query.h"
#include "widgets/session.h"
#include "widgets/uploads.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_RERUNS = 100 };

struct st_test {
    st_page *page;
    void (*draw)(void *context);
    void *context;
};

ST_EXPORT st_test *st_test_create(void (*draw)(void *context), void *context)
{
    st_test *test = malloc(sizeof *test);

    if (!test)
        return NULL;
    *test = (st_test){st_page_create(), draw, context};
    if (!test->page) {
        free(test);
        return NULL;
    }
    return test;
}

ST_EXPORT void st_test_destroy(st_test *test)
{
    if (test)
        st_page_destroy(test->page);
    free(test);
}

ST_EXPORT st_status st_test_run(st_test *test)
{
    st_status status = ST_RERUN;

    for (int i = 0; i < MOST_RERUNS && status == ST_RERUN; i++)
        status = st_run(test->page, test->draw, test->context);
    return status;
}

/* ---- looking ------------------------------------------------------------- */

/* The next element after `node`, first of all what it contains; NULL: the last
 * one of its root. */
static const st_node *after(const st_node *node)
{
    if (node->count > 0)
        return node->children[0];
    while (node->block && node->index + 1 == node->block->count)
        node = node->block;
    return node->block ? node->block->children[node->index + 1] : NULL;
}

/* The n-th of those that are wanted. */
static const st_node *find(const st_test *test, size_t n,
                           bool (*is_wanted)(const st_node *node,
                                             const void *context),
                           const void *context)
{
    for (int root = 0; root < ST_ROOTS; root++) {
        const st_node *node = after(test->page->roots[root]);

        for (; node; node = after(node)) {
            if (is_wanted(node, context) && n-- == 0)
                return node;
        }
    }
    return NULL;
}

static bool is_of_kind(const st_node *node, const void *name)
{
    return strcmp(st_kinds[node->kind].name, name) == 0;
}

ST_EXPORT const st_element *st_test_find(const st_test *test, const char *kind,
                                         size_t index)
{
    return find(test, index, is_of_kind, kind);
}

ST_EXPORT size_t st_test_count(const st_test *test, const char *kind)
{
    size_t count = 0;

    while (find(test, count, is_of_kind, kind))
        count++;
    return count;
}

static const char *id_of(const st_page *page, const st_node *node)
{
    return node && st_kinds[node->kind].role == ST_ROLE_WIDGET
               ? st_dump_member((st_arena *)(uintptr_t)&page->arena, node, "id")
               : NULL;
}

typedef struct {
    const st_page *page;
    const char *key;
} keyed_search;

static bool has_key(const st_node *node, const void *context)
{
    const keyed_search *search = context;
    const char *id = id_of(search->page, node);
    const st_widget_state *state =
        id ? st_map_find(&search->page->session->widgets, id) : NULL;

    return state && state->key && strcmp(state->key, search->key) == 0;
}

ST_EXPORT const st_element *st_test_find_key(const st_test *test,
                                             const char *key)
{
    return find(test, 0, has_key, &(keyed_search){test->page, key});
}

ST_EXPORT const char *st_element_kind(const st_element *element)
{
    return element ? st_kinds[element->kind].name : "";
}

ST_EXPORT const char *st_element_text(const st_test *test,
                                      const st_element *element)
{
    static const char *const names[] = {"body", "code_text", "message", "label",
                                        "text", "spec",      "json",    "url",
                                        "src",  "srcdoc"};

    for (size_t i = 0; element && i < sizeof names / sizeof *names; i++) {
        const char *text =
            st_dump_member(&test->page->arena, element, names[i]);

        if (text)
            return text;
    }
    return "";
}

ST_EXPORT const unsigned char *st_element_bytes(const st_element *element,
                                                size_t *size)
{
    *size = element ? element->size : 0;
    return element ? element->bytes : NULL;
}

ST_EXPORT const void *st_test_media(const st_test *test, const char *url,
                                    size_t *size, const char **mime)
{
    return st_media_find(test->page, url, size, mime);
}

ST_EXPORT const char *st_test_query(const st_test *test)
{
    return st_query_text(&test->page->arena, test->page->session);
}

ST_EXPORT st_status st_test_set_query(st_test *test, const char *query)
{
    return st_query_set_text(test->page->session, query) ? ST_OK : ST_NO_MEMORY;
}

/* ---- answering ----------------------------------------------------------- */

static st_status send(st_test *test, const st_element *widget, st_bytes value)
{
    st_page *page = test->page;
    const char *id = id_of(page, widget);

    return id ? st_session_send(page->session, &page->arena, id, value)
              : ST_NOT_FOUND;
}

ST_EXPORT st_status st_test_click(st_test *test, const st_element *widget)
{
    return st_test_set_bool(test, widget, true);
}

ST_EXPORT st_status st_test_set_bool(st_test *test, const st_element *widget,
                                     bool value)
{
    return send(test, widget, st_value_bool(&test->page->arena, value));
}

ST_EXPORT st_status st_test_set_text(st_test *test, const st_element *widget,
                                     const char *value)
{
    return send(test, widget, st_value_text(&test->page->arena, value));
}

ST_EXPORT st_status st_test_set_double(st_test *test, const st_element *widget,
                                       double value)
{
    return send(test, widget, st_value_double(&test->page->arena, value));
}

ST_EXPORT st_status st_test_set_texts(st_test *test, const st_element *widget,
                                      const char *const *values)
{
    size_t count = 0;

    while (values && values[count])
        count++;
    return send(test, widget,
                st_value_texts(&test->page->arena, values, count));
}

ST_EXPORT st_status st_test_set_range(st_test *test, const st_element *widget,
                                      double from, double to)
{
    const double numbers[] = {from, to};

    return send(test, widget, st_value_doubles(&test->page->arena, numbers, 2));
}

ST_EXPORT st_status st_test_set_date(st_test *test, const st_element *widget,
                                     st_date value)
{
    return st_test_set_dates(test, widget, value, (st_date){0, 0, 0});
}

/* Texts that are no dates only a widget for dates takes for an error. */
ST_EXPORT st_status st_test_set_dates(st_test *test, const st_element *widget,
                                      st_date from, st_date to)
{
    const char *id = id_of(test->page, widget);
    const st_widget_state *state =
        id ? st_map_find(&test->page->session->widgets, id) : NULL;
    char texts[2][ST_CALENDAR_TEXT];
    const char *all[] = {st_date_print(texts[0], from),
                         st_date_print(texts[1], to)};
    size_t count = from.year == 0 ? 0 : to.year == 0 ? 1 : 2;

    if (state && !state->shape.is_date)
        return ST_BAD_VALUE;
    return send(test, widget, st_value_texts(&test->page->arena, all, count));
}

ST_EXPORT st_status st_test_set_time(st_test *test, const st_element *widget,
                                     st_time value)
{
    char text[ST_CALENDAR_TEXT];

    if (widget && widget->kind != ST_TIME_INPUT)
        return id_of(test->page, widget) ? ST_BAD_VALUE : ST_NOT_FOUND;
    if (!st_time_is_valid(value))
        return ST_BAD_VALUE;
    return st_test_set_text(test, widget, st_time_print(text, value));
}

ST_EXPORT st_status st_test_upload(st_test *test, const st_element *widget,
                                   const st_file *files, size_t count)
{
    st_page *page = test->page;
    st_file_facts *facts =
        st_arena_alloc(&page->arena, (count + 1) * sizeof *facts);

    for (size_t i = 0; facts && i < count; i++) {
        facts[i] = (st_file_facts){.name = st_unconst(files[i].name),
                                   .mime = st_unconst(files[i].mime),
                                   .size = files[i].size};
        if (!st_upload_keep(page->session, files[i].bytes, files[i].size,
                            &facts[i].digest))
            return ST_NO_MEMORY;
    }
    return facts
               ? send(test, widget, st_value_files(&page->arena, facts, count))
               : ST_NO_MEMORY;
}

ST_EXPORT void st_test_set_clock(st_test *test, st_date today, st_time now)
{
    test->page->session->today = today;
    test->page->session->now = now;
}

/* ---- the whole page ------------------------------------------------------ */

ST_EXPORT char *st_test_dump(const st_test *test)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (!out)
        return NULL;
    for (int root = 0; root < ST_ROOTS; root++) {
        const st_node *node = test->page->roots[root];

        fputs(root == ST_MAIN ? "main\n" : "sidebar\n", out);
        for (uint32_t i = 0; i < node->count; i++)
            st_dump(out, node->children[i], 1);
    }
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

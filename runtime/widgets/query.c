#include "widgets/query.h"

#include "elements/fail.h"
#include "st/query.h"
#include "widgets/widget.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------- */

static st_bytes value_of(st_bytes pairs, const char *name)
{
    st_bytes value = {NULL, 0};
    const char *at = NULL;

    while ((at = st_query_next(pairs, at))) {
        bool is_wanted = strcmp(at, name) == 0;

        at = st_query_next(pairs, at);
        if (!at)
            break;
        if (is_wanted)
            value = (st_bytes){at, strlen(at) + 1};
    }
    return value;
}

st_bytes st_query_answer(const st_session *session, const char *input)
{
    if (!session)
        return (st_bytes){NULL, 0};
    return input[1] == '=' ? value_of(session->query, input + 2)
                           : session->query;
}

/* Ask, as a body does: it is an input.  `name`: NULL: for all of them. */
static st_bytes ask(const char *name)
{
    st_thread *self = st_thread_self();
    st_page *page = st_page_now(self);
    size_t size = 3 + (name ? strlen(name) : 0);
    char *input = page ? st_arena_alloc(&page->arena, size) : NULL;
    st_bytes value;

    if (!input)
        return (st_bytes){NULL, 0};
    input[0] = 'Q';
    input[1] = name ? '=' : '*';
    memcpy(input + 2, name ? name : "", size - 2);
    value = st_query_answer(page->session, input);
    /* It may be set to others in this run. */
    value.at = st_arena_copy(&page->arena, value.at, value.size);
    if (!value.at)
        value.size = 0;
    if (self->level)
        st_note_input((st_bytes){input, size}, value, false);
    return value;
}

ST_EXPORT const char *st_get_query_param(const char *name)
{
    return ask(name).at;
}

ST_EXPORT const char *const *st_get_query_params(void)
{
    static const char *const none[] = {NULL};
    st_bytes pairs = ask(NULL);
    const char **list, *at = NULL;
    size_t count = 0;

    while ((at = st_query_next(pairs, at)))
        count++;
    list = count > 0
               ? st_arena_alloc(st_widget_arena(), (count + 1) * sizeof *list)
               : NULL;
    if (!list)
        return none;
    count = 0;
    while ((at = st_query_next(pairs, at)))
        list[count++] = at;
    list[count] = NULL;
    return list;
}

/* ---- setting ------------------------------------------------------------- */

void st_query_set(st_page *page, st_bytes pairs)
{
    st_record_note(ST_RECORD_QUERY, &pairs, 1);
    if (!page->session || page->is_scratch)
        return;
    st_bytes_replace(&page->session->query, pairs);
    if (page->sink)
        page->sink->query_set(page->sink->context, page);
}

/* As they would come back from the URL: in UTF-8. */
static void set_texts(st_page *page, st_bytes pairs)
{
    char *text = st_query_encode(&page->arena, pairs);

    if (text && st_query_decode(&pairs, &page->arena, text))
        st_query_set(page, pairs);
}

ST_EXPORT void st_store_query_params(const char *const *pairs)
{
    st_page *page = st_page_now(st_thread_self());
    size_t size = 0, count = 0;
    char *bytes, *at;

    if (!page)
        return;
    while (pairs[count] && pairs[count + 1])
        count += 2;
    for (size_t i = 0; i < count; i++)
        size += strlen(pairs[i]) + 1;
    bytes = at = st_arena_alloc(&page->arena, size);
    if (!bytes)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(pairs[i]) + 1;

        memcpy(at, pairs[i], length);
        at += length;
    }
    set_texts(page, (st_bytes){bytes, size});
}

/* ---- from outside -------------------------------------------------------- */

bool st_query_set_text(st_session *session, const char *text)
{
    st_arena arena = {0};
    st_bytes pairs;
    bool is_done = st_query_decode(&pairs, &arena, text) &&
                   st_bytes_replace(&session->query, pairs);

    st_arena_finish(&arena);
    return is_done;
}

char *st_query_text(st_arena *arena, const st_session *session)
{
    return st_query_encode(arena, session->query);
}

/* state.c -- st_state_*(): what a program keeps between runs. */
#include "widgets/widget.h"

#include "elements/fail.h"

#include <stdlib.h>
#include <string.h>

/* The page whose state this thread sees; NULL: none. */
static st_page *page_with_state(void)
{
    st_page *page = st_page_now(st_thread_self());

    return page && page->session ? page : NULL;
}

/* ---- reading ------------------------------------------------------------- */

static st_bytes read_value(const char *key)
{
    st_thread *self = st_thread_self();
    st_page *page = st_page_now(self);
    const st_widget_port *port = st_widget_port_now();
    size_t size = strlen(key) + 2;
    char *input = page ? st_arena_alloc(&page->arena, size) : NULL;
    unsigned char *value = NULL;
    size_t value_size;

    if (!input)
        return (st_bytes){NULL, 0};
    input[0] = 'K';
    memcpy(input + 1, key, size - 1);
    value_size = port->answer(page, (st_bytes){input, size}, NULL, 0);
    if (value_size > 0) {
        value = st_arena_alloc(&page->arena, value_size);
        if (!value)
            return (st_bytes){NULL, 0};
        port->answer(page, (st_bytes){input, size}, value, value_size);
    }
    if (self->level)
        st_note_input((st_bytes){input, size}, (st_bytes){value, value_size},
                      false);
    return (st_bytes){value, value_size};
}

ST_EXPORT bool st_state_has(const char *key)
{
    return read_value(key).size > 0;
}

ST_EXPORT bool st_state_get_bool(const char *key, bool otherwise)
{
    return st_value_to_bool(read_value(key), otherwise);
}

ST_EXPORT long long st_state_get_int(const char *key, long long otherwise)
{
    return st_value_to_int(read_value(key), otherwise);
}

ST_EXPORT double st_state_get_double(const char *key, double otherwise)
{
    return st_value_to_double(read_value(key), otherwise);
}

ST_EXPORT const char *st_state_get_text(const char *key, const char *otherwise)
{
    st_bytes value = read_value(key);
    const char *text =
        value.size > 0 ? st_value_to_text(st_widget_arena(), value) : NULL;

    return text ? text : otherwise;
}

/* ---- writing ------------------------------------------------------------- */

/* What a body changes for others is no result: it has to run each time. */
static void keep_nothing(void)
{
    for (st_level *level = st_level_now(st_thread_self()); level;
         level = level->outer)
        level->is_not_kept = true;
}

static void write_value(const char *key, st_bytes value)
{
    st_page *page = page_with_state();
    st_keyed *keyed;

    keep_nothing();
    if (!page || page->is_scratch)
        return;
    keyed = st_map_add(&page->session->keyed, key, sizeof *keyed);
    if (!keyed)
        return;
    if (keyed->run == page->run) {
        st_raise(ST_MISUSE, "StreamlitAPIException",
                 "The state '%s' cannot be set after its widget was drawn: set "
                 "it before, or in a callback.",
                 key);
        return;
    }
    st_bytes_replace(&keyed->value, value);
}

ST_EXPORT void st_state_set_bool(const char *key, bool value)
{
    write_value(key, st_value_bool(st_widget_arena(), value));
}

ST_EXPORT void st_state_set_int(const char *key, long long value)
{
    write_value(key, st_value_int(st_widget_arena(), value));
}

ST_EXPORT void st_state_set_double(const char *key, double value)
{
    write_value(key, st_value_double(st_widget_arena(), value));
}

ST_EXPORT void st_state_set_text(const char *key, const char *value)
{
    write_value(key, st_value_text(st_widget_arena(), value));
}

ST_EXPORT void st_state_remove(const char *key)
{
    write_value(key, (st_bytes){NULL, 0});
}

/* state.c -- st_state_*(): what a program keeps between runs. */
#include "widgets/widget.h"

#include "elements/fail.h"
#include "widgets/calendar.h"

#include <stdlib.h>
#include <string.h>

/* The page whose state this thread sees; NULL: none. */
static st_page *page_with_state(void)
{
    st_page *page = st_page_now(st_thread_self());

    return page && page->session ? page : NULL;
}

/* A key that is none.  Nothing is kept: where no run is under way, the body
 * goes on. */
static bool is_key(const char *key)
{
    if (key)
        return true;
    st_keep_nothing();
    st_raise(ST_MISUSE, "StreamlitAPIException",
             "'st_state' was asked for a key that is NULL.");
    return false;
}

/* ---- reading ------------------------------------------------------------- */

static st_bytes read_value(const char *key)
{
    st_thread *self = st_thread_self();
    st_page *page = st_page_now(self);
    const st_widget_port *port = st_widget_port_now();
    size_t size = is_key(key) ? strlen(key) + 2 : 0, value_size;
    char *input = page && key ? st_arena_alloc(&page->arena, size) : NULL;
    unsigned char *value = NULL;

    if (!input) {
        st_keep_nothing();
        return (st_bytes){NULL, 0};
    }
    input[0] = 'K';
    memcpy(input + 1, key, size - 1);
    value_size = port->answer(page, (st_bytes){input, size}, NULL, 0);
    if (value_size > 0) {
        value = st_arena_alloc(&page->arena, value_size);
        if (!value) {
            st_keep_nothing();
            return (st_bytes){NULL, 0};
        }
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

ST_EXPORT const char *const *st_state_get_texts(const char *key,
                                                const char *const *otherwise)
{
    st_bytes value = read_value(key);
    const char *const *texts = st_value_type_of(value) == ST_VALUE_TEXTS
                                   ? st_value_to_texts(st_widget_arena(), value)
                                   : NULL;

    return texts ? texts : otherwise;
}

ST_EXPORT st_range st_state_get_range(const char *key, st_range otherwise)
{
    st_bytes value = read_value(key);

    return st_value_count_doubles(value) == 2
               ? (st_range){st_value_double_at(value, 0),
                            st_value_double_at(value, 1)}
               : otherwise;
}

ST_EXPORT st_date st_state_get_date(const char *key, st_date otherwise)
{
    st_bytes value = read_value(key);
    const char *text =
        value.size > 0 ? st_value_to_text(st_widget_arena(), value) : NULL;
    st_date date;

    return st_date_read(&date, text) ? date : otherwise;
}

/* ---- writing ------------------------------------------------------------- */

/* Where the value is made; NULL: nobody keeps it. */
static st_arena *arena_to_write(const char *key)
{
    st_page *page = page_with_state();

    /* What a body changes for others is no result: it has to run each time. */
    st_keep_nothing();
    return is_key(key) && page && !page->is_scratch ? &page->arena : NULL;
}

static void write_value(const char *key, st_bytes value)
{
    st_page *page = page_with_state();
    st_keyed *keyed;

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
    st_arena *arena = arena_to_write(key);

    if (arena)
        write_value(key, st_value_bool(arena, value));
}

ST_EXPORT void st_state_set_int(const char *key, long long value)
{
    st_arena *arena = arena_to_write(key);

    if (arena)
        write_value(key, st_value_int(arena, value));
}

ST_EXPORT void st_state_set_double(const char *key, double value)
{
    st_arena *arena = arena_to_write(key);

    if (arena)
        write_value(key, st_value_double(arena, value));
}

ST_EXPORT void st_state_set_text(const char *key, const char *value)
{
    st_arena *arena = arena_to_write(key);

    if (arena)
        write_value(key, st_value_text(arena, value));
}

ST_EXPORT void st_state_set_texts(const char *key, const char *const *values)
{
    st_arena *arena = arena_to_write(key);
    size_t count = 0;

    while (values && values[count])
        count++;
    if (arena)
        write_value(key, st_value_texts(arena, values, count));
}

ST_EXPORT void st_state_set_range(const char *key, st_range value)
{
    const double numbers[] = {value.from, value.to};
    st_arena *arena = arena_to_write(key);

    if (arena)
        write_value(key, st_value_doubles(arena, numbers, 2));
}

ST_EXPORT void st_state_set_date(const char *key, st_date value)
{
    st_arena *arena = arena_to_write(key);
    char text[ST_CALENDAR_TEXT];

    if (arena)
        write_value(key, st_value_text(arena, st_date_print(text, value)));
}

ST_EXPORT void st_state_remove(const char *key)
{
    if (arena_to_write(key))
        write_value(key, (st_bytes){NULL, 0});
}

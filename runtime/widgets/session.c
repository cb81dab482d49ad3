#include "widgets/session.h"

#include "widgets/uploads.h"

#include <stdlib.h>
#include <string.h>

bool st_bytes_replace(st_bytes *at, st_bytes value)
{
    void *copy = value.size > 0 ? malloc(value.size) : NULL;

    if (value.size > 0 && !copy)
        return false;
    if (copy)
        memcpy(copy, value.at, value.size);
    free((void *)(uintptr_t)at->at);
    *at = (st_bytes){copy, value.size};
    return true;
}

static void drop(st_bytes *at)
{
    st_bytes_replace(at, (st_bytes){NULL, 0});
}

st_status st_session_send(st_session *session, st_arena *arena, const char *id,
                          st_bytes value)
{
    st_widget_state *widget = st_map_find(&session->widgets, id);

    if (!widget)
        return ST_NOT_FOUND;
    if (value.size == 0)
        return ST_NO_MEMORY;
    value = st_value_fit(arena, widget->shape, value);
    if (value.size == 0)
        return ST_BAD_VALUE;
    return st_bytes_replace(&widget->sent, value) ? ST_OK : ST_NO_MEMORY;
}

/* ---- a run begins -------------------------------------------------------- */

/* Widgets whose callbacks are to be called, in no order that counts. */
typedef struct {
    st_widget_state **all;
    size_t count, capacity;
} changed_list;

static void take_sent(void *item, void *context)
{
    st_widget_state *widget = item;
    changed_list *changed = context;
    bool is_other;

    widget->is_set = false;
    if (widget->sent.size == 0)
        return;
    is_other = !st_value_is_equal(widget->sent, widget->value);
    drop(&widget->value);
    widget->value = widget->sent;
    widget->sent = (st_bytes){NULL, 0};
    if (!is_other || !widget->on_change)
        return;
    if (changed->count == changed->capacity) {
        size_t capacity = 2 * changed->capacity + 8;
        st_widget_state **all =
            realloc(changed->all, capacity * sizeof *changed->all);

        if (!all)
            return;
        changed->all = all;
        changed->capacity = capacity;
    }
    changed->all[changed->count++] = widget;
}

/* In the order in which they were drawn. */
static int compare_order(const void *a, const void *b)
{
    const st_widget_state *const *first = a, *const *second = b;

    return ((*first)->order > (*second)->order) -
           ((*first)->order < (*second)->order);
}

void st_session_begin(st_session *session)
{
    changed_list changed = {0};

    st_map_remove(&session->forms, NULL, NULL);
    st_map_each(&session->widgets, take_sent, &changed);
    if (changed.count > 0)
        qsort(changed.all, changed.count, sizeof(st_widget_state *),
              compare_order);
    /* A callback may leave the run: the list is freed whatever it does. */
    free(session->changed);
    session->changed = changed.all;
    session->is_calling = true;
    for (size_t i = 0; i < changed.count; i++)
        changed.all[i]->on_change(changed.all[i]->argument);
    session->is_calling = false;
}

/* ---- a run ends ---------------------------------------------------------- */

static bool was_not_drawn(void *item, void *context)
{
    st_widget_state *widget = item;
    const uint32_t *run = context;

    if (widget->run == *run) {
        if (widget->is_trigger) {
            static const unsigned char no[] = {ST_VALUE_BOOL, 0};

            st_bytes_replace(&widget->value, (st_bytes){no, sizeof no});
        }
        return false;
    }
    drop(&widget->value);
    drop(&widget->sent);
    free(widget->key);
    return true;
}

/* Keys of widgets that were not drawn have no value any more. */
static bool is_without_widget(void *item, void *context)
{
    st_keyed *keyed = item;
    const uint32_t *run = context;

    if (keyed->widget && keyed->run != *run) {
        keyed->widget = NULL;
        drop(&keyed->value);
    }
    return !keyed->widget && keyed->value.size == 0;
}

void st_session_end(st_session *session, uint32_t run)
{
    st_map_remove(&session->keyed, is_without_widget, &run);
    st_map_remove(&session->widgets, was_not_drawn, &run);
    st_uploads_sweep(session);
}

static bool is_over(void *item, void *context)
{
    (void)context;
    drop(&((st_keyed *)item)->value);
    return true;
}

void st_session_finish(st_session *session)
{
    uint32_t none = 0;

    free(session->changed);
    st_map_remove(&session->widgets, was_not_drawn, &none);
    st_map_remove(&session->keyed, is_over, NULL);
    st_map_remove(&session->forms, NULL, NULL);
    st_uploads_finish(session);
    drop(&session->query);
}

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

static void take_sent(void *item, void *context)
{
    st_widget_state *widget = item;
    st_session *session = context;
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
    /* Room for all of them was made before. */
    session->changed[session->changed_count++] = widget;
}

/* In the order in which they were drawn. */
static int compare_order(const void *a, const void *b)
{
    const st_widget_state *const *first = a, *const *second = b;

    return ((*first)->order > (*second)->order) -
           ((*first)->order < (*second)->order);
}

bool st_session_take(st_session *session)
{
    size_t most = session->widgets.count;

    st_map_remove(&session->forms, NULL, NULL);
    free(session->changed);
    session->changed = calloc(most + 1, sizeof(st_widget_state *));
    session->changed_count = 0;
    if (session->changed)
        st_map_each(&session->widgets, take_sent, session);
    if (session->changed_count > 0)
        qsort(session->changed, session->changed_count,
              sizeof(st_widget_state *), compare_order);
    return session->changed_count > 0;
}

void st_session_call(st_session *session)
{
    session->is_calling = true;
    for (size_t i = 0; i < session->changed_count; i++)
        session->changed[i]->on_change(session->changed[i]->argument);
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

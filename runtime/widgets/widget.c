#include "widgets/widget.h"

#include "base/hash.h"
#include "elements/fail.h"
#include "widgets/now.h"
#include "widgets/query.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a recording holds of a widget ---------------------------------- */

/* id, key ("" for none), each with its NUL; then this, and the default. */
typedef struct {
    uint16_t kind;
    uint8_t is_trigger;
    uint8_t is_input; /* its value is one of the function that drew it */
    uint8_t is_of_now;
    st_shape shape;
    st_callback *on_change; /* of this process: others draw none that has one */
    void *argument;
} widget_facts;

typedef struct {
    const char *id, *key;
    widget_facts facts;
    st_bytes otherwise;
} recorded;

static bool read_recorded(recorded *out, st_bytes bytes)
{
    const char *at = bytes.at, *end = at + bytes.size;

    out->id = at;
    at = memchr(at, '\0', (size_t)(end - at));
    out->key = at ? at + 1 : NULL;
    at = at ? memchr(at + 1, '\0', (size_t)(end - at - 1)) : NULL;
    if (!at || (size_t)(end - at - 1) < sizeof out->facts)
        return false;
    memcpy(&out->facts, at + 1, sizeof out->facts);
    at += 1 + sizeof out->facts;
    out->otherwise = (st_bytes){at, (size_t)(end - at)};
    return out->facts.kind < ST_KIND_COUNT;
}

st_bytes st_widget_facts(const st_widget *widget, bool is_input)
{
    const widget_facts facts = {.kind = (uint16_t)widget->kind,
                                .is_trigger = widget->is_trigger,
                                .is_input = is_input,
                                .is_of_now = widget->is_of_now,
                                .shape = widget->shape,
                                .on_change = widget->on_change,
                                .argument = widget->argument};
    const char *key = widget->key ? widget->key : "";
    size_t id_size = strlen(widget->id) + 1, key_size = strlen(key) + 1;
    size_t size = id_size + key_size + sizeof facts + widget->otherwise.size;
    char *bytes = st_arena_alloc(&widget->page->arena, size), *at = bytes;

    if (!bytes)
        return (st_bytes){NULL, 0};
    memcpy(at, widget->id, id_size);
    memcpy(at += id_size, key, key_size);
    memcpy(at += key_size, &facts, sizeof facts);
    memcpy(at + sizeof facts, widget->otherwise.at, widget->otherwise.size);
    return (st_bytes){bytes, size};
}

/* ---- inputs -------------------------------------------------------------- */

/* 'W', id, key, default; 'K', key of the state; what it asks the clock.
 *
 * A default that the clock says is another one tomorrow, of the same widget:
 * then nothing stands for it, and for the value where it is the default. */
static void note_widget(st_page *page, const recorded *widget, st_bytes value)
{
    size_t id_size = strlen(widget->id) + 1;
    size_t key_size = strlen(widget->key) + 1;
    size_t otherwise_size =
        widget->facts.is_of_now ? 0 : widget->otherwise.size;
    size_t size = 1 + id_size + key_size + otherwise_size;
    char *input = st_arena_alloc(&page->arena, size), *at = input;

    if (!input) {
        st_keep_nothing();
        return;
    }
    *at++ = 'W';
    memcpy(at, widget->id, id_size);
    memcpy(at += id_size, widget->key, key_size);
    if (otherwise_size > 0)
        memcpy(at + key_size, widget->otherwise.at, otherwise_size);
    st_note_input((st_bytes){input, size}, value, true);
}

static st_bytes value_of_key(const st_session *session, const char *key)
{
    const st_keyed *keyed = session ? st_map_find(&session->keyed, key) : NULL;

    if (!keyed)
        return (st_bytes){NULL, 0};
    return keyed->value.size > 0 || !keyed->widget ? keyed->value
                                                   : keyed->widget->value;
}

static st_bytes value_of_widget(const st_session *session, const char *id,
                                const char *key, st_bytes otherwise)
{
    const st_widget_state *known =
        session ? st_map_find(&session->widgets, id) : NULL;
    const st_keyed *keyed =
        session && *key ? st_map_find(&session->keyed, key) : NULL;

    if (keyed && keyed->value.size > 0)
        return keyed->value;
    return known && known->value.size > 0 ? known->value : otherwise;
}

static size_t answer(const st_page *page, st_bytes input, void *out,
                     size_t room)
{
    const char *at = input.at, *end = at + input.size;
    const st_session *session = page ? page->session : NULL;
    char now[ST_NOW_VALUE];
    st_bytes value = {NULL, 0};

    if (*at == 'K') {
        value = value_of_key(session, at + 1);
    } else if (*at == ST_ASKS_DATE || *at == ST_ASKS_TIME) {
        value = (st_bytes){now, st_now_answer(session, *at, now)};
    } else if (*at == 'F') {
        return st_form_answer(page, out, room);
    } else if (*at == 'Q') {
        value = st_query_answer(session, at);
    } else {
        const char *id = at + 1, *key = id + strlen(id) + 1;
        const char *otherwise = key + strlen(key) + 1;

        value = value_of_widget(
            session, id, key, (st_bytes){otherwise, (size_t)(end - otherwise)});
    }
    if (value.size > 0 && value.size <= room)
        memcpy(out, value.at, value.size);
    return value.size;
}

/* ---- registering --------------------------------------------------------- */

static void raise_same_key(const char *key)
{
    st_raise(ST_DUPLICATE_WIDGET_ID, "DuplicateWidgetID",
             "There are two widgets with the key '%s'. Give each of them a key "
             "of its own.",
             key);
}

static void raise_same_id(st_kind kind)
{
    st_raise(ST_DUPLICATE_WIDGET_ID, "DuplicateWidgetID",
             "There are two identical 'st_%s' widgets: of the same label and "
             "the same arguments. Give them different keys.",
             st_kinds[kind].name);
}

static bool is_key_used(const st_page *page, const char *key)
{
    const st_keyed *keyed = st_map_find(&page->session->keyed, key);

    return keyed && keyed->run == page->run;
}

static bool is_id_used(const st_page *page, const char *id)
{
    const st_widget_state *known = st_map_find(&page->session->widgets, id);

    return known && known->run == page->run;
}

/* What the program has set by key is the widget's value from now on, if it can
 * be. */
static void take_set_value(st_page *page, st_widget_state *state,
                           st_keyed *keyed)
{
    st_bytes value = st_value_fit(&page->arena, state->shape, keyed->value);

    if (keyed->value.size == 0)
        return;
    if (value.size > 0 && st_bytes_replace(&state->value, value))
        state->is_set = true;
    st_bytes_replace(&keyed->value, (st_bytes){NULL, 0});
}

/* The state of a widget that is drawn now; NULL: out of memory. */
static st_widget_state *enter(st_page *page, const recorded *widget)
{
    st_session *session = page->session;
    st_widget_state *state =
        st_map_add(&session->widgets, widget->id, sizeof *state);
    st_keyed *keyed = NULL;

    if (!state)
        return NULL;
    state->shape = widget->facts.shape;
    if (*widget->key) {
        keyed = st_map_add(&session->keyed, widget->key, sizeof *keyed);
        if (!keyed)
            return NULL;
        keyed->run = page->run;
        keyed->widget = state;
        if (!state->key)
            state->key = strdup(widget->key);
        take_set_value(page, state, keyed);
    }
    state->run = page->run;
    state->kind = (st_kind)widget->facts.kind;
    state->is_trigger = widget->facts.is_trigger;
    state->on_change = widget->facts.on_change;
    state->argument = widget->facts.argument;
    state->order = ++page->session->last_order;
    if (state->value.size == 0 &&
        !st_bytes_replace(&state->value, widget->otherwise))
        return NULL;
    return state;
}

/* Who presses a button, or has a file, is in front of the page. */
static bool is_wrongly_set(st_page *page, const recorded *widget)
{
    st_keyed *keyed =
        *widget->key ? st_map_find(&page->session->keyed, widget->key) : NULL;

    if (!keyed || keyed->value.size == 0 ||
        !(widget->facts.is_trigger ||
          widget->facts.shape.type == ST_VALUE_FILES))
        return false;
    st_bytes_replace(&keyed->value, (st_bytes){NULL, 0});
    st_raise(ST_MISUSE, "StreamlitAPIException",
             "The value of 'st_%s' cannot be set by its key '%s'.",
             st_kinds[widget->facts.kind].name, widget->key);
    return true;
}

/* Errors: NULL: it was raised, and no run was under way; out of memory. */
static st_widget_state *register_widget(st_page *page, const recorded *widget)
{
    if (*widget->key && is_key_used(page, widget->key)) {
        raise_same_key(widget->key);
        return NULL;
    }
    if (is_id_used(page, widget->id)) {
        raise_same_id((st_kind)widget->facts.kind);
        return NULL;
    }
    if (is_wrongly_set(page, widget))
        return NULL;
    return enter(page, widget);
}

void st_form_register(st_page *page, const char *key)
{
    if (st_map_find(&page->session->forms, key))
        st_raise(ST_DUPLICATE_WIDGET_ID, "DuplicateFormKey",
                 "There are two forms with the key '%s'. Give each of them a "
                 "key of its own.",
                 key);
    else
        st_map_add(&page->session->forms, key, sizeof(st_map_item));
}

/* ---- replay -------------------------------------------------------------- */

/* Is its value known in this session, before it is drawn? */
static bool is_known(const st_page *page, const recorded *widget)
{
    return value_of_widget(page->session, widget->id, widget->key,
                           (st_bytes){NULL, 0})
               .size > 0;
}

static void replay_input(st_page *page, const recorded *widget, bool was_known)
{
    st_bytes value = value_of_widget(page->session, widget->id, widget->key,
                                     widget->otherwise);

    if (widget->facts.is_of_now && !was_known)
        value = (st_bytes){NULL, 0};
    if (widget->facts.is_input)
        note_widget(page, widget, value);
}

static void replay(st_page *page, st_bytes bytes)
{
    recorded widget;
    bool was_known;

    if (!read_recorded(&widget, bytes))
        return;
    st_form_note(st_thread_self());
    was_known = is_known(page, &widget);
    if (!page->session || page->is_scratch)
        replay_input(page, &widget, was_known);
    else if (widget.facts.kind == ST_FORM)
        st_form_register(page, widget.id);
    else if (register_widget(page, &widget))
        replay_input(page, &widget, was_known);
}

/* A value that the program has set goes to the front end with the widget's
 * message, which only the body can make. */
static bool is_to_be_told(const st_page *page, const char *key)
{
    const st_keyed *keyed =
        *key ? st_map_find(&page->session->keyed, key) : NULL;

    return keyed && keyed->value.size > 0;
}

/* What a callback's argument points at may be gone in another session, or since
 * another run of the body: only that of this session's last drawing counts. */
static bool is_callback_usable(const st_page *page, const recorded *widget)
{
    const st_widget_state *known =
        st_map_find(&page->session->widgets, widget->id);

    return !widget->facts.on_change || !widget->facts.argument ||
           (known && known->on_change == widget->facts.on_change &&
            known->argument == widget->facts.argument);
}

static enum memo_replay judge(const st_page *page, st_bytes bytes)
{
    recorded widget;

    if (!read_recorded(&widget, bytes))
        return MEMO_REPLAY_CANNOT;
    if (!page->session)
        return MEMO_REPLAY_DRAWS;
    if (widget.facts.kind == ST_FORM)
        return st_map_find(&page->session->forms, widget.id)
                   ? MEMO_REPLAY_RAISES
                   : MEMO_REPLAY_DRAWS;
    if ((*widget.key && is_key_used(page, widget.key)) ||
        is_id_used(page, widget.id))
        return MEMO_REPLAY_RAISES;
    if (is_to_be_told(page, widget.key))
        return MEMO_REPLAY_CANNOT;
    return is_callback_usable(page, &widget) ? MEMO_REPLAY_DRAWS
                                             : MEMO_REPLAY_CANNOT;
}

/* A callback is code of this process. */
static bool is_portable(st_bytes bytes)
{
    recorded widget;

    return read_recorded(&widget, bytes) && !widget.facts.on_change;
}

/* Counts up when widget_facts, or what stands beside it, changes. */
#define FORM 1

static const st_widget_port port = {.replay = replay,
                                    .judge = judge,
                                    .is_portable = is_portable,
                                    .form = FORM * 1024 + sizeof(widget_facts),
                                    .set_query = st_query_set,
                                    .answer = answer};

__attribute__((constructor)) static void install(void)
{
    st_set_widget_port(&port);
}

/* ---- identity ------------------------------------------------------------ */

char *st_widget_form(const st_widget *widget)
{
    st_page *page = st_page_now(st_thread_self());
    bool is_valid;
    uint32_t target =
        page ? st_page_target(page, widget->in, &is_valid) : ST_MAIN;

    return st_unconst(page && is_valid ? page->places[target].form : NULL);
}

/* Over all that defines the widget: its kind, its message, its key. */
static const char *make_id(const st_widget *widget, const St__Element *element)
{
    size_t packed = st__element__get_packed_size(element);
    const char *key = widget->key ? widget->key : "None";
    size_t key_size = strlen(key), name_size;
    const char *name = st_kinds[widget->kind].name;
    unsigned char *bytes;
    memo_digest digest;
    char *id;

    name_size = strlen(name) + 1;
    bytes = st_arena_alloc(&widget->page->arena, name_size + packed + key_size);
    id = st_arena_alloc(&widget->page->arena, 5 + 32 + 1 + key_size + 1);
    if (!bytes || !id)
        return NULL;
    memcpy(bytes, name, name_size);
    st__element__pack(element, bytes + name_size);
    memcpy(bytes + name_size + packed, key, key_size);
    digest = memo_hash_stable(bytes, name_size + packed + key_size);
    sprintf(id, "$$ID-%016llx%016llx-%s", (unsigned long long)digest.high,
            (unsigned long long)digest.low, key);
    return id;
}

/* ---- where it may be ----------------------------------------------------- */

static bool is_allowed(const st_level *level)
{
    return !level || (level->function->flags & MEMO_ALLOWS_WIDGETS);
}

static bool is_suppressed(const st_level *level)
{
    return level->function->flags & MEMO_SUPPRESSES_WARNING;
}

static void warn(const st_widget *widget, const st_level *level)
{
    const char *text = st_arena_print(
        &widget->page->arena,
        "The memoized function '%s' calls 'st_%s', whose value is no input of "
        "it, so it is left out here. Write @memo(allow_widgets) to make it "
        "one, or call it outside of the function; @memo(suppress_st_warning) "
        "draws it, and does not keep the result.",
        level->function->name, st_kinds[widget->kind].name);

    if (text)
        st_draw_exception("CachedStFunctionWarning", text, true, widget->in);
    else
        st_keep_nothing();
}

void st_widget_refuse(const st_widget *widget, const char *format, ...)
{
    char text[400]; /* numbers, and no text of the user's */
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    st_raise(ST_BAD_VALUE, "StreamlitAPIException", "'st_%s' \"%s\": %s",
             st_kinds[widget->kind].name, widget->label ? widget->label : "",
             text);
    st_keep_nothing();
}

static bool is_misplaced(const st_widget *widget)
{
    bool is_submit = widget->kind == ST_FORM_SUBMIT_BUTTON;

    if ((widget->kind == ST_BUTTON || widget->kind == ST_DOWNLOAD_BUTTON) &&
        *widget->form) {
        st_raise(ST_MISUSE, "StreamlitAPIException",
                 "'st_%s' cannot stand in the form '%s': a form is sent by "
                 "'st_form_submit_button'.",
                 st_kinds[widget->kind].name, widget->form);
        return true;
    }
    if (is_submit && !*widget->form) {
        st_raise(ST_MISUSE, "StreamlitAPIException",
                 "'st_form_submit_button' stands in no form: draw it in one "
                 "that 'st_form' has returned.");
        return true;
    }
    return false;
}

/* ---- the value ----------------------------------------------------------- */

st_arena *st_widget_arena(void)
{
    st_thread *self = st_thread_make();
    st_page *page = st_page_now(self);

    return page ? &page->arena : &self->arena;
}

/* Values may change while the run goes on; what it has got stays. */
static st_bytes copy_value(st_arena *arena, st_bytes value)
{
    return (st_bytes){st_arena_copy(arena, value.at, value.size), value.size};
}

/* The value that it has now; what it cannot have, it has not. */
static st_bytes fitting_value(const st_widget *widget, const recorded *now)
{
    st_page *page = widget->page;
    st_bytes value = st_value_fit(
        &page->arena, widget->shape,
        value_of_widget(page->session, now->id, now->key, widget->otherwise));

    return value.size > 0 ? copy_value(&page->arena, value) : widget->otherwise;
}

static recorded record_of(const st_widget *widget)
{
    return (recorded){.id = widget->id,
                      .key = widget->key ? widget->key : "",
                      .facts = {.kind = (uint16_t)widget->kind,
                                .is_trigger = widget->is_trigger,
                                .is_of_now = widget->is_of_now,
                                .shape = widget->shape,
                                .on_change = widget->on_change,
                                .argument = widget->argument},
                      .otherwise = widget->otherwise};
}

/* The value, of a widget that is drawn. */
static void find_value(st_widget *widget, const recorded *now, bool is_live)
{
    st_page *page = widget->page;
    st_widget_state *state = NULL;

    widget->value = widget->otherwise;
    if (page->session && !page->is_scratch) {
        state = register_widget(page, now);
        if (state)
            widget->is_set = state->is_set;
        if (widget->is_set) /* it is told once, not with every hit */
            st_keep_nothing();
    }
    if (is_live)
        widget->value = fitting_value(widget, now);
}

/* ---- begin and end ------------------------------------------------------- */

bool st_widget_begin(st_widget *widget, St__Element *element,
                     st_bytes otherwise)
{
    st_thread *self = st_thread_self();
    st_page *page = st_page_now(self);
    const st_level *level = st_level_now(self);
    bool is_submit = widget->kind == ST_FORM_SUBMIT_BUTTON, was_known;
    recorded now;

    widget->value = widget->otherwise = otherwise;
    if (!page || otherwise.size == 0)
        return false;
    widget->page = page;
    widget->form = st_widget_form(widget);
    st_form_note(self);
    if (is_misplaced(widget))
        return false;
    st_members_begin(widget, element);
    if (level && !is_allowed(level) && !is_suppressed(level) && !is_submit) {
        warn(widget, level);
        return false;
    }
    widget->id = make_id(widget, element);
    if (!widget->id) { /* no memory for it */
        st_keep_nothing();
        return false;
    }
    now = record_of(widget);
    was_known = is_known(page, &now);
    find_value(widget, &now, is_allowed(level) || !is_submit);
    if ((level && !is_allowed(level) && is_suppressed(level) && !is_submit) ||
        st_arena_has(&page->arena, widget->argument))
        st_keep_nothing();
    if (level && is_allowed(level))
        note_widget(page, &now,
                    widget->is_of_now && !was_known ? (st_bytes){NULL, 0}
                                                    : widget->value);
    return true;
}

void st_widget_end(st_widget *widget, St__Element *element)
{
    const st_level *level = st_level_now(st_thread_self());
    st_bytes facts = st_widget_facts(widget, level && is_allowed(level));
    size_t size;
    unsigned char *bytes;

    st_members_end(widget, element);
    size = st__element__get_packed_size(element);
    bytes = st_message_room(size);
    if (!bytes || !facts.at) {
        st_keep_nothing();
        return;
    }
    st__element__pack(element, bytes);
    st_draw(&(st_message){.kind = widget->kind,
                          .bytes = bytes,
                          .size = size,
                          .in = widget->in},
            &facts);
}

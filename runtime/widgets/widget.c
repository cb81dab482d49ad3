#include "widgets/widget.h"

#include "base/hash.h"
#include "elements/fail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a recording holds of a widget ---------------------------------- */

/* id, key ("" for none), each with its NUL; then this, and the default. */
typedef struct {
    uint16_t kind;
    uint8_t is_trigger, has_callback;
    uint8_t is_input; /* its value is one of the function that drew it */
    uint8_t padding[3];
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
                                .has_callback = widget->on_change != NULL,
                                .is_input = is_input};
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

/* 'W', id, key, default; 'K', key of the state. */
static void note_widget(st_page *page, const char *id, const char *key,
                        st_bytes otherwise, st_bytes value)
{
    size_t id_size = strlen(id) + 1, key_size = strlen(key) + 1;
    size_t size = 1 + id_size + key_size + otherwise.size;
    char *input = st_arena_alloc(&page->arena, size), *at = input;

    if (!input)
        return;
    *at++ = 'W';
    memcpy(at, id, id_size);
    memcpy(at += id_size, key, key_size);
    if (otherwise.size > 0)
        memcpy(at + key_size, otherwise.at, otherwise.size);
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
    st_bytes value = {NULL, 0};

    if (*at == 'K') {
        value = value_of_key(session, at + 1);
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

/* What the program has set by key is the widget's value from now on. */
static void take_set_value(st_widget_state *state, st_keyed *keyed)
{
    if (keyed->value.size == 0)
        return;
    st_bytes_replace(&state->value, (st_bytes){NULL, 0});
    state->value = keyed->value;
    keyed->value = (st_bytes){NULL, 0};
    state->is_set = true;
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
    if (*widget->key) {
        keyed = st_map_add(&session->keyed, widget->key, sizeof *keyed);
        if (!keyed)
            return NULL;
        keyed->run = page->run;
        keyed->widget = state;
        if (!state->key)
            state->key = strdup(widget->key);
        take_set_value(state, keyed);
    }
    state->run = page->run;
    state->kind = (st_kind)widget->facts.kind;
    state->is_trigger = widget->facts.is_trigger;
    if (state->value.size == 0 &&
        !st_bytes_replace(&state->value, widget->otherwise))
        return NULL;
    return state;
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

static void replay(st_page *page, st_bytes bytes)
{
    recorded widget;

    if (!page->session || page->is_scratch || !read_recorded(&widget, bytes)) {
        if (read_recorded(&widget, bytes) && widget.facts.is_input)
            note_widget(page, widget.id, widget.key, widget.otherwise,
                        value_of_widget(page->session, widget.id, widget.key,
                                        widget.otherwise));
        return;
    }
    if (widget.facts.kind == ST_FORM) {
        st_form_register(page, widget.id);
        return;
    }
    if (register_widget(page, &widget) && widget.facts.is_input)
        note_widget(page, widget.id, widget.key, widget.otherwise,
                    value_of_widget(page->session, widget.id, widget.key,
                                    widget.otherwise));
}

/* A value that the program has set goes to the front end with the widget's
 * message, which only the body can make. */
static bool is_to_be_told(const st_page *page, const char *key)
{
    const st_keyed *keyed =
        *key ? st_map_find(&page->session->keyed, key) : NULL;

    return keyed && keyed->value.size > 0;
}

static enum memo_replay judge_one(const st_page *page, const recorded *widget)
{
    const st_widget_state *known;

    if (widget->facts.kind == ST_FORM)
        return st_map_find(&page->session->forms, widget->id)
                   ? MEMO_REPLAY_RAISES
                   : MEMO_REPLAY_DRAWS;
    if ((*widget->key && is_key_used(page, widget->key)) ||
        is_id_used(page, widget->id))
        return MEMO_REPLAY_RAISES;
    if (is_to_be_told(page, widget->key))
        return MEMO_REPLAY_CANNOT;
    known = st_map_find(&page->session->widgets, widget->id);
    return widget->facts.has_callback && !(known && known->has_callback)
               ? MEMO_REPLAY_CANNOT
               : MEMO_REPLAY_DRAWS;
}

/* What cannot be drawn goes before what raises: the body does either. */
static enum memo_replay judge(const st_page *page, const st_bytes *widgets,
                              size_t count)
{
    enum memo_replay verdict = MEMO_REPLAY_DRAWS;
    recorded widget;

    for (size_t i = 0; page->session && i < count; i++) {
        enum memo_replay one;

        if (!read_recorded(&widget, widgets[i]))
            return MEMO_REPLAY_CANNOT;
        one = judge_one(page, &widget);
        if (one == MEMO_REPLAY_CANNOT)
            return one;
        if (one == MEMO_REPLAY_RAISES)
            verdict = one;
    }
    return verdict;
}

static const st_widget_port port = {replay, judge, answer};

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
    char text[600];

    snprintf(text, sizeof text,
             "The memoized function '%s' calls 'st_%s', whose value is no "
             "input of it, so it is left out here. Write "
             "@memo(allow_widgets) to make it one, or call it outside of the "
             "function; @memo(suppress_st_warning) draws it, and does not keep "
             "the result.",
             level->function->name, st_kinds[widget->kind].name);
    st_draw_exception("CachedStFunctionWarning", text, true, widget->in);
}

/* A result that depends on something which is no input. */
static void keep_nothing(st_thread *self)
{
    for (st_level *level = self->level; level; level = level->outer)
        level->is_not_kept = true;
}

static bool is_misplaced(const st_widget *widget)
{
    bool is_submit = widget->kind == ST_FORM_SUBMIT_BUTTON;

    if (widget->kind == ST_BUTTON && *widget->form) {
        st_raise(ST_MISUSE, "StreamlitAPIException",
                 "'st_button' cannot stand in the form '%s': a form is sent "
                 "by 'st_form_submit_button'.",
                 widget->form);
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

/* ---- begin and end ------------------------------------------------------- */

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

/* The value, of a widget that is drawn. */
static void find_value(st_widget *widget, bool is_live)
{
    const recorded now = {.id = widget->id,
                          .key = widget->key ? widget->key : "",
                          .facts = {.kind = (uint16_t)widget->kind,
                                    .is_trigger = widget->is_trigger},
                          .otherwise = widget->otherwise};
    st_page *page = widget->page;
    st_widget_state *state = NULL;

    widget->value = widget->otherwise;
    if (page->session && !page->is_scratch) {
        state = register_widget(page, &now);
        if (state) {
            state->on_change = widget->on_change;
            state->argument = widget->argument;
            state->has_callback = true;
            widget->is_set = state->is_set;
        }
    }
    if (is_live)
        widget->value = copy_value(
            &page->arena,
            value_of_widget(page->session, now.id, now.key, widget->otherwise));
}

bool st_widget_begin(st_widget *widget, const St__Element *element,
                     st_bytes otherwise)
{
    st_thread *self = st_thread_self();
    st_page *page = st_page_now(self);
    const st_level *level = st_level_now(self);
    bool is_submit = widget->kind == ST_FORM_SUBMIT_BUTTON;

    widget->value = widget->otherwise = otherwise;
    if (!page || otherwise.size == 0)
        return false;
    widget->page = page;
    widget->form = st_widget_form(widget);
    if (is_misplaced(widget))
        return false;
    if (level && !is_allowed(level) && !is_suppressed(level) && !is_submit) {
        warn(widget, level);
        return false;
    }
    widget->id = make_id(widget, element);
    if (!widget->id)
        return false;
    find_value(widget, is_allowed(level) || !is_submit);
    if (level && !is_allowed(level) && is_suppressed(level) && !is_submit)
        keep_nothing(self);
    if (level && is_allowed(level))
        note_widget(page, widget->id, widget->key ? widget->key : "",
                    widget->otherwise, widget->value);
    return true;
}

void st_widget_end(const st_widget *widget, const St__Element *element)
{
    size_t size = st__element__get_packed_size(element);
    unsigned char *bytes = st_arena_alloc(&widget->page->arena, size);
    const st_level *level = st_level_now(st_thread_self());
    st_bytes facts = st_widget_facts(widget, level && is_allowed(level));

    if (!bytes || !facts.at)
        return;
    st__element__pack(element, bytes);
    st_draw(&(st_message){.kind = widget->kind,
                          .bytes = bytes,
                          .size = size,
                          .in = widget->in},
            &facts);
}

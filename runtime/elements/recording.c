#include "elements/recording.h"

#include "elements/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- buffers ------------------------------------------------------------- */

void st_buffer_add(st_buffer *buffer, const void *bytes, size_t size)
{
    size_t capacity = buffer->capacity;

    while (capacity - buffer->size < size)
        capacity = 2 * capacity + 256;
    if (capacity > buffer->capacity) {
        unsigned char *grown = realloc(buffer->bytes, capacity);

        if (!grown) {
            buffer->has_no_memory = true;
            return;
        }
        buffer->bytes = grown;
        buffer->capacity = capacity;
    }
    if (size > 0)
        memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
}

/* ---- levels -------------------------------------------------------------- */

st_level *st_level_now(const st_thread *self)
{
    return self ? self->level : NULL;
}

/* Only the outermost one shows that it is at work. */
static void show_spinner(st_page *page, const st_level *level)
{
    const struct memo_function *function = level->function;
    bool is_valid;

    if (level->outer || page->is_scratch ||
        (function->flags & MEMO_SHOWS_NO_SPINNER))
        return;
    page->busy.since_ns = st_now_ns();
    page->busy.target = st_page_target(page, (st_handle){0}, &is_valid);
    if (!function->spinner)
        snprintf(page->busy.made, sizeof page->busy.made, "Running `%s(%s)`.",
                 function->name, function->parameter_count ? "..." : "");
    st_page_set_busy(page,
                     function->spinner ? function->spinner : page->busy.made);
}

st_level *st_level_push(st_thread *self, const memo_body *body)
{
    st_level *level = calloc(1, sizeof *level);

    if (!level)
        return NULL;
    *level = (st_level){.outer = self->level,
                        .function = body->function,
                        .frame = body->frame,
                        .call = body->call,
                        .is_muted = body->is_muted};
    self->level = level;
    if (level->is_muted && self->page) {
        level->covered = self->page;
        self->page = NULL;
    }
    level->page = st_page_now(self);
    if (level->page)
        level->base = level->page->depth;
    if (level->covered && level->page)
        level->page->session = level->covered->session;
    if (level->page)
        show_spinner(level->page, level);
    return level;
}

void st_level_pop(st_thread *self)
{
    st_level *level = self->level;

    if (!level->outer && level->page)
        st_page_set_busy(level->page, NULL);
    st_run_deferred(self, &level->deferred);
    if (level->covered)
        self->page = level->covered;
    self->level = level->outer;
    if (self->scratch && level->page == self->scratch &&
        (!self->level || level->covered)) {
        self->scratch->place_count = 0;
        self->scratch->session = NULL;
    }
    free(level->records.bytes);
    free(level->inputs.bytes);
    free(level->made);
    free(level);
}

/* ---- where it is drawn, as a level sees it ------------------------------- */

/* The number that a level has for a place; UINT32_MAX: none. */
static uint32_t place_in(const st_level *level, const st_page *page,
                         const st_message *message, uint32_t target)
{
    bool is_inside = message->in.id == 0 && st_page_entered(page) > level->base;

    if (level->page != page)
        return UINT32_MAX;
    for (uint32_t i = 0; i < level->made_count; i++) {
        if (level->made[i] == target)
            return ST_FIRST_MADE + i;
    }
    if (target == ST_SIDE && (is_inside || message->in.id == ST_SIDE))
        return ST_AT_SIDE;
    return message->in.id == 0 && !is_inside ? ST_HERE : UINT32_MAX;
}

static void note_made(st_level *level, uint32_t place)
{
    if (level->made_count == level->made_capacity) {
        uint32_t capacity = 2 * level->made_capacity + 16;
        uint32_t *made = realloc(level->made, capacity * sizeof *made);

        if (!made) {
            level->records.has_no_memory = true;
            return;
        }
        level->made = made;
        level->made_capacity = capacity;
    }
    level->made[level->made_count++] = place;
}

/* One record, of some parts. */
static void add_record(st_level *level, st_record head, const st_bytes *parts,
                       size_t count)
{
    static const unsigned char padding[4];
    size_t size = 0;

    for (size_t i = 0; i < count; i++)
        size += parts[i].size;
    if (size > UINT32_MAX) {
        level->records.has_no_memory = true;
        return;
    }
    head.size = (uint32_t)size;
    st_buffer_add(&level->records, &head, sizeof head);
    for (size_t i = 0; i < count; i++)
        st_buffer_add(&level->records, parts[i].at, parts[i].size);
    st_buffer_add(&level->records, padding, -size % sizeof padding);
}

static void record_outside(st_level *level, st_page *page,
                           const st_message *message, uint32_t target)
{
    const char *text = st_arena_print(
        &page->arena,
        "The memoized function '%s' has drawn '%s' in a '%s' that was made "
        "outside of it, so this cannot be drawn again. Draw in containers that "
        "the function makes, or make the container around its call.",
        level->function->name, st_kinds[message->kind].name,
        target == ST_MAIN ? "page" : st_kinds[page->places[target].kind].name);

    if (text)
        add_record(level, (st_record){.record = ST_RECORD_OUTSIDE},
                   &(st_bytes){text, strlen(text) + 1}, 1);
    else
        level->is_not_kept = true;
}

static void record(st_level *level, st_page *page, const st_message *message,
                   uint32_t target, bool is_made, const st_bytes *widget)
{
    uint32_t widget_size = widget ? (uint32_t)widget->size : 0;
    const st_bytes parts[] = {{&widget_size, sizeof widget_size},
                              {widget ? widget->at : NULL, widget_size},
                              {message->bytes, message->size}};
    st_record head = {.record = message->is_block ? ST_RECORD_BLOCK
                                                  : ST_RECORD_ELEMENT,
                      .flags = message->is_rewritten ? ST_IS_REWRITTEN : 0,
                      .kind = (uint16_t)message->kind,
                      .place = place_in(level, page, message, target),
                      .made = is_made};

    if (head.place == UINT32_MAX) {
        record_outside(level, page, message, target);
    } else if (widget) {
        head.flags |= ST_HAS_WIDGET;
        add_record(level, head, parts, 3);
    } else {
        add_record(level, head, &parts[2], 1);
    }
}

/* ---- drawing ------------------------------------------------------------- */

unsigned char *st_message_room(size_t size)
{
    st_page *page = st_page_now(st_thread_self());
    unsigned char *room = page ? st_arena_alloc(&page->arena, size) : NULL;

    if (page && !room) /* what is not drawn now is not to be missing later */
        st_keep_nothing();
    return room;
}

st_handle st_draw(const st_message *message, const st_bytes *widget)
{
    st_thread *self = st_thread_self();
    st_page *page = st_page_now(self);
    bool is_valid;
    uint32_t target, made;

    if (!page)
        return (st_handle){0};
    st_page_leave_if_stopped(page);
    target = st_page_target(page, message->in, &is_valid);
    if (!is_valid) {
        st_raise(ST_MISUSE, "BadHandle",
                 "'%s' was to be drawn at a handle of another run, or of "
                 "another page",
                 st_kinds[message->kind].name);
        return (st_handle){0};
    }
    made = st_page_put(page, target, message);
    if (made != 0 && message->kind == ST_FORM && widget)
        page->places[made].form = st_arena_text(&page->arena, widget->at);
    for (st_level *level = self->level; level; level = level->outer) {
        record(level, page, message, target, made != 0, widget);
        if (made != 0 && level->page == page)
            note_made(level, made);
        if (level->is_muted)
            break;
    }
    return made != 0 ? st_page_handle(page, made) : (st_handle){0};
}

static void add_framed(st_buffer *buffer, st_bytes bytes)
{
    uint32_t length = (uint32_t)bytes.size;

    st_buffer_add(buffer, &length, sizeof length);
    st_buffer_add(buffer, bytes.at, bytes.size);
}

void st_level_note_input(st_level *level, st_bytes input, st_bytes answer)
{
    add_framed(&level->inputs, input);
    add_framed(&level->inputs, answer);
}

void st_note_input(st_bytes input, st_bytes answer, bool draws)
{
    st_thread *self = st_thread_self();

    for (st_level *level = st_level_now(self); level; level = level->outer) {
        add_framed(&level->inputs, input);
        add_framed(&level->inputs, answer);
        if (!draws)
            add_record(level, (st_record){.record = ST_RECORD_INPUT}, &input,
                       1);
        if (level->is_muted)
            break;
    }
}

void st_record_note(st_record_kind kind, const st_bytes *parts, size_t count)
{
    st_thread *self = st_thread_self();

    for (st_level *level = st_level_now(self); level; level = level->outer) {
        add_record(level, (st_record){.record = (uint8_t)kind}, parts, count);
        if (level->is_muted)
            break;
    }
}

void st_keep_nothing(void)
{
    for (st_level *level = st_level_now(st_thread_self()); level;
         level = level->outer)
        level->is_not_kept = true;
}

void st_raise(st_status status, const char *type, const char *format, ...)
{
    st_thread *self = st_thread_self();
    const char *text;
    va_list arguments;

    if (!self || !self->page)
        return;
    va_start(arguments, format);
    text = st_arena_vprint(&self->page->arena, format, arguments);
    va_end(arguments);
    st_page_leave_places(self->page);
    st_draw_exception(type, text, false, (st_handle){0});
    st_page_leave(self->page, status);
}

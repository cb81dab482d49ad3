#include "elements/page.h"

#include "elements/fail.h"
#include "elements/media.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const st_kind_info st_kinds[ST_KIND_COUNT] = {
#define ELEMENT(kind, name, field, role) [ST_##kind] = {#name, ST_ROLE_##role},
#include "elements/elements.def"
#undef ELEMENT
};

/* ---- this thread --------------------------------------------------------- */

static _Thread_local st_thread *self;
static pthread_key_t key;

static void end_thread(void *memory)
{
    st_thread *ended = memory;

    /* A body may have ended the thread. */
    while (ended->level)
        st_level_pop(ended);
    st_run_deferred(ended, &ended->deferred);
    self = NULL;
    if (ended->scratch)
        st_page_finish(ended->scratch);
    free(ended->scratch);
    st_arena_finish(&ended->arena);
    free(ended);
}

/* The thread that leaves the process does not end by itself. */
__attribute__((destructor)) static void end_process(void)
{
    if (self)
        end_thread(self);
}

/* Whoever draws links this: from now on the cache keeps what is drawn. */
__attribute__((constructor)) static void install(void)
{
    st_recorder_install();
}

static void make_key(void)
{
    pthread_key_create(&key, end_thread);
}

st_thread *st_thread_self(void)
{
    return self;
}

st_thread *st_thread_make(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    if (self)
        return self;
    pthread_once(&once, make_key);
    self = calloc(1, sizeof *self);
    if (self && pthread_setspecific(key, self) != 0) {
        free(self);
        self = NULL;
    }
    return self;
}

st_page *st_page_now(st_thread *thread)
{
    if (!thread || thread->page)
        return thread ? thread->page : NULL;
    if (!thread->level)
        return NULL;
    if (!thread->scratch) {
        thread->scratch = calloc(1, sizeof *thread->scratch);
        if (!thread->scratch)
            return NULL;
        thread->scratch->is_scratch = true;
    }
    if (thread->scratch->place_count == 0 && !st_page_clear(thread->scratch))
        return NULL;
    return thread->scratch;
}

/* ---- a page -------------------------------------------------------------- */

/* No two runs of any pages have one number: a handle tells whose it is. */
static _Atomic uint32_t last_run;

static void drop_recordings(st_page *page)
{
    for (st_held *held = page->held; held; held = held->next)
        memo_recording_drop(held->recording);
    page->held = NULL;
}

static bool add_place(st_page *page, st_place place)
{
    if (page->place_count == page->place_capacity) {
        uint32_t capacity = 2 * page->place_capacity + 16;
        st_place *places =
            realloc(page->places, capacity * sizeof *page->places);

        if (!places)
            return false;
        page->places = places;
        page->place_capacity = capacity;
    }
    page->places[page->place_count++] = place;
    return true;
}

static st_node *make_node(st_page *page, const st_message *message)
{
    st_node *node = st_arena_alloc(&page->arena, sizeof *node);

    if (node)
        *node = (st_node){.kind = message->kind,
                          .is_block = message->is_block,
                          .bytes = message->bytes,
                          .size = message->size};
    return node;
}

bool st_page_clear(st_page *page)
{
    const st_message root = {.kind = ST_CONTAINER, .is_block = true};

    drop_recordings(page);
    st_arena_reset(&page->arena);
    page->run_before = page->run;
    page->run = atomic_fetch_add(&last_run, 1) + 1;
    st_media_begin(page);
    page->place_count = page->depth = 0;
    page->busy.text = NULL;
    page->status = ST_OK;
    for (int i = 0; i < ST_ROOTS; i++) {
        page->roots[i] = make_node(page, &root);
        if (!page->roots[i] ||
            !add_place(
                page, (st_place){page->roots[i], ST_GROWS, ST_CONTAINER, NULL}))
            return false;
    }
    return true;
}

void st_page_finish(st_page *page)
{
    drop_recordings(page);
    st_arena_finish(&page->before);
    st_media_finish(page);
    st_arena_finish(&page->arena);
    free(page->places);
    free(page->inside);
}

/* ---- drawing ------------------------------------------------------------- */

uint64_t st_now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

const char *st_page_spinner(const st_page *page, uint64_t now_ns,
                            uint32_t *target)
{
    const st_busy *busy = &page->busy;

    if (!busy->text || now_ns - busy->since_ns < ST_SPINNER_DELAY_NS)
        return NULL;
    *target = busy->target;
    return busy->text;
}

uint32_t st_page_target(const st_page *page, st_handle in, bool *is_valid)
{
    uint32_t place = (uint32_t)in.id;

    *is_valid = true;
    if (in.id == 0)
        return page->depth > 0 ? page->inside[page->depth - 1] & ~ST_STAYS
                               : ST_MAIN;
    if (in.id == ST_SIDE)
        return ST_SIDE;
    *is_valid = in.id >> 32 == page->run && place < page->place_count;
    return place;
}

static bool make_room(st_page *page, st_node *block)
{
    uint32_t capacity = 2 * block->capacity + 8;
    st_node **children;

    if (block->count < block->capacity)
        return true;
    children = st_arena_alloc(&page->arena, capacity * sizeof *children);
    if (!children)
        return false;
    if (block->count > 0)
        memcpy(children, block->children, block->count * sizeof *children);
    block->children = children;
    block->capacity = capacity;
    return true;
}

size_t st_node_path(const st_page *page, const st_node *node, uint32_t *out,
                    size_t room)
{
    const st_node *at;
    size_t size = 1, depth;

    for (at = node; at->block; at = at->block)
        size++;
    if (room > 0)
        out[0] = at == page->roots[ST_SIDE] ? ST_SIDE : ST_MAIN;
    depth = size;
    for (at = node; at->block; at = at->block) {
        if (--depth < room)
            out[depth] = at->index;
    }
    return size;
}

size_t st_place_path(const st_page *page, uint32_t target, uint32_t *out,
                     size_t room)
{
    const st_place *place = &page->places[target];
    size_t size = st_node_path(page, place->block, out, room);

    if (size < room)
        out[size] =
            place->index == ST_GROWS ? place->block->count : place->index;
    return size + 1;
}

/* What has been at work draws now. */
static void end_busy(st_page *page)
{
    if (!page->busy.text)
        return;
    page->busy.text = NULL;
    if (page->sink)
        page->sink->busy(page->sink->context, page);
}

void st_page_set_busy(st_page *page, const char *text)
{
    if (!text) {
        end_busy(page);
        return;
    }
    page->busy.text = text;
    if (page->sink)
        page->sink->busy(page->sink->context, page);
}

uint32_t st_page_put(st_page *page, uint32_t target, const st_message *message)
{
    st_place *place = &page->places[target];
    st_node *node = make_node(page, message);
    st_place made = {.kind = message->kind, .form = place->form};

    end_busy(page);
    if (!node || (place->index == ST_GROWS && !make_room(page, place->block)))
        return 0;
    node->block = place->block;
    node->index = place->index == ST_GROWS ? place->block->count : place->index;
    if (place->index == ST_GROWS)
        place->block->count++;
    place->block->children[node->index] = node;
    if (page->sink)
        page->sink->drawn(page->sink->context, page, node);
    if (!message->is_block && !message->is_rewritten)
        return 0;
    made.block = message->is_block ? node : place->block;
    made.index = message->is_block ? ST_GROWS : node->index;
    return add_place(page, made) ? page->place_count - 1 : 0;
}

/* ---- containers ---------------------------------------------------------- */

uint32_t st_page_entered(const st_page *page)
{
    uint32_t depth = page->depth;

    while (depth > 0 && (page->inside[depth - 1] & ST_STAYS))
        depth--;
    return depth;
}

ST_EXPORT void st_begin(st_handle handle)
{
    st_page *page = st_page_now(st_thread_self());
    bool is_valid;
    uint32_t target;

    if (!page)
        return;
    target = st_page_target(page, handle, &is_valid);
    if (!is_valid) /* of another run: what is drawn there has no place */
        target = ST_MAIN;
    if (page->depth == page->inside_capacity) {
        uint32_t capacity = 2 * page->inside_capacity + 8;
        uint32_t *inside =
            realloc(page->inside, capacity * sizeof *page->inside);

        if (!inside)
            return;
        page->inside = inside;
        page->inside_capacity = capacity;
    }
    page->inside[page->depth++] = handle.id == 0 ? target | ST_STAYS : target;
}

ST_EXPORT void st_end(void)
{
    st_page *page = st_page_now(st_thread_self());

    if (page && page->depth > 0)
        page->depth--;
}

/* ---- memory and ends ----------------------------------------------------- */

ST_EXPORT void *st_alloc(size_t size)
{
    st_thread *thread = st_thread_make();

    if (!thread)
        return NULL;
    return st_arena_alloc(thread->page ? &thread->page->arena : &thread->arena,
                          size);
}

/* Of the run; in a body without a page, or one that is only compared, of that;
 * else of the thread. */
static st_deferred **list_of(st_thread *thread)
{
    st_level *level = thread->level;

    if (thread->list)
        return thread->list;
    if (thread->page)
        return &thread->page->deferred;
    while (level && !level->is_muted && level->outer)
        level = level->outer;
    return level ? &level->deferred : &thread->deferred;
}

ST_EXPORT void st_defer(void (*function)(void *argument), void *argument)
{
    st_thread *thread = st_thread_make();
    st_deferred *deferred = thread ? malloc(sizeof *deferred) : NULL;
    st_deferred **list;

    if (!deferred) { /* better too early than never */
        function(argument);
        return;
    }
    list = list_of(thread);
    *deferred = (st_deferred){*list, function, argument};
    *list = deferred;
}

void st_run_deferred(st_thread *thread, st_deferred **list)
{
    st_page *page = thread->page;
    struct st_level *level = thread->level;
    st_deferred **around = thread->list;

    if (!*list)
        return;
    thread->page = NULL;
    thread->level = NULL;
    thread->list = list;
    while (*list) {
        st_deferred *first = *list;

        *list = first->next;
        first->function(first->argument);
        free(first);
    }
    thread->page = page;
    thread->level = level;
    thread->list = around;
}

void st_page_leave_if_stopped(st_page *page)
{
    if (page->sink && page->sink->is_stopped(page->sink->context))
        st_page_leave(page, ST_STOPPED);
}

void st_page_leave_places(st_page *page)
{
    if (page->leave)
        page->depth = 0;
}

void st_page_leave(st_page *page, st_status status)
{
    if (page->status == ST_OK)
        page->status = status;
    if (page->leave)
        longjmp(*page->leave, 1);
}

static void leave(st_status status)
{
    const st_thread *thread = st_thread_self();
    st_page *page = thread ? thread->page : NULL;

    /* The page of a body that only is compared is covered. */
    for (st_level *level = st_level_now(thread); level && !page;
         level = level->outer)
        page = level->covered;
    if (page)
        st_page_leave(page, status);
}

ST_EXPORT bool st_stopping(void)
{
    const st_thread *thread = st_thread_self();
    const st_sink *sink = thread && thread->page ? thread->page->sink : NULL;

    return sink && sink->is_stopping(sink->context);
}

ST_EXPORT void st_stop(void)
{
    leave(ST_STOPPED);
}

ST_EXPORT void st_rerun(void)
{
    leave(ST_RERUN);
}

/* run.c -- a page with its session, and a run of it. */
#include "widgets/session.h"

#include "elements/fail.h"

#include <stdint.h>
#include <stdlib.h>

ST_EXPORT st_page *st_page_create(void)
{
    st_page *page = calloc(1, sizeof *page);

    if (!page)
        return NULL;
    page->session = calloc(1, sizeof *page->session);
    if (!page->session || !st_page_clear(page)) {
        st_page_destroy(page);
        return NULL;
    }
    return page;
}

/* End a run of this thread that a longjmp() of the program's has left. */
static void end_left(st_thread *self)
{
    st_page *left = self->page;

    left->leave = NULL;
    while (self->level)
        st_level_pop(self);
    self->page = NULL;
    st_run_deferred(self, &left->deferred);
    st_arena_finish(&left->before);
}

ST_EXPORT void st_page_destroy(st_page *page)
{
    st_thread *self = st_thread_self();

    if (!page)
        return;
    if (self && self->page == page)
        end_left(self);
    if (page->session)
        st_session_finish(page->session);
    free(page->session);
    st_page_finish(page);
    free(page);
}

/* Call the page's function; whichever way it is left, all is as before. */
static void draw_page(st_page *page, void (*draw)(void *context), void *context)
{
    jmp_buf leave;

    page->leave = &leave;
    if (setjmp(leave) == 0) {
        st_session_call(page->session);
        st_arena_finish(&page->before);
        draw(context);
    }
    st_arena_finish(&page->before);
    page->leave = NULL;
}

ST_EXPORT st_status st_run(st_page *page, void (*draw)(void *context),
                           void *context)
{
    st_thread *self = st_thread_make();
    struct st_level *around;

    if (!self)
        return ST_NO_MEMORY;
    /* One that begins now is above one that was left on the stack, or at the
     * same place. */
    if (self->page &&
        (uintptr_t)self->page->frame <= (uintptr_t)__builtin_frame_address(0))
        end_left(self);
    if (self->page)
        return ST_MISUSE;
    if (st_session_take(page->session)) {
        st_arena_finish(&page->before);
        page->before = page->arena;
        page->arena = (st_arena){NULL};
    }
    if (!st_page_clear(page))
        return ST_NO_MEMORY;
    page->frame = __builtin_frame_address(0);
    /* Functions that run this page around it have no part in it. */
    around = self->level;
    self->level = NULL;
    self->page = page;
    draw_page(page, draw, context);
    /* Of what a longjmp() has left, whoever waits goes on. */
    while (self->level)
        st_level_pop(self);
    memo_calls_were_left(__builtin_frame_address(0));
    self->page = page;
    page->depth = 0;
    st_run_deferred(self, &page->deferred);
    /* Callbacks that stop the run draw nothing: nothing is forgotten. */
    if (!page->session->is_calling)
        st_session_end(page->session, page->run);
    page->session->is_calling = false;
    self->page = NULL;
    self->level = around;
    return page->status;
}

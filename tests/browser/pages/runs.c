/* runs.c -- runs that take a while, end early, or are asked for again. */
#include "pages.h"

#include <st.h>

#include <threads.h>
#include <time.h>

static void pause_for(long milliseconds)
{
    thrd_sleep(&(struct timespec){.tv_sec = milliseconds / 1000,
                                  .tv_nsec = milliseconds % 1000 * 1000000},
               NULL);
}

// @memo(impure_ok)
static int slow(int x)
{
    pause_for(1500);
    return x + 1;
}

void draw_slow(void *unused)
{
    (void)unused;
    if (st_checkbox("Compute"))
        say("slow = %d", slow(1));
    say("the end");
}

// @memo
static int quick(int x)
{
    st_text("drawn by a memoized function");
    return x + 1;
}

void draw_cleared(void *unused)
{
    (void)unused;
    st_checkbox("Again");
    quick(1);
    say_runs("quick");
}

/* The page is there at once, its end after so many tenths of a second. */
static void draw_steps(int count)
{
    st_handle place = st_empty();

    for (int i = 1; i <= count; i++) {
        pause_for(100);
        st_in(place)
        {
            say("step %d", i);
        }
    }
}

void draw_stopped(void *unused)
{
    bool is_long = st_checkbox("Take long");
    bool is_other = st_checkbox("Other");

    (void)unused;
    say("begun: %d %d", is_long, is_other);
    /* A minute: no test waits for its end. */
    draw_steps(is_long ? 600 : 0);
    say("ended: %d %d", is_long, is_other);
}

void draw_rerun(void *unused)
{
    bool is_pressed = st_button("Run again");
    bool is_slow = st_checkbox("Slow");
    bool is_other = st_checkbox("Other");
    long long count = st_state_get_int("count", 0);

    (void)unused;
    if (is_pressed) {
        st_state_set_int("count", count + 1);
        st_rerun();
    }
    say("begun: %d %d", is_slow, is_other);
    draw_steps(is_slow ? 10 : 0);
    say("ended: %d %d", is_slow, is_other);
    say("count = %lld", count);
}

void draw_duplicate(void *unused)
{
    bool is_twice = st_checkbox("Twice");

    (void)unused;
    st_button("The same");
    if (is_twice)
        st_button("The same");
    say("the end");
}

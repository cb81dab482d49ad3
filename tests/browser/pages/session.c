/* session.c -- what a tab keeps, and what all tabs share. */
#include "pages.h"

#include <st.h>

static void count_change(void *key)
{
    st_state_set_int(key, st_state_get_int(key, 0) + 1);
}

void draw_session(void *unused)
{
    long long count = st_state_get_int("count", 0);

    (void)unused;
    if (st_button("Count"))
        st_state_set_int("count", ++count);
    if (st_button("Set the name"))
        st_state_set_text("name", "set by its key");
    st_text_input("Name", .key = "name");
    st_slider("Size", .value = 20, .key = "size", .on_change = count_change,
              .argument = "changes");
    say("count = %lld", count);
    say("name = %s", st_state_get_text("name", ""));
    say("size = %g", st_state_get_double("size", 0));
    say("changes = %lld", st_state_get_int("changes", 0));
}

// @memo
static int cube(int x)
{
    return x * x * x;
}

void draw_shared(void *unused)
{
    int x =
        (int)st_number_input("x", .min = 0, .max = 9, .value = 2, .key = "x");

    (void)unused;
    say("cube = %d", cube(x));
    say_runs("cube");
}

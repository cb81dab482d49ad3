/* drawing.c -- the same elements twice; memogen makes the memoized ones. */
#include "drawing.h"

#include <st.h>

#include <stdio.h>

int plain_text_element(int n)
{
    char text[40];

    snprintf(text, sizeof text, "line %d of a text", n);
    st_text(text);
    return n;
}

// @memo
int memoized_text_element(int n)
{
    return plain_text_element(n);
}

/* Ten elements, three of them in a container of their own. */
static void draw_ten(int n)
{
    char text[40];
    st_handle box, slot;

    snprintf(text, sizeof text, "number %d", n);
    st_subheader(text);
    st_markdown("**Some** text with a [link](https://example.org).");
    st_metric("Speed", .value = text, .delta = "3");
    box = st_container(.border = true);
    st_in(box)
    {
        st_text(text);
        st_code("int main(void) { return 0; }");
    }
    st_info(text, .in = box);
    slot = st_progress(0.5);
    st_progress(0.9, .in = slot);
    st_caption(text, .in = ST_SIDEBAR);
}

int plain_mixed_elements(int n)
{
    for (int i = 0; i < MIXED_ELEMENTS / 10; i++)
        draw_ten(n + i);
    return n;
}

// @memo
int memoized_mixed_elements(int n)
{
    return plain_mixed_elements(n);
}

#include "load_data.h"

#include <st.h>

#include <stdlib.h>

/* Numbers that wander, the same ones every time. */
static void fill(double *values, int count, unsigned seed)
{
    double value = 0;

    for (int i = 0; i < count; i++) {
        seed = seed * 1103515245 + 12345;
        value += (double)(seed >> 16 & 0x7fff) / 0x7fff - 0.5;
        values[i] = value;
    }
}

static st_frame *make_columns(int rows)
{
    static const char *const names[] = {"a", "b", "c", "d", "e",
                                        "f", "g", "h", "i", "j"};
    st_frame *frame = NULL;
    double *values = malloc((size_t)rows * sizeof *values);

    if (!values || st_frame_create(&frame, (size_t)rows, NULL) != ST_OK) {
        free(values);
        return NULL;
    }
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        fill(values, rows, i + 1);
        st_frame_add_doubles(frame, names[i], values, NULL, NULL);
    }
    free(values);
    return frame;
}

// @memo
st_frame *load_data(int rows)
{
    st_frame *frame = make_columns(rows);

    st_area_chart(frame); /* drawn again when the body is skipped */
    return frame;
}

void draw_page(void *unused)
{
    st_frame *frame = load_data(20);

    (void)unused;
    st_dataframe(frame);
    st_frame_destroy(frame);
}

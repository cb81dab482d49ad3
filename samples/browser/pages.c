#include "pages.h"

#include <st.h>

#include <stdlib.h>
#include <unistd.h>

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

// @memo(impure_ok, show_spinner="Loading...")
st_frame *load_data(int rows)
{
    static const char *const names[] = {"a", "b", "c"};
    st_frame *frame = NULL;
    double *values = malloc((size_t)rows * sizeof *values);

    sleep(1); /* it comes from far away */
    if (values && st_frame_create(&frame, (size_t)rows, NULL) == ST_OK) {
        for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
            fill(values, rows, i + 1);
            st_frame_add_doubles(frame, names[i], values, NULL, NULL);
        }
        st_area_chart(frame); /* drawn again when the body is skipped */
    }
    free(values);
    return frame;
}

// @memo(allow_widgets)
int plus_one(int x)
{
    if (!st_checkbox("Nuke the value 💥"))
        return x + 1;
    st_write("Value was nuked, returning 0");
    return 0;
}

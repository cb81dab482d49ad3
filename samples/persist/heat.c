#include "heat.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 20 };

/* One step: every point inside becomes the mean of those around it. */
static void step(double *to, const double *from, int size)
{
    for (int y = 1; y < size - 1; y++) {
        for (int x = 1; x < size - 1; x++) {
            int at = y * size + x;

            to[at] = (from[at - 1] + from[at + 1] + from[at - size] +
                      from[at + size]) /
                     4;
        }
    }
}

static double warm_up(int size, double degrees, long steps)
{
    size_t bytes = (size_t)size * (size_t)size * sizeof(double);
    double *now = malloc(bytes), *next = malloc(bytes);
    double middle = 0;

    for (int i = 0; now && next && i < size * size; i++) {
        int x = i % size, y = i / size;
        int is_edge = x == 0 || y == 0 || x == size - 1 || y == size - 1;

        now[i] = next[i] = is_edge ? degrees : 0;
    }
    for (long i = 0; now && next && i < steps; i++) {
        double *before = now;

        step(next, now, size);
        now = next;
        next = before;
    }
    if (now && next)
        middle = now[size / 2 * size + size / 2];
    free(now);
    free(next);
    return middle;
}

// The next process that asks for the same plate reads the result from the disk.
// @memo(persist="disk")
double heat_plate(int size, double degrees)
{
    return warm_up(size, degrees, 4L * size * size);
}

// So it does with what a function draws.
// @memo(persist="disk")
st_frame *load_data(int size)
{
    double warmth[SAMPLES];
    st_frame *frame = NULL;

    for (int i = 0; i < SAMPLES; i++)
        warmth[i] = warm_up(size, 100, (long)size * size * i / SAMPLES);
    if (st_frame_create(&frame, SAMPLES, NULL) != ST_OK)
        return NULL;
    st_frame_add_doubles(frame, "middle", warmth, NULL, NULL);
    st_line_chart(frame);
    return frame;
}

void draw_page(void *unused)
{
    st_frame *frame;

    (void)unused;
    st_title("A plate warms up");
    frame = load_data(30);
    st_frame_destroy(frame);
}

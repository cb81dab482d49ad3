/* Data frames are taken and returned by their content. */
#include "trap.h"

#include <st/frame.h>

#include <string.h>

static int runs;

/* @memo(impure_ok) */
static st_frame *load(const char *text)
{
    st_frame *frame = NULL;
    st_failure error;
    runs++;
    if (st_frame_from_csv(&frame, text, strlen(text), NULL, &error) != ST_OK)
        return NULL;
    return frame;
}

/* @memo(deref(frame)) */
static double total(const st_frame *frame)
{
    double sum = 0;
    size_t column, row;
    if (!frame)
        return -1;
    for (column = 0; column < st_frame_columns(frame); column++) {
        if (st_frame_type_of(frame, column) != ST_FRAME_INTEGER)
            continue;
        for (row = 0; row < st_frame_rows(frame); row++)
            sum += (double)st_frame_integers(frame, column)[row];
    }
    return sum;
}

/* @memo(deref(frame)) */
static st_frame *with_column(const st_frame *frame, const char *name)
{
    st_frame *copy = NULL;
    int64_t *values = calloc(st_frame_rows(frame) + 1, sizeof *values);
    size_t i;
    for (i = 0; i < st_frame_rows(frame); i++)
        values[i] = (int64_t)(i * i);
    if (st_frame_copy(&copy, frame, NULL) == ST_OK &&
        st_frame_add_integers(copy, name, values, NULL, NULL) != ST_OK) {
        st_frame_destroy(copy);
        copy = NULL;
    }
    free(values);
    return copy;
}

struct report {
    const char *title;
    st_frame *body, *notes;
};

/* @memo(deref(r)) */
static double weigh(const struct report *r)
{
    return (double)strlen(r->title) + total(r->body) * 100 + total(r->notes);
}

static void show(const st_frame *frame)
{
    size_t column, row, size = 0;
    if (!frame) {
        printf("no frame\n");
        return;
    }
    for (column = 0; column < st_frame_columns(frame); column++) {
        printf("%s:", st_frame_name(frame, column));
        for (row = 0; row < st_frame_rows(frame); row++) {
            if (st_frame_is_null(frame, column, row))
                printf(" -");
            else if (st_frame_type_of(frame, column) == ST_FRAME_TEXT) {
                const char *text = st_frame_text(frame, column, row, &size);
                printf(" '%.*s'", (int)size, text);
            } else
                printf(" %ld", (long)st_frame_integers(frame, column)[row]);
        }
        printf("\n");
    }
}

static void use(const char *text)
{
    st_frame *frame = load(text), *again = load(text), *more;
    struct report report;
    show(frame);
    printf("%d %d %g\n", frame && frame == again, st_frame_equal(frame, again),
           total(frame));
    if (!frame)
        return;
    more = with_column(again, "squares");
    show(more);
    report.title = "all";
    report.body = more;
    report.notes = NULL;
    printf("%g %g\n", total(more), weigh(&report));
    report.notes = frame;
    printf("%g\n", weigh(&report));
    /* What one caller does to its frame, no other sees. */
    st_frame_set_index(frame, st_frame_name(frame, 0), NULL);
    st_frame_destroy(again);
    again = load(text);
    printf("%d %d\n", st_frame_index(again) == ST_FRAME_NONE,
           st_frame_equal(frame, again));
    st_frame_destroy(frame);
    st_frame_destroy(again);
    st_frame_destroy(more);
}

int main(void)
{
    static const char *const texts[] = {"n,word\n1,a\n2,\n-7,\"b \"\"c\"\"\"\n",
                                        "n\n", "a,b\n1\n",
                                        "when\n2024-02-29\n"};
    int round, i;
    for (round = 0; round < 3; round++) {
        for (i = 0; i < 4; i++)
            use(texts[i]);
    }
    /* A text that cannot be read gives NULL, which is not kept. */
    TRAP_HITS(load, 24);
    TRAP_HITS(with_column, 6);
    TRAP_HITS(weigh, 12);
    return 0;
}

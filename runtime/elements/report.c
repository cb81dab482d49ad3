/* report.c -- st_cache_report(). */
#include "st/report.h"

#include "elements/fail.h"
#include "elements/message.h"
#include "memo.h"
#include "st/elements.h"
#include "st/frame.h"

#include <stdlib.h>
#include <string.h>

/* One row; its name is the report's. */
typedef struct {
    char *name;
    memo_stats stats;
} row;

typedef struct {
    row *rows;
    size_t count, capacity;
    bool has_no_memory;
} report;

static int add_row(void *context, const memo_function_info *info)
{
    report *r = context;

    if (r->count == r->capacity) {
        size_t capacity = 2 * r->capacity + 16;
        row *rows = realloc(r->rows, capacity * sizeof *rows);

        if (!rows) {
            r->has_no_memory = true;
            return 1;
        }
        r->rows = rows;
        r->capacity = capacity;
    }
    r->rows[r->count] = (row){strdup(info->name), info->stats};
    if (!r->rows[r->count].name) {
        r->has_no_memory = true;
        return 1;
    }
    r->count++;
    return 0;
}

/* ---- columns ------------------------------------------------------------- */

static double seconds(memo_u64 ns)
{
    return (double)ns / 1e9;
}

/* How long a body takes, of those that ran. */
static double mean_seconds(const memo_stats *stats)
{
    memo_u64 ran = stats->calls - stats->hits;

    return ran > 0 ? seconds(stats->total_ns) / (double)ran : 0;
}

static double share_of_hits(const memo_stats *stats)
{
    return stats->calls > 0 ? (double)stats->hits / (double)stats->calls : 0;
}

static double saved_seconds(const memo_stats *stats)
{
    return (double)stats->hits * mean_seconds(stats);
}

static double age_seconds(const memo_stats *stats)
{
    return seconds(stats->age_ns);
}

typedef struct {
    st_frame *frame;
    const report *of;
    int64_t *integers; /* room for a column */
    double *doubles;
    st_status status;
} table;

static void add_integers(table *t, const char *name, size_t offset)
{
    for (size_t i = 0; i < t->of->count; i++) {
        memo_u64 count;

        memcpy(&count, (const char *)&t->of->rows[i].stats + offset,
               sizeof count);
        t->integers[i] = (int64_t)count;
    }
    if (t->status == ST_OK)
        t->status =
            st_frame_add_integers(t->frame, name, t->integers, NULL, NULL);
}

static void add_doubles(table *t, const char *name,
                        double (*number)(const memo_stats *stats))
{
    for (size_t i = 0; i < t->of->count; i++)
        t->doubles[i] = number(&t->of->rows[i].stats);
    if (t->status == ST_OK)
        t->status =
            st_frame_add_doubles(t->frame, name, t->doubles, NULL, NULL);
}

static void add_names(table *t)
{
    const char **names = calloc(t->of->count + 1, sizeof *names);

    for (size_t i = 0; names && i < t->of->count; i++)
        names[i] = t->of->rows[i].name;
    t->status =
        names ? st_frame_add_texts(t->frame, "function", names, NULL, NULL)
              : ST_NO_MEMORY;
    free(names);
}

/* Reasons that no call had would be columns of zeros. */
static bool has_reason(const report *of, int reason)
{
    for (size_t i = 0; i < of->count; i++) {
        if (of->rows[i].stats.reasons[reason] > 0)
            return true;
    }
    return false;
}

static void add_reasons(table *t)
{
    for (int reason = MEMO_HIT + 1; reason < MEMO_REASON_COUNT; reason++) {
        if (has_reason(t->of, reason))
            add_integers(t, memo_reason_text((memo_reason)reason),
                         offsetof(memo_stats, reasons) +
                             (size_t)reason * sizeof(memo_u64));
    }
}

/* The table, or what the chart shows of it.
 * Errors: NULL: out of memory. */
static st_frame *make_frame(const report *of, bool is_chart)
{
    table t = {.of = of,
               .integers = calloc(of->count + 1, sizeof(int64_t)),
               .doubles = calloc(of->count + 1, sizeof(double))};

    if (!t.integers || !t.doubles ||
        st_frame_create(&t.frame, of->count, NULL) != ST_OK) {
        free(t.integers);
        free(t.doubles);
        return NULL;
    }
    add_names(&t);
    if (!is_chart) {
        add_integers(&t, "calls", offsetof(memo_stats, calls));
        add_doubles(&t, "hit ratio", share_of_hits);
    }
    add_integers(&t, "hits", offsetof(memo_stats, hits));
    add_integers(&t, "misses", offsetof(memo_stats, misses));
    if (!is_chart) {
        add_reasons(&t);
        add_integers(&t, "entries", offsetof(memo_stats, entries));
        add_integers(&t, "bytes", offsetof(memo_stats, bytes));
        add_doubles(&t, "age, s", age_seconds);
        add_doubles(&t, "mean run, s", mean_seconds);
        add_doubles(&t, "saved, s", saved_seconds);
    }
    free(t.integers);
    free(t.doubles);
    if (t.status == ST_OK)
        return t.frame;
    st_frame_destroy(t.frame);
    return NULL;
}

/* ---- drawing ------------------------------------------------------------- */

static void draw(const report *of, st_handle in)
{
    st_frame *all = make_frame(of, false), *few = make_frame(of, true);

    if (all && few) {
        st_dataframe(all, .in = in);
        st_bar_chart(few, .x = "function", .in = in);
    } else {
        st_complain(in, "MemoryError",
                    "There is no memory to show what is memoized.");
    }
    st_frame_destroy(all);
    st_frame_destroy(few);
}

ST_EXPORT void st_draw_cache_report(const struct st_cache_report *arguments)
{
    report of = {0};

    if (!st_is_drawing())
        return;
    st_keep_nothing();
    memo_each_function(add_row, &of);
    if (of.count > 0)
        draw(&of, arguments->in);
    else
        st_caption("No memoized function was called yet.", .in = arguments->in);
    for (size_t i = 0; i < of.count; i++)
        free(of.rows[i].name);
    free(of.rows);
}

#include "cache/arrow_format.h"

#include <limits.h>

/* ---- formats without parameters ------------------------------------------ */

struct simple {
    const char *format;
    memo_arrow_kind kind;
    signed char width;
    signed char children;
    bool is_index, is_signed;
};

#define INDEX(format, width, is_signed)                                        \
    {                                                                          \
        format, MEMO_ARROW_FIXED, width, 0, true, is_signed                    \
    }
#define FIXED(format, width)                                                   \
    {                                                                          \
        format, MEMO_ARROW_FIXED, width, 0, false, false                       \
    }
#define OTHER(format, kind, width, children)                                   \
    {                                                                          \
        format, MEMO_ARROW_##kind, width, children, false, false               \
    }

static const struct simple simple_formats[] = {
    OTHER("n", NULL, 0, 0),
    OTHER("b", BOOL, 0, 0),
    INDEX("c", 1, true),
    INDEX("C", 1, false),
    INDEX("s", 2, true),
    INDEX("S", 2, false),
    INDEX("i", 4, true),
    INDEX("I", 4, false),
    INDEX("l", 8, true),
    INDEX("L", 8, false),
    FIXED("e", 2),
    FIXED("f", 4),
    FIXED("g", 8),
    OTHER("z", BINARY, 4, 0),
    OTHER("u", BINARY, 4, 0),
    OTHER("Z", BINARY, 8, 0),
    OTHER("U", BINARY, 8, 0),
    OTHER("vz", VIEW, 0, 0),
    OTHER("vu", VIEW, 0, 0),
    FIXED("tdD", 4),
    FIXED("tdm", 8),
    FIXED("tts", 4),
    FIXED("ttm", 4),
    FIXED("ttu", 8),
    FIXED("ttn", 8),
    FIXED("tDs", 8),
    FIXED("tDm", 8),
    FIXED("tDu", 8),
    FIXED("tDn", 8),
    FIXED("tiM", 4),
    FIXED("tiD", 8),
    FIXED("tin", 16),
    OTHER("+l", LIST, 4, 1),
    OTHER("+L", LIST, 8, 1),
    OTHER("+m", LIST, 4, 1),
    OTHER("+vl", LIST_VIEW, 4, 1),
    OTHER("+vL", LIST_VIEW, 8, 1),
    OTHER("+s", STRUCT, 0, -1),
    OTHER("+r", RUNS, 0, 2),
};

static bool read_simple(memo_arrow_layout *out, const char *format)
{
    for (size_t i = 0; i < sizeof simple_formats / sizeof *simple_formats;
         i++) {
        const struct simple *simple = &simple_formats[i];

        if (strcmp(format, simple->format) != 0)
            continue;
        out->kind = simple->kind;
        out->width = simple->width;
        out->children = simple->children;
        out->is_index = simple->is_index;
        out->is_signed = simple->is_signed;
        out->is_map = strcmp(format, "+m") == 0;
        return true;
    }
    return false;
}

/* ---- formats with parameters --------------------------------------------- */

static bool skip_text(const char **at, const char *text)
{
    size_t length = strlen(text);

    if (strncmp(*at, text, length) != 0)
        return false;
    *at += length;
    return true;
}

/* Decimal digits up to `most`; NULL when there are none or too many. */
static const char *read_number(int64_t *out, const char *at, int64_t most)
{
    *out = 0;
    if (*at < '0' || *at > '9')
        return NULL;
    for (; *at >= '0' && *at <= '9'; at++) {
        *out = *out * 10 + (*at - '0');
        if (*out > most)
            return NULL;
    }
    return at;
}

/* "19,10" or "19,10,256" */
static bool read_decimal(memo_arrow_layout *out, const char *at)
{
    int64_t precision, scale, bits = 128;

    at = read_number(&precision, at, 76);
    if (!at || precision == 0 || *at++ != ',')
        return false;
    if (*at == '-')
        at++;
    at = read_number(&scale, at, INT32_MAX);
    if (at && *at == ',')
        at = read_number(&bits, at + 1, 256);
    if (!at || *at != '\0')
        return false;
    out->kind = MEMO_ARROW_FIXED;
    out->width = bits / 8;
    switch (bits) {
    case 32:
        return precision <= 9;
    case 64:
        return precision <= 18;
    case 128:
        return precision <= 38;
    default:
        return bits == 256;
    }
}

/* "4,5": distinct numbers below 128 */
static bool read_ids(memo_arrow_layout *out, const char *at)
{
    bool is_seen[MEMO_ARROW_MEMBERS] = {false};
    int64_t id;

    out->ids = at;
    out->children = 0;
    if (*at == '\0')
        return true;
    for (;;) {
        at = read_number(&id, at, MEMO_ARROW_MEMBERS - 1);
        if (!at || is_seen[id])
            return false;
        is_seen[id] = true;
        out->children++;
        if (*at == '\0')
            return true;
        if (*at++ != ',')
            return false;
    }
}

/* A number up to the end. */
static bool read_size(int64_t *out, const char *at)
{
    at = read_number(out, at, INT32_MAX);
    return at && *at == '\0';
}

static bool read_parameters(memo_arrow_layout *out, const char *at)
{
    out->children = 0;
    if (skip_text(&at, "d:"))
        return read_decimal(out, at);
    if (skip_text(&at, "w:")) {
        out->kind = MEMO_ARROW_FIXED;
        return read_size(&out->width, at);
    }
    if (skip_text(&at, "+w:")) {
        out->kind = MEMO_ARROW_FIXED_LIST;
        out->children = 1;
        return read_size(&out->count, at);
    }
    if (skip_text(&at, "ts")) {
        out->kind = MEMO_ARROW_FIXED;
        out->width = 8;
        return *at != '\0' && strchr("smun", *at) && at[1] == ':';
    }
    if (skip_text(&at, "+us:")) {
        out->kind = MEMO_ARROW_SPARSE;
        return read_ids(out, at);
    }
    if (skip_text(&at, "+ud:")) {
        out->kind = MEMO_ARROW_DENSE;
        return read_ids(out, at);
    }
    return false;
}

bool memo_arrow_layout_read(memo_arrow_layout *out, const char *format)
{
    static const signed char buffers[] = {
        [MEMO_ARROW_NULL] = 0,      [MEMO_ARROW_BOOL] = 2,
        [MEMO_ARROW_FIXED] = 2,     [MEMO_ARROW_BINARY] = 3,
        [MEMO_ARROW_VIEW] = 3,      [MEMO_ARROW_LIST] = 2,
        [MEMO_ARROW_LIST_VIEW] = 3, [MEMO_ARROW_FIXED_LIST] = 1,
        [MEMO_ARROW_STRUCT] = 1,    [MEMO_ARROW_SPARSE] = 1,
        [MEMO_ARROW_DENSE] = 2,     [MEMO_ARROW_RUNS] = 0,
    };

    memset(out, 0, sizeof *out);
    if (!read_simple(out, format) && !read_parameters(out, format))
        return false;
    out->buffers = buffers[out->kind];
    out->has_validity =
        out->kind != MEMO_ARROW_NULL && out->kind != MEMO_ARROW_SPARSE &&
        out->kind != MEMO_ARROW_DENSE && out->kind != MEMO_ARROW_RUNS;
    return true;
}

int memo_arrow_union_id(const memo_arrow_layout *layout, int64_t child)
{
    const char *at = layout->ids;
    int64_t id = -1;

    if (child < 0 || child >= layout->children)
        return -1;
    for (int64_t i = 0; i <= child; i++)
        at = read_number(&id, at, MEMO_ARROW_MEMBERS - 1) + 1;
    return (int)id;
}

/* ---- items of buffers ---------------------------------------------------- */

int64_t memo_arrow_equal_bits(const void *bitmap, int64_t at, int64_t count)
{
    const unsigned char *bytes = bitmap;
    unsigned same = memo_arrow_bit(bitmap, at) ? UCHAR_MAX : 0;
    int64_t done = 0;

    while (done < count) {
        int64_t bit = at + done;
        unsigned others = (bytes[bit >> 3] ^ same) >> (bit & 7);

        if (others != 0) {
            done += __builtin_ctz(others);
            break;
        }
        done += 8 - (bit & 7);
    }
    return done < count ? done : count;
}

int64_t memo_arrow_find_run(const struct ArrowArray *ends, int64_t width,
                            int64_t at)
{
    int64_t low = 0;
    int64_t high = ends->length - 1;

    while (low < high) {
        int64_t middle = low + (high - low) / 2;

        if (memo_arrow_run_end(ends, width, middle) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* arrow_codec.c -- Arrow's structs as a type of values. */
#include "cache/arrow.h"
#include "cache/sink.h"
#include "memo/generated.h"

#include "base/export.h"

/* What generated code puts side by side. */
struct pair {
    struct ArrowSchema schema;
    struct ArrowArray array; /* released: the schema alone */
};

/* What the pair is, before what it holds. */
enum { NOTHING, SOMETHING };

struct to_sink {
    memo_arrow_sink arrow;
    memo_sink *sink;
};

/* In parts that a sink which folds takes as they are: what it makes of equal
 * bytes must not depend on how they come. */
static bool put(memo_arrow_sink *to, const void *bytes, size_t size)
{
    memo_sink *sink = ((struct to_sink *)to)->sink;
    const unsigned char *from = bytes;

    while (size > 0 && !memo_sink_is_full(sink)) {
        size_t part =
            sink->grows || size < MEMO_SINK_LEAST ? size : MEMO_SINK_LEAST;

        memo_sink_put(sink, from, part);
        from += part;
        size -= part;
    }
    return !memo_sink_is_full(sink);
}

static int write_pair(const void *object, void *sink)
{
    const struct pair *pair = object;
    struct to_sink to = {{put}, sink};

    if (!pair->schema.release) {
        memo_sink_put_length(sink, NOTHING);
        return !pair->array.release;
    }
    memo_sink_put_length(sink, SOMETHING);
    return memo_arrow_write(&to.arrow, &pair->schema,
                            pair->array.release ? &pair->array : NULL, NULL);
}

static const unsigned char *read_pair(void *object, const unsigned char *bytes,
                                      const unsigned char *end, memo_u64 budget)
{
    struct pair *pair = object;
    memo_arrow_source source = {.bytes = bytes + 1,
                                .budget = budget < SIZE_MAX ? (size_t)budget
                                                            : SIZE_MAX};

    if (bytes == end || *bytes > SOMETHING)
        return NULL;
    if (*bytes == NOTHING)
        return bytes + 1;
    source.size = (size_t)(end - source.bytes);
    return memo_arrow_decode(&pair->schema, &pair->array, &source, NULL);
}

static void release_pair(void *object)
{
    struct pair *pair = object;

    memo_arrow_release(&pair->schema, &pair->array);
}

MEMO_EXPORT const struct memo_codec memo_arrow_codec = {
    .release = release_pair, .write = write_pair, .read = read_pair};

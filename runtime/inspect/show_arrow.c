#include "inspect/show_arrow.h"

#include "memo/arrow.h"
#include "memo/generated.h"

#include <string.h>

/* Memory for what few bytes can stand for much of. */
#define LEAST_BUDGET ((uint64_t)16 << 20)
#define BYTES_FOR_A_BYTE 16

/* As the codec has it. */
struct pair {
    struct ArrowSchema schema;
    struct ArrowArray array;
};

static void show_pair(memo_show_out *out, const struct pair *pair)
{
    long long rows = pair->array.length;
    long long columns = pair->schema.n_children;

    if (!pair->schema.release)
        memo_show_null(out);
    else if (strcmp(pair->schema.format, "+s") != 0)
        memo_show_note(out, "<column of %lld rows, format %.40s>", rows,
                       pair->schema.format);
    else if (pair->array.release)
        memo_show_note(out, "<table of %lld columns, %lld rows>", columns,
                       rows);
    else
        memo_show_note(out, "<schema of %lld columns>", columns);
}

const unsigned char *memo_show_arrow(memo_show_out *out,
                                     const unsigned char *at,
                                     const unsigned char *end)
{
    const struct memo_codec *codec = &memo_arrow_codec;
    uint64_t budget = LEAST_BUDGET + BYTES_FOR_A_BYTE * (uint64_t)(end - at);
    struct pair pair;

    memset(&pair, 0, sizeof pair);
    at = codec->read(&pair, at, end, budget);
    if (at && out)
        show_pair(out, &pair);
    codec->release(&pair);
    return at;
}

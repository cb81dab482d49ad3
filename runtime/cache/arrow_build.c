/* arrow_build.c -- canonical bytes as fresh Arrow structs: bytes, schemas. */
#include "cache/arrow_build.h"

#include "base/bytes.h"
#include "cache/arrow_format.h"

#include <stdlib.h>

enum { ALIGNMENT = 64, FLAGS_BYTES = 8 };

/* ---- bytes --------------------------------------------------------------- */

bool memo_arrow_bad_bytes(const memo_arrow_input *input)
{
    return MEMO_ARROW_BAD(&input->place, "the bytes are malformed");
}

const unsigned char *memo_arrow_take(memo_arrow_input *input, uint64_t size)
{
    const unsigned char *bytes = input->at;

    if (size > (uint64_t)(input->end - input->at)) {
        MEMO_ARROW_BAD(&input->place, "the bytes end too early");
        return NULL;
    }
    input->at += size;
    return bytes;
}

bool memo_arrow_take_flag(memo_arrow_input *input, bool *out)
{
    const unsigned char *byte = memo_arrow_take(input, 1);

    if (!byte)
        return false;
    *out = *byte == 1;
    return *byte <= 1 || memo_arrow_bad_bytes(input);
}

bool memo_arrow_take_count(memo_arrow_input *input, int64_t *out)
{
    const unsigned char *bytes = memo_arrow_take(input, sizeof *out);

    if (!bytes)
        return false;
    memcpy(out, bytes, sizeof *out);
    return *out >= 0 || memo_arrow_bad_bytes(input);
}

static bool take_length(memo_arrow_input *input, uint64_t *out)
{
    const unsigned char *at = memo_get_length(out, input->at, input->end);

    if (!at)
        return memo_arrow_bad_bytes(input);
    input->at = at;
    return true;
}

void *memo_arrow_spend(memo_arrow_input *input, size_t size)
{
    size_t whole = size + (ALIGNMENT - size % ALIGNMENT) % ALIGNMENT;
    void *block;

    if (whole < size || whole > input->budget) {
        memo_arrow_refuse(&input->place, MEMO_ARROW_TOO_LARGE,
                          "it takes more memory than the budget allows");
        return NULL;
    }
    block = aligned_alloc(ALIGNMENT, whole);
    if (!block) {
        memo_arrow_refuse(&input->place, MEMO_ARROW_NO_MEMORY, "out of memory");
        return NULL;
    }
    input->budget -= whole;
    return block;
}

/* ---- schemas ------------------------------------------------------------- */

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
    }
    if (schema->dictionary && schema->dictionary->release)
        schema->dictionary->release(schema->dictionary);
    free(schema->private_data);
    schema->release = NULL;
}

struct text {
    const unsigned char *bytes;
    uint64_t size;
};

/* What stands before the children of a schema. */
struct schema_head {
    struct text format, name, metadata;
    int64_t flags;
    uint64_t children;
    bool has_dictionary;
};

static bool take_text(memo_arrow_input *input, struct text *out)
{
    if (!take_length(input, &out->size))
        return false;
    out->bytes = memo_arrow_take(input, out->size);
    return out->bytes != NULL;
}

static bool take_head(memo_arrow_input *input, struct schema_head *out)
{
    const unsigned char *flags;

    if (!take_text(input, &out->format) || !take_text(input, &out->name) ||
        !take_text(input, &out->metadata))
        return false;
    flags = memo_arrow_take(input, FLAGS_BYTES);
    if (!flags)
        return false;
    memcpy(&out->flags, flags, FLAGS_BYTES);
    if (!take_length(input, &out->children) ||
        !memo_arrow_take_flag(input, &out->has_dictionary))
        return false;
    /* A schema takes bytes, so none of these counts can be large. */
    if (out->children > (uint64_t)(input->end - input->at))
        return MEMO_ARROW_BAD(&input->place, "the bytes end too early");
    if ((out->format.size > 0 &&
         memchr(out->format.bytes, 0, (size_t)out->format.size)) ||
        (out->name.size > 0 &&
         memchr(out->name.bytes, 0, (size_t)out->name.size)))
        return memo_arrow_bad_bytes(input);
    return out->metadata.size <= INT32_MAX || memo_arrow_bad_bytes(input);
}

static char *put_text(unsigned char **at, const struct text *text)
{
    unsigned char *begin = *at;

    *at = memo_put_bytes(begin, text->bytes, (size_t)text->size);
    *(*at)++ = '\0';
    return (char *)begin;
}

/* The block of a schema: children, dictionary, pointers to the children, then
 * the texts. */
static bool make_schema(memo_arrow_input *input, struct ArrowSchema *out,
                        const struct schema_head *head)
{
    size_t structs = (size_t)head->children + head->has_dictionary;
    size_t size = structs * sizeof(struct ArrowSchema) +
                  (size_t)head->children * sizeof(struct ArrowSchema *);
    struct ArrowSchema *children;
    unsigned char *at;

    size += (size_t)(head->format.size + head->name.size + head->metadata.size);
    children = memo_arrow_spend(input, size + 3);
    if (!children)
        return false;
    memset(children, 0, structs * sizeof *children);
    out->children = (struct ArrowSchema **)(children + structs);
    for (size_t i = 0; i < head->children; i++)
        out->children[i] = &children[i];
    at = (unsigned char *)(out->children + head->children);
    /* The numbers in metadata are aligned for those who expect it. */
    out->metadata = put_text(&at, &head->metadata);
    out->format = put_text(&at, &head->format);
    out->name = put_text(&at, &head->name);
    out->flags = head->flags;
    out->n_children = (int64_t)head->children;
    if (head->has_dictionary)
        out->dictionary = &children[head->children];
    out->private_data = children;
    out->release = release_schema;
    return true;
}

/* Is the metadata as long as it says?  None is NULL. */
static bool settle_metadata(memo_arrow_input *input, struct ArrowSchema *schema,
                            const struct text *metadata)
{
    if (metadata->size == 0)
        schema->metadata = NULL;
    return memo_arrow_metadata_bytes(schema->metadata,
                                     (int64_t)metadata->size) ==
               (int64_t)metadata->size ||
           memo_arrow_bad_bytes(input);
}

static bool build_below(memo_arrow_input *input, struct ArrowSchema *out,
                        int64_t step)
{
    bool is_built;

    if (!memo_arrow_enter(&input->place, step))
        return false;
    is_built = memo_arrow_build_schema(input, out);
    memo_arrow_leave(&input->place);
    return is_built;
}

bool memo_arrow_build_schema(memo_arrow_input *input, struct ArrowSchema *out)
{
    struct schema_head head;

    memset(out, 0, sizeof *out);
    if (++input->nodes > MEMO_ARROW_NODES)
        return memo_arrow_bad_bytes(input);
    if (!take_head(input, &head) || !make_schema(input, out, &head) ||
        !settle_metadata(input, out, &head.metadata))
        return false;
    for (int64_t i = 0; i < out->n_children; i++) {
        if (!build_below(input, out->children[i], i))
            return false;
    }
    return !out->dictionary ||
           build_below(input, out->dictionary, MEMO_ARROW_OF_DICTIONARY);
}

/* ---- pairs --------------------------------------------------------------- */

static bool build_pair(memo_arrow_input *input, struct ArrowSchema *schema,
                       struct ArrowArray *array)
{
    const unsigned char *form = memo_arrow_take(input, 1);
    bool has_array;
    int64_t length;

    if (!form || *form != MEMO_ARROW_FORM)
        return memo_arrow_bad_bytes(input);
    if (!memo_arrow_build_schema(input, schema) ||
        !memo_arrow_check(schema, NULL, input->place.reason) ||
        !memo_arrow_take_flag(input, &has_array))
        return false;
    if (!has_array)
        return true;
    return memo_arrow_take_count(input, &length) &&
           memo_arrow_build_array(input, array, schema, length) &&
           memo_arrow_check(schema, array, input->place.reason);
}

const unsigned char *memo_arrow_decode(struct ArrowSchema *schema,
                                       struct ArrowArray *array,
                                       const memo_arrow_source *source,
                                       memo_arrow_reason *reason)
{
    memo_arrow_input input;

    input.place.reason = reason;
    input.place.depth = 0;
    input.at = source->bytes;
    input.end = source->bytes + source->size;
    input.budget = source->budget;
    input.nodes = 0;
    memset(schema, 0, sizeof *schema);
    memset(array, 0, sizeof *array);
    if (build_pair(&input, schema, array))
        return input.at;
    memo_arrow_release(schema, array);
    return NULL;
}

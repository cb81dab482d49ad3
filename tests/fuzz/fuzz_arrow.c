/* fuzz_arrow.c -- Arrow structs from bytes, and structs that lie.
 *
 * An input is canonical bytes (of memo_arrow_write()) that were changed, or a
 * script that makes a good pair and then changes it: neither may crash, read
 * beyond a buffer, leak, or break what cache/arrow.h promises.
 */
#include "fuzz/driver.h"

#include "runtime/cache/arrow_layout.h"

enum { BUDGET = 1 << 20, LIMIT = 1 << 20 };

/* The first byte says what the others are; texts cannot hold zeros, so those of
 * bytes are written as '.', and '.' is not. */
const char *const fuzz_seeds[] = {
    "bA\001i..\002.........\001\002.......\001\001\007.\001.....",
    "bA\001u............\001\002........\001...\003...abc",
    "bA\002+l..........\001.\001c............\001\002........\001...\003...."
    "abc",
    "bA\002+s..........\002.\001b............\002vu............\001\002......."
    "\001\001.\001\001\001\016.......abcdefghijklmn",
    "bA\007+ud:1,2..........\002.\001n............\001c............\001\003...."
    "...\001\002\001.a",
    "bA\007+us:1,2..........\002.\001n............\001c............\001\002...."
    "...\001\002..a",
    "bA\002+r..........\002.\001s............\001c............\001\005......."
    "\002.......\002.\005..ab",
    "bA\003+vl..........\001.\001c............\001\002........\001...\002...."
    "abc",
    "bA\001C...........\001\001z............\001\003.........\001.\002........"
    "\001...\003...abc",
    "bA\004+w:2..........\001.\001c............\001\002.......\001\001.ab..",
    "bA\002+m..........\001.\002+s..........\002.\001u............\001i........"
    "....\001\001........\001.....\001...k.\011...",
    "s0 a script",
    "s1 another one",
    "s22",
    "s333",
    "s4 and more of it",
    "",
    NULL,
};

const char *const fuzz_words[] = {
    "b",
    "s",
    "A",
    "\1i",
    "\1n",
    "\2+s",
    "\2+l",
    "\4+w:9",
    "\2vu",
    "\3+vl",
    "\2+r",
    "\6+ud:0,",
    "\6+us:1,",
    "\1.",
    "....",
    "........",
    "\377\377\377\377",
    "\377\377\377\177",
    "\200",
    "\377",
    "\1",
    "\2",
    NULL,
};

/* ---- bytes --------------------------------------------------------------- */

static memo_arrow_buffer encode(const struct ArrowSchema *schema,
                                const struct ArrowArray *array)
{
    memo_arrow_buffer buffer = {.limit = LIMIT};
    memo_arrow_reason reason;

    if (!memo_arrow_append(&buffer, schema, array, &reason)) {
        FUZZ_CHECK(buffer.size == 0);
        FUZZ_CHECK(reason.text[0] != '\0' && !strchr(reason.text, '\n'));
    }
    return buffer;
}

/* What was decoded is sound, and its own bytes are a fixed point. */
static void check_decoded(const struct ArrowSchema *schema,
                          const struct ArrowArray *array)
{
    const struct ArrowArray *present = array->release ? array : NULL;
    memo_arrow_buffer first, second;
    memo_arrow_source source;
    struct ArrowSchema again;
    struct ArrowArray array_again;

    FUZZ_CHECK(memo_arrow_check(schema, present, NULL));
    first = encode(schema, present);
    if (first.size > 0) {
        source = (memo_arrow_source){first.bytes, first.size, (size_t)-1 / 2};
        FUZZ_CHECK(memo_arrow_decode(&again, &array_again, &source, NULL) ==
                   first.bytes + first.size);
        second = encode(&again, array_again.release ? &array_again : NULL);
        FUZZ_CHECK(first.size == second.size);
        FUZZ_CHECK(memcmp(first.bytes, second.bytes, first.size) == 0);
        memo_arrow_release(&again, &array_again);
        free(second.bytes);
    }
    free(first.bytes);
}

static void try_bytes(const unsigned char *bytes, size_t size)
{
    memo_arrow_source source = {bytes, size, BUDGET};
    struct ArrowSchema schema;
    struct ArrowArray array;
    memo_arrow_reason reason;
    const unsigned char *end =
        memo_arrow_decode(&schema, &array, &source, &reason);

    if (!end) {
        FUZZ_CHECK(!schema.release && !array.release);
        FUZZ_CHECK(reason.text[0] != '\0');
        return;
    }
    FUZZ_CHECK(end > bytes && end <= bytes + size);
    check_decoded(&schema, &array);
    memo_arrow_release(&schema, &array);
}

/* ---- structs ------------------------------------------------------------- */

static const int64_t odd_numbers[] = {
    0, -1, 1, 2, 7, 1 << 20, INT32_MAX, INT64_MAX, INT64_MIN, INT64_MAX - 1,
};

static int64_t draw_number(uint64_t *state)
{
    return odd_numbers[random_below(state,
                                    sizeof odd_numbers / sizeof *odd_numbers)];
}

static struct ArrowSchema *pick_schema(uint64_t *state,
                                       struct ArrowSchema *schema,
                                       struct ArrowArray **array)
{
    while (schema->n_children > 0 && random_below(state, 3) > 0) {
        size_t child = random_below(state, (size_t)schema->n_children);

        schema = schema->children[child];
        *array = (*array)->children[child];
    }
    if (schema->dictionary && random_below(state, 2)) {
        schema = schema->dictionary;
        *array = (*array)->dictionary;
    }
    return schema;
}

/* Something that must be noticed, or at least be harmless.  No change makes a
 * buffer, or a list of children, smaller than what is said of it: nobody can
 * notice that. */
static void spoil(uint64_t *state, struct ArrowSchema *schema,
                  struct ArrowArray *array)
{
    static const char *const formats[] = {"", "q", "+l", "+s", "n", NULL};

    schema = pick_schema(state, schema, &array);
    switch (random_below(state, 12)) {
    case 0:
        array->length = -1 - (int64_t)random_below(state, 9);
        break;
    case 1:
        array->length -= array->length > 0;
        break;
    case 2:
        array->null_count = draw_number(state);
        break;
    case 3:
        array->offset = -1;
        break;
    case 4:
        array->n_buffers = (int64_t)random_below(state, 3);
        break;
    case 5:
        array->n_children = draw_number(state);
        break;
    case 6:
        if (array->n_buffers > 0)
            array->buffers[random_below(state, (size_t)array->n_buffers)] =
                NULL;
        break;
    case 7:
        array->release = NULL;
        break;
    case 8:
        schema->release = NULL;
        break;
    case 9:
        schema->format = formats[random_below(state, 6)];
        break;
    case 10:
        schema->n_children =
            schema->n_children > 0
                ? (int64_t)random_below(state, (size_t)schema->n_children)
                : INT64_MIN;
        break;
    default:
        schema->dictionary = random_below(state, 2) ? NULL : schema;
        break;
    }
}

/* A buffer's size, where it is known well enough to change the bytes in it:
 * offsets, sizes and ids of the items. */
static void spoil_buffer(uint64_t *state, struct ArrowSchema *schema,
                         struct ArrowArray *array)
{
    int64_t items;
    memo_arrow_layout layout;
    size_t buffer;
    unsigned char *bytes;

    schema = pick_schema(state, schema, &array);
    memo_arrow_layout_read(&layout, schema->format);
    items = array->length + array->offset;
    buffer = layout.kind == MEMO_ARROW_SPARSE ? 0 : 1;
    if (layout.kind == MEMO_ARROW_FIXED)
        items *= layout.width;
    else if (layout.kind == MEMO_ARROW_VIEW)
        items *= MEMO_ARROW_VIEW_BYTES;
    else if (layout.kind == MEMO_ARROW_DENSE)
        items *= 4;
    else if (layout.width > 0)
        items *= layout.width;
    else if (layout.kind != MEMO_ARROW_SPARSE)
        return;
    if (items <= 0 || layout.kind == MEMO_ARROW_BINARY)
        return; /* the size of its data is what its offsets say */
    memcpy(&bytes, &array->buffers[buffer], sizeof bytes);
    bytes[random_below(state, (size_t)items)] ^=
        (unsigned char)(1 << random_below(state, 8));
}

static void try_script(const unsigned char *bytes, size_t size)
{
    struct arena arena = {0};
    uint64_t state = memo_hash_stable(bytes, size).low;
    struct ArrowSchema *schema = draw_schema(&arena, &state, 4);
    struct column *column =
        draw_column(&arena, &state, schema, (int64_t)random_below(&state, 9));
    struct ArrowArray *array = lay_out_column(&arena, &state, column, false);
    memo_arrow_buffer buffer = encode(schema, array);

    FUZZ_CHECK(buffer.size > 0);
    free(buffer.bytes);
    if (random_below(&state, 2))
        spoil_buffer(&state, schema, array);
    else
        spoil(&state, schema, array);
    buffer = encode(schema, array);
    FUZZ_CHECK(memo_arrow_check(schema, array, NULL) || buffer.size == 0);
    free(buffer.bytes);
    arena_finish(&arena);
}

/* NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *bytes;

    if (size == 0)
        return 0;
    if (*data != 'b') {
        try_script(data, size);
        return 0;
    }
    bytes = malloc(size);
    if (!bytes)
        return 0;
    for (size_t i = 1; i < size; i++)
        bytes[i - 1] = data[i] == '.' ? 0 : data[i];
    try_bytes(bytes, size - 1);
    free(bytes);
    return 0;
}

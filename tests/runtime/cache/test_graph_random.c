/* Values of types that are made up at random: what comes out of the bytes is
 * what went in, and every field is in the key. */
#include "cache/graph.h"

#include "../../support/random.h"
#include "deep_types.h"

#include <check.h>

Suite *memo_test_suite(void);

enum { TYPES = 40, MOST_FIELDS = 6, MOST_PIECES = 400, COUNTS = 4 };

/* Every struct begins with this: what lengths are computed from, and a word of
 * bit-fields. */
struct head {
    uint32_t counts[COUNTS];
    uint32_t bits;
};

static memo_u64 count_0(const void *object)
{
    return ((const struct head *)object)->counts[0];
}

static memo_u64 count_1(const void *object)
{
    return ((const struct head *)object)->counts[1];
}

static memo_u64 count_2(const void *object)
{
    return (memo_u64)((const struct head *)object)->counts[0] *
           ((const struct head *)object)->counts[2];
}

static memo_u64 count_tail(const void *object)
{
    return ((const struct head *)object)->counts[3];
}

static memo_u64 (*const counters[])(const void *) = {count_0, count_1, count_2};

static memo_u64 get_low_bits(const void *object)
{
    return ((const struct head *)object)->bits & 7;
}

static void set_low_bits(void *object, memo_u64 bits)
{
    struct head *head = object;

    head->bits = (head->bits & ~7u) | (uint32_t)(bits & 7);
}

static memo_u64 get_flag(const void *object)
{
    return ((const struct head *)object)->bits >> 3 & 1;
}

static void set_flag(void *object, memo_u64 bits)
{
    struct head *head = object;

    head->bits = (head->bits & ~8u) | (uint32_t)(bits & 1) << 3;
}

/* ---- types --------------------------------------------------------------- */

static struct memo_type types[TYPES], pointers[TYPES];
static struct memo_field fields[TYPES][MOST_FIELDS + COUNTS + 2];

static const struct memo_type type_count = {
    "uint32_t", MEMO_KIND_UNSIGNED, 0, sizeof(uint32_t), NULL, NULL, NULL};
static const struct memo_type *const leaves[] = {
    &type_bool,   &type_int,     &type_double, &type_char, &type_long_double,
    &type_padded, &type_nested,  &type_mixed,  &type_text, &type_text,
    &type_texts,  &type_doubles, &type_ints,   &type_box,  &type_handle};
enum { LEAVES = sizeof leaves / sizeof *leaves };

static bool has_tail(const struct memo_type *type)
{
    return memo_type_tail(type) != NULL;
}

static struct memo_field pick_field(uint64_t *state, size_t type)
{
    struct memo_field field = {.name = "field", .count = 1};
    size_t other = type > 0 ? random_below(state, type) : 0;

    switch (random_below(state, 6)) {
    case 0: /* of its own type, or of any other one */
        field.type = &pointers[random_below(state, 2) ? type : other];
        break;
    case 1:
        field.type =
            type > 0 && !has_tail(&types[other]) ? &types[other] : &type_item;
        field.count = 1 + random_below(state, 2);
        break;
    default:
        field.type = leaves[random_below(state, LEAVES)];
        field.count = random_below(state, 4) ? 1 : 3;
        break;
    }
    if (field.type->kind == MEMO_KIND_POINTER && field.count == 1 &&
        field.type < &pointers[TYPES] && random_below(state, 2))
        field.count_elements = counters[random_below(state, 3)];
    return field;
}

/* Room that a field takes, with some that belongs to nobody. */
static void place(uint64_t *state, struct memo_type *type,
                  struct memo_field *field)
{
    field->offset = (type->size + 15) / 16 * 16;
    if (!random_below(state, 3))
        field->offset += 16;
    type->size = field->offset + field->type->size * field->count;
}

static void add_counts(struct memo_type *type, struct memo_field *to)
{
    for (size_t i = 0; i < COUNTS; i++)
        to[i] = (struct memo_field){
            "count", &type_count, i * sizeof(uint32_t), 1, NULL, NULL, NULL};
    to[COUNTS] = (struct memo_field){"low",        &type_unsigned, 0,   1,
                                     get_low_bits, set_low_bits,   NULL};
    to[COUNTS + 1] =
        (struct memo_field){"flag", &type_bool, 0, 1, get_flag, set_flag, NULL};
    type->size = sizeof(struct head);
    type->field_count = COUNTS + 2;
}

static bool is_pointer_to_tail(const struct memo_field *field)
{
    return field->type->kind == MEMO_KIND_POINTER &&
           has_tail(field->type->target);
}

static void make_type(uint64_t *state, size_t index)
{
    struct memo_type *type = &types[index];
    size_t count = 1 + random_below(state, MOST_FIELDS - 1);

    *type = (struct memo_type){
        "struct", MEMO_KIND_DEEP_STRUCT, 0, 0, fields[index], NULL, NULL};
    pointers[index] = (struct memo_type){
        "struct *", MEMO_KIND_POINTER, 0, sizeof(void *), NULL, type, NULL};
    add_counts(type, fields[index]);
    while (count-- > 0) {
        struct memo_field field = pick_field(state, index);

        place(state, type, &field);
        /* There is no array of what ends in a flexible array. */
        if (is_pointer_to_tail(&field))
            field.count_elements = NULL;
        fields[index][type->field_count++] = field;
    }
    if (random_below(state, 4) == 0) {
        struct memo_field field = pick_field(state, index);

        if (field.type->kind == MEMO_KIND_POINTER)
            field.count_elements = NULL;
        field.count = 1;
        place(state, type, &field);
        type->size = field.offset;
        field.count = 0;
        field.count_elements = count_tail;
        fields[index][type->field_count++] = field;
        for (memo_u32 i = 0; i < type->field_count; i++) {
            if (fields[index][i].type == &pointers[index])
                fields[index][i].count_elements =
                    i + 1 < type->field_count ? NULL : count_tail;
        }
    }
    type->size = (type->size + 15) / 16 * 16;
}

/* ---- values -------------------------------------------------------------- */

/* All memory of one value. */
typedef struct {
    void *blocks[64 * MOST_PIECES];
    size_t block_count;
    memo_piece pieces[MOST_PIECES]; /* to be led to once more */
    size_t piece_count;
    uint64_t state; /* of the content */
    uint64_t dirt;  /* of what is no content */
    bool is_copy;   /* the pieces are as large, and lie elsewhere */
} value;

static void *dirty(value *of, size_t size)
{
    void *block = malloc(size + 16 + random_below(&of->dirt, 64));

    ck_assert_uint_lt(of->block_count, 64 * MOST_PIECES);
    of->blocks[of->block_count++] = block;
    random_fill(&of->dirt, block, size);
    return block;
}

static void free_value(value *of)
{
    for (size_t i = 0; i < of->block_count; i++)
        free(of->blocks[i]);
}

static char *make_text(value *of)
{
    size_t length = random_below(&of->state, 10);
    char *text = dirty(of, length + 1);

    if (random_below(&of->state, 50) == 0)
        length = 0;
    for (size_t i = 0; i < length; i++)
        text[i] = (char)('a' + random_below(&of->state, 26));
    text[length] = '\0';
    return text;
}

static void fill_box(value *of, struct box *box)
{
    box->size = random_below(&of->state, 300);
    box->bytes = dirty(of, box->size + 1);
    random_fill(&of->state, box->bytes, box->size);
}

static void fill(value *of, const struct memo_type *type, unsigned char *at,
                 const struct memo_field *field, const void *owner);

/* An array that is there already, or a new one whose elements come later. */
static void *lead_somewhere(value *of, const struct memo_type *target,
                            uint64_t count, uint64_t tail)
{
    size_t begin = random_below(&of->state, MOST_PIECES);
    memo_piece piece = {.type = target, .count = count, .tail = tail};

    for (size_t i = 0; i < of->piece_count && random_below(&of->state, 3);
         i++) {
        const memo_piece *known = &of->pieces[(begin + i) % of->piece_count];

        if (known->type == target && known->count >= count && count > 0 &&
            (!has_tail(target) || count == 1)) {
            uint64_t at =
                random_below(&of->state, (size_t)(known->count - count + 1));

            return known->at + at * target->size;
        }
    }
    if (of->piece_count == MOST_PIECES)
        return NULL;
    piece.at = dirty(of, memo_piece_bytes(&piece));
    of->pieces[of->piece_count++] = piece;
    return piece.at;
}

static void fill_pointer(value *of, const struct memo_type *type,
                         unsigned char *at, const struct memo_field *field,
                         const void *owner)
{
    uint64_t count = field && field->count_elements && field->count != 0
                         ? field->count_elements(owner)
                         : 1;
    uint64_t tail = has_tail(type->target) ? random_below(&of->state, 4) : 0;
    void *target = random_below(&of->state, 6)
                       ? lead_somewhere(of, type->target, count, tail)
                       : NULL;

    memcpy(at, &target, sizeof target);
}

static void fill_flat(value *of, const struct memo_type *type,
                      unsigned char *at)
{
    uint64_t numbers[SAMPLE_NUMBERS];

    for (size_t i = 0; i < SAMPLE_NUMBERS; i++)
        numbers[i] = random_next(&of->state);
    for (size_t i = 0; i < SAMPLES; i++) {
        if (samples[i].type == type) {
            samples[i].set(at, numbers);
            return;
        }
    }
    random_fill(&of->state, at, type->size);
}

static void fill_struct(value *of, const struct memo_type *type,
                        unsigned char *at, uint64_t tail)
{
    for (memo_u32 i = 0; i < type->field_count; i++) {
        const struct memo_field *field = &type->fields[i];
        uint64_t count = field->count ? field->count : tail;
        unsigned char *to = at + field->offset;

        if (field->get_bits) {
            field->set_bits(at, random_next(&of->state));
        } else if (field->type == &type_count) {
            uint32_t number = (uint32_t)random_below(&of->state, 4);

            if (has_tail(type) && i == COUNTS - 1)
                number = (uint32_t)tail;
            memcpy(to, &number, sizeof number);
        } else {
            for (uint64_t k = 0; k < count; k++, to += field->type->size)
                fill(of, field->type, to, field, at);
        }
    }
}

static void fill(value *of, const struct memo_type *type, unsigned char *at,
                 const struct memo_field *field, const void *owner)
{
    void *object;

    if (type->kind == MEMO_KIND_DEEP_STRUCT) {
        fill_struct(of, type, at, 0);
    } else if (type->kind == MEMO_KIND_POINTER) {
        fill_pointer(of, type, at, field, owner);
    } else if (type->kind == MEMO_KIND_TEXT) {
        object = random_below(&of->state, 5) ? make_text(of) : NULL;
        memcpy(at, &object, sizeof object);
    } else if (type == &type_box) {
        fill_box(of, (struct box *)(void *)at);
    } else if (type == &type_handle) {
        object = NULL;
        if (random_below(&of->state, 5)) {
            object = dirty(of, sizeof(struct box));
            fill_box(of, object);
        }
        memcpy(at, &object, sizeof object);
    } else {
        fill_flat(of, type, at);
    }
}

/* A value with all that it leads to; the same content for the same seed. */
static void make_value(value *of, const struct memo_type *type, uint64_t seed,
                       uint64_t dirt)
{
    *of = (value){.state = seed, .dirt = dirt};
    of->pieces[of->piece_count++] =
        (memo_piece){.at = dirty(of, type->size + 64 * 16),
                     .type = type,
                     .count = 1,
                     .tail = has_tail(type) ? random_below(&of->state, 4) : 0};
    if (has_tail(type)) {
        memo_piece whole = of->pieces[0];

        of->pieces[0].at = dirty(of, memo_piece_bytes(&whole));
    }
    for (size_t i = 0; i < of->piece_count; i++) {
        memo_piece piece = of->pieces[i];

        for (uint64_t k = 0; k < piece.count; k++) {
            unsigned char *at = piece.at + k * piece.type->size;

            if (piece.type->kind == MEMO_KIND_DEEP_STRUCT)
                fill_struct(of, piece.type, at, piece.tail);
            else
                fill(of, piece.type, at, NULL, NULL);
        }
    }
}

/* ---- what must hold ------------------------------------------------------ */

static memo_sink read_value(const struct memo_type *type, const void *at)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    ck_assert_int_eq(memo_graph_read(&sink, &pieces, type, at, 1, UINT64_MAX),
                     MEMO_GRAPH_DONE);
    memo_pieces_finish(&pieces);
    return sink;
}

typedef struct {
    unsigned char bytes[MEMO_SINK_LEAST];
    size_t size;
} short_key;

static short_key read_key(const struct memo_type *type, const void *at)
{
    short_key key = {{0}, 0};
    memo_sink sink = memo_sink_folding(key.bytes, sizeof key.bytes, UINT64_MAX);
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    ck_assert_int_eq(
        memo_graph_read_key(&sink, &pieces, type, at, 1, UINT64_MAX),
        MEMO_GRAPH_DONE);
    memo_pieces_finish(&pieces);
    memset(key.bytes + sink.size, 0, sizeof key.bytes - sink.size);
    key.size = sink.size;
    return key;
}

static bool are_equal(const memo_sink *a, const memo_sink *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

static long piece_count;

static void *count_allocation(size_t size)
{
    piece_count++;
    return malloc(size);
}

static void count_release(void *memory)
{
    piece_count--;
    free(memory);
}

static const memo_allocator counting = {count_allocation, count_release};

static void check_copy(const struct memo_type *type, const memo_sink *from,
                       uint64_t tail)
{
    memo_piece shape = {.type = type, .count = 1, .tail = tail};
    memo_budget left = {UINT64_MAX, UINT64_MAX};
    unsigned char *at = calloc(1, memo_piece_bytes(&shape));
    memo_root root = {at, at, type, 1, tail};
    memo_graph_outcome why;
    memo_made made;
    const unsigned char *end =
        memo_graph_write(&made, from->bytes, from->bytes + from->size, &root,
                         &counting, &left, &why);

    ck_assert_ptr_eq(end, from->bytes + from->size);
    memo_made_finish(&made);
    memo_sink again = read_value(type, at);
    ck_assert(are_equal(from, &again));
    memo_graph_release(type, at, 1, &counting);
    ck_assert_int_eq(piece_count, 0);
    ck_assert_int_eq(box_count, 0);
    free(again.bytes);
    free(at);
}

/* ---- changing one field -------------------------------------------------- */

/* A place that can be changed; the n-th one is wanted. */
typedef struct {
    uint64_t left;
    bool is_done;
    unsigned char saved[512];
    unsigned char *at;
    size_t size;
} change;

static void change_leaf(change *of, const struct memo_type *type,
                        unsigned char *at)
{
    uint64_t numbers[SAMPLE_NUMBERS] = {0};
    void *null = NULL;

    if (of->is_done || of->left-- > 0)
        return;
    of->at = at;
    of->size = type->size;
    memcpy(of->saved, at, type->size);
    of->is_done = true;
    if (type->kind >= MEMO_KIND_TEXT) {
        of->is_done = memcmp(at, &null, sizeof null) != 0 && type != &type_box;
        if (type == &type_box)
            ((struct box *)(void *)at)->size ^= 1;
        else
            memcpy(at, &null, sizeof null);
        of->is_done |= type == &type_box;
    } else if (type->kind == MEMO_KIND_STRUCT) {
        for (size_t i = 0; i < SAMPLES; i++) {
            if (samples[i].type == type)
                samples[i].set(at, numbers);
        }
    } else {
        at[0] ^= 1;
    }
}

static void change_struct(change *of, const struct memo_type *type,
                          unsigned char *at, uint64_t tail)
{
    for (memo_u32 i = 0; i < type->field_count && !of->is_done; i++) {
        const struct memo_field *field = &type->fields[i];
        uint64_t count = field->count ? field->count : tail;

        if (field->get_bits) {
            if (of->left-- == 0) {
                of->at = at;
                of->size = sizeof(struct head);
                memcpy(of->saved, at, of->size);
                field->set_bits(at, field->get_bits(at) ^ 1);
                of->is_done = true;
            }
            continue;
        }
        if (field->type == &type_count) /* it would tell another length */
            continue;
        for (uint64_t k = 0; k < count; k++) {
            unsigned char *to = at + field->offset + k * field->type->size;

            if (field->type->kind == MEMO_KIND_DEEP_STRUCT)
                change_struct(of, field->type, to, 0);
            else
                change_leaf(of, field->type, to);
        }
    }
}

static void change_piece(change *of, const memo_piece *piece)
{
    if (!piece->type) {
        if (piece->count > 0 && of->left-- == 0) {
            of->at = piece->at;
            of->size = 1;
            of->saved[0] = *piece->at;
            *piece->at = *piece->at == 'z' ? 'a' : 'z';
            of->is_done = true;
        }
        return;
    }
    for (uint64_t k = 0; k < piece->count && !of->is_done; k++) {
        unsigned char *at = piece->at + k * piece->type->size;

        if (piece->type->kind == MEMO_KIND_DEEP_STRUCT)
            change_struct(of, piece->type, at, piece->tail);
        else
            change_leaf(of, piece->type, at);
    }
}

static void check_changes(const struct memo_type *type, void *at,
                          uint64_t *state)
{
    short_key before = read_key(type, at), after;
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    memo_graph_read(&sink, &pieces, type, at, 1, UINT64_MAX);
    for (int i = 0; i < 20; i++) {
        change wanted = {.left = random_below(state, 200)};

        for (size_t k = 0; k < pieces.count && !wanted.is_done; k++)
            change_piece(&wanted, &pieces.items[k]);
        if (wanted.is_done &&
            memcmp(wanted.saved, wanted.at, wanted.size) != 0) {
            after = read_key(type, at);
            ck_assert(after.size != before.size ||
                      memcmp(after.bytes, before.bytes, after.size) != 0);
        }
        if (wanted.at)
            memcpy(wanted.at, wanted.saved, wanted.size);
    }
    memo_pieces_finish(&pieces);
    free(sink.bytes);
}

static int value_count(void)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth && strcmp(depth, "deep") == 0)
        return 1000;
    return depth && strcmp(depth, "quick") == 0 ? 3 : 20;
}

START_TEST(random_values_come_back_and_all_fields_count)
{
    uint64_t state = (uint64_t)_i;
    static value one, other;

    for (size_t i = 0; i < TYPES; i++)
        make_type(&state, i);
    for (int i = 0; i < value_count() * TYPES; i++) {
        const struct memo_type *type = &types[i % TYPES];
        uint64_t seed = random_next(&state);
        memo_sink first, second;
        short_key key, same_key;

        make_value(&one, type, seed, random_next(&state));
        make_value(&other, type, seed, random_next(&state));
        first = read_value(type, one.pieces[0].at);
        second = read_value(type, other.pieces[0].at);
        key = read_key(type, one.pieces[0].at);
        same_key = read_key(type, other.pieces[0].at);

        ck_assert(are_equal(&first, &second));
        ck_assert_uint_eq(key.size, same_key.size);
        ck_assert_mem_eq(key.bytes, same_key.bytes, key.size);
        check_copy(type, &first, one.pieces[0].tail);
        check_changes(type, other.pieces[0].at, &state);
        free(first.bytes);
        free(second.bytes);
        free_value(&one);
        free_value(&other);
    }
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("graph_random");
    TCase *cases = tcase_create("graph_random");

    tcase_add_loop_test(cases, random_values_come_back_and_all_fields_count, 1,
                        5);
    suite_add_tcase(suite, cases);
    return suite;
}

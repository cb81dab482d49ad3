#include "cache/key.h"

#include "base/bytes.h"
#include "cache/content.h"
#include "cache/in_place.h"
#include "cache/overlap.h"
#include "cache/types.h"

#include <errno.h>
#include <sys/stat.h>

/* What an item begins with. */
enum frame {
    FRAME_NULL,
    FRAME_EXACT,  /* its bytes follow */
    FRAME_DIGEST, /* the digest of its bytes follows */
    FRAME_FOLDED  /* the digest of all items up to here follows */
};

#define DIGEST_BYTES sizeof(memo_digest)

/* The most that an item takes when its bytes are replaced by their digest. */
#define DIGEST_ITEM_BYTES (1 + MEMO_LENGTH_BYTES + DIGEST_BYTES)

/* Arrays that are not plain memory are digested in pieces of this size. */
#define PIECE_BYTES 2048

/* Something of the key: plain bytes, or values that are to be encoded. */
struct item {
    const void *data;
    size_t size;                  /* of plain bytes */
    const struct memo_type *type; /* of values; NULL for plain bytes */
    uint64_t length;              /* characters or elements */
    bool has_length;              /* false where the type tells it */
};

static unsigned char *end_of(memo_key *key)
{
    return key->bytes + key->size;
}

static size_t room_in(const memo_key *key)
{
    return MEMO_KEY_EXACT_BYTES - key->size;
}

static void set_end(memo_key *key, const unsigned char *end)
{
    key->size = (uint32_t)(end - key->bytes);
}

/* Replace all items so far by their digest. */
static void fold(memo_key *key)
{
    memo_digest digest = memo_hash_bytes(key->bytes, key->size);
    unsigned char *end = key->bytes;

    key->is_plain = false;

    *end++ = FRAME_FOLDED;
    set_end(key, memo_put_bytes(end, &digest, sizeof digest));
}

static void make_room(memo_key *key, size_t size)
{
    if (room_in(key) < size)
        fold(key);
}

static unsigned char *put_head(unsigned char *end, enum frame frame,
                               const struct item *item)
{
    *end++ = (unsigned char)frame;
    return item->has_length ? memo_put_length(end, item->length) : end;
}

static size_t head_bytes(const struct item *item)
{
    return 1 + (item->has_length ? memo_length_bytes(item->length) : 0);
}

/* ---- plain bytes --------------------------------------------------------- */

static bool put_plain_exactly(memo_key *key, const struct item *item)
{
    size_t head = head_bytes(item);
    unsigned char *end;

    if (room_in(key) < head || room_in(key) - head < item->size)
        return false;
    end = put_head(end_of(key), FRAME_EXACT, item);
    set_end(key, memo_put_bytes(end, item->data, item->size));
    return true;
}

/* ---- values that are not plain ------------------------------------------- */

static bool put_values_exactly(memo_key *key, const struct item *item,
                               struct memo_type_reader *reader)
{
    unsigned char *end;

    if (room_in(key) < DIGEST_ITEM_BYTES)
        return false;
    end = put_head(end_of(key), FRAME_EXACT, item);
    memo_type_read_begin(reader, item->type, item->data, (size_t)item->length);
    end += memo_type_read(reader, end,
                          (size_t)(key->bytes + MEMO_KEY_EXACT_BYTES - end));
    if (!reader->is_done)
        return false;
    set_end(key, end);
    return true;
}

/* Each piece is digested together with the digest of those before it. */
static memo_digest digest_values(const struct item *item,
                                 struct memo_type_reader *reader)
{
    unsigned char piece[DIGEST_BYTES + PIECE_BYTES];
    memo_digest digest = {0, 0};

    memo_type_read_begin(reader, item->type, item->data, (size_t)item->length);
    while (!reader->is_done) {
        size_t size;

        memcpy(piece, &digest, sizeof digest);
        size = memo_type_read(reader, piece + DIGEST_BYTES, PIECE_BYTES);
        digest = memo_hash_bytes(piece, DIGEST_BYTES + size);
    }
    return digest;
}

/* ---- items --------------------------------------------------------------- */

static void put_digest(memo_key *key, const struct item *item,
                       memo_digest digest)
{
    unsigned char *end = put_head(end_of(key), FRAME_DIGEST, item);

    key->is_plain = false;
    set_end(key, memo_put_bytes(end, &digest, sizeof digest));
}

static void put_plain(memo_key *key, const struct item *item)
{
    if (put_plain_exactly(key, item))
        return;
    if (room_in(key) < DIGEST_ITEM_BYTES) {
        fold(key);
        if (put_plain_exactly(key, item))
            return;
    }
    put_digest(key, item, memo_hash_bytes(item->data, item->size));
}

/* The common case: one small struct. */
static bool put_flat(memo_key *key, const struct item *item)
{
    unsigned char *end;

    if (item->length != 1 || room_in(key) < DIGEST_ITEM_BYTES)
        return false;
    end = put_head(end_of(key), FRAME_EXACT, item);
    end = memo_type_encode_flat(
        end, (size_t)(key->bytes + MEMO_KEY_EXACT_BYTES - end), item->type,
        item->data);
    if (!end)
        return false;
    set_end(key, end);
    return true;
}

/* ---- values with pointers ------------------------------------------------ */

/* The key of a call on its way, and the argument that is being read. */
struct build {
    memo_key *key;
    const struct memo_function *function;
    const struct memo_argument *arguments;
    memo_budget budget;
    memo_u32 now;
    bool is_stored; /* for a store: the same in every process */
};

typedef memo_graph_outcome graph_reader(memo_sink *, memo_pieces *,
                                        const struct memo_type *, const void *,
                                        uint64_t, uint64_t);

/* Of what is changed in place it also counts what is shared. */
static graph_reader *reader_of(const struct build *build)
{
    if (memo_is_in_place(&build->function->parameters[build->now]))
        return memo_graph_read;
    return build->is_stored ? memo_graph_read_stored_key : memo_graph_read_key;
}

static memo_key_outcome read_deep(const struct build *build, memo_sink *sink,
                                  const struct item *item)
{
    memo_key_outcome outcome = MEMO_KEY_BUILT;
    memo_pieces pieces;

    memo_pieces_init(&pieces);
    switch (reader_of(build)(sink, &pieces, item->type, item->data,
                             item->length, build->budget.pieces)) {
    case MEMO_GRAPH_DONE:
        if (memo_overlap_pieces(build->function, build->arguments, build->now,
                                &pieces))
            outcome = MEMO_KEY_ALIASED;
        break;
    case MEMO_GRAPH_NO_MEMORY:
        outcome = MEMO_KEY_NO_MEMORY;
        break;
    case MEMO_GRAPH_MALFORMED:
        outcome = MEMO_KEY_MALFORMED;
        break;
    default:
        outcome = MEMO_KEY_OVER_BUDGET;
        break;
    }
    memo_pieces_finish(&pieces);
    return outcome;
}

static memo_key_outcome put_deep(const struct build *build,
                                 const struct item *item)
{
    memo_key *key = build->key;
    memo_key_outcome outcome;
    memo_sink sink;
    unsigned char *end;

    key->is_plain = false; /* there may be a codec */
    make_room(key, DIGEST_ITEM_BYTES + MEMO_SINK_LEAST);
    end = put_head(end_of(key), FRAME_EXACT, item);
    sink = memo_sink_folding(end,
                             (size_t)(key->bytes + MEMO_KEY_EXACT_BYTES - end),
                             build->budget.bytes);
    outcome = read_deep(build, &sink, item);
    if (outcome != MEMO_KEY_BUILT)
        return outcome;
    if (sink.is_folded)
        put_digest(key, item, memo_hash_bytes(sink.bytes, sink.size));
    else
        set_end(key, end + sink.size);
    return MEMO_KEY_BUILT;
}

/* ---- any values ---------------------------------------------------------- */

/* False if the type is nested too deep to be read. */
static bool put_values(memo_key *key, const struct item *item)
{
    struct memo_type_reader reader;

    if (item->type->kind == MEMO_KIND_STRUCT && put_flat(key, item))
        return true;
    make_room(key, DIGEST_ITEM_BYTES);
    if (put_values_exactly(key, item, &reader))
        return !reader.is_too_deep;
    put_digest(key, item, digest_values(item, &reader));
    return !reader.is_too_deep;
}

static bool is_plain(const struct memo_type *type, uint64_t count)
{
    if (type->kind == MEMO_KIND_STRUCT && count <= MEMO_FEW_VALUES)
        return false;
    return type->kind == MEMO_KIND_BOOL || memo_type_is_plain(type);
}

static memo_key_outcome put_typed(const struct build *build, struct item *item)
{
    if (memo_type_is_deep(item->type))
        return put_deep(build, item);
    if (!is_plain(item->type, item->length))
        return put_values(build->key, item) ? MEMO_KEY_BUILT
                                            : MEMO_KEY_TOO_LARGE;
    item->size = (size_t)item->length * item->type->size;
    put_plain(build->key, item);
    return MEMO_KEY_BUILT;
}

static void put_null(memo_key *key)
{
    make_room(key, 1);
    key->bytes[key->size++] = FRAME_NULL;
}

/* ---- parameters ---------------------------------------------------------- */

static void put_text(memo_key *key, const char *text)
{
    size_t length;

    if (!text) {
        put_null(key);
        return;
    }
    length = strlen(text);
    put_plain(key, &(struct item){text, length, NULL, length, true});
}

static memo_key_outcome put_elements(const struct build *build,
                                     const struct memo_parameter *parameter,
                                     const struct memo_argument *argument)
{
    struct item item = {argument->data, 0, parameter->type, argument->count,
                        true};
    uint64_t size;
    bool is_input = (parameter->direction & MEMO_IN) != 0;

    if (argument->count == MEMO_TOO_MANY)
        return MEMO_KEY_TOO_LARGE;
    if (argument->count != MEMO_COUNT_LATER &&
        (__builtin_mul_overflow(argument->count, parameter->type->size,
                                &size) ||
         size > PTRDIFF_MAX))
        return MEMO_KEY_TOO_LARGE;
    if (!argument->data) {
        put_null(build->key);
        return MEMO_KEY_BUILT;
    }
    if (is_input)
        return argument->count == MEMO_COUNT_LATER ? MEMO_KEY_TOO_LARGE
                                                   : put_typed(build, &item);
    put_plain(build->key, &(struct item){NULL, 0, NULL, argument->count, true});
    return MEMO_KEY_BUILT;
}

/* A file that is not there is an input as well, and so is the reason. */
static void put_file(memo_key *key, const char *path)
{
    struct stat status;
    int64_t facts[6] = {0};
    int saved_errno = errno;

    put_text(key, path);
    if (!path)
        return;
    if (stat(path, &status) == 0) {
        facts[0] = 1;
        facts[1] = (int64_t)status.st_size;
        facts[2] = (int64_t)status.st_mtim.tv_sec;
        facts[3] = (int64_t)status.st_mtim.tv_nsec;
        facts[4] = (int64_t)status.st_dev;
        facts[5] = (int64_t)status.st_ino;
    } else {
        facts[1] = errno;
    }
    errno = saved_errno;
    put_plain(key, &(struct item){facts, sizeof facts, NULL, 0, false});
}

/* The content of a file, wherever and whenever it was written. */
static memo_key_outcome put_content(memo_key *key, const char *path)
{
    int64_t facts[3] = {0};
    memo_digest digest = {0, 0};
    int problem;

    put_text(key, path);
    if (!path)
        return MEMO_KEY_BUILT;
    problem = memo_content_digest(&digest, path);
    if (problem == EINVAL)
        return MEMO_KEY_UNREADABLE;
    facts[0] = problem == 0 ? 1 : -problem;
    memcpy(&facts[1], &digest, sizeof digest);
    put_plain(key, &(struct item){facts, sizeof facts, NULL, 0, false});
    return MEMO_KEY_BUILT;
}

static memo_key_outcome put_argument(const struct build *build)
{
    const struct memo_parameter *parameter =
        &build->function->parameters[build->now];
    const struct memo_argument *argument = &build->arguments[build->now];

    switch (parameter->passing) {
    case MEMO_BY_VALUE:
        return put_typed(build, &(struct item){argument->data, 0,
                                               parameter->type, 1, false});
    case MEMO_BY_TEXT:
        put_text(build->key, argument->data);
        return MEMO_KEY_BUILT;
    case MEMO_BY_ELEMENTS:
        return put_elements(build, parameter, argument);
    case MEMO_BY_FILE:
        build->key->is_plain = false;
        if (build->is_stored)
            return put_content(build->key, argument->data);
        put_file(build->key, argument->data);
        return MEMO_KEY_BUILT;
    case MEMO_BY_ADDRESS:
        return MEMO_KEY_BUILT;
    default:
        return MEMO_KEY_TOO_LARGE;
    }
}

/* A processor waits before it loads together what it has just stored in pieces,
 * so a lone text is digested where it lies. */
static memo_digest digest_key(const memo_key *key,
                              const struct memo_function *function,
                              const struct memo_argument *arguments)
{
    size_t head;

    if (function->parameter_count != 1 ||
        function->parameters[0].passing != MEMO_BY_TEXT ||
        key->bytes[0] != FRAME_EXACT)
        return memo_hash_bytes(key->bytes, key->size);
    head = 1 + memo_length_bytes(key->bytes[1]);
    return memo_hash_bytes(arguments[0].data, key->size - head);
}

static memo_key_outcome put_arguments(struct build *build)
{
    memo_key_outcome outcome = MEMO_KEY_BUILT;

    build->key->size = 0;
    build->key->is_plain = true;
    while (outcome == MEMO_KEY_BUILT &&
           build->now < build->function->parameter_count) {
        outcome = put_argument(build);
        build->now++;
    }
    return outcome;
}

memo_key_outcome memo_key_build_stored(memo_key *out,
                                       const struct memo_function *function,
                                       const struct memo_argument *arguments,
                                       memo_budget budget,
                                       const unsigned char *secret)
{
    struct build build = {out, function, arguments, budget, 0, true};
    memo_key_outcome outcome;

    memo_hash_use_secret(secret);
    outcome = put_arguments(&build);
    memo_hash_use_secret(NULL);
    if (outcome == MEMO_KEY_BUILT)
        out->digest = memo_hash_keyed(out->bytes, out->size, secret);
    return outcome;
}

memo_key_outcome memo_key_build(memo_key *out,
                                const struct memo_function *function,
                                const struct memo_argument *arguments,
                                memo_budget budget)
{
    struct build build = {out, function, arguments, budget, 0, false};
    memo_key_outcome outcome = put_arguments(&build);
    memo_u32 directions = 0;

    if (outcome != MEMO_KEY_BUILT)
        return outcome;
    for (memo_u32 i = 0; i < function->parameter_count; i++)
        directions |= function->parameters[i].direction;
    if ((directions & MEMO_OUT) && memo_arguments_overlap(function, arguments))
        return MEMO_KEY_ALIASED;
    if (memo_changes_in_place(function) &&
        !memo_in_place_is_apart(function, arguments, budget.pieces))
        return MEMO_KEY_ALIASED;
    out->digest = digest_key(out, function, arguments);
    return MEMO_KEY_BUILT;
}

bool memo_arguments_overlap(const struct memo_function *function,
                            const struct memo_argument *arguments)
{
    return memo_overlap(function, arguments, NULL, NULL);
}

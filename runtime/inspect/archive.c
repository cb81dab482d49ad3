#include "inspect/archive.h"

#include "cache/describe.h"

#include <string.h>

/* Not text, so that whoever mends the ends of lines is found out. */
static const unsigned char mark[8] = {0x89, 'm', 'e', 'm', 'o', '\r', '\n', 0};

/* Behind the mark: checksum of kind and size, kind, size.  Then the content,
 * and the checksum of all from the kind on. */
enum {
    SUM_AT = sizeof mark,
    KIND_AT = SUM_AT + 8,
    SIZE_AT = KIND_AT + 8,
    CONTENT_AT = SIZE_AT + 8,
    LAST_BYTES = sizeof(memo_digest)
};

/* ---- writing ------------------------------------------------------------- */

static void put_little(unsigned char *out, uint64_t number)
{
    for (size_t i = 0; i < 8; i++, number >>= 8)
        out[i] = (unsigned char)number;
}

static uint64_t get_little(const unsigned char *bytes)
{
    uint64_t number = 0;

    for (size_t i = 8; i > 0; i--)
        number = number << 8 | bytes[i - 1];
    return number;
}

static void put_number(memo_sink *out, uint64_t number)
{
    unsigned char bytes[8];

    put_little(bytes, number);
    memo_sink_put(out, bytes, sizeof bytes);
}

static void put_name(memo_sink *out, const memo_name *name)
{
    put_number(out, name->low);
    put_number(out, name->high);
}

static void put_digest(memo_sink *out, memo_digest digest)
{
    put_number(out, digest.low);
    put_number(out, digest.high);
}

static void put_bytes(memo_sink *out, const void *bytes, uint64_t size)
{
    put_number(out, size);
    memo_sink_put(out, bytes, (size_t)size);
}

/* With its NUL, so that it can be read where it is. */
static void put_text(memo_sink *out, const char *text)
{
    put_bytes(out, text, strlen(text) + 1);
}

static void put_entry(memo_sink *out, const memo_archive_entry *entry)
{
    const memo_stored_head *head = &entry->parts.head;

    put_name(out, &head->id);
    put_name(out, &entry->digest);
    put_number(out, head->kind);
    put_number(out, head->is_derived);
    put_number(out, head->written_ns);
    put_number(out, head->expires_ns);
    put_number(out, head->form);
    put_bytes(out, entry->parts.key, head->key_size);
    put_bytes(out, entry->parts.value, head->value_size);
    put_bytes(out, entry->parts.recording, head->recording_size);
}

static void put_content(memo_sink *out, const memo_archive_record *record)
{
    switch (record->kind) {
    case MEMO_ARCHIVE_HEAD:
        put_number(out, record->is.head.version);
        put_text(out, record->is.head.machine);
        break;
    case MEMO_ARCHIVE_SOURCE:
        put_text(out, record->is.source.store);
        put_digest(out, record->is.source.secret);
        break;
    case MEMO_ARCHIVE_FUNCTION:
        put_name(out, &record->is.function.id);
        put_number(out, record->is.function.line);
        put_text(out, record->is.function.function);
        put_text(out, record->is.function.file);
        put_text(out, record->is.function.source);
        put_text(out, record->is.function.facts);
        break;
    case MEMO_ARCHIVE_ENTRY:
        put_entry(out, &record->is.entry);
        break;
    case MEMO_ARCHIVE_END:
        put_number(out, record->is.end.functions);
        put_number(out, record->is.end.entries);
        break;
    }
}

/* The checksum of kind and size. */
static uint64_t sum_of(const unsigned char *record)
{
    return memo_hash_stable(record + KIND_AT, CONTENT_AT - KIND_AT).low;
}

void memo_archive_put(memo_sink *out, const memo_archive_record *record)
{
    size_t begin = out->size;
    unsigned char *at;

    memo_sink_put(out, mark, sizeof mark);
    put_number(out, 0);
    put_number(out, record->kind);
    put_number(out, 0);
    put_content(out, record);
    if (out->has_no_memory)
        return;
    at = out->bytes + begin;
    put_little(at + SIZE_AT, out->size - begin - CONTENT_AT);
    put_little(at + SUM_AT, sum_of(at));
    put_digest(out,
               memo_hash_stable(at + KIND_AT, out->size - begin - KIND_AT));
}

memo_archive_record memo_archive_head_make(char *machine)
{
    memo_archive_record record = {.kind = MEMO_ARCHIVE_HEAD};

    memo_describe_head(machine);
    record.is.head.version = MEMO_ARCHIVE_VERSION;
    record.is.head.machine = machine;
    return record;
}

const char *memo_archive_judge(const memo_archive_head *head)
{
    char machine[MEMO_DESCRIBE_HEAD];

    memo_describe_head(machine);
    if (head->version != MEMO_ARCHIVE_VERSION)
        return "it is one of another version of memogen";
    if (strcmp(head->machine, machine) != 0)
        return "it is one of another kind of machine";
    return NULL;
}

memo_digest memo_archive_secret(const unsigned char *secret)
{
    return memo_hash_keyed(secret, MEMO_HASH_SECRET_BYTES, secret);
}

/* ---- reading ------------------------------------------------------------- */

/* What is left of a record's content; `at` is NULL once it was not enough. */
typedef struct {
    const unsigned char *at, *end;
} content;

static const unsigned char *take(content *from, uint64_t size)
{
    const unsigned char *taken = from->at;

    if (!taken || size > (uint64_t)(from->end - taken)) {
        from->at = NULL;
        return NULL;
    }
    from->at += size;
    return taken;
}

static uint64_t take_number(content *from)
{
    const unsigned char *bytes = take(from, 8);

    return bytes ? get_little(bytes) : 0;
}

static memo_name take_name(content *from)
{
    uint64_t low = take_number(from);

    return (memo_name){.low = low, .high = take_number(from)};
}

static const unsigned char *take_bytes(content *from, uint64_t *size)
{
    *size = take_number(from);
    return take(from, *size);
}

static const char *take_text(content *from)
{
    uint64_t size;
    const unsigned char *bytes = take_bytes(from, &size);

    if (bytes && size > 0 &&
        memchr(bytes, '\0', (size_t)size) == bytes + size - 1)
        return (const char *)bytes;
    from->at = NULL;
    return "";
}

static void take_entry(memo_archive_entry *out, content *from)
{
    memo_stored_head *head = &out->parts.head;
    uint64_t kind, is_derived, key_size;

    *out = (memo_archive_entry){.digest = {0, 0}};
    head->id = take_name(from);
    out->digest = take_name(from);
    kind = take_number(from);
    is_derived = take_number(from);
    head->written_ns = take_number(from);
    head->expires_ns = take_number(from);
    head->form = take_number(from);
    out->parts.key = take_bytes(from, &key_size);
    out->parts.value = take_bytes(from, &head->value_size);
    out->parts.recording = take_bytes(from, &head->recording_size);
    if ((kind != MEMO_STORED_RESULT && kind != MEMO_STORED_QUESTIONS) ||
        is_derived > 1 || key_size > UINT32_MAX)
        from->at = NULL;
    head->kind =
        kind == MEMO_STORED_RESULT ? MEMO_STORED_RESULT : MEMO_STORED_QUESTIONS;
    head->is_derived = is_derived == 1;
    head->key_size = (uint32_t)key_size;
}

static void take_function(memo_archive_function *out, content *from)
{
    uint64_t line;

    out->id = take_name(from);
    line = take_number(from);
    out->line = line > UINT32_MAX ? 0 : (uint32_t)line;
    out->function = take_text(from);
    out->file = take_text(from);
    out->source = take_text(from);
    out->facts = take_text(from);
}

/* False: it is of no known kind, or not what such a record holds. */
static bool take_content(memo_archive_record *out, uint64_t kind, content from)
{
    *out = (memo_archive_record){.kind = (memo_archive_kind)kind};
    switch (kind) {
    case MEMO_ARCHIVE_HEAD: /* there may be more, of other versions */
        out->is.head.version = take_number(&from);
        out->is.head.machine = take_text(&from);
        return from.at != NULL;
    case MEMO_ARCHIVE_SOURCE:
        out->is.source.store = take_text(&from);
        out->is.source.secret.low = take_number(&from);
        out->is.source.secret.high = take_number(&from);
        break;
    case MEMO_ARCHIVE_FUNCTION:
        take_function(&out->is.function, &from);
        break;
    case MEMO_ARCHIVE_ENTRY:
        take_entry(&out->is.entry, &from);
        break;
    case MEMO_ARCHIVE_END:
        out->is.end.functions = take_number(&from);
        out->is.end.entries = take_number(&from);
        break;
    default:
        return false;
    }
    return from.at == from.end;
}

/* ---- finding records ----------------------------------------------------- */

static bool has_mark(const unsigned char *bytes, size_t size)
{
    return memcmp(bytes, mark, size < sizeof mark ? size : sizeof mark) == 0;
}

/* Does a record begin here?  Shape: CONTENT_AT bytes. */
static bool is_record(const unsigned char *bytes)
{
    return has_mark(bytes, sizeof mark) &&
           get_little(bytes + SUM_AT) == sum_of(bytes) &&
           get_little(bytes + SIZE_AT) <= MEMO_ARCHIVE_MOST_BYTES;
}

/* Go on where the next record may begin. */
static memo_archive_step skip(size_t *used, const unsigned char *bytes,
                              size_t size)
{
    const unsigned char *at = bytes + 1, *end = bytes + size;

    while (at < end && (at = memchr(at, mark[0], (size_t)(end - at))) != NULL &&
           !has_mark(at, (size_t)(end - at)))
        at++;
    *used = at && at < end ? (size_t)(at - bytes) : size;
    return MEMO_ARCHIVE_DAMAGED;
}

/* The size of a record may be right though its content is not; what is within
 * it is no record. */
static memo_archive_step skip_record(size_t *used, const unsigned char *bytes,
                                     size_t size, size_t total, bool is_all)
{
    if (size - total < sizeof mark && !is_all)
        return MEMO_ARCHIVE_MORE;
    if (!has_mark(bytes + total, size - total))
        return skip(used, bytes, size);
    *used = total;
    return MEMO_ARCHIVE_DAMAGED;
}

static bool is_signed(const unsigned char *bytes, size_t total)
{
    memo_digest sum =
        memo_hash_stable(bytes + KIND_AT, total - LAST_BYTES - KIND_AT);

    return get_little(bytes + total - LAST_BYTES) == sum.low &&
           get_little(bytes + total - LAST_BYTES + 8) == sum.high;
}

memo_archive_step memo_archive_read(memo_archive_record *out, size_t *used,
                                    const unsigned char *bytes, size_t size,
                                    bool is_all)
{
    size_t total;

    *used = 0;
    if (size == 0)
        return is_all ? MEMO_ARCHIVE_OVER : MEMO_ARCHIVE_MORE;
    if (!has_mark(bytes, size))
        return skip(used, bytes, size);
    if (size < CONTENT_AT)
        return is_all ? skip(used, bytes, size) : MEMO_ARCHIVE_MORE;
    if (!is_record(bytes))
        return skip(used, bytes, size);
    total = CONTENT_AT + (size_t)get_little(bytes + SIZE_AT) + LAST_BYTES;
    if (size < total)
        return is_all ? skip(used, bytes, size) : MEMO_ARCHIVE_MORE;
    if (!is_signed(bytes, total))
        return skip_record(used, bytes, size, total, is_all);
    *used = total;
    return take_content(
               out, get_little(bytes + KIND_AT),
               (content){bytes + CONTENT_AT, bytes + total - LAST_BYTES})
               ? MEMO_ARCHIVE_RECORD
               : MEMO_ARCHIVE_DAMAGED;
}

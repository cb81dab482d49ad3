#include "cache/stored_form.h"

#include <string.h>

#define MAGIC 0x6F6D654Du /* "Memo" in the order of a little-endian machine */

/* Clocks of several machines differ by less. */
#define SLACK_NS 2000000000u

#define SIGNED_FROM offsetof(memo_stored_head, id)

static uint64_t form_bytes(const memo_stored_head *head)
{
    return head->recording_size > 0 ? sizeof head->form : 0;
}

size_t memo_stored_bytes(const memo_stored_head *head)
{
    uint64_t size = MEMO_STORED_HEAD_BYTES + form_bytes(head);

    if (__builtin_add_overflow(size, head->key_size, &size) ||
        __builtin_add_overflow(size, head->value_size, &size) ||
        __builtin_add_overflow(size, head->recording_size, &size) ||
        size > PTRDIFF_MAX)
        return SIZE_MAX;
    return (size_t)size;
}

static unsigned char *put(unsigned char *out, const void *bytes, size_t size)
{
    if (size > 0 && bytes)
        memcpy(out, bytes, size);
    return out + size;
}

void memo_stored_put(unsigned char *out, const memo_stored_entry *entry)
{
    memo_stored_head head = entry->head;

    head.magic = MAGIC;
    head.version = MEMO_STORED_VERSION;
    head.checksum = (memo_digest){0, 0};
    out = put(out, &head, MEMO_STORED_HEAD_BYTES);
    out = put(out, entry->key, head.key_size);
    out = put(out, entry->value, (size_t)head.value_size);
    out = put(out, &head.form, (size_t)form_bytes(&head));
    put(out, entry->recording, (size_t)head.recording_size);
}

void memo_stored_sign(unsigned char *bytes, size_t size,
                      const unsigned char *secret)
{
    memo_digest checksum =
        memo_hash_keyed(bytes + SIGNED_FROM, size - SIGNED_FROM, secret);

    memcpy(bytes + offsetof(memo_stored_head, checksum), &checksum,
           sizeof checksum);
}

const char *memo_stored_read(memo_stored_entry *out, const void *bytes,
                             size_t size)
{
    const unsigned char *at = bytes;
    memo_stored_head *head = &out->head;

    if (size < MEMO_STORED_HEAD_BYTES)
        return "it is cut off";
    memcpy(head, at, MEMO_STORED_HEAD_BYTES);
    if (head->magic != MAGIC)
        return "it is no entry";
    if (head->version != MEMO_STORED_VERSION)
        return "it has the form of another version";
    if (memo_stored_bytes(head) != size)
        return "it is cut off";
    if (head->kind != MEMO_STORED_RESULT && head->kind != MEMO_STORED_QUESTIONS)
        return "it is of no known kind";
    out->key = at + MEMO_STORED_HEAD_BYTES;
    out->value = out->key + head->key_size;
    out->recording = out->value + head->value_size + form_bytes(head);
    head->form = 0;
    if (head->recording_size > 0)
        memcpy(&head->form, out->recording - sizeof head->form,
               sizeof head->form);
    return NULL;
}

bool memo_stored_is_signed(const void *bytes, size_t size,
                           const unsigned char *secret)
{
    const unsigned char *at = bytes;
    memo_digest kept, computed;

    memcpy(&kept, at + offsetof(memo_stored_head, checksum), sizeof kept);
    computed = memo_hash_keyed(at + SIGNED_FROM, size - SIGNED_FROM, secret);
    return kept.low == computed.low && kept.high == computed.high;
}

bool memo_stored_has_expired(const memo_stored_head *head, uint64_t now_ns)
{
    if (head->expires_ns == 0)
        return false;
    return now_ns >= head->expires_ns ||
           (head->written_ns > now_ns && head->written_ns - now_ns > SLACK_NS);
}

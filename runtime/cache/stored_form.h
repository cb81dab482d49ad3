/* stored_form.h -- an entry as the bytes that a store keeps of it.
 *
 *     head, key bytes, value bytes, recording
 *
 * What most entries do not have stands with what it is about: a recording has
 * eight bytes in front of it that tell its form.
 *
 * Whoever reads it trusts nothing: a store may lie on a disk that rots or be
 * written to by strangers.  It knows neither stores nor functions.
 */
#ifndef MEMO_CACHE_STORED_FORM_H
#define MEMO_CACHE_STORED_FORM_H

#include "base/hash.h"
#include "memo/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Counts up when the bytes change their form. */
#define MEMO_STORED_VERSION 2

/* Of all questions on the way to a result. */
#define MEMO_STORED_QUESTION_BYTES ((size_t)1 << 20)

typedef enum {
    MEMO_STORED_RESULT = 1,
    MEMO_STORED_QUESTIONS /* what a body with these inputs asks for: the value
                             is a list of them, and the result elsewhere */
} memo_stored_kind;

/* Its bytes are as here, in the order of the machine: another machine's have
 * another magic.  What is signed of a result of 64 bytes, and of a word for its
 * key, fits into the 128 bytes that XXH3 hashes in its short way. */
typedef struct {
    uint32_t magic;
    uint32_t version;
    memo_digest checksum; /* of all bytes from `id` on, under the store's
                             secret */
    uint64_t value_size;  /* what the others leave of the whole: tells what is
                             cut off */
    memo_name id;         /* memo_stored.id */
    uint64_t generation;
    uint64_t written_ns, expires_ns; /* since 1970; expires_ns 0 = never */
    uint64_t recording_size;
    uint32_t key_size;
    uint16_t kind;
    uint16_t
        is_derived; /* 1: the key is that of answers, behind other inputs */
    uint64_t form;  /* of the recording: whose it is; stored in front of it */
} memo_stored_head;

/* Of it in front of an entry. */
#define MEMO_STORED_HEAD_BYTES offsetof(memo_stored_head, form)

typedef struct {
    memo_stored_head head;
    const unsigned char *key, *value, *recording;
} memo_stored_entry;

/* Bytes of an entry with this head; SIZE_MAX: too many. */
size_t memo_stored_bytes(const memo_stored_head *head);

/* Write an entry but for its checksum: the rest of the head is filled in.
 * Shape: `out` has room for memo_stored_bytes(). */
void memo_stored_put(unsigned char *out, const memo_stored_entry *entry);

/* Sign what was put, once the value behind the key is there too. */
void memo_stored_sign(unsigned char *bytes, size_t size,
                      const unsigned char *secret);

/* Take bytes apart.  NULL, or what is wrong with them.
 * Owner: `out` points into the bytes. */
const char *memo_stored_read(memo_stored_entry *out, const void *bytes,
                             size_t size);

/* Are they what was signed? */
bool memo_stored_is_signed(const void *bytes, size_t size,
                           const unsigned char *secret);

/* Is it too old, or from a future that no clock may tell of?
 * Units: now_ns since 1970. */
bool memo_stored_has_expired(const memo_stored_head *head, uint64_t now_ns);

#endif

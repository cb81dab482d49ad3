/* names.h -- what things are called in Redis, and what a name says.
 *
 *     PREFIX:{<digest>}:<function>:<generation>        an entry
 *     PREFIX:claim:{<digest>}:<function>:<generation>  who computes it
 *     PREFIX:function:<function>        hash: what people and tools want to
 * know PREFIX:generation:<function>      how often it was cleared, from
 * anywhere PREFIX:generation                 the same of all functions
 *     PREFIX:place:<place>              the function that was last seen there
 *     PREFIX:functions                  set of all functions
 *     PREFIX:secret  PREFIX:swept
 *
 * Numbers are hexadecimal, of fixed length.  The tag in braces puts an entry
 * and its claim into one slot of a cluster.  Whoever listens for changes of
 * entries and generations does so by two prefixes, which claims do not have.
 */
#ifndef MEMO_REDIS_NAMES_H
#define MEMO_REDIS_NAMES_H

#include "memo/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MEMO_REDIS_PREFIX_BYTES 64
#define MEMO_REDIS_KEY_BYTES 192

typedef struct memo_redis_key {
    size_t size;
    char text[MEMO_REDIS_KEY_BYTES]; /* with a NUL */
} memo_redis_key;

/* What an entry's name says. */
typedef struct memo_redis_entry_name {
    memo_name digest, function;
    uint64_t generation;
} memo_redis_entry_name;

/* Prefixes have 1 to 64 letters, digits and . _ - / : so that no pattern, tag
 * or screen takes them for something else. */
bool memo_redis_is_prefix(const char *text);

void memo_redis_key_entry(memo_redis_key *out, const char *prefix,
                          const memo_redis_entry_name *name);
void memo_redis_key_claim(memo_redis_key *out, const char *prefix,
                          const memo_redis_entry_name *name);

/* PREFIX:kind, or with a name PREFIX:kind:name.
 * Shape: `kind` is one of the words above; `name` may be NULL. */
void memo_redis_key_of(memo_redis_key *out, const char *prefix,
                       const char *kind, const memo_name *name);

/* 32 digits and a NUL. */
void memo_redis_name_put(char *out, const memo_name *name);

/* Read what the functions above write; false: it is something else. */
bool memo_redis_entry_parse(memo_redis_entry_name *out, const char *prefix,
                            const char *text, size_t size);
bool memo_redis_name_parse(memo_name *out, const char *text, size_t size);

/* Whose generation it is: -1: it is none, 0: of all, 1: of *out. */
int memo_redis_generation_parse(memo_name *out, const char *prefix,
                                const char *text, size_t size);

#endif

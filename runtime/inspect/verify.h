/* verify.h -- is what a store holds as it should be? */
#ifndef MEMO_INSPECT_VERIFY_H
#define MEMO_INSPECT_VERIFY_H

#include "inspect/listing.h"

/* Judges of a listing: is it what was signed, and does the key belong to the
 * digest? */
memo_listing_judge memo_verify_signed;

/* The same; and can its arguments and its result be read? */
memo_listing_judge memo_verify_readable;

/* What only shows beside others: what is wrong with an entry of a sorted
 * listing, or NULL.
 * Units: now_ns since 1970. */
const char *memo_verify_listed(const memo_listed_entry *entry, uint64_t now_ns);

/* What is wrong with what is known of a function, or NULL. */
const char *memo_verify_function(const memo_listed_function *function);

/* Is a function another machine's, or another version's?  Then nothing can be
 * said of the entries. */
bool memo_listed_is_foreign(const memo_listed_function *function);

/* The digest that an entry with this key has under a secret. */
memo_name memo_key_digest(const memo_name *function, const void *key,
                          size_t size, const unsigned char *secret);

/* Does a key mean the same in stores with other secrets?  Not if there are
 * digests in it.
 * Shape: not of a derived entry. */
bool memo_key_is_plain(const char *facts, const unsigned char *key,
                       size_t size);

#endif

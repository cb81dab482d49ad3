/* A handle of which only these functions know what stands behind it. */
#ifndef STORE_H
#define STORE_H

#include <stddef.h>

/* @memo_type(hash=store_hash, encode=store_encode, decode=store_decode,
 *            free=store_close) */
typedef struct store store;

store *store_open(const char *text);
void store_close(store *s);
int store_get(const store *s, int index);
void store_set(store *s, int index, int value);
unsigned long store_hash(const store *s);
size_t store_encode(const store *s, void *bytes, size_t room);
store *store_decode(const void *bytes, size_t size);

#endif

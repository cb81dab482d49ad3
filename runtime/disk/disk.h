/* disk.h -- the stores of this library, as one knows the other. */
#ifndef MEMO_DISK_DISK_H
#define MEMO_DISK_DISK_H

#include "disk/folder.h"
#include "memo/store.h"

#include <stdint.h>

/* persist="disk": LMDB, and on file systems of other machines "dir". */
extern const struct memo_store memo_disk_store;

/* persist="dir": a file an entry. */
extern const struct memo_store memo_dir_store;

/* $MEMO_DISK_MAX, the bound of a cache directory.
 * Units: bytes. */
uint64_t memo_disk_most_bytes(memo_store_host *host);

/* The cache directory, made if need be; else false, and the host is told. */
bool memo_disk_folder(char *out, memo_store_host *host);

/* Tell the host: "persist=\"disk\": …". */
void memo_disk_warn(memo_store_host *host, const char *name, const char *what,
                    const char *then);

/* Nanoseconds since 1970. */
uint64_t memo_disk_now(void);

#endif

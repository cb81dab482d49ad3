/* disk.h -- the stores of this library, as one knows the other. */
#ifndef MEMO_DISK_DISK_H
#define MEMO_DISK_DISK_H

#include "disk/folder.h"
#include "memo/store.h"

#include <stdbool.h>
#include <stdint.h>

/* persist="disk": LMDB, and on file systems of other machines "dir". */
extern const struct memo_store memo_disk_store;

/* persist="dir": a file an entry. */
extern const struct memo_store memo_dir_store;

/* $MEMO_DISK_MAX, the bound of a cache directory.
 * Units: bytes. */
uint64_t memo_disk_most_bytes(memo_store_host *host);

/* memo_disk_store.open(), where `is_remote` tells which folders lie on file
 * systems of other machines. */
void *memo_disk_open(memo_store_host *host, bool (*is_remote)(const char *));

/* The cache directory, made if need be; else false, and the host is told by the
 * store of this name. */
bool memo_disk_folder(char *out, memo_store_host *host, const char *name);

/* Tell the host that the store of this name cannot write there now. */
void memo_disk_warn_unwritten(memo_store_host *host, const char *name,
                              const char *folder, const char *why);

/* Tell the host: "persist=\"disk\": …". */
void memo_disk_warn(memo_store_host *host, const char *name, const char *what,
                    const char *then);

/* Nanoseconds since 1970. */
uint64_t memo_disk_now(void);

#endif

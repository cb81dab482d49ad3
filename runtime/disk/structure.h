/* structure.h -- may LMDB map this file?
 *
 * LMDB follows every number in its file without a doubt: one that was changed
 * by a stranger, or lost with the power, ends the process that reads it.  What
 * stands here reads the file by pread() alone and doubts all of it.  It does
 * not know what the entries mean: the bytes of a value may be wrong, and only
 * who wrote them can tell.
 */
#ifndef MEMO_DISK_STRUCTURE_H
#define MEMO_DISK_STRUCTURE_H

#include <stddef.h>

typedef enum {
    MEMO_STRUCTURE_SOUND,     /* LMDB may read it, and write to it */
    MEMO_STRUCTURE_DAMAGED,   /* LMDB must not have it */
    MEMO_STRUCTURE_UNREADABLE /* an I/O error, or no memory to tell */
} memo_structure;

/* Tell whether LMDB 0.9 may use the file `data.mdb` that is open as `fd`.
 * An empty file is sound: LMDB makes a store of it.  Named databases are
 * sound if they are plain, as mdb_dbi_open() makes them without flags.
 * Reads each page of a tree once, of a long value only where it starts.
 * Shape:   `why` gets a sentence if the file is not sound, else "".
 * Threads: any; nobody may write to the file meanwhile.
 * Source:  LMDB 0.9, mdb.c, as all of structure*.c */
memo_structure memo_structure_check(int fd, char *why, size_t why_size);

#endif

/* owners.h -- who has an environment open, and how it was left.
 *
 * A file beside the environment.  Locks on it say which processes use it and
 * end with them, however they end; what is in it says in which PID namespace
 * that is, which files they use, and what the data file looked like when it was
 * last left in order.
 *
 *     whole file, shared    a process has it open
 *     whole file, alone     a process has it for itself, to check it
 *     the byte PID          this process has opened it: not a second time
 */
#ifndef MEMO_DISK_OWNERS_H
#define MEMO_DISK_OWNERS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int file;               /* -1: closed */
    uint64_t device, inode; /* of that file */
    uint64_t lock_inode;    /* of lock.mdb; who is alone fills it in */
} memo_owners;

typedef enum {
    MEMO_OWNERS_ALONE,    /* nobody else has it open */
    MEMO_OWNERS_SHARED,   /* others of this PID namespace have */
    MEMO_OWNERS_FOREIGN,  /* those of another one have */
    MEMO_OWNERS_REPLACED, /* others use files that are not there any more */
    MEMO_OWNERS_TWICE,    /* this process has opened it already */
    MEMO_OWNERS_BUSY,     /* somebody checks it */
    MEMO_OWNERS_FAILED    /* errno says why */
} memo_owning;

/* Come among the owners of an environment, whose folder there is.  Waits for
 * nobody.
 * Owner: `out` with ALONE and SHARED; memo_owners_leave(). */
memo_owning memo_owners_enter(memo_owners *out, const char *folder);

/* Who was alone lets others in. */
void memo_owners_share(memo_owners *owners);

void memo_owners_leave(memo_owners *owners);

/* The same in a child of fork, where the number may be another file's by now:
 * that one is left alone. */
void memo_owners_leave_inherited(memo_owners *owners);

/* Is the data file as it was left, since the machine was started?  There is
 * none: it is. */
bool memo_owners_is_in_order(const memo_owners *owners, const char *data_path);

/* Write down what the data file looks like now. */
void memo_owners_mark(const memo_owners *owners, int data_file);

#endif

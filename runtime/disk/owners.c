#include "disk/owners.h"

#include "disk/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC 0x6B72616D6F6D656Du /* "memomark" */

/* What the file holds. */
typedef struct {
    uint64_t magic;
    uint64_t boot; /* what was not written to the disk before is lost */
    uint64_t pid_namespace;
    uint64_t lock_inode;
    /* Of the data file. */
    uint64_t device, inode, size;
    int64_t seconds, nanoseconds; /* when it was written last */
    uint64_t check;               /* the sum of all words before */
} mark;

static uint64_t sum(const mark *of)
{
    uint64_t words[sizeof *of / sizeof(uint64_t)], total = 0;

    memcpy(words, of, sizeof words);
    for (size_t i = 0; i + 1 < sizeof words / sizeof words[0]; i++)
        total = total * 0x9E3779B97F4A7C15u + words[i];
    return total;
}

static bool read_mark(mark *out, int file)
{
    return pread(file, out, sizeof *out, 0) == (ssize_t)sizeof *out &&
           out->magic == MAGIC && out->check == sum(out);
}

static bool write_mark(int file, mark *from)
{
    from->magic = MAGIC;
    from->check = sum(from);
    return pwrite(file, from, sizeof *from, 0) == (ssize_t)sizeof *from;
}

/* Processes of several namespaces may have the same number. */
static uint64_t pid_namespace(void)
{
    struct stat status;

    return stat("/proc/self/ns/pid", &status) == 0 ? (uint64_t)status.st_ino
                                                   : 0;
}

/* Which start of the machine this is; 0: nobody knows. */
static uint64_t boot_id(void)
{
    char text[36];
    uint64_t words[4] = {0};
    int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    bool is_known;

    if (file < 0)
        return 0;
    is_known = read(file, text, sizeof text) == (ssize_t)sizeof text;
    close(file);
    if (!is_known)
        return 0;
    memcpy(words, text, sizeof words);
    return words[0] ^ words[1] << 1 ^ words[2] << 2 ^ words[3] << 3;
}

/* Locks of the open file: they tell two openings in one process apart, and do
 * not end when some other file descriptor of the file is closed. */
static bool lock_own_byte(int file)
{
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = (off_t)1 + getpid(),
                         .l_len = 1};

    return fcntl(file, F_OFD_SETLK, &lock) == 0;
}

static uint64_t inode_of(const char *folder, const char *name)
{
    char path[MEMO_PATH_SIZE];
    struct stat status;

    return memo_folder_join(path, folder, name) && lstat(path, &status) == 0
               ? (uint64_t)status.st_ino
               : 0;
}

/* Who uses one of two lock files does not see who uses the other. */
static memo_owning enter_shared(memo_owners *out, const char *folder)
{
    mark now;

    if (flock(out->file, LOCK_SH | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? MEMO_OWNERS_BUSY : MEMO_OWNERS_FAILED;
    if (!read_mark(&now, out->file))
        return MEMO_OWNERS_BUSY; /* it is being written */
    if (now.pid_namespace != pid_namespace())
        return MEMO_OWNERS_FOREIGN;
    out->lock_inode = now.lock_inode;
    return now.inode == inode_of(folder, "data.mdb") &&
                   now.lock_inode == inode_of(folder, "lock.mdb")
               ? MEMO_OWNERS_SHARED
               : MEMO_OWNERS_REPLACED;
}

/* The next ones see whose it is now. */
static memo_owning enter_alone(int file)
{
    mark now;

    if (!read_mark(&now, file))
        now = (mark){0};
    now.pid_namespace = pid_namespace();
    return write_mark(file, &now) ? MEMO_OWNERS_ALONE : MEMO_OWNERS_FAILED;
}

static void note_identity(memo_owners *owners)
{
    struct stat status;

    if (fstat(owners->file, &status) == 0) {
        owners->device = (uint64_t)status.st_dev;
        owners->inode = (uint64_t)status.st_ino;
    }
}

memo_owning memo_owners_enter(memo_owners *out, const char *folder)
{
    char path[MEMO_PATH_SIZE];
    memo_owning owning;
    int problem;

    *out = (memo_owners){.file = -1};
    if (!memo_folder_join(path, folder, "owners")) {
        errno = ENAMETOOLONG;
        return MEMO_OWNERS_FAILED;
    }
    out->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (out->file < 0)
        return MEMO_OWNERS_FAILED;
    note_identity(out);
    if (flock(out->file, LOCK_EX | LOCK_NB) == 0)
        owning = enter_alone(out->file);
    else if (errno == EWOULDBLOCK)
        owning = enter_shared(out, folder);
    else
        owning = MEMO_OWNERS_FAILED;
    if ((owning == MEMO_OWNERS_ALONE || owning == MEMO_OWNERS_SHARED) &&
        !lock_own_byte(out->file))
        owning = MEMO_OWNERS_TWICE;
    problem = errno;
    if (owning != MEMO_OWNERS_ALONE && owning != MEMO_OWNERS_SHARED)
        memo_owners_leave(out);
    errno = problem;
    return owning;
}

void memo_owners_share(memo_owners *owners)
{
    flock(owners->file, LOCK_SH);
}

void memo_owners_leave(memo_owners *owners)
{
    if (owners->file >= 0)
        close(owners->file);
    owners->file = -1;
}

void memo_owners_leave_inherited(memo_owners *owners)
{
    struct stat status;
    bool is_same = owners->file >= 0 && fstat(owners->file, &status) == 0 &&
                   owners->device == (uint64_t)status.st_dev &&
                   owners->inode == (uint64_t)status.st_ino;

    if (is_same)
        memo_owners_leave(owners);
    owners->file = -1;
}

static bool look_at(mark *out, int data_file)
{
    struct stat status;

    if (fstat(data_file, &status) != 0)
        return false;
    out->device = (uint64_t)status.st_dev;
    out->inode = (uint64_t)status.st_ino;
    out->size = (uint64_t)status.st_size;
    out->seconds = status.st_mtim.tv_sec;
    out->nanoseconds = status.st_mtim.tv_nsec;
    return true;
}

bool memo_owners_is_in_order(const memo_owners *owners, const char *data_path)
{
    int data = open(data_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    mark left, now;
    bool is_same;

    if (data < 0)
        return errno == ENOENT;
    is_same = read_mark(&left, owners->file) && look_at(&now, data) &&
              left.boot != 0 && left.boot == boot_id() &&
              left.device == now.device && left.inode == now.inode &&
              left.size == now.size && left.seconds == now.seconds &&
              left.nanoseconds == now.nanoseconds;
    close(data);
    return is_same;
}

void memo_owners_mark(const memo_owners *owners, int data_file)
{
    mark now = {.boot = boot_id(),
                .pid_namespace = pid_namespace(),
                .lock_inode = owners->lock_inode};

    if (look_at(&now, data_file))
        write_mark(owners->file, &now);
}

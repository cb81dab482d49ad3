#include "disk/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(int file, unsigned char *out, size_t size)
{
    while (size > 0) {
        ssize_t got = read(file, out, size);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got < 0 ? errno : EIO; /* it became shorter */
            return false;
        }
        out += got;
        size -= (size_t)got;
    }
    return true;
}

static bool read_open(memo_file_content *out, int file, size_t most)
{
    struct stat status;

    if (fstat(file, &status) != 0)
        return false;
    if (!S_ISREG(status.st_mode) || status.st_size < 0 ||
        (size_t)status.st_size > most) {
        errno = EFBIG;
        return false;
    }
    out->size = (size_t)status.st_size;
    out->bytes = malloc(out->size + 1);
    if (!out->bytes) {
        errno = ENOMEM;
        return false;
    }
    if (read_all(file, out->bytes, out->size))
        return true;
    free(out->bytes);
    return false;
}

bool memo_file_read(memo_file_content *out, int folder, const char *name,
                    size_t most)
{
    int file =
        openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool done;
    int problem;

    if (file < 0)
        return false;
    done = read_open(out, file, most);
    problem = errno;
    close(file);
    errno = problem;
    return done;
}

static bool write_all(int file, const unsigned char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t put = write(file, bytes, size);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            errno = put < 0 ? errno : ENOSPC;
            return false;
        }
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}

/* Write a file of a name that nobody else has. */
static bool write_aside(char *name, size_t name_size, int folder,
                        const void *bytes, size_t size)
{
    static _Atomic unsigned last;
    bool done;
    int file, problem;

    snprintf(name, name_size, MEMO_FILE_ASIDE "%ld.%u.%p", (long)getpid(),
             atomic_fetch_add(&last, 1), (void *)&last);
    file = openat(folder, name,
                  O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return false;
    done = write_all(file, bytes, size);
    problem = errno;
    if (close(file) != 0 && done) { /* NFS tells here that the disk is full */
        problem = errno;
        done = false;
    }
    if (!done)
        unlinkat(folder, name, 0);
    errno = problem;
    return done;
}

bool memo_file_write(int folder, const char *name, const void *bytes,
                     size_t size)
{
    char aside[80];
    int problem;

    if (!write_aside(aside, sizeof aside, folder, bytes, size))
        return false;
    if (renameat(folder, aside, folder, name) == 0)
        return true;
    problem = errno;
    unlinkat(folder, aside, 0);
    errno = problem;
    return false;
}

/* For file systems without links: of two at once, the last one wins. */
static bool rename_first(int folder, const char *aside, const char *name)
{
    if (faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    return renameat(folder, aside, folder, name) == 0;
}

bool memo_file_write_first(int folder, const char *name, const void *bytes,
                           size_t size)
{
    char aside[80];
    bool done;
    int problem;

    if (!write_aside(aside, sizeof aside, folder, bytes, size))
        return false;
    done = linkat(folder, aside, folder, name, 0) == 0;
    if (!done && (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS))
        done = rename_first(folder, aside, name);
    problem = errno;
    unlinkat(folder, aside, 0);
    errno = problem;
    return done;
}

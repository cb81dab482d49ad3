#include "cache/content.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is read at once: the digest of a file does not depend on anything else
 * about how it is read. */
#define PART_BYTES ((size_t)1 << 18)

/* Fill `part` up to its end or that of the file. */
static ssize_t read_part(int file, unsigned char *part)
{
    size_t size = 0;

    while (size < PART_BYTES) {
        ssize_t got = read(file, part + size, PART_BYTES - size);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        size += (size_t)got;
    }
    return (ssize_t)size;
}

/* Each part is digested behind the digest of those before it. */
static int digest_file(memo_digest *out, int file)
{
    unsigned char *memory = malloc(sizeof *out + PART_BYTES);
    ssize_t size = 0;

    *out = (memo_digest){0, 0};
    if (!memory)
        return EINVAL;
    do {
        size = read_part(file, memory + sizeof *out);
        if (size < 0)
            break;
        memcpy(memory, out, sizeof *out);
        *out = memo_hash_bytes(memory, sizeof *out + (size_t)size);
    } while ((size_t)size == PART_BYTES);
    free(memory);
    return size < 0 ? EINVAL : 0;
}

int memo_content_digest(memo_digest *out, const char *path)
{
    int saved_errno = errno, problem, state, file;
    struct stat status;

    /* No thread ends within the library; and a pipe without a writer must not
     * keep anybody waiting. */
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        problem = errno;
    } else {
        problem = fstat(file, &status) == 0 && S_ISREG(status.st_mode)
                      ? digest_file(out, file)
                      : EINVAL;
        close(file);
    }
    pthread_setcancelstate(state, &state);
    errno = saved_errno;
    return problem;
}

#include "disk/structure_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

memo_structure memo_structure_damaged(memo_structure_file *file,
                                      const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(file->why, file->why_size, format, arguments);
    va_end(arguments);
    return MEMO_STRUCTURE_DAMAGED;
}

memo_structure memo_structure_unreadable(memo_structure_file *file,
                                         const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(file->why, file->why_size, format, arguments);
    va_end(arguments);
    return MEMO_STRUCTURE_UNREADABLE;
}

memo_structure memo_structure_file_init(memo_structure_file *file, int fd,
                                        char *why, size_t why_size)
{
    struct stat status;

    *file = (memo_structure_file){.fd = fd, .why = why, .why_size = why_size};
    if (why_size > 0)
        *why = '\0';
    if (fstat(fd, &status) != 0)
        return memo_structure_unreadable(file, "the file cannot be read: %s",
                                         strerror(errno));
    if (!S_ISREG(status.st_mode))
        return memo_structure_unreadable(file, "this is no regular file");
    file->size = (uint64_t)status.st_size;
    return MEMO_STRUCTURE_SOUND;
}

void memo_structure_file_finish(memo_structure_file *file)
{
    free(file->taken);
}

memo_structure memo_structure_file_count(memo_structure_file *file,
                                         uint64_t pages)
{
    file->pages = pages;
    file->taken = calloc((size_t)(pages / 8 + 1), 1);
    if (!file->taken)
        return memo_structure_unreadable(
            file, "there is no memory to check %" PRIu64 " pages", pages);
    return MEMO_STRUCTURE_SOUND;
}

memo_structure memo_structure_read(memo_structure_file *file, void *out,
                                   size_t size, uint64_t at)
{
    unsigned char *to = out;

    while (size > 0) {
        ssize_t got = pread(file->fd, to, size, (off_t)at);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return memo_structure_unreadable(
                file, "the file cannot be read: %s", strerror(errno));
        if (got == 0)
            return memo_structure_damaged(
                file, "the file ends at byte %" PRIu64 ", in the middle", at);
        to += got;
        at += (uint64_t)got;
        size -= (size_t)got;
    }
    return MEMO_STRUCTURE_SOUND;
}

void memo_structure_expect(const memo_structure_file *file, uint64_t page)
{
    if (page < file->size / file->page_size)
        posix_fadvise(file->fd, (off_t)(page * file->page_size),
                      (off_t)file->page_size, POSIX_FADV_WILLNEED);
}

memo_structure memo_structure_take(memo_structure_file *file, uint64_t first,
                                   uint64_t count)
{
    if (first < MEMO_STRUCTURE_FIRST_PAGE || first >= file->pages ||
        count > file->pages - first)
        return memo_structure_damaged(file,
                                      "page %" PRIu64 " and the %" PRIu64
                                      " after it are named, of %" PRIu64,
                                      first, count - 1, file->pages);
    for (uint64_t page = first; page < first + count; page++) {
        unsigned char bit = (unsigned char)(1u << page % 8);

        if (file->taken[page / 8] & bit)
            return memo_structure_damaged(file, "page %" PRIu64 " has two uses",
                                          page);
        file->taken[page / 8] |= bit;
    }
    return MEMO_STRUCTURE_SOUND;
}

memo_structure memo_structure_take_written(memo_structure_file *file,
                                           uint64_t first, uint64_t count)
{
    uint64_t whole = file->size / file->page_size;

    if (first >= whole || count > whole - first)
        return memo_structure_damaged(file,
                                      "page %" PRIu64 " and the %" PRIu64
                                      " after it are not within the file",
                                      first, count - 1);
    return memo_structure_take(file, first, count);
}

/* structure_file.h -- a file of pages, of which each has one use.
 *
 * Reads by place and keeps the account of the pages.  It does not know what
 * is in them.
 */
#ifndef MEMO_DISK_STRUCTURE_FILE_H
#define MEMO_DISK_STRUCTURE_FILE_H

#include "disk/structure.h"

#include <stdint.h>

/* The pages before these hold the descriptions of the store. */
#define MEMO_STRUCTURE_FIRST_PAGE 2u

/* More pages are not looked at: 4 TiB of the usual size, 128 MiB of bits. */
#define MEMO_STRUCTURE_MOST_PAGES ((uint64_t)1 << 30)

typedef struct {
    int fd;
    uint64_t size; /* of the file */
    uint32_t page_size;
    uint64_t pages;       /* that the store knows, from 0 on */
    unsigned char *taken; /* a bit of each: it has got its use */
    char *why;            /* one sentence, of the first that is wrong */
    size_t why_size;
} memo_structure_file;

/* Look at an open file.  `pages` and `page_size` are for the caller to set.
 * Owner:  caller; release with memo_structure_file_finish().
 * Errors: MEMO_STRUCTURE_UNREADABLE if it is no regular file. */
memo_structure memo_structure_file_init(memo_structure_file *file, int fd,
                                        char *why, size_t why_size);

void memo_structure_file_finish(memo_structure_file *file);

/* Make the account for all pages. */
memo_structure memo_structure_file_count(memo_structure_file *file,
                                         uint64_t pages);

/* Say what is wrong; returns MEMO_STRUCTURE_DAMAGED. */
__attribute__((format(printf, 2, 3))) memo_structure
memo_structure_damaged(memo_structure_file *file, const char *format, ...);

/* Say why nobody can tell; returns MEMO_STRUCTURE_UNREADABLE. */
__attribute__((format(printf, 2, 3))) memo_structure
memo_structure_unreadable(memo_structure_file *file, const char *format, ...);

/* Read bytes at a place of the file; it is damaged if they are not there. */
memo_structure memo_structure_read(memo_structure_file *file, void *out,
                                   size_t size, uint64_t at);

/* Say that a page will be read soon, so that a disk may fetch many at once.
 * Shape: any number. */
void memo_structure_expect(const memo_structure_file *file, uint64_t page);

/* Give pages their use, which must be their only one. */
memo_structure memo_structure_take(memo_structure_file *file, uint64_t first,
                                   uint64_t count);

/* The same of pages that will be read: they must lie within the file. */
memo_structure memo_structure_take_written(memo_structure_file *file,
                                           uint64_t first, uint64_t count);

#endif

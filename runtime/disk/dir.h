/* dir.h -- what persist="dir" has in its folders. */
#ifndef MEMO_DISK_DIR_H
#define MEMO_DISK_DIR_H

#include "disk/disk.h"
#include "disk/file.h"

#include <stdbool.h>
#include <stdint.h>

#define MEMO_DIR_NAME 33
#define MEMO_DIR_ENTRY (2 * MEMO_DIR_NAME + 18)

/* Larger entries are not kept, nor is a file read that was made so large. */
#define MEMO_DIR_MOST_BYTES ((size_t)256 << 20)

typedef struct {
    memo_store_host *host;
    char folder[MEMO_PATH_SIZE];         /* for people */
    int top, places, functions, entries; /* open folders */
    uint64_t most_bytes;
    bool has_grown; /* or else there may be something to tidy up */
    uint64_t walked_at;
} memo_dir;

/* What an entry's file begins with.  Its time is here because file systems
 * round theirs, some to seconds.
 * Units: nanoseconds since 1970; expires_ns 0 = never. */
typedef struct {
    uint64_t written_ns, expires_ns;
} memo_dir_head;

/* What a function's file holds: this, then the texts, each with its NUL, then
 * the facts. */
typedef struct {
    uint64_t magic, generation, facts_size;
    uint32_t line, function_size, file_size, source_size;
    uint64_t check;
} memo_dir_function_head;

typedef struct {
    memo_dir_function_head head;
    const char *function, *file, *source;
    const void *facts;
    unsigned char *memory; /* free() it */
} memo_dir_function;

void memo_dir_name(char *out, const memo_name *name);

/* Read a function's file.  False: ENOENT, there is none, or it is damaged; or
 * nobody can tell now. */
bool memo_dir_function_read(memo_dir_function *out, int folder,
                            const char *name);
bool memo_dir_function_write(int folder, const char *name,
                             memo_dir_function *record);

/* Write the file of an entry, and the folder that it is in if that is gone. */
bool memo_dir_entry_write(int entries, const char *name, const void *bytes,
                          size_t size);

/* Is it what memo_dir_name() makes? */
bool memo_dir_is_name(const char *text);

/* Does a function of this id stand at any place? */
bool memo_dir_has_place(int places, const char *id);

/* Give all functions another generation. */
bool memo_dir_renew_all(int functions, uint64_t generation);

/* Remove what nobody can find any more, what has expired, what was left while
 * it was written, and the oldest entries above the bound. */
void memo_dir_tidy(const memo_dir *d);

/* Visit all. */
int memo_dir_each(int functions, int entries, memo_store_visit *visit,
                  void *context);

#endif

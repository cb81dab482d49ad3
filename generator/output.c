/* output.c -- write a file whole or not at all, and only if it changed. */
#include "output.h"

#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX_READ_BYTES ((size_t)1 << 30)
#define MAX_LINKS 40
#define MAX_ATTEMPTS 100
#define OLD_SECONDS 60

/* Of a longer name its beginning is in the name of the temporary file. */
#define MAX_NAME_BYTES 200

static const char suffix[] = ".memogen-tmp";

/* Note what went wrong, with the reason in errno; always false. */
static bool fail(gen_arena *arena, const char **error, const char *what,
                 const char *path)
{
    *error = gen_arena_format(arena, "cannot %s '%s': %s", what, path,
                              strerror(errno));
    return false;
}

/* The folder of a path, with its slash: "a/b.c" → "a/", "b.c" → "". */
static char *folder_of(gen_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    return gen_arena_copy(arena, path,
                          slash == NULL ? 0 : (size_t)(slash - path) + 1);
}

/* The name of a path behind its folder. */
static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

/* Where a path ends that is a link, or a link to a link; its end may not exist.
 * Errors: NULL, errno. */
static const char *follow_links(gen_arena *arena, const char *path)
{
    char target[PATH_MAX];
    struct stat status;

    for (int i = 0; i < MAX_LINKS; i++) {
        if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
            return path;
        ssize_t size = readlink(path, target, sizeof target - 1);
        if (size < 0)
            return NULL;
        target[size] = '\0';
        path = target[0] == '/'
                   ? gen_arena_copy(arena, target, (size_t)size)
                   : gen_arena_format(arena, "%s%s", folder_of(arena, path),
                                      target);
    }
    errno = ELOOP;
    return NULL;
}

/* Make the folder that ends with a slash, and those around it. */
static bool make_folders(gen_arena *arena, const char *folder)
{
    char *path = gen_arena_copy(arena, folder, strlen(folder));
    char *slash = path;

    while ((slash = strchr(slash + 1, '/')) != NULL) {
        *slash = '\0';
        if (path[0] != '\0' && mkdir(path, 0777) != 0 && errno != EEXIST)
            return false;
        *slash = '/';
    }
    return true;
}

static bool ends_with_suffix(const char *name)
{
    size_t size = strlen(name);

    return size >= sizeof suffix - 1 &&
           strcmp(name + size - (sizeof suffix - 1), suffix) == 0;
}

/* Remove what a killed memogen left of this file.  Another one may be writing
 * it just now, so young ones stay. */
static void remove_left_overs(const char *folder, const char *beginning)
{
    DIR *opened = opendir(folder[0] == '\0' ? "." : folder);
    const time_t now = time(NULL);
    struct dirent *entry;
    struct stat status;

    if (opened == NULL)
        return;
    while ((entry = readdir(opened)) != NULL) {
        if (strncmp(entry->d_name, beginning, strlen(beginning)) != 0 ||
            !ends_with_suffix(entry->d_name))
            continue;
        if (fstatat(dirfd(opened), entry->d_name, &status,
                    AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode) && now - status.st_mtime > OLD_SECONDS)
            unlinkat(dirfd(opened), entry->d_name, 0);
    }
    closedir(opened);
}

/* Create a temporary file beside `path`.
 * Errors: -1, errno. */
static int create_temporary(gen_arena *arena, const char *path,
                            const char **out_path)
{
    const char *folder = folder_of(arena, path);
    const char *beginning =
        gen_arena_format(arena, ".%.*s.", MAX_NAME_BYTES, name_of(path));

    remove_left_overs(folder, beginning);
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
        *out_path = gen_arena_format(arena, "%s%s%ld-%d%s", folder, beginning,
                                     (long)getpid(), i, suffix);
        int file =
            open(*out_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

static bool write_all(int file, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, text, size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            text += written;
            size -= (size_t)written;
        }
    }
    return true;
}

/* Write into what is no regular file (a pipe, a device), which cannot be
 * replaced. */
static bool write_through(const char *path, const char *text, size_t size)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);

    if (file < 0)
        return false;
    bool is_written = write_all(file, text, size);
    int reason = errno;
    if (close(file) != 0 && is_written)
        return false;
    errno = reason;
    return is_written;
}

/* Replace `path`, whose mode the new file takes over if `old` is not NULL. */
static bool replace(gen_arena *arena, const char *path, const char *text,
                    size_t size, const struct stat *old)
{
    const char *temporary;
    int file = create_temporary(arena, path, &temporary);

    if (file < 0)
        return false;
    bool is_good = write_all(file, text, size) &&
                   (old == NULL || fchmod(file, old->st_mode & 07777) == 0);
    int reason = errno;
    if (close(file) != 0 && is_good) {
        reason = errno;
        is_good = false;
    }
    if (is_good && rename(temporary, path) != 0) {
        reason = errno;
        is_good = false;
    }
    if (!is_good)
        unlink(temporary);
    errno = reason;
    return is_good;
}

gen_output_result gen_output_write(gen_arena *arena, const char *path,
                                   const char *text, size_t size,
                                   const char **error)
{
    struct stat status;

    if (gen_output_is_current(path, text, size))
        return GEN_OUTPUT_UNCHANGED;
    const char *target = follow_links(arena, path);
    if (target == NULL || !make_folders(arena, folder_of(arena, target))) {
        fail(arena, error, "write", path);
        return GEN_OUTPUT_FAILED;
    }
    bool exists = stat(target, &status) == 0;
    bool is_written;
    if (exists && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        is_written = false;
    } else if (exists && !S_ISREG(status.st_mode)) {
        is_written = write_through(target, text, size);
    } else {
        is_written =
            replace(arena, target, text, size, exists ? &status : NULL);
    }
    if (!is_written)
        fail(arena, error, "write", path);
    return is_written ? GEN_OUTPUT_WRITTEN : GEN_OUTPUT_FAILED;
}

/* The number of bytes read into the buffer, fewer than wanted only at the end.
 * Errors: -1, errno. */
static ssize_t read_some(int file, char *buffer, size_t wanted)
{
    size_t count = 0;

    while (count < wanted) {
        ssize_t found = read(file, buffer + count, wanted - count);
        if (found < 0 && errno != EINTR)
            return -1;
        if (found == 0)
            break;
        if (found > 0)
            count += (size_t)found;
    }
    return (ssize_t)count;
}

/* Append all of an open file to `out`.
 * Errors: false, errno. */
static bool read_all(int file, gen_text *out)
{
    char buffer[1 << 16];
    ssize_t count;

    do {
        count = read_some(file, buffer, sizeof buffer);
        if (count < 0)
            return false;
        gen_text_append(out, buffer, (size_t)count);
        if (out->size > MAX_READ_BYTES) {
            errno = EFBIG;
            return false;
        }
    } while (count > 0);
    return true;
}

/* Refuse before reading what reading would refuse late. */
static bool is_readable(int file)
{
    struct stat status;

    if (fstat(file, &status) != 0)
        return false;
    if (S_ISDIR(status.st_mode))
        errno = EISDIR;
    else if (S_ISREG(status.st_mode) &&
             (uintmax_t)status.st_size > MAX_READ_BYTES)
        errno = EFBIG;
    else
        return true;
    return false;
}

char *gen_output_read(gen_arena *arena, const char *path, size_t *size,
                      const char **error)
{
    const bool is_standard = strcmp(path, "-") == 0;
    int file = is_standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    gen_text text = {0};
    char *copy = NULL;

    if (file >= 0 && is_readable(file) && read_all(file, &text)) {
        copy = gen_arena_copy(arena, text.data, text.size);
        *size = text.size;
    } else {
        fail(arena, error, "read", is_standard ? "standard input" : path);
    }
    gen_text_finish(&text);
    if (file >= 0 && !is_standard)
        close(file);
    return copy;
}

bool gen_output_is_current(const char *path, const char *text, size_t size)
{
    char buffer[1 << 16];
    struct stat status;

    /* What is no regular file has no content to compare, and opening a pipe
     * would wait for its writer. */
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) ||
        (uintmax_t)status.st_size != size)
        return false;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t count;
    bool is_equal;
    do {
        count = read_some(file, buffer, sizeof buffer);
        is_equal = count >= 0 && (size_t)count <= size &&
                   memcmp(buffer, text, (size_t)count) == 0;
        if (is_equal) {
            text += count;
            size -= (size_t)count;
        }
    } while (is_equal && count > 0);
    close(file);
    return is_equal && size == 0;
}

/* Append a path as make reads it.
 * Source: gcc 12, libcpp/mkdeps.cc: backslashes are doubled before a blank. */
static void append_path(gen_text *out, const char *path)
{
    for (size_t i = 0; path[i] != '\0'; i++) {
        if (path[i] == ' ' || path[i] == '\t') {
            for (size_t k = i; k > 0 && path[k - 1] == '\\'; k--)
                gen_text_append_char(out, '\\');
            gen_text_append_char(out, '\\');
        } else if (path[i] == '#') {
            gen_text_append_char(out, '\\');
        } else if (path[i] == '$') {
            gen_text_append_char(out, '$');
        }
        gen_text_append_char(out, path[i]);
    }
}

const char *gen_output_depfile(gen_arena *arena, const char *target,
                               const char *const *dependencies, size_t count,
                               bool phony)
{
    gen_text out = {0};

    append_path(&out, target);
    gen_text_append_char(&out, ':');
    for (size_t i = 0; i < count; i++) {
        gen_text_append_string(&out, i == 0 ? " " : " \\\n ");
        append_path(&out, dependencies[i]);
    }
    gen_text_append_char(&out, '\n');
    for (size_t i = 1; i < count && phony; i++) {
        append_path(&out, dependencies[i]);
        gen_text_append_string(&out, ":\n");
    }
    const char *copy = gen_arena_copy(arena, out.data, out.size);
    gen_text_finish(&out);
    return copy;
}

/* dir.c -- persist="dir": a file an entry, for any file system.
 *
 *     dir-1/secret
 *           places/<place>             the id of the function there
 *           functions/<id>             what is known of a function
 *           entries/<id>/<generation>-<digest>
 *
 * Files are written aside and renamed, so that a reader sees all of one or
 * none; nothing is locked.  The last one to write wins, which is as good as the
 * first: both hold the same result.
 */
#include "disk/dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Pauses between walks over all files. */
#define WALK_NS 60000000000u

static uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* ---- opening ------------------------------------------------------------- */

static int open_folder(const char *folder, const char *name, char *why)
{
    char path[MEMO_PATH_SIZE];
    int opened;

    if (!memo_folder_make_in(path, folder, name, why))
        return -1;
    opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (opened < 0)
        snprintf(why, MEMO_PATH_SIZE,
                 "cannot open '%.250s': %s; MEMO_CACHE_DIR may name another "
                 "directory",
                 path, strerror(errno));
    return opened;
}

/* One that was cut while it was written is drawn anew: entries under the old
 * one cannot be found any more. */
static bool read_secret(memo_dir *d)
{
    size_t size = sizeof d->host->secret;
    memo_file_content content;
    bool is_whole;

    if (!memo_file_read(&content, d->top, "secret", size)) {
        if (errno == EFBIG)
            unlinkat(d->top, "secret", 0);
        return false;
    }
    is_whole = content.size == size;
    if (is_whole)
        memcpy(d->host->secret, content.bytes, size);
    else
        unlinkat(d->top, "secret", 0);
    free(content.bytes);
    errno = EIO;
    return is_whole;
}

static bool find_secret(memo_dir *d, char *why)
{
    size_t size = sizeof d->host->secret;
    unsigned char drawn[sizeof d->host->secret];

    for (int i = 0; i < 3; i++) {
        if (read_secret(d))
            return true;
        if (getrandom(drawn, size, 0) == (ssize_t)size &&
            !memo_file_write_first(d->top, "secret", drawn, size) &&
            errno != EEXIST)
            break;
    }
    snprintf(why, MEMO_PATH_SIZE,
             "cannot make '%.250s/secret': %s; MEMO_CACHE_DIR may name "
             "another directory",
             d->folder, strerror(errno));
    return false;
}

static void close_folder(int folder)
{
    if (folder >= 0)
        close(folder);
}

static void close_dir(void *store)
{
    memo_dir *d = store;

    close_folder(d->top);
    close_folder(d->places);
    close_folder(d->functions);
    close_folder(d->entries);
    free(d);
}

static bool open_all(memo_dir *d, const char *folder, char *why)
{
    return (d->top = open_folder(folder, "dir-1", why)) >= 0 &&
           memo_folder_join(d->folder, folder, "dir-1") &&
           (d->places = open_folder(d->folder, "places", why)) >= 0 &&
           (d->functions = open_folder(d->folder, "functions", why)) >= 0 &&
           (d->entries = open_folder(d->folder, "entries", why)) >= 0 &&
           find_secret(d, why);
}

static void *open_dir(memo_store_host *host)
{
    char folder[MEMO_PATH_SIZE], why[MEMO_PATH_SIZE];
    memo_dir *d;

    if (!memo_disk_folder(folder, host, "dir"))
        return NULL;
    d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    *d = (memo_dir){.host = host,
                    .top = -1,
                    .places = -1,
                    .functions = -1,
                    .entries = -1,
                    .most_bytes = memo_disk_most_bytes(host),
                    .has_grown = true};
    if (open_all(d, folder, why))
        return d;
    memo_disk_warn(host, "dir", why, "results live in memory only");
    close_dir(d);
    return NULL;
}

/* ---- names --------------------------------------------------------------- */

void memo_dir_name(char *out, const memo_name *name)
{
    snprintf(out, MEMO_DIR_NAME, "%016llx%016llx",
             (unsigned long long)name->high, (unsigned long long)name->low);
}

/* <id>/<generation>-<digest> */
static void entry_name(char *out, const memo_stored *stored,
                       uint64_t generation, const memo_name *digest)
{
    char id[MEMO_DIR_NAME], last[MEMO_DIR_NAME];

    memo_dir_name(id, &stored->id);
    memo_dir_name(last, digest);
    snprintf(out, MEMO_DIR_ENTRY, "%s/%016llx-%s", id,
             (unsigned long long)generation, last);
}

/* ---- functions ----------------------------------------------------------- */

/* A generation that no function ever had. */
static uint64_t new_generation(uint64_t before)
{
    uint64_t now = memo_disk_now();

    return now > before ? now : before + 1;
}

static bool write_function(memo_dir *d, const memo_stored *stored,
                           uint64_t generation)
{
    memo_dir_function record = {
        .head = {.generation = generation, .line = stored->line},
        .function = stored->function,
        .file = stored->file,
        .source = stored->source,
        .facts = stored->facts};
    char name[MEMO_DIR_NAME];

    memo_dir_name(name, &stored->id);
    record.head.function_size = (uint32_t)strlen(stored->function) + 1;
    record.head.file_size = (uint32_t)strlen(stored->file) + 1;
    record.head.source_size = (uint32_t)strlen(stored->source) + 1;
    record.head.facts_size = stored->facts_size;
    return memo_dir_function_write(d->functions, name, &record);
}

/* As it is written on disk; false: there is none, or it is damaged. */
static bool find_generation(uint64_t *out, const memo_dir *d,
                            const memo_stored *stored)
{
    char name[MEMO_DIR_NAME];
    memo_dir_function record;

    memo_dir_name(name, &stored->id);
    if (!memo_dir_function_read(&record, d->functions, name))
        return false;
    *out = record.head.generation;
    free(record.memory);
    return true;
}

static void tell(memo_dir *d)
{
    memo_disk_warn_unwritten(d->host, "dir", d->folder, strerror(errno));
}

/* Another program may still have the function that stood here. */
static void leave_place(memo_dir *d, const char *before)
{
    if (memo_dir_is_name(before) && !memo_dir_has_place(d->places, before))
        unlinkat(d->functions, before, 0);
    d->has_grown = true; /* its entries are found when all are looked at */
}

static bool take_place(memo_dir *d, memo_stored *stored)
{
    char place[MEMO_DIR_NAME], id[MEMO_DIR_NAME];
    memo_file_content before = {NULL, 0};
    bool is_same = false;

    memo_dir_name(place, &stored->place);
    memo_dir_name(id, &stored->id);
    if (memo_file_read(&before, d->places, place, sizeof id)) {
        is_same = before.size == strlen(id) &&
                  memcmp(before.bytes, id, before.size) == 0;
        stored->is_changed = !is_same && before.size == strlen(id);
    }
    if (!is_same && !memo_file_write(d->places, place, id, strlen(id))) {
        free(before.bytes);
        return false;
    }
    if (stored->is_changed) {
        char old[MEMO_DIR_NAME] = "";

        memcpy(old, before.bytes, before.size);
        leave_place(d, old);
    }
    free(before.bytes);
    return true;
}

static int attach(void *store, memo_stored *stored)
{
    memo_dir *d = store;
    char id[MEMO_DIR_NAME];
    uint64_t generation;

    memo_dir_name(id, &stored->id);
    if (!take_place(d, stored) ||
        (mkdirat(d->entries, id, 0700) != 0 && errno != EEXIST)) {
        tell(d);
        return 0;
    }
    if (!find_generation(&generation, d, stored)) {
        generation = new_generation(0);
        if (!write_function(d, stored, generation)) {
            tell(d);
            return 0;
        }
    }
    __atomic_store_n(&stored->generation, generation, __ATOMIC_RELEASE);
    return 1;
}

/* ---- entries ------------------------------------------------------------- */

static memo_loading load(void *store, memo_stored *stored,
                         const memo_name *digest, memo_store_taker *take,
                         void *context)
{
    memo_dir *d = store;
    char name[MEMO_DIR_ENTRY];
    memo_file_content content;
    uint64_t generation;
    memo_dir_head head;

    if (!find_generation(&generation, d, stored))
        return MEMO_LOAD_NONE;
    __atomic_store_n(&stored->generation, generation, __ATOMIC_RELEASE);
    entry_name(name, stored, generation, digest);
    if (!memo_file_read(&content, d->entries, name, MEMO_DIR_MOST_BYTES))
        return errno == ENOENT ? MEMO_LOAD_NONE : MEMO_LOAD_FAILED;
    if (content.size >= sizeof head)
        take(context, content.bytes + sizeof head, content.size - sizeof head);
    else
        take(context, content.bytes, 0); /* cut: whoever looks at it says so */
    free(content.bytes);
    return MEMO_LOADED;
}

static bool save(memo_dir *d, const memo_store_write *write)
{
    memo_dir_head head = {memo_disk_now(), write->expires_ns};
    size_t size = sizeof head + write->size;
    char name[MEMO_DIR_ENTRY];
    unsigned char *bytes;
    uint64_t generation;
    bool done;

    /* It was cleared, or its source changed, since the body began. */
    if (size > MEMO_DIR_MOST_BYTES || size > d->most_bytes ||
        !find_generation(&generation, d, write->stored) ||
        generation != write->generation)
        return true;
    bytes = malloc(size);
    if (!bytes) {
        errno = ENOMEM;
        return false;
    }
    memcpy(bytes, &head, sizeof head);
    if (write->size > 0)
        memcpy(bytes + sizeof head, write->bytes, write->size);
    entry_name(name, write->stored, generation, &write->digest);
    done = memo_dir_entry_write(d->entries, name, bytes, size);
    free(bytes);
    d->has_grown = true;
    return done;
}

static bool remove_entry(memo_dir *d, const memo_store_write *write)
{
    char name[MEMO_DIR_ENTRY];
    uint64_t generation;

    if (!find_generation(&generation, d, write->stored))
        return errno == ENOENT;
    entry_name(name, write->stored, generation, &write->digest);
    return unlinkat(d->entries, name, 0) == 0 || errno == ENOENT;
}

static bool clear(memo_dir *d, memo_stored *stored)
{
    uint64_t generation = 0;

    if (!find_generation(&generation, d, stored) && errno != ENOENT)
        return false;
    generation = new_generation(generation);
    if (!write_function(d, stored, generation))
        return false;
    __atomic_store_n(&stored->generation, generation, __ATOMIC_RELEASE);
    d->has_grown = true;
    return true;
}

static bool apply(memo_dir *d, const memo_store_write *write)
{
    switch (write->operation) {
    case MEMO_STORE_SAVE:
        return save(d, write);
    case MEMO_STORE_REMOVE:
        return remove_entry(d, write);
    case MEMO_STORE_CLEAR:
        return clear(d, write->stored);
    case MEMO_STORE_CLEAR_ALL:
        d->has_grown = true;
        return memo_dir_renew_all(d->functions, memo_disk_now());
    default:
        return true;
    }
}

static memo_size write_some(void *store, const memo_store_write *writes,
                            memo_size count)
{
    memo_dir *d = store;

    for (memo_size i = 0; i < count; i++) {
        if (!apply(d, &writes[i])) {
            tell(d);
            return i;
        }
    }
    return count;
}

static int tend(void *store)
{
    memo_dir *d = store;
    uint64_t now = now_ns();

    if (!d->has_grown || (d->walked_at != 0 && now - d->walked_at < WALK_NS))
        return 0;
    d->has_grown = false;
    d->walked_at = now;
    memo_dir_tidy(d);
    return 0;
}

static int each(void *store, memo_store_visit *visit, void *context)
{
    memo_dir *d = store;

    return memo_dir_each(d->functions, d->entries, visit, context);
}

const struct memo_store memo_dir_store = {.name = "dir",
                                          .open = open_dir,
                                          .close = close_dir,
                                          .attach = attach,
                                          .load = load,
                                          .write = write_some,
                                          .tend = tend,
                                          .each = each};

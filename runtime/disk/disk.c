#include "disk/disk.h"

#include "base/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Without a bound a cache directory would grow for ever. */
#define MOST_BYTES ((uint64_t)5 << 30)

MEMO_EXPORT const struct memo_store *memo_disk_store_is_in_libmemo_disk(void)
{
    return &memo_disk_store;
}

MEMO_EXPORT const struct memo_store *memo_dir_store_is_in_libmemo_disk(void)
{
    return &memo_dir_store;
}

void memo_disk_warn(memo_store_host *host, const char *name, const char *what,
                    const char *then)
{
    char text[2 * MEMO_PATH_SIZE];

    snprintf(text, sizeof text, "persist=\"%s\": %s%s%s", name, what,
             *then ? "; " : "", then);
    host->warn(host, text);
}

void memo_disk_warn_unwritten(memo_store_host *host, const char *name,
                              const char *folder, const char *why)
{
    char what[MEMO_PATH_SIZE];

    snprintf(what, sizeof what, "cannot write to '%.250s': %s", folder, why);
    memo_disk_warn(host, name, what,
                   "new results live in memory only until it can; make room "
                   "there, or set MEMO_CACHE_DIR");
}

uint64_t memo_disk_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* A number of bytes, then K, M, G or nothing; false: it is none. */
static bool read_bytes(uint64_t *out, const char *text)
{
    static const char units[] = "KMG";
    const char *unit;
    char *end;
    unsigned shift = 0;

    if (*text < '0' || *text > '9')
        return false;
    *out = strtoull(text, &end, 10);
    unit = *end ? strchr(units, *end) : NULL;
    if (unit) {
        shift = 10 * (unsigned)(unit - units + 1);
        end++;
    }
    if (*end || *out == 0 || *out > UINT64_MAX >> (shift + 2))
        return false;
    *out <<= shift;
    return true;
}

uint64_t memo_disk_most_bytes(memo_store_host *host)
{
    const char *text = secure_getenv("MEMO_DISK_MAX");
    char what[200];
    uint64_t most;

    if (!text || !*text)
        return MOST_BYTES;
    if (read_bytes(&most, text))
        return most;
    snprintf(what, sizeof what,
             "MEMO_DISK_MAX='%.40s' is ignored: it may be a number of bytes "
             "above 0, then K, M, G or nothing",
             text);
    host->warn(host, what);
    return MOST_BYTES;
}

/* Programs change their working directory, and must not lose it by that. */
static void make_absolute(char *path)
{
    char *absolute = realpath(path, NULL);

    if (absolute && strlen(absolute) < MEMO_PATH_SIZE)
        strcpy(path, absolute);
    free(absolute);
}

bool memo_disk_folder(char *out, memo_store_host *host, const char *name)
{
    char why[MEMO_PATH_SIZE];

    if (memo_folder_find(out, host->folder, why) &&
        memo_folder_make(out, why)) {
        make_absolute(out);
        return true;
    }
    memo_disk_warn(host, name, why, "results live in memory only");
    return false;
}

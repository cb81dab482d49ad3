/* disk_fixture.h -- a memoized function whose results persist, a cache
 * directory of its own, and processes that use both. */
#ifndef MEMO_TEST_DISK_FIXTURE_H
#define MEMO_TEST_DISK_FIXTURE_H

#include "../cache/fixture.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct memo_persistence on_disk UNUSED = {
    memo_disk_store_is_in_libmemo_disk, 0, 0};
static const struct memo_persistence in_dir UNUSED = {
    memo_dir_store_is_in_libmemo_disk, 0, 0};

/* ---- a folder ------------------------------------------------------------ */

static char test_folder[4096] UNUSED;

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

static UNUSED void remove_folder(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* An empty cache directory, which this process and its children use from now
 * on.  Machines may be busy: a store is waited for. */
static UNUSED void use_new_folder(void)
{
    memo_config config;

    snprintf(test_folder, sizeof test_folder, "%s/%ld", MEMO_TEST_SCRATCH_DIR,
             (long)getpid());
    remove_folder(test_folder);
    config = settings();
    config.cache_dir = test_folder;
    config.store_timeout_ns = 20000000000u;
    ck_assert_int_eq(memo_config_set(&config), MEMO_OK);
}

static UNUSED const char *in_folder(const char *name)
{
    static char path[sizeof test_folder + 64];

    snprintf(path, sizeof path, "%s/%s", test_folder, name);
    return path;
}

/* ---- a function ---------------------------------------------------------- */

/* What value(n) is: longer for some n than a page of the store. */
static UNUSED char *expected_value(int n)
{
    size_t size = (size_t)(n % 16) * 500 + 20;
    char *text = malloc(size + 1);

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)('a' + ((size_t)n * 7 + i * (size_t)(n + 3)) % 26);
    text[size] = '\0';
    return text;
}

static _Atomic int value_runs UNUSED;

static UNUSED char *compute_value(int n)
{
    value_runs++;
    return expected_value(n);
}

static UNUSED bool is_value(const char *text, int n)
{
    char *expected = expected_value(n);
    bool is_right = text && strcmp(text, expected) == 0;

    free(expected);
    return is_right;
}

/* ---- processes ----------------------------------------------------------- */

/* What several processes count, and nothing of it is lost when one is killed.
 */
static UNUSED void *share_memory(size_t size)
{
    void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    ck_assert(shared != MAP_FAILED);
    return shared;
}

/* Run something in a process of its own, which ends by exit().  Returns its
 * status, as wait() has it. */
static UNUSED int run_apart(int (*run)(void *context), void *context)
{
    int status;
    pid_t child;

    fflush(NULL);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        exit(run(context));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return status;
}

static UNUSED double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static UNUSED void pause_ms(long ms)
{
    struct timespec pause = {ms / 1000, ms % 1000 * 1000000};

    while (nanosleep(&pause, &pause) != 0 && errno == EINTR)
        continue;
}

/* Warnings do not go to the terminal, but are counted; the last one stays. */
static _Atomic int warnings UNUSED;
static char last_warning[1024] UNUSED;

static UNUSED void note_warning(void *context, const memo_log_entry *entry)
{
    (void)context;
    if (entry->level == MEMO_LOG_WARNING) {
        snprintf(last_warning, sizeof last_warning, "%s", entry->text);
        warnings++;
    }
}

static UNUSED void count_warnings(void)
{
    memo_config config = settings();

    config.log = note_warning;
    ck_assert_int_eq(memo_config_set(&config), MEMO_OK);
}

#endif

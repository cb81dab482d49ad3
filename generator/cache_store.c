/* cache_store.c -- the stores that `memogen cache` looks at. */
#include "cache_store.h"

#ifdef GEN_HAS_DISK
#include "disk/folder.h"
#endif

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TIMEOUT_NS UINT64_C(5000000000)

/* Steps of upkeep that are waited for. */
#define MOST_STEPS 100000

typedef const struct memo_store *finder(void);

typedef struct {
    const char *name;
    finder *find;                /* NULL: memogen was built without it */
    const char *package, *probe; /* of Debian; a file that one has */
} kind;

#ifdef GEN_HAS_DISK
#define DISK memo_disk_store_is_in_libmemo_disk
#define DIR memo_dir_store_is_in_libmemo_disk
#else
#define DISK NULL
#define DIR NULL
#endif
#ifdef GEN_HAS_REDIS
#define REDIS memo_redis_store_is_in_libmemo_redis
#else
#define REDIS NULL
#endif

static const kind kinds[GEN_CACHE_STORES] = {
    {"disk", DISK, "liblmdb-dev", "disk-1/data.mdb"},
    {"dir", DIR, "liblmdb-dev", "dir-1/secret"},
    {"redis", REDIS, "libhiredis-dev", NULL},
};

static const kind *const redis = &kinds[2];

int gen_cache_fail(const char *format, ...)
{
    va_list list;

    fputs("memogen: ", stderr);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    return GEN_CACHE_USAGE;
}

/* ---- what a store says --------------------------------------------------- */

/* What it says for programs does not hold here. */
static void warn(memo_store_host *host, const char *text)
{
    static const char end[] = "; results live in memory only";
    size_t size = strlen(text);

    if (size >= sizeof end && strcmp(text + size - (sizeof end - 1), end) == 0)
        size -= sizeof end - 1;
    ((gen_cache_store *)host)->warnings++;
    fprintf(stderr, "memogen: %.*s\n", (int)size, text);
}

/* There is no memory to forget. */
static void forget(memo_store_host *host, const memo_stored *stored,
                   const memo_name *digest)
{
    (void)host;
    (void)stored;
    (void)digest;
}

/* ---- opening ------------------------------------------------------------- */

bool gen_cache_find_folder(gen_cache_run *run)
{
#ifdef GEN_HAS_DISK
    char folder[MEMO_PATH_SIZE], why[MEMO_PATH_SIZE];

    if (!memo_folder_find(folder, run->options.folder, why)) {
        gen_cache_fail("%s", why);
        run->has_failed = true;
        return false;
    }
    run->folder = gen_arena_format(run->arena, "%s", folder);
#else
    run->folder = run->options.folder ? run->options.folder : "";
#endif
    return true;
}

static bool is_remote(const char *folder)
{
#ifdef GEN_HAS_DISK
    return memo_folder_is_remote(folder);
#else
    (void)folder;
    return false;
#endif
}

/* Whatever is there may be looked at; the store says why it cannot be. */
static bool is_there(const gen_cache_run *run, const kind *of)
{
    struct stat status;

    if (!of->probe)
        return true;
    /* There "disk" keeps its entries as "dir" does. */
    if (strcmp(of->name, "disk") == 0 && is_remote(run->folder))
        return false;
    return stat(gen_arena_format(run->arena, "%s/%s", run->folder, of->probe),
                &status) == 0 ||
           (errno != ENOENT && errno != ENOTDIR);
}

static gen_cache_store *open_kind(gen_cache_run *run, const kind *of)
{
    gen_cache_store *store = GEN_NEW(run->arena, gen_cache_store);

    run->has_failed = true;
    if (!of->find) {
        gen_cache_fail("what persist=\"%s\" keeps cannot be looked at: "
                       "memogen was built without %s",
                       of->name, of->package);
        return NULL;
    }
    store->store = of->find();
    store->host.timeout_ns = TIMEOUT_NS;
    store->host.folder = run->folder;
    store->host.warn = warn;
    store->host.forget = forget;
    store->opened = store->store->open(&store->host);
    if (!store->opened) {
        if (store->warnings == 0)
            gen_cache_fail("what persist=\"%s\" keeps cannot be opened",
                           of->name);
        return NULL;
    }
    run->has_failed = false;
    run->stores[run->count++] = store;
    return store;
}

gen_cache_store *gen_cache_open_one(gen_cache_run *run, const char *name)
{
    for (size_t i = 0; i < run->count; i++) {
        if (strcmp(run->stores[i]->store->name, name) == 0)
            return run->stores[i];
    }
    for (size_t i = 0; i < GEN_CACHE_STORES; i++) {
        if (strcmp(kinds[i].name, name) == 0)
            return open_kind(run, &kinds[i]);
    }
    return NULL;
}

static bool is_asked_for(const gen_cache_run *run, const kind *of)
{
    const gen_cache_options *options = &run->options;
    const char *url = getenv("MEMO_REDIS_URL");

    if (options->store)
        return strcmp(options->store, of->name) == 0;
    if (of == redis)
        return !options->folder && (options->redis || (url && *url));
    return !options->redis;
}

void gen_cache_open(gen_cache_run *run)
{
    bool has_failed = false;

    for (size_t i = 0; i < GEN_CACHE_STORES; i++) {
        bool is_first =
            i == 0 || strcmp(kinds[i].package, kinds[i - 1].package) != 0;

        if (!is_asked_for(run, &kinds[i]))
            continue;
        if (kinds[i].probe && !run->folder && !gen_cache_find_folder(run))
            return;
        if (!kinds[i].find && !is_first && !run->options.store)
            continue; /* it was said already */
        if (!kinds[i].find || is_there(run, &kinds[i]))
            open_kind(run, &kinds[i]);
        has_failed = has_failed || run->has_failed;
    }
    run->has_failed = has_failed;
}

void gen_cache_close(gen_cache_run *run)
{
    for (size_t i = 0; i < run->count; i++)
        run->stores[i]->store->close(run->stores[i]->opened);
    run->count = 0;
}

bool gen_cache_is_missing(gen_cache_run *run)
{
    if (run->count > 0 || run->has_failed || !run->folder)
        return false;
    if (!run->options.as_json)
        gen_text_append_format(&run->out, "There is no cache at '%s'.\n",
                               run->folder);
    return true;
}

/* ---- using --------------------------------------------------------------- */

void gen_cache_tend(gen_cache_run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        gen_cache_store *store = run->stores[i];
        unsigned steps = 0;

        while (store->store->tend(store->opened) && ++steps < MOST_STEPS)
            continue;
    }
}

void gen_cache_list(memo_listing *out, gen_cache_run *run,
                    const memo_listing_wants *wants)
{
    bool is_done = true;

    *out = (memo_listing){.entries = NULL};
    for (size_t i = 0; is_done && i < run->count; i++)
        is_done =
            memo_listing_add(out, run->stores[i]->store, run->stores[i]->opened,
                             &run->stores[i]->host, wants);
    if (!is_done || !memo_listing_sort(out))
        exit(gen_cache_fail("out of memory"));
}

gen_cache_store *gen_cache_store_of(gen_cache_run *run,
                                    const memo_listed_function *function)
{
    size_t i = 0;

    while (run->stores[i]->store != function->store)
        i++;
    return run->stores[i];
}

bool gen_cache_write(gen_cache_run *run, gen_cache_store *store,
                     const memo_store_write *writes, size_t count)
{
    size_t done = 0;

    while (done < count) {
        size_t more = (size_t)store->store->write(store->opened, writes + done,
                                                  count - done);

        if (more == 0) {
            gen_cache_fail("what persist=\"%s\" keeps cannot be changed now",
                           store->store->name);
            run->has_failed = true;
            return false;
        }
        done += more;
    }
    return true;
}

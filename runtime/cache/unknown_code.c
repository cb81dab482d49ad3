#define _GNU_SOURCE /* dladdr */
#include "cache/unknown_code.h"

#include "cache/source_hash.h"

#include <dlfcn.h>
#include <string.h>
#include <sys/stat.h>

/* A static program has neither, and all of its code is in its own file. */
#pragma weak dlsym
#pragma weak dladdr

typedef struct {
    memo_digest digest;
    const struct memo_function *function;
} search;

/* What changes when a file is built anew. */
static void add_file(search *in, const char *path)
{
    struct {
        memo_digest before;
        uint64_t size;
        int64_t seconds, nanoseconds;
    } words = {.before = in->digest};
    struct stat status;

    if (stat(path, &status) == 0) {
        words.size = (uint64_t)status.st_size;
        words.seconds = status.st_mtim.tv_sec;
        words.nanoseconds = status.st_mtim.tv_nsec;
    }
    in->digest = memo_hash_stable(&words, sizeof words);
}

static bool is_of_system(const char *path)
{
    return strncmp(path, "/lib", 4) == 0 || strncmp(path, "/usr/lib", 8) == 0;
}

/* The file that an address is in; this program's own, if nobody knows. */
static const char *file_of(const void *address)
{
    static const char own[] = "/proc/self/exe";
    Dl_info info;

    if (!address || !dladdr || dladdr(address, &info) == 0 || !info.dli_fname ||
        !strchr(info.dli_fname, '/'))
        return own;
    return info.dli_fname;
}

static bool look_at_name(void *context, const char *name)
{
    search *in = context;
    void *address = dlsym ? dlsym(RTLD_DEFAULT, name) : NULL;
    memo_address wrapper = in->function->address;
    const char *path;

    /* What no library exports is a part of what the function is a part of. */
    if (!address)
        memcpy(&address, &wrapper, sizeof address);
    path = file_of(address);
    if (!is_of_system(path))
        add_file(in, path);
    return true;
}

static bool pass_source(void *context, const struct memo_source *source)
{
    (void)context;
    (void)source;
    return true;
}

bool memo_digest_unknown_code(memo_digest *out,
                              const struct memo_function *function)
{
    search in = {{0, 0}, function};
    const memo_graph_visitor visitor = {&in, pass_source, NULL, look_at_name};
    bool done = memo_walk_sources(function->source, &visitor);

    *out = in.digest;
    return done;
}

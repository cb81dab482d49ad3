#define _GNU_SOURCE /* dladdr() */
#include "app/front.h"

#include "elements/fail.h"

#include <ctype.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where it lies, by the build. */
#ifndef MEMO_FRONT_INSTALLED
#define MEMO_FRONT_INSTALLED "/usr/local/share/memogen/front"
#endif
#ifndef MEMO_FRONT_BUILT
#define MEMO_FRONT_BUILT ""
#endif

static bool has_front(const char *folder)
{
    char path[4096];

    return *folder &&
           (size_t)snprintf(path, sizeof path, "%s/boot.js", folder) <
               sizeof path &&
           access(path, R_OK) == 0;
}

/* Beside the library that this stands in, wherever it was installed. */
static const char *beside_library(char *out, size_t room)
{
    static const char here;
    Dl_info info;
    const char *slash;

    if (!dladdr(&here, &info) || !info.dli_fname)
        return "";
    slash = strrchr(info.dli_fname, '/');
    if (!slash ||
        (size_t)snprintf(out, room, "%.*s/../share/memogen/front",
                         (int)(slash - info.dli_fname), info.dli_fname) >= room)
        return "";
    return out;
}

st_status st_front_find(const char **out, const char *wanted, st_failure *error)
{
    static char beside[4096];
    const char *said = getenv("MEMO_FRONT_DIR");
    const char *places[] = {MEMO_FRONT_INSTALLED,
                            beside_library(beside, sizeof beside),
                            MEMO_FRONT_BUILT};

    if (!wanted && said && *said)
        wanted = said;
    *out = wanted ? wanted : MEMO_FRONT_INSTALLED;
    for (size_t i = 0; !wanted && i < sizeof places / sizeof *places; i++) {
        if (has_front(places[i])) {
            *out = places[i];
            return ST_OK;
        }
    }
    if (has_front(*out))
        return ST_OK;
    return st_explain(error, ST_NOT_FOUND,
                      "the front end is not in '%s': run 'sh "
                      "runtime/app/front/make DIR' in memogen's sources, with "
                      "npm, and say --front DIR",
                      *out);
}

/* ---- files --------------------------------------------------------------- */

static const char *type_of(const char *name)
{
    static const struct {
        const char *ending, *mime;
    } types[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".gif", "image/gif"},
        {".jpg", "image/jpeg"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".woff", "font/woff"},
        {".ttf", "font/ttf"},
        {".wasm", "application/wasm"},
        {".txt", "text/plain; charset=utf-8"},
    };
    size_t size = strlen(name);

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t ending = strlen(types[i].ending);

        if (size > ending && strcmp(name + size - ending, types[i].ending) == 0)
            return types[i].mime;
    }
    return "application/octet-stream";
}

/* Letters, digits, and what stands in names: nothing that leads out. */
static bool is_name(const char *name)
{
    bool is_begin = true;

    if (!*name || strlen(name) > 300)
        return false;
    for (; *name; name++) {
        if (is_begin && (*name == '.' || *name == '/'))
            return false;
        if (!isalnum((unsigned char)*name) && !strchr("-_.~@+/", *name))
            return false;
        is_begin = *name == '/';
    }
    return !is_begin;
}

/* The content of a plain file; NULL: it is none, or out of memory. */
static void *read_file(size_t *size, const char *folder, const char *name,
                       const char *ending)
{
    char path[4096];
    struct stat facts;
    unsigned char *bytes = NULL;
    size_t done = 0;
    int file;

    if ((size_t)snprintf(path, sizeof path, "%s/%s%s", folder, name, ending) >=
        sizeof path)
        return NULL;
    file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return NULL;
    if (fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) &&
        facts.st_size < 1 << 28)
        bytes = malloc((size_t)facts.st_size + 1);
    while (bytes && done < (size_t)facts.st_size) {
        ssize_t got = read(file, bytes + done, (size_t)facts.st_size - done);

        if (got <= 0) {
            free(bytes);
            bytes = NULL;
        } else {
            done += (size_t)got;
        }
    }
    close(file);
    *size = done;
    return bytes;
}

/* Does its name tell its content?  Chunks of the front end are named by a hash;
 * those that are changed here as well, but not by ours. */
static bool is_lasting(const char *name)
{
    static const char *const others[] = {"vendor/bokeh", "vendor/stlite",
                                         "vendor/index-",
                                         "vendor/pandasStylerUtils"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strncmp(name, others[i], strlen(others[i])) == 0)
            return false;
    }
    return strncmp(name, "vendor/", 7) == 0;
}

bool st_front_reply(st_reply *out, const char *folder, const char *name,
                    const char *encodings)
{
    bool is_packed = strstr(encodings, "gzip") != NULL;
    unsigned char *bytes = NULL;

    if (!is_name(name))
        return false;
    if (is_packed)
        bytes = read_file(&out->size, folder, name, ".gz");
    if (bytes)
        st_reply_add(out, "content-encoding:", "gzip");
    else
        bytes = read_file(&out->size, folder, name, "");
    if (!bytes)
        return false;
    out->status = 200;
    out->mime = type_of(name);
    out->bytes = bytes;
    out->owner = bytes;
    out->release = free;
    st_reply_add(out, "vary:", "accept-encoding");
    st_reply_add(out, "cache-control:",
                 is_lasting(name) ? "public, max-age=31536000, immutable"
                                  : "no-cache");
    return true;
}

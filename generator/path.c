/* path.c -- file names as text. */
#include "path.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

const char *gen_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *gen_path_folder(gen_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    if (slash == path)
        return "/";
    return gen_arena_copy(arena, path, (size_t)(slash - path));
}

/* Drop the last component of `out`, if it is one that ".." takes back. */
static bool drop_last(char *out, size_t *size, bool is_absolute)
{
    size_t begin = *size;
    while (begin > 0 && out[begin - 1] != '/')
        begin--;
    if (begin == *size)
        return is_absolute;
    if (strncmp(out + begin, "..", *size - begin) == 0 && *size - begin == 2)
        return false;
    *size = begin > (is_absolute ? 1u : 0u) ? begin - 1 : begin;
    return true;
}

const char *gen_path_normal(gen_arena *arena, const char *path)
{
    bool is_absolute = path[0] == '/';
    char *out = gen_arena_alloc(arena, strlen(path) + 3);
    size_t size = 0;
    if (is_absolute)
        out[size++] = '/';
    while (*path) {
        size_t length = strcspn(path, "/");
        bool is_here = length == 1 && path[0] == '.';
        bool is_up = length == 2 && path[0] == '.' && path[1] == '.';
        if (length && !is_here &&
            !(is_up && drop_last(out, &size, is_absolute))) {
            if (size && out[size - 1] != '/')
                out[size++] = '/';
            memcpy(out + size, path, length);
            size += length;
        }
        path += length;
        path += *path == '/';
    }
    if (!size)
        out[size++] = '.';
    out[size] = '\0';
    return out;
}

static const char *absolute(gen_arena *arena, const char *path)
{
    char here[PATH_MAX];
    if (path[0] == '/' || !getcwd(here, sizeof here))
        return gen_path_normal(arena, path);
    return gen_path_normal(arena, gen_arena_format(arena, "%s/%s", here, path));
}

/* The bytes that both paths share, up to a slash. */
static size_t shared_prefix(const char *a, const char *b)
{
    size_t shared = 0, i = 0;
    while (a[i] && a[i] == b[i]) {
        i++;
        if (a[i - 1] == '/')
            shared = i;
    }
    if ((!a[i] && b[i] == '/') || (!b[i] && a[i] == '/') || (!a[i] && !b[i]))
        shared = i;
    return shared;
}

const char *gen_path_from(gen_arena *arena, const char *folder,
                          const char *path)
{
    const char *from, *to, *rest;
    const char *out = "";
    size_t shared;
    if (path[0] == '/')
        return path;
    from = absolute(arena, folder);
    to = absolute(arena, path);
    shared = shared_prefix(from, to);
    rest = from + shared;
    while (*rest == '/')
        rest++;
    while (*rest) {
        out = gen_arena_format(arena, "../%s", out);
        rest += strcspn(rest, "/");
        while (*rest == '/')
            rest++;
    }
    to += shared;
    while (*to == '/')
        to++;
    return gen_arena_format(arena, "%s%s", out, to);
}

const char *gen_path_common(gen_arena *arena, const char *const *paths,
                            size_t count)
{
    const char *common = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *folder =
            gen_path_normal(arena, gen_path_folder(arena, paths[i]));
        size_t shared;
        if (!common) {
            common = folder;
            continue;
        }
        shared = shared_prefix(common, folder);
        while (shared > 1 && common[shared - 1] == '/')
            shared--;
        common = shared ? gen_arena_copy(arena, common, shared) : ".";
    }
    return common ? common : ".";
}

const char *gen_path_output(gen_arena *arena, const char *folder,
                            const char *base, const char *path)
{
    const char *normal = gen_path_normal(arena, path);
    size_t size = strcmp(base, ".") == 0 ? 0 : strlen(base);
    const char *below = gen_path_name(normal);
    size_t stem;
    if (size == 0 && normal[0] != '/' && strncmp(normal, "../", 3) != 0)
        below = normal;
    else if (size && strncmp(normal, base, size) == 0 &&
             (normal[size] == '/' || base[size - 1] == '/'))
        below = normal + size + (normal[size] == '/');
    stem = strlen(below);
    if (stem > 2 && strcmp(below + stem - 2, ".c") == 0)
        stem -= 2;
    return gen_arena_format(arena, "%s/%.*s.memo.c", folder, (int)stem, below);
}

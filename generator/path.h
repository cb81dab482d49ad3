/* path.h -- file names as text: folders, relative ways.  Touches no disk but to
 * ask for the current folder. */
#ifndef GEN_PATH_H
#define GEN_PATH_H

#include "arena.h"

/* The folder part without its last slash: "." for a bare name, "/" for the
 * root. Owner: arena. */
const char *gen_path_folder(gen_arena *arena, const char *path);

/* What stands after the last slash; part of `path`. */
const char *gen_path_name(const char *path);

/* "a//b/../c/./d" → "a/c/d".  Owner: arena. */
const char *gen_path_normal(gen_arena *arena, const char *path);

/* How to name `path` from a file in `folder`: relative when `path` is, absolute
 * when it is.  Owner: arena. */
const char *gen_path_from(gen_arena *arena, const char *folder,
                          const char *path);

/* "src/sub/a.c" under "out" → "out/sub/a.memo.c", when `base` is "src"; a path
 * outside of base keeps its name alone.  Owner: arena. */
const char *gen_path_output(gen_arena *arena, const char *folder,
                            const char *base, const char *path);

/* The deepest folder that holds all paths.  Owner: arena. */
const char *gen_path_common(gen_arena *arena, const char *const *paths,
                            size_t count);

#endif

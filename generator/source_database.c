/* source_database.c -- compiler flags out of compile_commands.json. */
#include "source_database.h"

#include <clang-c/CXCompilationDatabase.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Options whose argument is a path, attached or separate. */
static const char *const path_options[] = {
    "-I",       "-isystem", "-iquote",   "-idirafter",
    "-include", "-imacros", "-isysroot", "--sysroot="};
/* Options that speak of output; those with an argument first. */
static const char *const output_options[] = {"-o", "-MF", "-MT", "-MQ"};
static const char *const dropped_options[] = {"-c", "-MD", "-MMD", "-MP",
                                              "-M", "-MM", "--"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *in_folder(gen_arena *arena, const char *folder,
                             const char *path)
{
    if (path[0] == '/' || path[0] == '=')
        return path;
    return gen_arena_format(arena, "%s/%s", folder, path);
}

static bool is_one_of(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, words[i]) == 0)
            return true;
    }
    return false;
}

static bool is_same_file(const char *a, const char *b)
{
    char real_a[PATH_MAX], real_b[PATH_MAX];
    return realpath(a, real_a) && realpath(b, real_b) &&
           strcmp(real_a, real_b) == 0;
}

typedef struct {
    gen_arena *arena;
    gen_database_flags *out;
    const char *folder; /* of the command */
    const char *file;   /* that the command compiles */
} command;

static void add_flag(command *c, const char *flag)
{
    c->out->flags[c->out->count++] = flag;
}

/* Take over one argument; returns how many were used. */
static unsigned add_argument(command *c, const char *text, const char *next)
{
    if (is_one_of(text, output_options, COUNT(output_options)))
        return 2;
    if (is_one_of(text, dropped_options, COUNT(dropped_options)) ||
        strncmp(text, "-o", 2) == 0 ||
        (text[0] != '-' &&
         is_same_file(in_folder(c->arena, c->folder, text), c->file)))
        return 1;
    for (size_t i = 0; i < COUNT(path_options); i++) {
        size_t size = strlen(path_options[i]);
        if (strncmp(text, path_options[i], size) != 0)
            continue;
        if (text[size]) {
            add_flag(c, gen_arena_format(
                            c->arena, "%s%s", path_options[i],
                            in_folder(c->arena, c->folder, text + size)));
            return 1;
        }
        add_flag(c, text);
        if (next)
            add_flag(c, in_folder(c->arena, c->folder, next));
        return 2;
    }
    add_flag(c, text);
    return 1;
}

static const char *copy(gen_arena *arena, CXString string)
{
    const char *text = clang_getCString(string);
    char *kept =
        gen_arena_copy(arena, text ? text : "", text ? strlen(text) : 0);
    clang_disposeString(string);
    return kept;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Does the database itself hold the file?  Asked for one that it does not hold,
 * libclang hands out the command of a file with a similar name. */
static bool holds(gen_arena *arena, CXCompilationDatabase database,
                  const char *path)
{
    CXCompileCommands all =
        clang_CompilationDatabase_getAllCompileCommands(database);
    unsigned count = all ? clang_CompileCommands_getSize(all) : 0;
    bool is_held = false;
    for (unsigned i = 0; i < count && !is_held; i++) {
        CXCompileCommand one = clang_CompileCommands_getCommand(all, i);
        const char *file = copy(arena, clang_CompileCommand_getFilename(one));
        if (strcmp(file_name(file), file_name(path)) != 0)
            continue; /* most of them, at little cost */
        file = in_folder(
            arena, copy(arena, clang_CompileCommand_getDirectory(one)), file);
        is_held = is_same_file(file, path);
    }
    if (all)
        clang_CompileCommands_dispose(all);
    return is_held;
}

static void read_command(gen_arena *arena, gen_database_flags *out,
                         CXCompileCommand from)
{
    unsigned count = clang_CompileCommand_getNumArgs(from);
    const char **arguments = GEN_NEW_ARRAY(arena, const char *, count + 1);
    command c = {
        .arena = arena,
        .out = out,
        .folder = copy(arena, clang_CompileCommand_getDirectory(from)),
    };
    c.file = in_folder(arena, c.folder,
                       copy(arena, clang_CompileCommand_getFilename(from)));
    out->flags = GEN_NEW_ARRAY(arena, const char *, 2 * (size_t)count + 1);
    for (unsigned i = 0; i < count; i++)
        arguments[i] = copy(arena, clang_CompileCommand_getArg(from, i));
    for (unsigned i = 1; i < count;)
        i += add_argument(&c, arguments[i], arguments[i + 1]);
}

bool gen_source_database(gen_arena *arena, gen_database_flags *out,
                         const char *folder, const char *path,
                         const char **error)
{
    CXCompilationDatabase_Error code = CXCompilationDatabase_NoError;
    CXCompilationDatabase database =
        clang_CompilationDatabase_fromDirectory(folder, &code);
    CXCompileCommands commands;
    char full[PATH_MAX];
    bool found = false;

    *out = (gen_database_flags){0};
    if (code != CXCompilationDatabase_NoError) {
        *error = gen_arena_format(
            arena, "%s: no compile_commands.json that can be read is there",
            folder);
        return false;
    }
    if (!realpath(path, full))
        snprintf(full, sizeof full, "%s", path);
    commands = clang_CompilationDatabase_getCompileCommands(database, full);
    if (commands && clang_CompileCommands_getSize(commands) > 0) {
        read_command(arena, out, clang_CompileCommands_getCommand(commands, 0));
        out->is_guess =
            !holds(arena, database, path) && !holds(arena, database, full);
        found = true;
    }
    if (!found)
        *error = gen_arena_format(
            arena, "%s/compile_commands.json says nothing of %s", folder, path);
    if (commands)
        clang_CompileCommands_dispose(commands);
    clang_CompilationDatabase_dispose(database);
    return found;
}

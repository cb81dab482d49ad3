/* cache_archive.c -- `memogen cache export` and `import`: files, pipes. */
#include "cache_commands.h"
#include "cache_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES ((size_t)1 << 16)

static bool is_standard(const char *operand)
{
    return !operand || strcmp(operand, "-") == 0;
}

/* ---- export: where to ---------------------------------------------------- */

/* A file takes its name when it is whole. */
typedef struct {
    int file;
    const char *name, *aside; /* aside: NULL: it is written in place */
    int problem;              /* of writing, as errno has it */
} target;

static bool write_bytes(void *context, const void *bytes, size_t size)
{
    target *to = context;
    const char *at = bytes;

    while (size > 0) {
        ssize_t written = write(to->file, at, size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            to->problem = errno;
            return false;
        }
        at += written;
        size -= (size_t)written;
    }
    return true;
}

static bool open_target(target *out, gen_cache_run *run)
{
    const char *name = run->options.operand;
    struct stat status;
    char *aside;

    *out = (target){.file = STDOUT_FILENO, .name = "the standard output"};
    if (is_standard(name)) {
        if (!isatty(STDOUT_FILENO))
            return true;
        gen_cache_fail("the standard output is a terminal; name a file");
        return false;
    }
    out->name = name;
    if (stat(name, &status) == 0 && !S_ISREG(status.st_mode)) {
        out->file = open(name, O_WRONLY | O_CLOEXEC);
    } else {
        aside = gen_arena_format(run->arena, "%s.XXXXXX", name);
        out->file = mkstemp(aside);
        out->aside = aside;
    }
    if (out->file < 0)
        gen_cache_fail("cannot write '%s': %s", name, strerror(errno));
    return out->file >= 0;
}

/* False: it was not written, which was told. */
static bool close_target(target *to, bool is_done)
{
    if (to->problem == 0 && to->aside && is_done && fsync(to->file) != 0)
        to->problem = errno;
    if (to->file != STDOUT_FILENO && close(to->file) != 0 && to->problem == 0)
        to->problem = errno;
    if (to->problem == 0 && to->aside && is_done &&
        rename(to->aside, to->name) != 0)
        to->problem = errno;
    if (to->aside && (to->problem != 0 || !is_done))
        unlink(to->aside);
    if (to->problem != 0)
        gen_cache_fail("cannot write '%s': %s", to->name,
                       strerror(to->problem));
    else if (!is_done)
        gen_cache_fail("out of memory");
    return to->problem == 0 && is_done;
}

/* ---- export -------------------------------------------------------------- */

/* Beside the stream, so on the standard error. */
static void tell_exported(gen_cache_run *run, const memo_export *done)
{
    fprintf(stderr, "%s of %s%s\n",
            gen_cache_count_text(run->arena, done->results, "entry", "entries"),
            gen_cache_count_text(run->arena, done->functions, "function",
                                 "functions"),
            done->left_out > 0
                ? gen_arena_format(run->arena,
                                   "; %llu damaged or too large, left out",
                                   (unsigned long long)done->left_out)
                : "");
}

int gen_cache_export(gen_cache_run *run)
{
    memo_export all;
    target to;
    bool is_done;

    if (run->count == 0) {
        if (run->folder && !run->has_failed)
            gen_cache_fail("there is no cache at '%s'", run->folder);
        return GEN_CACHE_USAGE;
    }
    if (!open_target(&to, run))
        return GEN_CACHE_USAGE;
    memo_export_begin(&all, write_bytes, &to);
    for (size_t i = 0; i < run->count && !all.has_failed; i++)
        memo_export_store(&all, run->stores[i]->store, run->stores[i]->opened,
                          &run->stores[i]->host, run->now_ns);
    is_done = memo_export_end(&all);
    if (!close_target(&to, is_done))
        return GEN_CACHE_USAGE;
    tell_exported(run, &all);
    return all.left_out > 0 ? GEN_CACHE_FINDINGS : 0;
}

/* ---- import: where from -------------------------------------------------- */

/* The stream, a part of which is in memory. */
typedef struct {
    int file;
    unsigned char *bytes;
    size_t begin, end, room; /* of what is not read yet */
    bool is_all;
} stream;

/* Read more.  False: it cannot be read. */
static bool fill(stream *from)
{
    ssize_t got;

    if (from->begin > 0) {
        memmove(from->bytes, from->bytes + from->begin,
                from->end - from->begin);
        from->end -= from->begin;
        from->begin = 0;
    }
    if (from->room - from->end < CHUNK_BYTES) {
        size_t room = 2 * from->room + CHUNK_BYTES;
        unsigned char *more = realloc(from->bytes, room);

        if (!more)
            return false;
        from->bytes = more;
        from->room = room;
    }
    do
        got = read(from->file, from->bytes + from->end, from->room - from->end);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return false;
    from->is_all = got == 0;
    from->end += (size_t)got;
    return true;
}

/* The next record, or what else there is, but for MEMO_ARCHIVE_MORE.
 * Errors: false: it cannot be read. */
static bool next(memo_archive_step *step, memo_archive_record *out,
                 stream *from)
{
    size_t used;

    for (;;) {
        *step = from->bytes || from->is_all
                    ? memo_archive_read(out, &used, from->bytes + from->begin,
                                        from->end - from->begin, from->is_all)
                    : MEMO_ARCHIVE_MORE;
        if (*step != MEMO_ARCHIVE_MORE) {
            from->begin += used;
            return true;
        }
        if (!fill(from))
            return false;
    }
}

/* ---- import -------------------------------------------------------------- */

typedef struct {
    gen_cache_run *run;
    memo_adoption *parts[GEN_CACHE_STORES]; /* of each open store */
    memo_adoption *now;
    uint64_t entries, functions; /* that were read */
    uint64_t expected;           /* entries there should be; 0: nobody says */
    uint64_t damaged;            /* places */
    bool has_end, was_damaged;
} import;

/* Where a part of the archive goes. */
static const char *choose_store(const import *in, const char *name)
{
    const gen_cache_options *options = &in->run->options;

    if (options->store)
        return options->store;
    if (options->redis)
        return "redis";
    return strcmp(name, "dir") == 0 ? "dir" : "disk";
}

/* False: its store cannot be opened, which was told. */
static bool begin_part(import *in, const char *name)
{
    gen_cache_run *run = in->run;
    gen_cache_store *store = gen_cache_open_one(run, choose_store(in, name));
    size_t index = 0;

    in->now = NULL;
    if (!store)
        return false;
    while (run->stores[index] != store)
        index++;
    if (!in->parts[index])
        in->parts[index] = memo_adoption_make(store->store, store->opened,
                                              &store->host, run->now_ns);
    in->now = in->parts[index];
    if (!in->now)
        gen_cache_fail("out of memory");
    return in->now != NULL;
}

static bool take(import *in, const memo_archive_record *record)
{
    in->was_damaged = false;
    if (record->kind == MEMO_ARCHIVE_END) {
        in->has_end = true;
        in->expected = record->is.end.entries;
    }
    in->functions += record->kind == MEMO_ARCHIVE_FUNCTION;
    in->entries += record->kind == MEMO_ARCHIVE_ENTRY;
    if (record->kind == MEMO_ARCHIVE_SOURCE &&
        !begin_part(in, record->is.source.store))
        return false;
    if (in->now && !memo_adopt(in->now, record)) {
        gen_cache_fail("the results cannot be written");
        return false;
    }
    return true;
}

/* False: it cannot go on, which was told. */
static bool take_all(import *in, stream *from)
{
    memo_archive_record record;
    memo_archive_step step;

    for (;;) {
        if (!next(&step, &record, from)) {
            gen_cache_fail("the archive cannot be read: %s", strerror(errno));
            return false;
        }
        if (step == MEMO_ARCHIVE_OVER)
            return true;
        if (step == MEMO_ARCHIVE_DAMAGED) {
            in->damaged += !in->was_damaged;
            in->was_damaged = true;
        } else if (!take(in, &record)) {
            return false;
        }
    }
}

/* What it begins with says whether it is one. */
static bool is_archive(stream *from)
{
    memo_archive_record record;
    memo_archive_step step;
    const char *wrong = "it is no archive of memogen";

    if (!next(&step, &record, from)) {
        gen_cache_fail("the archive cannot be read: %s", strerror(errno));
        return false;
    }
    if (step == MEMO_ARCHIVE_RECORD && record.kind == MEMO_ARCHIVE_HEAD)
        wrong = memo_archive_judge(&record.is.head);
    if (wrong)
        gen_cache_fail("this cannot be imported: %s", wrong);
    return !wrong;
}

/* ---- import: the end ----------------------------------------------------- */

static bool end_parts(memo_adopted *out, import *in)
{
    bool is_done = true;

    *out = (memo_adopted){0};
    for (size_t i = 0; i < GEN_CACHE_STORES; i++) {
        memo_adopted part = {0};

        if (!in->parts[i])
            continue;
        is_done = memo_adoption_end(&part, in->parts[i]) && is_done;
        out->entries += part.entries;
        out->results += part.results;
        out->expired += part.expired;
        out->bound += part.bound;
        out->orphans += part.orphans;
    }
    return is_done;
}

static void append_count(gen_text *out, uint64_t count, const char *what)
{
    if (count > 0)
        gen_text_append_format(out, "; %llu %s", (unsigned long long)count,
                               what);
}

/* Returns whether something is missing. */
static bool append_imported(const import *in, const memo_adopted *done)
{
    gen_text *out = &in->run->out;
    uint64_t lost = in->expected > in->entries ? in->expected - in->entries : 0;

    gen_text_append_string(out,
                           gen_cache_count_text(in->run->arena, done->results,
                                                "entry", "entries"));
    append_count(out, done->expired, "expired");
    append_count(out, done->bound,
                 "that only the cache they come from can find");
    append_count(out, lost, "damaged");
    append_count(out, done->orphans, "whose function or inputs are missing");
    if (!in->has_end)
        gen_text_append_string(out, "; the archive is cut off");
    else if (in->damaged > 0 && lost == 0)
        gen_text_append_string(out, "; the archive is damaged");
    gen_text_append_char(out, '\n');
    return in->damaged > 0 || !in->has_end || lost > 0 || done->orphans > 0;
}

static int run_import(import *in, stream *from)
{
    gen_cache_run *run = in->run;
    memo_adopted done;
    bool is_done = is_archive(from) && take_all(in, from);
    bool is_written = end_parts(&done, in);

    if (is_done && !is_written)
        gen_cache_fail("the results cannot be written");
    gen_cache_tend(run);
    gen_cache_close(run);
    for (size_t i = 0; i < GEN_CACHE_STORES; i++)
        memo_adoption_finish(in->parts[i]);
    if (!is_done || !is_written)
        return GEN_CACHE_USAGE;
    return append_imported(in, &done) ? GEN_CACHE_FINDINGS : 0;
}

int gen_cache_import(gen_cache_run *run)
{
    const char *name = run->options.operand;
import in = {.run = run };
    stream from = {.file = STDIN_FILENO};
    int code;

    if (is_standard(name) && isatty(STDIN_FILENO))
        return gen_cache_fail("the standard input is a terminal; name a file");
    if (!is_standard(name))
        from.file = open(name, O_RDONLY | O_CLOEXEC);
    if (from.file < 0)
        return gen_cache_fail("cannot read '%s': %s", name, strerror(errno));
    if (!run->options.redis && !gen_cache_find_folder(run))
        code = GEN_CACHE_USAGE;
    else
        code = run_import(&in, &from);
    if (from.file != STDIN_FILENO)
        close(from.file);
    free(from.bytes);
    return code;
}

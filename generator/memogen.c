/* memogen.c -- the program: options, files, passes, output. */
#include "cache.h"
#include "diff.h"
#include "explain.h"
#include "link.h"
#include "options.h"
#include "output.h"
#include "path.h"
#include "report.h"
#include "source.h"
#include "source_database.h"
#include "unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_COMPLAINTS = 1, EXIT_USAGE = 2, MANY_FILES = 8 };

typedef struct {
    gen_arena *arena;
    gen_options options;
    gen_template_set templates;
    const char **own_flags; /* where memo.h is, after all of the user's */
    size_t own_flag_count;
    gen_unit *units; /* one an input */
    size_t count;
    _Atomic size_t next; /* the unit that the next free thread takes */
    _Atomic size_t done;
} run;

static int fail(const char *text)
{
    fprintf(stderr, "memogen: %s\n", text);
    return EXIT_USAGE;
}

/* ---- preparation -----------------------------------------------------------
 */

/* memo.h of the installation that this program belongs to: a source may include
 * it without a -I. */
static void find_own_headers(run *r)
{
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    const char *include;
    if (size <= 0)
        return;
    path[size] = '\0';
    include = gen_path_normal(
        r->arena, gen_arena_format(r->arena, "%s/../include",
                                   gen_path_folder(r->arena, path)));
    r->own_flags = GEN_NEW_ARRAY(r->arena, const char *, 1);
    r->own_flags[r->own_flag_count++] =
        gen_arena_format(r->arena, "-idirafter%s", include);
}

static bool ends_in_c(const char *path)
{
    size_t size = strlen(path);
    return size > 2 && strcmp(path + size - 2, ".c") == 0;
}

static const char *output_path(const run *r, const char *base,
                               const char *input)
{
    const gen_options *options = &r->options;
    const char *folder = options->output ? options->output : "memogen-out";
    if (options->to_stdout || (strcmp(input, "-") == 0 && !options->output))
        return NULL;
    if (options->output && ends_in_c(options->output))
        return options->output;
    if (strcmp(input, "-") == 0)
        input = "stdin.c";
    return gen_path_output(r->arena, folder, base, input);
}

static bool check_outputs(const run *r, const char **error)
{
    for (size_t i = 0; i < r->count; i++) {
        for (size_t k = 0; k < i; k++) {
            const char *a = r->units[k].output_path;
            const char *b = r->units[i].output_path;
            if (!a || !b || strcmp(a, b) != 0)
                continue;
            *error = gen_arena_format(r->arena,
                                      "%s and %s would both be written to %s",
                                      r->units[k].path, r->units[i].path, a);
            return false;
        }
    }
    return true;
}

static bool set_flags(run *r, gen_unit *unit, const char **error)
{
    gen_database_flags database = {0};
    const char **flags;
    size_t count = 0;
    if (r->options.database && !unit->is_from_stdin) {
        if (!gen_source_database(r->arena, &database, r->options.database,
                                 unit->path, error))
            return false;
        if (database.is_guess)
            gen_warning(&unit->diagnostics, "memo-flags", (gen_span){0},
                        "%s/compile_commands.json does not hold %s; the flags "
                        "of another file are used",
                        r->options.database, unit->path);
    }
    flags = GEN_NEW_ARRAY(r->arena, const char *,
                          database.count + r->options.flag_count + 1);
    for (size_t i = 0; i < database.count; i++)
        flags[count++] = database.flags[i];
    for (size_t i = 0; i < r->options.flag_count; i++)
        flags[count++] = r->options.flags[i];
    unit->flags = flags;
    unit->flag_count = count;
    unit->outer_flags = r->own_flags;
    unit->outer_flag_count = r->own_flag_count;
    return true;
}

static bool make_units(run *r, const char **error)
{
    const gen_options *options = &r->options;
    const char *base =
        gen_path_common(r->arena, options->inputs, options->input_count);
    r->count = options->input_count;
    r->units = GEN_NEW_ARRAY(r->arena, gen_unit, r->count + 1);
    for (size_t i = 0; i < r->count; i++) {
        gen_unit *unit = &r->units[i];
        gen_unit_init(unit, options->warnings);
        unit->is_from_stdin = strcmp(options->inputs[i], "-") == 0;
        unit->path = unit->is_from_stdin ? "<stdin>" : options->inputs[i];
        unit->output_path = output_path(r, base, options->inputs[i]);
        unit->wants_candidates = options->mode == GEN_MODE_SUGGEST;
        unit->may_skip_parse = options->mode == GEN_MODE_LIST;
        unit->wants_build =
            options->mode == GEN_MODE_LIST || options->mode == GEN_MODE_EXPLAIN;
        if (!set_flags(r, unit, error))
            return false;
    }
    return check_outputs(r, error);
}

/* ---- reading, several files at once ----------------------------------------
 */

static void show_progress(run *r, const char *path)
{
    size_t done = atomic_fetch_add(&r->done, 1) + 1;
    if (r->count >= MANY_FILES && !r->options.is_quiet && isatty(2))
        fprintf(stderr, "\r\033[K[%zu/%zu] %s%s", done, r->count, path,
                done == r->count ? "\r\033[K" : "");
}

static void *read_units(void *argument)
{
    run *r = argument;
    for (;;) {
        size_t index = atomic_fetch_add(&r->next, 1);
        if (index >= r->count)
            return NULL;
        gen_unit_read(&r->units[index]);
        show_progress(r, r->units[index].path);
    }
}

static void read_all(run *r)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t jobs = r->options.jobs  ? r->options.jobs
                  : processors > 1 ? (size_t)processors
                                   : 1;
    pthread_t threads[64];
    size_t started = 0;
    if (jobs > r->count)
        jobs = r->count;
    if (jobs > 64)
        jobs = 64;
    while (started + 1 < jobs &&
           pthread_create(&threads[started], NULL, read_units, r) == 0)
        started++;
    read_units(r);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

/* ---- complaints ------------------------------------------------------------
 */

/* Print the complaints of all units as one list; returns the number of errors,
 * of which one in a header that several files include is one. */
static size_t print_complaints(run *r)
{
    gen_diagnostics all;
    gen_diagnostics_init(&all, r->arena, r->options.warnings);
    for (size_t i = 0; i < r->count; i++) {
        const gen_diagnostics *some = &r->units[i].diagnostics;
        if (!some->first)
            continue;
        *all.last = some->first;
        all.last = some->last;
    }
    if (!all.first && !r->options.as_json)
        return 0;
    return gen_diagnostics_print(&all, stderr, r->options.color,
                                 r->options.as_json);
}

static const char *find_trouble(const run *r)
{
    for (size_t i = 0; i < r->count; i++) {
        if (r->units[i].trouble)
            return r->units[i].trouble;
    }
    return NULL;
}

/* ---- modes -----------------------------------------------------------------
 */

static int write_stdout(const gen_text *text)
{
    if (text->size && fwrite(text->data, 1, text->size, stdout) != text->size)
        return fail("cannot write to the standard output");
    if (fflush(stdout) != 0)
        return fail("cannot write to the standard output");
    return 0;
}

static const char *dependency_path(const run *r, const gen_unit *unit)
{
    size_t size = strlen(unit->output_path);
    if (r->options.dependency_file)
        return r->options.dependency_file;
    return gen_arena_format(r->arena, "%.*s.d", (int)(size - 2),
                            unit->output_path);
}

static int write_dependencies(run *r, const gen_unit *unit)
{
    const char *target = r->options.dependency_target
                             ? r->options.dependency_target
                             : unit->output_path;
    const char *error = NULL;
    const char *text = gen_output_depfile(
        r->arena, target, unit->file->dependencies,
        unit->file->dependency_count, r->options.has_phony_targets);
    if (gen_output_write(r->arena, dependency_path(r, unit), text, strlen(text),
                         &error) == GEN_OUTPUT_FAILED)
        return fail(error);
    return 0;
}

static int write_unit(run *r, gen_unit *unit)
{
    const char *error = NULL;
    if (!unit->output_path)
        return write_stdout(&unit->output);
    if (gen_output_write(r->arena, unit->output_path, unit->output.data,
                         unit->output.size, &error) == GEN_OUTPUT_FAILED)
        return fail(error);
    return r->options.writes_dependencies ? write_dependencies(r, unit) : 0;
}

static int check_unit(const gen_unit *unit)
{
    if (!unit->output_path ||
        gen_output_is_current(unit->output_path, unit->output.data,
                              unit->output.size))
        return 0;
    fprintf(stderr, "memogen: %s is stale: %s has changed since\n",
            unit->output_path, unit->path);
    return EXIT_COMPLAINTS;
}

static int diff_unit(run *r, const gen_unit *unit, gen_text *out)
{
    const char *error = NULL;
    size_t size = 0;
    const char *before = "";
    if (unit->output_path && access(unit->output_path, F_OK) == 0) {
        before = gen_output_read(r->arena, unit->output_path, &size, &error);
        if (!before)
            return fail(error);
    }
    gen_diff_append(out, size ? unit->output_path : "/dev/null", before, size,
                    unit->output_path ? unit->output_path : "<stdout>",
                    unit->output.data, unit->output.size);
    return 0;
}

/* Modes that need the generated text. */
static int run_generation(run *r)
{
    gen_text difference = {0};
    int worst = 0;
    for (size_t i = 0; i < r->count; i++)
        gen_unit_generate(&r->units[i], &r->templates, r->options.no_line);
    if (find_trouble(r))
        return fail(find_trouble(r));
    for (size_t i = 0; i < r->count; i++) {
        int code = r->options.mode == GEN_MODE_CHECK ? check_unit(&r->units[i])
                   : r->options.mode == GEN_MODE_DIFF
                       ? diff_unit(r, &r->units[i], &difference)
                       : write_unit(r, &r->units[i]);
        if (code > worst)
            worst = code;
    }
    if (worst < EXIT_USAGE && write_stdout(&difference))
        worst = EXIT_USAGE;
    gen_text_finish(&difference);
    return worst;
}

static int run_explain(run *r, gen_text *out)
{
    const gen_options *options = &r->options;
    const char *name = options->explain, *near;
    if (options->as_dot
            ? gen_explain_as_dot(out, r->units, r->count, name)
            : gen_explain(out, r->units, r->count, name, options->as_json))
        return 0;
    near = gen_explain_nearest(r->arena, r->units, r->count, name);
    fprintf(stderr, "memogen: no function is named '%s'%s%s%s\n", name,
            near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    return EXIT_COMPLAINTS;
}

/* Modes that only tell. */
static int run_report(run *r)
{
    gen_text out = {0};
    const gen_options *options = &r->options;
    int code = 0;
    gen_link_units(r->units, r->count);
    if (options->mode == GEN_MODE_LIST)
        gen_report_list(&out, r->units, r->count, options->as_json);
    else if (options->mode == GEN_MODE_SUGGEST && options->as_diff)
        gen_report_suggest_diff(&out, r->units, r->count);
    else if (options->mode == GEN_MODE_SUGGEST)
        gen_report_suggest(&out, r->units, r->count, options->as_json);
    else
        code = run_explain(r, &out);
    if (code == 0)
        code = write_stdout(&out);
    gen_text_finish(&out);
    return code;
}

static int run_files(run *r)
{
    const char *error = NULL;
    size_t errors;
    bool generates = r->options.mode == GEN_MODE_GENERATE ||
                     r->options.mode == GEN_MODE_CHECK ||
                     r->options.mode == GEN_MODE_DIFF;

    if (!gen_source_is_usable(r->arena, &error) ||
        !gen_templates_load(r->arena, &r->templates, r->options.templates,
                            &error))
        return fail(error);
    find_own_headers(r);
    if (!make_units(r, &error))
        return fail(error);
    read_all(r);
    errors = print_complaints(r);
    if (find_trouble(r))
        return fail(find_trouble(r));
    if (errors) {
        if (!r->options.is_quiet && !r->options.as_json)
            fprintf(stderr, "%zu error%s; no file was written\n", errors,
                    errors == 1 ? "" : "s");
        return EXIT_COMPLAINTS;
    }
    return generates ? run_generation(r) : run_report(r);
}

/* Where sources become others; returns the exit code. */
static int run_passes(int argc, char **argv)
{
    run r = {.arena = gen_arena_create()};
    const char *error = NULL;
    int code = 0;

    if (!gen_options_parse(&r.options, r.arena, argc, argv, &error))
        code = fail(error);
    else if (r.options.mode == GEN_MODE_HELP)
        gen_options_print_help(stdout);
    else if (r.options.mode == GEN_MODE_VERSION)
        printf("memogen %s (%s)\n", GEN_VERSION, gen_source_version(r.arena));
    else
        code = run_files(&r);
    for (size_t i = 0; i < r.count; i++)
        gen_unit_finish(&r.units[i]);
    gen_arena_destroy(r.arena);
    return code;
}

int main(int argc, char **argv)
{
    return argc > 1 && strcmp(argv[1], "cache") == 0
               ? gen_cache(argc - 2, argv + 2)
               : run_passes(argc, argv);
}

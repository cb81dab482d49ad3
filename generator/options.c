/* options.c -- the command line as plain data. */
#include "options.h"

#include "arguments.h"
#include "options_table.h"
#include "warning.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* One reading of a command line. */
typedef struct {
    gen_arena *arena;
    gen_options *out;
    gen_arguments from;
    size_t at; /* the next argument */
    gen_arguments inputs, flags;
    gen_warning_setting **last_setting;
    bool seen[GEN_OPTION_KINDS];
    const char *error;
} reading;

/* Note what is wrong; always false. */
static bool fail(reading *from, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool fail(reading *from, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    from->error = gen_arena_vformat(from->arena, format, list);
    va_end(list);
    return false;
}

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* What stands behind the option's name in the argument: "=x" and "x" for long
 * and short ones, "" if nothing; NULL if the argument is another option. */
static const char *match(const gen_option_kind *kind, const char *argument)
{
    const char *names[] = {kind->name, kind->alias};

    for (size_t i = 0; i < 2 && names[i] != NULL; i++) {
        const size_t size = strlen(names[i]);
        if (strncmp(names[i], argument, size) != 0)
            continue;
        const char *rest = argument + size;
        bool is_long = names[i][1] == '-';
        bool is_joined =
            kind->takes == GEN_TAKES_REST ||
            (kind->takes == GEN_TAKES_CHOICE && rest[0] == '=') ||
            (kind->takes == GEN_TAKES_VALUE && (!is_long || rest[0] == '='));
        if (rest[0] == '\0' || is_joined)
            return rest;
    }
    return NULL;
}

/* The option that an argument is: the one that shares most of its name. */
static const gen_option_kind *find_kind(const char *argument,
                                        const char **out_rest)
{
    const gen_option_kind *best = NULL;

    for (size_t i = 0; i < gen_option_kind_count; i++) {
        const char *rest = match(&gen_option_kinds[i], argument);
        if (rest == NULL || (best != NULL && rest <= *out_rest))
            continue;
        best = &gen_option_kinds[i];
        *out_rest = rest;
    }
    return best;
}

static bool fail_unknown(reading *from, const char *argument)
{
    const char *names[2 * GEN_OPTION_KINDS];
    size_t count = 0;
    const char *word =
        gen_arena_copy(from->arena, argument, strcspn(argument, "="));

    for (size_t i = 0; i < gen_option_kind_count; i++) {
        if (gen_option_kinds[i].name[0] == '-')
            names[count++] = gen_option_kinds[i].name;
        if (gen_option_kinds[i].alias != NULL)
            names[count++] = gen_option_kinds[i].alias;
    }
    /* Between short options everything is near. */
    const char *near =
        strlen(word) > 3 ? gen_nearest(word, names, count) : NULL;
    if (near == NULL)
        return fail(from, "unknown option '%s'; see memogen --help", argument);
    return fail(from, "unknown option '%s'; did you mean '%s'?", argument,
                near);
}

/* ---- warnings ----------------------------------------------------------- */

static void add_setting(reading *from, gen_warning_setting setting)
{
    gen_warning_setting *made = GEN_NEW(from->arena, gen_warning_setting);

    *made = setting;
    *from->last_setting = made;
    from->last_setting = &made->next;
}

static bool is_ours(const char *id)
{
    return strcmp(id, "memo") == 0 || begins_with(id, "memo-");
}

/* The id of one warning, or "" for "memo", which is all of them. */
static bool find_warning(reading *from, const char *argument, const char *id,
                         const char **out)
{
    const char *ids[GEN_OPTION_KINDS];
    size_t count = 0;

    if (strcmp(id, "memo") == 0) {
        *out = "";
        return true;
    }
    for (; count < gen_warning_kind_count; count++) {
        ids[count] = gen_warning_kinds[count].id;
        if (strcmp(ids[count], id) == 0) {
            *out = ids[count];
            return true;
        }
    }
    const char *near = gen_nearest(id, ids, count);
    if (near == NULL)
        return fail(from, "unknown warning in '%s'; see memogen --help",
                    argument);
    return fail(from, "unknown warning in '%s'; did you mean '%s'?", argument,
                near);
}

/* -Werror, -Werror=id and their opposites.  They are no flags for the parser:
 * what it warns about is the compiler's business. */
static bool read_error_setting(reading *from, const char *argument,
                               const char *rest, bool is_error)
{
    gen_warning_setting setting = {
        .id = "", .is_error = is_error, .sets_error = true};

    if (rest[0] == '=') {
        if (!is_ours(rest + 1))
            return true;
        if (!find_warning(from, argument, rest + 1, &setting.id))
            return false;
    }
    add_setting(from, setting);
    return true;
}

static bool read_warning(reading *from, const char *argument)
{
    static const char error[] = "error";
    const char *rest = argument + 2;
    const bool is_on = !begins_with(rest, "no-");
    const char *id = is_on ? rest : rest + 3;
    gen_warning_setting setting = {.is_on = is_on};

    if (begins_with(id, error) &&
        (id[sizeof error - 1] == '\0' || id[sizeof error - 1] == '='))
        return read_error_setting(from, argument, id + sizeof error - 1, is_on);
    if (!is_ours(id)) {
        gen_arguments_add(&from->flags, from->arena, argument);
        return true;
    }
    if (!find_warning(from, argument, id, &setting.id))
        return false;
    add_setting(from, setting);
    return true;
}

/* ---- values ------------------------------------------------------------- */

static bool read_color(reading *from, const char *rest)
{
    static const char *const words[] = {"=auto", "=always", "=never"};
    static const gen_color colors[] = {GEN_COLOR_AUTO, GEN_COLOR_ALWAYS,
                                       GEN_COLOR_NEVER};

    from->out->color = GEN_COLOR_ALWAYS;
    if (rest[0] == '\0')
        return true;
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(words[i], rest) == 0) {
            from->out->color = colors[i];
            return true;
        }
    }
    return fail(from, "--color is auto, always or never, not '%s'", rest + 1);
}

static bool read_jobs(reading *from, const char *value)
{
    char *end;
    unsigned long jobs = strtoul(value, &end, 10);

    if (value[0] < '0' || value[0] > '9' || *end != '\0' || jobs == 0 ||
        jobs > 1024)
        return fail(from, "-j takes a number from 1 to 1024, not '%s'", value);
    from->out->jobs = (unsigned)jobs;
    return true;
}

static const char *mode_name(gen_mode mode)
{
    size_t i = 0;

    while (gen_option_kinds[i].act != GEN_ACT_MODE ||
           gen_option_kinds[i].meaning != mode)
        i++;
    return gen_option_kinds[i].name;
}

/* --suggest --diff is a mode of its own, --help and --version answer whatever
 * else is asked; any other two exclude each other. */
static bool read_mode(reading *from, gen_mode mode)
{
    gen_options *out = from->out;
    const bool is_answered =
        out->mode == GEN_MODE_HELP || out->mode == GEN_MODE_VERSION;
    const bool is_answer = mode == GEN_MODE_HELP || mode == GEN_MODE_VERSION;

    if (is_answered || mode == out->mode)
        return true;
    if ((mode == GEN_MODE_DIFF && out->mode == GEN_MODE_SUGGEST) ||
        (mode == GEN_MODE_SUGGEST && out->mode == GEN_MODE_DIFF)) {
        mode = GEN_MODE_SUGGEST;
        out->as_diff = true;
    } else if (out->mode != GEN_MODE_GENERATE && !is_answer) {
        return fail(from, "%s and %s exclude each other", mode_name(out->mode),
                    mode_name(mode));
    }
    out->mode = mode;
    return true;
}

static void set_text(reading *from, const gen_option_kind *kind,
                     const char *value)
{
    *(const char **)((char *)from->out + kind->meaning) = value;
}

static void set_flag(reading *from, const gen_option_kind *kind)
{
    *(bool *)((char *)from->out + kind->meaning) = true;
}

/* ---- arguments ---------------------------------------------------------- */

/* The option's value: the rest of its argument or the next one; NULL if there
 * is none. */
static const char *take_value(reading *from, const char *argument,
                              const char *rest)
{
    if (rest[0] != '\0')
        return argument[1] == '-' ? rest + 1 : rest; /* "--name=value" */
    if (from->at == from->from.count)
        return NULL;
    return from->from.items[from->at++];
}

/* Hand an option and its value, if it is apart, on to the compiler's parser. */
static void pass_on(reading *from, const gen_option_kind *kind,
                    const char *argument, const char *rest, const char *value)
{
    gen_arguments_add(&from->flags, from->arena, argument);
    if (kind->takes == GEN_TAKES_VALUE && rest[0] == '\0')
        gen_arguments_add(&from->flags, from->arena, value);
}

static bool act(reading *from, const gen_option_kind *kind,
                const char *argument, const char *rest)
{
    const char *value = "";
    bool *seen = &from->seen[kind - gen_option_kinds];

    if (kind->takes == GEN_TAKES_VALUE) {
        value = take_value(from, argument, rest);
        if (value == NULL || value[0] == '\0')
            return fail(from, "%s needs a value: %s %s", argument, kind->name,
                        kind->value);
    }
    if (kind->is_single && *seen)
        return fail(from, "%s is given twice", kind->name);
    *seen = true;
    switch (kind->act) {
    case GEN_ACT_MODE:
        if (kind->takes == GEN_TAKES_VALUE)
            from->out->explain = value;
        return read_mode(from, (gen_mode)kind->meaning);
    case GEN_ACT_TEXT:
        set_text(from, kind, value);
        return true;
    case GEN_ACT_FLAG:
        set_flag(from, kind);
        return true;
    case GEN_ACT_COLOR:
        return read_color(from, rest);
    case GEN_ACT_JOBS:
        return read_jobs(from, value);
    case GEN_ACT_WARNING:
        return read_warning(from, argument);
    case GEN_ACT_PASS:
        pass_on(from, kind, argument, rest, value);
        return true;
    case GEN_ACT_REST:
        while (from->at < from->from.count)
            gen_arguments_add(&from->flags, from->arena,
                              from->from.items[from->at++]);
        return true;
    case GEN_ACT_DROP:
    case GEN_ACT_NONE:
        return true;
    }
    return true;
}

static bool read_argument(reading *from)
{
    const char *argument = from->from.items[from->at++];
    const char *rest = argument;

    if (argument[0] == '\0')
        return fail(from, "an empty argument is no file");
    if (argument[0] != '-' || argument[1] == '\0') {
        gen_arguments_add(&from->inputs, from->arena, argument);
        return true;
    }
    const gen_option_kind *kind = find_kind(argument, &rest);
    if (kind == NULL)
        return fail_unknown(from, argument);
    return act(from, kind, argument, rest);
}

/* ---- what excludes each other ------------------------------------------- */

static bool ends_in_c(const char *path)
{
    const size_t size = strlen(path);

    return size > 2 && strcmp(path + size - 2, ".c") == 0;
}

static bool check_inputs(reading *from)
{
    const gen_options *out = from->out;
    size_t dashes = 0;

    if (out->input_count == 0)
        return fail(from, "no input file; see memogen --help");
    for (size_t i = 0; i < out->input_count; i++)
        dashes += strcmp(out->inputs[i], "-") == 0;
    if (dashes > 1)
        return fail(from, "the standard input can be read only once");
    if (out->input_count == 1)
        return true;
    if (out->to_stdout)
        return fail(from, "--stdout takes a single input file");
    if (out->output != NULL && ends_in_c(out->output))
        return fail(from,
                    "-o %s takes a single input file; a folder can take "
                    "several",
                    out->output);
    if (out->dependency_file != NULL)
        return fail(from, "-MF takes a single input file");
    if (out->dependency_target != NULL)
        return fail(from, "-MT takes a single input file");
    return true;
}

static bool check_dependencies(reading *from)
{
    const gen_options *out = from->out;
    const char *lonely = out->dependency_file != NULL     ? "-MF"
                         : out->dependency_target != NULL ? "-MT"
                         : out->has_phony_targets         ? "-MP"
                                                          : NULL;

    if (!out->writes_dependencies)
        return lonely == NULL || fail(from, "%s needs -MD", lonely);
    if (out->mode != GEN_MODE_GENERATE)
        return fail(from, "-MD writes along with an output, and this run "
                          "writes none");
    bool has_output = !out->to_stdout;
    for (size_t i = 0; i < out->input_count; i++)
        has_output = has_output &&
                     (out->output != NULL || strcmp(out->inputs[i], "-") != 0);
    return has_output || fail(from, "-MD needs an output file to name: use -o");
}

static bool check_output(reading *from)
{
    const gen_options *out = from->out;
    const bool generates = out->mode == GEN_MODE_GENERATE ||
                           out->mode == GEN_MODE_CHECK ||
                           out->mode == GEN_MODE_DIFF;

    if (out->to_stdout && out->output != NULL)
        return fail(from, "--stdout and -o exclude each other");
    if (out->to_stdout && out->mode != GEN_MODE_GENERATE)
        return fail(from, "--stdout is for generating, and this run tells "
                          "something else");
    if (!generates && out->output != NULL)
        return fail(from, "-o is for generating, and this run writes nothing");
    if (!generates && out->no_line)
        return fail(from,
                    "--no-line is for generating, and this run writes nothing");
    if (out->as_dot && out->mode != GEN_MODE_EXPLAIN)
        return fail(from, "--dot is for --explain");
    if (out->as_dot && out->as_json)
        return fail(from, "--dot and --json exclude each other");
    if (out->as_diff && out->as_json)
        return fail(from, "--diff and --json exclude each other");
    return true;
}

bool gen_options_parse(gen_options *out, gen_arena *arena, int argc,
                       char *const argv[], const char **error)
{
    reading from = {.arena = arena, .out = out};
    gen_warning_setting *settings = NULL;

    *out = (gen_options){.color = GEN_COLOR_AUTO};
    from.last_setting = &settings;
    bool is_good =
        gen_arguments_expand(&from.from, arena, argc, argv, &from.error);
    while (is_good && from.at < from.from.count)
        is_good = read_argument(&from);
    out->inputs = from.inputs.items;
    out->input_count = from.inputs.count;
    out->flags = from.flags.items;
    out->flag_count = from.flags.count;
    out->warnings = settings;
    if (is_good && out->mode != GEN_MODE_HELP && out->mode != GEN_MODE_VERSION)
        is_good = check_inputs(&from) && check_output(&from) &&
                  check_dependencies(&from);
    if (!is_good)
        *error = from.error;
    return is_good;
}

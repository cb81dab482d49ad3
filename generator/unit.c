/* unit.c -- the order of the passes over one file. */
#include "unit.h"

#include "checks.h"
#include "closure.h"
#include "output.h"
#include "templates.h"

#include "base/hash.h"

#include <stdio.h>
#include <string.h>

void gen_unit_init(gen_unit *unit, const gen_warning_setting *settings)
{
    *unit = (gen_unit){.arena = gen_arena_create()};
    gen_diagnostics_init(&unit->diagnostics, unit->arena, settings);
}

void gen_unit_finish(gen_unit *unit)
{
    gen_text_finish(&unit->output);
    gen_arena_destroy(unit->arena);
}

/* ---- annotations -----------------------------------------------------------
 */

static void report_mistakes(gen_unit *unit, const gen_annotation_site *site,
                            const gen_mistake *mistake)
{
    for (; mistake; mistake = mistake->next) {
        gen_span span = {&unit->text, site->offset + mistake->offset,
                         mistake->size};
        gen_diagnostic *error =
            gen_error(&unit->diagnostics, span, "%s", mistake->text);
        if (mistake->fix)
            gen_suggest(&unit->diagnostics, error, span, mistake->fix);
    }
}

static void read_annotations(gen_unit *unit)
{
    unit->annotations =
        GEN_NEW_ARRAY(unit->arena, gen_annotation *, unit->scan.count + 1);
    for (size_t i = 0; i < unit->scan.count; i++) {
        const gen_annotation_site *site = &unit->scan.sites[i];
        gen_annotation *read = GEN_NEW(unit->arena, gen_annotation);
        const gen_mistake *mistakes;

        if (gen_source_is_type_site(site))
            continue; /* read with the type */
        mistakes =
            gen_annotation_parse(unit->arena, read, site->text, site->size);
        report_mistakes(unit, site, mistakes);
        if (!mistakes)
            unit->annotations[i] = read;
    }
}

/* ---- passes ----------------------------------------------------------------
 */

static bool read_text(gen_unit *unit)
{
    size_t size = 0;
    const char *text =
        gen_output_read(unit->arena, unit->is_from_stdin ? "-" : unit->path,
                        &size, &unit->trouble);
    if (!text)
        return false;
    unit->text = (gen_source_text){unit->path, text, size};
    return true;
}

static bool is_cplusplus(const char *path)
{
    static const char *const endings[] = {".cc",  ".cpp", ".cxx", ".C",
                                          ".c++", ".hpp", ".hh"};
    size_t size = strlen(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(endings[i]);
        if (size > length && strcmp(path + size - length, endings[i]) == 0)
            return true;
    }
    return false;
}

static const char *build_probe(void)
{
    for (size_t i = 0; i < gen_template_file_count; i++) {
        if (strcmp(gen_template_files[i].name, "build.c.tmpl") == 0)
            return gen_template_files[i].text;
    }
    return "";
}

/* Nothing in the text is to be rewritten. */
static bool is_pass_through(const gen_unit *unit)
{
    static const char *const calls[] = {"memo_clear_args", "st_echo", "st_help",
                                        "st_in"};
    if (unit->scan.count > 0)
        return false;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (memmem(unit->text.text, unit->text.size, calls[i],
                   strlen(calls[i])))
            return false;
    }
    return true;
}

static void parse(gen_unit *unit)
{
    gen_source_request request = {
        .text = &unit->text,
        .flags = unit->flags,
        .flag_count = unit->flag_count,
        .outer_flags = unit->outer_flags,
        .outer_flag_count = unit->outer_flag_count,
        .scan = &unit->scan,
        .annotations = unit->annotations,
        .wants_candidates = unit->wants_candidates,
        .wants_all_closures = unit->wants_candidates || unit->wants_build,
        .is_pass_through = is_pass_through(unit) && !unit->wants_candidates,
    };
    unit->file = gen_source_read(unit->arena, &unit->diagnostics, &request);
    if (!unit->file->is_parsed)
        return;
    if (unit->wants_build)
        unit->file->build =
            gen_source_build(unit->arena, &request, build_probe());
    gen_check_sites(&unit->diagnostics, unit->file, &unit->scan);
    gen_source_probe(unit->arena, &unit->diagnostics, &request, unit->file);
    gen_closure_compute(unit->arena, unit->file);
    for (size_t i = 0; i < unit->file->function_count; i++)
        gen_check_function(unit->arena, &unit->diagnostics, unit->file,
                           &unit->file->functions[i]);
}

static void skip_parse(gen_unit *unit)
{
    unit->file = GEN_NEW(unit->arena, gen_file);
    unit->file->text = &unit->text;
    unit->file->build = "";
}

void gen_unit_read(gen_unit *unit)
{
    if (!read_text(unit))
        return;
    if (is_cplusplus(unit->path)) {
        gen_error(&unit->diagnostics, (gen_span){&unit->text, 0, 0},
                  "this is a C++ source; memogen reads C only");
        skip_parse(unit);
        return;
    }
    unit->scan = gen_scan_text(unit->arena, unit->text.text, unit->text.size);
    read_annotations(unit);
    if (unit->scan.count == 0 && unit->may_skip_parse)
        skip_parse(unit);
    else
        parse(unit);
}

void gen_unit_generate(gen_unit *unit, const gen_template_set *templates,
                       bool no_line)
{
    gen_generation generation = {
        .templates = templates,
        .source_path = unit->path,
        .output_path = unit->output_path ? unit->output_path : "<stdout>",
        .no_line = no_line,
        .is_pass_through = is_pass_through(unit),
    };
    gen_generate(unit->arena, &unit->output, unit->file, &generation,
                 &unit->trouble);
}

/* ---- hashes ----------------------------------------------------------------
 */

void gen_unit_source_hash(const gen_unit *unit, const gen_function *function,
                          char text[33])
{
    const gen_annotation *annotation = function->annotation;
    gen_hash closure = function->entity->combined;
    gen_text all = {0};
    memo_digest digest;
    if (!annotation || !annotation->ignores_code)
        gen_text_append_format(
            &all, "%016llx%016llx%s\n", (unsigned long long)closure.high,
            (unsigned long long)closure.low, unit->file->build);
    if (annotation)
        gen_text_append_string(&all,
                               gen_annotation_salt(unit->arena, annotation));
    digest = memo_hash_stable(all.data ? all.data : "", all.size);
    snprintf(text, 33, "%016llx%016llx", (unsigned long long)digest.high,
             (unsigned long long)digest.low);
    gen_text_finish(&all);
}

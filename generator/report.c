/* report.c -- --list and --suggest. */
#include "report.h"

#include "checks.h"
#include "diff.h"
#include "report_json.h"

#include <string.h>

/* ---- list ------------------------------------------------------------------
 */

static void list_json(gen_text *out, const gen_unit *unit,
                      const gen_function *function, const char *hash)
{
    bool has_some = false;
    gen_text_append_string(out, "{");
    gen_report_string(out, "name", function->name, &has_some);
    gen_report_string(out, "file", unit->path, &has_some);
    gen_report_number(out, "line", gen_report_line(function->name_span),
                      &has_some);
    gen_report_string(out, "options",
                      gen_annotation_text(unit->arena, function->annotation),
                      &has_some);
    gen_report_string(out, "source_hash", hash, &has_some);
    gen_text_append_string(out, "}");
}

static void list_function(gen_text *out, const gen_unit *unit,
                          const gen_function *function, bool as_json)
{
    char hash[33];
    const char *options =
        gen_annotation_text(unit->arena, function->annotation);
    gen_unit_source_hash(unit, function, hash);
    if (as_json)
        list_json(out, unit, function, hash);
    else
        gen_text_append_format(out, "%s:%u: %s  %s%s%s%s\n", unit->path,
                               gen_report_line(function->name_span),
                               function->name, hash, *options ? "  (" : "",
                               options, *options ? ")" : "");
}

void gen_report_list(gen_text *out, gen_unit *units, size_t count, bool as_json)
{
    bool has_some = false;
    gen_text_append_string(out, as_json ? "[" : "");
    for (size_t i = 0; i < count; i++) {
        const gen_file *file = units[i].file;
        for (size_t f = 0; file && f < file->function_count; f++) {
            if (!file->functions[f].annotation)
                continue;
            if (as_json)
                gen_text_append_string(out, has_some ? ",\n " : "\n ");
            list_function(out, &units[i], &file->functions[f], as_json);
            has_some = true;
        }
    }
    gen_text_append_string(out, as_json ? "\n]\n" : "");
}

/* ---- suggest ---------------------------------------------------------------
 */

/* Where the line of the head begins, if nothing else stands on it; SIZE_MAX if
 * an annotation has no place there. */
static size_t annotation_place(const gen_function *function)
{
    const gen_source_text *source = function->head.source;
    size_t begin = function->head.offset;
    if (!source)
        return SIZE_MAX;
    while (begin > 0 &&
           (source->text[begin - 1] == ' ' || source->text[begin - 1] == '\t'))
        begin--;
    if (begin > 0 && source->text[begin - 1] != '\n')
        return SIZE_MAX;
    return begin;
}

static const char *why_not(const gen_unit *unit, const gen_function *function)
{
    const char *why = gen_check_candidate(unit->arena, unit->file, function);
    if (!why && annotation_place(function) == SIZE_MAX)
        why = "other code stands before it on its line";
    return why;
}

static void suggest_row(gen_text *out, const gen_unit *unit,
                        const gen_function *function, const char *why,
                        bool as_json)
{
    bool has_some = false;
    if (!as_json) {
        gen_text_append_format(
            out, "%s:%u: %s: %s%s\n", unit->path,
            gen_report_line(function->name_span), function->name,
            why ? "no: " : "could be memoized", why ? why : "");
        return;
    }
    gen_text_append_string(out, "{");
    gen_report_string(out, "name", function->name, &has_some);
    gen_report_string(out, "file", unit->path, &has_some);
    gen_report_number(out, "line", gen_report_line(function->name_span),
                      &has_some);
    gen_report_key(out, "memoizable", &has_some);
    gen_text_append_string(out, why ? "false" : "true");
    if (why)
        gen_report_string(out, "reason", why, &has_some);
    gen_text_append_string(out, "}");
}

void gen_report_suggest(gen_text *out, gen_unit *units, size_t count,
                        bool as_json)
{
    bool has_some = false;
    gen_text_append_string(out, as_json ? "[" : "");
    for (size_t i = 0; i < count; i++) {
        const gen_function *function =
            units[i].file ? units[i].file->candidates : NULL;
        for (; function; function = function->next) {
            if (as_json)
                gen_text_append_string(out, has_some ? ",\n " : "\n ");
            suggest_row(out, &units[i], function, why_not(&units[i], function),
                        as_json);
            has_some = true;
        }
    }
    gen_text_append_string(out, as_json ? "\n]\n" : "");
}

/* The file's text with "// @memo" above every candidate. */
static void annotate(gen_text *out, const gen_unit *unit)
{
    const gen_source_text *source = &unit->text;
    const gen_function *function = unit->file->candidates;
    size_t copied = 0;
    for (; function; function = function->next) {
        size_t place = annotation_place(function);
        if (why_not(unit, function) || place < copied)
            continue;
        gen_text_append(out, source->text + copied, place - copied);
        gen_text_append(out, source->text + place,
                        function->head.offset - place);
        gen_text_append_string(out, "/* @memo */\n");
        copied = place;
    }
    gen_text_append(out, source->text + copied, source->size - copied);
}

void gen_report_suggest_diff(gen_text *out, gen_unit *units, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        gen_text annotated = {0};
        if (!units[i].file || !units[i].file->candidates)
            continue;
        annotate(&annotated, &units[i]);
        gen_diff_append(out, units[i].path, units[i].text.text,
                        units[i].text.size, units[i].path,
                        annotated.data ? annotated.data : "", annotated.size);
        gen_text_finish(&annotated);
    }
}

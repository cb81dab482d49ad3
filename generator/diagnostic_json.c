/* diagnostic_json.c -- one complaint as a JSON object. */
#include "diagnostic_json.h"

#include "json.h"

/* The members that say where something is. */
static void append_span(gen_text *out, gen_span span)
{
    const gen_source_text *source = span.source;
    unsigned line, column;

    gen_text_append_string(out, "\"file\": ");
    gen_json_append_string(out, source == NULL ? NULL : source->path);
    if (source == NULL || source->text == NULL)
        return;
    gen_locate(source, span.offset, &line, &column);
    gen_text_append_format(out, ", \"line\": %u, \"column\": %u", line, column);
    gen_locate(source, span.offset + span.size, &line, &column);
    gen_text_append_format(out, ", \"end_line\": %u, \"end_column\": %u", line,
                           column);
}

static void append_head(gen_text *out, const gen_diagnostic *diagnostic)
{
    static const char *const severities[] = {
        [GEN_NOTE] = "note", [GEN_WARNING] = "warning", [GEN_ERROR] = "error"};

    gen_text_append_format(out, "{\"severity\": \"%s\", \"id\": ",
                           severities[diagnostic->severity]);
    gen_json_append_string(out, diagnostic->id);
    gen_text_append_string(out, ", \"message\": ");
    gen_json_append_string(out, diagnostic->text);
    gen_text_append_string(out, ", ");
    append_span(out, diagnostic->span);
}

static void append_fixes(gen_text *out, const gen_fix *fixes)
{
    gen_text_append_string(out, ", \"fixes\": [");
    for (const gen_fix *fix = fixes; fix != NULL; fix = fix->next) {
        gen_text_append_string(out, "{\"text\": ");
        gen_json_append_string(out, fix->text);
        gen_text_append_string(out, ", ");
        append_span(out, fix->span);
        gen_text_append_string(out, fix->next == NULL ? "}" : "}, ");
    }
    gen_text_append_char(out, ']');
}

void gen_diagnostic_append_json(gen_text *out, const gen_diagnostic *diagnostic)
{
    append_head(out, diagnostic);
    append_fixes(out, diagnostic->fixes);
    gen_text_append_string(out, ", \"notes\": [");
    for (const gen_diagnostic *note = diagnostic->notes; note != NULL;
         note = note->next) {
        append_head(out, note);
        append_fixes(out, note->fixes);
        gen_text_append_string(out, note->next == NULL ? "}" : "}, ");
    }
    gen_text_append_string(out, "]}");
}

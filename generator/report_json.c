/* report_json.c -- members of the JSON objects that reports are made of. */
#include "report_json.h"

#include "json.h"

unsigned gen_report_line(gen_span span)
{
    unsigned line = 0, column = 0;
    if (span.source)
        gen_locate(span.source, span.offset, &line, &column);
    return line;
}

void gen_report_key(gen_text *out, const char *name, bool *has_some)
{
    gen_text_append_string(out, *has_some ? ", " : "");
    gen_json_append_string(out, name);
    gen_text_append_string(out, ": ");
    *has_some = true;
}

void gen_report_string(gen_text *out, const char *name, const char *value,
                       bool *has_some)
{
    gen_report_key(out, name, has_some);
    gen_json_append_string(out, value);
}

void gen_report_number(gen_text *out, const char *name,
                       unsigned long long value, bool *has_some)
{
    gen_report_key(out, name, has_some);
    gen_text_append_format(out, "%llu", value);
}

void gen_report_place(gen_text *out, gen_span span, bool *has_some)
{
    unsigned line = gen_report_line(span);
    if (!line)
        return;
    gen_report_string(out, "file", span.source->path, has_some);
    gen_report_number(out, "line", line, has_some);
}

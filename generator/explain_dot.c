/* explain_dot.c -- the graph of --explain for GraphViz. */
#include "explain_graph.h"

#include "report_json.h"

#include <string.h>

/* A text in quotes: in this language only these two end or escape. */
static void append_quoted(gen_text *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            gen_text_append_char(out, '\\');
        gen_text_append_char(out, *text);
    }
}

static const char *shape_of(const gen_entity *entity)
{
    switch (entity->kind) {
    case GEN_ENTITY_FUNCTION:
        return "box";
    case GEN_ENTITY_VARIABLE:
        return "ellipse";
    default:
        return "plaintext";
    }
}

static void append_node(gen_text *out, size_t id, const gen_entity *entity)
{
    unsigned line = gen_report_line(entity->span);
    gen_text_append_format(out, "    n%zu [shape=%s, label=\"", id,
                           shape_of(entity));
    append_quoted(out, entity->name);
    if (line && !*gen_explain_reason(entity)) {
        gen_text_append_string(out, "\\n");
        append_quoted(out, entity->span.source->path);
        gen_text_append_format(out, ":%u", line);
    } else {
        gen_text_append_string(out, "\\n");
        append_quoted(out, gen_explain_reason(entity));
    }
    gen_text_append_string(out, "\"");
    if (strcmp(gen_explain_way(entity), "name") == 0)
        gen_text_append_string(out, ", style=dashed");
    gen_text_append_string(out, "];\n");
}

void gen_explain_dot(gen_text *out, const gen_explain_graph *graph)
{
    gen_text_append_string(out, "digraph \"");
    append_quoted(out, graph->nodes[0].entity->name);
    gen_text_append_string(out, "\" {\n    rankdir=LR;\n");
    for (size_t i = 0; i < graph->count; i++)
        append_node(out, i, graph->nodes[i].entity);
    for (size_t i = 0; i < graph->count; i++) {
        for (size_t k = 0; k < graph->nodes[i].use_count; k++)
            gen_text_append_format(out, "    n%zu -> n%zu;\n", i,
                                   graph->nodes[i].uses[k]);
    }
    gen_text_append_string(out, "}\n");
}

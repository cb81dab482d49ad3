/* generate.c -- templates, plan and rewriter put together. */
#include "generate.h"

#include "head.h"
#include "output.h"
#include "path.h"
#include "plan.h"
#include "plan_type.h"
#include "rewrite.h"
#include "template.h"
#include "templates.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- templates -------------------------------------------------------------
 */

static bool has_hole(const char **holes, const char *hole)
{
    for (; *holes; holes++) {
        if (strcmp(*holes, hole) == 0)
            return true;
    }
    return false;
}

/* A user's template may leave holes out, not invent them. */
static bool check_holes(gen_arena *arena, const char *path,
                        const gen_template *built_in, const char *text,
                        const char **error)
{
    const char **known = gen_template_holes(arena, built_in->text);
    for (const char **hole = gen_template_holes(arena, text); *hole; hole++) {
        if (has_hole(known, *hole))
            continue;
        *error = gen_arena_format(
            arena, "%s: no hole is named {{%s}}; see templates/README.md", path,
            *hole);
        return false;
    }
    return true;
}

static bool replace(gen_arena *arena, gen_template *template,
                    const char *folder, bool *found, const char **error)
{
    const char *path = gen_arena_format(arena, "%s/%s", folder, template->name);
    const char *text;
    size_t size = 0;
    if (access(path, F_OK) != 0)
        return true;
    text = gen_output_read(arena, path, &size, error);
    if (!text || !check_holes(arena, path, template, text, error))
        return false;
    template->text = text;
    *found = true;
    return true;
}

bool gen_templates_load(gen_arena *arena, gen_template_set *out,
                        const char *folder, const char **error)
{
    bool found = false;
    out->count = gen_template_file_count;
    out->items = GEN_NEW_ARRAY(arena, gen_template, out->count);
    for (size_t i = 0; i < out->count; i++) {
        out->items[i] = (gen_template){gen_template_files[i].name,
                                       gen_template_files[i].text};
        if (folder && !replace(arena, &out->items[i], folder, &found, error))
            return false;
    }
    if (folder && !found) {
        *error = gen_arena_format(
            arena,
            "%s: there is no template in this folder; they are named %s "
            "and so on",
            folder, gen_template_files[0].name);
        return false;
    }
    return true;
}

/* ---- one file --------------------------------------------------------------
 */

typedef struct {
    gen_arena *arena;
    const gen_file *file;
    const gen_generation *generation;
    gen_plan plan;
    gen_edit *edits;
    size_t edit_count, edit_capacity;
    const char **error;
} work;

static bool render(work *w, gen_text *out, const char *name,
                   const gen_values *values)
{
    const gen_template_set *set = w->generation->templates;
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->items[i].name, name) == 0)
            return gen_template_render(w->arena, out, name, set->items[i].text,
                                       values, w->error);
    }
    *w->error = gen_arena_format(w->arena, "there is no template %s", name);
    return false;
}

/* Rendered text as one of the arena's. */
static const char *render_text(work *w, const char *name,
                               const gen_values *values)
{
    gen_text out = {0};
    const char *copy = NULL;
    if (render(w, &out, name, values))
        copy = gen_arena_copy(w->arena, out.data ? out.data : "", out.size);
    gen_text_finish(&out);
    return copy;
}

static void add_edit(work *w, gen_edit edit)
{
    if (w->edit_count == w->edit_capacity) {
        size_t capacity = w->edit_capacity ? w->edit_capacity * 2 : 64;
        gen_edit *grown = GEN_NEW_ARRAY(w->arena, gen_edit, capacity);
        if (w->edit_count)
            memcpy(grown, w->edits, w->edit_count * sizeof *grown);
        w->edits = grown;
        w->edit_capacity = capacity;
    }
    w->edits[w->edit_count++] = edit;
}

static void add_insert(work *w, size_t at, const char *text)
{
    add_edit(w, (gen_edit){GEN_EDIT_INSERT, at, at, text});
}

/* The line's begin, if only blanks stand between it and `offset`. */
static size_t line_begin(const gen_file *file, size_t offset)
{
    size_t begin = offset;
    const char *text = file->text->text;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
        begin--;
    return begin == 0 || text[begin - 1] == '\n' ? begin : offset;
}

/* The tokens that come from one place of the source: one token, or all of a
 * macro call.  An edit is made if the body may not keep them all. */
static void edit_place(work *w, const gen_function *function, size_t begin,
                       size_t end)
{
    gen_text text = {0};
    const gen_head_token *tokens = function->head_tokens;
    bool changes = false;
    for (size_t i = begin; i < end; i++) {
        bool is_name = tokens[i].span.offset == function->name_span.offset;
        changes |= is_name || !tokens[i].on_body;
        if (!tokens[i].on_body)
            continue;
        if (text.size)
            gen_text_append_char(&text, ' ');
        if (is_name)
            gen_text_append_string(&text, "memo_body_");
        gen_text_append_string(&text, tokens[i].text);
    }
    if (changes)
        add_edit(w,
                 (gen_edit){GEN_EDIT_REPLACE, tokens[begin].span.offset,
                            tokens[begin].span.offset + tokens[begin].span.size,
                            gen_arena_copy(w->arena, text.data ? text.data : "",
                                           text.size)});
    gen_text_finish(&text);
}

static void edit_head(work *w, const gen_function *function)
{
    const gen_head_token *tokens = function->head_tokens;
    for (size_t i = 0; i < function->head_token_count;) {
        size_t end = i + 1;
        while (end < function->head_token_count &&
               tokens[end].span.offset == tokens[i].span.offset)
            end++;
        edit_place(w, function, i, end);
        i = end;
    }
}

static bool edit_function(work *w, const gen_function *function)
{
    gen_values *values = gen_plan_function(&w->plan, function);
    const char *before = render_text(w, "before.c.tmpl", values);
    const char *after = render_text(w, "wrapper.c.tmpl", values);
    if (!before || !after)
        return false;
    add_insert(w, line_begin(w->file, function->head.offset), before);
    edit_head(w, function);
    add_insert(w, function->body.offset + function->body.size, after);
    return true;
}

static void edit_includes(work *w)
{
    const gen_source_text *source = w->file->text;
    const char *from = gen_path_folder(w->arena, w->generation->source_path);
    const char *to = gen_path_folder(w->arena, w->generation->output_path);
    for (size_t i = 0; i < w->file->include_count; i++) {
        gen_span name = w->file->includes[i].name;
        const char *path =
            gen_arena_format(w->arena, "%s/%.*s", from, (int)name.size,
                             source->text + name.offset);
        add_edit(w, (gen_edit){GEN_EDIT_REPLACE, name.offset,
                               name.offset + name.size,
                               gen_path_from(w->arena, to, path)});
    }
}

static bool is_first_use(const gen_file *file, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(file->clear_uses[i].name, file->clear_uses[index].name) == 0)
            return false;
    }
    return true;
}

static const gen_function *find_function(const gen_file *file, const char *name)
{
    for (size_t i = 0; i < file->function_count; i++) {
        if (strcmp(file->functions[i].name, name) == 0)
            return &file->functions[i];
    }
    return NULL;
}

/* memo_clear_args(f, a) becomes memo_clear_args_f(a), declared in front of the
 * function that says it; weak, if f may not be memoized after all. */
static bool edit_clear_use(work *w, size_t index)
{
    const gen_clear_use *use = &w->file->clear_uses[index];
    const gen_function *here = find_function(w->file, use->name);
    bool is_after = here && use->top > here->head.offset;
    gen_values *values = gen_values_create(w->arena);
    const char *text;

    add_edit(w, (gen_edit){GEN_EDIT_REPLACE, use->call.offset,
                           use->open.offset + use->open.size,
                           gen_arena_format(
                               w->arena,
                               here ? "memo_processed(memo_clear_args_%s("
                                    : "memo_processed(!memo_clear_args_%s ? "
                                      "MEMO_NOT_MEMOIZED : "
                                      "memo_clear_args_%s(",
                               use->name, use->name)});
    add_edit(w, (gen_edit){GEN_EDIT_REPLACE, use->close.offset,
                           use->close.offset + use->close.size, "))"});
    if (is_after || !is_first_use(w->file, index))
        return true;
    gen_values_set(values, "name", use->name);
    gen_values_flag(values, "is_here", here != NULL);
    gen_values_set(
        values, "clear_declaration",
        gen_plan_clear_declaration(w->arena, here && here->is_static, use->name,
                                   here ? gen_head_parameters(w->arena, here)
                                        : use->parameters));
    gen_values_set(values, "parameters", use->parameters);
    text = render_text(w, "clear.c.tmpl", values);
    if (text)
        add_insert(w, line_begin(w->file, use->top), text);
    return text != NULL;
}

/* st_echo(…) takes the text of its block along. */
static void edit_echoes(work *w)
{
    for (size_t i = 0; i < w->file->echo_count; i++) {
        const gen_echo *echo = &w->file->echoes[i];

        add_edit(w, (gen_edit){
                        GEN_EDIT_SHIFT, echo->open.offset,
                        echo->open.offset + echo->open.size,
                        gen_arena_format(w->arena, "(.code = \"%s\"%s",
                                         gen_plan_quoted(w->arena, echo->code),
                                         echo->has_arguments ? ", " : "")});
    }
}

static void append_text(work *w, gen_text *out, const char *member,
                        const char *text)
{
    if (text)
        gen_text_append_format(out, "%s = \"%s\", ", member,
                               gen_plan_quoted(w->arena, text));
}

/* st_help(name) becomes a call with all that is known of the name. */
static void edit_help(work *w, const gen_help *help)
{
    gen_text out = {0};

    gen_text_append_string(&out, "st_draw_help(&(struct st_help){");
    append_text(w, &out, ".name", help->name);
    append_text(w, &out, ".type", help->type);
    append_text(w, &out, ".value", help->value);
    append_text(w, &out, ".doc", help->doc);
    if (help->member_count > 0)
        gen_text_append_string(&out,
                               ".members = (const struct st_help_member[]){");
    for (size_t i = 0; i < help->member_count; i++) {
        const gen_help_member *member = &help->members[i];

        gen_text_append_string(&out, "{");
        append_text(w, &out, ".name", member->name);
        append_text(w, &out, ".type", member->type);
        append_text(w, &out, ".value", member->value);
        append_text(w, &out, ".doc", member->doc);
        gen_text_append_string(&out, "}, ");
    }
    if (help->member_count > 0)
        gen_text_append_format(&out, "}, .member_count = %zu",
                               help->member_count);
    gen_text_append_string(&out, "})");
    add_edit(w, (gen_edit){GEN_EDIT_SHIFT, help->call.offset,
                           help->call.offset + help->call.size,
                           gen_arena_copy(w->arena, out.data, out.size)});
    gen_text_finish(&out);
}

static bool edit_all(work *w)
{
    edit_echoes(w);
    for (size_t i = 0; i < w->file->help_count; i++)
        edit_help(w, &w->file->helps[i]);
    for (size_t i = 0; i < w->file->clear_use_count; i++) {
        if (!edit_clear_use(w, i))
            return false;
    }
    for (size_t i = 0; i < w->file->function_count; i++) {
        if (!edit_function(w, &w->file->functions[i]))
            return false;
    }
    edit_includes(w);
    return true;
}

static bool rewrite(work *w, gen_text *out)
{
    const gen_line_names names = {
        .source_path = w->generation->source_path,
        .output_path = w->generation->output_path,
        .no_line = w->generation->no_line,
        .marks = w->file->line_marks,
        .mark_count = w->file->line_mark_count,
    };
    const char *sources;
    if (!edit_all(w))
        return false;
    sources = render_text(w, "sources.c.tmpl", gen_plan_sources(&w->plan));
    if (!sources)
        return false;
    add_insert(w, w->file->text->size, sources);
    gen_rewrite(out, w->file->text, w->edits, w->edit_count, &names);
    return true;
}

static bool pass_through(work *w, gen_text *out)
{
    gen_values *values = gen_values_create(w->arena);
    const char *folder = gen_path_folder(w->arena, w->generation->output_path);
    gen_values_set(values, "source",
                   gen_plan_quoted(w->arena, w->generation->source_path));
    gen_values_set(values, "include",
                   gen_path_from(w->arena, folder, w->generation->source_path));
    return render(w, out, "pass_through.c.tmpl", values) &&
           render(w, out, "sources.c.tmpl", gen_plan_sources(&w->plan));
}

bool gen_generate(gen_arena *arena, gen_text *out, const gen_file *file,
                  const gen_generation *generation, const char **error)
{
    work w = {
        .arena = arena,
        .file = file,
        .generation = generation,
        .error = error,
        .plan = gen_plan_begin(arena, file,
                               gen_plan_quoted(arena, generation->source_path)),
    };
    if (generation->is_pass_through)
        return pass_through(&w, out);
    return render(&w, out, "preamble.c.tmpl", gen_plan_preamble(&w.plan)) &&
           rewrite(&w, out);
}

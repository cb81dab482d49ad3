/* plan_text.c -- C texts that the plan puts into holes. */
#include "plan_text.h"

#include "lex.h"
#include "text.h"

#include <string.h>

const char *gen_plan_quoted(gen_arena *arena, const char *text)
{
    gen_text out = {0};
    const char *copy;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\' || c == '?')
            gen_text_append_format(&out, "\\%c", c);
        else if (c < 0x20 || c >= 0x7f)
            gen_text_append_format(&out, "\\%03o", c);
        else
            gen_text_append_char(&out, (char)c);
    }
    copy = gen_arena_copy(arena, out.data ? out.data : "", out.size);
    gen_text_finish(&out);
    return copy;
}

const char *gen_plan_clear_declaration(gen_arena *arena, bool is_static,
                                       const char *name, const char *parameters)
{
    return gen_arena_format(arena, "%sint memo_clear_args_%s%s",
                            is_static ? "static __attribute__((__unused__)) "
                                      : "",
                            name, parameters);
}

/* "int" and "n" make "int n", "char *" and "s" make "char *s"; a type that its
 * name stands in the middle of is named by typeof. */
const char *gen_plan_declare(gen_arena *arena, const char *type,
                             const char *name)
{
    bool is_pointer = *type && type[strlen(type) - 1] == '*';
    if (strpbrk(type, "(["))
        return gen_arena_format(arena, "__typeof__(%s) %s", type, name);
    return gen_arena_format(arena, "%s%s%s", type, is_pointer ? "" : " ", name);
}

/* ---- expressions -----------------------------------------------------------
 */

/* Is token a free `result`, not a member of that name? */
static bool is_result(const char *text, gen_token token, gen_token before)
{
    return token.kind == GEN_TOKEN_IDENTIFIER &&
           gen_token_is(text, token, "result") &&
           !gen_token_is(text, before, ".") &&
           !gen_token_is(text, before, "->");
}

const char *gen_plan_expression(gen_arena *arena, const char *text)
{
    size_t size = strlen(text), copied = 0;
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    gen_token before = {0};
    gen_text out = {0};
    const char *copy;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            break;
        if (is_result(text, token, before)) {
            gen_text_append(&out, text + copied, token.offset - copied);
            gen_text_append_string(&out, "memo_result");
            copied = token.offset + token.size;
        }
        before = token;
    }
    gen_text_append(&out, text + copied, size - copied);
    copy = gen_arena_copy(arena, out.data, out.size);
    gen_text_finish(&out);
    return copy;
}

bool gen_plan_names_result(const char *text)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, strlen(text));
    gen_token before = {0};
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return false;
        if (is_result(text, token, before))
            return true;
        before = token;
    }
}

/* ---- lengths of fields -----------------------------------------------------
 */

static bool has_field(const gen_record *record, const char *text,
                      gen_token name)
{
    for (size_t i = 0; i < record->field_count; i++) {
        const gen_field *field = &record->fields[i];

        if (field->name ? gen_token_is(text, name, field->name)
                        : field->type->record &&
                              has_field(field->type->record, text, name))
            return true;
    }
    return false;
}

const char *gen_plan_member_expression(gen_arena *arena,
                                       const gen_record *record,
                                       const char *owner, const char *text)
{
    size_t size = strlen(text), copied = 0;
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    gen_token before = {0}, token;
    gen_text out = {0};
    const char *copy;

    while ((token = gen_lexer_next(&lexer)).kind != GEN_TOKEN_END) {
        if (token.kind == GEN_TOKEN_IDENTIFIER &&
            !gen_token_is(text, before, ".") &&
            has_field(record, text, token)) {
            gen_text_append(&out, text + copied, token.offset - copied);
            gen_text_append_format(&out, "((const %s *)memo_object)->", owner);
            copied = token.offset;
        }
        before = token;
    }
    gen_text_append(&out, text + copied, size - copied);
    copy = gen_arena_copy(arena, out.data, out.size);
    gen_text_finish(&out);
    return copy;
}

const char *gen_plan_length(gen_arena *arena, const gen_record *record,
                            const char *owner, const char *text)
{
    return gen_arena_format(
        arena, "MEMO_LENGTH(%s)",
        gen_plan_member_expression(arena, record, owner, text));
}

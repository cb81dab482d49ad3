/* checks_offer.c -- notes that offer what to write, with the fix-its for it. */
#include "checks_offer.h"

void gen_check_offer(gen_arena *arena, gen_diagnostics *diagnostics,
                     gen_diagnostic *to, const gen_function *function,
                     const char *option, const char *reason)
{
    gen_piece whole = function->annotation->whole;
    gen_span at = {function->name_span.source,
                   function->site->offset + whole.offset + whole.size, 0};
    bool has_list =
        whole.size && whole.text && whole.text[whole.size - 1] == ')';
    const char *text = gen_arena_format(arena, "(%s)", option);
    if (!to)
        return;
    if (has_list) {
        bool is_empty = whole.size > 1 && whole.text[whole.size - 2] == '(';
        at.offset--;
        text = gen_arena_format(arena, "%s%s", is_empty ? "" : ", ", option);
    }
    if (whole.text)
        gen_suggest(
            diagnostics,
            gen_note(diagnostics, to, at, "%s: write %s", reason, option), at,
            text);
}

/* An integer parameter that may be the length of parameter `index`. */
static const char *likely_length(const gen_function *function, size_t index)
{
    for (size_t i = 0; i < function->parameter_count; i++) {
        const gen_parameter *other =
            &function->parameters[(index + 1 + i) % function->parameter_count];
        if (other->name && (other->type->kind == GEN_TYPE_SIGNED ||
                            other->type->kind == GEN_TYPE_UNSIGNED))
            return other->name;
    }
    return "1";
}

void gen_check_offer_clauses(gen_arena *arena, gen_diagnostics *diagnostics,
                             gen_diagnostic *to, const gen_function *function,
                             size_t index)
{
    const gen_parameter *parameter = &function->parameters[index];
    const gen_type *target = parameter->type->target;
    const char *name = parameter->name;
    const char *length = likely_length(function, index);
    if (target->is_plain_char)
        gen_check_offer(arena, diagnostics, to, function,
                        gen_arena_format(arena, "string(%s)", name),
                        "it is a text that ends with a NUL");
    gen_check_offer(arena, diagnostics, to, function,
                    gen_arena_format(arena, "in(%s[%s])", name, length),
                    "it is read");
    if (!target->is_plain_char && target->kind != GEN_TYPE_VOID)
        gen_check_offer(arena, diagnostics, to, function,
                        gen_arena_format(arena, "deref(%s)", name),
                        "one object is read");
    if (!target->is_const) {
        gen_check_offer(arena, diagnostics, to, function,
                        gen_arena_format(arena, "out(%s[%s])", name, length),
                        "all of it is written");
        gen_check_offer(arena, diagnostics, to, function,
                        gen_arena_format(arena, "inout(%s[%s])", name, length),
                        "it is read and written, or written in part");
    }
    gen_check_offer(arena, diagnostics, to, function,
                    gen_arena_format(arena, "ignore(%s)", name),
                    "the result does not depend on it");
}

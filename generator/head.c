/* head.c -- sort the tokens and attributes of a function's head. */
#include "head.h"

#include "head_token.h"
#include "text.h"

#include <string.h>

/* ---- attributes ------------------------------------------------------------
 */

/* Sorted by where they must stand to keep their meaning; what is not listed is
 * refused, since a misplaced attribute fails silently. */
static const struct {
    const char *name;
    gen_attribute_place place;
} places[] = {
    {"visibility", GEN_ATTRIBUTE_TO_WRAPPER},
    {"weak", GEN_ATTRIBUTE_TO_WRAPPER},
    {"used", GEN_ATTRIBUTE_TO_WRAPPER},
    {"unused", GEN_ATTRIBUTE_TO_WRAPPER},
    {"maybe_unused", GEN_ATTRIBUTE_TO_WRAPPER},
    {"retain", GEN_ATTRIBUTE_TO_WRAPPER},
    {"externally_visible", GEN_ATTRIBUTE_TO_WRAPPER},
    {"malloc", GEN_ATTRIBUTE_TO_WRAPPER},
    {"alloc_size", GEN_ATTRIBUTE_TO_WRAPPER},
    {"alloc_align", GEN_ATTRIBUTE_TO_WRAPPER},
    {"assume_aligned", GEN_ATTRIBUTE_TO_WRAPPER},
    {"returns_nonnull", GEN_ATTRIBUTE_TO_WRAPPER},
    {"nonnull", GEN_ATTRIBUTE_TO_WRAPPER},
    {"access", GEN_ATTRIBUTE_TO_WRAPPER},
    {"format", GEN_ATTRIBUTE_TO_WRAPPER},
    {"format_arg", GEN_ATTRIBUTE_TO_WRAPPER},
    {"sentinel", GEN_ATTRIBUTE_TO_WRAPPER},
    {"warn_unused_result", GEN_ATTRIBUTE_TO_WRAPPER},
    {"nodiscard", GEN_ATTRIBUTE_TO_WRAPPER},
    {"deprecated", GEN_ATTRIBUTE_TO_WRAPPER},
    {"unavailable", GEN_ATTRIBUTE_TO_WRAPPER},
    {"warning", GEN_ATTRIBUTE_TO_WRAPPER},
    {"error", GEN_ATTRIBUTE_TO_WRAPPER},
    {"nothrow", GEN_ATTRIBUTE_TO_WRAPPER},
    {"leaf", GEN_ATTRIBUTE_TO_WRAPPER},
    {"pure", GEN_ATTRIBUTE_TO_WRAPPER},
    {"const", GEN_ATTRIBUTE_TO_WRAPPER},
    {"cdecl", GEN_ATTRIBUTE_TO_WRAPPER},
    {"stdcall", GEN_ATTRIBUTE_TO_WRAPPER},
    {"fastcall", GEN_ATTRIBUTE_TO_WRAPPER},
    {"regparm", GEN_ATTRIBUTE_TO_WRAPPER},
    {"sysv_abi", GEN_ATTRIBUTE_TO_WRAPPER},
    {"ms_abi", GEN_ATTRIBUTE_TO_WRAPPER},
    {"hot", GEN_ATTRIBUTE_STAYS},
    {"cold", GEN_ATTRIBUTE_STAYS},
    {"optimize", GEN_ATTRIBUTE_STAYS},
    {"optnone", GEN_ATTRIBUTE_STAYS},
    {"minsize", GEN_ATTRIBUTE_STAYS},
    {"target", GEN_ATTRIBUTE_STAYS},
    {"target_clones", GEN_ATTRIBUTE_STAYS},
    {"no_sanitize", GEN_ATTRIBUTE_STAYS},
    {"no_sanitize_address", GEN_ATTRIBUTE_STAYS},
    {"no_sanitize_thread", GEN_ATTRIBUTE_STAYS},
    {"no_sanitize_undefined", GEN_ATTRIBUTE_STAYS},
    {"no_address_safety_analysis", GEN_ATTRIBUTE_STAYS},
    {"no_instrument_function", GEN_ATTRIBUTE_STAYS},
    {"no_profile_instrument_function", GEN_ATTRIBUTE_STAYS},
    {"no_stack_protector", GEN_ATTRIBUTE_STAYS},
    {"stack_protect", GEN_ATTRIBUTE_STAYS},
    {"no_split_stack", GEN_ATTRIBUTE_STAYS},
    {"no_reorder", GEN_ATTRIBUTE_STAYS},
    {"no_icf", GEN_ATTRIBUTE_STAYS},
    {"flatten", GEN_ATTRIBUTE_STAYS},
    {"noinline", GEN_ATTRIBUTE_STAYS},
    {"noclone", GEN_ATTRIBUTE_STAYS},
    {"noipa", GEN_ATTRIBUTE_STAYS},
    {"always_inline", GEN_ATTRIBUTE_STAYS},
    {"artificial", GEN_ATTRIBUTE_STAYS},
    {"section", GEN_ATTRIBUTE_STAYS},
    {"aligned", GEN_ATTRIBUTE_STAYS},
    {"force_align_arg_pointer", GEN_ATTRIBUTE_STAYS},
    {"patchable_function_entry", GEN_ATTRIBUTE_STAYS},
    {"zero_call_used_regs", GEN_ATTRIBUTE_STAYS},
    {"simd", GEN_ATTRIBUTE_STAYS},
};

gen_attribute_place gen_attribute_find_place(const char *name)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (strcmp(places[i].name, name) == 0)
            return places[i].place;
    }
    return GEN_ATTRIBUTE_REFUSED;
}

/* "__noinline__" is "noinline". */
static const char *plain_name(gen_arena *arena, const char *name)
{
    size_t size = strlen(name);
    if (size > 4 && strncmp(name, "__", 2) == 0 &&
        strcmp(name + size - 2, "__") == 0)
        return gen_arena_copy(arena, name + 2, size - 4);
    return name;
}

typedef struct {
    gen_arena *arena;
    gen_function *function;
    gen_head_token *tokens;
    size_t count;
} head;

/* ---- sorting ---------------------------------------------------------------
 */

static bool is_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, words[i]) == 0)
            return true;
    }
    return false;
}
#define IS_ANY(text, words) is_any(text, words, sizeof(words) / sizeof *(words))

static const char *const attribute_words[] = {"__attribute__", "__attribute"};
static const char *const inline_words[] = {"inline", "__inline", "__inline__"};
static const char *const storage_words[] = {"static", "extern", "register",
                                            "_Noreturn", "__extension__"};

static void add_attribute(head *h, const char *name, gen_span span)
{
    gen_function *function = h->function;
    gen_attribute *grown =
        GEN_NEW_ARRAY(h->arena, gen_attribute, function->attribute_count + 1);
    if (function->attribute_count)
        memcpy(grown, function->attributes,
               function->attribute_count * sizeof *grown);
    grown[function->attribute_count++] =
        (gen_attribute){.name = name, .span = span};
    function->attributes = grown;
}

/* The token after a bracketed group that opens at `at`. */
static size_t skip_group(const head *h, size_t at)
{
    int depth = 0;
    for (; at < h->count; at++) {
        if (strcmp(h->tokens[at].text, "(") == 0)
            depth++;
        else if (strcmp(h->tokens[at].text, ")") == 0 && --depth == 0)
            return at + 1;
    }
    return at;
}

/* Sort the items of __attribute__((a, b(1))): tokens[at] is the keyword.
 * Returns the token after it. The commas and brackets go where all items go;
 * items of both kinds are written anew as one attribute each. */
static size_t sort_attribute(head *h, size_t at)
{
    size_t end = skip_group(h, at + 1), item = at + 3;
    bool to_wrapper = false, to_body = false;
    for (size_t i = item; i + 2 < end;) {
        size_t next = i + 1;
        const char *name = plain_name(h->arena, h->tokens[i].text);
        if (strcmp(name, ",") == 0 || strcmp(name, ")") == 0) {
            i++;
            continue;
        }
        if (next < end && strcmp(h->tokens[next].text, "(") == 0)
            next = skip_group(h, next);
        add_attribute(h, name, h->tokens[i].span);
        if (gen_attribute_find_place(name) == GEN_ATTRIBUTE_TO_WRAPPER)
            to_wrapper = true;
        else
            to_body = true;
        i = next;
    }
    for (size_t i = at; i < end; i++) {
        h->tokens[i].on_wrapper = to_wrapper;
        h->tokens[i].on_body = to_body || !to_wrapper;
    }
    if (!(to_wrapper && to_body))
        return end;
    /* Mixed: an item on the wrong side leaves its comma behind, which both
     * compilers accept inside the double parentheses. */
    for (size_t i = item; i + 2 < end;) {
        size_t next = i + 1;
        const char *name = plain_name(h->arena, h->tokens[i].text);
        bool on_wrapper;
        if (strcmp(name, ",") == 0 || strcmp(name, ")") == 0) {
            i++;
            continue;
        }
        if (next < end && strcmp(h->tokens[next].text, "(") == 0)
            next = skip_group(h, next);
        on_wrapper = gen_attribute_find_place(name) == GEN_ATTRIBUTE_TO_WRAPPER;
        for (; i < next; i++) {
            h->tokens[i].on_wrapper = on_wrapper;
            h->tokens[i].on_body = !on_wrapper;
        }
    }
    return end;
}

static bool is_text(const head *h, size_t at, const char *text)
{
    return at < h->count && strcmp(h->tokens[at].text, text) == 0;
}

/* Sort [[a, gnu::b(1)]]: tokens[at] is the first bracket.  Returns the token
 * after it.  One group goes one way; a mixed one is refused. */
static size_t sort_brackets(head *h, size_t at)
{
    bool to_wrapper = false, to_body = false;
    size_t end = at + 2;
    while (end < h->count && !is_text(h, end, "]")) {
        const char *name = plain_name(h->arena, h->tokens[end].text);
        bool is_prefix = is_text(h, end + 1, ":") || is_text(h, end + 1, "::");
        bool is_item = strcmp(name, ",") != 0 && strcmp(name, ":") != 0 &&
                       strcmp(name, "::") != 0 && !is_prefix;
        if (is_text(h, end, "(")) {
            end = skip_group(h, end);
            continue;
        }
        if (is_item) {
            bool is_outside =
                gen_attribute_find_place(name) == GEN_ATTRIBUTE_TO_WRAPPER;
            add_attribute(h, name, h->tokens[end].span);
            to_wrapper |= is_outside;
            to_body |= !is_outside;
        }
        end++;
    }
    end = end + 2 < h->count ? end + 2 : h->count;
    if (to_wrapper && to_body)
        add_attribute(h, "[[…]] of several kinds", h->tokens[at].span);
    for (size_t i = at; i < end; i++) {
        h->tokens[i].on_wrapper = to_wrapper;
        h->tokens[i].on_body = !to_wrapper;
    }
    return end;
}

static void sort(head *h)
{
    int depth = 0; /* a parameter's attributes belong on both sides */
    for (size_t i = 0; i < h->count;) {
        gen_head_token *token = &h->tokens[i];
        depth += strcmp(token->text, "(") == 0;
        depth -= strcmp(token->text, ")") == 0;
        if (depth == 0 && IS_ANY(token->text, attribute_words) &&
            i + 3 < h->count) {
            i = sort_attribute(h, i);
            continue;
        }
        if (depth == 0 && is_text(h, i, "[") && is_text(h, i + 1, "[")) {
            i = sort_brackets(h, i);
            continue;
        }
        if (strcmp(token->text, "_Noreturn") == 0)
            add_attribute(h, "noreturn", token->span);
        if (strcmp(token->text, "register") == 0)
            token->on_wrapper = false; /* its address is taken there */
        i++;
    }
}

void gen_head_read(gen_arena *arena, gen_function *function, gen_span span,
                   bool is_prototype, const gen_head_questions *questions)
{
    head h = {.arena = arena, .function = function};
    h.tokens = gen_head_tokens(arena, &h.count, span, questions);
    sort(&h);
    if (is_prototype)
        return;
    function->head_tokens = h.tokens;
    function->head_token_count = h.count;
}

/* ---- text ------------------------------------------------------------------
 */

/* The token after [[…]] that opens at `at`. */
static size_t end_of_brackets(const gen_function *function, size_t at)
{
    size_t end = at;
    while (end + 2 < function->head_token_count &&
           !(strcmp(function->head_tokens[end].text, "]") == 0 &&
             strcmp(function->head_tokens[end + 1].text, "]") == 0))
        end++;
    return end + 2;
}

const char *gen_head_declaration(gen_arena *arena, const gen_function *function,
                                 const char *name, bool bare)
{
    gen_text out = {0};
    const char *copy;
    size_t attribute_end = 0;
    int depth = 0; /* `static` in an array's brackets is no storage class */
    for (size_t i = 0; i < function->head_token_count; i++) {
        const gen_head_token *token = &function->head_tokens[i];
        bool is_name = token->span.offset == function->name_span.offset;
        if (bare && IS_ANY(token->text, attribute_words)) {
            head h = {.tokens = function->head_tokens,
                      .count = function->head_token_count};
            attribute_end = skip_group(&h, i + 1);
        }
        if (bare && depth == 0 && i + 1 < function->head_token_count &&
            strcmp(token->text, "[") == 0 &&
            strcmp(function->head_tokens[i + 1].text, "[") == 0)
            attribute_end = end_of_brackets(function, i);
        depth += strcmp(token->text, "(") == 0;
        depth -= strcmp(token->text, ")") == 0;
        if (bare && (i < attribute_end ||
                     (depth == 0 && (IS_ANY(token->text, storage_words) ||
                                     IS_ANY(token->text, inline_words)))))
            continue;
        if (!token->on_wrapper)
            continue;
        if (!function->is_static && IS_ANY(token->text, inline_words))
            continue;
        if (token->has_space_before && out.size)
            gen_text_append_char(&out, ' ');
        gen_text_append_string(&out, is_name ? name : token->text);
    }
    copy = gen_arena_copy(arena, out.data ? out.data : "", out.size);
    gen_text_finish(&out);
    return copy;
}

const char *gen_head_parameters(gen_arena *arena, const gen_function *function)
{
    gen_text out = {0};
    const char *copy;
    int depth = 0;
    size_t i = 0;
    while (i < function->head_token_count &&
           function->head_tokens[i].span.offset != function->name_span.offset)
        i++;
    for (i++; i < function->head_token_count; i++) {
        const gen_head_token *token = &function->head_tokens[i];
        if (!token->on_wrapper)
            continue;
        if (token->has_space_before && depth > 0)
            gen_text_append_char(&out, ' ');
        gen_text_append_string(&out, token->text);
        if (strcmp(token->text, "(") == 0)
            depth++;
        else if (strcmp(token->text, ")") == 0 && --depth == 0)
            break;
    }
    copy = gen_arena_copy(arena, out.data ? out.data : "", out.size);
    gen_text_finish(&out);
    return copy;
}

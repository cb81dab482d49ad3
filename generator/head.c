/* head.c -- sort the tokens and attributes of a function's head. */
#include "head.h"

#include "lex.h"
#include "text.h"

#include <string.h>

enum { DEEPEST_EXPANSION = 16 };

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

/* ---- tokens ----------------------------------------------------------------
 */

typedef struct {
    gen_arena *arena;
    gen_function *function;
    const gen_head_questions *questions;
    gen_head_token *tokens;
    size_t count, capacity;
} head;

static void push(head *h, gen_head_token token)
{
    if (h->count == h->capacity) {
        size_t capacity = h->capacity ? h->capacity * 2 : 32;
        gen_head_token *grown =
            GEN_NEW_ARRAY(h->arena, gen_head_token, capacity);
        if (h->count)
            memcpy(grown, h->tokens, h->count * sizeof *grown);
        h->tokens = grown;
        h->capacity = capacity;
    }
    h->tokens[h->count++] = token;
}

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
/* Words that make an expanded macro matter to the sorting below. */
static const char *const sorted_words[] = {
    "__attribute__", "__attribute", "inline",   "__inline", "__inline__",
    "static",        "extern",      "register", "_Noreturn"};

static bool is_inert(const char *text, size_t size)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return true;
        if (token.kind == GEN_TOKEN_DIRECTIVE)
            return false;
    }
}

/* ---- macros ----------------------------------------------------------------
 */

static bool expands_to_sorted(const head *h, const char *name, size_t size,
                              int depth)
{
    size_t text_size = 0;
    const char *text =
        h->questions->macro_text(h->questions->context, name, size, &text_size);
    gen_lexer lexer;
    if (!text || depth > DEEPEST_EXPANSION || !is_inert(text, text_size))
        return false;
    lexer = gen_lexer_begin(text, 0, text_size);
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return false;
        if (token.kind != GEN_TOKEN_IDENTIFIER)
            continue;
        for (size_t i = 0; i < sizeof sorted_words / sizeof *sorted_words;
             i++) {
            if (gen_token_is(text, token, sorted_words[i]))
                return true;
        }
        if (!(token.size == size &&
              memcmp(text + token.offset, name, size) == 0) &&
            expands_to_sorted(h, text + token.offset, token.size, depth + 1))
            return true;
    }
}

/* One macro's arguments, as texts. */
typedef struct {
    const char *names[16], *values[16];
    size_t name_sizes[16], value_sizes[16];
    size_t count;
} macro_arguments;

static void expand_text(head *h, const char *text, size_t size, gen_span span,
                        const macro_arguments *arguments, int depth);

/* "(a, b) body": read the parameters' names; returns where the body begins. */
static size_t read_parameters(const char *text, size_t size,
                              macro_arguments *out)
{
    size_t at = 1;
    while (at < size && text[at] != ')') {
        size_t begin;
        while (at < size && strchr(" \t,", text[at]))
            at++;
        begin = at;
        while (at < size && !strchr(" \t,)", text[at]))
            at++;
        if (at > begin && out->count < 16) {
            out->names[out->count] = text + begin;
            out->name_sizes[out->count++] = at - begin;
        }
    }
    return at < size ? at + 1 : size;
}

/* The call's arguments from the text after the macro's name; returns the bytes
 * that the call takes, 0 if it is none. */
static size_t read_arguments(const char *text, size_t size,
                             macro_arguments *out)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    gen_token token = gen_lexer_next(&lexer);
    size_t begin, index = 0;
    int depth = 1;
    if (!gen_token_is(text, token, "("))
        return 0;
    begin = lexer.offset;
    while (depth > 0) {
        bool is_end;
        token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return 0;
        if (gen_token_is(text, token, "("))
            depth++;
        is_end = gen_token_is(text, token, ")") && --depth == 0;
        if (!is_end && !(depth == 1 && gen_token_is(text, token, ",")))
            continue;
        if (index < 16) {
            out->values[index] = text + begin;
            out->value_sizes[index++] = token.offset - begin;
        }
        begin = lexer.offset;
    }
    while (index < out->count)
        out->value_sizes[index++] = 0;
    return lexer.offset;
}

static void push_text(head *h, const char *text, gen_token token, gen_span span)
{
    push(h,
         (gen_head_token){
             .text = gen_arena_copy(h->arena, text + token.offset, token.size),
             .span = span,
             .on_wrapper = true,
             .on_body = true,
             .has_space_before = true,
         });
}

/* Expand the macro named by `token` if it brings attributes or storage; returns
 * the bytes of text taken after the name, or -1 if it is no such macro. */
static long expand_macro(head *h, const char *text, gen_token token, size_t end,
                         gen_span span, int depth)
{
    macro_arguments arguments = {.count = 0};
    size_t body_size = 0, taken = 0;
    const char *name = text + token.offset;
    const char *body = h->questions->macro_text(h->questions->context, name,
                                                token.size, &body_size);
    if (depth > DEEPEST_EXPANSION ||
        !expands_to_sorted(h, name, token.size, depth))
        return -1;
    if (body[0] == '(') {
        size_t begin = read_parameters(body, body_size, &arguments);
        size_t after = token.offset + token.size;
        taken = read_arguments(text + after, end - after, &arguments);
        if (!taken)
            return -1;
        body += begin;
        body_size -= begin;
    }
    if (depth == 0)
        span.size = token.size + taken;
    expand_text(h, body, body_size, span, &arguments, depth + 1);
    return (long)taken;
}

static bool push_argument(head *h, const char *text, gen_token token,
                          gen_span span, const macro_arguments *arguments,
                          int depth)
{
    for (size_t i = 0; i < arguments->count; i++) {
        if (arguments->name_sizes[i] == token.size &&
            memcmp(arguments->names[i], text + token.offset, token.size) == 0) {
            static const macro_arguments none = {.count = 0};
            expand_text(h, arguments->values[i], arguments->value_sizes[i],
                        span, &none, depth + 1);
            return true;
        }
    }
    return false;
}

static void expand_text(head *h, const char *text, size_t size, gen_span span,
                        const macro_arguments *arguments, int depth)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    lexer.at_line_start = false;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        long taken = -1;
        if (token.kind == GEN_TOKEN_END)
            return;
        if (token.kind == GEN_TOKEN_IDENTIFIER) {
            if (push_argument(h, text, token, span, arguments, depth))
                continue;
            taken = expand_macro(h, text, token, size, span, depth);
        }
        if (taken >= 0)
            lexer = gen_lexer_begin(text, lexer.offset + (size_t)taken, size);
        else
            push_text(h, text, token, span);
    }
}

static void read_tokens(head *h, gen_span whole)
{
    const char *text = whole.source->text;
    size_t end = whole.offset + whole.size;
    gen_lexer lexer = gen_lexer_begin(text, whole.offset, end);
    size_t previous_end = whole.offset;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        size_t skip;
        size_t before = h->count;
        long taken = -1;
        gen_span span = {whole.source, token.offset, token.size};
        if (token.kind == GEN_TOKEN_END)
            return;
        skip = h->questions->inactive_end(h->questions->context, token.offset);
        if (skip > lexer.offset)
            lexer = gen_lexer_begin(text, skip, end);
        if (skip || token.kind == GEN_TOKEN_DIRECTIVE)
            continue;
        if (token.kind == GEN_TOKEN_IDENTIFIER)
            taken = expand_macro(h, text, token, end, span, 0);
        if (taken >= 0)
            lexer = gen_lexer_begin(text, lexer.offset + (size_t)taken, end);
        else
            push_text(h, text, token, span);
        if (h->count > before)
            h->tokens[before].has_space_before = token.offset > previous_end;
        previous_end = lexer.offset;
    }
}

/* ---- sorting ---------------------------------------------------------------
 */

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
    head h = {.arena = arena, .function = function, .questions = questions};
    read_tokens(&h, span);
    sort(&h);
    if (is_prototype)
        return;
    function->head_tokens = h.tokens;
    function->head_token_count = h.count;
}

/* ---- text ------------------------------------------------------------------
 */

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

/* head_token.c -- the tokens of a head, with the macros that matter expanded.
 */
#include "head_token.h"

#include "lex.h"
#include "text.h"

#include <string.h>

enum { DEEPEST_EXPANSION = 16 };

/* ---- tokens ----------------------------------------------------------------
 */

typedef struct {
    gen_arena *arena;
    const gen_head_questions *questions;
    gen_head_token *tokens;
    size_t count, capacity;
    bool pastes; /* ## stands before the next token */
} reading;

static void push(reading *h, gen_head_token token)
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

static bool expands_to_sorted(const reading *h, const char *name, size_t size,
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
    bool is_variadic; /* the last one takes all that is left */
} macro_arguments;

static void expand_text(reading *h, const char *text, size_t size,
                        gen_span span, const macro_arguments *arguments,
                        int depth);

static void add_parameter(macro_arguments *out, const char *name, size_t size)
{
    static const char variable[] = "__VA_ARGS__";
    if (size >= 3 && memcmp(name + size - 3, "...", 3) == 0) {
        out->is_variadic = true;
        size -= 3; /* "args..." is GNU's way to name them */
    }
    out->names[out->count] = size ? name : variable;
    out->name_sizes[out->count++] = size ? size : sizeof variable - 1;
}

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
        if (at > begin && out->count < 16)
            add_parameter(out, text + begin, at - begin);
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
        if (!is_end && (depth > 1 || !gen_token_is(text, token, ",") ||
                        (out->is_variadic && index + 1 == out->count)))
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

/* The token without the splices inside it: generated text is laid out anew. */
static const char *unspliced(gen_arena *arena, const char *text, size_t size)
{
    char *copy = gen_arena_copy(arena, text, size);
    size_t kept = 0;
    for (size_t at = 0;; at++) {
        at = gen_after_splices(text, at, size);
        if (at >= size)
            break;
        copy[kept++] = text[at];
    }
    copy[kept] = '\0';
    return copy;
}

static void push_text(reading *h, const char *text, gen_token token,
                      gen_span span)
{
    if (h->pastes) {
        gen_head_token *last = &h->tokens[h->count - 1];
        last->text = gen_arena_format(h->arena, "%s%.*s", last->text,
                                      (int)token.size, text + token.offset);
        h->pastes = false;
        return;
    }
    push(h, (gen_head_token){
                .text = unspliced(h->arena, text + token.offset, token.size),
                .span = span,
                .on_wrapper = true,
                .on_body = true,
                .has_space_before = true,
            });
}

/* Expand the macro named by `token` if it brings attributes or storage; returns
 * the bytes of text taken after the name, or -1 if it is no such macro. */
static long expand_macro(reading *h, const char *text, gen_token token,
                         size_t end, gen_span span, int depth)
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

static const macro_arguments no_arguments = {.count = 0};

/* The index of the parameter that the token names; count if it names none. */
static size_t find_parameter(const macro_arguments *arguments, const char *text,
                             gen_token token)
{
    size_t i = 0;
    while (i < arguments->count &&
           !(arguments->name_sizes[i] == token.size &&
             memcmp(arguments->names[i], text + token.offset, token.size) == 0))
        i++;
    return i;
}

static bool push_argument(reading *h, const char *text, gen_token token,
                          gen_span span, const macro_arguments *arguments,
                          int depth)
{
    size_t i = find_parameter(arguments, text, token);
    if (i == arguments->count)
        return false;
    expand_text(h, arguments->values[i], arguments->value_sizes[i], span,
                &no_arguments, depth + 1);
    return true;
}

/* # of a macro's body: the argument as a string literal. */
static void push_string(reading *h, const char *value, size_t size,
                        gen_span span)
{
    gen_text out = {0};
    while (size && strchr(" \t", value[0]))
        value++, size--;
    while (size && strchr(" \t", value[size - 1]))
        size--;
    gen_text_append_char(&out, '"');
    for (size_t i = 0; i < size; i++) {
        if (value[i] == '"' || value[i] == '\\')
            gen_text_append_char(&out, '\\');
        gen_text_append_char(&out, value[i]);
    }
    gen_text_append_char(&out, '"');
    push_text(h, out.data, (gen_token){.offset = 0, .size = out.size}, span);
    gen_text_finish(&out);
}

/* # or ## in a macro's body: true if it was one. */
static bool read_operator(reading *h, const char *text, gen_token token,
                          gen_lexer *lexer, gen_span span,
                          const macro_arguments *arguments)
{
    gen_lexer ahead = *lexer;
    gen_token next;
    size_t i;
    if (gen_token_is(text, token, "##")) {
        h->pastes = h->count > 0;
        return true;
    }
    if (!gen_token_is(text, token, "#"))
        return false;
    next = gen_lexer_next(&ahead);
    i = find_parameter(arguments, text, next);
    if (i == arguments->count)
        return false;
    push_string(h, arguments->values[i], arguments->value_sizes[i], span);
    *lexer = ahead;
    return true;
}

static void expand_text(reading *h, const char *text, size_t size,
                        gen_span span, const macro_arguments *arguments,
                        int depth)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    lexer.at_line_start = false;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        long taken = -1;
        if (token.kind == GEN_TOKEN_END)
            return;
        if (depth > 0 && read_operator(h, text, token, &lexer, span, arguments))
            continue;
        if (token.kind == GEN_TOKEN_IDENTIFIER) {
            if (push_argument(h, text, token, span, arguments, depth))
                continue;
            taken = expand_macro(h, text, token, size, span, depth);
        }
        if (taken >= 0) {
            lexer = gen_lexer_begin(text, lexer.offset + (size_t)taken, size);
            lexer.at_line_start = false;
        } else {
            push_text(h, text, token, span);
        }
    }
}

static void read_tokens(reading *h, gen_span whole)
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
        /* Compilers warn of a NUL and take it for white space. */
        if (skip || token.kind == GEN_TOKEN_DIRECTIVE ||
            text[token.offset] == '\0')
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

gen_head_token *gen_head_tokens(gen_arena *arena, size_t *count, gen_span head,
                                const gen_head_questions *questions)
{
    reading h = {.arena = arena, .questions = questions};
    read_tokens(&h, head);
    *count = h.count;
    return h.tokens;
}

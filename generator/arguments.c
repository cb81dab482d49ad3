/* arguments.c -- the arguments of a command line, response files read. */
#include "arguments.h"

#include "output.h"
#include "text.h"

#include <string.h>

#define MAX_DEPTH 20
#define MAX_FILES 1000

typedef struct {
    gen_arena *arena;
    gen_arguments *out;
    size_t file_count;
    const char *error;
} expansion;

void gen_arguments_add(gen_arguments *to, gen_arena *arena, const char *text)
{
    /* The capacity is the power of two at or above the count. */
    if ((to->count & (to->count - 1)) == 0) {
        size_t capacity = to->count == 0 ? 1 : to->count * 2;
        const char **items = GEN_NEW_ARRAY(arena, const char *, capacity);
        if (to->count > 0)
            memcpy(items, to->items, sizeof *items * to->count);
        to->items = items;
    }
    to->items[to->count++] = text;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Read the argument at `*at`, which is no blank, and go behind it.  False if a
 * quote stays open. */
static bool read_argument(const char **at, gen_text *out)
{
    char quote = '\0';

    for (; **at != '\0' && (quote != '\0' || !is_blank(**at)); ++*at) {
        if (**at == '\\' && (*at)[1] != '\0')
            gen_text_append_char(out, *++*at);
        else if (quote != '\0' && **at == quote)
            quote = '\0';
        else if (quote == '\0' && (**at == '"' || **at == '\''))
            quote = **at;
        else
            gen_text_append_char(out, **at);
    }
    return quote == '\0';
}

static bool expand(expansion *into, const char *argument, int depth);

/* Expand each argument in the text of a response file. */
static bool expand_text(expansion *into, const char *path, const char *text,
                        int depth)
{
    bool is_good = true;

    while (is_good) {
        gen_text argument = {0};
        while (is_blank(*text))
            text++;
        if (*text == '\0')
            break;
        gen_text_append_string(&argument, "");
        is_good = read_argument(&text, &argument);
        const char *copy =
            gen_arena_copy(into->arena, argument.data, argument.size);
        gen_text_finish(&argument);
        if (!is_good)
            into->error = gen_arena_format(into->arena,
                                           "a quote stays open in '%s'", path);
        else
            is_good = expand(into, copy, depth + 1);
    }
    return is_good;
}

static bool expand(expansion *into, const char *argument, int depth)
{
    size_t size;

    if (argument[0] != '@' || argument[1] == '\0') {
        gen_arguments_add(into->out, into->arena, argument);
        return true;
    }
    if (depth == MAX_DEPTH || into->file_count == MAX_FILES) {
        into->error = gen_arena_format(
            into->arena, "too many response files inside each other: '%s'",
            argument);
        return false;
    }
    into->file_count++;
    const char *text =
        gen_output_read(into->arena, argument + 1, &size, &into->error);
    if (text == NULL)
        return false;
    if (memchr(text, '\0', size) != NULL) {
        into->error = gen_arena_format(
            into->arena, "'%s' holds a NUL byte: it is no text", argument + 1);
        return false;
    }
    return expand_text(into, argument + 1, text, depth);
}

bool gen_arguments_expand(gen_arguments *out, gen_arena *arena, int argc,
                          char *const argv[], const char **error)
{
    expansion into = {.arena = arena, .out = out};

    *out = (gen_arguments){0};
    for (int i = 1; i < argc; i++) {
        if (!expand(&into, argv[i], 0)) {
            *error = into.error;
            return false;
        }
    }
    return true;
}

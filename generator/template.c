/* template.c -- fill the named holes of a text. */
#include "template.h"

#include <assert.h>
#include <string.h>

/* More sections inside each other than this is a mistake in the template. */
#define MAX_DEPTH 16

typedef struct item {
    gen_values *values;
    struct item *next;
} item;

/* One name: a text or a list. */
typedef struct entry {
    const char *name;
    const char *text; /* NULL: a list */
    item *first, **last;
    struct entry *next;
} entry;

struct gen_values {
    gen_arena *arena;
    entry *first;
};

/* The values in reach: those of the innermost item first. */
typedef struct scope {
    const gen_values *values;
    const struct scope *around;
} scope;

typedef enum {
    TAG_HOLE,     /* {{name}} */
    TAG_LIST,     /* {{#name}} */
    TAG_NO_LIST,  /* {{^name}} */
    TAG_LIST_END, /* {{/name}} */
    TAG_REMARK    /* {{! … }} */
} tag_kind;

typedef struct {
    tag_kind kind;
    size_t offset;     /* of its first brace */
    size_t begin, end; /* what it takes out of the template */
    char *name;        /* "" for a remark.  Owner: arena */
} tag;

typedef struct {
    gen_arena *arena;
    const char *name; /* of the template */
    const char *text;
    size_t size;
    const char *problem; /* NULL while all is well.  Owner: arena */
} reader;

gen_values *gen_values_create(gen_arena *arena)
{
    gen_values *made = GEN_NEW(arena, gen_values);

    made->arena = arena;
    return made;
}

static entry *find(const gen_values *values, const char *name)
{
    entry *at = values->first;

    while (at != NULL && strcmp(at->name, name) != 0)
        at = at->next;
    return at;
}

static entry *find_or_add(gen_values *values, const char *name)
{
    entry *found = find(values, name);

    if (found == NULL) {
        found = GEN_NEW(values->arena, entry);
        found->name = name;
        found->last = &found->first;
        found->next = values->first;
        values->first = found;
    }
    return found;
}

void gen_values_set(gen_values *values, const char *name, const char *text)
{
    entry *found = find_or_add(values, name);

    assert(text != NULL && found->first == NULL);
    found->text = text;
}

void gen_values_set_number(gen_values *values, const char *name,
                           unsigned long long number)
{
    gen_values_set(values, name,
                   gen_arena_format(values->arena, "%llu", number));
}

void gen_values_list(gen_values *values, const char *name)
{
    entry *found = find_or_add(values, name);

    assert(found->text == NULL);
    (void)found;
}

void gen_values_append(gen_values *values, const char *name, gen_values *added)
{
    entry *found = find_or_add(values, name);
    item *made = GEN_NEW(values->arena, item);

    assert(found->text == NULL);
    made->values = added;
    *found->last = made;
    found->last = &made->next;
}

gen_values *gen_values_add(gen_values *values, const char *name)
{
    gen_values *made = gen_values_create(values->arena);

    gen_values_append(values, name, made);
    return made;
}

void gen_values_flag(gen_values *values, const char *name, bool is_true)
{
    gen_values_list(values, name);
    if (is_true)
        gen_values_add(values, name);
}

/* Note the first problem; always false. */
static bool fail(reader *from, size_t offset, const char *what,
                 const char *name)
{
    unsigned line = 1;

    for (size_t i = 0; i < offset; i++)
        line += from->text[i] == '\n';
    if (from->problem == NULL)
        from->problem = gen_arena_format(from->arena, "%s:%u: %s '%s'",
                                         from->name, line, what, name);
    return false;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '_';
}

static size_t skip_blanks(const reader *from, size_t at)
{
    while (is_blank(from->text[at]))
        at++;
    return at;
}

/* A tag that opens or closes something and is alone on its line takes the line
 * with it, so that it leaves no empty one. */
static void widen(const reader *from, tag *found)
{
    size_t begin = found->begin;
    size_t end = skip_blanks(from, found->end);

    while (begin > 0 && is_blank(from->text[begin - 1]))
        begin--;
    if (begin > 0 && from->text[begin - 1] != '\n')
        return;
    if (from->text[end] == '\r')
        end++;
    if (end < from->size && from->text[end] != '\n')
        return;
    found->begin = begin;
    found->end = end < from->size ? end + 1 : from->size;
}

static bool read_remark(reader *from, size_t at, tag *out)
{
    const char *end = strstr(from->text + at, "}}");

    if (end == NULL)
        return fail(from, out->offset, "no }} ends the remark", "{{!");
    out->kind = TAG_REMARK;
    out->name = "";
    out->end = (size_t)(end - from->text) + 2;
    widen(from, out);
    return true;
}

/* Read the tag behind the braces at out->offset; `at` is behind the braces. */
static bool read_tag(reader *from, size_t at, tag *out)
{
    static const char signs[] = "#^/";
    const char *sign = strchr(signs, from->text[at]);

    if (from->text[at] == '!')
        return read_remark(from, at, out);
    out->kind = TAG_HOLE;
    if (sign != NULL && *sign != '\0') {
        out->kind = (tag_kind)(TAG_LIST + (sign - signs));
        at = skip_blanks(from, at + 1);
    }
    const size_t begin = at;
    while (is_letter(from->text[at]) ||
           (at > begin && from->text[at] >= '0' && from->text[at] <= '9'))
        at++;
    out->name = gen_arena_copy(from->arena, from->text + begin, at - begin);
    at = skip_blanks(from, at);
    if (out->name[0] == '\0' || strncmp(from->text + at, "}}", 2) != 0)
        return fail(from, out->offset, "no }} ends the tag", out->name);
    out->end = at + 2;
    if (out->kind != TAG_HOLE)
        widen(from, out);
    return true;
}

/* The next tag at or after `at`; false if there is none, or a problem.  Braces
 * before something else than a name are text: C needs them. */
static bool find_tag(reader *from, size_t at, tag *out)
{
    const char *braces;

    while ((braces = strstr(from->text + at, "{{")) != NULL) {
        out->offset = out->begin = (size_t)(braces - from->text);
        at = skip_blanks(from, out->offset + 2);
        char first = from->text[at];
        if (is_letter(first) || (first != '\0' && strchr("#^/!", first)))
            return read_tag(from, at, out);
        at = out->offset + 1;
    }
    return false;
}

/* Does every list end, and inside the one where it began? */
static bool is_nested_well(reader *from)
{
    tag open[MAX_DEPTH];
    size_t depth = 0;
    tag found = {.name = ""};

    for (size_t at = 0; find_tag(from, at, &found); at = found.end) {
        if (found.kind == TAG_LIST || found.kind == TAG_NO_LIST) {
            if (depth == MAX_DEPTH)
                return fail(from, found.offset, "too many lists around",
                            found.name);
            open[depth++] = found;
        } else if (found.kind == TAG_LIST_END) {
            if (depth == 0 || strcmp(open[depth - 1].name, found.name) != 0)
                return fail(from, found.offset, "no list to end here is called",
                            found.name);
            depth--;
        }
    }
    if (from->problem == NULL && depth > 0)
        return fail(from, open[depth - 1].offset, "nothing ends the list",
                    open[depth - 1].name);
    return from->problem == NULL;
}

/* The tag that ends the list that `open` begins; the nesting is right. */
static tag find_end(reader *from, const tag *open)
{
    size_t depth = 1;
    tag found = *open;

    while (depth > 0 && find_tag(from, found.end, &found)) {
        if (found.kind == TAG_LIST || found.kind == TAG_NO_LIST)
            depth++;
        else if (found.kind == TAG_LIST_END)
            depth--;
    }
    return found;
}

static const entry *look_up(const scope *in, const char *name)
{
    for (; in != NULL; in = in->around) {
        const entry *found = find(in->values, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static bool fill_hole(reader *from, gen_text *out, const tag *hole,
                      const scope *in)
{
    const entry *found = look_up(in, hole->name);

    if (found == NULL)
        return fail(from, hole->offset, "no value for the hole", hole->name);
    if (found->text == NULL)
        return fail(from, hole->offset,
                    "a list where a text should be:", hole->name);
    gen_text_append_string(out, found->text);
    return true;
}

static bool render(reader *from, gen_text *out, size_t begin, size_t end,
                   const scope *in);

static bool render_list(reader *from, gen_text *out, const tag *open,
                        const tag *close, const scope *in)
{
    const entry *found = look_up(in, open->name);

    if (found == NULL)
        return fail(from, open->offset, "no value for the list", open->name);
    if (found->text != NULL)
        return fail(from, open->offset,
                    "a text where a list should be:", open->name);
    if (open->kind == TAG_NO_LIST)
        return found->first != NULL ||
               render(from, out, open->end, close->begin, in);
    for (const item *at = found->first; at != NULL; at = at->next) {
        const scope inside = {at->values, in};
        if (!render(from, out, open->end, close->begin, &inside))
            return false;
    }
    return true;
}

/* Render the bytes [begin, end) of the template, which hold whole lists. */
static bool render(reader *from, gen_text *out, size_t begin, size_t end,
                   const scope *in)
{
    tag found = {.name = ""};

    while (find_tag(from, begin, &found) && found.begin < end) {
        gen_text_append(out, from->text + begin, found.begin - begin);
        begin = found.end;
        if (found.kind == TAG_HOLE) {
            if (!fill_hole(from, out, &found, in))
                return false;
        } else if (found.kind == TAG_LIST || found.kind == TAG_NO_LIST) {
            tag close = find_end(from, &found);
            if (!render_list(from, out, &found, &close, in))
                return false;
            begin = close.end;
        }
    }
    gen_text_append(out, from->text + begin, end - begin);
    return true;
}

/* NOLINTNEXTLINE(readability-function-size): what goes in and comes out. */
bool gen_template_render(gen_arena *arena, gen_text *out, const char *name,
                         const char *template_text, const gen_values *values,
                         const char **error)
{
    reader from = {arena, name, template_text, strlen(template_text), NULL};
    const scope outermost = {values, NULL};
    bool is_done =
        is_nested_well(&from) && render(&from, out, 0, from.size, &outermost);

    if (!is_done)
        *error = from.problem;
    return is_done;
}

static bool contains(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

const char **gen_template_holes(gen_arena *arena, const char *template_text)
{
    reader from = {arena, "", template_text, strlen(template_text), NULL};
    const char **names = GEN_NEW_ARRAY(arena, const char *, from.size / 5 + 1);
    size_t count = 0;
    tag found = {.name = ""};

    for (size_t at = 0; find_tag(&from, at, &found); at = found.end) {
        if (found.name[0] != '\0' && !contains(names, count, found.name))
            names[count++] = found.name;
    }
    return names;
}

/* annotation_option.c -- what each option of an annotation means. */
#include "annotation_option.h"

#include "annotation_value.h"
#include "diagnostic.h"
#include "lex.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#define BARE GEN_WRITTEN_BARE
#define VALUE GEN_WRITTEN_VALUE
#define LIST GEN_WRITTEN_LIST

/* Two clauses of one parameter are looked for among this many. */
#define MAX_COMPARED_CLAUSES 200

typedef enum { FOR_MEMO = 1, FOR_SINGLETON = 2, FOR_BOTH = 3 } flavours;

typedef struct option option;
typedef void reader(gen_reading *, const option *, const gen_written *);

struct option {
    const char *name;
    unsigned forms;    /* ways to write it */
    flavours flavours; /* annotations that take it */
    bool may_repeat;
    reader *read;
    size_t member; /* of gen_annotation, or a gen_clause_kind */
    size_t at;     /* of gen_annotation: where it was written; 0 = none */
    const char *example;
};

#define MEMBER(name) offsetof(gen_annotation, name)

static reader read_time, read_count, read_bytes, read_persist, read_bool,
    read_spinner, read_text, read_code, read_impure_ok, read_expression,
    read_list, read_function, read_buffers, read_names, read_hash, read_returns;

/* The order is that of gen_annotation_text(). */
static const option options[] = {
    {"ttl", VALUE, FOR_BOTH, false, read_time, MEMBER(ttl_ns), MEMBER(at_ttl),
     "ttl=60"},
    {"max_entries", VALUE, FOR_BOTH, false, read_count, MEMBER(max_entries),
     MEMBER(at_max_entries), "max_entries=1000"},
    {"max_bytes", VALUE, FOR_BOTH, false, read_bytes, MEMBER(max_bytes), 0,
     "max_bytes=64MB"},
    {"persist", BARE | VALUE, FOR_MEMO, false, read_persist, MEMBER(persist),
     MEMBER(at_persist), "persist=\"disk\""},
    {"persist_ttl", BARE | VALUE, FOR_MEMO, false, read_bool,
     MEMBER(persist_ttl), 0, "persist_ttl"},
    {"show_spinner", BARE | VALUE, FOR_BOTH, false, read_spinner, 0,
     MEMBER(at_spinner), "show_spinner=\"Loading\""},
    {"allow_widgets", BARE | VALUE, FOR_BOTH, false, read_bool,
     MEMBER(allow_widgets), MEMBER(at_widgets), "allow_widgets"},
    {"experimental_allow_widgets", BARE | VALUE, FOR_BOTH, false, read_bool,
     MEMBER(allow_widgets), MEMBER(at_widgets), "experimental_allow_widgets"},
    {"suppress_st_warning", BARE | VALUE, FOR_BOTH, false, read_bool,
     MEMBER(suppress_st_warning), 0, "suppress_st_warning"},
    {"validate", VALUE, FOR_SINGLETON, false, read_function, MEMBER(validate),
     0, "validate=is_alive"},
    {"release", VALUE, FOR_SINGLETON, false, read_function, MEMBER(release), 0,
     "release=disconnect"},
    {"cache_if", VALUE, FOR_BOTH, false, read_expression, MEMBER(cache_if), 0,
     "cache_if=result > 0"},
    {"key", LIST, FOR_BOTH, true, read_list, MEMBER(keys), 0, "key(setting)"},
    {"depends", LIST, FOR_BOTH, true, read_list, MEMBER(depends), 0,
     "depends(path)"},
    {"version", VALUE, FOR_BOTH, false, read_text, MEMBER(version), 0,
     "version=\"2\""},
    {"code", VALUE, FOR_BOTH, false, read_code, 0, MEMBER(at_code),
     "code=ignore"},
    {"impure_ok", BARE | VALUE | LIST, FOR_BOTH, false, read_impure_ok, 0, 0,
     "impure_ok(counter)"},
    {"in", LIST, FOR_BOTH, true, read_buffers, GEN_CLAUSE_IN, 0, "in(p[n])"},
    {"out", LIST, FOR_BOTH, true, read_buffers, GEN_CLAUSE_OUT, 0, "out(p[n])"},
    {"inout", LIST, FOR_BOTH, true, read_buffers, GEN_CLAUSE_INOUT, 0,
     "inout(p[n])"},
    {"string", LIST, FOR_BOTH, true, read_names, GEN_CLAUSE_STRING, 0,
     "string(p)"},
    {"deref", LIST, FOR_BOTH, true, read_names, GEN_CLAUSE_DEREF, 0,
     "deref(p)"},
    {"ignore", LIST, FOR_BOTH, true, read_names, GEN_CLAUSE_IGNORE, 0,
     "ignore(p)"},
    {"hash", LIST, FOR_BOTH, true, read_hash, GEN_CLAUSE_HASH, 0,
     "hash(p, function)"},
    {"returns", LIST, FOR_MEMO, false, read_returns, 0, MEMBER(at_returns),
     "returns(result[n])"},
    {"borrow", BARE | VALUE, FOR_MEMO, false, read_bool, MEMBER(borrow),
     MEMBER(at_borrow), "borrow"},
    {"free", VALUE, FOR_MEMO, false, read_function, MEMBER(free_function), 0,
     "free=g_free"},
    {"alloc", VALUE, FOR_MEMO, false, read_function, MEMBER(alloc_function), 0,
     "alloc=g_malloc"},
};

enum { OPTION_COUNT = sizeof options / sizeof *options };
_Static_assert(OPTION_COUNT <= GEN_OPTION_LIMIT, "seen has a place for each");

static void *member(const gen_reading *reading, size_t offset)
{
    return (char *)reading->out + offset;
}

void gen_reading_fail(gen_reading *reading, gen_piece at, const char *fix,
                      const char *format, ...)
{
    gen_mistake *made = GEN_NEW(reading->arena, gen_mistake);
    gen_mistake **place = &reading->first;
    va_list list;

    made->offset = at.offset;
    made->size = at.size;
    made->fix = fix;
    va_start(list, format);
    made->text = gen_arena_vformat(reading->arena, format, list);
    va_end(list);
    if (reading->last != NULL && reading->last->offset <= at.offset)
        place = &reading->last->next;
    while (*place != NULL && (*place)->offset <= at.offset)
        place = &(*place)->next;
    made->next = *place;
    *place = made;
    if (made->next == NULL)
        reading->last = made;
}

void gen_pieces_add(gen_arena *arena, gen_pieces *to, gen_piece piece)
{
    /* The capacity is the power of two at or above the count. */
    if ((to->count & (to->count - 1)) == 0) {
        size_t capacity = to->count == 0 ? 1 : to->count * 2;
        gen_piece *items = GEN_NEW_ARRAY(arena, gen_piece, capacity);
        if (to->count > 0)
            memcpy(items, to->items, sizeof *items * to->count);
        to->items = items;
    }
    to->items[to->count++] = piece;
}

/* A part of a piece, as a piece. */
static gen_piece part_of(gen_arena *arena, gen_piece of, size_t begin,
                         size_t size)
{
    return (gen_piece){gen_arena_copy(arena, of.text + begin, size),
                       of.offset + begin, size};
}

/* `wrong` is NULL when the value is well formed. */
static void fail_value(gen_reading *reading, const option *read,
                       const gen_written *written, const char *wrong)
{
    if (wrong != NULL)
        gen_reading_fail(reading, written->value, NULL, "%s: %s", read->name,
                         wrong);
}

static void read_time(gen_reading *reading, const option *read,
                      const gen_written *written)
{
    fail_value(reading, read, written,
               gen_value_time(reading->arena, member(reading, read->member),
                              written->value.text, written->value.size));
}

static void read_count(gen_reading *reading, const option *read,
                       const gen_written *written)
{
    fail_value(reading, read, written,
               gen_value_count(reading->arena, member(reading, read->member),
                               written->value.text, written->value.size));
}

static void read_bytes(gen_reading *reading, const option *read,
                       const gen_written *written)
{
    fail_value(reading, read, written,
               gen_value_bytes(reading->arena, member(reading, read->member),
                               written->value.text, written->value.size));
}

static void read_bool(gen_reading *reading, const option *read,
                      const gen_written *written)
{
    bool *out = member(reading, read->member);

    if (written->form == BARE)
        *out = true;
    else
        fail_value(
            reading, read, written,
            gen_value_bool(out, written->value.text, written->value.size));
}

static void read_text(gen_reading *reading, const option *read,
                      const gen_written *written)
{
    gen_piece *out = member(reading, read->member);

    *out = written->value;
    fail_value(reading, read, written,
               gen_value_string(reading->arena, &out->text, written->value.text,
                                written->value.size));
}

static void read_expression(gen_reading *reading, const option *read,
                            const gen_written *written)
{
    *(gen_piece *)member(reading, read->member) = written->value;
}

static void read_function(gen_reading *reading, const option *read,
                          const gen_written *written)
{
    *(gen_piece *)member(reading, read->member) = written->value;
    if (!gen_value_is_name(written->value.text, written->value.size))
        fail_value(reading, read, written,
                   "the name of a function is expected");
}

static void read_persist(gen_reading *reading, const option *read,
                         const gen_written *written)
{
    static const char *const names[] = {"disk", "dir", "redis"};
    static const gen_persist kinds[] = {GEN_PERSIST_DISK, GEN_PERSIST_DIR,
                                        GEN_PERSIST_REDIS};
    const gen_piece value = written->value;
    bool is_on = true;
    const char *text;

    if (written->form == BARE ||
        gen_value_bool(&is_on, value.text, value.size) == NULL) {
        reading->out->persist = is_on ? GEN_PERSIST_DISK : GEN_PERSIST_NONE;
        return;
    }
    if (gen_value_string(reading->arena, &text, value.text, value.size)) {
        fail_value(reading, read, written,
                   "\"disk\", \"dir\", \"redis\", true or false is expected");
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], text) == 0) {
            reading->out->persist = kinds[i];
            return;
        }
    }
    const char *near = gen_nearest(text, names, 3);
    if (near != NULL)
        gen_reading_fail(
            reading, value, gen_arena_format(reading->arena, "\"%s\"", near),
            "unknown place '%s'; did you mean \"%s\"?", text, near);
    else
        fail_value(reading, read, written,
                   "\"disk\", \"dir\", \"redis\", true or false is expected");
}

static void read_spinner(gen_reading *reading, const option *read,
                         const gen_written *written)
{
    gen_annotation *out = reading->out;
    bool is_on = true;

    if (written->form == VALUE && written->value.text[0] == '"') {
        out->spinner = GEN_SPINNER_TEXT;
        out->spinner_text = written->value;
        fail_value(reading, read, written,
                   gen_value_string(reading->arena, &out->spinner_text.text,
                                    written->value.text, written->value.size));
        return;
    }
    if (written->form == VALUE &&
        gen_value_bool(&is_on, written->value.text, written->value.size))
        fail_value(reading, read, written,
                   "true, false or a text in double quotes is expected");
    out->spinner = is_on ? GEN_SPINNER_ON : GEN_SPINNER_OFF;
}

static void read_code(gen_reading *reading, const option *read,
                      const gen_written *written)
{
    reading->out->ignores_code = strcmp(written->value.text, "ignore") == 0;
    if (!reading->out->ignores_code)
        fail_value(reading, read, written, "'ignore' is expected");
}

static void read_impure_ok(gen_reading *reading, const option *read,
                           const gen_written *written)
{
    if (written->form != LIST) {
        reading->out->impure_ok = true;
        if (written->form == VALUE)
            fail_value(reading, read, written,
                       gen_value_bool(&reading->out->impure_ok,
                                      written->value.text,
                                      written->value.size));
        return;
    }
    reading->out->impure_names = written->arguments;
    for (size_t i = 0; i < written->arguments.count; i++) {
        const gen_piece name = written->arguments.items[i];
        if (!gen_value_is_name(name.text, name.size))
            gen_reading_fail(reading, name, NULL,
                             "impure_ok: a name is expected");
    }
}

/* key(…), depends(…): what several of them say adds up. */
static void read_list(gen_reading *reading, const option *read,
                      const gen_written *written)
{
    for (size_t i = 0; i < written->arguments.count; i++)
        gen_pieces_add(reading->arena, member(reading, read->member),
                       written->arguments.items[i]);
}

/* One parameter is read or written in one way. */
static void check_is_new(gen_reading *reading, gen_piece parameter)
{
    const gen_annotation *out = reading->out;

    for (size_t i = 0; i < out->clause_count && i < MAX_COMPARED_CLAUSES; i++) {
        const gen_clause *other = &out->clauses[i];
        if (strcmp(other->parameter.text, parameter.text) != 0)
            continue;
        gen_reading_fail(reading, parameter, NULL,
                         "'%s' already has the clause '%s'", parameter.text,
                         other->whole.text);
        return;
    }
}

static void add_clause(gen_reading *reading, gen_clause clause)
{
    gen_annotation *out = reading->out;

    check_is_new(reading, clause.parameter);
    if ((out->clause_count & (out->clause_count - 1)) == 0) {
        size_t capacity = out->clause_count == 0 ? 1 : out->clause_count * 2;
        gen_clause *clauses =
            GEN_NEW_ARRAY(reading->arena, gen_clause, capacity);
        if (out->clause_count > 0)
            memcpy(clauses, out->clauses, sizeof *clauses * out->clause_count);
        out->clauses = clauses;
    }
    out->clauses[out->clause_count++] = clause;
}

/* Read "name[a][b]": its name and what stands in its brackets, which are
 * balanced.  False if it is written in another way. */
static bool read_indexed(gen_arena *arena, gen_piece from, gen_piece *name,
                         gen_pieces *indices)
{
    gen_lexer lexer = gen_lexer_begin(from.text, 0, from.size);
    gen_token token = gen_lexer_next(&lexer);

    if (token.kind != GEN_TOKEN_IDENTIFIER)
        return false;
    *name = part_of(arena, from, token.offset, token.size);
    while ((token = gen_lexer_next(&lexer)).kind != GEN_TOKEN_END) {
        if (!gen_token_is(from.text, token, "["))
            return false;
        size_t begin = 0, end = 0;
        for (size_t depth = 1; depth > 0;) {
            token = gen_lexer_next(&lexer);
            if (token.kind == GEN_TOKEN_END)
                return false;
            depth += gen_token_is(from.text, token, "[");
            depth -= gen_token_is(from.text, token, "]");
            if (depth > 0 && end == 0)
                begin = token.offset;
            if (depth > 0)
                end = token.offset + token.size;
        }
        if (end == 0)
            return false;
        gen_pieces_add(arena, indices,
                       part_of(arena, from, begin, end - begin));
    }
    return true;
}

/* in(p[n]), out(p[n]), inout(p[r][c]) */
static void read_buffers(gen_reading *reading, const option *read,
                         const gen_written *written)
{
    for (size_t i = 0; i < written->arguments.count; i++) {
        const gen_piece argument = written->arguments.items[i];
        gen_clause clause = {.kind = (gen_clause_kind)read->member,
                             .whole = written->whole};
        bool is_read = read_indexed(reading->arena, argument, &clause.parameter,
                                    &clause.lengths);
        if (is_read && clause.lengths.count > 0)
            add_clause(reading, clause);
        else if (is_read)
            gen_reading_fail(reading, argument, NULL,
                             "the number of elements is missing: %s(%s[n]), or "
                             "%s(%s[1]) for a single one",
                             read->name, argument.text, read->name,
                             argument.text);
        else
            gen_reading_fail(reading, argument, NULL,
                             "a parameter and its number of elements are "
                             "expected, as in %s",
                             read->example);
    }
}

/* string(p), deref(p, q), ignore(p) */
static void read_names(gen_reading *reading, const option *read,
                       const gen_written *written)
{
    for (size_t i = 0; i < written->arguments.count; i++) {
        const gen_piece name = written->arguments.items[i];
        if (gen_value_is_name(name.text, name.size))
            add_clause(reading,
                       (gen_clause){.kind = (gen_clause_kind)read->member,
                                    .whole = written->whole,
                                    .parameter = name});
        else
            gen_reading_fail(reading, name, NULL,
                             "the name of a parameter is expected, as in %s",
                             read->example);
    }
}

static void read_hash(gen_reading *reading, const option *read,
                      const gen_written *written)
{
    const gen_pieces from = written->arguments;

    if (from.count != 2) {
        gen_reading_fail(reading, written->whole, NULL,
                         "a parameter and a function are expected, as in %s",
                         read->example);
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        if (gen_value_is_name(from.items[i].text, from.items[i].size))
            continue;
        gen_reading_fail(reading, from.items[i], NULL,
                         "the name of a %s is expected, as in %s",
                         i == 0 ? "parameter" : "function", read->example);
        return;
    }
    add_clause(reading, (gen_clause){.kind = GEN_CLAUSE_HASH,
                                     .whole = written->whole,
                                     .parameter = from.items[0],
                                     .function = from.items[1]});
}

static void read_returns(gen_reading *reading, const option *read,
                         const gen_written *written)
{
    const gen_pieces from = written->arguments;
    gen_piece name = {0};
    gen_pieces lengths = {0};

    (void)read;
    if (from.count == 1 && strcmp(from.items[0].text, "static") == 0) {
        reading->out->returns = GEN_RETURNS_STATIC;
    } else if (from.count == 1 &&
               read_indexed(reading->arena, from.items[0], &name, &lengths) &&
               strcmp(name.text, "result") == 0 && lengths.count == 1) {
        reading->out->returns = GEN_RETURNS_ARRAY;
        reading->out->returns_length = lengths.items[0];
    } else {
        gen_reading_fail(reading, written->whole, NULL,
                         "returns(result[LENGTH]) or returns(static) is "
                         "expected");
    }
}

static const option *find_option(const char *name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    }
    return NULL;
}

/* An option and its alias are read alike into the same place. */
static size_t identity(const option *of)
{
    size_t i = 0;

    while (options[i].read != of->read || options[i].member != of->member)
        i++;
    return i;
}

static flavours flavour_of(const gen_reading *reading)
{
    return reading->out->flavour == GEN_MEMO ? FOR_MEMO : FOR_SINGLETON;
}

static void fail_unknown(gen_reading *reading, gen_piece name)
{
    const char *names[OPTION_COUNT];
    size_t count = 0;

    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (options[i].flavours & flavour_of(reading))
            names[count++] = options[i].name;
    }
    const char *near = gen_nearest(name.text, names, count);
    if (near == NULL)
        gen_reading_fail(reading, name, NULL, "unknown option '%s'", name.text);
    else
        gen_reading_fail(reading, name, near,
                         "unknown option '%s'; did you mean '%s'?", name.text,
                         near);
}

/* May the option stand here, and in this form? */
static bool is_in_place(gen_reading *reading, const option *read,
                        const gen_written *written)
{
    gen_piece *seen = &reading->seen[identity(read)];

    if (!(read->flavours & flavour_of(reading))) {
        gen_reading_fail(reading, written->name, NULL,
                         "'%s' is an option of @%s, not of @%s", read->name,
                         read->flavours == FOR_MEMO ? "memo" : "singleton",
                         reading->out->flavour == GEN_MEMO ? "memo"
                                                           : "singleton");
        return false;
    }
    if (seen->text != NULL && !read->may_repeat) {
        if (strcmp(seen->text, read->name) == 0)
            gen_reading_fail(reading, written->name, NULL,
                             "'%s' is given twice", read->name);
        else
            gen_reading_fail(reading, written->name, NULL,
                             "'%s' is given twice; it is the same as '%s'",
                             read->name, seen->text);
        return false;
    }
    *seen = written->name;
    if (!(read->forms & written->form)) {
        gen_reading_fail(reading, written->whole, NULL,
                         "'%s' is written as in %s", read->name, read->example);
        return false;
    }
    if (written->form == LIST && written->arguments.count == 0) {
        gen_reading_fail(reading, written->whole, NULL,
                         "nothing stands in the parentheses; '%s' is written "
                         "as in %s",
                         read->name, read->example);
        return false;
    }
    return true;
}

void gen_option_read(gen_reading *reading, const gen_written *written)
{
    const option *found = find_option(written->name.text);

    if (found == NULL) {
        fail_unknown(reading, written->name);
        return;
    }
    if (!is_in_place(reading, found, written))
        return;
    if (found->at != 0)
        *(gen_piece *)member(reading, found->at) = written->whole;
    found->read(reading, found, written);
}

const char *gen_option_name(size_t index)
{
    return index < OPTION_COUNT ? options[index].name : NULL;
}

bool gen_option_is_name(const char *name)
{
    return find_option(name) != NULL;
}

bool gen_option_takes_expression(const char *name)
{
    const option *found = find_option(name);

    return found != NULL && found->read == read_expression;
}

#include "inspect/show_facts.h"

#include "cache/describe.h"
#include "cache/graph.h"
#include "cache/types.h"

#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {MEMO_DESCRIBE_KINDS};
static const char *const passings[] = {MEMO_DESCRIBE_PASSINGS};
static const char *const directions[] = {MEMO_DESCRIBE_DIRECTIONS};
static const char *const results[] = {MEMO_DESCRIBE_RESULTS};

#define COUNT_OF(names) (sizeof(names) / sizeof *(names))

/* No type, as a number. */
#define NO_TYPE SIZE_MAX

typedef struct {
    memo_facts *facts;
    const char *at;
    char *name_end;
    size_t *targets;  /* of each type, by number */
    unsigned *depths; /* of each type: structs in one another */
    memo_u32 parameter_count;
} reader;

/* ---- marks --------------------------------------------------------------- */

static memo_u64 read_mark(const void *object)
{
    (void)object;
    return 0;
}

static void set_mark(void *object, memo_u64 bits)
{
    (void)object;
    (void)bits;
}

static memo_size encode_mark(const void *object, void *bytes, memo_size room)
{
    (void)object;
    (void)bytes;
    (void)room;
    return 0;
}

static int write_mark(const void *object, void *sink)
{
    (void)object;
    (void)sink;
    return 0;
}

static const struct memo_sharing sharing_mark = {0, NULL, NULL};

/* ---- words --------------------------------------------------------------- */

static bool skip(reader *r, const char *text)
{
    size_t length = strlen(text);

    if (strncmp(r->at, text, length) != 0)
        return false;
    r->at += length;
    return true;
}

/* One of these behind a space; the number of it. */
static bool read_choice(reader *r, const char *const *names, size_t count,
                        size_t *out)
{
    size_t length;

    if (!skip(r, " "))
        return false;
    length = strcspn(r->at, " \n");
    for (*out = 0; *out < count; ++*out) {
        if (strlen(names[*out]) == length &&
            strncmp(r->at, names[*out], length) == 0) {
            r->at += length;
            return true;
        }
    }
    return false;
}

static bool read_number(reader *r, uint64_t *out)
{
    if (!skip(r, " ") || *r->at < '0' || *r->at > '9')
        return false;
    for (*out = 0; *r->at >= '0' && *r->at <= '9'; r->at++) {
        if (__builtin_mul_overflow(*out, 10u, out) ||
            __builtin_add_overflow(*out, (unsigned)(*r->at - '0'), out))
            return false;
    }
    return true;
}

/* A type by its number; NO_TYPE for "-". */
static bool read_type_number(reader *r, size_t *out)
{
    uint64_t number = 0;

    *out = NO_TYPE;
    if (skip(r, " -"))
        return true;
    if (!read_number(r, &number) || number >= NO_TYPE)
        return false;
    *out = (size_t)number;
    return true;
}

static int digit_of(char hex)
{
    if (hex >= '0' && hex <= '9')
        return hex - '0';
    return hex >= 'a' && hex <= 'f' ? hex - 'a' + 10 : -1;
}

static bool read_escape(reader *r, char *out)
{
    int high, low;

    *out = *r->at;
    if (*r->at == '"' || *r->at == '\\') {
        r->at++;
        return true;
    }
    if (!skip(r, "x") || (high = digit_of(*r->at)) < 0 ||
        (low = digit_of(r->at[1])) < 0 || high + low == 0)
        return false;
    *out = (char)(high << 4 | low);
    r->at += 2;
    return true;
}

/* A name in quotes; there is room for as many bytes as the text has. */
static bool read_name(reader *r, const char **out)
{
    if (!skip(r, " \""))
        return false;
    *out = r->name_end;
    while (*r->at != '"') {
        char byte = *r->at++;

        if (byte < ' ' || byte > '~')
            return false;
        if (byte == '\\' && !read_escape(r, &byte))
            return false;
        *r->name_end++ = byte;
    }
    r->at++;
    *r->name_end++ = '\0';
    return true;
}

/* ---- types --------------------------------------------------------------- */

static bool is_struct(const struct memo_type *type)
{
    return type->kind == MEMO_KIND_STRUCT ||
           type->kind == MEMO_KIND_DEEP_STRUCT;
}

static bool read_codec(reader *r, struct memo_type *type)
{
    struct memo_codec *codec = &r->facts->codecs[type - r->facts->types];

    codec->is_pointer = skip(r, " pointer");
    codec->hash = skip(r, " hash") ? read_mark : NULL;
    codec->encode = skip(r, " encode") ? encode_mark : NULL;
    codec->write = skip(r, " arrow") ? write_mark : NULL;
    type->codec = codec;
    return codec->hash || codec->encode || codec->write;
}

static bool read_type(reader *r)
{
    size_t number = r->facts->type_count++, kind;
    struct memo_type *type = &r->facts->types[number];
    uint64_t size;

    if (!read_choice(r, kinds, COUNT_OF(kinds), &kind) || kind == 0 ||
        !read_number(r, &size) || !read_name(r, &type->name))
        return false;
    type->kind = (memo_u32)kind;
    type->size = (memo_size)size;
    type->fields = &r->facts->fields[r->facts->field_count];
    r->facts->bytes[number] = memo_type_is_deep(type) ? UINT64_MAX
                              : is_struct(type)       ? 0
                                                      : memo_type_bytes(type);
    r->depths[number] = is_struct(type);
    r->targets[number] = NO_TYPE;
    if (kind == MEMO_KIND_POINTER &&
        (!read_type_number(r, &r->targets[number]) ||
         r->targets[number] == NO_TYPE))
        return false;
    return kind != MEMO_KIND_OPAQUE || read_codec(r, type);
}

/* Take a field into account for what its struct is. */
static bool measure_field(reader *r, size_t owner, size_t type,
                          const struct memo_field *field)
{
    uint64_t *sum = &r->facts->bytes[owner];
    uint64_t bytes = r->facts->bytes[type];

    if (r->depths[owner] <= r->depths[type])
        r->depths[owner] = r->depths[type] + 1;
    if (r->depths[owner] > MEMO_TYPE_DEPTH)
        return false;
    if (r->facts->types[owner].kind == MEMO_KIND_DEEP_STRUCT)
        return true;
    if (field->get_bits)
        bytes = sizeof(memo_u64);
    else if (memo_type_is_deep(&r->facts->types[type]))
        return false;
    return !__builtin_mul_overflow(bytes, field->count, &bytes) &&
           !__builtin_add_overflow(*sum, bytes, sum);
}

/* A field, of which `how` is the first word. */
static bool read_field(reader *r, const char *how)
{
    size_t owner = r->facts->type_count - 1, type;
    struct memo_field *field = &r->facts->fields[r->facts->field_count++];
    uint64_t count = 1;
    bool has_address = *how == 'f';

    if (r->facts->type_count == 0 || !is_struct(&r->facts->types[owner]) ||
        !read_type_number(r, &type) || type >= owner)
        return false;
    if (has_address && !read_number(r, &count))
        return false;
    if (!read_name(r, &field->name))
        return false;
    field->type = &r->facts->types[type];
    field->count = (memo_size)count;
    field->get_bits = has_address ? NULL : read_mark;
    field->set_bits = *how == 'b' ? set_mark : NULL;
    if (has_address && skip(r, " counted"))
        field->count_elements = read_mark;
    r->facts->types[owner].field_count++;
    return measure_field(r, owner, type, field);
}

static bool find_targets(reader *r)
{
    for (size_t i = 0; i < r->facts->type_count; i++) {
        if (r->targets[i] == NO_TYPE)
            continue;
        if (r->targets[i] >= r->facts->type_count)
            return false;
        r->facts->types[i].target = &r->facts->types[r->targets[i]];
    }
    return true;
}

/* ---- the function -------------------------------------------------------- */

static bool read_typed(reader *r, const struct memo_type **out)
{
    size_t type;

    if (!read_type_number(r, &type) ||
        (type != NO_TYPE && type >= r->facts->type_count))
        return false;
    *out = type == NO_TYPE ? NULL : &r->facts->types[type];
    return true;
}

static bool read_parameter(reader *r)
{
    struct memo_parameter *parameter =
        &r->facts->parameters[r->parameter_count++];
    size_t passing, direction;

    if (!read_choice(r, passings, COUNT_OF(passings), &passing) ||
        !read_choice(r, directions, COUNT_OF(directions), &direction) ||
        !read_typed(r, &parameter->type) || !read_name(r, &parameter->name))
        return false;
    parameter->passing = (memo_u32)passing;
    parameter->direction = (memo_u32)direction;
    if (direction != MEMO_IN && passing != MEMO_BY_ELEMENTS)
        return direction == 0 && passing == MEMO_BY_ADDRESS;
    return passing != 0 && (parameter->type || (passing != MEMO_BY_VALUE &&
                                                passing != MEMO_BY_ELEMENTS));
}

static bool read_result(reader *r)
{
    struct memo_function *function = &r->facts->function;
    size_t kind;

    if (!skip(r, "result") ||
        !read_choice(r, results, COUNT_OF(results), &kind) ||
        !read_typed(r, &function->result_type))
        return false;
    function->result_kind = (memo_u32)kind;
    function->sharing = skip(r, " shared") ? &sharing_mark : NULL;
    return skip(r, "\n") &&
           (function->result_type ||
            (kind != MEMO_RESULT_VALUE && kind != MEMO_RESULT_ELEMENTS));
}

static bool read_words(reader *r)
{
    uint64_t count = 0;

    if (!skip(r, "words") || !read_number(r, &count) || count > 2)
        return false;
    r->facts->function.word_count = (memo_u32)count;
    return skip(r, "\nend\n") && *r->at == '\0';
}

static bool read_head(reader *r)
{
    char head[MEMO_DESCRIBE_HEAD];

    memo_describe_head(head);
    return skip(r, head) && skip(r, "\n");
}

static bool read_type_lines(reader *r)
{
    bool is_read = true;

    while (is_read) {
        if (skip(r, "type"))
            is_read = read_type(r);
        else if (skip(r, "field"))
            is_read = read_field(r, "field");
        else if (skip(r, "bits"))
            is_read = read_field(r, "bits");
        else if (skip(r, "hash"))
            is_read = read_field(r, "hash");
        else
            return true;
        is_read = is_read && skip(r, "\n");
    }
    return false;
}

static bool read_text(reader *r)
{
    if (!read_head(r) || !read_type_lines(r) || !find_targets(r))
        return false;
    while (skip(r, "parameter")) {
        if (!read_parameter(r) || !skip(r, "\n"))
            return false;
    }
    r->facts->function.parameters = r->facts->parameters;
    r->facts->function.parameter_count = r->parameter_count;
    return read_result(r) && read_words(r);
}

/* ---- memory -------------------------------------------------------------- */

/* Lines that begin with one of these letters. */
static size_t count_lines(const char *text, const char *letters)
{
    size_t count = 0;

    for (; *text != '\0'; text++) {
        if (strchr(letters, *text))
            count++;
        text += strcspn(text, "\n");
        if (*text == '\0')
            break;
    }
    return count;
}

bool memo_facts_read(memo_facts *out, const char *text)
{
    size_t types = count_lines(text, "t") + 1;
    size_t fields = count_lines(text, "fbh") + 1;
    size_t parameters = count_lines(text, "p") + 1;
    reader r = {.facts = out, .at = text};
    bool is_read = false;

    *out = (memo_facts){.types = calloc(types, sizeof *out->types),
                        .fields = calloc(fields, sizeof *out->fields),
                        .codecs = calloc(types, sizeof *out->codecs),
                        .bytes = calloc(types, sizeof *out->bytes),
                        .names = malloc(strlen(text) + 1)};
    out->parameters = calloc(parameters, sizeof *out->parameters);
    r.targets = calloc(types, sizeof *r.targets);
    r.depths = calloc(types, sizeof *r.depths);
    r.name_end = out->names;
    if (out->types && out->fields && out->codecs && out->bytes && out->names &&
        out->parameters && r.targets && r.depths)
        is_read = read_text(&r);
    free(r.targets);
    free(r.depths);
    return is_read;
}

void memo_facts_finish(memo_facts *facts)
{
    free(facts->types);
    free(facts->fields);
    free(facts->parameters);
    free(facts->codecs);
    free(facts->bytes);
    free(facts->names);
}

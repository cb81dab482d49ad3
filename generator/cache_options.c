/* cache_options.c -- the words behind `memogen cache` as plain data. */
#include "cache_options.h"

#include "annotation_value.h"
#include "diagnostic.h"

#include <stddef.h>
#include <string.h>

/* ---- what there is -------------------------------------------------------
 */

typedef struct {
    const char *name, *operand; /* NULL: it takes none */
    bool needs_operand;
    const char *help;
} command;

static const command commands[GEN_CACHE_COMMANDS] = {
    [GEN_CACHE_LS] = {"ls", "FUNCTION", false, "list the results"},
    [GEN_CACHE_SHOW] = {"show", "ENTRY", true, "show all of one result"},
    [GEN_CACHE_STATS] = {"stats", NULL, false,
                         "count results, bytes and hits of each function"},
    [GEN_CACHE_CLEAR] = {"clear", "FUNCTION", false,
                         "forget the results of a function, or all"},
    [GEN_CACHE_VERIFY] = {"verify", NULL, false,
                          "read everything; tell what is damaged"},
    [GEN_CACHE_PRUNE] = {"prune", NULL, false,
                         "remove results, the oldest first"},
    [GEN_CACHE_EXPORT] = {"export", "FILE", false,
                          "write all results to a file, or the standard "
                          "output"},
    [GEN_CACHE_IMPORT] = {"import", "FILE", false, "take such results over"},
};

typedef enum { TAKES_NOTHING, TAKES_TEXT, TAKES_SIZE, TAKES_TIME } takes;

#define ONLY(name) (1u << GEN_CACHE_##name)
#define ALL (ONLY(COMMANDS) - 1)

typedef struct {
    const char *name, *value; /* NULL: it takes none */
    takes takes;
    size_t member;     /* of gen_cache_options */
    unsigned commands; /* that have it */
    const char *help;
} option;

static const option options[] = {
    {"--json", NULL, TAKES_NOTHING, offsetof(gen_cache_options, as_json),
     ONLY(LS) | ONLY(SHOW) | ONLY(STATS), "an array of objects"},
    {"--long", NULL, TAKES_NOTHING, offsetof(gen_cache_options, is_long),
     ONLY(LS), "do not cut lines to the width of the terminal"},
    {"--max-size", "SIZE", TAKES_SIZE, offsetof(gen_cache_options, max_bytes),
     ONLY(PRUNE), "until they take no more: 64MB, 1GiB, 1G"},
    {"--older-than", "TIME", TAKES_TIME,
     offsetof(gen_cache_options, older_than_ns), ONLY(PRUNE),
     "what was written longer ago: 90s, 12h, 30d"},
    {"--dir", "DIR", TAKES_TEXT, offsetof(gen_cache_options, folder), ALL,
     "this cache directory"},
    {"--redis", "URL", TAKES_TEXT, offsetof(gen_cache_options, redis), ALL,
     "this server, and not the cache directory"},
    {"--store", "NAME", TAKES_TEXT, offsetof(gen_cache_options, store), ALL,
     "only what persist=\"NAME\" keeps: disk, dir, redis"},
    {"--help", NULL, TAKES_NOTHING, offsetof(gen_cache_options, wants_help),
     ALL, "this text"},
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

static const char *const stores[] = {"disk", "dir", "redis"};

/* ---- reading -------------------------------------------------------------
 */

typedef struct {
    gen_arena *arena;
    gen_cache_options *out;
    int argc, at;
    char *const *argv;
    unsigned seen; /* options, by their number */
    const char *error;
} reading;

static bool fail(reading *from, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool fail(reading *from, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    from->error = gen_arena_vformat(from->arena, format, list);
    va_end(list);
    return false;
}

const char *gen_cache_nearest_command(const char *word)
{
    const char *names[GEN_CACHE_COMMANDS];

    for (size_t i = 0; i < GEN_CACHE_COMMANDS; i++)
        names[i] = commands[i].name;
    return gen_nearest(word, names, GEN_CACHE_COMMANDS);
}

static bool fail_unknown(reading *from, const char *word)
{
    const char *names[OPTION_COUNT], *near;

    for (size_t i = 0; i < OPTION_COUNT; i++)
        names[i] = options[i].name;
    word = gen_arena_copy(from->arena, word, strcspn(word, "="));
    near = strlen(word) > 3 ? gen_nearest(word, names, OPTION_COUNT) : NULL;
    if (near)
        return fail(from, "unknown option '%s'; did you mean '%s'?", word,
                    near);
    return fail(from, "unknown option '%s'; see memogen cache --help", word);
}

/* Sizes may also have the units of MEMO_DISK_MAX. */
static const char *read_size(reading *from, uint64_t *out, const char *text)
{
    size_t size = strlen(text);

    if (size > 1 && strchr("KMGT", text[size - 1]))
        text = gen_arena_format(from->arena, "%siB", text);
    return gen_value_bytes(from->arena, out, text, strlen(text));
}

static bool set(reading *from, const option *read, const char *value)
{
    void *member = (char *)from->out + read->member;
    const char *wrong = NULL;

    switch (read->takes) {
    case TAKES_NOTHING:
        *(bool *)member = true;
        break;
    case TAKES_TEXT:
        *(const char **)member = value;
        break;
    case TAKES_SIZE:
        wrong = read_size(from, member, value);
        break;
    case TAKES_TIME:
        wrong = gen_value_time(from->arena, member, value, strlen(value));
        break;
    }
    return !wrong || fail(from, "%s: %s, not '%s'", read->name, wrong, value);
}

/* "--name value" or "--name=value" */
static bool read_option(reading *from, const char *word)
{
    const size_t size = strcspn(word, "=");
    const option *read = options;
    const char *value = NULL;

    if (strcmp(word, "-h") == 0)
        word = "--help";
    while (read < options + OPTION_COUNT &&
           (strlen(read->name) != strcspn(word, "=") ||
            strncmp(read->name, word, strlen(read->name)) != 0))
        read++;
    if (read == options + OPTION_COUNT)
        return fail_unknown(from, word);
    if (from->seen & 1u << (read - options))
        return fail(from, "%s is given twice", read->name);
    from->seen |= 1u << (read - options);
    if (word[size] == '=' && read->takes == TAKES_NOTHING)
        return fail(from, "%s takes no value", read->name);
    if (word[size] == '=')
        value = word + size + 1;
    else if (read->takes != TAKES_NOTHING && from->at < from->argc)
        value = from->argv[from->at++];
    if (read->takes != TAKES_NOTHING && (!value || value[0] == '\0'))
        return fail(from, "%s needs a value: %s %s", read->name, read->name,
                    read->value);
    return set(from, read, value);
}

/* The first word is the command, if it is one. */
static bool read_word(reading *from, const char *word, bool *is_first)
{
    gen_cache_options *out = from->out;

    if (*is_first) {
        *is_first = false;
        for (size_t i = 0; i < GEN_CACHE_COMMANDS; i++) {
            if (strcmp(commands[i].name, word) == 0) {
                out->command = (gen_cache_command)i;
                out->is_named = true;
                return true;
            }
        }
    }
    if (!commands[out->command].operand)
        return fail(from, "memogen cache %s takes no '%s'",
                    commands[out->command].name, word);
    if (out->operand)
        return fail(from, "memogen cache %s takes one %s; '%s' is one more",
                    commands[out->command].name, commands[out->command].operand,
                    word);
    out->operand = word;
    return true;
}

static bool read_words(reading *from)
{
    bool is_first = true, is_option = true;

    while (from->at < from->argc) {
        const char *word = from->argv[from->at++];

        if (is_option && strcmp(word, "--") == 0)
            is_option = false;
        else if (is_option && word[0] == '-' && word[1] != '\0') {
            if (!read_option(from, word))
                return false;
        } else if (!read_word(from, word, &is_first))
            return false;
    }
    return true;
}

/* ---- what belongs together -----------------------------------------------
 */

static bool check_store(reading *from)
{
    const char *store = from->out->store, *near;
    bool is_redis = store && strcmp(store, "redis") == 0;

    if (from->out->folder && from->out->redis)
        return fail(from, "--dir and --redis exclude each other");
    if (!store)
        return true;
    for (size_t i = 0; i < sizeof stores / sizeof *stores; i++) {
        if (strcmp(stores[i], store) != 0)
            continue;
        if (is_redis && from->out->folder)
            return fail(from, "--dir and --store redis exclude each other");
        if (!is_redis && from->out->redis)
            return fail(from, "--redis and --store %s exclude each other",
                        store);
        return true;
    }
    near = gen_nearest(store, stores, sizeof stores / sizeof *stores);
    return near ? fail(from, "unknown store '%s'; did you mean '%s'?", store,
                       near)
                : fail(from, "unknown store '%s'; there are disk, dir, redis",
                       store);
}

static bool check(reading *from)
{
    const command *asked = &commands[from->out->command];

    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((from->seen & 1u << i) &&
            !(options[i].commands & 1u << from->out->command))
            return fail(from, "memogen cache %s takes no %s", asked->name,
                        options[i].name);
    }
    if (asked->needs_operand && !from->out->operand)
        return fail(from, "memogen cache %s needs the %s", asked->name,
                    asked->operand);
    if (from->out->command == GEN_CACHE_PRUNE && from->out->max_bytes == 0 &&
        from->out->older_than_ns == 0)
        return fail(from,
                    "memogen cache prune needs --max-size or --older-than");
    return check_store(from);
}

bool gen_cache_options_parse(gen_cache_options *out, gen_arena *arena, int argc,
                             char *const argv[], const char **error)
{
    reading from = {.arena = arena, .out = out, .argc = argc, .argv = argv};
    bool is_good;

    *out = (gen_cache_options){.command = GEN_CACHE_LS};
    is_good = read_words(&from) && (out->wants_help || check(&from));
    if (!is_good)
        *error = from.error;
    return is_good;
}

/* ---- help ----------------------------------------------------------------
 */

static void print_line(FILE *file, const char *name, const char *value,
                       const char *help)
{
    int width =
        fprintf(file, "  %s%s%s", name, value ? " " : "", value ? value : "");

    fprintf(file, "%*s%s\n", width < 22 ? 22 - width : 2, "", help);
}

static void print_options(FILE *file, unsigned of)
{
    fputs("\nOptions:\n", file);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (options[i].commands & of)
            print_line(file, options[i].name, options[i].value,
                       options[i].help);
    }
}

void gen_cache_options_print_help(FILE *file, const gen_cache_options *asked)
{
    const command *named = &commands[asked->command];

    if (asked->is_named) {
        fprintf(file, "Usage: memogen cache %s %s%s%s[options]\n%c%s.\n",
                named->name, named->needs_operand || !named->operand ? "" : "[",
                named->operand ? named->operand : "",
                !named->operand        ? ""
                : named->needs_operand ? " "
                                       : "] ",
                named->help[0] - 'a' + 'A', named->help + 1);
        print_options(file, 1u << asked->command);
        return;
    }
    fputs("Usage: memogen cache [COMMAND] [options]\n"
          "Look after the results that functions with persist=... keep.\n"
          "\nCommands; without one, ls:\n",
          file);
    for (size_t i = 0; i < GEN_CACHE_COMMANDS; i++)
        print_line(file, commands[i].name, commands[i].operand,
                   commands[i].help);
    print_options(file, ALL);
    fputs("\nWithout --dir and --redis, the cache directory is looked at, and "
          "the server\nthat MEMO_REDIS_URL names.\n"
          "\nExit code: 0 done, 1 something is damaged, 2 wrong usage, or "
          "something cannot\nbe read or written.\n",
          file);
}

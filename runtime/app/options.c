#include "app/options.h"

#include "app/translate.h"
#include "elements/fail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { NUMBER, TEXT, LIST, PATH, COLOR, ORIGIN, DARK, FLAG } value_kind;

/* Where a value goes, as a place in st_options. */
typedef struct {
    const char *name, *value; /* "--port", "N" */
    const char *help;
    value_kind kind;
    size_t at, count_at; /* of a list: its number as well */
    unsigned least, most;
} option;

#define AT(member) offsetof(st_options, member)

static const option all[] = {
    {"--port", "N", "port to listen on (8501)", NUMBER, AT(port), 0, 0, 65535},
    {"--address", "IP", "address to listen on (127.0.0.1)", TEXT, AT(address),
     0, 0, 0},
    {"--base-url-path", "PATH", "serve the page below this path", PATH,
     AT(base_path), 0, 0, 0},
    {"--allow-host", "NAME",
     "a name by which browsers know this host; may be repeated", LIST,
     AT(hosts), AT(host_count), 0, 0},
    {"--allow-origin", "URL",
     "a server whose images, sounds and films the page may show; may be "
     "repeated",
     ORIGIN, AT(origins), AT(origin_count), 0, 0},
    {"--max-upload-mb", "N", "largest file that can be uploaded (200)", NUMBER,
     AT(max_upload_mb), 0, 1, 4096},
    {"--max-sessions", "N", "tabs that may be open at once (1000)", NUMBER,
     AT(max_sessions), 0, 1, 100000},
    {"--max-runs", "N", "pages that are drawn at once (64)", NUMBER,
     AT(max_runs), 0, 1, 10000},
    {"--tls-cert", "FILE", "certificate, in PEM: serve https", TEXT,
     AT(tls_cert), 0, 0, 0},
    {"--tls-key", "FILE", "its private key", TEXT, AT(tls_key), 0, 0, 0},
    {"--theme", "light|dark", "colours to begin with", DARK, AT(theme.is_dark),
     0, 0, 0},
    {"--primary-color", "#RRGGBB", "colour of what can be pressed", COLOR,
     AT(theme.primary_color), 0, 0, 0},
    {"--background-color", "#RRGGBB", "colour of the page", COLOR,
     AT(theme.background_color), 0, 0, 0},
    {"--secondary-background-color", "#RRGGBB", "colour of the sidebar", COLOR,
     AT(theme.secondary_background_color), 0, 0, 0},
    {"--text-color", "#RRGGBB", "colour of texts", COLOR, AT(theme.text_color),
     0, 0, 0},
    {"--front", "DIR", "where the front end lies", TEXT, AT(front), 0, 0, 0},
    {"--headless", NULL, "draw the page once, print it as text, and end", FLAG,
     AT(is_headless), 0, 0, 0},
    {"--help", NULL, "show this", FLAG, AT(is_help), 0, 0, 0},
};
enum { COUNT = sizeof all / sizeof *all };

void st_options_print(const char *program)
{
    printf("Usage: %s [option...]\n\n"
           "Shows its page to browsers.\n\n",
           program);
    for (size_t i = 0; i < COUNT; i++) {
        char left[60];

        snprintf(left, sizeof left, "%s%s%s", all[i].name,
                 all[i].value ? " " : "", all[i].value ? all[i].value : "");
        printf("  %-38s %s\n", left, all[i].help);
    }
}

/* ---- values -------------------------------------------------------------- */

static st_status read_number(unsigned *out, const option *of, const char *text,
                             st_failure *error)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end || number < of->least ||
        number > of->most)
        return st_explain(error, ST_BAD_VALUE,
                          "%s: '%s' is no number from %u to %u", of->name, text,
                          of->least, of->most);
    *out = (unsigned)number;
    return ST_OK;
}

static bool is_path(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789-_./~") == strlen(text) &&
           !strstr(text, "//") && !strstr(text, "..");
}

/* "" or "/a/b", from "a/b/" or the like.  `text` is changed. */
static st_status read_path(const char **out, const option *of, char *text,
                           st_failure *error)
{
    size_t size = strlen(text);

    if (!is_path(text) || (*text && *text != '/'))
        return st_explain(error, ST_BAD_VALUE,
                          "%s: '%s' is no path, such as /tools/rod", of->name,
                          text);
    while (size > 0 && text[size - 1] == '/')
        text[--size] = '\0';
    *out = text;
    return ST_OK;
}

static st_status check_color(const option *of, const char *text,
                             st_failure *error)
{
    size_t digits =
        *text == '#' ? strspn(text + 1, "0123456789abcdefABCDEF") : 0;

    return digits == strlen(text) - 1 && (digits == 3 || digits == 6)
               ? ST_OK
               : st_explain(error, ST_BAD_VALUE,
                            "%s: '%s' is no colour, such as #ff4b4b", of->name,
                            text);
}

static st_status check_origin(const option *of, const char *text,
                              st_failure *error)
{
    char origin[ST_ORIGIN_SIZE];

    return st_frame_origin(origin, text) && strcmp(origin, text) == 0
               ? ST_OK
               : st_explain(
                     error, ST_BAD_VALUE,
                     "%s: '%s' is no server, such as https://example.org",
                     of->name, text);
}

static void add(st_options *out, const option *of, const char *text)
{
    const char ***list = (const char ***)(void *)((char *)out + of->at);
    size_t *count = (size_t *)(void *)((char *)out + of->count_at);

    (*list)[(*count)++] = text;
}

static st_status read_value(st_options *out, const option *of, char *text,
                            st_failure *error)
{
    void *place = (char *)out + of->at;
    st_status status = ST_OK;

    switch (of->kind) {
    case NUMBER:
        return read_number(place, of, text, error);
    case PATH:
        return read_path(place, of, text, error);
    case DARK:
        if (strcmp(text, "dark") != 0 && strcmp(text, "light") != 0)
            return st_explain(error, ST_BAD_VALUE,
                              "%s: '%s' is not light or dark", of->name, text);
        *(bool *)place = strcmp(text, "dark") == 0;
        return ST_OK;
    case ORIGIN:
        status = check_origin(of, text, error);
        if (status == ST_OK && out->origin_count == ST_MOST_ORIGINS)
            return st_explain(error, ST_BAD_VALUE, "%s: these are more than %d",
                              of->name, ST_MOST_ORIGINS);
        if (status == ST_OK)
            add(out, of, text);
        return status;
    case LIST:
        add(out, of, text);
        return ST_OK;
    case COLOR:
        status = check_color(of, text, error);
        break;
    default:
        break;
    }
    if (status == ST_OK)
        *(const char **)place = text;
    return status;
}

/* ---- words --------------------------------------------------------------- */

/* The option that a word names, "--port" or "--port=80"; `*value` is behind the
 * equals sign, NULL: there is none. */
static const option *find(char *word, char **value)
{
    size_t size = strcspn(word, "=");

    *value = word[size] ? word + size + 1 : NULL;
    for (size_t i = 0; i < COUNT; i++) {
        if (strlen(all[i].name) == size &&
            strncmp(all[i].name, word, size) == 0)
            return &all[i];
    }
    return NULL;
}

static st_status read_words(st_options *out, int argc, char **argv,
                            st_failure *error)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        char *value;
        const option *found = find(argv[i], &value);
        st_status status;

        if (!found && argv[i][0] != '-')
            continue;
        if (!found)
            return st_explain(
                error, ST_BAD_VALUE,
                "unknown option '%s'; --help shows all, and words "
                "of the program's own stand behind --",
                argv[i]);
        if (found->kind == FLAG && value)
            return st_explain(error, ST_BAD_VALUE, "%s has no value",
                              found->name);
        if (found->kind == FLAG) {
            *(bool *)(void *)((char *)out + found->at) = true;
            continue;
        }
        if (!value && i + 1 == argc)
            return st_explain(error, ST_BAD_VALUE, "%s needs a value: %s",
                              found->name, found->value);
        status = read_value(out, found, value ? value : argv[++i], error);
        if (status != ST_OK)
            return status;
    }
    if (!out->tls_cert != !out->tls_key)
        return st_explain(error, ST_BAD_VALUE,
                          "--tls-cert and --tls-key go together");
    return ST_OK;
}

st_status st_options_read(st_options *out, int argc, char **argv,
                          st_failure *error)
{
    size_t most = (size_t)argc + 1;
    st_status status;

    *out = (st_options){.address = "127.0.0.1",
                        .base_path = "",
                        .port = 8501,
                        .max_upload_mb = 200,
                        .max_sessions = 1000,
                        .max_runs = 64};
    out->hosts = calloc(most, sizeof *out->hosts);
    out->origins = calloc(most, sizeof *out->origins);
    status = out->hosts && out->origins
                 ? read_words(out, argc, argv, error)
                 : st_explain(error, ST_NO_MEMORY, "out of memory");
    if (status != ST_OK)
        st_options_finish(out);
    return status;
}

void st_options_finish(st_options *options)
{
    free(options->hosts);
    free(options->origins);
    options->hosts = options->origins = NULL;
}

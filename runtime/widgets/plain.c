#include "widgets/plain.h"

#include "elements/fail.h"
#include "elements/messages.pb-c.h"
#include "widgets/calendar.h"
#include "widgets/dump.h"
#include "widgets/session.h"

#include <string.h>

enum { BAR_WIDTH = 40 };

/* Where it is written, and what is known of widgets. */
typedef struct {
    FILE *out;
    const st_session *session;
    unsigned indent;
} printer;

static void begin_line(const printer *p)
{
    fprintf(p->out, "%*s", (int)(2 * p->indent), "");
}

/* Lines that begin alike. */
static void print_lines(const printer *p, const char *first, const char *text)
{
    do {
        size_t length = strcspn(text, "\n");

        begin_line(p);
        fprintf(p->out, "%s%.*s\n", first, (int)length, text);
        text += length + (text[length] == '\n');
    } while (*text);
}

static void print_underlined(const printer *p, const char *text, char line)
{
    size_t width = 0;

    for (const char *at = text; *at; at++) /* characters, not bytes */
        width += ((unsigned char)*at & 0xC0) != 0x80;
    print_lines(p, "", text);
    begin_line(p);
    while (width-- > 0)
        putc(line, p->out);
    putc('\n', p->out);
}

static void print_heading(const printer *p, const St__Heading *heading)
{
    if (strcmp(heading->tag, "h1") == 0)
        print_underlined(p, heading->body, '=');
    else if (strcmp(heading->tag, "h2") == 0)
        print_underlined(p, heading->body, '-');
    else
        print_lines(p, "", heading->body);
}

static void print_alert(const printer *p, const St__Alert *alert)
{
    static const char *const names[] = {
        "", "Error: ", "Warning: ", "Info: ", "Success: "};
    bool is_known = alert->format >= 0 &&
                    (size_t)alert->format < sizeof names / sizeof *names;

    print_lines(p, is_known ? names[alert->format] : "", alert->body);
}

static void print_metric(const printer *p, const St__Metric *metric)
{
    begin_line(p);
    fprintf(p->out, "%s: %s", metric->label, metric->body);
    if (*metric->delta)
        fprintf(p->out, " (%s)", metric->delta);
    putc('\n', p->out);
}

static void print_progress(const printer *p, const St__Progress *progress)
{
    begin_line(p);
    putc('[', p->out);
    for (uint32_t i = 0; i < BAR_WIDTH; i++)
        putc(i * 100 < progress->value * BAR_WIDTH ? '#' : ' ', p->out);
    fprintf(p->out, "] %u %%%s%s\n", progress->value,
            *progress->text ? " " : "", progress->text);
}

/* ---- widgets ------------------------------------------------------------- */

/* NULL: it is not known. */
static const st_widget_state *state_of(const printer *p, const char *id)
{
    return p->session && id ? st_map_find(&p->session->widgets, id) : NULL;
}

static void print_date(const printer *p, double microseconds)
{
    char text[ST_CALENDAR_TEXT];

    fputs(st_date_print(text, st_date_from_microseconds(microseconds)), p->out);
}

static void print_numbers(const printer *p, const st_widget_state *state)
{
    for (size_t i = 0; i < st_value_count_doubles(state->value); i++) {
        double number = st_value_double_at(state->value, i);

        fputs(i ? " to " : "", p->out);
        if (state->shape.is_date)
            print_date(p, number);
        else
            fprintf(p->out, "%.15g", number);
    }
}

static void print_names(const printer *p, st_bytes files)
{
    st_file_facts file;

    for (const char *at = NULL; st_value_next_file(files, &at, &file);)
        fprintf(p->out, "%s (%llu bytes) ", file.name,
                (unsigned long long)file.size);
}

static void print_value(const printer *p, const st_widget_state *state)
{
    st_arena arena = {0};
    const char *text = NULL;

    switch (st_value_type_of(state->value)) {
    case ST_VALUE_BOOL:
        fputs(st_value_to_bool(state->value, false) ? "yes" : "no", p->out);
        break;
    case ST_VALUE_DOUBLE:
        fprintf(p->out, "%.15g", st_value_to_double(state->value, 0));
        break;
    case ST_VALUE_TEXT:
        text = st_value_to_text(&arena, state->value);
        fputs(text ? text : "", p->out);
        break;
    case ST_VALUE_DOUBLES:
        print_numbers(p, state);
        break;
    case ST_VALUE_TEXTS:
        while ((text = st_value_next_text(state->value, text)) != NULL)
            fprintf(p->out, "%s ", text);
        break;
    case ST_VALUE_FILES:
        print_names(p, state->value);
        break;
    default:
        break;
    }
    st_arena_finish(&arena);
}

static bool is_button(st_kind kind)
{
    return kind == ST_BUTTON || kind == ST_FORM_SUBMIT_BUTTON ||
           kind == ST_DOWNLOAD_BUTTON;
}

/* "[x] Nuke it", "[ Press ]", "Rows: 20". */
static void print_widget(const printer *p, const st_node *node)
{
    st_arena arena = {0};
    const char *label = st_dump_member(&arena, node, "label");
    const st_widget_state *state =
        state_of(p, st_dump_member(&arena, node, "id"));

    begin_line(p);
    label = label ? label : "";
    if (node->kind == ST_CHECKBOX) {
        fprintf(p->out, "[%c] %s",
                state && st_value_to_bool(state->value, false) ? 'x' : ' ',
                label);
    } else if (is_button(node->kind)) {
        fprintf(p->out, "[ %s ]", label);
    } else {
        fprintf(p->out, "%s: ", label);
        if (state)
            print_value(p, state);
    }
    putc('\n', p->out);
    st_arena_finish(&arena);
}

/* ---- everything ---------------------------------------------------------- */

static void print_message(const printer *p, const st_node *node,
                          const St__Element *element)
{
    switch (element->type_case) {
    case ST__ELEMENT__TYPE_TEXT:
        print_lines(p, "", element->text->body);
        break;
    case ST__ELEMENT__TYPE_MARKDOWN:
        print_lines(p, "", element->markdown->body);
        break;
    case ST__ELEMENT__TYPE_HEADING:
        print_heading(p, element->heading);
        break;
    case ST__ELEMENT__TYPE_CODE:
        print_lines(p, "    ", element->code->code_text);
        break;
    case ST__ELEMENT__TYPE_JSON:
        print_lines(p, "    ", element->json->body);
        break;
    case ST__ELEMENT__TYPE_ALERT:
        print_alert(p, element->alert);
        break;
    case ST__ELEMENT__TYPE_EXCEPTION:
        begin_line(p);
        fprintf(p->out, "%s: %s\n", element->exception->type,
                element->exception->message);
        break;
    case ST__ELEMENT__TYPE_METRIC:
        print_metric(p, element->metric);
        break;
    case ST__ELEMENT__TYPE_PROGRESS:
        print_progress(p, element->progress);
        break;
    case ST__ELEMENT__TYPE_EMPTY:
        break;
    default:
        st_dump(p->out, node, p->indent);
        break;
    }
}

static void print_element(const printer *p, const st_node *node)
{
    St__Element *element;

    if (st_kinds[node->kind].role == ST_ROLE_WIDGET) {
        print_widget(p, node);
        return;
    }
    element = st__element__unpack(NULL, node->size, node->bytes);
    if (!element)
        return;
    print_message(p, node, element);
    st__element__free_unpacked(element, NULL);
}

/* Containers are nested no deeper than the page's functions are. */
static void print_node(printer *p, const st_node *node)
{
    st_arena arena = {0};
    const char *label;

    if (!node->is_block) {
        print_element(p, node);
        return;
    }
    label = st_dump_member(&arena, node, "label");
    if (label)
        print_lines(p, "> ", label);
    p->indent += label != NULL;
    for (uint32_t i = 0; i < node->count; i++)
        print_node(p, node->children[i]);
    p->indent -= label != NULL;
    st_arena_finish(&arena);
}

void st_plain_page(FILE *out, const st_page *page)
{
    printer p = {out, page->session, 0};

    for (int root = 0; root < ST_ROOTS; root++) {
        const st_node *node = page->roots[root];

        if (root == ST_SIDE && node->count > 0)
            fputs("\n", out);
        for (uint32_t i = 0; i < node->count; i++)
            print_node(&p, node->children[i]);
    }
}

/* A page that always asks for another run has no end. */
enum { MOST_RERUNS = 100 };

ST_EXPORT st_status st_run_text(void (*draw)(void *context), void *context)
{
    st_page *page = st_page_create();
    st_status status = page ? ST_RERUN : ST_NO_MEMORY;

    for (int i = 0; i < MOST_RERUNS && status == ST_RERUN; i++)
        status = st_run(page, draw, context);
    if (page)
        st_plain_page(stdout, page);
    st_page_destroy(page);
    return status;
}

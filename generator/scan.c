/* scan.c -- where the annotations of a C text are. */
#include "scan.h"

#include "annotation_word.h"
#include "lex.h"

#include <string.h>

/* Deeper #if groups do not mend the count of braces. */
#define MAX_GROUPS 64

/* An open #if: its branches are alternatives, so each begins with the braces
 * that were open before it, and the first one counts behind its #endif. */
typedef struct {
    int depth_before;
    int depth_behind;
    size_t branch_around;
    bool has_else;
} group;

typedef struct {
    gen_arena *arena;
    const char *text;
    size_t size;
    gen_lexer lexer;
    gen_scan found;
    size_t capacity; /* of found.sites */
    size_t settled;  /* sites whose next_token is known */
    int depth;
    group groups[MAX_GROUPS];
    size_t group_count; /* may exceed MAX_GROUPS */
    size_t branch, branch_count;
} scanner;

/* A part of a text: bytes [begin, end). */
typedef struct {
    size_t begin, end;
} range;

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f' ||
           byte == '\r';
}

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
    while (at < end && is_blank(text[at]))
        at++;
    return at;
}

static bool is_line_comment(const char *text, gen_token comment)
{
    size_t at = comment.offset + 1;

    /* A splice may stand between the slashes. */
    while (text[at] != '/' && text[at] != '*')
        at++;
    return text[at] == '/';
}

/* Where the closing sign of a block comment begins, whose opening star is at
 * `opening`; `end` if nothing closes it. */
static size_t find_closing(const char *text, size_t opening, size_t end)
{
    size_t at = end - 1; /* the slash, if it is closed */

    if (text[at] != '/')
        return end;
    while (at > opening && text[at - 1] == '\n') { /* a splice */
        at--;
        while (at > opening && is_blank(text[at - 1]))
            at--;
        if (at == opening || text[at - 1] != '\\')
            return end;
        at--;
    }
    return at - 1 > opening && text[at - 1] == '*' ? at - 1 : end;
}

/* What stands between the signs of a comment; "///", "//!", "///<", the like
 * of block comments, and a row of stars are signs. */
static range comment_inside(const char *text, gen_token comment)
{
    range inside = {comment.offset + 1, comment.offset + comment.size};
    const bool is_line = is_line_comment(text, comment);
    const char sign = is_line ? '/' : '*';

    while (text[inside.begin] != sign)
        inside.begin++;
    if (!is_line)
        inside.end = find_closing(text, inside.begin, inside.end);
    while (inside.begin < inside.end &&
           (text[inside.begin] == sign || text[inside.begin] == '!'))
        inside.begin++;
    if (inside.begin < inside.end && text[inside.begin] == '<')
        inside.begin++;
    return inside;
}

/* The offset behind the stars that decorate the beginning of a block comment's
 * line; `at` if the first star is part of the text ("*p"). */
static size_t skip_stars(const char *text, size_t at, size_t end)
{
    size_t behind = skip_blanks(text, at, end);

    if (behind == end || text[behind] != '*')
        return at;
    while (behind < end && text[behind] == '*')
        behind++;
    bool is_decoration = behind == end || is_blank(text[behind]) ||
                         text[behind] == '\n' || text[behind] == '@';
    return is_decoration ? behind : at;
}

/* The next annotation that opens a line of text[at, inside.end), or the end.
 * `at` is the comment's inside or the beginning of one of its lines. */
static size_t find_opening(const char *text, size_t at, range inside,
                           bool is_line)
{
    while (at < inside.end) {
        if (!is_line && at > inside.begin)
            at = skip_stars(text, at, inside.end);
        at = skip_blanks(text, at, inside.end);
        if (at < inside.end && text[at] == '@' &&
            gen_annotation_word(text + at, inside.end - at).meaning !=
                GEN_WORD_OTHER)
            return at;
        const char *newline = memchr(text + at, '\n', inside.end - at);
        if (newline == NULL)
            break;
        at = (size_t)(newline - text) + 1;
    }
    return inside.end;
}

static gen_annotation_site *add_site(scanner *scan)
{
    gen_scan *found = &scan->found;

    if (found->count == scan->capacity) {
        scan->capacity = scan->capacity == 0 ? 16 : scan->capacity * 2;
        gen_annotation_site *sites =
            GEN_NEW_ARRAY(scan->arena, gen_annotation_site, scan->capacity);
        if (found->count > 0)
            memcpy(sites, found->sites, sizeof *sites * found->count);
        found->sites = sites;
    }
    return &found->sites[found->count++];
}

/* Copy text[part.begin, part.end) into a site's text, which is blank so far;
 * newlines, the splices before them and decorating stars stay blank. */
static void copy_part(char *to, const char *text, range part, bool is_line)
{
    size_t at = part.begin;

    while (at < part.end) {
        const char *newline = memchr(text + at, '\n', part.end - at);
        size_t end = newline == NULL ? part.end : (size_t)(newline - text);
        size_t last = end;
        while (last > at && is_blank(text[last - 1]))
            last--;
        if (newline != NULL && last > at && text[last - 1] == '\\')
            last--;
        if (at > part.begin && !is_line)
            at = skip_stars(text, at, end);
        if (at < last)
            memcpy(to + (at - part.begin), text + at, last - at);
        at = end + 1;
    }
}

/* Count the parentheses that open behind the word and stay open; `*depth` is
 * what was open before, 0 at the annotation's beginning. */
static bool is_open_behind(const char *text, range part, int *depth)
{
    gen_lexer lexer = gen_lexer_begin(text, part.begin, part.end);
    gen_token token;

    lexer.at_line_start = false;
    while ((token = gen_lexer_next(&lexer)).kind != GEN_TOKEN_END) {
        if (gen_token_is(text, token, "("))
            *depth += 1;
        else if (gen_token_is(text, token, ")"))
            *depth -= 1;
        if (*depth == 0)
            return false; /* closed, or never opened: the rest is prose */
    }
    return *depth > 0;
}

/* Is `comment` a line comment on the line after `before`, and does no
 * annotation begin in it? */
static bool continues(const scanner *scan, gen_token before, gen_token comment)
{
    const size_t end = before.offset + before.size;

    if (comment.kind != GEN_TOKEN_COMMENT || !comment.is_first ||
        !is_line_comment(scan->text, comment))
        return false;
    size_t newlines = 0;
    for (size_t at = end; at < comment.offset; at++)
        newlines += scan->text[at] == '\n';
    range inside = comment_inside(scan->text, comment);
    return newlines == 1 &&
           find_opening(scan->text, inside.begin, inside, true) == inside.end;
}

/* Read the line comments that an annotation in `comment` goes on over.
 * `first` is its text there; the result is the last of these comments. */
static gen_token read_continued(scanner *scan, gen_token comment, range first)
{
    const gen_word word =
        gen_annotation_word(scan->text + first.begin, first.end - first.begin);
    int depth = 0;
    range part = {first.begin + word.size, first.end};

    while (is_open_behind(scan->text, part, &depth)) {
        gen_lexer ahead = scan->lexer;
        gen_token next = gen_lexer_next(&ahead);
        if (!continues(scan, comment, next))
            break;
        scan->lexer = ahead;
        comment = next;
        part = comment_inside(scan->text, comment);
    }
    return comment;
}

/* Copy the line comments between `comment` and the end of `last`. */
static void copy_continued(scanner *scan, gen_annotation_site *site, char *to,
                           gen_token comment)
{
    gen_lexer lexer =
        gen_lexer_begin(scan->text, comment.offset + comment.size, site->end);
    gen_token next;

    lexer.wants_comments = true;
    while ((next = gen_lexer_next(&lexer)).kind == GEN_TOKEN_COMMENT) {
        range inside = comment_inside(scan->text, next);
        copy_part(to + (inside.begin - site->offset), scan->text, inside, true);
    }
}

/* Note the annotation whose text inside `comment` is `part`. */
static void note_site(scanner *scan, gen_token comment, range part,
                      bool is_trailing)
{
    const bool is_line = is_line_comment(scan->text, comment);
    gen_token last = comment;

    if (is_line && part.end == comment.offset + comment.size)
        last = read_continued(scan, comment, part);
    gen_annotation_site *site = add_site(scan);
    site->offset = part.begin;
    site->end = last.offset + last.size;
    site->is_trailing = is_trailing;
    site->depth = scan->depth;
    size_t size =
        (last.offset > comment.offset ? site->end : part.end) - site->offset;
    char *text = gen_arena_alloc(scan->arena, size + 1);
    memset(text, ' ', size);
    copy_part(text, scan->text, part, is_line);
    if (last.offset > comment.offset)
        copy_continued(scan, site, text, comment);
    while (size > 0 && is_blank(text[size - 1]))
        size--;
    text[size] = '\0';
    site->text = text;
    site->size = size;
}

static void scan_comment(scanner *scan, gen_token comment, bool is_trailing)
{
    const bool is_line = is_line_comment(scan->text, comment);
    const range inside = comment_inside(scan->text, comment);
    size_t at = find_opening(scan->text, inside.begin, inside, is_line);

    while (at < inside.end) {
        const char *newline = memchr(scan->text + at, '\n', inside.end - at);
        size_t next = inside.end;
        if (newline != NULL)
            next = find_opening(scan->text, (size_t)(newline - scan->text) + 1,
                                inside, is_line);
        note_site(scan, comment, (range){at, next}, is_trailing);
        at = next;
    }
}

static void open_group(scanner *scan)
{
    if (scan->group_count < MAX_GROUPS)
        scan->groups[scan->group_count] =
            (group){.depth_before = scan->depth, .branch_around = scan->branch};
    scan->group_count++;
    scan->branch = ++scan->branch_count;
}

static void begin_branch(scanner *scan)
{
    scan->branch = ++scan->branch_count;
    if (scan->group_count == 0 || scan->group_count > MAX_GROUPS)
        return;
    group *open = &scan->groups[scan->group_count - 1];
    if (!open->has_else)
        open->depth_behind = scan->depth;
    open->has_else = true;
    scan->depth = open->depth_before;
}

static void close_group(scanner *scan)
{
    if (scan->group_count == 0)
        return;
    scan->group_count--;
    scan->branch = scan->group_count < MAX_GROUPS
                       ? scan->groups[scan->group_count].branch_around
                       : ++scan->branch_count;
    if (scan->group_count < MAX_GROUPS &&
        scan->groups[scan->group_count].has_else)
        scan->depth = scan->groups[scan->group_count].depth_behind;
}

/* Annotations may hide in a directive's comments, and #if groups may open a
 * brace in each of their branches. */
static void scan_directive(scanner *scan, gen_token directive)
{
    static const struct {
        const char *name;
        void (*act)(scanner *);
    } actions[] = {
        {"if", open_group},        {"ifdef", open_group},
        {"ifndef", open_group},    {"elif", begin_branch},
        {"elifdef", begin_branch}, {"elifndef", begin_branch},
        {"else", begin_branch},    {"endif", close_group},
    };
    gen_lexer lexer = gen_lexer_begin(scan->text, directive.offset,
                                      directive.offset + directive.size);
    size_t index = 0;
    gen_token token;

    lexer.at_line_start = false;
    lexer.wants_comments = true;
    while ((token = gen_lexer_next(&lexer)).kind != GEN_TOKEN_END) {
        if (token.kind == GEN_TOKEN_COMMENT) {
            scan_comment(scan, token, true);
            continue;
        }
        for (size_t i = 0; index == 1 && i < sizeof actions / sizeof *actions;
             i++) {
            if (gen_token_is(scan->text, token, actions[i].name))
                actions[i].act(scan);
        }
        index++;
    }
}

/* Tell the sites since the last token what follows them. */
static void settle(scanner *scan, size_t next_token)
{
    for (; scan->settled < scan->found.count; scan->settled++) {
        gen_annotation_site *site = &scan->found.sites[scan->settled];
        site->next_token = next_token;
        site->branch = scan->branch;
        site->is_followed_by_annotation = scan->settled + 1 < scan->found.count;
    }
}

static void scan_token(scanner *scan, gen_token token)
{
    settle(scan, token.offset);
    if (gen_token_is(scan->text, token, "{") ||
        gen_token_is(scan->text, token, "<%"))
        scan->depth++;
    else if (scan->depth > 0 && (gen_token_is(scan->text, token, "}") ||
                                 gen_token_is(scan->text, token, "%>")))
        scan->depth--;
}

gen_scan gen_scan_text(gen_arena *arena, const char *text, size_t size)
{
    scanner scan = {.arena = arena,
                    .text = text,
                    .size = size,
                    .lexer = gen_lexer_begin(text, 0, size)};
    gen_token token;

    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        scan.lexer.offset = 3;
    scan.lexer.wants_comments = true;
    for (;;) {
        if (scan.settled == scan.found.count)
            gen_lexer_skip_plain(&scan.lexer);
        token = gen_lexer_next(&scan.lexer);
        if (token.kind == GEN_TOKEN_END)
            break;
        if (token.kind == GEN_TOKEN_COMMENT)
            scan_comment(&scan, token, !token.is_first);
        else if (token.kind == GEN_TOKEN_DIRECTIVE)
            scan_directive(&scan, token);
        else
            scan_token(&scan, token);
    }
    settle(&scan, size);
    return scan.found;
}

bool gen_scan_may_find(const char *text, size_t size)
{
    const char *end = text + size;
    const char *at = size == 0 ? NULL : memchr(text, '@', size);

    while (at != NULL) {
        if (gen_annotation_word(at, (size_t)(end - at)).meaning !=
            GEN_WORD_OTHER)
            return true;
        at = memchr(at + 1, '@', (size_t)(end - at) - 1);
    }
    return false;
}

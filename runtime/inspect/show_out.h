/* show_out.h -- nested values as text for people or as JSON.
 *
 * Whoever shows something says what it consists of; separators, quotes, escapes
 * and the closing of all that was opened are done here, so that JSON is valid
 * wherever the showing ends.  It knows no types.
 */
#ifndef MEMO_INSPECT_SHOW_OUT_H
#define MEMO_INSPECT_SHOW_OUT_H

#include "cache/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is shown of one list of arguments, or one result. */
#define MEMO_SHOW_BYTES ((size_t)64 << 10)

/* Lists and structs in one another. */
#define MEMO_SHOW_DEPTH 64

/* Elements of a list, bytes of a text. */
#define MEMO_SHOW_ELEMENTS 20
#define MEMO_SHOW_TEXT_BYTES 1024

typedef enum { MEMO_SHOW_TEXT, MEMO_SHOW_JSON } memo_show_form;

typedef struct {
    memo_sink *sink;
    memo_show_form form;
    size_t size;    /* bytes that were shown */
    bool is_full;   /* no more is shown */
    bool has_begun; /* what comes next belongs to what is there already */
    unsigned depth;
    bool is_list[MEMO_SHOW_DEPTH]; /* else members with names */
    bool has_any[MEMO_SHOW_DEPTH];
} memo_show_out;

/* Begin with members, which in text have no braces around them.  Close them at
 * the end. */
void memo_show_begin(memo_show_out *out, memo_sink *sink, memo_show_form form);

/* One more level: a list of values, or members.
 * Errors: false: it is too deep or too much; nothing was opened. */
bool memo_show_open(memo_show_out *out, bool is_list);
void memo_show_close(memo_show_out *out);

/* The name of the next value, a member. */
void memo_show_name(memo_show_out *out, const char *name);

/* Text before the next value; JSON has none. */
void memo_show_prefix(memo_show_out *out, const char *text);

/* Text behind a value; JSON has none. */
void memo_show_suffix(memo_show_out *out, const char *text);

/* A value that is written as it is in both forms: a number, true. */
void memo_show_word(memo_show_out *out, const char *word);

/* A number that JSON cannot say is a string there. */
void memo_show_odd_word(memo_show_out *out, const char *word);

/* NULL, which is null in JSON. */
void memo_show_null(memo_show_out *out);

/* Characters in quotes, the first of them. */
void memo_show_text(memo_show_out *out, const unsigned char *bytes,
                    uint64_t size);

/* What stands for something that is not shown; a string in JSON. */
void memo_show_note(memo_show_out *out, const char *format, ...)
    __attribute__((__format__(__printf__, 2, 3)));

/* The same within a list: so many more elements. */
void memo_show_more(memo_show_out *out, uint64_t count);

/* Would these bytes be read as text? */
bool memo_show_is_text(const unsigned char *bytes, uint64_t size);

#endif

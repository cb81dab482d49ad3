/* json.c -- values as JSON text. */
#include "json.h"

#include "utf8.h"

#include <string.h>

static void append_byte(gen_text *out, unsigned char byte)
{
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = byte == '\0' ? NULL : strchr(plain, byte);

    if (found != NULL)
        gen_text_append_format(out, "\\%c", letters[found - plain]);
    else if (byte < 0x20 || byte == 0x7f)
        gen_text_append_format(out, "\\u%04x", byte);
    else
        gen_text_append_char(out, (char)byte);
}

void gen_json_append(gen_text *out, const char *text, size_t size)
{
    gen_text_append_char(out, '"');
    for (size_t at = 0; at < size;) {
        size_t bytes = gen_utf8_size(text + at, size - at);
        if (bytes == 0)
            gen_text_append_string(out, "\xef\xbf\xbd");
        else if (bytes == 1)
            append_byte(out, (unsigned char)text[at]);
        else
            gen_text_append(out, text + at, bytes);
        at += bytes == 0 ? 1 : bytes;
    }
    gen_text_append_char(out, '"');
}

void gen_json_append_string(gen_text *out, const char *string)
{
    if (string == NULL)
        gen_text_append_string(out, "null");
    else
        gen_json_append(out, string, strlen(string));
}

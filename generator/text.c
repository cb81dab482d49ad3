/* text.c -- a text that grows. */
#include "text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void stop_without_memory(void)
{
    fputs("memogen: error: out of memory\n", stderr);
    exit(2);
}

/* Make room for `size` more bytes and the NUL. */
static void reserve(gen_text *text, size_t size)
{
    if (size > SIZE_MAX / 2 - text->size - 1)
        stop_without_memory();
    size_t needed = text->size + size + 1;
    if (needed <= text->capacity)
        return;
    size_t capacity = text->capacity < 64 ? 64 : text->capacity;
    while (capacity < needed)
        capacity *= 2;
    char *data = realloc(text->data, capacity);
    if (data == NULL)
        stop_without_memory();
    text->data = data;
    text->capacity = capacity;
}

void gen_text_append(gen_text *text, const char *bytes, size_t size)
{
    reserve(text, size);
    if (size > 0)
        memcpy(text->data + text->size, bytes, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void gen_text_append_string(gen_text *text, const char *string)
{
    gen_text_append(text, string, strlen(string));
}

void gen_text_append_char(gen_text *text, char byte)
{
    gen_text_append(text, &byte, 1);
}

void gen_text_append_format(gen_text *text, const char *format, ...)
{
    va_list list, again;

    va_start(list, format);
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    /* Only a text of over 2 GiB is refused here. */
    if (size < 0)
        stop_without_memory();
    reserve(text, (size_t)size);
    vsnprintf(text->data + text->size, (size_t)size + 1, format, list);
    va_end(list);
    text->size += (size_t)size;
}

void gen_text_finish(gen_text *text)
{
    free(text->data);
    *text = (gen_text){0};
}

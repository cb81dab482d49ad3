#include "elements/frame_utf8.h"

#include <stdint.h>
#include <string.h>

/* Bytes that follow the first one, and the least and greatest second one. */
struct lead {
    unsigned char more, least, greatest;
};

static struct lead read_lead(unsigned char first)
{
    if (first >= 0xC2 && first <= 0xDF)
        return (struct lead){1, 0x80, 0xBF};
    if (first >= 0xE0 && first <= 0xEF)
        return (struct lead){2, first == 0xE0 ? 0xA0 : 0x80,
                             first == 0xED ? 0x9F : 0xBF};
    if (first >= 0xF0 && first <= 0xF4)
        return (struct lead){3, first == 0xF0 ? 0x90 : 0x80,
                             first == 0xF4 ? 0x8F : 0xBF};
    return (struct lead){0, 0, 0};
}

/* Bytes of the character that begins here, which is not ASCII; 0 = none. */
static size_t read_character(const unsigned char *at, size_t left)
{
    struct lead lead = read_lead(*at);

    if (lead.more == 0 || left <= lead.more || at[1] < lead.least ||
        at[1] > lead.greatest)
        return 0;
    for (size_t i = 2; i <= lead.more; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    }
    return lead.more + 1u;
}

size_t st_utf8_prefix(const void *bytes, size_t size)
{
    const unsigned char *from = bytes;
    size_t at = 0;

    while (at < size) {
        uint64_t word = UINT64_MAX;
        size_t length = 1;

        if (size - at >= sizeof word)
            memcpy(&word, from + at, sizeof word);
        if ((word & 0x8080808080808080u) == 0)
            length = sizeof word;
        else if (from[at] >= 0x80)
            length = read_character(from + at, size - at);
        if (length == 0)
            return at;
        at += length;
    }
    return at;
}

st_shown st_show(const char *name)
{
    const size_t most = sizeof(st_shown) - sizeof "...";
    st_shown shown = {""};
    size_t length = st_utf8_prefix(name, strnlen(name, most));

    memcpy(shown.text, name, length);
    for (char *at = shown.text; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            *at = ' ';
    }
    if (name[length] != '\0')
        memcpy(shown.text + length, "...", sizeof "...");
    return shown;
}

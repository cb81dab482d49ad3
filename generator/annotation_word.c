/* annotation_word.c -- the words that open an annotation. */
#include "annotation_word.h"

#include "diagnostic.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* Longer words are not ours. */
#define MAX_WORD_BYTES 60

/* Names and meanings, in the same order. */
static const char *const names[] = {
    "memo",      "experimental_memo",      "cache_data",
    "singleton", "experimental_singleton", "cache_resource",
    "memo_type",
};
static const gen_word_meaning meanings[] = {
    GEN_WORD_MEMO,      GEN_WORD_MEMO,      GEN_WORD_MEMO, GEN_WORD_SINGLETON,
    GEN_WORD_SINGLETON, GEN_WORD_SINGLETON, GEN_WORD_TYPE,
};
static const size_t name_count = sizeof names / sizeof *names;

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

static bool begins_with(const char *word, const char *beginning)
{
    return strncasecmp(word, beginning, strlen(beginning)) == 0;
}

/* The name that is spelled like `word`, whatever its case; NULL if none. */
static const char *find_name(const char *word)
{
    for (size_t i = 0; i < name_count; i++) {
        if (strcasecmp(word, names[i]) == 0)
            return names[i];
    }
    return NULL;
}

/* The name that `word` was meant to be; NULL if it is a word of its own. */
static const char *guess_name(const char *word)
{
    /* Python's decorators have a module before the dot. */
    if (begins_with(word, "st.") || begins_with(word, "st_"))
        return find_name(word + 3);
    if (begins_with(word, "memory"))
        return NULL;
    const char *nearest = gen_nearest(word, names, name_count);
    if (nearest != NULL && strncasecmp(word, nearest, 1) == 0)
        return nearest;
    return begins_with(word, "memo") ? "memo" : NULL;
}

/* Copy the word at text[at] to `word`; its size, 0 if it is no word or too long
 * for one of ours.  `joints` may stand between its letters. */
static size_t copy_word(char word[MAX_WORD_BYTES + 1], const char *text,
                        size_t size, const char *joints)
{
    size_t length = 0;

    while (length < size && length <= MAX_WORD_BYTES) {
        bool is_joint = text[length] != '\0' &&
                        strchr(joints, text[length]) != NULL && length > 0 &&
                        length + 1 < size && is_word_byte(text[length + 1]);
        if (!is_joint && !is_word_byte(text[length]))
            break;
        word[length] = text[length];
        length++;
    }
    if (length > MAX_WORD_BYTES)
        length = 0;
    word[length] = '\0';
    return length;
}

gen_word gen_annotation_word(const char *text, size_t size)
{
    char word[MAX_WORD_BYTES + 2];
    size_t begin = 1;

    while (begin < size && (text[begin] == ' ' || text[begin] == '\t'))
        begin++;
    size_t length = copy_word(word, text + begin, size - begin, "");
    for (size_t i = 0; i < name_count; i++) {
        if (strcmp(word, names[i]) == 0 && begin == 1)
            return (gen_word){meanings[i], names[i], begin + length};
    }
    const char *guess = find_name(word);
    if (guess == NULL && begin == 1) {
        length = copy_word(word, text + begin, size - begin, "-.");
        guess = length == 0 ? NULL : guess_name(word);
    }
    size_t end = begin + length;
    if (guess == NULL || (end < size && text[end] == ':'))
        return (gen_word){.meaning = GEN_WORD_OTHER};
    return (gen_word){GEN_WORD_MISSPELT, guess, end};
}

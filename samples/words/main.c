/* main.c -- compare two long texts, free all, and compare them again. */
#include "words.h"

#include "../show.h"

#include <stdlib.h>

static const char *const syllables[] = {"me", "mo", "gen", "ra", "ti", "on",
                                        "al", "ge", "bra", "ic", "co", "de"};

/* A text of made-up words, the same one every time. */
static char *write_text(size_t first_syllable, size_t words)
{
    char *text = calloc(words, 12);
    unsigned long random = 1;
    size_t size = 0;

    if (!text)
        exit(EXIT_FAILURE);
    for (size_t i = 0; i < words; i++) {
        for (int k = 0; k < 3; k++) {
            random = (random * 1103515245 + 12345) & 0x7fffffff;
            size +=
                (size_t)sprintf(text + size, "%s",
                                syllables[first_syllable + (random >> 12) % 8]);
        }
        text[size++] = ' ';
    }
    return text;
}

static void compare(const char *one, const char *other)
{
    struct words *left, *right;
    double distance;

    SHOW(words_count, left = words_count(one));
    SHOW(words_count, right = words_count(other));
    if (!left || !right)
        exit(EXIT_FAILURE);
    SHOW(words_distance, distance = words_distance(left, right));
    printf("%ld and %ld words, %.4f letters apart; the first is \"%s\"\n",
           left->count, right->count, distance, left->all[0].text);
    words_free(left);
    words_free(right);
}

int main(void)
{
    char *one = write_text(0, 20000), *other = write_text(4, 20000);

    compare(one, other);
    compare(one, other);
    free(one);
    free(other);
    return 0;
}

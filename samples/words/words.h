/* words.h -- which words a text has, and how far two texts are apart. */
#ifndef WORDS_H
#define WORDS_H

struct word {
    char *text;
    long count;
};

struct words {
    long count;
    struct word *all; // @memo len(count)
};

/* Count the words of a text; sorted, all in small letters, cut at 63.
 * Owner: caller; words_free(). */
struct words *words_count(const char *text);

/* How many letters a word of the left is away from the nearest one of the
 * right, on average. */
double words_distance(const struct words *left, const struct words *right);

void words_free(struct words *words);

#endif

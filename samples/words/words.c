#include "words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64 }; /* letters of a word, and one */

/* Where the word is, or belongs. */
static long find(const struct words *words, const char *text)
{
    long low = 0, high = words->count;

    while (low < high) {
        long middle = low + (high - low) / 2;

        if (strcmp(words->all[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add(struct words *words, char *text)
{
    long at = find(words, text);
    struct word *all;

    if (at < words->count && strcmp(words->all[at].text, text) == 0) {
        words->all[at].count++;
        free(text);
        return;
    }
    all = realloc(words->all, (size_t)(words->count + 1) * sizeof *all);
    if (!all)
        abort();
    memmove(all + at + 1, all + at, (size_t)(words->count - at) * sizeof *all);
    all[at] = (struct word){text, 1};
    words->all = all;
    words->count++;
}

static char *lower(const char *begin, size_t size)
{
    char *copy = malloc(size + 1);

    if (!copy)
        abort();
    for (size_t i = 0; i < size; i++)
        copy[i] = (char)tolower((unsigned char)begin[i]);
    copy[size] = '\0';
    return copy;
}

// @memo
struct words *words_count(const char *text)
{
    struct words *words = calloc(1, sizeof *words);

    while (words && *text) {
        size_t size = 0;

        while (size < LONGEST - 1 && isalpha((unsigned char)text[size]))
            size++;
        if (size > 0)
            add(words, lower(text, size));
        text += size > 0 ? size : 1;
    }
    return words;
}

/* How many letters have to be changed, put in or left out.
 * Source: the distance of Levenshtein, a row of its table at a time. */
static int count_edits(const char *from, const char *to)
{
    int row[LONGEST], length = (int)strlen(to);

    for (int i = 0; i <= length; i++)
        row[i] = i;
    for (int k = 1; *from; k++, from++) {
        int diagonal = row[0];

        row[0] = k;
        for (int i = 1; i <= length; i++) {
            int best = diagonal + (*from != to[i - 1]);

            diagonal = row[i];
            if (row[i] + 1 < best)
                best = row[i] + 1;
            if (row[i - 1] + 1 < best)
                best = row[i - 1] + 1;
            row[i] = best;
        }
    }
    return row[length];
}

// @memo(deref(left), deref(right))
double words_distance(const struct words *left, const struct words *right)
{
    double sum = 0;

    for (long i = 0; i < left->count; i++) {
        int nearest = LONGEST;

        for (long k = 0; k < right->count; k++) {
            int edits = count_edits(left->all[i].text, right->all[k].text);

            if (edits < nearest)
                nearest = edits;
        }
        sum += nearest;
    }
    return left->count > 0 ? sum / (double)left->count : 0;
}

void words_free(struct words *words)
{
    for (long i = 0; words && i < words->count; i++)
        free(words->all[i].text);
    if (words)
        free(words->all);
    free(words);
}

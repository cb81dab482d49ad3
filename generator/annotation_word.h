/* annotation_word.h -- the words that open an annotation.  Pure. */
#ifndef GEN_ANNOTATION_WORD_H
#define GEN_ANNOTATION_WORD_H

#include <stddef.h>

typedef enum {
    GEN_WORD_OTHER,     /* not ours: a doxygen command, a name, an address */
    GEN_WORD_MEMO,      /* "@memo" or an alias */
    GEN_WORD_SINGLETON, /* "@singleton" or an alias */
    GEN_WORD_TYPE,      /* "@memo_type" */
    GEN_WORD_MISSPELT   /* nearly one of them: "@memoize", "@Memo", "@ memo" */
} gen_word_meaning;

typedef struct {
    gen_word_meaning meaning;
    const char *name; /* the word, or the one that was meant; never freed */
    size_t size;      /* bytes from the '@' to the word's end */
} gen_word;

/* Read the word at the beginning of `text`, which is a '@'.
 * A misspelt word directly before a ':' is not ours: documentation describes
 * parameters that way ("@mem: where to write"). */
gen_word gen_annotation_word(const char *text, size_t size);

#endif

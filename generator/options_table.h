/* options_table.h -- every option of the command line, once.
 *
 * options.c reads command lines by it, options_help.c prints it.
 */
#ifndef GEN_OPTIONS_TABLE_H
#define GEN_OPTIONS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* More options than there are. */
#define GEN_OPTION_KINDS 80

/* What belongs to the option's name. */
typedef enum {
    GEN_TAKES_NOTHING, /* --json */
    GEN_TAKES_VALUE,   /* -o DIR, -oDIR, --explain F, --explain=F */
    GEN_TAKES_CHOICE,  /* --color, --color=WHEN */
    GEN_TAKES_REST     /* -std=c11: the argument goes on as it likes */
} gen_option_takes;

typedef enum {
    GEN_ACT_MODE, /* meaning: the gen_mode */
    GEN_ACT_TEXT, /* meaning: offset of a text in gen_options */
    GEN_ACT_FLAG, /* meaning: offset of a bool in gen_options */
    GEN_ACT_COLOR,
    GEN_ACT_JOBS,
    GEN_ACT_WARNING,
    GEN_ACT_PASS, /* for the compiler's parser */
    GEN_ACT_DROP, /* says how to compile or link, which memogen does not */
    GEN_ACT_REST, /* all that follows is for the compiler's parser */
    GEN_ACT_NONE  /* no option: a line of --help about another argument */
} gen_option_act;

typedef struct {
    const char *name;
    const char *alias; /* NULL: none */
    gen_option_takes takes;
    gen_option_act act;
    size_t meaning;
    bool is_single;    /* a second one is a mistake */
    const char *value; /* what it is called in --help; NULL: none */
    const char *help;  /* NULL: not in --help, as it is one of many */
    const char *group; /* heading of --help above this option; NULL: none */
} gen_option_kind;

extern const gen_option_kind gen_option_kinds[];
extern const size_t gen_option_kind_count;

#endif

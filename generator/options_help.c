/* options_help.c -- the text of --help. */
#include "options.h"
#include "options_table.h"
#include "warning.h"

#include <string.h>

#define HELP_COLUMN 28
#define LAST_COLUMN 79

/* Print words from `column` on, in lines that begin at HELP_COLUMN. */
static void print_wrapped(FILE *file, size_t column, const char *words)
{
    if (column + 2 > HELP_COLUMN) {
        fputc('\n', file);
        column = 0;
    }
    fprintf(file, "%*s", (int)(HELP_COLUMN - column), "");
    column = HELP_COLUMN;
    while (*words != '\0') {
        size_t size = strcspn(words, " ");
        if (column > HELP_COLUMN && column + 1 + size > LAST_COLUMN) {
            fprintf(file, "\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        } else if (column > HELP_COLUMN) {
            fputc(' ', file);
            column++;
        }
        fwrite(words, 1, size, file);
        column += size;
        words += size;
        words += strspn(words, " ");
    }
    fputc('\n', file);
}

/* "-o, --output DIR|FILE.c"; a value that sticks to the name has no blank. */
static void print_kind(FILE *file, const gen_option_kind *kind)
{
    size_t column = 2 + strlen(kind->name);
    const char *blank = kind->takes == GEN_TAKES_REST     ? ""
                        : kind->takes == GEN_TAKES_CHOICE ? "[="
                                                          : " ";

    fprintf(file, "  %s", kind->name);
    if (kind->alias != NULL)
        column += (size_t)fprintf(file, ", %s", kind->alias);
    if (kind->value != NULL)
        column += (size_t)fprintf(file, "%s%s", blank, kind->value);
    if (kind->takes == GEN_TAKES_CHOICE)
        column += (size_t)fprintf(file, "]");
    print_wrapped(file, column, kind->help);
}

void gen_options_print_help(FILE *file)
{
    fputs("Usage: memogen [options] FILE.c... [-- compiler flags]\n"
          "       memogen cache [ls|show|stats|...]   what is stored; cache "
          "--help\n"
          "Rewrite C sources so that functions annotated with @memo run once "
          "per input.\n",
          file);
    for (size_t i = 0; i < gen_option_kind_count; i++) {
        const gen_option_kind *kind = &gen_option_kinds[i];
        if (kind->group != NULL)
            fprintf(file, "\n%s:\n", kind->group);
        if (kind->help != NULL)
            print_kind(file, kind);
    }
    fputs("\nWarnings, all of them on:\n", file);
    for (size_t i = 0; i < gen_warning_kind_count; i++)
        print_wrapped(file,
                      (size_t)fprintf(file, "  %s", gen_warning_kinds[i].id),
                      gen_warning_kinds[i].help);
    fputs("\nExit code: 0 done, 1 complaints about the sources or stale "
          "outputs,\n2 wrong usage, or a file that cannot be read or "
          "written.\n",
          file);
}

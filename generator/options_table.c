/* options_table.c -- every option of the command line, once. */
#include "options_table.h"

#include "options.h"

#define MEMBER(name) offsetof(gen_options, name)
#define NOTHING GEN_TAKES_NOTHING
#define VALUE GEN_TAKES_VALUE
#define REST GEN_TAKES_REST
#define PASS GEN_ACT_PASS
#define DROP GEN_ACT_DROP

/* name, alias, takes, act, meaning, is_single, value, help, group */
const gen_option_kind gen_option_kinds[] = {
    {"-o", "--output", VALUE, GEN_ACT_TEXT, MEMBER(output), true, "DIR|FILE.c",
     "write into this folder, or a single file; else into memogen-out",
     "What is written"},
    {"--stdout", NULL, NOTHING, GEN_ACT_FLAG, MEMBER(to_stdout), false, NULL,
     "write to the standard output", NULL},
    {"--check", NULL, NOTHING, GEN_ACT_MODE, GEN_MODE_CHECK, false, NULL,
     "write nothing; exit with 1 if an output is stale", NULL},
    {"--diff", NULL, NOTHING, GEN_ACT_MODE, GEN_MODE_DIFF, false, NULL,
     "write nothing; show what would change in the outputs", NULL},
    {"-MD", NULL, NOTHING, GEN_ACT_FLAG, MEMBER(writes_dependencies), false,
     NULL, "also write what the output depends on, for make and ninja", NULL},
    {"-MF", NULL, VALUE, GEN_ACT_TEXT, MEMBER(dependency_file), true, "FILE",
     "write that into this file; else beside the output, ending in .d", NULL},
    {"-MT", NULL, VALUE, GEN_ACT_TEXT, MEMBER(dependency_target), true,
     "TARGET", "the rule's target; else the output", NULL},
    {"-MP", NULL, NOTHING, GEN_ACT_FLAG, MEMBER(has_phony_targets), false, NULL,
     "add an empty rule for each header, so that it may be deleted", NULL},
    {"--templates", NULL, VALUE, GEN_ACT_TEXT, MEMBER(templates), true, "DIR",
     "use the templates in this folder in place of those of their names", NULL},
    {"--no-line", NULL, NOTHING, GEN_ACT_FLAG, MEMBER(no_line), false, NULL,
     "leave out #line: complaints are about the generated text", NULL},

    {"--list", NULL, NOTHING, GEN_ACT_MODE, GEN_MODE_LIST, false, NULL,
     "list the memoized functions", "What is told"},
    {"--explain", NULL, VALUE, GEN_ACT_MODE, GEN_MODE_EXPLAIN, true, "FUNCTION",
     "tell what is in the key of a memoized function, and why", NULL},
    {"--suggest", NULL, NOTHING, GEN_ACT_MODE, GEN_MODE_SUGGEST, false, NULL,
     "list the functions that could take @memo as they are; with --diff, a "
     "patch that annotates them",
     NULL},
    {"--json", NULL, NOTHING, GEN_ACT_FLAG, MEMBER(as_json), false, NULL,
     "complaints and answers as JSON", NULL},
    {"--dot", NULL, NOTHING, GEN_ACT_FLAG, MEMBER(as_dot), false, NULL,
     "with --explain: what the source hash covers as a graph for dot(1)", NULL},
    {"--color", NULL, GEN_TAKES_CHOICE, GEN_ACT_COLOR, 0, false,
     "auto|always|never", "colour the complaints; auto: on a terminal", NULL},
    {"-W", NULL, REST, GEN_ACT_WARNING, 0, false, "[no-]memo-NAME",
     "switch one of the warnings below on or off; -Wno-memo: all of them",
     NULL},
    {"-Werror", NULL, REST, GEN_ACT_WARNING, 0, false, "[=memo-NAME]",
     "make warnings, or this one, errors; -Wno-error[=memo-NAME]: do not",
     NULL},
    {"-q", "--quiet", NOTHING, GEN_ACT_FLAG, MEMBER(is_quiet), false, NULL,
     "no progress, no counts", NULL},
    {"--help", "-h", NOTHING, GEN_ACT_MODE, GEN_MODE_HELP, false, NULL,
     "show this and exit", NULL},
    {"--version", NULL, NOTHING, GEN_ACT_MODE, GEN_MODE_VERSION, false, NULL,
     "show the version and exit", NULL},

    {"-", NULL, NOTHING, GEN_ACT_NONE, 0, false, NULL,
     "read the standard input, and write to the standard output without -o",
     "What is read"},
    {"@FILE", NULL, NOTHING, GEN_ACT_NONE, 0, false, NULL,
     "read more arguments from a file", NULL},
    {"-j", "--jobs", VALUE, GEN_ACT_JOBS, 0, false, "N",
     "read so many files at once; else as many as there are processors", NULL},
    {"-p", NULL, VALUE, GEN_ACT_TEXT, MEMBER(database), true, "DIR",
     "take flags from this folder's compile_commands.json", NULL},
    {"-I", NULL, VALUE, PASS, 0, false, "DIR", "look for headers there", NULL},
    {"-isystem", NULL, VALUE, PASS, 0, false, "DIR",
     "look for headers there, after -I", NULL},
    {"-D", NULL, VALUE, PASS, 0, false, "NAME[=VALUE]", "define a macro", NULL},
    {"-U", NULL, VALUE, PASS, 0, false, "NAME", "undefine a macro", NULL},
    {"-include", NULL, VALUE, PASS, 0, false, "FILE",
     "read a header before the source", NULL},
    {"-std=", NULL, REST, PASS, 0, false, "STANDARD",
     "the C standard, as in -std=c11", NULL},
    {"-f", NULL, REST, PASS, 0, false, "FLAG",
     "like -m, -O and -W: a flag that the parser understands as clang does",
     NULL},
    {"--", NULL, NOTHING, GEN_ACT_REST, 0, false, "FLAGS",
     "whatever follows is for the parser", NULL},

    /* Flags of compilers that are read like the ones above. */
    {"-m", NULL, REST, PASS, 0, false, NULL, NULL, NULL},
    {"-O", NULL, REST, PASS, 0, false, NULL, NULL, NULL},
    {"-Wp,", NULL, REST, PASS, 0, false, NULL, NULL, NULL},
    {"-ansi", NULL, NOTHING, PASS, 0, false, NULL, NULL, NULL},
    {"-idirafter", NULL, VALUE, PASS, 0, false, "DIR", NULL, NULL},
    {"-imacros", NULL, VALUE, PASS, 0, false, "FILE", NULL, NULL},
    {"-iprefix", NULL, VALUE, PASS, 0, false, "PREFIX", NULL, NULL},
    {"-iquote", NULL, VALUE, PASS, 0, false, "DIR", NULL, NULL},
    {"-isysroot", NULL, VALUE, PASS, 0, false, "DIR", NULL, NULL},
    {"-iwithprefix", NULL, VALUE, PASS, 0, false, "DIR", NULL, NULL},
    {"-iwithprefixbefore", NULL, VALUE, PASS, 0, false, "DIR", NULL, NULL},
    {"-nostdinc", NULL, NOTHING, PASS, 0, false, NULL, NULL, NULL},
    {"-pedantic", NULL, NOTHING, PASS, 0, false, NULL, NULL, NULL},
    {"-pthread", NULL, NOTHING, PASS, 0, false, NULL, NULL, NULL},
    {"-target", NULL, VALUE, PASS, 0, false, "TRIPLE", NULL, NULL},
    {"-trigraphs", NULL, NOTHING, PASS, 0, false, NULL, NULL, NULL},
    {"-undef", NULL, NOTHING, PASS, 0, false, NULL, NULL, NULL},
    {"-w", NULL, NOTHING, PASS, 0, false, NULL, NULL, NULL},
    {"-x", NULL, VALUE, PASS, 0, false, "LANGUAGE", NULL, NULL},
    {"-Xclang", NULL, VALUE, PASS, 0, false, "FLAG", NULL, NULL},
    {"-Xpreprocessor", NULL, VALUE, PASS, 0, false, "FLAG", NULL, NULL},
    {"--sysroot", NULL, VALUE, PASS, 0, false, "DIR", NULL, NULL},
    {"--target", NULL, VALUE, PASS, 0, false, "TRIPLE", NULL, NULL},

    /* How to compile, link, debug or complain: CFLAGS may hold these. */
    {"-c", NULL, NOTHING, DROP, 0, false, NULL, NULL, NULL},
    {"-g", NULL, REST, DROP, 0, false, NULL, NULL, NULL},
    {"-l", NULL, REST, DROP, 0, false, NULL, NULL, NULL},
    {"-L", NULL, VALUE, DROP, 0, false, "DIR", NULL, NULL},
    {"-pedantic-errors", NULL, NOTHING, DROP, 0, false, NULL, NULL, NULL},
    {"-pg", NULL, NOTHING, DROP, 0, false, NULL, NULL, NULL},
    {"-pipe", NULL, NOTHING, DROP, 0, false, NULL, NULL, NULL},
    {"-rdynamic", NULL, NOTHING, DROP, 0, false, NULL, NULL, NULL},
    {"-s", NULL, NOTHING, DROP, 0, false, NULL, NULL, NULL},
    {"-shared", NULL, NOTHING, DROP, 0, false, NULL, NULL, NULL},
    {"-static", NULL, NOTHING, DROP, 0, false, NULL, NULL, NULL},
    {"-Wa,", NULL, REST, DROP, 0, false, NULL, NULL, NULL},
    {"-Wl,", NULL, REST, DROP, 0, false, NULL, NULL, NULL},
};

const size_t gen_option_kind_count =
    sizeof gen_option_kinds / sizeof *gen_option_kinds;

_Static_assert(sizeof gen_option_kinds / sizeof *gen_option_kinds <=
                   GEN_OPTION_KINDS,
               "tables over the options have room");

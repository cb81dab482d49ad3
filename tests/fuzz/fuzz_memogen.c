/* fuzz_memogen.c -- memogen on C sources that were changed at random.
 *
 *     fuzz_memogen [--seed N] [--seconds N] --scratch DIR --include DIR
 *                  [--compiler CC]... SOURCE...
 *     fuzz_memogen ... --once SOURCE     all ways to call memogen, no changes
 *
 * memogen's main() runs in a child for every source.  Whatever the source:
 *   - it ends by itself, with 0, 1 or 2, and no sanitizer complains;
 *   - if it fails, it says why and leaves nothing behind;
 *   - if it succeeds and a compiler takes the source, it takes the output, and
 *     without a warning if there was none;
 *   - what it has written is up to date.
 * A source that breaks one of these is kept in the scratch folder.
 * MEMO_TEST_DEPTH (quick, normal, deep) stands in for --seconds.
 */
#include "fuzz/mutate.h"
#include "support/random.h"
#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* main() of memogen.c, which is compiled for this test under another name. */
int memogen_main(int argc, char **argv);

/* Sanitizers must not end the child as memogen itself would. */
enum { SANITIZER_EXIT = 77, HANG_SECONDS = 120, MAX_POOL = 2000 };
const char *__asan_default_options(void);
const char *__lsan_default_options(void);
const char *__ubsan_default_options(void);

typedef struct {
    const char *scratch, *include;
    const char *compilers[4];
    size_t compiler_count;
    uint64_t seed;
    unsigned seconds;
    gen_text *pool;                  /* sources that may be changed further */
    size_t pool_count, source_count; /* the first ones as they were given */
    uint64_t *seen;                  /* what memogen said so far, as hashes */
    size_t seen_count;
    size_t runs, successes, compiled, strict, failures;
} fuzzer;

/* How memogen is called; `std` also for the compiler. */
typedef struct {
    const char *flags[4]; /* up to NULL */
    const char *std;
    bool writes;
} way;

static const way ways[] = {
    {{0}, NULL, true},
    {{"-MD"}, NULL, true},
    {{"--no-line"}, NULL, true},
    {{0}, "-std=gnu89", true},
    {{0}, "-std=c90", true},
    {{0}, "-std=c99", true},
    {{0}, "-std=gnu17", true},
    {{"-Wall", "-Werror"}, NULL, true},
    {{"--json"}, NULL, true},
    {{"--stdout"}, NULL, false},
    {{"--diff"}, NULL, false},
    {{"--list", "--json"}, NULL, false},
    {{"--list"}, NULL, false},
    {{"--explain", "f"}, NULL, false},
    {{"--suggest"}, NULL, false},
    {{"--suggest", "--json"}, NULL, false},
    {{"--suggest", "--diff"}, NULL, false},
};
#define WAY_COUNT (sizeof ways / sizeof ways[0])

const char *__asan_default_options(void)
{
    return "exitcode=77:detect_stack_use_after_return=1:hard_rss_limit_mb=4000";
}

const char *__lsan_default_options(void)
{
    return "exitcode=77";
}

const char *__ubsan_default_options(void)
{
    return "exitcode=77:halt_on_error=1";
}

static _Noreturn void give_up(const char *what, const char *name)
{
    fprintf(stderr, "fuzz_memogen: %s %s: %s\n", what, name, strerror(errno));
    exit(2);
}

/* ---- files ----------------------------------------------------------------
 */

static void read_file(gen_text *out, const char *path)
{
    char buffer[4096];
    size_t size;
    FILE *file = fopen(path, "rb");

    out->size = 0;
    gen_text_append(out, NULL, 0);
    if (file == NULL)
        return;
    while ((size = fread(buffer, 1, sizeof buffer, file)) > 0)
        gen_text_append(out, buffer, size);
    fclose(file);
}

static void write_file(const char *path, const gen_text *text)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL || fwrite(text->data, 1, text->size, file) != text->size ||
        fclose(file) != 0)
        give_up("cannot write", path);
}

static void remove_folder(const char *path)
{
    char file[512];
    struct dirent *entry;
    DIR *folder = opendir(path);

    if (folder == NULL)
        return;
    while ((entry = readdir(folder)) != NULL) {
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        unlink(file);
    }
    closedir(folder);
    rmdir(path);
}

/* ---- children -------------------------------------------------------------
 */

static void redirect(const char *path, int descriptor)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(SANITIZER_EXIT);
    close(file);
}

/* Run a program (or, without one, memogen in a child) with its output in
 * scratch files; the status as of waitpid(). */
static int run(bool is_memogen, char **arguments)
{
    int status, count = 0;
    const char *out = is_memogen ? "stdout" : "compiler-stdout";
    const char *err = is_memogen ? "stderr" : "compiler-stderr";
    pid_t child;

    while (arguments[count] != NULL)
        count++;
    fflush(NULL);
    child = fork();
    if (child == 0) {
        redirect(out, 1);
        redirect(err, 2);
        alarm(HANG_SECONDS);
        if (is_memogen)
            exit(memogen_main(count, arguments));
        execvp(arguments[0], arguments);
        _exit(SANITIZER_EXIT);
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        give_up("cannot run", arguments[0]);
    return status;
}

static int run_memogen(const fuzzer *f, const way *how, bool is_check)
{
    char *arguments[16];
    size_t count = 0;

    arguments[count++] = "memogen";
    for (size_t i = 0; i < 4 && how->flags[i] != NULL && !is_check; i++)
        arguments[count++] = (char *)how->flags[i];
    if (is_check)
        arguments[count++] = "--check";
    for (size_t i = 0; is_check && i < 4 && how->flags[i] != NULL; i++)
        if (strcmp(how->flags[i], "--no-line") == 0)
            arguments[count++] = "--no-line";
    arguments[count++] = "-I";
    arguments[count++] = (char *)f->include;
    if (how->std != NULL)
        arguments[count++] = (char *)how->std;
    if (how->writes || is_check) {
        arguments[count++] = "-o";
        arguments[count++] = (char *)"out";
    }
    arguments[count++] = (char *)"input.c";
    arguments[count] = NULL;
    return run(true, arguments);
}

static bool compiles(const fuzzer *f, const char *compiler, const way *how,
                     const char *path, bool is_strict)
{
    char *arguments[24] = {(char *)compiler, "-fsyntax-only", "-I",
                           (char *)f->include};
    static char *const strict[] = {"-Wall",
                                   "-Wextra",
                                   "-Wshadow",
                                   "-Wconversion",
                                   "-Wmissing-prototypes",
                                   "-Wredundant-decls",
                                   "-pedantic",
                                   "-Werror"};
    size_t count = 4;

    for (size_t i = 0; i < 8 && is_strict; i++)
        arguments[count++] = strict[i];
    if (!is_strict)
        arguments[count++] = "-w";
    if (how->std != NULL)
        arguments[count++] = (char *)how->std;
    arguments[count++] = (char *)path;
    int status = run(false, arguments);
    if (!WIFEXITED(status) || WEXITSTATUS(status) == SANITIZER_EXIT) {
        errno = ECHILD;
        give_up("cannot run", compiler);
    }
    return WEXITSTATUS(status) == 0;
}

/* ---- what must hold -------------------------------------------------------
 */

/* NULL, or what is wrong with the output. */
static const char *check_output(fuzzer *f, const way *how)
{
    const char *compiler = f->compilers[f->successes % f->compiler_count];
    const char *input = "input.c";
    const char *output = "out/input.memo.c";
    bool was_strict;

    if (access(output, R_OK) != 0)
        return "succeeds and writes no output";
    f->successes++;
    was_strict = compiles(f, compiler, how, input, true);
    f->strict += was_strict;
    if (was_strict)
        return compiles(f, compiler, how, output, true)
                   ? NULL
                   : "its output has warnings that the source has not";
    if (!compiles(f, compiler, how, input, false))
        return NULL;
    f->compiled++;
    return compiles(f, compiler, how, output, false)
               ? NULL
               : "its output does not compile, the source does";
}

static const char *check_status(int status)
{
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGALRM ? "hangs" : "crashes";
    if (WEXITSTATUS(status) == SANITIZER_EXIT)
        return "makes a sanitizer complain";
    return WEXITSTATUS(status) > 2 ? "exits with another code than 0, 1, 2"
                                   : NULL;
}

/* Run memogen on input.c; NULL, or what is wrong with it. */
static const char *check_source(fuzzer *f, const way *how, int *code)
{
    gen_text said = {0};
    const char *wrong;
    int status;

    remove_folder("out");
    status = run_memogen(f, how, false);
    f->runs++;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    wrong = check_status(status);
    if (wrong != NULL)
        return wrong;
    read_file(&said, "stderr");
    if (*code != 0) {
        if (said.size == 0)
            wrong = "fails without a word";
        else if (access("out", F_OK) == 0 || access("memogen-out", F_OK) == 0)
            wrong = "fails and leaves files behind";
    } else if (how->writes) {
        wrong = check_output(f, how);
        if (wrong == NULL && run_memogen(f, how, true) != 0)
            wrong = "calls stale what it has just written";
    } else if (access("out", F_OK) == 0 || access("memogen-out", F_OK) == 0) {
        wrong = "writes files when it should only tell";
    }
    gen_text_finish(&said);
    return wrong;
}

/* ---- the loop -------------------------------------------------------------
 */

/* Has memogen said something of the kind before?  Names and numbers aside. */
static bool is_news(fuzzer *f, int code)
{
    gen_text said = {0};
    uint64_t hash = (uint64_t)code + 1;
    bool is_quoted = false;

    read_file(&said, "stderr");
    for (size_t i = 0; i < said.size && said.data[i] != '\n'; i++) {
        char byte = said.data[i];

        is_quoted ^= byte == '\'';
        if (!is_quoted && (byte < '0' || byte > '9'))
            hash = hash * 31 + (unsigned char)byte;
    }
    gen_text_finish(&said);
    for (size_t i = 0; i < f->seen_count; i++)
        if (f->seen[i] == hash)
            return false;
    if (f->seen_count == MAX_POOL)
        return false;
    f->seen[f->seen_count++] = hash;
    return true;
}

static void add_to_pool(fuzzer *f, const gen_text *source)
{
    if (f->pool_count == MAX_POOL)
        return;
    gen_text *kept = &f->pool[f->pool_count++];
    *kept = (gen_text){0};
    gen_text_append(kept, source->data, source->size);
}

static void report(fuzzer *f, const gen_text *source, const way *how,
                   const char *wrong)
{
    char name[64];
    gen_text said = {0};

    snprintf(name, sizeof name, "failure-%zu.c", ++f->failures);
    write_file(name, source);
    fprintf(stderr, "%s/%s: memogen", f->scratch, name);
    for (size_t i = 0; i < 4 && how->flags[i] != NULL; i++)
        fprintf(stderr, " %s", how->flags[i]);
    fprintf(stderr, "%s%s %s\n", how->std != NULL ? " " : "",
            how->std != NULL ? how->std : "", wrong);
    read_file(&said, "stderr");
    fprintf(stderr, "%.2000s\n", said.data);
    read_file(&said, "compiler-stderr");
    fprintf(stderr, "%.2000s\n", said.data);
    gen_text_finish(&said);
}

static void fuzz_once(fuzzer *f, uint64_t *state)
{
    gen_text source = {0};
    size_t choice =
        random_below(state, 2) == 0 ? f->source_count : f->pool_count;
    const gen_text *text = &f->pool[random_below(state, choice)];
    const gen_text *other = &f->pool[random_below(state, f->pool_count)];
    const way *how = &ways[random_below(state, WAY_COUNT)];
    const char *wrong;
    int code;

    mutate(state, &source, text, other);
    write_file("input.c", &source);
    wrong = check_source(f, how, &code);
    if (wrong != NULL)
        report(f, &source, how, wrong);
    else if (is_news(f, code) + (random_below(state, 4) == 0) > 0 && code == 0)
        add_to_pool(f, &source);
    gen_text_finish(&source);
}

/* Every way on the pool as it is. */
static void check_pool(fuzzer *f)
{
    for (size_t i = 0; i < f->pool_count; i++) {
        write_file("input.c", &f->pool[i]);
        for (size_t j = 0; j < WAY_COUNT; j++) {
            int code;
            const char *wrong = check_source(f, &ways[j], &code);

            if (wrong != NULL)
                report(f, &f->pool[i], &ways[j], wrong);
        }
    }
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fuzz(fuzzer *f)
{
    uint64_t state = f->seed;
    double end = now() + f->seconds;

    while (now() < end && f->failures < 20)
        fuzz_once(f, &state);
    printf("%zu runs, %zu outputs, %zu of which compile like their sources, "
           "%zu without warnings; %zu kinds of complaints\n",
           f->runs, f->successes, f->compiled + f->strict, f->strict,
           f->seen_count);
    /* A test that only ever sees refusals would test little. */
    if (f->runs >= 100 && f->compiled + f->strict == 0) {
        fprintf(stderr, "fuzz_memogen: no output was ever compiled\n");
        f->failures++;
    }
}

/* ---- the command line -----------------------------------------------------
 */

static unsigned seconds_of_depth(void)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth != NULL && strcmp(depth, "quick") == 0)
        return 5;
    return depth != NULL && strcmp(depth, "deep") == 0 ? 600 : 20;
}

static void add_source(fuzzer *f, const char *path)
{
    gen_text text = {0};

    if (access(path, R_OK) != 0)
        give_up("cannot read", path);
    read_file(&text, path);
    add_to_pool(f, &text);
    gen_text_finish(&text);
}

static bool read_arguments(fuzzer *f, int argc, char **argv)
{
    bool is_once = false;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--once") == 0)
            is_once = true;
        else if (argv[i][0] != '-' || i + 1 == argc)
            add_source(f, argv[i]);
        else if (strcmp(argv[i], "--seed") == 0)
            f->seed = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--seconds") == 0)
            f->seconds = (unsigned)strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--scratch") == 0)
            f->scratch = argv[++i];
        else if (strcmp(argv[i], "--include") == 0)
            f->include = argv[++i];
        else if (strcmp(argv[i], "--compiler") == 0 && f->compiler_count < 4)
            f->compilers[f->compiler_count++] = argv[++i];
        else
            add_source(f, argv[i]);
    }
    return is_once;
}

int main(int argc, char **argv)
{
    fuzzer f = {.seed = 1, .seconds = seconds_of_depth()};
    bool is_once;

    f.pool = calloc(MAX_POOL, sizeof *f.pool);
    f.seen = calloc(MAX_POOL, sizeof *f.seen);
    if (f.pool == NULL || f.seen == NULL)
        give_up("cannot start", argv[0]);
    is_once = read_arguments(&f, argc, argv);
    if (f.scratch == NULL || f.include == NULL || f.pool_count == 0) {
        fprintf(stderr, "fuzz_memogen: --scratch, --include and a source are "
                        "needed\n");
        return 2;
    }
    if (f.compiler_count == 0)
        f.compilers[f.compiler_count++] = "cc";
    f.source_count = f.pool_count;
    if (chdir(f.scratch) != 0)
        give_up("cannot enter", f.scratch);
    if (is_once)
        check_pool(&f);
    else
        fuzz(&f);
    for (size_t i = 0; i < f.pool_count; i++)
        gen_text_finish(&f.pool[i]);
    free(f.pool);
    free(f.seen);
    return f.failures == 0 ? 0 : 1;
}

/* corruption.h -- a small store as it was left, the files of it, and processes
 * that use it after something has damaged them. */
#ifndef MEMO_TEST_CORRUPTION_H
#define MEMO_TEST_CORRUPTION_H

#include "../../support/random.h"
#include "disk_fixture.h"

/* How much is tried: MEMO_TEST_DEPTH. */
static size_t by_depth(size_t quick, size_t normal, size_t deep)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth && strcmp(depth, "quick") == 0)
        return quick;
    return depth && strcmp(depth, "deep") == 0 ? deep : normal;
}

/* ---- functions ----------------------------------------------------------- */

static struct memo_function line_of = {NAME_FUNCTION("line_of")};
static struct memo_function square = {WORD_FUNCTION("square")};
static struct memo_function count = {TEXT_FUNCTION("count")};

/* Of 20 to 5000 bytes: some of more than a page.  What runs in processes of its
 * own asserts nothing, for Check would write a file then. */
static char *line_text(int n)
{
    size_t size = (size_t)(n * n) * 100 + 20;
    char *line = malloc(size + 1);

    if (!line)
        exit(9);
    memset(line, 'a' + n, size);
    line[size] = '\0';
    return line;
}

static char *make_line(int n)
{
    value_runs++;
    return line_text(n);
}

static long make_square(int n)
{
    value_runs++;
    return (long)n * n + 1000000;
}

static int make_count(const char *text)
{
    value_runs++;
    return (int)strlen(text) + 77;
}

enum { LINES = 8, SQUARES = 5, COUNTS = 3, CALLS = LINES + SQUARES + COUNTS };

static const char *const texts[COUNTS] = {"", "a text", "a longer text"};

/* Call all; returns how many results are wrong. */
static int call_all(void)
{
    int wrong = 0;

    for (int n = 0; n < LINES; n++) {
        char *expected = line_text(n);
        char *line = call_name(&line_of, make_line, n);

        wrong += !line || strcmp(line, expected) != 0;
        free(line);
        free(expected);
    }
    for (int n = 0; n < SQUARES; n++)
        wrong += call_word(&square, make_square, n) != (long)n * n + 1000000;
    for (int i = 0; i < COUNTS; i++)
        wrong += call_text(&count, make_count, texts[i]) !=
                 (int)strlen(texts[i]) + 77;
    return wrong;
}

/* ---- processes ----------------------------------------------------------- */

/* What a process tells, and all of them together. */
static struct {
    _Atomic int wrong, computed, warned;
    char warning[1024];
} * told;

static struct {
    long trials, untouched, some, all, warnings;
} outcomes;

static int use_store(void *context)
{
    (void)context;
    alarm(120); /* nobody waits for so long */
    told->wrong = call_all();
    told->computed = value_runs;
    memo_flush();
    told->warned = warnings;
    memcpy(told->warning, last_warning, sizeof told->warning);
    return 0;
}

static void use(const struct memo_persistence *store)
{
    line_of.persistence = square.persistence = count.persistence = store;
    told = share_memory(sizeof *told);
    use_new_folder();
    count_warnings();
}

/* Use the store in a process of its own, which must end well. */
static void run_process(const char *what, size_t where)
{
    int status = run_apart(use_store, NULL);

    ck_assert_msg(status == 0, "%s %zu: a process has ended with status %x",
                  what, where, (unsigned)status);
    ck_assert_msg(told->wrong == 0, "%s %zu: %d results are wrong", what, where,
                  told->wrong);
    ck_assert_msg(told->computed <= CALLS, "%s %zu: %d were computed", what,
                  where, told->computed);
}

/* After damage: all is right, then and for who comes next, which is not looked
 * at each time if nothing was lost. */
static UNUSED void try_it(const char *what, size_t where)
{
    run_process(what, where);
    outcomes.trials++;
    outcomes.untouched += told->computed == 0;
    outcomes.some += told->computed > 0 && told->computed < CALLS;
    outcomes.all += told->computed == CALLS;
    outcomes.warnings += told->warned > 0;
    if (told->computed > 0 || outcomes.trials % (long)by_depth(8, 4, 1) == 0)
        run_process(what, where);
}

static UNUSED void tell_outcomes(const char *what)
{
    printf("%s: %ld trials; nothing lost %ld, some %ld, all %ld; warned %ld\n",
           what, outcomes.trials, outcomes.untouched, outcomes.some,
           outcomes.all, outcomes.warnings);
    memset(&outcomes, 0, sizeof outcomes);
}

/* ---- files --------------------------------------------------------------- */

typedef struct {
    char path[sizeof test_folder + 128];
    unsigned char *bytes;
    size_t size;
    struct stat status;
} image;

static image images[64];
static int image_count;

static int note_file(const char *path, const struct stat *status, int type,
                     struct FTW *walk)
{
    image *added = &images[image_count];
    int file;

    (void)walk;
    if (type != FTW_F)
        return 0;
    ck_assert_int_lt(++image_count, 64);
    snprintf(added->path, sizeof added->path, "%s", path);
    added->status = *status;
    added->size = (size_t)status->st_size;
    added->bytes = malloc(added->size + 1);
    file = open(path, O_RDONLY);
    ck_assert_int_eq(read(file, added->bytes, added->size),
                     (ssize_t)added->size);
    close(file);
    return 0;
}

/* Fill the store, and note how it was left. */
static UNUSED void make_images(void)
{
    run_process("filling", 0);
    ck_assert_int_eq(told->computed, CALLS);
    run_process("reading", 0);
    ck_assert_int_eq(told->computed, 0);
    image_count = 0;
    nftw(test_folder, note_file, 16, FTW_PHYS);
    ck_assert_int_gt(image_count, 2);
}

static UNUSED image *image_of(const char *name)
{
    for (int i = 0; i < image_count; i++) {
        if (strcmp(images[i].path, in_folder(name)) == 0)
            return &images[i];
    }
    ck_abort_msg("there is no %s", name);
    return NULL;
}

static void write_file(const char *path, const void *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    ck_assert_msg(file >= 0, "%s: %s", path, strerror(errno));
    ck_assert_int_eq(write(file, bytes, size), (ssize_t)size);
    close(file);
}

/* As it was left; with its time, so that it is what the mark tells of. */
static UNUSED void restore(const image *from)
{
    struct timespec times[] = {from->status.st_atim, from->status.st_mtim};
    char folder[sizeof from->path];

    snprintf(folder, sizeof folder, "%s", from->path);
    *strrchr(folder, '/') = '\0';
    mkdir(folder, 0700); /* if it was tidied up */
    write_file(from->path, from->bytes, from->size);
    ck_assert_int_eq(utimensat(AT_FDCWD, from->path, times, 0), 0);
}

#endif

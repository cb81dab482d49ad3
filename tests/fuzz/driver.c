/* driver.c -- main() of a fuzz target that is built without libFuzzer.
 *
 *     fuzz_<target> [--seed N] [--seconds N] [--keep FILE] [INPUT...]
 *
 * Inputs are tried as they are; without any, texts are made for so many seconds
 * (10; MEMO_TEST_DEPTH: quick 2, deep 120).  A child tries them, so that the
 * input that it dies of, or hangs on, is kept in FILE (fuzz-failure.bin).
 */
#include "fuzz/driver.h"

#include "support/random.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_BYTES = 4096, HANG_SECONDS = 30, BATCH = 1024 };

/* What parent and child share: the input that is being tried. */
typedef struct {
    size_t size;
    size_t tried;
    uint8_t bytes[MAX_BYTES];
} trial;

typedef struct {
    uint64_t state;
    unsigned long seconds;
    const char *keep;
    trial *now;
} fuzzing;

static size_t count_texts(const char *const *texts)
{
    size_t count = 0;

    while (texts[count] != NULL)
        count++;
    return count;
}

static const char *pick(uint64_t *state, const char *const *texts)
{
    const size_t count = count_texts(texts);

    return count == 0 ? "" : texts[random_below(state, count)];
}

/* Replace `removed` bytes at `at` by `added` ones, as far as there is room. */
static void replace(trial *of, size_t at, size_t removed, const void *bytes,
                    size_t added)
{
    uint8_t copy[MAX_BYTES];

    if (removed > of->size - at)
        removed = of->size - at;
    if (added > MAX_BYTES - (of->size - removed))
        added = MAX_BYTES - (of->size - removed);
    memcpy(copy, bytes, added);
    memmove(of->bytes + at + added, of->bytes + at + removed,
            of->size - at - removed);
    memcpy(of->bytes + at, copy, added);
    of->size += added - removed;
}

static void change(uint64_t *state, trial *of)
{
    static const char signs[] = "()[]{},=\"'\\/*#@ \n\r\t\0\x80\xff";
    const size_t at = random_below(state, of->size + 1);
    const size_t length = random_below(state, 12);
    const char *text = pick(state, fuzz_words);

    switch (random_below(state, 7)) {
    case 0:
        replace(of, at, 1, signs + random_below(state, sizeof signs), 1);
        break;
    case 1:
        replace(of, at, 0, signs + random_below(state, sizeof signs), 1);
        break;
    case 2:
        replace(of, at, length, "", 0);
        break;
    case 3:
        replace(of, at, 0, of->bytes + at, of->size - at);
        break;
    case 4:
        text = pick(state, fuzz_seeds);
        replace(of, at, 0, text, random_below(state, strlen(text) + 1));
        break;
    default:
        replace(of, at, length % 3, text, strlen(text));
        break;
    }
}

static void make(uint64_t *state, trial *of)
{
    const char *seed = pick(state, fuzz_seeds);

    of->size = 0;
    replace(of, 0, 0, seed, strlen(seed));
    for (size_t i = random_below(state, 12); i > 0; i--)
        change(state, of);
}

/* Try one input where the target cannot read past its end unseen. */
static void try_input(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size + (size == 0));

    memcpy(copy, bytes, size);
    alarm(HANG_SECONDS);
    LLVMFuzzerTestOneInput(copy, size);
    alarm(0);
    free(copy);
}

static int fail(const fuzzing *of, int status)
{
    FILE *file = fopen(of->keep, "wb");

    if (file != NULL) {
        fwrite(of->now->bytes, 1, of->now->size, file);
        fclose(file);
    }
    fprintf(stderr, "input %zu %s; it is kept in %s\n", of->now->tried,
            WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM ? "hangs"
                                                               : "fails",
            of->keep);
    return EXIT_FAILURE;
}

/* A child lives for a batch: it starts with clean memory, and what it leaks is
 * noticed soon. */
static int run_batch(fuzzing *of)
{
    int status;
    uint64_t state = random_next(&of->state);
    pid_t child = fork();

    if (child < 0)
        return -1;
    if (child == 0) {
        for (int i = 0; i < BATCH; i++) {
            make(&state, of->now);
            of->now->tried++;
            try_input(of->now->bytes, of->now->size);
        }
        exit(EXIT_SUCCESS);
    }
    if (waitpid(child, &status, 0) != child)
        return -1;
    return status;
}

static int run(fuzzing *of)
{
    const time_t end = time(NULL) + (time_t)of->seconds;

    of->now = mmap(NULL, sizeof *of->now, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (of->now == MAP_FAILED)
        return EXIT_FAILURE;
    do {
        int status = run_batch(of);
        if (status != 0)
            return fail(of, status);
    } while (time(NULL) < end);
    printf("%zu inputs\n", of->now->tried);
    return EXIT_SUCCESS;
}

static int try_file(const char *path)
{
    static uint8_t bytes[1 << 20];
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        fprintf(stderr, "cannot read %s\n", path);
        return EXIT_FAILURE;
    }
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    try_input(bytes, size);
    return EXIT_SUCCESS;
}

static unsigned long default_seconds(void)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");

    if (depth != NULL && strcmp(depth, "deep") == 0)
        return 120;
    return depth != NULL && strcmp(depth, "quick") == 0 ? 2 : 10;
}

int main(int argc, char **argv)
{
    fuzzing of = {.seconds = default_seconds(), .keep = "fuzz-failure.bin"};
    int code = EXIT_SUCCESS;
    int at = 1;

    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2) {
        if (strcmp(argv[at], "--seed") == 0)
            of.state = strtoull(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--seconds") == 0)
            of.seconds = strtoul(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--keep") == 0)
            of.keep = argv[at + 1];
        else
            break;
    }
    if (at < argc && strncmp(argv[at], "--", 2) == 0) {
        fprintf(stderr,
                "usage: %s [--seed N] [--seconds N] [--keep FILE] "
                "[INPUT...]\n",
                argv[0]);
        return 2;
    }
    if (at == argc)
        return run(&of);
    for (; at < argc; at++) {
        if (try_file(argv[at]) != EXIT_SUCCESS)
            code = EXIT_FAILURE;
    }
    return code;
}

/* generator.c -- how long memogen works on a file, beside the compiler's
 * parser.
 *
 * Both read the same text; memogen also hashes what it finds and writes the
 * rewritten copy.  What counts is the processor's time in user mode.
 */
#define _GNU_SOURCE

#include "bench.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *const files[] = {"small.c", "medium.c", "large.c"};

/* Milliseconds in user mode; below zero if the command failed. */
static double time_command(char *const arguments[])
{
    posix_spawn_file_actions_t actions;
    struct rusage usage;
    pid_t process;
    int status = -1;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "complaints",
                                     O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (posix_spawnp(&process, arguments[0], &actions, NULL, arguments,
                     environ) == 0)
        wait4(process, &status, 0, &usage);
    posix_spawn_file_actions_destroy(&actions);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return -1;
    return (double)usage.ru_utime.tv_sec * 1e3 +
           (double)usage.ru_utime.tv_usec / 1e3;
}

/* A file that is there already would not be written again. */
static double time_memogen(const char *file)
{
    char *arguments[] = {(char *)BENCH_MEMOGEN, (char *)"-q", (char *)"-o",
                         (char *)"generated.c", (char *)file, NULL};

    unlink("generated.c");
    return time_command(arguments);
}

static double time_parser(const char *file)
{
    char *arguments[] = {(char *)BENCH_CLANG, (char *)"-fsyntax-only",
                         (char *)file, NULL};

    return time_command(arguments);
}

static size_t count_lines(const char *file)
{
    FILE *text = fopen(file, "r");
    size_t lines = 0;
    int character;

    while (text && (character = getc(text)) != EOF)
        lines += character == '\n';
    if (text)
        fclose(text);
    return lines;
}

static bool compare_file(const struct plan *plan, const char *file)
{
    struct figures memogen = {0}, parser = {0};

    for (int i = 0; i < plan->repeats; i++) {
        double ours = time_memogen(file), theirs = time_parser(file);

        if (ours < 0 || theirs < 0) {
            fprintf(stderr, "bench: %s fails on %s; see its complaints in %s\n",
                    ours < 0 ? "memogen" : "clang", file, BENCH_SOURCES);
            return false;
        }
        figures_add(&memogen, ours);
        figures_add(&parser, theirs);
    }
    printf("%-10s %8zu %10.1f/%-8.1f %10.1f/%-8.1f %6.2f\n", file,
           count_lines(file), figures_minimum(&memogen),
           figures_median(&memogen), figures_minimum(&parser),
           figures_median(&parser),
           figures_minimum(&memogen) / figures_minimum(&parser));
    fflush(stdout);
    return true;
}

void bench_generator(const struct plan *plan)
{
    printf("\nMilliseconds of user time, minimum/median\n%-10s %8s %19s %19s "
           "%6s\n",
           "file", "lines", "memogen", "clang -fsyntax-only", "ratio");
    if (chdir(BENCH_SOURCES) != 0) {
        fprintf(stderr, "bench: cannot enter '%s'\n", BENCH_SOURCES);
        return;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (!compare_file(plan, files[i]))
            return;
    }
}

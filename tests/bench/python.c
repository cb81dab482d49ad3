#include "python.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const kind_names[KINDS] = {"scalar", "text", "record",
                                              "array"};

static void become_python(const int *in, const int *out)
{
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    close(in[0]);
    close(in[1]);
    close(out[0]);
    close(out[1]);
    execlp("python3", "python3", BENCH_FOLDER "/lru_cache.py", (char *)NULL);
    _exit(127);
}

struct python python_start(void)
{
    struct python python = {-1, -1, -1};
    int in[2], out[2];

    signal(SIGPIPE, SIG_IGN);
    if (pipe(in) != 0 || pipe(out) != 0)
        return python;
    python.process = fork();
    if (python.process == 0)
        become_python(in, out);
    close(in[0]);
    close(out[1]);
    python.to = in[1];
    python.from = out[0];
    return python;
}

void python_stop(struct python *python)
{
    if (python->process < 0)
        return;
    close(python->to);
    close(python->from);
    waitpid(python->process, NULL, 0);
    python->process = -1;
}

static bool write_all(int to, const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size > 0) {
        ssize_t written = write(to, at, size);

        if (written <= 0)
            return false;
        at += written;
        size -= (size_t)written;
    }
    return true;
}

/* The number in the next line; 0 when there is no python to write one. */
static double read_answer(struct python *python)
{
    char line[64];
    size_t length = 0;

    while (length < sizeof line - 1 &&
           read(python->from, &line[length], 1) == 1 && line[length] != '\n')
        length++;
    line[length] = '\0';
    if (length == 0)
        python_stop(python);
    return strtod(line, NULL);
}

static double ask(struct python *python, const char *command, const void *bytes,
                  size_t size)
{
    if (python->process < 0)
        return 0;
    if (!write_all(python->to, command, strlen(command)) ||
        !write_all(python->to, bytes, size)) {
        python_stop(python);
        return 0;
    }
    return read_answer(python);
}

double python_run(struct python *python, enum kind kind,
                  const struct inputs *inputs)
{
    char command[64];

    snprintf(command, sizeof command, "run %s %zu\n", kind_names[kind],
             inputs->count);
    return ask(python, command, inputs->keys,
               inputs->count * sizeof *inputs->keys);
}

void python_clear(struct python *python)
{
    ask(python, "clear\n", NULL, 0);
}

double python_memory(struct python *python)
{
    return ask(python, "memory\n", NULL, 0);
}

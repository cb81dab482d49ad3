#include "python.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const kind_names[KINDS] = {"scalar", "text", "record",
                                              "array"};

static void become_python(int end)
{
    dup2(end, STDIN_FILENO);
    dup2(end, STDOUT_FILENO);
    close(end);
    execlp("python3", "python3", BENCH_FOLDER "/lru_cache.py", (char *)NULL);
    _exit(127);
}

struct python python_start(void)
{
    struct python python = {-1, -1};
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return python;
    python.process = fork();
    if (python.process == 0)
        become_python(ends[1]);
    close(ends[1]);
    python.end = ends[0];
    return python;
}

void python_stop(struct python *python)
{
    if (python->process < 0)
        return;
    close(python->end);
    waitpid(python->process, NULL, 0);
    python->process = -1;
}

/* Without the signal that a pipe sends when nobody reads. */
static bool send_all(int end, const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size > 0) {
        ssize_t sent = send(end, at, size, MSG_NOSIGNAL);

        if (sent <= 0)
            return false;
        at += sent;
        size -= (size_t)sent;
    }
    return true;
}

/* The number in the next line; 0 when there is no python to write one. */
static double read_answer(struct python *python)
{
    char line[64];
    size_t length = 0;

    while (length < sizeof line - 1 &&
           read(python->end, &line[length], 1) == 1 && line[length] != '\n')
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
    if (!send_all(python->end, command, strlen(command)) ||
        !send_all(python->end, bytes, size)) {
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

/* python.h -- functools.lru_cache in a python3 of its own. */
#ifndef MEMO_BENCH_PYTHON_H
#define MEMO_BENCH_PYTHON_H

#include "inputs.h"

#include <sys/types.h>

struct python {
    pid_t process; /* -1: there is none */
    int end;       /* of a pair of sockets */
};

/* Start python3 with lru_cache.py of this folder; without python3 there is
 * none, and what is asked of it answers 0. */
struct python python_start(void);
void python_stop(struct python *python);

/* Make the calls; nanoseconds of one. */
double python_run(struct python *python, enum kind kind,
                  const struct inputs *inputs);
void python_clear(struct python *python);
/* Resident bytes of the process. */
double python_memory(struct python *python);

#endif

/* unload.h -- what plugin.c offers to unload.c. */
#ifndef MEMO_TEST_UNLOAD_H
#define MEMO_TEST_UNLOAD_H

struct plugin {
    long (*call)(int n); /* 2n + 2, by two memoized functions */
    int (*count_runs)(void);
};

extern const struct plugin plugin;

#endif

/* two_processes.h -- a server and up to two processes that use it. */
#ifndef MEMO_TEST_TWO_PROCESSES_H
#define MEMO_TEST_TWO_PROCESSES_H

#include "fake_host.h"

static redis_server server;
static process one, two;

static inline void begin_one(void)
{
    start_server(&server, NULL);
    begin_process(&one, &server);
}

static inline void begin_two(void)
{
    begin_one();
    begin_process(&two, &server);
}

static inline void end_one(void)
{
    end_process(&one);
    stop_server(&server);
}

static inline void end_two(void)
{
    end_process(&two);
    end_one();
}

#endif

/* stored.h -- functions whose results persist, for the bench. */
#ifndef MEMO_BENCH_STORED_H
#define MEMO_BENCH_STORED_H

enum { SMALL_COUNT = 8, LARGE_COUNT = 8192 };

/* 64 bytes. */
struct small {
    double values[SMALL_COUNT];
};

struct small disk_small(int key);
struct small dir_small(int key);
struct small redis_small(int key);
struct small redis_kept(int key);
struct small memory_small(int key); /* does not persist */

/* 64 KiB.  Owner: the caller, free(). */
double *disk_large(int key);
double *dir_large(int key);

#endif

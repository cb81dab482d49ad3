/* tsan.h -- what ThreadSanitizer must be told by a library made without it.
 *
 * In a program that was made with it, it sees malloc, memcpy and free of the
 * library, but not by which atomics threads are kept apart in between.  A
 * library that was made with it sees for itself.
 */
#ifndef MEMO_BASE_TSAN_H
#define MEMO_BASE_TSAN_H

#if defined(__SANITIZE_THREAD__)
#define MEMO_IS_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define MEMO_IS_TSAN 1
#endif
#endif
#ifndef MEMO_IS_TSAN
#define MEMO_IS_TSAN 0
#endif

/* ThreadSanitizer's own functions, in programs that have it. */
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

/* What came before a release of an address comes before what follows a later
 * acquire of it. */
static inline void memo_tsan_acquire(void *address)
{
    if (!MEMO_IS_TSAN && __tsan_acquire)
        __tsan_acquire(address);
}

static inline void memo_tsan_release(void *address)
{
    if (!MEMO_IS_TSAN && __tsan_release)
        __tsan_release(address);
}

#endif

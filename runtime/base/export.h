/* export.h -- where the compiler is told what to do with a symbol. */
#ifndef MEMO_BASE_EXPORT_H
#define MEMO_BASE_EXPORT_H

/* The library is compiled with hidden visibility; what is default is meant to
 * be shared, so that one copy of the library wins in a process. */
#define MEMO_EXPORT __attribute__((visibility("default")))

/* Thread-local data that is reached without a call, also in a library that is
 * loaded at run time: few bytes, for the room for them is small. */
#define MEMO_THREAD_LOCAL                                                      \
    _Thread_local __attribute__((tls_model("initial-exec")))

/* Part of the way of a hit: a call would cost more than what it does. */
#define MEMO_HOT static inline __attribute__((always_inline))

#endif

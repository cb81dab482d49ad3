/* driver.h -- what a fuzz target tells the driver.
 *
 * A target is one function over bytes.  With libFuzzer (clang,
 * -fsanitize=fuzzer) that is all; driver.c is a plain main() for every other
 * compiler, which makes texts of the target's seeds and words.
 */
#ifndef MEMO_FUZZ_DRIVER_H
#define MEMO_FUZZ_DRIVER_H

#include <stddef.h>
#include <stdint.h>

/* Try one input; what must never happen aborts. */
/* NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Texts to begin with, and words to put in; both end with NULL. */
extern const char *const fuzz_seeds[];
extern const char *const fuzz_words[];

/* Abort with a message unless the claim holds. */
#define FUZZ_CHECK(claim)                                                      \
    ((claim) ? (void)0 : fuzz_fail(#claim, __FILE__, __LINE__))

_Noreturn void fuzz_fail(const char *claim, const char *file, int line);

#endif

/* cache.h -- `memogen cache`: what is kept besides memory, and what of it may
 * go. */
#ifndef GEN_CACHE_H
#define GEN_CACHE_H

/* Run the command whose words follow "memogen cache"; returns the exit code.
 * Shape: argv[0] is the first of these words. */
int gen_cache(int argc, char *const argv[]);

#endif

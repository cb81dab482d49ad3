/* cache_entry.h -- what several commands say of a function or an entry. */
#ifndef GEN_CACHE_ENTRY_H
#define GEN_CACHE_ENTRY_H

#include "cache_store.h"

/* The digits that people write.  Owner: arena. */
const char *gen_cache_entry_name(gen_arena *arena, const memo_name *digest);

/* "file.c:12" Owner: arena. */
const char *gen_cache_place(gen_arena *arena,
                            const memo_listed_function *function);

/* The arguments, or why they are not known.  Owner: arena. */
const char *gen_cache_arguments(gen_arena *arena,
                                const memo_listed_entry *entry);

/* Append the members of an entry's JSON object, which the caller ends. */
void gen_cache_append_json_entry(gen_text *out, const memo_listed_entry *entry,
                                 uint64_t now_ns);

/* List what is in there of the function that the operand names, or all.
 * Errors: false: there is no such function, which was told. */
bool gen_cache_list_function(memo_listing *out, gen_cache_run *run);

#endif

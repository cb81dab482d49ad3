/* show.h -- the entries of a function, readable for people and for programs.
 *
 * All that is needed are the facts about the function, of memo_describe(), and
 * the bytes: it works in a process that has neither the function nor its types.
 *
 *     rows = 5, path = "a.csv", point = {x = 1, y = 2.5}
 *     {"rows": 5, "path": "a.csv", "point": {"x": 1, "y": 2.5}}
 *
 * Of lists 20 elements are shown, of texts 1 KiB, of pointers 20 that lead to
 * each other, and no more than 64 KiB in all.  What is not shown is said: in
 * text like this <...>, in JSON as a string.  So are, in JSON, integers beyond
 * 2^53, and numbers that are not finite.  JSON is valid, whatever the bytes.
 *
 *     &{...}             what a pointer leads to
 *     node 3 &{...}      the same, and others lead there, too
 *     node 3[1]          one of these: element 1 of its array
 *     <120000 bytes, digest ...>     more than a key has room for
 *     <folded>           within the digest of all that came before
 *     <not known>        what follows a length that only the function can tell
 *
 * How many elements a pointer with a length leads to is tried out, as
 * show_lengths.h says.
 */
#ifndef MEMO_INSPECT_SHOW_H
#define MEMO_INSPECT_SHOW_H

#include "inspect/show_out.h"

/* Append the arguments that key bytes stand for.  In JSON they are one object.
 * Shape:  key bytes of memo_key_build_stored(), or words.
 * Errors: false: text or bytes are damaged, or of another machine, or out of
 *         memory.  What was shown up to then stays. */
bool memo_show_arguments(memo_sink *out, memo_show_form form, const char *facts,
                         const unsigned char *key, size_t size);

/* Append the result, then outputs with their names.  JSON has an object with
 * the members "result" and "outputs", each if there is any.
 * Errors: as above. */
bool memo_show_result(memo_sink *out, memo_show_form form, const char *facts,
                      const unsigned char *value, size_t size);

#endif

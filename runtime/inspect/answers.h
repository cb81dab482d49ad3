/* answers.h -- what a body has asked for, and what it was told, readable.
 *
 * Both are bytes, and what they mean only a page knows: what is text is shown
 * as text.
 */
#ifndef MEMO_INSPECT_ANSWERS_H
#define MEMO_INSPECT_ANSWERS_H

#include "inspect/show_out.h"

/* Are these bytes questions, each with its length? */
bool memo_answers_are_questions(const unsigned char *bytes, size_t size);

/* Are they pairs of a question and an answer? */
bool memo_answers_are_pairs(const unsigned char *bytes, size_t size);

/* Append what a derived entry was found by: a member "answers", which is a list
 * of members "question" and "answer".  Too many of them are a digest, and not
 * shown.
 * Shape: the key of a derived entry. */
void memo_show_answers(memo_sink *out, memo_show_form form,
                       const unsigned char *key, size_t size);

#endif

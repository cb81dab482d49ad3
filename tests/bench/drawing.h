/* drawing.h -- what is drawn: plainly, and by memoized functions. */
#ifndef MEMO_BENCH_DRAWING_H
#define MEMO_BENCH_DRAWING_H

enum { MIXED_ELEMENTS = 1000 };

int plain_text_element(int n);
int memoized_text_element(int n);

/* MIXED_ELEMENTS: texts, numbers, boxes, in containers and out of them. */
int plain_mixed_elements(int n);
int memoized_mixed_elements(int n);

#endif

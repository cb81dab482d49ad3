/* page.h -- a checkbox in a memoized function that may have none. */
#ifndef PAGE_H
#define PAGE_H

void func(void);

/* Draw the page.  Shape: `unused` is. */
void draw_page(void *unused);

#endif

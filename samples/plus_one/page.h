/* page.h -- a page with a checkbox inside of a memoized function. */
#ifndef PAGE_H
#define PAGE_H

int plus_one(int x);

/* Draw the page.  Shape: `unused` is. */
void draw_page(void *unused);

#endif

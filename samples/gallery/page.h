/* page.h -- a page with every element and every widget. */
#ifndef PAGE_H
#define PAGE_H

/* Draw the page.  Shape: `unused` is. */
void draw_page(void *unused);

#endif

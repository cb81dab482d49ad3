/* page.h -- pages that a number makes up. */
#ifndef PAGE_H
#define PAGE_H

struct page_run {
    unsigned page; /* which one */
    long result;   /* of its last run */
};

/* Draw a page.  Shape: `run` is a struct page_run. */
void draw_page(void *run);

#endif

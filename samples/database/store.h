/* store.h -- a file of names and prices, opened for looking things up. */
#ifndef STORE_H
#define STORE_H

struct store;

/* The store of a file: a name and a price a line.
 * Owner:  all callers together; nobody closes it.  It may be used until
 *         memo_borrow_end().
 * Errors: NULL: the file cannot be read. */
struct store *open_store(const char *path);

/* The price of an article; -1 if there is none of that name. */
long find_price(const struct store *store, const char *name);

/* Is the file still what was opened?  Close it. */
int is_current(const struct store *store);
void close_store(struct store *store);

#endif

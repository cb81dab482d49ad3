/* Clauses that do not fit their parameters. */
#include <stddef.h>

struct opaque;
struct node {
    struct node *next;
};

extern int counter;
int bump(void);

// @memo(in(vales[count]))
int misspelt(const int *values, int count) { return values[count]; }

// @memo(in(zebra[1]))
int unknown(const int *values) { return *values; }

// @memo(in(count[1]))
int no_pointer(int count) { return count; }

// @memo(string(values))
int no_text(const int *values) { return *values; }

// @memo(out(values[1]))
int no_output(const int *values) { return *values; }

// @memo(deref(node))
int no_value(const struct node *node) { return node != 0; }

// @memo(in(thing[1]))
int incomplete(const struct opaque *thing) { return thing != 0; }

// @memo(deref(data))
int nothing(const void *data) { return data != 0; }

// @memo(in(values[result]))
int too_early(const int *values) { return *values; }

// @memo(out(values[result]))
void no_result(int *values) { *values = 1; }

// @memo(ignore(count), out(values[count]))
int not_in_key(int *values, int count) { return values[0] = count; }

// @memo(in(values[bump()]))
int call(const int *values) { return *values; }

// @memo(in(values[counter++]))
int change(const int *values) { return *values; }

// @memo
int own_change(int n, const int values[n++]) { return values[n]; }

// @memo(in(values[size]))
int undeclared(const int *values) { return *values; }

// @memo(in(values[1.5]))
int fraction(const int *values) { return *values; }

// @memo(in(rows[n][3]))
int wrong_row(const int (*rows)[2], int n) { return rows[n][0]; }

// @memo(in(rows[n][m]))
int other_row(int n, int m, const int (*rows)[n]) { return rows[n][m]; }

// @memo(in(rows[n]))
int open_row(int n, const int (*rows)[]) { return (*rows)[n]; }

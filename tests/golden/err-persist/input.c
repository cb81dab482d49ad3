/* Results that cannot outlive the process. */

// @memo(persist="disk", returns(static))
const char *name_of(int n) { return n ? "some" : "none"; }

// @memo(borrow, returns(result[1]), persist)
int *table_of(int n) { return n ? 0 : 0; }

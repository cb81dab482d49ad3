/* How copies are made and given back. */

// @memo(free=give, alloc=take, returns(result[1]))
int *with_free(int n) { return n ? 0 : 0; }

// @memo(alloc=take, returns(result[1]))
int *with_alloc(int n) { return n ? 0 : 0; }

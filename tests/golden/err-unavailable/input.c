/* What this build cannot do yet. */

// @memo(persist="disk")
int persistent(int n) { return n; }

// @memo(free=give, alloc=take, returns(result[1]))
int *with_free(int n) { return n ? 0 : 0; }

// @memo(alloc=take, returns(result[1]))
int *with_alloc(int n) { return n ? 0 : 0; }

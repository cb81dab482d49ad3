/* Options that are not there, or not in this place. */

// @memo(tll=60, max-entries=5)
int misspelt(int n) { return n; }

// @memo(colour=red)
int unknown(int n) { return n; }

// @memo(ttl=60, ttl=90)
int twice(int n) { return n; }

// @memo(allow_widgets, experimental_allow_widgets)
int alias(int n) { return n; }

// @memo(release=f)
int of_singleton(int n) { return n; }

// @singleton(persist="disk")
int *of_memo(int n) { return n ? 0 : 0; }

// @memo(ttl)
int no_value(int n) { return n; }

// @memo(key=n)
int no_list(int n) { return n; }

// @memo(allow_widgets())
int no_flag(int n) { return n; }

// @memo(key())
int empty_list(int n) { return n; }

// @memo(in(p[n]), out(p[n]))
int two_clauses(int *p, int n) { return p[n]; }

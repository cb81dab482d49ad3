/* Mistakes in how an annotation is written. */

// @memoise(ttl=60)
int word(int n) { return n; }

// @ memo
int blank(int n) { return n; }

// @st.cache_data
int python(int n) { return n; }

// @memo_type(hash=f)
int of_type(int n) { return n; }

// @memo(version="1, ttl=60)
int quote(int n) { return n; }

// @memo(cache_if=n > '1)
int character(int n) { return n; }

// @memo(cache_if=n @ 1)
int meaningless(int n) { return n; }

// @memo(key(n, (n + 1)
int bracket(int n) { return n; }

// @memo(key(n[1))
int other_bracket(int n) { return n; }

// @memo(ttl=60]
int no_bracket(int n) { return n; }

// @memo(ttl=60
int open(int n) { return n; }

// @memo(key(n, ), key(, n))
int empty_item(int n) { return n; }

// @memo(ttl: 60, max_entries == 5)
int colon(int n) { return n; }

// @memo(ttl=, max_entries=5)
int no_value(int n) { return n; }

// @memo(60)
int no_name(int n) { return n; }

// @memo(ttl=60 max_entries=5)
int no_comma(int n) { return n; }

// @memo(ttl=60,)
int last_comma(int n) { return n; }

// @memo(, ttl=60)
int first_comma(int n) { return n; }

// @memo(ttl=60)(max_entries=5)
int behind(int n) { return n; }

// @memo ttl=60, max_entries=5
int bare(int n) { return n; }

// @memo(ttl=60) max_entries=5
int outside(int n) { return n; }
// @memo(key((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((n)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
int deep(int n) { return n; }

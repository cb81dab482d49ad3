/* Values that options cannot take. */

// @memo(ttl=soon)
int ttl_word(int n) { return n; }

// @memo(ttl=60 minutes)
int ttl_unit(int n) { return n; }

// @memo(ttl="1d12")
int ttl_part(int n) { return n; }

// @memo(ttl=0)
int ttl_zero(int n) { return n; }

// @memo(ttl=-5)
int ttl_negative(int n) { return n; }

// @memo(ttl=0.0000000001)
int ttl_tiny(int n) { return n; }

// @memo(ttl="15300w")
int ttl_huge(int n) { return n; }

// @memo(ttl=5aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)
int ttl_long_unit(int n) { return n; }

// @memo(max_entries=0)
int entries_zero(int n) { return n; }

// @memo(max_entries=many)
int entries_word(int n) { return n; }

// @memo(max_entries=99999999999999999999)
int entries_huge(int n) { return n; }

// @memo(max_bytes=much)
int bytes_word(int n) { return n; }

// @memo(max_bytes=64 pages)
int bytes_unit(int n) { return n; }

// @memo(max_bytes=0)
int bytes_zero(int n) { return n; }

// @memo(max_bytes=99999999TB)
int bytes_huge(int n) { return n; }

// @memo(allow_widgets=yes)
int flag(int n) { return n; }

// @memo(show_spinner=maybe)
int spinner(int n) { return n; }

// @memo(version=2)
int version_number(int n) { return n; }

// @memo(version="\q")
int version_escape(int n) { return n; }

// @memo(version="a\0b")
int version_nul(int n) { return n; }

// @memo(code=skip)
int code(int n) { return n; }

// @memo(persist="disc")
int persist_near(int n) { return n; }

// @memo(persist="tape")
int persist_other(int n) { return n; }

// @memo(persist=7)
int persist_number(int n) { return n; }

// @singleton(validate=1 + 1)
int *validate(int n) { return n ? 0 : 0; }

// @memo(impure_ok(a + b))
int impure_name(int n) { return n; }

// @memo(in(p))
int no_length(const int *p) { return *p; }

// @memo(in(*p))
int no_parameter(const int *p) { return *p; }

// @memo(string("p"))
int no_text_name(const char *p) { return *p; }

// @memo(hash(p))
int hash_alone(int p) { return p; }

// @memo(hash(p, f()), hash(&p, f))
int hash_call(int p) { return p; }

// @memo(returns(n))
char *returned(int n) { return n ? 0 : 0; }

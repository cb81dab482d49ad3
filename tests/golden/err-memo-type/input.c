/* What may not stand above a type. */
#include <stddef.h>
// @memo_type
union a { int i; float f; };
// @memo_type(hsah=h)
union b { int i; float f; };
// @memo_type(hash=h, hash=g)
union c { int i; float f; };
// @memo_type(hash h)
union d { int i; float f; };
// @memo_type(hash=)
union e { int i; float f; };
// @memo_type(hash=h
union f { int i; float f; };
// @memo_type(hash=h free=g)
union g { int i; float f; };
// @memo_type(free=g)
union h { int i; float f; };
// @memo_type(encode=g)
union i { int i; float f; };
// @memo_type(hash=h, 7)
union j { int i; float f; };
// @memo_type(hash=h)
typedef int number;
// @memo_type(hash=h)
int function(int n) { return n; }

// @memo_type(hash=hash_value)
typedef union { int i; float f; } value;
unsigned long hash_value(const value *v);
// @memo(deref(v))
int input_only(const value *v) { return v->i; }
// @memo
value no_copy(int n) { value v; v.i = n; return v; }

union bare { int i; float f; };
// @memo
int bare(union bare u) { return u.i; }

/* Attributes that no wrapper can share. */

// @memo
_Noreturn void stops(int n) { for (;;) n++; }

// @memo
__attribute__((noreturn)) void stops_too(int n) { for (;;) n++; }

// @memo
__attribute__((constructor)) void begins(void) {}

// @memo
__attribute__((destructor)) void ends(void) {}

// @memo
__attribute__((naked)) int bare(void) { __asm__("ret"); }

// @memo
__attribute__((returns_twice)) int again(int n) { return n; }

// @memo
extern inline __attribute__((gnu_inline)) int maybe(int n) { return n; }

// @memo
__attribute__((no_such_thing)) int unknown(int n) { return n; }

// @memo
__attribute__((signal)) void handles(void) {}

/* One function per row of the table of attributes, and some hard groups. */
#include "trap.h"

#include "attributes.h"

#include <string.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#pragma GCC diagnostic ignored "-Wsuggest-attribute=format"

int f00(int x);
/* @memo */
__attribute__((visibility("default"))) int f00(int x)
{
    return x + 1;
}
int f01(int x);
/* @memo */
__attribute__((visibility("hidden"))) int f01(int x)
{
    return x + 2;
}
/* @memo */
static __attribute__((unused)) int f02(int x)
{
    return x + 3;
}
int f03(int x);
/* @memo */
ONLY_GCC(externally_visible) int f03(int x)
{
    return x + 4;
}
/* @memo */
static __attribute__((warn_unused_result)) int f04(int x)
{
    return x + 5;
}
/* @memo */
static __attribute__((nothrow)) int f05(int x)
{
    return x + 6;
}
/* @memo */
static ONLY_GCC(leaf) int f06(int x)
{
    return x + 7;
}
int f07(int x);
/* @memo */
__attribute__((pure)) int f07(int x)
{
    return x + 8;
}
int f08(int x);
/* @memo */
__attribute__((const)) int f08(int x)
{
    return x + 9;
}
/* @memo */
static __attribute__((hot)) int f09(int x)
{
    return x + 10;
}
/* @memo */
static __attribute__((cold)) int f10(int x)
{
    return x + 11;
}
/* @memo */
static ONLY_GCC(optimize("O1")) int f11(int x)
{
    return x + 12;
}
/* @memo */
static __attribute__((target("avx"))) int f12(int x)
{
    return x + 13;
}
/* @memo */
static __attribute__((no_sanitize("address"))) int f14(int x)
{
    return x + 15;
}
/* @memo */
static __attribute__((no_sanitize_address)) int f15(int x)
{
    return x + 16;
}
/* @memo */
static __attribute__((no_sanitize_thread)) int f16(int x)
{
    return x + 17;
}
/* @memo */
static ONLY_GCC(no_sanitize_undefined) int f17(int x)
{
    return x + 18;
}
/* @memo */
static __attribute__((no_instrument_function)) int f18(int x)
{
    return x + 19;
}
/* @memo */
static ONLY_GCC(no_profile_instrument_function) int f19(int x)
{
    return x + 20;
}
/* @memo */
static ONLY_GCC(no_stack_protector) int f20(int x)
{
    return x + 21;
}
/* @memo */
static ONLY_GCC(no_split_stack) int f21(int x)
{
    return x + 22;
}
/* @memo */
static ONLY_GCC(no_reorder) int f22(int x)
{
    return x + 23;
}
/* @memo */
static ONLY_GCC(no_icf) int f23(int x)
{
    return x + 24;
}
/* @memo */
static __attribute__((flatten)) int f24(int x)
{
    return x + 25;
}
/* @memo */
static __attribute__((noinline)) int f25(int x)
{
    return x + 26;
}
/* @memo */
static ONLY_GCC(noclone) int f26(int x)
{
    return x + 27;
}
/* @memo */
static ONLY_GCC(noipa) int f27(int x)
{
    return x + 28;
}
/* @memo */
static __attribute__((section(".text.memo"))) int f28(int x)
{
    return x + 29;
}
/* @memo */
static __attribute__((aligned(32))) int f29(int x)
{
    return x + 30;
}
/* @memo */
static __attribute__((force_align_arg_pointer)) int f30(int x)
{
    return x + 31;
}
/* @memo */
static __attribute__((patchable_function_entry(2))) int f31(int x)
{
    return x + 32;
}
/* @memo */
static ONLY_GCC(zero_call_used_regs("used")) int f32(int x)
{
    return x + 33;
}
/* @memo */
static ONLY_GCC(simd) int f33(int x)
{
    return x + 34;
}
/* @memo */
static ONLY_GCC(stack_protect) int f34(int x)
{
    return x + 35;
}

/* Where attributes may stand. */
int weak_one(int x);
/* @memo */
__attribute__((weak)) int weak_one(int x)
{
    return x;
}
int mixed(int x);
/* @memo */
__attribute__((hot, visibility("default"), noinline, used, aligned(16), __unused__)) int mixed(int x)
{
    return x + 1;
}
int mixed_twice(int x);
/* @memo */
int __attribute__((,hot,,used,)) __attribute__(()) mixed_twice(int x)
{
    return x + 2;
}
/* @memo */
static int __attribute__((cold)) between(int x)
{
    return x + 3;
}
static int on_prototype(int x) __attribute__((cold, warn_unused_result));
/* @memo */
static int on_prototype(int x)
{
    return x + 4;
}
/* @memo */
static COLD NOTHING int from_macro(int x)
{
    return x + 5;
}
int from_macros(int x);
/* @memo */
WEAK_AND_COLD IN_SECTION(".text.trap") int from_macros(int x)
{
    return x + 6;
}
/* @memo */
STATIC_COLD int storage_from_macro(int x)
{
    return x + 7;
}
/* @memo */
static int on_parameter(int x __attribute__((unused)), __attribute__((__unused__)) int y)
{
    return 8;
}
/* @memo */
NONNULL(1, 2) static int nonnull_macro(const char *a, const char *b)
{
    return a[0] + b[0];
}
/* @memo */
static inline __attribute__((always_inline, artificial)) int always(int x)
{
    return x + 9;
}
/* @memo */
__attribute__((malloc, returns_nonnull, assume_aligned(1), alloc_size(1)))
static char *made(unsigned n)
{
    char *s = malloc(n + 1);
    memset(s, 'x', n);
    s[n] = '\0';
    return s;
}
/* @memo */
__attribute__((returns_nonnull)) static char *never_null(const char *s, int up)
{
    char *t = malloc(2);
    t[0] = (char)(s[0] + up);
    t[1] = '\0';
    return t;
}
/* @memo */
__attribute__((format_arg(1), returns_nonnull)) static char *chosen(const char *text)
{
    char *t = malloc(strlen(text) + 1);
    memcpy(t, text, strlen(text) + 1);
    return t;
}
/* @memo */
__attribute__((deprecated("old"), used)) static int old(int x)
{
    return x + 10;
}
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wdeprecated-declarations"
int old_too(int x) __attribute__((deprecated));
/* @memo */
int old_too(int x)
{
#ifdef __clang__ /* gcc warns of this itself */
    if (x > 10)
        return old_too(x - 10) + 10;
#endif
    return x + 1;
}
#pragma GCC diagnostic pop
/* @memo */
__attribute__((sysv_abi)) static long abi(long x)
{
    return x + 11;
}
#ifdef __x86_64__
/* @memo */
__attribute__((ms_abi, noinline)) static long other_abi(long x, double y)
{
    return x + (long)y;
}
#endif
/* @memo */
__attribute__((nonnull)) static int nonnull_all(const char *s)
{
    return s[0];
}

int main(void)
{
    for (int round = 0; round < 2; round++) {
        char *text;
        printf("%d ", f00(round * 0));
        printf("%d ", f01(round * 0));
        printf("%d ", f02(round * 0));
        printf("%d ", f03(round * 0));
        printf("%d ", f04(round * 0));
        printf("%d ", f05(round * 0));
        printf("%d ", f06(round * 0));
        printf("%d ", f07(round * 0));
        printf("%d ", f08(round * 0));
        printf("%d ", f09(round * 0));
        printf("%d ", f10(round * 0));
        printf("%d ", f11(round * 0));
        printf("%d ", f12(round * 0));
        printf("%d ", f14(round * 0));
        printf("%d ", f15(round * 0));
        printf("%d ", f16(round * 0));
        printf("%d ", f17(round * 0));
        printf("%d ", f18(round * 0));
        printf("%d ", f19(round * 0));
        printf("%d ", f20(round * 0));
        printf("%d ", f21(round * 0));
        printf("%d ", f22(round * 0));
        printf("%d ", f23(round * 0));
        printf("%d ", f24(round * 0));
        printf("%d ", f25(round * 0));
        printf("%d ", f26(round * 0));
        printf("%d ", f27(round * 0));
        printf("%d ", f28(round * 0));
        printf("%d ", f29(round * 0));
        printf("%d ", f30(round * 0));
        printf("%d ", f31(round * 0));
        printf("%d ", f32(round * 0));
        printf("%d ", f33(round * 0));
        printf("%d ", f34(round * 0));
        printf("%d ", weak_one(round * 0));
        printf("%d ", mixed(round * 0));
        printf("%d ", mixed_twice(round * 0));
        printf("%d ", between(round * 0));
        printf("%d ", on_prototype(round * 0));
        printf("%d ", from_macro(round * 0));
        printf("%d ", from_macros(round * 0));
        printf("%d ", storage_from_macro(round * 0));
        printf("%d ", always(round * 0));
        printf("%d ", old(round * 0));
        printf("%d ", old_too(round * 0));
        printf("%d %d\n", on_parameter(1, 2), nonnull_macro("a", "b"));
        text = made(5);
        printf("%s ", text);
        free(text);
        text = never_null("a", 1);
        printf("%s ", text);
        free(text);
        text = chosen("%d\n");
        printf("%s", text);
        free(text);
        printf("%ld %d\n", abi(1), nonnull_all("n"));
#ifdef __x86_64__
        printf("%ld\n", other_abi(1, 2));
#endif
    }
    TRAP_HITS(f00, 1);
    TRAP_HITS(f01, 1);
    TRAP_HITS(f02, 1);
    TRAP_HITS(f03, 1);
    TRAP_HITS(f04, 1);
    TRAP_HITS(f05, 1);
    TRAP_HITS(f06, 1);
    TRAP_HITS(f07, 1);
    TRAP_HITS(f08, 1);
    TRAP_HITS(f09, 1);
    TRAP_HITS(f10, 1);
    TRAP_HITS(f11, 1);
    TRAP_HITS(f12, 1);
    TRAP_HITS(f14, 1);
    TRAP_HITS(f15, 1);
    TRAP_HITS(f16, 1);
    TRAP_HITS(f17, 1);
    TRAP_HITS(f18, 1);
    TRAP_HITS(f19, 1);
    TRAP_HITS(f20, 1);
    TRAP_HITS(f21, 1);
    TRAP_HITS(f22, 1);
    TRAP_HITS(f23, 1);
    TRAP_HITS(f24, 1);
    TRAP_HITS(f25, 1);
    TRAP_HITS(f26, 1);
    TRAP_HITS(f27, 1);
    TRAP_HITS(f28, 1);
    TRAP_HITS(f29, 1);
    TRAP_HITS(f30, 1);
    TRAP_HITS(f31, 1);
    TRAP_HITS(f32, 1);
    TRAP_HITS(f33, 1);
    TRAP_HITS(f34, 1);
    TRAP_HITS(weak_one, 1);
    TRAP_HITS(mixed, 1);
    TRAP_HITS(mixed_twice, 1);
    TRAP_HITS(between, 1);
    TRAP_HITS(on_prototype, 1);
    TRAP_HITS(from_macro, 1);
    TRAP_HITS(from_macros, 1);
    TRAP_HITS(storage_from_macro, 1);
    TRAP_HITS(always, 1);
    TRAP_HITS(old, 1);
    TRAP_HITS(old_too, 1);
    TRAP_HITS(on_parameter, 1);
    TRAP_HITS(nonnull_macro, 1);
    TRAP_HITS(made, 1);
    TRAP_HITS(never_null, 1);
    TRAP_HITS(chosen, 1);
    TRAP_HITS(abi, 1);
    TRAP_HITS(nonnull_all, 1);
    return 0;
}

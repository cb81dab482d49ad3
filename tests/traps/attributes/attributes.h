#define COLD __attribute__((cold))
#define WEAK_AND_COLD __attribute__((weak, cold))
#define IN_SECTION(name) __attribute__((section(name), noinline))
#define NOTHING
#define STATIC_COLD static COLD
#define NONNULL(...) __attribute__((nonnull(__VA_ARGS__)))
#if defined(__clang__)
#define ONLY_GCC(attribute)
#else
#define ONLY_GCC(attribute) __attribute__((attribute))
#endif

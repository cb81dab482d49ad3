/* Texts. */
#include "trap.h"

#include <stddef.h>
#include <string.h>

// @memo
static size_t length(const char *s)
{
    return s ? strlen(s) : 99;
}
// @memo
static int two(const char *const a, char const *restrict b)
{
    return strcmp(a, b) < 0;
}
// @memo(string(s))
static size_t within(const char *s, size_t size)
{
    return strlen(s) < size ? strlen(s) : size;
}
// @memo(in(s[len]))
static int buffer(const char *s, int len)
{
    return len ? s[len - 1] : 0;
}
// @memo
static char *repeat(const char *s, unsigned times)
{
    size_t size = strlen(s);
    char *made = malloc(size * times + 1);
    made[0] = '\0';
    for (unsigned i = 0; i < times; i++)
        memcpy(made + i * size, s, size + 1);
    return made;
}
// @memo
static int array(const char s[])
{
    return s[0];
}
// @memo
static char *maybe(int x)
{
    char *made = x ? malloc(2) : NULL;
    if (made)
        memcpy(made, "y", 2);
    return made;
}
// @memo(cache_if=1)
static char *keeps_null(int x)
{
    return x ? calloc(1, 1) : NULL;
}

static void show(char *text)
{
    printf("%s\n", text ? text : "(null)");
    if (text)
        *text = '!'; /* ours alone */
    free(text);
}

int main(void)
{
    char *large = malloc(10000);
    memset(large, 'x', 9999);
    large[9999] = '\0';
    for (int round = 0; round < 2; round++) {
        printf("%zu %zu %zu\n", length("abc"), length(""), length(NULL));
        printf("%zu\n", length(large));
        printf("%d %d %d\n", two("a", "b"), two("b", "a"), two("ab", ""));
        printf("%d\n", two("a", "bb"));
        printf("%zu %zu\n", within("abcdef", 3), within("abcdef", 30));
        printf("%d %d\n", buffer("a\0b", 3), buffer("a\0c", 3));
        show(repeat("ab", 3));
        show(repeat("", 3));
        show(repeat("x", 0));
        printf("%d\n", array("q"));
        show(maybe(0));
        show(maybe(1));
        show(keeps_null(0));
        large[5000] = 'y';
    }
    free(large);
    TRAP_HITS(length, 3);
    TRAP_HITS(two, 4);
    TRAP_HITS(within, 2);
    TRAP_HITS(buffer, 2);
    TRAP_HITS(repeat, 3);
    TRAP_HITS(array, 1);
    TRAP_HITS(maybe, 1);
    TRAP_HITS(keeps_null, 1);
    return 0;
}

/* Flexible arrays, arrays of texts like argv, memory that is the caller's. */
#define _GNU_SOURCE
#include "trap.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ---- memory that is counted -----------------------------------------------
 */

static int allocated, released;

static void *take(size_t size)
{
    allocated++;
    return malloc(size);
}

static void give(void *memory)
{
    released += memory != NULL;
    free(memory);
}

/* ---- flexible arrays ------------------------------------------------------
 */

struct packet {
    uint8_t kind;
    uint16_t length;
    unsigned char bytes[]; // @memo len(length)
};

struct batch {
    int count;
    struct entry {
        char *name;
        int value;
    } entries[]; // @memo len(count)
};

// @memo(alloc=take, free=give, impure_ok)
static struct packet *pack(const char *text)
{
    size_t length = strlen(text);
    struct packet *made = take(sizeof *made + length);
    made->kind = (uint8_t)(length & 3);
    made->length = (uint16_t)length;
    memcpy(made->bytes, text, length);
    return made;
}

// @memo(deref(p))
static unsigned checksum(const struct packet *p)
{
    unsigned sum = p->kind;
    for (unsigned i = 0; i < p->length; i++)
        sum = sum * 31 + p->bytes[i];
    return sum;
}

// @memo(alloc=take, free=give, impure_ok)
static struct batch *split(const char *text)
{
    int count = 0;
    for (const char *at = text; *at; at++)
        count += *at == '=';
    struct batch *made =
        take(sizeof *made + (size_t)count * sizeof *made->entries);
    made->count = count;
    for (int i = 0; i < count; i++) {
        size_t size = strcspn(text, "=");
        made->entries[i].name = take(size + 1);
        memcpy(made->entries[i].name, text, size);
        made->entries[i].name[size] = '\0';
        made->entries[i].value = atoi(text + size + 1);
        text += size + 1 + strcspn(text + size + 1, ",");
        text += *text == ',';
    }
    return made;
}

// @memo(deref(b))
static int find(const struct batch *b, const char *name)
{
    for (int i = 0; i < b->count; i++)
        if (strcmp(b->entries[i].name, name) == 0)
            return b->entries[i].value;
    return -1;
}

/* ---- argv -----------------------------------------------------------------
 */

// @memo(in(words[n]))
static size_t width(int n, const char *const words[])
{
    size_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += words[i] ? strlen(words[i]) + 1 : 100;
    return sum;
}

// @memo(in(words[n]), returns(result[n + 1]))
static char **reversed(int n, char *const *words)
{
    char **made = calloc((size_t)n + 1, sizeof *made);
    for (int i = 0; i < n; i++)
        made[i] = words[n - 1 - i] ? strdup(words[n - 1 - i]) : NULL;
    return made;
}

struct command {
    int count;
    char **words; // @memo len(count)
    struct command *pipe;
};

// @memo
static struct command *commands(const char *line)
{
    struct command *made = calloc(1, sizeof *made);
    while (*line && *line != '|') {
        size_t size = strcspn(line, " |");
        made->words = realloc(made->words,
                              (size_t)(made->count + 1) * sizeof *made->words);
        made->words[made->count++] = strndup(line, size);
        line += size;
        line += strspn(line, " ");
    }
    if (*line)
        made->pipe = commands(line + 1 + (line[1] == ' '));
    return made;
}

static void release(struct command *c)
{
    for (int i = 0; i < c->count; i++)
        free(c->words[i]);
    free(c->words);
    if (c->pipe)
        release(c->pipe);
    free(c);
}

int main(void)
{
    for (int round = 0; round < 3; round++) {
        static const char *const texts[] = {"", "a", "hello world",
                                            "a=1,bc=22"};
        for (int i = 0; i < 4; i++) {
            struct packet *p = pack(texts[i]);
            unsigned before = checksum(p);
            if (p->length > 0)
                p->bytes[p->length - 1] ^= 1;
            printf("%u %u %u\n", p->length, before, checksum(p));
            give(p);
            struct batch *b = split(texts[i]);
            printf("%d %d %d\n", b->count, find(b, "a"), find(b, "bc"));
            for (int k = 0; k < b->count; k++)
                give(b->entries[k].name);
            give(b);
        }
        char one[] = "one", two[] = "two", none[] = "";
        char *lists[][3] = {
            {one, two, none}, {two, one, NULL}, {NULL, NULL, one}};
        for (int i = 0; i < 3; i++) {
            for (int n = 0; n <= 3; n++) {
                char **made = reversed(n, lists[i]);
                printf("%zu", width(n, (const char *const *)lists[i]));
                for (int k = 0; k < n; k++) {
                    printf(" '%s'", made[k] ? made[k] : "NULL");
                    free(made[k]);
                }
                printf(" %d\n", made[n] == NULL);
                free(made);
            }
        }
        struct command *c = commands("ls -l  /tmp | sort | head -n 3");
        for (const struct command *at = c; at; at = at->pipe)
            for (int i = 0; i < at->count; i++)
                printf("%s%c", at->words[i], i + 1 < at->count ? ' ' : '|');
        printf("\n");
        release(c);
    }
    printf("%d\n", allocated == released);
    TRAP_HITS(pack, 8);
    TRAP_HITS(split, 8);
    TRAP_HITS(commands, 2);
    return 0;
}

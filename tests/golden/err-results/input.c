/* Pointer results that callers could not own. */
#include <stddef.h>

struct node {
    struct node *next;
};

void *malloc(size_t size);

static char shared[10];

// @memo
const char *constant(int n) { return n ? "yes" : "no"; }

// @memo
void *untyped(size_t size) { return malloc(size); }

// @memo
struct node *linked(int n) { return n ? malloc(sizeof(struct node)) : 0; }

// @memo
int *uncounted(int n) { return malloc(sizeof(int) * (size_t)n); }

// @memo
char *literal(int n) { return n ? (char *)"text" : NULL; }

// @memo
char *of_global(int n) { return shared + n; }

// @memo
char *of_static(int n)
{
    static char text[10];
    char *at = text;

    return at + n;
}

// @memo(returns(result[1]))
int *of_local(int n)
{
    int kept = n;
    return &kept;
}

// @memo(string(text))
char *of_parameter(char *text) { return text + 1; }

// @memo(returns(result[1]))
int *of_parameters_address(int n) { return &n; }

// @memo(returns(static))
int no_pointer(int n) { return n; }

char buffer[10];

// @memo
char *of_buffer(int n) { return buffer + n; }

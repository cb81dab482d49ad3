/* Results that callers do not free. */
#include <stdlib.h>
#include <string.h>

// @memo
char *found(const char *text)
{
    return strchr(text, ',');
}

// @memo
char *found_later(const char *text)
{
    char *at = strstr(text, ", ");
    return at ? at + 2 : NULL;
}

// @memo
char *message(int code)
{
    return strerror(code);
}

// @memo
char *copied(const char *text)
{
    char *made = malloc(strlen(text) + 1);
    return made ? strcpy(made, text) : NULL;
}

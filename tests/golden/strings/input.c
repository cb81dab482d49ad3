/* Texts are inputs by content; a char * result is the caller's to free. */
#include <stddef.h>

void *malloc(size_t size);

// @memo
unsigned long checksum(const char *text)
{
    unsigned long sum = 0;

    while (text && *text)
        sum = sum * 31 + (unsigned char)*text++;
    return sum;
}

// @memo(string(name), string(buffer))
char *greeting(char *name, const char *buffer, size_t size)
{
    char *made = malloc(size + 1);

    if (made) {
        made[0] = name[0] ? buffer[0] : '\0';
        made[1] = '\0';
    }
    return made;
}

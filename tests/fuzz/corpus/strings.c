#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t count(const char *text, char c);
char *twice(const char *s);
const char *name(char *s);
double *line(int n, double a);
int lines(const char *path);

// @memo(persist=false)
size_t count(const char *text, char c)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == c;
    return n;
}

// @memo(cache_if=result != NULL)
char *twice(const char *s)
{
    size_t n = strlen(s);
    char *t = malloc(2 * n + 1);
    if (t)
        sprintf(t, "%s%s", s, s);
    return t;
}

// @memo(string(s), returns(static))
const char *name(char *s)
{
    return s && *s ? "full" : "empty";
}

// @memo(returns(result[n]))
double *line(int n, double a)
{
    double *xs = malloc((n > 0 ? (size_t)n : 1) * sizeof *xs);
    for (int i = 0; xs && i < n; i++)
        xs[i] = a * i;
    return xs;
}

// @memo(depends(path), impure_ok)
int lines(const char *path)
{
    int c, n = 0;
    FILE *file = fopen(path, "r");
    if (!file)
        return -1;
    while ((c = getc(file)) != EOF)
        n += c == '\n';
    fclose(file);
    return n;
}

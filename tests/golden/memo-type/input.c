/* Types that functions of the user turn into bytes, and back. */
#include <stddef.h>

// @memo_type(encode=value_encode, decode=value_decode)
typedef struct {
    int is_text;
    union {
        double number;
        char *text;
    };
} value;
size_t value_encode(const value *v, void *bytes, size_t room);
int value_decode(value *v, const void *bytes, size_t size);

struct database;
/* @memo_type(hash=database_hash, encode=database_encode,
              decode=database_decode, free=database_close) */
struct database;
unsigned long database_hash(const struct database *d);
size_t database_encode(const struct database *d, void *bytes, size_t room);
struct database *database_decode(const void *bytes, size_t size);
void database_close(struct database *d);

// @memo
value twice(value v)
{
    v.number *= 2;
    return v;
}

// @memo
struct database *database_open(const char *path)
{
    (void)path;
    return NULL;
}

// @memo(deref(d))
int database_rows(const struct database *d)
{
    return d != NULL;
}

/* Pointers that nothing is said about. */
#include <stddef.h>

struct pair {
    int left, right;
};

// @memo
int read_only(const int *values, int n) { return values[n]; }

// @memo(ttl=60)
int read_or_written(int *values, int n) { return values[n]; }

// @memo()
int text(char *text) { return text[0]; }

// @memo
int open_array(const int values[], size_t count) { return values[count]; }

// @memo
int array(int n, int values[n]) { return values[n - 1]; }

// @memo
int bytes(const void *data, size_t size) { return data && size; }

// @memo
int one(const struct pair *pair) { return pair->left; }

// @memo
int callback(int (*function)(int), int n) { return function(n); }

// @memo
int buffer(const char *data, size_t n) { return data[n]; }

// @memo
int named_buffer(const char *data, int name_len) { return data[name_len]; }

// @memo
int doubtful(const char *text, int n) { return text[n]; }

// @memo
int counted(const char *text, unsigned count) { return text[count]; }

// @memo
int same(const char *text, int width) { return text[width]; }

/* Types whose values cannot be told apart or copied. */

union either {
    int whole;
    float part;
};

struct opaque;

struct list {
    int length;
    int items[];
};

struct holder {
    struct inner {
        int *pointer;
    } inner;
};

struct handler {
    void (*call)(void);
};

struct fixed {
    const int mode : 3;
};

typedef float vector __attribute__((vector_size(16)));

// @memo
int of_union(union either value) { return value.whole; }

// @memo
int of_holder(struct holder value) { return *value.inner.pointer; }

// @memo
int of_handler(struct handler value) { return value.call != 0; }

// @memo
int of_vector(vector value) { return (int)value[0]; }

// @memo
struct fixed of_fixed(int n) { return (struct fixed){n & 3}; }

// @memo
int of_holders(const struct holder values[2]) { return *values->inner.pointer; }

// @memo(deref(list))
int of_list(const struct list *list) { return list->length; }

// @memo
int of_opaque(const struct opaque *thing) { return thing != 0; }

// @memo
union either as_union(int n) { return (union either){n}; }

// @memo
struct holder as_holder(int n) { return (struct holder){{n ? 0 : 0}}; }

// @memo
void (*as_function(int n))(void) { return n ? 0 : 0; }

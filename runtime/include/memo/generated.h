/* memo/generated.h -- what a generated file needs: plain data, a few calls.
 *
 * Included on the first line of a generated file, before anything of the
 * user's: it includes no system header, is C90, and every name in it begins
 * with memo_ or MEMO_.  People include memo.h instead.
 *
 * Everything here is the binary interface between generated code and library;
 * MEMO_ABI changes with it, and memo_begin() refuses any other.
 */
#ifndef MEMO_GENERATED_H
#define MEMO_GENERATED_H

#ifdef __cplusplus
extern "C" {
#endif

#define MEMO_ABI 4u

__extension__ typedef __UINT64_TYPE__ memo_u64;
__extension__ typedef __UINT32_TYPE__ memo_u32;
__extension__ typedef __SIZE_TYPE__ memo_size;
typedef void (*memo_address)(void); /* any function's address */

/* ---- types: tables that one engine of the library walks ----------------- */

enum memo_kind {
    MEMO_KIND_UNSIGNED = 1, /* integers: `size` bytes, all of them value */
    MEMO_KIND_SIGNED,
    MEMO_KIND_BOOL,
    MEMO_KIND_ENUM,
    MEMO_KIND_FLOAT,       /* float, double, __float128: by their bytes */
    MEMO_KIND_LONG_DOUBLE, /* the value bytes only, the rest is padding */
    MEMO_KIND_COMPLEX,     /* two floats of half the size */
    MEMO_KIND_LONG_DOUBLE_COMPLEX,
    MEMO_KIND_ADDRESS, /* a pointer kept as it is: returns(static) */
    MEMO_KIND_STRUCT,  /* `fields`; padding between them never counts */
    /* From here on a value is more than the bytes of its own. */
    MEMO_KIND_DEEP_STRUCT, /* a struct with any of these, or a flexible array */
    MEMO_KIND_TEXT,        /* char *: NULL, or a text up to its NUL */
    MEMO_KIND_POINTER,     /* NULL, or elements of the type `target` */
    MEMO_KIND_OPAQUE       /* what `codec` makes of it */
};

struct memo_type;

/* How a type that tables cannot describe becomes bytes, and back. */
struct memo_codec {
    /* The value, as an input, is these bytes of its own: 64 bits of hash.
     * NULL: it is what `encode` writes. */
    memo_u64 (*hash)(const void *object);
    /* Write up to `room` bytes; returns how many there are in all.  NULL: the
     * type can only be an input. */
    memo_size (*encode)(const void *object, void *bytes, memo_size room);
    /* Make *object of the bytes; 0 if they are none of `encode`. */
    int (*decode)(void *object, const void *bytes, memo_size size);
    /* Release what `decode` made.  NULL: nothing is to be released. */
    void (*release)(void *object);
    /* 1: the object is a pointer to the type, NULL or not, and `decode` sets
     * it. */
    memo_u32 is_pointer;
    /* The library's own types, in place of `encode` and `decode`: write the
     * bytes piece by piece, 0 if the object is malformed; and make *object of
     * bytes that tell themselves where they end, NULL if they are none. */
    int (*write)(const void *object, void *sink);
    const unsigned char *(*read)(void *object, const unsigned char *bytes,
                                 const unsigned char *end, memo_u64 budget);
};

/* struct ArrowSchema and struct ArrowArray, one behind the other. */
extern const struct memo_codec memo_arrow_codec;

struct memo_field {
    const char *name;
    const struct memo_type *type; /* of one element */
    memo_size offset;             /* bytes from the struct's begin */
    memo_size count;              /* elements; 1 for a single one, 0 for a
                                     flexible array */
    /* A bit-field has no address: these two move its value, zero- or
     * sign-extended to 64 bits.  NULL for any other field. */
    memo_u64 (*get_bits)(const void *object);
    void (*set_bits)(void *object, memo_u64 bits);
    /* Of a pointer, how many elements it points at, of a flexible array, how
     * many it has, by the struct that holds it; MEMO_TOO_MANY if that cannot
     * be told.  NULL: one. */
    memo_u64 (*count_elements)(const void *object);
};

struct memo_type {
    const char *name; /* as in C: "struct point" */
    memo_u32 kind;    /* enum memo_kind */
    memo_u32 field_count;
    memo_size size; /* sizeof */
    const struct memo_field *fields;
    const struct memo_type *target; /* of MEMO_KIND_POINTER, one element */
    const struct memo_codec *codec; /* of MEMO_KIND_OPAQUE */
};

/* ---- functions ----------------------------------------------------------- */

enum memo_passing {
    MEMO_BY_VALUE = 1, /* argument.data is the object's address */
    MEMO_BY_TEXT,      /* data is a NUL-terminated text or NULL */
    MEMO_BY_ELEMENTS,  /* data is the first of `count` elements, or NULL */
    MEMO_BY_FILE,      /* data is a path: size and mtime of the file count */
    MEMO_BY_ADDRESS    /* data is no input; a result that leads there is not
                          kept */
};

enum memo_direction {
    MEMO_IN = 1,  /* its content is part of the key */
    MEMO_OUT = 2, /* written by the body, kept, written back on a hit; that it
                     is NULL or not is part of the key */
    MEMO_IN_OUT = 3
};

/* One input or output: a parameter, a key(EXPR), a depends(PATH). */
struct memo_parameter {
    const char *name;             /* or the text of the expression */
    const struct memo_type *type; /* of one element; NULL for texts and files */
    memo_u32 passing;             /* enum memo_passing */
    memo_u32 direction;           /* enum memo_direction */
};

struct memo_argument {
    void *data;
    memo_u64 count; /* MEMO_BY_ELEMENTS: elements; MEMO_TOO_MANY if the size
                       cannot be told: the call runs uncached */
};
#define MEMO_TOO_MANY (~(memo_u64)0)
/* The count of an output whose length names the result: generated code sets it
 * before memo_end(); a hit writes as many elements as were kept. */
#define MEMO_COUNT_LATER (~(memo_u64)0 - 1)

enum memo_result_kind {
    MEMO_RESULT_NONE = 0, /* void */
    MEMO_RESULT_VALUE,    /* result points at an object of result_type */
    MEMO_RESULT_TEXT,     /* result points at a char *: a malloc'd copy a hit */
    MEMO_RESULT_ELEMENTS  /* result points at a T *: a malloc'd copy of
                             call.result_count elements a hit */
};

enum memo_function_flags {
    MEMO_RESULT_MAY_BE_NULL =
        1,                  /* a NULL result is kept (cache_if was given) */
    MEMO_VALUE_IS_DEEP = 2, /* the result or an output has pointers in it */
    MEMO_VALUE_CALLS_USER =
        4,                    /* `allocate`, `release` or a codec is involved */
    MEMO_CODE_IGNORED = 8,    /* code=ignore: the source does not count */
    MEMO_ALLOWS_WIDGETS = 16, /* allow_widgets */
    MEMO_SUPPRESSES_WARNING = 32, /* suppress_st_warning */
    MEMO_SHOWS_NO_SPINNER = 64    /* show_spinner=false */
};

/* Where the source hash of a function, or of a data object, hangs.  Not const,
 * so that a weak reference resolves alike in every kind of program. */
struct memo_source {
    const char *name;
    memo_u64 hash[2];   /* of its tokens and of all they name in its file */
    const char *build;  /* MEMO_BUILD of the object file */
    memo_u32 use_count; /* symbols outside of the file that it reaches */
    memo_u32 reserved;  /* zero */
    const char *const *names;        /* use_count names */
    struct memo_source *const *uses; /* use_count; NULL = known by name only */
};

/* How a result is shared: @singleton, or borrow.  Everybody gets the same one,
 * as it is; it is pinned by each thread that got it.  Both functions get the
 * address of the result. */
struct memo_sharing {
    memo_u32 is_borrowed; /* 1: it is given back as a copy would be */
    int (*validate)(
        const void *result); /* 0: not usable any more; NULL: none */
    void (*release)(
        const void *result); /* never called with NULL; NULL: none */
};

/* Where results live besides memory: persist="...".  The names say which
 * library has them, for whoever reads the linker's complaint. */
struct memo_store;
const struct memo_store *memo_disk_store_is_in_libmemo_disk(void);
const struct memo_store *memo_dir_store_is_in_libmemo_disk(void);
const struct memo_store *memo_redis_store_is_in_libmemo_redis(void);

struct memo_persistence {
    const struct memo_store *(*find)(void);
    memo_u32 has_ttl;         /* persist_ttl: the ttl is theirs as well */
    memo_u32 has_ignored_ttl; /* a ttl without persist_ttl: ttl_ns is 0 */
};

/* The functions of one object file that were called; all of it is the
 * library's, zero at the start. */
struct memo_unit {
    struct memo_function *first;
    memo_u64 reserved[3];
};

/* A memoized function.  Static, zero from `table` on. */
struct memo_function {
    memo_u32 abi; /* MEMO_ABI */
    memo_u32 flags;
    const char *name;
    const char *file;
    memo_u32 line;
    memo_u32 parameter_count;
    const struct memo_parameter *parameters;
    memo_u32 result_kind;
    memo_u32 word_count; /* > 0: memo_find_words() is used, keys are words */
    const struct memo_type *result_type;
    memo_u64 ttl_ns;      /* 0 = for ever */
    memo_u64 max_entries; /* 0 = no bound */
    memo_u64 max_bytes;   /* 0 = no bound */
    const char *options;  /* the annotation's, for reports */
    const char *version;  /* version="…", "" if none */
    const char *salt;     /* the options that change the result, version too */
    struct memo_source *source;
    memo_address address; /* of the wrapper: what memo_clear(f) names */
    struct memo_unit *unit;
    /* Memory for copies, and what the caller gives it back to; NULL: malloc()
     * and free(). */
    void *(*allocate)(memo_size size);
    void (*release)(void *memory);
    const struct memo_sharing *sharing; /* NULL: every caller gets a copy */
    const char *spinner; /* what pages show while the body runs; NULL: made of
                            the name */
    const struct memo_persistence *persistence; /* NULL: memory only */
    void *table; /* the library's; NULL sends every call the long way */
    void *state; /* the library's */
    struct memo_function *next; /* the library's */
};

/* One call on its way; lives on the caller's stack, small on purpose: a deep
 * recursion has one per level. */
struct memo_call {
    memo_u32 runs;         /* the body is to be run (again) */
    memo_u32 keep;         /* cleared by generated code when cache_if says no */
    memo_u64 result_count; /* MEMO_RESULT_ELEMENTS: elements of the result */
    memo_u64 reserved[6];  /* the library's */
};

/* A hit of a function whose whole key is at most two words and whose result is
 * at most one: 1 and *value, or 0 and nothing is known yet.  word1 is 0 when
 * word_count is 1.
 * Threads: any.  No lock, no allocation, no system call. */
int memo_find_words(struct memo_function *function, memo_u64 word0,
                    memo_u64 word1, memo_u64 *value);

/* The same for a function whose result is shared: 1 only when this thread has
 * pinned it already. */
int memo_find_shared(struct memo_function *function, memo_u64 word0,
                     memo_u64 word1, memo_u64 *value);

/* Look the call up.  On a hit call->runs is 0 and *result (result_kind says
 * what that is) and the outputs are filled; else call->runs is 1 and the body
 * is to be run, then memo_end() called, for as long as call->runs is not 0:
 *
 *     memo_begin(&call, &function, arguments, &result);
 *     while (call.runs) {
 *         result = body(...);
 *         memo_end(&call, &function, arguments, &result);
 *     }
 *
 * `arguments` has parameter_count items and must stay valid and unchanged up to
 * the last memo_end(), but for the counts of outputs, which generated code may
 * set before memo_end().  errno is as the body left it after memo_end(), and
 * untouched by a hit. */
void memo_begin(struct memo_call *call, struct memo_function *function,
                const struct memo_argument *arguments, void *result);
/* The same for word_count > 0; `result` then points at a result_type object. */
void memo_begin_words(struct memo_call *call, struct memo_function *function,
                      memo_u64 word0, memo_u64 word1,
                      const struct memo_argument *arguments, void *result);
void memo_end(struct memo_call *call, struct memo_function *function,
              const struct memo_argument *arguments, void *result);

/* Forget one entry: what memo_clear_args(f, ...) becomes.  A memo_status. */
int memo_clear_call(struct memo_function *function,
                    const struct memo_argument *arguments);
int memo_clear_words(struct memo_function *function, memo_u64 word0,
                     memo_u64 word1);

/* A function whose results persist is there: what is done to all functions, or
 * to this one, reaches its store even when it was not called yet.  Called once
 * the object file is loaded. */
void memo_declare(struct memo_function *function);

/* The object file goes away (dlclose, exit): its functions are unlinked, later
 * calls run uncached. */
void memo_unload(struct memo_unit *unit);

/* ---- helpers ------------------------------------------------------------- */

#if defined(__GNUC__) || defined(__clang__)
#define MEMO_INLINE                                                            \
    static __inline__ __attribute__((__unused__, __always_inline__))
#else
#error "memogen's output needs gcc or clang"
#endif

/* The bytes of a scalar of at most 8 bytes, zero-extended. */
MEMO_INLINE memo_u64 memo_word(const void *scalar, memo_size size)
{
    memo_u64 word = 0;
    __builtin_memcpy(&word, scalar, size);
    return word;
}

/* Two scalars of at most 4 bytes each in one word. */
MEMO_INLINE memo_u64 memo_word_pair(const void *low, memo_size low_size,
                                    const void *high, memo_size high_size)
{
    return memo_word(low, low_size) | memo_word(high, high_size) << 32;
}

/* A product of lengths; MEMO_TOO_MANY when it does not fit. */
MEMO_INLINE memo_u64 memo_times(memo_u64 a, memo_u64 b)
{
    memo_u64 product;
    if (__builtin_mul_overflow(a, b, &product))
        return MEMO_TOO_MANY;
    return product;
}

/* The user's macros may be called as any member is: after the user's headers
 * generated code names none, these do.  A cast would warn with -Wcast-qual. */
MEMO_INLINE void memo_set_argument(struct memo_argument *argument,
                                   const volatile void *data, memo_u64 count)
{
    __builtin_memcpy(&argument->data, &data, sizeof data);
    argument->count = count;
}

MEMO_INLINE void memo_set_count(struct memo_argument *argument, memo_u64 count)
{
    argument->count = count;
}

MEMO_INLINE int memo_is_to_run(const struct memo_call *call)
{
    return call->runs != 0;
}

MEMO_INLINE void memo_set_result_count(struct memo_call *call, memo_u64 count)
{
    call->result_count = count;
}

MEMO_INLINE void memo_set_keep(struct memo_call *call, memo_u32 keep)
{
    call->keep = keep;
}

/* An integer expression as a length: what is not above zero is none. */
#define MEMO_LENGTH(expression)                                                \
    ((expression) <= 0 ? (memo_u64)0 : (memo_u64)(expression))

/* What was compiled how: part of every source hash of the object file.  The
 * level of optimisation is left out on purpose. */
#define MEMO_TEXT_OF(x) #x
#define MEMO_TEXT(x) MEMO_TEXT_OF(x)
#ifdef __FAST_MATH__
#define MEMO_BUILD_FAST_MATH " fast-math"
#else
#define MEMO_BUILD_FAST_MATH ""
#endif
#ifdef __CHAR_UNSIGNED__
#define MEMO_BUILD_CHAR " unsigned-char"
#else
#define MEMO_BUILD_CHAR ""
#endif
#ifdef __STDC_VERSION__
#define MEMO_BUILD_STANDARD MEMO_TEXT(__STDC_VERSION__)
#else
#define MEMO_BUILD_STANDARD "c90"
#endif
#define MEMO_BUILD_LANGUAGE                                                    \
    " std=" MEMO_BUILD_STANDARD " finite=" MEMO_TEXT(__FINITE_MATH_ONLY__)
#define MEMO_BUILD_FLOATS " flt-eval=" MEMO_TEXT(__FLT_EVAL_METHOD__)
#define MEMO_BUILD_LONG " long=" MEMO_TEXT(__SIZEOF_LONG__)
#define MEMO_BUILD_POINTER " pointer=" MEMO_TEXT(__SIZEOF_POINTER__)
#define MEMO_BUILD_WCHAR " wchar=" MEMO_TEXT(__SIZEOF_WCHAR_T__)
#define MEMO_BUILD_LONG_DOUBLE " long-double=" MEMO_TEXT(__SIZEOF_LONG_DOUBLE__)
#define MEMO_BUILD_SIZES                                                       \
    MEMO_BUILD_LONG MEMO_BUILD_POINTER MEMO_BUILD_WCHAR MEMO_BUILD_LONG_DOUBLE
#define MEMO_BUILD                                                             \
    __VERSION__ MEMO_BUILD_LANGUAGE MEMO_BUILD_FLOATS MEMO_BUILD_SIZES         \
        MEMO_BUILD_FAST_MATH MEMO_BUILD_CHAR

#ifdef __cplusplus
}
#endif

#endif

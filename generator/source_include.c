/* source_include.c -- which file stands in the place of which #include. */
#include "source_reader.h"

#include <string.h>

struct reader_inclusion {
    CXFile includer, included;
    unsigned offset; /* somewhere in the directive */
};

static void visit_inclusion(CXFile included, CXSourceLocation *stack,
                            unsigned depth, CXClientData data)
{
    reader *r = data;
    reader_inclusion *inclusion;
    if (r->inclusion_count == r->inclusion_capacity) {
        size_t capacity =
            r->inclusion_capacity ? r->inclusion_capacity * 2 : 64;
        reader_inclusion *grown =
            GEN_NEW_ARRAY(r->arena, reader_inclusion, capacity);
        if (r->inclusion_count)
            memcpy(grown, r->inclusions, r->inclusion_count * sizeof *grown);
        r->inclusions = grown;
        r->inclusion_capacity = capacity;
    }
    inclusion = &r->inclusions[r->inclusion_count++];
    *inclusion = (reader_inclusion){.included = included};
    if (depth)
        clang_getFileLocation(stack[0], &inclusion->includer, NULL, NULL,
                              &inclusion->offset);
}

static void read_inclusions(reader *r)
{
    if (r->inclusion_count == 0)
        clang_getInclusions(r->unit, visit_inclusion, r);
}

reader_file *reader_included_at(reader *r, const reader_file *from,
                                size_t begin, size_t end)
{
    read_inclusions(r);
    for (size_t i = 0; i < r->inclusion_count; i++) {
        const reader_inclusion *inclusion = &r->inclusions[i];
        if (begin <= inclusion->offset && inclusion->offset < end &&
            inclusion->includer &&
            clang_File_isEqual(inclusion->includer, from->file))
            return reader_find_file(r, inclusion->included);
    }
    return NULL;
}

bool reader_is_included_again(reader *r, reader_file *file)
{
    if (file->inclusions == 0) {
        read_inclusions(r);
        for (size_t i = 0; i < r->inclusion_count; i++)
            file->inclusions +=
                clang_File_isEqual(r->inclusions[i].included, file->file) != 0;
    }
    return file->inclusions > 1;
}

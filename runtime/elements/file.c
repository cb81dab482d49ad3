#include "elements/file.h"

#include "elements/fail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void *read_open(FILE *file, size_t size, const char *path,
                       st_failure *error)
{
    void *bytes = malloc(size + 1);

    if (!bytes) {
        st_explain(error, ST_NO_MEMORY, "'%s' is too large for the memory",
                   path);
        return NULL;
    }
    if (fread(bytes, 1, size, file) != size) {
        st_explain(error, ST_BAD_DATA, "'%s' cannot be read to its end", path);
        free(bytes);
        return NULL;
    }
    return bytes;
}

void *st_file_read(size_t *size, const char *path, st_failure *error)
{
    /* To open a pipe would wait for whoever writes to it. */
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "rb");
    struct stat about;
    void *bytes;

    if (!file || fstat(descriptor, &about) != 0) {
        st_explain(error, ST_NOT_FOUND, "'%s' cannot be read: %s", path,
                   strerror(errno));
        if (file)
            fclose(file);
        else if (descriptor >= 0)
            close(descriptor);
        return NULL;
    }
    *size = (size_t)about.st_size;
    if (S_ISREG(about.st_mode)) {
        bytes = read_open(file, *size, path, error);
    } else {
        st_explain(error, ST_NOT_FOUND, "'%s' is no file", path);
        bytes = NULL;
    }
    fclose(file);
    return bytes;
}

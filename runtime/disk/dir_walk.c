/* dir_walk.c -- all files of persist="dir", one after the other. */
#include "disk/dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAGIC 0x636E75666F6D656Du /* "memofunc" */

/* Of a function's file. */
#define MOST_FUNCTION_BYTES ((size_t)16 << 20)

/* Nobody writes for so long. */
#define ORPHAN_SECONDS 3600

/* Above the bound, entries go until so much of it is taken. */
#define KEPT_PART(bytes) ((bytes) - (bytes) / 20)

/* ---- files of functions -------------------------------------------------- */

static uint64_t sum(const unsigned char *bytes, size_t size)
{
    uint64_t total = MAGIC;

    for (size_t i = 0; i < size; i++)
        total = (total ^ bytes[i]) * 0x100000001B3u;
    return total;
}

static bool ends(const char *text, uint32_t size)
{
    return size > 0 && text[size - 1] == '\0';
}

static bool take_apart(memo_dir_function *out, const memo_file_content *content)
{
    const char *at = (const char *)content->bytes;
    memo_dir_function_head *head = &out->head;
    memo_dir_function_head bare;
    uint64_t texts;

    if (content->size < sizeof *head)
        return false;
    memcpy(head, at, sizeof *head);
    bare = *head;
    bare.check = 0;
    memcpy(content->bytes, &bare, sizeof bare);
    texts = (uint64_t)head->function_size + head->file_size + head->source_size;
    if (head->magic != MAGIC ||
        head->check != sum(content->bytes, content->size) ||
        content->size - sizeof *head < texts ||
        content->size - sizeof *head - texts != head->facts_size)
        return false;
    out->function = at + sizeof *head;
    out->file = out->function + head->function_size;
    out->source = out->file + head->file_size;
    out->facts = out->source + head->source_size;
    return ends(out->function, head->function_size) &&
           ends(out->file, head->file_size) &&
           ends(out->source, head->source_size);
}

bool memo_dir_function_read(memo_dir_function *out, int folder,
                            const char *name)
{
    memo_file_content content;

    if (!memo_file_read(&content, folder, name, MOST_FUNCTION_BYTES)) {
        if (errno == EFBIG || errno == ELOOP)
            errno = ENOENT; /* it is none of ours */
        return false;
    }
    if (!take_apart(out, &content)) {
        free(content.bytes);
        errno = ENOENT; /* it is as good as not there */
        return false;
    }
    out->memory = content.bytes;
    return true;
}

static unsigned char *put(unsigned char *out, const void *bytes, size_t size)
{
    if (size > 0)
        memcpy(out, bytes, size);
    return out + size;
}

bool memo_dir_function_write(int folder, const char *name,
                             memo_dir_function *record)
{
    memo_dir_function_head *head = &record->head;
    size_t size = sizeof *head + head->function_size + head->file_size +
                  head->source_size + (size_t)head->facts_size;
    unsigned char *bytes = malloc(size), *at;
    bool done;

    if (!bytes) {
        errno = ENOMEM;
        return false;
    }
    head->magic = MAGIC;
    head->check = 0;
    at = put(bytes, head, sizeof *head);
    at = put(at, record->function, head->function_size);
    at = put(at, record->file, head->file_size);
    at = put(at, record->source, head->source_size);
    put(at, record->facts, (size_t)head->facts_size);
    head->check = sum(bytes, size);
    put(bytes, head, sizeof *head);
    done = memo_file_write(folder, name, bytes, size);
    free(bytes);
    return done;
}

bool memo_dir_entry_write(int entries, const char *name, const void *bytes,
                          size_t size)
{
    char id[MEMO_DIR_NAME] = "";
    int folder;
    bool done;
    int problem;

    memcpy(id, name, sizeof id - 1);
    folder = openat(entries, id, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 && errno == ENOENT && mkdirat(entries, id, 0700) == 0)
        folder = openat(entries, id, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return false;
    done = memo_file_write(folder, name + sizeof id, bytes, size);
    problem = errno;
    close(folder);
    errno = problem;
    return done;
}

/* ---- walking ------------------------------------------------------------- */

/* What a folder has; NULL: it cannot be read. */
static DIR *open_walk(int folder, const char *name)
{
    int opened = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *walk = opened < 0 ? NULL : fdopendir(opened);

    if (!walk && opened >= 0)
        close(opened);
    return walk;
}

/* The next file that is neither hidden nor one written aside. */
static const char *next_name(DIR *walk)
{
    const struct dirent *found;

    while ((found = readdir(walk)) != NULL) {
        if (found->d_name[0] != '.' && strncmp(found->d_name, MEMO_FILE_ASIDE,
                                               strlen(MEMO_FILE_ASIDE)) != 0)
            return found->d_name;
    }
    return NULL;
}

bool memo_dir_is_name(const char *text)
{
    size_t size = MEMO_DIR_NAME - 1;

    return strlen(text) == size && strspn(text, "0123456789abcdef") == size;
}

bool memo_dir_has_place(int places, const char *id)
{
    DIR *walk = open_walk(places, ".");
    bool has_place = !walk; /* nobody knows: leave it alone */
    const char *name;

    while (!has_place && (name = next_name(walk)) != NULL) {
        memo_file_content content;

        if (!memo_file_read(&content, places, name, MEMO_DIR_NAME))
            continue;
        has_place = content.size == strlen(id) &&
                    memcmp(content.bytes, id, content.size) == 0;
        free(content.bytes);
    }
    if (walk)
        closedir(walk);
    return has_place;
}

typedef char dir_name[MEMO_DIR_NAME];

/* The names in a folder, before anything in it changes: some file systems show
 * a file that was written meanwhile once more, or not at all.
 * Owner: *out, free().  False: they cannot be told. */
static bool list_names(dir_name **out, size_t *count, int folder)
{
    DIR *walk = open_walk(folder, ".");
    size_t capacity = 0;
    const char *name;
    bool done = walk != NULL;

    *out = NULL;
    *count = 0;
    while (done && (name = next_name(walk)) != NULL) {
        if (!memo_dir_is_name(name))
            continue;
        if (*count == capacity) {
            dir_name *more;

            capacity = 2 * capacity + 64;
            more = realloc(*out, capacity * sizeof **out);
            done = more != NULL;
            if (!done)
                break;
            *out = more;
        }
        memcpy((*out)[(*count)++], name, sizeof **out);
    }
    if (walk)
        closedir(walk);
    return done;
}

static bool renew(int functions, const char *name, uint64_t *generation)
{
    memo_dir_function record;
    bool done;

    if (!memo_dir_function_read(&record, functions, name))
        return errno == ENOENT;
    if (*generation <= record.head.generation)
        *generation = record.head.generation + 1;
    record.head.generation = (*generation)++;
    done = memo_dir_function_write(functions, name, &record);
    free(record.memory);
    return done;
}

bool memo_dir_renew_all(int functions, uint64_t generation)
{
    dir_name *names;
    size_t count;
    bool done = list_names(&names, &count, functions);

    for (size_t i = 0; i < count && done; i++)
        done = renew(functions, names[i], &generation);
    free(names);
    return done;
}

/* ---- tidiness ------------------------------------------------------------ */

typedef struct {
    char name[MEMO_DIR_ENTRY];
    uint64_t written_ns, size;
} found_entry;

typedef struct {
    found_entry *all;
    size_t count, capacity;
    uint64_t bytes;
} found_entries;

/* What a file takes.  Some file systems count its blocks only later. */
static uint64_t size_of(const struct stat *status)
{
    uint64_t blocks = (uint64_t)status->st_blocks * 512;
    uint64_t size = (uint64_t)status->st_size;

    return blocks > size ? blocks : size;
}

static void add(found_entries *to, const char *id, const char *name,
                uint64_t written_ns, uint64_t size)
{
    found_entry *added;

    if (to->count == to->capacity) {
        size_t capacity = 2 * to->capacity + 64;
        found_entry *more = realloc(to->all, capacity * sizeof *more);

        if (!more)
            return;
        to->all = more;
        to->capacity = capacity;
    }
    added = &to->all[to->count++];
    snprintf(added->name, sizeof added->name, "%.32s/%.49s", id, name);
    added->written_ns = written_ns;
    added->size = size;
    to->bytes += size;
}

/* Read what an entry's file begins with: nothing of one that cannot be opened
 * now.  False: it is cut. */
static bool read_head(memo_dir_head *out, int folder, const char *name)
{
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t got;

    *out = (memo_dir_head){0};
    if (file < 0)
        return true;
    got = read(file, out, sizeof *out);
    close(file);
    return got == (ssize_t)sizeof *out;
}

static bool has_expired(const memo_dir_head *head)
{
    return head->expires_ns != 0 && head->expires_ns <= memo_disk_now();
}

/* Is it an entry of the generation that its function has? */
static bool is_living(const char *name, uint64_t generation)
{
    char *end;

    return strtoull(name, &end, 16) == generation && *end == '-' &&
           strlen(end) == MEMO_DIR_NAME;
}

static void tidy_function(found_entries *out, int folder, const char *id,
                          uint64_t generation)
{
    DIR *walk = open_walk(folder, ".");
    const char *name;
    memo_dir_head head;
    struct stat status;

    while (walk && (name = next_name(walk)) != NULL) {
        if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (!is_living(name, generation) || !read_head(&head, folder, name) ||
            has_expired(&head))
            unlinkat(folder, name, 0);
        else
            add(out, id, name, head.written_ns, size_of(&status));
    }
    if (walk)
        closedir(walk);
}

/* What was left while it was written. */
static void remove_orphans(int folder)
{
    DIR *walk = open_walk(folder, ".");
    const struct dirent *found;
    struct stat status;

    while (walk && (found = readdir(walk)) != NULL) {
        const char *name = found->d_name;

        if (strncmp(name, MEMO_FILE_ASIDE, strlen(MEMO_FILE_ASIDE)) == 0 &&
            fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            time(NULL) - status.st_mtim.tv_sec > ORPHAN_SECONDS)
            unlinkat(folder, name, 0);
    }
    if (walk)
        closedir(walk);
}

static int compare(const void *a, const void *b)
{
    const found_entry *left = a, *right = b;

    return left->written_ns < right->written_ns   ? -1
           : left->written_ns > right->written_ns ? 1
                                                  : 0;
}

static void evict(found_entries *from, int entries, uint64_t most_bytes)
{
    if (from->bytes <= most_bytes)
        return;
    qsort(from->all, from->count, sizeof *from->all, compare);
    for (size_t i = 0; i < from->count && from->bytes > KEPT_PART(most_bytes);
         i++) {
        unlinkat(entries, from->all[i].name, 0);
        from->bytes -= from->all[i].size;
    }
}

/* Tidy up the entries of one function. */
static void tidy_folder(found_entries *out, const memo_dir *d, const char *id)
{
    memo_dir_function record = {.head = {.generation = 0}};
    int folder = openat(d->entries, id, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_known;

    if (folder < 0)
        return;
    is_known = memo_dir_function_read(&record, d->functions, id);
    if (is_known || errno == ENOENT) {
        tidy_function(out, folder, id, record.head.generation);
        remove_orphans(folder);
    }
    close(folder);
    if (is_known)
        free(record.memory);
    else
        unlinkat(d->entries, id, AT_REMOVEDIR); /* if it is empty */
}

void memo_dir_tidy(const memo_dir *d)
{
    found_entries all = {0};
    dir_name *names;
    size_t count;

    list_names(&names, &count, d->entries);
    for (size_t i = 0; i < count; i++)
        tidy_folder(&all, d, names[i]);
    free(names);
    evict(&all, d->entries, d->most_bytes);
    free(all.all);
    remove_orphans(d->top);
    remove_orphans(d->places);
    remove_orphans(d->functions);
}

/* ---- visits -------------------------------------------------------------- */

static bool read_name(memo_name *out, const char *text)
{
    char high[17] = "";

    if (!memo_dir_is_name(text))
        return false;
    memcpy(high, text, 16);
    out->high = strtoull(high, NULL, 16);
    out->low = strtoull(text + 16, NULL, 16);
    return true;
}

static int each_entry(memo_store_item *item, int folder, uint64_t generation,
                      memo_store_visit *visit, void *context)
{
    DIR *walk = open_walk(folder, ".");
    const char *name;
    int answer = 0;

    while (walk && answer == 0 && (name = next_name(walk)) != NULL) {
        memo_file_content content;
        size_t head;

        if (!is_living(name, generation) ||
            !read_name(&item->digest, name + 17) ||
            !memo_file_read(&content, folder, name, MEMO_DIR_MOST_BYTES))
            continue;
        head = content.size < sizeof(memo_dir_head) ? content.size
                                                    : sizeof(memo_dir_head);
        item->bytes = content.bytes + head; /* none: it is cut */
        item->size = content.size - head;
        answer = visit(context, item);
        free(content.bytes);
    }
    if (walk)
        closedir(walk);
    return answer;
}

static int each_function(int functions, int entries, const char *id,
                         memo_store_visit *visit, void *context)
{
    memo_dir_function record;
    memo_store_item item = {0};
    int answer, folder;

    if (!read_name(&item.id, id) ||
        !memo_dir_function_read(&record, functions, id))
        return 0;
    item.function = record.function;
    item.file = record.file;
    item.source = record.source;
    item.facts = record.facts;
    item.facts_size = record.head.facts_size;
    item.line = record.head.line;
    answer = visit(context, &item);
    folder = openat(entries, id, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (answer == 0 && folder >= 0)
        answer =
            each_entry(&item, folder, record.head.generation, visit, context);
    if (folder >= 0)
        close(folder);
    free(record.memory);
    return answer;
}

int memo_dir_each(int functions, int entries, memo_store_visit *visit,
                  void *context)
{
    DIR *walk = open_walk(functions, ".");
    const char *id;
    int answer = 0;

    while (walk && answer == 0 && (id = next_name(walk)) != NULL)
        answer = each_function(functions, entries, id, visit, context);
    if (walk)
        closedir(walk);
    return answer;
}

/* closure.c -- the source hash of everything that a file owns. */
#include "closure.h"

#include "closure_walk.h"
#include "text.h"

#include "base/hash.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WORD_BITS (8 * sizeof(size_t))

typedef struct {
    gen_arena *arena; /* what the list grows in */
    gen_entity **items;
    size_t count, capacity;
} entity_list;

static void list_add(entity_list *list, gen_entity *entity)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 64 : 2 * list->capacity;
        gen_entity **items = GEN_NEW_ARRAY(list->arena, gen_entity *, capacity);

        if (list->count > 0)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = entity;
}

/* Does the entity have a hash that the linker has to find? */
static bool is_external(const gen_entity *entity)
{
    if (gen_entity_is_exported(entity))
        return true;
    return gen_entity_is_leaf(entity) && !entity->is_system &&
           (entity->kind == GEN_ENTITY_FUNCTION ||
            entity->kind == GEN_ENTITY_VARIABLE);
}

/* ---- hashes: the same bytes on every machine ------------------------------
 */

enum { TAG_COMPONENT = 1, TAG_MEMBER, TAG_NAME };

static void put_word(gen_text *out, uint64_t word)
{
    for (int shift = 0; shift < 64; shift += 8)
        gen_text_append_char(out, (char)(unsigned char)(word >> shift));
}

static void put_hash(gen_text *out, gen_hash hash)
{
    put_word(out, hash.low);
    put_word(out, hash.high);
}

static gen_hash hash_of(const gen_text *bytes)
{
    memo_digest digest = memo_hash_stable(bytes->data, bytes->size);

    return (gen_hash){digest.low, digest.high};
}

/* Another definition may take the place of a replaceable one. */
static gen_hash hash_of_leaf(const gen_entity *leaf, gen_text *scratch)
{
    if (!leaf->is_replaceable)
        return leaf->own;
    scratch->size = 0;
    put_word(scratch, TAG_NAME);
    put_word(scratch, (uint64_t)leaf->kind);
    put_word(scratch, strlen(leaf->name));
    gen_text_append_string(scratch, leaf->name);
    return hash_of(scratch);
}

static int compare_hashes(const void *left, const void *right)
{
    return memcmp(left, right, 16);
}

/* Append the number of the hashes and then them, sorted; `is_unique`: each
 * once. */
static void put_hashes(gen_text *out, gen_text *hashes, bool is_unique)
{
    size_t count = hashes->size / 16;
    size_t kept = 0;

    if (count > 1)
        qsort(hashes->data, count, 16, compare_hashes);
    for (size_t i = 0; i < count; i++) {
        const char *hash = hashes->data + 16 * i;

        if (is_unique && kept > 0 &&
            memcmp(hashes->data + 16 * (kept - 1), hash, 16) == 0)
            continue;
        memmove(hashes->data + 16 * kept++, hash, 16);
    }
    put_word(out, kept);
    gen_text_append(out, hashes->data, 16 * kept);
}

typedef struct {
    gen_text bytes, members, successors, scratch;
} hasher;

/* Hash a component whose successors have been hashed already. */
static void hash_component(hasher *to, gen_entity *const *members, size_t count)
{
    size_t component = members[0]->component;

    to->members.size = to->successors.size = to->bytes.size = 0;
    for (size_t i = 0; i < count; i++) {
        put_hash(&to->members, members[i]->own);
        for (size_t j = 0; j < members[i]->reference_count; j++) {
            const gen_entity *used = members[i]->references[j].entity;

            if (gen_entity_is_leaf(used))
                put_hash(&to->successors, hash_of_leaf(used, &to->scratch));
            else if (used->component != component)
                put_hash(&to->successors, used->combined);
        }
    }
    put_word(&to->bytes, TAG_COMPONENT);
    put_hashes(&to->bytes, &to->members, false);
    put_hashes(&to->bytes, &to->successors, true);

    gen_hash whole = hash_of(&to->bytes);
    for (size_t i = 0; i < count; i++) {
        to->bytes.size = 0;
        put_word(&to->bytes, TAG_MEMBER);
        put_hash(&to->bytes, members[i]->own);
        put_hash(&to->bytes, whole);
        members[i]->combined = hash_of(&to->bytes);
    }
}

/* ---- strongly connected components --------------------------------------- */

/* An entity whose references are being followed. */
typedef struct {
    gen_entity *entity;
    size_t next; /* the reference to follow next */
    size_t low;  /* the oldest open entity that it reaches */
} frame;

/* Tarjan's algorithm, with a stack of its own since code may be deep.  Of an
 * entity order is 0 before it is visited, component is 0 before it is done. */
typedef struct {
    gen_arena *arena; /* scratch */
    frame *frames;
    size_t depth, capacity;
    entity_list open; /* visited, component not yet known */
    entity_list done; /* component by component, successors first */
    size_t visited, component_count;
    hasher hasher;
} search;

static void search_enter(search *in, gen_entity *entity)
{
    if (in->depth == in->capacity) {
        size_t capacity = in->capacity == 0 ? 64 : 2 * in->capacity;
        frame *frames = GEN_NEW_ARRAY(in->arena, frame, capacity);

        if (in->depth > 0)
            memcpy(frames, in->frames, in->depth * sizeof *frames);
        in->frames = frames;
        in->capacity = capacity;
    }
    entity->order = ++in->visited;
    in->frames[in->depth++] = (frame){entity, 0, entity->order};
    list_add(&in->open, entity);
}

/* Everything opened since `entity` forms one component with it. */
static void search_close(search *in, const gen_entity *entity)
{
    size_t start = in->done.count;
    gen_entity *member;

    in->component_count++;
    do {
        member = in->open.items[--in->open.count];
        member->component = in->component_count;
        list_add(&in->done, member);
    } while (member != entity);
    hash_component(&in->hasher, in->done.items + start, in->done.count - start);
}

static void lower(frame *top, size_t low)
{
    if (low < top->low)
        top->low = low;
}

static void search_from(search *in, gen_entity *root)
{
    search_enter(in, root);
    while (in->depth > 0) {
        frame *top = &in->frames[in->depth - 1];
        gen_entity *entity = top->entity;

        if (top->next < entity->reference_count) {
            gen_entity *used = entity->references[top->next++].entity;

            if (gen_entity_is_leaf(used))
                continue;
            if (used->order == 0)
                search_enter(in, used);
            else if (used->component == 0)
                lower(top, used->order);
            continue;
        }
        if (top->low == entity->order)
            search_close(in, entity);
        in->depth--;
        if (in->depth > 0)
            lower(top - 1, top->low);
    }
}

/* ---- externals ------------------------------------------------------------
 */

static int compare_names(const void *left, const void *right)
{
    const gen_entity *a = *(gen_entity *const *)left;
    const gen_entity *b = *(gen_entity *const *)right;

    return strcmp(a->name, b->name);
}

/* Copy the external ones of all that `done` names to the file, sorted, once. */
static void collect_externals(gen_arena *arena, gen_file *file,
                              const search *in)
{
    entity_list found = {.arena = in->arena};
    size_t kept = 0;

    for (size_t i = 0; i < in->done.count; i++) {
        const gen_entity *entity = in->done.items[i];

        for (size_t j = 0; j < entity->reference_count; j++)
            if (is_external(entity->references[j].entity))
                list_add(&found, entity->references[j].entity);
    }
    if (found.count > 1)
        qsort(found.items, found.count, sizeof(gen_entity *), compare_names);
    for (size_t i = 0; i < found.count; i++)
        if (kept == 0 ||
            compare_names(&found.items[kept - 1], &found.items[i]) != 0)
            found.items[kept++] = found.items[i];
    file->external_count = kept;
    file->externals = GEN_NEW_ARRAY(arena, gen_entity *, kept + 1);
    if (kept > 0)
        memcpy(file->externals, found.items, kept * sizeof(gen_entity *));
}

/* Bit sets over the externals; equal ones are shared where that is cheap. */
typedef struct {
    gen_arena *arena; /* of the sets that are kept */
    const gen_file *file;
    size_t words;
    size_t *none;    /* the empty set */
    size_t *current; /* being built */
} set_builder;

static size_t *keep_current(set_builder *sets)
{
    size_t size = sets->words * sizeof(size_t);
    size_t *kept;

    if (memcmp(sets->current, sets->none, size) == 0)
        return sets->none;
    kept = GEN_NEW_ARRAY(sets->arena, size_t, sets->words);
    memcpy(kept, sets->current, size);
    return kept;
}

static void add_external(set_builder *sets, gen_entity *leaf)
{
    gen_entity **first = sets->file->externals;

    if (!is_external(leaf))
        return;
    gen_entity **at = bsearch(&leaf, first, sets->file->external_count,
                              sizeof *first, compare_names);
    size_t index = (size_t)(at - first);
    sets->current[index / WORD_BITS] |= (size_t)1 << index % WORD_BITS;
}

/* A leaf that this file does not own has not been searched. */
static void finish_leaf(set_builder *sets, gen_entity *leaf, search *in)
{
    if (leaf->component != 0)
        return;
    leaf->order = ++in->visited;
    leaf->component = ++in->component_count;
    leaf->combined = hash_of_leaf(leaf, &in->hasher.scratch);
    memset(sets->current, 0, sets->words * sizeof(size_t));
    add_external(sets, leaf);
    leaf->uses = keep_current(sets);
}

/* Add what `entity` names itself to the current set, and what its successors
 * use; an exported one tells of its own uses where it is defined. */
static void add_uses(set_builder *sets, const gen_entity *entity)
{
    for (size_t i = 0; i < entity->reference_count; i++) {
        gen_entity *used = entity->references[i].entity;

        if (is_external(used)) {
            add_external(sets, used);
            continue;
        }
        if (gen_entity_is_leaf(used) || used->component == entity->component)
            continue;
        for (size_t word = 0; word < sets->words; word++)
            sets->current[word] |= used->uses[word];
    }
}

/* A successor's set that equals the current one; NULL if there is none. */
static size_t *find_equal_set(const set_builder *sets, const gen_entity *entity)
{
    for (size_t i = 0; i < entity->reference_count; i++) {
        const gen_entity *used = entity->references[i].entity;

        if (!gen_entity_is_leaf(used) && used->component != entity->component &&
            !is_external(used) &&
            memcmp(used->uses, sets->current, sets->words * sizeof(size_t)) ==
                0)
            return used->uses;
    }
    return NULL;
}

static void fill_uses(gen_arena *arena, const gen_file *file, search *in)
{
    set_builder sets = {.arena = arena, .file = file};
    gen_entity **all = in->done.items;

    sets.words = file->external_count / WORD_BITS + 1;
    sets.none = GEN_NEW_ARRAY(arena, size_t, sets.words);
    sets.current = GEN_NEW_ARRAY(in->arena, size_t, sets.words);
    for (size_t i = 0; i < in->done.count; i++)
        for (size_t j = 0; j < all[i]->reference_count; j++)
            if (gen_entity_is_leaf(all[i]->references[j].entity))
                finish_leaf(&sets, all[i]->references[j].entity, in);
    for (size_t i = 0, end = 0; i < in->done.count; i = end) {
        memset(sets.current, 0, sets.words * sizeof(size_t));
        for (end = i;
             end < in->done.count && all[end]->component == all[i]->component;
             end++)
            add_uses(&sets, all[end]);
        size_t *uses = find_equal_set(&sets, all[i]);
        if (uses == NULL)
            uses = keep_current(&sets);
        while (i < end)
            all[i++]->uses = uses;
    }
}

void gen_closure_compute(gen_arena *arena, gen_file *file)
{
    search in = {.arena = gen_arena_create()};

    in.open.arena = in.done.arena = in.arena;
    for (size_t i = 0; i < file->owned_count; i++)
        if (file->owned[i]->component == 0)
            search_from(&in, file->owned[i]);
    collect_externals(arena, file, &in);
    fill_uses(arena, file, &in);
    gen_text_finish(&in.hasher.bytes);
    gen_text_finish(&in.hasher.members);
    gen_text_finish(&in.hasher.successors);
    gen_text_finish(&in.hasher.scratch);
    gen_arena_destroy(in.arena);
}

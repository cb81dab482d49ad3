/* plan.c -- names, results and source hashes: what fills the templates. */
#include "plan.h"

#include "checks.h"
#include "head.h"
#include "lex.h"
#include "plan_input.h"
#include "plan_share.h"
#include "plan_type.h"

#include <string.h>

gen_plan gen_plan_begin(gen_arena *arena, const gen_file *file,
                        const char *source_path)
{
    return (gen_plan){.arena = arena, .file = file, .source_path = source_path};
}

gen_values *gen_plan_preamble(gen_plan *plan)
{
    gen_values *values = gen_values_create(plan->arena);
    gen_values_set(values, "source", plan->source_path);
    gen_values_flag(values, "functions", plan->file->function_count > 0);
    gen_values_set_number(values, "pointer_bytes", plan->file->pointer_bytes);
    return values;
}

/* ---- results ---------------------------------------------------------------
 */

/* A parameter may have the name of the result's type, and hide it. */
static bool is_result_type_hidden(const gen_function *function)
{
    const char *spelling = function->result->spelling;
    gen_lexer lexer = gen_lexer_begin(spelling, 0, strlen(spelling));
    gen_token token = gen_lexer_next(&lexer);
    for (; token.kind != GEN_TOKEN_END; token = gen_lexer_next(&lexer)) {
        for (size_t i = 0; i < function->parameter_count; i++) {
            const char *name = function->parameters[i].name;
            if (name && gen_token_is(spelling, token, name))
                return true;
        }
    }
    return false;
}

static void plan_result(gen_plan *plan, gen_values *values,
                        const gen_function *function)
{
    const gen_type *result = function->result;
    const gen_annotation *annotation = function->annotation;
    bool has_result = result->kind != GEN_TYPE_VOID;
    bool copies = result->record && result->record->has_const_member;
    const char *kind = "MEMO_RESULT_NONE", *type = "0";
    const char *spelling = result->spelling;

    gen_values_list(values, "result_length");
    if (has_result && annotation->flavour == GEN_SINGLETON) {
        kind = "MEMO_RESULT_VALUE";
        type = gen_plan_shared_type(plan, values, result);
    } else if (has_result && result->kind != GEN_TYPE_POINTER) {
        kind = "MEMO_RESULT_VALUE";
        type = gen_plan_type_address(plan, values, result);
    } else if (has_result && annotation->returns == GEN_RETURNS_STATIC) {
        kind = "MEMO_RESULT_VALUE";
        type = gen_plan_address_type(plan, values, result);
    } else if (has_result && gen_type_is_handle(result)) {
        kind = "MEMO_RESULT_VALUE";
        type = gen_plan_type_address(plan, values, result);
    } else if (has_result && annotation->returns == GEN_RETURNS_DEFAULT &&
               result->target->is_plain_char) {
        kind = "MEMO_RESULT_TEXT";
    } else if (has_result) {
        gen_values *length = gen_values_add(values, "result_length");
        bool is_array = annotation->returns == GEN_RETURNS_ARRAY;
        kind = "MEMO_RESULT_ELEMENTS";
        type = gen_plan_type_address(plan, values, result->target);
        gen_values_set(
            length, "length",
            is_array ? gen_arena_format(
                           plan->arena, "MEMO_LENGTH(%s)",
                           gen_plan_expression(plan->arena,
                                               annotation->returns_length.text))
                     : "1");
    }
    gen_values_flag(values, "hidden_result_type",
                    has_result && is_result_type_hidden(function));
    if (has_result && is_result_type_hidden(function)) {
        gen_values_set(
            values, "result_typedef",
            gen_plan_declare(plan->arena, spelling,
                             gen_arena_format(plan->arena, "memo_type_of_%s",
                                              function->name)));
        spelling =
            gen_arena_format(plan->arena, "memo_type_of_%s", function->name);
    } else {
        gen_values_set(values, "result_typedef", "");
    }
    gen_values_set(values, "result_kind", kind);
    gen_values_set(values, "result_type", type);
    gen_values_flag(values, "has_result", has_result);
    gen_values_flag(values, "assigns", has_result && !copies);
    gen_values_flag(values, "copies", has_result && copies);
    gen_values_set(values, "result_declaration",
                   gen_plan_declare(plan->arena, spelling, "memo_result"));
    gen_values_set(values, "fresh_declaration",
                   gen_plan_declare(plan->arena, spelling, "memo_fresh"));
    gen_values_set(values, "result_address", has_result ? "&memo_result" : "0");
}

/* ---- functions -------------------------------------------------------------
 */

static const char *call_text(gen_plan *plan, const gen_function *function)
{
    const char *text =
        gen_arena_format(plan->arena, "memo_body_%s(", function->name);
    for (size_t i = 0; i < function->parameter_count; i++)
        text = gen_arena_format(plan->arena, "%s%s%s", text, i ? ", " : "",
                                function->parameters[i].name);
    return gen_arena_format(plan->arena, "%s)", text);
}

/* Another definition may exist: C99's inline without extern. */
static bool is_weak_copy(const gen_function *function)
{
    return function->is_inline && !function->is_static &&
           function->is_extern == function->has_gnu_inline_rules;
}

static bool has_attribute(const gen_function *function, const char *name)
{
    for (size_t i = 0; i < function->attribute_count; i++) {
        if (strcmp(function->attributes[i].name, name) == 0)
            return true;
    }
    return false;
}

static void plan_declarations(gen_plan *plan, gen_values *values,
                              const gen_function *function)
{
    gen_arena *arena = plan->arena;
    const char *body = gen_arena_format(arena, "memo_body_%s", function->name);
    const char *wrapper =
        gen_head_declaration(arena, function, function->name, false);
    if (is_weak_copy(function))
        wrapper =
            gen_arena_format(arena, "__attribute__((__weak__)) %s", wrapper);
    gen_values_set(values, "wrapper_declaration", wrapper);
    gen_values_set(values, "body_declaration",
                   gen_head_declaration(arena, function, body, true));
    gen_values_flag(values, "needs_prototype", !function->has_prototype_before);
    gen_values_flag(values, "function_name", function->uses_function_name);
    gen_values_flag(values, "deprecated",
                    has_attribute(function, "deprecated"));
    gen_values_flag(values, "external_inline",
                    function->is_inline && !function->is_static);
}

static void plan_clear(gen_plan *plan, gen_values *values,
                       const gen_function *function)
{
    gen_arena *arena = plan->arena;
    bool is_declared = false, is_used = !function->is_static;
    for (size_t i = 0; i < plan->file->clear_use_count; i++) {
        const gen_clear_use *use = &plan->file->clear_uses[i];
        if (strcmp(use->name, function->name) != 0)
            continue;
        is_used = true;
        if (use->top < function->head.offset)
            is_declared = true;
    }
    gen_values_flag(values, "clear", is_used);
    gen_values_flag(values, "clear_prototype",
                    !is_declared && !function->is_static);
    gen_values_set(
        values, "clear_declaration",
        gen_plan_clear_declaration(arena, function->is_static, function->name,
                                   gen_head_parameters(arena, function)));
}

/* The result's own type, or what it points at; NULL where that does not count.
 */
static const gen_type *result_value(const gen_function *function)
{
    const gen_type *result = function->result;

    if (result->kind == GEN_TYPE_VOID ||
        function->annotation->returns == GEN_RETURNS_STATIC)
        return NULL;
    return result->kind == GEN_TYPE_POINTER && !gen_type_is_handle(result)
               ? result->target
               : result;
}

bool gen_plan_is_deep(const gen_function *function)
{
    const gen_type *result = result_value(function);

    if (result && gen_type_is_deep(result))
        return true;
    for (size_t i = 0; i < function->parameter_count; i++) {
        gen_strategy strategy = gen_plan_parameter(function, i);

        if (strategy.is_output && gen_type_is_deep(strategy.element))
            return true;
    }
    return false;
}

/* Does a hit call something of the user's to hand out what was kept? */
static bool calls_user(const gen_function *function)
{
    const gen_type *result = result_value(function);

    if (function->annotation->alloc_function.text ||
        (result && gen_type_calls_user(result)))
        return true;
    for (size_t i = 0; i < function->parameter_count; i++) {
        gen_strategy strategy = gen_plan_parameter(function, i);

        if (strategy.is_output && gen_type_calls_user(strategy.element))
            return true;
    }
    return false;
}

static const char *flags_of(gen_plan *plan, const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    const struct {
        bool is_set;
        const char *name;
    } flags[] = {
        {annotation->cache_if.text, "MEMO_RESULT_MAY_BE_NULL"},
        {gen_plan_is_deep(function), "MEMO_VALUE_IS_DEEP"},
        {calls_user(function), "MEMO_VALUE_CALLS_USER"},
        {annotation->ignores_code, "MEMO_CODE_IGNORED"},
        {annotation->allow_widgets, "MEMO_ALLOWS_WIDGETS"},
        {annotation->suppress_st_warning, "MEMO_SUPPRESSES_WARNING"},
        {annotation->spinner == GEN_SPINNER_OFF, "MEMO_SHOWS_NO_SPINNER"},
    };
    const char *text = NULL;

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (flags[i].is_set)
            text = text ? gen_arena_format(plan->arena, "%s | %s", text,
                                           flags[i].name)
                        : flags[i].name;
    }
    return text ? text : "0";
}

/* Functions come in the order of the text, so that nothing is counted twice. */
static unsigned line_of(gen_plan *plan, const gen_function *function)
{
    const gen_source_text *source = function->name_span.source;
    const char *at = source->text + plan->located;
    const char *end = source->text + function->name_span.offset;

    if (source != plan->file->text || end < at) {
        unsigned line = 0, column = 0;
        gen_locate(source, function->name_span.offset, &line, &column);
        return line;
    }
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        plan->lines++;
        at++;
    }
    plan->located = function->name_span.offset;
    return plan->lines + 1;
}

/* The library is named by what the linker misses without it.  Without
 * persist_ttl a ttl does not hold where results persist. */
static void plan_persistence(gen_plan *plan, gen_values *values,
                             const gen_function *function)
{
    static const char *const stores[] = {
        [GEN_PERSIST_NONE] = "0",
        [GEN_PERSIST_DISK] = "memo_disk_store_is_in_libmemo_disk",
        [GEN_PERSIST_DIR] = "memo_dir_store_is_in_libmemo_disk",
        [GEN_PERSIST_REDIS] = "memo_redis_store_is_in_libmemo_redis",
    };
    const gen_annotation *annotation = function->annotation;
    bool persists = annotation->persist != GEN_PERSIST_NONE;
    bool is_ignored =
        persists && annotation->ttl_ns > 0 && !annotation->persist_ttl;

    gen_values_flag(values, "persists", persists);
    gen_values_set(values, "store", stores[annotation->persist]);
    gen_values_set_number(values, "has_ttl", annotation->persist_ttl ? 1 : 0);
    gen_values_set_number(values, "has_ignored_ttl", is_ignored ? 1 : 0);
    gen_values_set_number(values, "ttl_ns",
                          is_ignored ? 0 : annotation->ttl_ns);
    gen_values_set(values, "persistence",
                   persists
                       ? gen_arena_format(plan->arena, "&memo_persistence_%s",
                                          function->name)
                       : "0");
}

static void plan_options(gen_plan *plan, gen_values *values,
                         const gen_function *function)
{
    const gen_annotation *annotation = function->annotation;
    gen_arena *arena = plan->arena;
    const char *version = annotation->version.text;

    gen_values_set_number(values, "line", line_of(plan, function));
    plan_persistence(plan, values, function);
    gen_values_set_number(values, "max_entries", annotation->max_entries);
    gen_values_set_number(values, "max_bytes", annotation->max_bytes);
    gen_values_set(
        values, "options",
        gen_plan_quoted(arena, gen_annotation_text(arena, annotation)));
    gen_values_set(values, "version",
                   gen_plan_quoted(arena, version ? version : ""));
    gen_values_set(
        values, "salt",
        gen_plan_quoted(arena, gen_annotation_salt(arena, annotation)));
    gen_values_set(values, "flags", flags_of(plan, function));
    gen_values_set(
        values, "spinner",
        annotation->spinner == GEN_SPINNER_TEXT
            ? gen_arena_format(
                  arena, "\"%s\"",
                  gen_plan_quoted(arena, annotation->spinner_text.text))
            : "0");
    gen_values_set(values, "allocate",
                   annotation->alloc_function.text
                       ? annotation->alloc_function.text
                       : "0");
    gen_values_set(
        values, "release",
        annotation->free_function.text ? annotation->free_function.text : "0");
    gen_values_list(values, "cache_if");
    if (annotation->cache_if.text) {
        gen_values *condition = gen_values_add(values, "cache_if");
        gen_values_set(condition, "condition",
                       gen_plan_expression(arena, annotation->cache_if.text));
    }
}

gen_values *gen_plan_function(gen_plan *plan, const gen_function *function)
{
    gen_values *values = gen_values_create(plan->arena);
    plan->branch = function->site->branch;
    gen_values_list(values, "types");
    gen_values_set(values, "name", function->name);
    gen_values_set(values, "source", plan->source_path);
    gen_values_set(values, "source_linkage",
                   function->is_static ? "static" : "extern");
    plan_declarations(plan, values, function);
    plan_options(plan, values, function);
    plan_result(plan, values, function);
    gen_plan_sharing(plan, values, function);
    gen_plan_inputs(plan, values, function);
    gen_values_set(values, "call", call_text(plan, function));
    plan_clear(plan, values, function);
    return values;
}

/* ---- source hashes ---------------------------------------------------------
 */

/* The address of an external's memo_source: weak, so it may be missing; what a
 * system header declares has none. */
static const char *use_address(gen_plan *plan, const gen_entity *external)
{
    if (external->is_system)
        return "0";
    return gen_arena_format(plan->arena, "&memo_source_%s", external->name);
}

static void plan_uses(gen_plan *plan, gen_values *source,
                      const gen_entity *entity)
{
    const gen_file *file = plan->file;
    const size_t bits = 8 * sizeof(size_t);
    unsigned count = 0;
    gen_values_list(source, "uses");
    for (size_t i = 0; entity->uses && i < file->external_count; i++) {
        gen_values *use;
        if (!(entity->uses[i / bits] >> (i % bits) & 1) ||
            file->externals[i] == entity)
            continue;
        use = gen_values_add(source, "uses");
        gen_values_set(use, "use", file->externals[i]->name);
        gen_values_set(use, "use_address",
                       use_address(plan, file->externals[i]));
        count++;
    }
    gen_values_flag(source, "has_uses", count > 0);
    gen_values_set_number(source, "use_count", count);
    gen_values_set(
        source, "names",
        count ? gen_arena_format(plan->arena, "memo_names_%s", entity->name)
              : "0");
    gen_values_set(
        source, "addresses",
        count ? gen_arena_format(plan->arena, "memo_uses_%s", entity->name)
              : "0");
}

/* Then its wrapper has declared it. */
static bool is_memoized(const gen_file *file, const gen_entity *entity)
{
    for (size_t i = 0; i < file->function_count; i++) {
        if (file->functions[i].entity == entity &&
            file->functions[i].annotation)
            return true;
    }
    return false;
}

/* The same linkage as the entity's own. */
static const char *source_attribute(gen_plan *plan, const gen_entity *entity)
{
    bool is_weak = entity->is_replaceable || entity->is_shared;
    const char *visibility = entity->is_hidden    ? "hidden"
                             : entity->is_visible ? "default"
                                                  : NULL;
    if (entity->is_static)
        return " __attribute__((__unused__))";
    return gen_arena_format(
        plan->arena, "%s%s%s%s", is_weak ? " __attribute__((__weak__))" : "",
        visibility ? " __attribute__((__visibility__(\"" : "",
        visibility ? visibility : "", visibility ? "\")))" : "");
}

static bool is_declared(const gen_file *file, const gen_entity *entity)
{
    for (size_t i = 0; i < file->external_count; i++) {
        if (file->externals[i] == entity)
            return true;
    }
    return is_memoized(file, entity);
}

static void plan_source(gen_plan *plan, gen_values *values,
                        const gen_entity *entity)
{
    gen_values *source = gen_values_add(values, "sources");
    gen_values_set(source, "source_id", entity->name);
    gen_values_set(source, "entity", entity->name);
    gen_values_flag(source, "declares",
                    !entity->is_static && !is_declared(plan->file, entity));
    gen_values_set(source, "linkage", entity->is_static ? "static " : "");
    gen_values_set(source, "attribute", source_attribute(plan, entity));
    gen_values_set_number(source, "hash_low", entity->combined.low);
    gen_values_set_number(source, "hash_high", entity->combined.high);
    plan_uses(plan, source, entity);
}

/* The declaration of what is defined below, or elsewhere. */
static void plan_external(gen_plan *plan, gen_values *values,
                          const gen_entity *external)
{
    gen_values *declared;
    if (external->is_system || is_memoized(plan->file, external))
        return;
    declared = gen_values_add(values, "externals");
    gen_values_set(declared, "external", external->name);
    gen_values_set(declared, "external_attribute",
                   external->is_listed ? source_attribute(plan, external)
                                       : " __attribute__((__weak__))");
}

/* Nothing outside of the file can name what is static: it counts as a part of
 * what uses it. */
gen_values *gen_plan_sources(gen_plan *plan)
{
    gen_values *values = gen_values_create(plan->arena);
    const gen_file *file = plan->file;
    gen_values_list(values, "externals");
    gen_values_list(values, "sources");
    for (size_t i = 0; i < file->external_count; i++)
        plan_external(plan, values, file->externals[i]);
    for (size_t i = 0; i < file->owned_count; i++) {
        if (!file->owned[i]->is_static || is_memoized(file, file->owned[i]))
            plan_source(plan, values, file->owned[i]);
    }
    return values;
}

/* generate.h -- a checked file becomes the text of its output.
 *
 * Templates filled by the plan, put into the original by the rewriter.
 */
#ifndef GEN_GENERATE_H
#define GEN_GENERATE_H

#include "model.h"
#include "text.h"

#include <stdbool.h>

/* The templates in use: the built-in ones, or a user's in their place. */
typedef struct {
    const char *name;
    const char *text;
} gen_template;

typedef struct {
    gen_template *items; /* Owner: arena */
    size_t count;
} gen_template_set;

/* The built-in templates, each replaced by the file of its name in `folder` if
 * there is one (NULL: none).
 * Errors: false and `*error` (owner: arena): an unreadable file, a hole that no
 * template of that name has, a folder without any template. */
bool gen_templates_load(gen_arena *arena, gen_template_set *out,
                        const char *folder, const char **error);

typedef struct {
    const gen_template_set *templates;
    const char *source_path; /* as the user named it: for #line and __FILE__ */
    const char *output_path; /* where the text will stand */
    bool no_line;
    bool is_pass_through; /* nothing annotated: #include the original */
} gen_generation;

/* Append the output's text.
 * Errors: false and `*error` (owner: arena): a template is wrong. */
bool gen_generate(gen_arena *arena, gen_text *out, const gen_file *file,
                  const gen_generation *generation, const char **error);

#endif

/* files.c -- files from the person in front of the page, and for it. */
#include "widgets/uploads.h"
#include "widgets/widget.h"

#include "elements/fail.h"
#include "elements/media.h"
#include "elements/sizes.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { MOST_MEGABYTES = 200 };

/* ---- types of files ------------------------------------------------------ */

/* Types that have two names: whoever wants one takes the other as well. */
static const char *const twins[][2] = {{".jpg", ".jpeg"},
                                       {".mpg", ".mpeg"},
                                       {".mp4", ".mpeg4"},
                                       {".tif", ".tiff"},
                                       {".htm", ".html"}};

static const char *twin_of(const char *type)
{
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        if (strcmp(type, twins[i][0]) == 0)
            return twins[i][1];
        if (strcmp(type, twins[i][1]) == 0)
            return twins[i][0];
    }
    return NULL;
}

/* "CSV", ".csv": ".csv".  Errors: NULL: out of memory. */
static char *write_type(const char *type)
{
    char *out = st_arena_alloc(st_widget_arena(), strlen(type) + 2), *at = out;

    if (!out)
        return NULL;
    if (*type != '.')
        *at++ = '.';
    for (; *type; type++)
        *at++ = (char)tolower((unsigned char)*type);
    *at = '\0';
    return out;
}

static bool has_type(const St__FileUploader *message, const char *type)
{
    for (size_t i = 0; i < message->n_type; i++) {
        if (strcmp(message->type[i], type) == 0)
            return true;
    }
    return false;
}

static void add_type(St__FileUploader *message, const char *type)
{
    if (type && !has_type(message, type))
        message->type[message->n_type++] = st_unconst(type);
}

/* Errors: false: out of memory. */
static bool fill_in_types(St__FileUploader *message, const char *const *types)
{
    size_t count = 0;

    while (types && types[count])
        count++;
    message->type =
        st_arena_alloc(st_widget_arena(), (2 * count + 1) * sizeof(char *));
    for (size_t i = 0; message->type && i < count; i++) {
        const char *type = write_type(types[i]);

        if (!type)
            return false;
        add_type(message, type);
        add_type(message, twin_of(type));
    }
    return message->type != NULL;
}

/* The front end asks the person for these types only, and others can be sent
 * nevertheless. */
static bool is_wanted(const St__FileUploader *message, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; message && i < message->n_type; i++) {
        size_t size = strlen(message->type[i]);

        if (length >= size &&
            strcasecmp(name + length - size, message->type[i]) == 0)
            return true;
    }
    return !message || message->n_type == 0;
}

/* ---- from the person ----------------------------------------------------- */

/* Files of a value that are wanted: `message` says which, NULL: all.
 * Errors: NULL: none, or out of memory. */
static const st_file *files_of(const st_widget *widget,
                               const St__FileUploader *message)
{
    size_t count = 0, found = 0;
    st_file_facts facts;
    st_file *files;

    for (const char *at = NULL; st_value_next_file(widget->value, &at, &facts);)
        count++;
    files = st_arena_alloc(&widget->page->arena, (count + 1) * sizeof *files);
    if (!files)
        return NULL;
    for (const char *at = NULL;
         st_value_next_file(widget->value, &at, &facts);) {
        const void *bytes = st_upload_find(widget->page->session, facts.digest);

        if (bytes && is_wanted(message, facts.name))
            files[found++] =
                (st_file){facts.name, facts.mime, bytes, (size_t)facts.size};
    }
    files[found] = (st_file){NULL, NULL, NULL, 0};
    return found > 0 ? files : NULL;
}

ST_EXPORT const st_file *
st_draw_file_uploader(const struct st_file_uploader *arguments)
{
    st_widget widget =
        ST_WIDGET(ST_FILE_UPLOADER, arguments, .type = ST_VALUE_FILES,
                  .least = 0, .most = arguments->multiple ? 0 : 1);
    St__FileUploader message = ST__FILE_UPLOADER__INIT;
    St__Element element =
        ST_WIDGET_ELEMENT(FILE_UPLOADER, file_uploader, &message);

    if (!st_is_drawing() || !fill_in_types(&message, arguments->types))
        return NULL;
    message.multiple_files = arguments->multiple;
    message.max_upload_size_mb = arguments->max_megabytes
                                     ? (int32_t)arguments->max_megabytes
                                     : MOST_MEGABYTES;
    if (!st_widget_begin(&widget, &element,
                         st_value_files(st_widget_arena(), NULL, 0)))
        return NULL;
    st_widget_end(&widget, &element);
    return files_of(&widget, &message);
}

ST_EXPORT const st_file *
st_draw_camera_input(const struct st_camera_input *arguments)
{
    st_widget widget = ST_WIDGET(ST_CAMERA_INPUT, arguments,
                                 .type = ST_VALUE_FILES, .least = 0, .most = 1);
    St__CameraInput message = ST__CAMERA_INPUT__INIT;
    St__Element element =
        ST_WIDGET_ELEMENT(CAMERA_INPUT, camera_input, &message);

    if (!st_is_drawing() ||
        !st_widget_begin(&widget, &element,
                         st_value_files(st_widget_arena(), NULL, 0)))
        return NULL;
    st_widget_end(&widget, &element);
    return files_of(&widget, NULL);
}

/* ---- for the person ------------------------------------------------------ */

/* Name and type make it another button, though its message has neither. */
static char *describe(const char *file_name, const char *mime)
{
    const char *name = file_name ? file_name : "";
    size_t size = strlen(name) + strlen(mime) + 2;
    char *out = st_arena_alloc(st_widget_arena(), size);

    if (out)
        snprintf(out, size, "%s\n%s", mime, name);
    return out;
}

/* The URL says under which name a browser is to save what is behind it. */
static const char *name_url(st_arena *arena, const char *url, const char *name)
{
    static const char query[] = "?name=";
    size_t size;
    char *named, *at;

    if (!url || !name || !*name)
        return url;
    size = strlen(url) + sizeof query + 3 * strlen(name);
    named = at = st_arena_alloc(arena, size);
    if (!named)
        return url;
    at = stpcpy(stpcpy(at, url), query);
    for (; *name; name++) {
        unsigned char byte = (unsigned char)*name;

        if (isalnum(byte) || strchr("-._~", byte))
            *at++ = (char)byte;
        else
            at += sprintf(at, "%%%02X", byte);
    }
    *at = '\0';
    return named;
}

ST_EXPORT bool
st_draw_download_button(const struct st_download_button *arguments)
{
    st_widget widget =
        ST_WIDGET(ST_DOWNLOAD_BUTTON, arguments, .type = ST_VALUE_BOOL);
    St__DownloadButton message = ST__DOWNLOAD_BUTTON__INIT;
    St__Element element =
        ST_WIDGET_ELEMENT(DOWNLOAD_BUTTON, download_button, &message);
    st_sizes sizes;
    const void *data = arguments->data ? arguments->data : "";
    size_t size = arguments->size ? arguments->size : strlen(data);
    const char *mime = arguments->mime   ? arguments->mime
                       : arguments->size ? "application/octet-stream"
                                         : "text/plain";

    if (!st_is_drawing())
        return false;
    widget.is_trigger = true;
    st_sizes_set_width(&sizes, &element, 0, false);
    message.type = st_unconst(arguments->primary ? "primary" : "secondary");
    message.url = describe(arguments->file_name, mime);
    if (!message.url ||
        !st_widget_begin(&widget, &element,
                         st_value_bool(st_widget_arena(), false)))
        return false;
    message.url = st_unconst(name_url(
        &widget.page->arena, st_media_add(widget.page, data, size, mime),
        arguments->file_name));
    st_widget_end(&widget, &element);
    return st_value_to_bool(widget.value, false);
}

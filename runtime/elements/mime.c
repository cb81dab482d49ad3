#include "elements/mime.h"

#include <string.h>
#include <strings.h>

/* Source: https://mimesniff.spec.whatwg.org/, sections 6.1 and 6.2; RFC 9639
 * (FLAC), ISO/IEC 13818-7 (ADTS).  `second` stands at `offset`, if it is there.
 */
static const struct {
    const char *first;
    size_t offset;
    const char *second;
    const char *mime;
} beginnings[] = {
    {"\x89PNG\r\n\x1a\n", 0, "", "image/png"},
    {"\xff\xd8\xff", 0, "", "image/jpeg"},
    {"GIF87a", 0, "", "image/gif"},
    {"GIF89a", 0, "", "image/gif"},
    {"BM", 0, "", "image/bmp"},
    {"RIFF", 8, "WEBP", "image/webp"},
    {"RIFF", 8, "WAVE", "audio/wav"},
    {"OggS", 0, "", "audio/ogg"},
    {"fLaC", 0, "", "audio/flac"},
    {"ID3", 0, "", "audio/mpeg"},
    {"\xff\xfb", 0, "", "audio/mpeg"},
    {"\xff\xf3", 0, "", "audio/mpeg"},
    {"\xff\xf2", 0, "", "audio/mpeg"},
    {"\xff\xf1", 0, "", "audio/aac"},
    {"\xff\xf9", 0, "", "audio/aac"},
    {"", 4, "ftypM4A ", "audio/mp4"},
    {"", 4, "ftyp", "video/mp4"},
    {"\x1a\x45\xdf\xa3", 0, "", "video/webm"},
};

static const struct {
    const char *mime, *extension;
} extensions[] = {
    {"image/png", "png"},         {"image/jpeg", "jpg"},
    {"image/gif", "gif"},         {"image/bmp", "bmp"},
    {"image/webp", "webp"},       {"image/svg+xml", "svg"},
    {"audio/wav", "wav"},         {"audio/ogg", "ogg"},
    {"audio/flac", "flac"},       {"audio/mpeg", "mp3"},
    {"audio/aac", "aac"},         {"audio/mp4", "m4a"},
    {"video/mp4", "mp4"},         {"video/webm", "webm"},
    {"video/ogg", "ogv"},         {"application/pdf", "pdf"},
    {"application/json", "json"}, {"text/csv", "csv"},
    {"text/plain", "txt"},
};

enum {
    BEGINNING_COUNT = sizeof beginnings / sizeof *beginnings,
    EXTENSION_COUNT = sizeof extensions / sizeof *extensions
};

static bool stands_at(const char *bytes, size_t size, size_t at,
                      const char *text)
{
    size_t length = strlen(text);

    return at <= size && length <= size - at &&
           memcmp(bytes + at, text, length) == 0;
}

/* ---- SVG ----------------------------------------------------------------- */

/* The place after `end`, which is looked for from `at` on; `size`: nowhere. */
static size_t after(const char *bytes, size_t size, size_t at, const char *end)
{
    while (at < size && !stands_at(bytes, size, at, end))
        at++;
    return at < size ? at + strlen(end) : size;
}

/* Where the root element begins: white space, the XML declaration, comments and
 * the document type may stand before it. */
static size_t root_of(const char *bytes, size_t size)
{
    size_t at = stands_at(bytes, size, 0, "\xef\xbb\xbf") ? 3 : 0;

    while (at < size) {
        if (memchr(" \t\r\n", bytes[at], 4))
            at++;
        else if (stands_at(bytes, size, at, "<?"))
            at = after(bytes, size, at, "?>");
        else if (stands_at(bytes, size, at, "<!--"))
            at = after(bytes, size, at, "-->");
        else if (stands_at(bytes, size, at, "<!"))
            at = after(bytes, size, at, ">");
        else
            break;
    }
    return at;
}

static bool is_svg(const char *bytes, size_t size)
{
    size_t at = root_of(bytes, size);

    return stands_at(bytes, size, at, "<svg") && at + 4 < size &&
           memchr(" \t\r\n>/", bytes[at + 4], 6);
}

/* ---- types --------------------------------------------------------------- */

const char *st_mime_of(const void *bytes, size_t size)
{
    for (size_t i = 0; i < BEGINNING_COUNT; i++) {
        if (stands_at(bytes, size, 0, beginnings[i].first) &&
            stands_at(bytes, size, beginnings[i].offset, beginnings[i].second))
            return beginnings[i].mime;
    }
    return is_svg(bytes, size) ? "image/svg+xml" : NULL;
}

const char *st_mime_extension(const char *mime)
{
    for (size_t i = 0; i < EXTENSION_COUNT; i++) {
        if (strcasecmp(extensions[i].mime, mime) == 0)
            return extensions[i].extension;
    }
    return "bin";
}

bool st_mime_is_image(const char *mime)
{
    return strncasecmp(mime, "image/", 6) == 0;
}

bool st_mime_is_played(const char *mime)
{
    return strncasecmp(mime, "audio/", 6) == 0 ||
           strncasecmp(mime, "video/", 6) == 0;
}

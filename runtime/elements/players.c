/* players.c -- sounds and films. */
#include "elements/fail.h"
#include "elements/mime.h"
#include "elements/sizes.h"
#include "elements/source.h"
#include "elements/wav.h"

#include <stdio.h>
#include <string.h>

/* ---- sounds -------------------------------------------------------------- */

static const char *sound_url(const struct st_audio *audio)
{
    const st_source source = {.call = "st_audio",
                              .text = audio->source,
                              .bytes = audio->bytes,
                              .size = audio->size,
                              .mime = audio->format,
                              .is_shown = st_mime_is_played,
                              .in = audio->in};
    st_source made = source;
    st_failure error = {ST_OK, ""};
    size_t size = 0;
    void *wav;

    if (audio->source || audio->bytes || !audio->sound.samples)
        return st_source_url(&source);
    made.mime = "audio/wav";
    wav = st_wav_encode(&size, &audio->sound, &error);
    return st_source_made(&made, wav, size, &error);
}

ST_EXPORT void st_draw_audio(const struct st_audio *arguments)
{
    St__Audio audio = ST__AUDIO__INIT;
    St__Element element = ST__ELEMENT__INIT;
    st_sizes sizes;
    const char *url;

    if (!st_is_drawing())
        return;
    url = sound_url(arguments);
    if (!url)
        return;
    audio.url = st_unconst(url);
    audio.start_time = arguments->start_time;
    audio.end_time = arguments->end_time;
    audio.loop = arguments->loop;
    audio.autoplay = arguments->autoplay;
    element.type_case = ST__ELEMENT__TYPE_AUDIO;
    element.audio = &audio;
    st_sizes_set_width(&sizes, &element, arguments->width, true);
    st_draw_packed(ST_AUDIO, &element, arguments->in, false);
}

/* ---- films --------------------------------------------------------------- */

static const char *skip(const char *at, const char *beginning)
{
    size_t length = strlen(beginning);

    return strncmp(at, beginning, length) == 0 ? at + length : NULL;
}

/* The id in a URL of YouTube, which is up to the next of "?&#/"; NULL: it is
 * another URL. */
static const char *youtube_id(const char *url)
{
    static const char *const paths[] = {
        "youtube.com/watch?v=", "youtube.com/embed/",          "youtube.com/v/",
        "youtube.com/shorts/",  "youtube-nocookie.com/embed/", "youtu.be/"};
    const char *at = skip(url, "https://"), *id = NULL;

    if (!at)
        at = skip(url, "http://");
    if (at && skip(at, "www."))
        at = skip(at, "www.");
    else if (at && skip(at, "m."))
        at = skip(at, "m.");
    for (size_t i = 0; at && !id && i < sizeof paths / sizeof *paths; i++)
        id = skip(at, paths[i]);
    return id && strcspn(id, "?&#/") > 0 ? id : NULL;
}

/* YouTube shows films in a page of its own, which is put into a frame. */
static const char *frame_url(const char *source)
{
    const char *id = source ? youtube_id(source) : NULL;
    size_t length = id ? strcspn(id, "?&#/") : 0, size = length + 40;
    char *url = id ? (char *)st_message_room(size) : NULL;

    if (url)
        snprintf(url, size, "https://www.youtube.com/embed/%.*s", (int)length,
                 id);
    return url;
}

static const char *film_url(const struct st_video *video)
{
    const st_source source = {.call = "st_video",
                              .text = video->source,
                              .bytes = video->bytes,
                              .size = video->size,
                              .mime = video->format,
                              .is_shown = st_mime_is_played,
                              .in = video->in};

    return st_source_url(&source);
}

ST_EXPORT void st_draw_video(const struct st_video *arguments)
{
    St__Video video = ST__VIDEO__INIT;
    St__Element element = ST__ELEMENT__INIT;
    st_sizes sizes;
    const char *url;

    if (!st_is_drawing())
        return;
    url = frame_url(arguments->source);
    video.type =
        url ? ST__VIDEO__TYPE__YOUTUBE_IFRAME : ST__VIDEO__TYPE__NATIVE;
    if (!url)
        url = film_url(arguments);
    if (!url)
        return;
    video.url = st_unconst(url);
    video.start_time = arguments->start_time;
    video.end_time = arguments->end_time;
    video.loop = arguments->loop;
    video.autoplay = arguments->autoplay;
    video.muted = arguments->muted;
    element.type_case = ST__ELEMENT__TYPE_VIDEO;
    element.video = &video;
    st_sizes_set_width(&sizes, &element, arguments->width, true);
    st_draw_packed(ST_VIDEO, &element, arguments->in, false);
}

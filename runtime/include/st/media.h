/* st/media.h -- images, sounds, films.
 *
 *     st_image("cat.png", .caption = "A cat");
 *     st_image(NULL, .pixels = {rgb, 640, 480, 3});
 *     st_audio(NULL, .sound = {samples, count, 44100});
 *     st_video("https://example.org/film.mp4", .start_time = 7);
 *
 * What is shown comes from a file or a URL ("https:", "http:", "data:", or a
 * path that the page serves: "/media/..."), from the bytes of a file, or from
 * raw values.  Bytes are copied, and stay with the page for as long as it shows
 * them; what a memoized function has shown is kept beside its result, and shown
 * again on a hit.
 *
 * What cannot be shown, a file that is not there, bytes that are no image, has
 * an exception element in its place that says so, and the run goes on.  A
 * memoized function that could not read a file is called again the next time:
 * the file may be there by then.
 *
 * Threads: each draws on its own page; without one nothing is drawn, and no
 * file is read.
 */
#ifndef ST_MEDIA_H
#define ST_MEDIA_H

#include "st/page.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- images -------------------------------------------------------------- */

/* Rows from the top to the bottom, of pixels from the left to the right, each
 * of as many bytes as there are channels. */
struct st_pixels {
    const void *bytes; /* NULL: there are none */
    unsigned width, height;
    unsigned channels; /* 1: gray, 2: gray, alpha, 3: RGB, 4: RGBA */
    size_t stride;     /* bytes from a row to the next one; 0: one by one */
};

struct st_image {
    const char *source; /* a file, or a URL; NULL: one of those below */
    const void *bytes;  /* of a PNG, JPEG, GIF, BMP, WebP or SVG file */
    size_t size;
    struct st_pixels pixels;
    const char *caption;
    unsigned width; /* pixels; 0: its own, or less where there is no room */
    bool use_container_width;
    const char *link; /* a URL to go to */
    st_handle in;
};

#define st_image(...) st_draw_image(&(struct st_image){.source = __VA_ARGS__})
void st_draw_image(const struct st_image *arguments);

/* Of each image: its source, and its caption. */
struct st_images {
    const struct st_image *images;
    size_t count;
    unsigned width;
    bool use_container_width;
    const char *link;
    st_handle in;
};

/* Several ones, side by side. */
#define st_images(...)                                                         \
    st_draw_images(&(struct st_images){.images = __VA_ARGS__})
void st_draw_images(const struct st_images *arguments);

/* ---- sounds and films ---------------------------------------------------- */

/* Of several channels, the samples of one moment stand side by side.
 * Units: any; the loudest sample is as loud as can be. */
struct st_sound {
    const double *samples; /* NULL: there are none */
    size_t count;          /* of all channels together */
    unsigned rate;         /* moments in a second */
    unsigned channels;     /* 0: one */
};

struct st_audio {
    const char *source; /* a file, or a URL; NULL: one of those below */
    const void *bytes;  /* of a WAV, MP3, Ogg, FLAC, AAC, MP4 or WebM file */
    size_t size;
    struct st_sound sound;
    const char *format; /* its MIME type; NULL: as its bytes tell */
    int start_time;     /* seconds */
    int end_time;       /* seconds; 0: its own end */
    bool loop, autoplay;
    unsigned width; /* pixels; 0: as wide as there is room */
    st_handle in;
};

#define st_audio(...) st_draw_audio(&(struct st_audio){.source = __VA_ARGS__})
void st_draw_audio(const struct st_audio *arguments);

struct st_video {
    const char *source; /* a file, or a URL, one of YouTube too; NULL: bytes */
    const void *bytes;  /* of an MP4, WebM or Ogg file */
    size_t size;
    const char *format; /* its MIME type; NULL: as its bytes tell */
    int start_time;     /* seconds */
    int end_time;       /* seconds; 0: its own end */
    bool loop, autoplay, muted;
    unsigned width; /* pixels; 0: as wide as there is room */
    st_handle in;
};

#define st_video(...) st_draw_video(&(struct st_video){.source = __VA_ARGS__})
void st_draw_video(const struct st_video *arguments);

#ifdef __cplusplus
}
#endif

#endif

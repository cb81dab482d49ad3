/* image.c -- one image, or several ones side by side. */
#include "elements/fail.h"
#include "elements/mime.h"
#include "elements/pixels.h"
#include "elements/sizes.h"
#include "elements/source.h"

/* `number`: of several ones; 0: it is the only one. */
static const char *url_of(const struct st_image *image, size_t number,
                          st_handle in)
{
    const st_source source = {.call = number ? "st_images" : "st_image",
                              .number = number,
                              .text = image->source,
                              .bytes = image->bytes,
                              .size = image->size,
                              .is_shown = st_mime_is_image,
                              .in = in};
    st_failure error = {ST_OK, ""};
    size_t size = 0;
    void *png;

    if (image->source || image->bytes || !image->pixels.bytes)
        return st_source_url(&source);
    png = st_pixels_encode(&size, &image->pixels, &error);
    return st_source_made(&source, png, size, &error);
}

/* Those that there is a URL of. */
static size_t fill_in(St__Image *out, St__Image **list,
                      const struct st_images *images, bool is_one)
{
    size_t count = 0;

    for (size_t i = 0; i < images->count; i++) {
        const struct st_image *image = &images->images[i];
        const char *url = url_of(image, is_one ? 0 : i + 1, images->in);

        if (!url)
            continue;
        out[count] = (St__Image)ST__IMAGE__INIT;
        out[count].url = st_unconst(url);
        out[count].caption = st_unconst(image->caption);
        list[count] = &out[count];
        count++;
    }
    return count;
}

static void draw(const struct st_images *images, bool is_one)
{
    St__ImageList message = ST__IMAGE_LIST__INIT;
    St__Element element = ST__ELEMENT__INIT;
    st_sizes sizes;
    St__Image *all;

    if (!st_is_drawing() || images->count == 0)
        return;
    all = (St__Image *)(void *)st_message_room(images->count * sizeof *all);
    message.imgs = (St__Image **)(void *)st_message_room(images->count *
                                                         sizeof *message.imgs);
    if (!all || !message.imgs)
        return;
    message.n_imgs = fill_in(all, message.imgs, images, is_one);
    if (message.n_imgs == 0)
        return;
    message.link = st_unconst(images->link);
    element.type_case = ST__ELEMENT__TYPE_IMGS;
    element.imgs = &message;
    st_sizes_set_width(&sizes, &element, images->width,
                       images->use_container_width);
    st_draw_packed(ST_IMAGE, &element, images->in, false);
}

ST_EXPORT void st_draw_image(const struct st_image *arguments)
{
    draw(&(struct st_images){.images = arguments,
                             .count = 1,
                             .width = arguments->width,
                             .use_container_width =
                                 arguments->use_container_width,
                             .link = arguments->link,
                             .in = arguments->in},
         true);
}

ST_EXPORT void st_draw_images(const struct st_images *arguments)
{
    draw(arguments, false);
}

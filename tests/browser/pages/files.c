/* files.c -- files that come from the browser, and go there. */
#include "pages.h"

#include <st.h>

static void draw_one(void)
{
    const st_file *file = st_file_uploader("One file", .key = "one");

    if (file)
        say("one = %s, %s: %s", file->name, file->mime,
            (const char *)file->bytes);
    else
        say("one = nothing");
}

static void draw_several(void)
{
    const st_file *file =
        st_file_uploader("Several files", .key = "several", .multiple = true);
    int count = 0;

    for (; file && file->name; file++) {
        count++;
        say("%s has %zu bytes", file->name, file->size);
    }
    say("several = %d", count);
}

void draw_files(void *unused)
{
    const st_file *picture;

    (void)unused;
    draw_one();
    draw_several();
    picture = st_camera_input("Picture", .key = "picture");
    say("picture = %s, %s", picture ? picture->mime : "none",
        picture && picture->size > 0 ? "with bytes" : "empty");
    st_download_button("Take this", .data = "taken\0bytes", .size = 11,
                       .file_name = "a file, \xc3\xa4.bin", .key = "take");
}

/* players.c -- a sound and a film to move around in. */
#include "pages.h"

#include <st.h>

#include <stdlib.h>

void draw_players(void *unused)
{
    size_t size;
    unsigned char *sound = make_sound(&size, 20);

    (void)unused;
    if (sound)
        st_audio(NULL, .bytes = sound, .size = size);
    free(sound);
    st_video(NULL, .bytes = film, .size = film_size);
}

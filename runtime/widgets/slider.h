/* slider.h -- one slider for numbers of all kinds, and for dates. */
#ifndef ST_WIDGETS_SLIDER_H
#define ST_WIDGETS_SLIDER_H

#include "widgets/widget.h"

typedef struct st_scale {
    double min, max, step;
    double values[2]; /* the default, then the value; in their order */
    size_t count;     /* 2: a range */
    const char *format;
    St__Slider__DataType type;
    const struct st_scale *identity; /* what tells it apart; NULL: all this */
} st_scale;

/* As Streamlit does: a range the wrong way around is turned. */
void st_scale_put_in_order(st_scale *scale);

/* Draw it: the default becomes the value.  Shape: the default is in range. */
void st_scale_draw(st_widget *widget, st_scale *scale);

#endif

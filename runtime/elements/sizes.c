#include "elements/sizes.h"

#include <stdbool.h>

void st_sizes_set(st_sizes *sizes, St__Element *element, unsigned width,
                  unsigned height)
{
    st__width_config__init(&sizes->width);
    st__height_config__init(&sizes->height);
    if (width) {
        sizes->width.width_spec_case = ST__WIDTH_CONFIG__WIDTH_SPEC_PIXEL_WIDTH;
        sizes->width.pixel_width = width;
    } else {
        sizes->width.width_spec_case = ST__WIDTH_CONFIG__WIDTH_SPEC_USE_STRETCH;
        sizes->width.use_stretch = true;
    }
    element->maybe_width_config_case =
        ST__ELEMENT__MAYBE_WIDTH_CONFIG_WIDTH_CONFIG;
    element->width_config = &sizes->width;
    if (!height)
        return;
    sizes->height.height_spec_case =
        ST__HEIGHT_CONFIG__HEIGHT_SPEC_PIXEL_HEIGHT;
    sizes->height.pixel_height = height;
    element->maybe_height_config_case =
        ST__ELEMENT__MAYBE_HEIGHT_CONFIG_HEIGHT_CONFIG;
    element->height_config = &sizes->height;
}

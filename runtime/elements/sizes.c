#include "elements/sizes.h"

void st_sizes_set_width(st_sizes *sizes, St__Element *element, unsigned width,
                        bool is_stretched)
{
    st__width_config__init(&sizes->width);
    if (width > 0) {
        sizes->width.width_spec_case = ST__WIDTH_CONFIG__WIDTH_SPEC_PIXEL_WIDTH;
        sizes->width.pixel_width = width;
    } else if (is_stretched) {
        sizes->width.width_spec_case = ST__WIDTH_CONFIG__WIDTH_SPEC_USE_STRETCH;
        sizes->width.use_stretch = true;
    } else {
        sizes->width.width_spec_case = ST__WIDTH_CONFIG__WIDTH_SPEC_USE_CONTENT;
        sizes->width.use_content = true;
    }
    element->maybe_width_config_case =
        ST__ELEMENT__MAYBE_WIDTH_CONFIG_WIDTH_CONFIG;
    element->width_config = &sizes->width;
}

void st_sizes_set(st_sizes *sizes, St__Element *element, unsigned width,
                  unsigned height)
{
    st_sizes_set_width(sizes, element, width, true);
    if (!height)
        return;
    st__height_config__init(&sizes->height);
    sizes->height.height_spec_case =
        ST__HEIGHT_CONFIG__HEIGHT_SPEC_PIXEL_HEIGHT;
    sizes->height.pixel_height = height;
    element->maybe_height_config_case =
        ST__ELEMENT__MAYBE_HEIGHT_CONFIG_HEIGHT_CONFIG;
    element->height_config = &sizes->height;
}

/* containers.c -- what elements stand in. */
#include "st/elements.h"

#include "elements/fail.h"
#include "elements/message.h"

#include <stdio.h>

ST_EXPORT st_handle st_draw_container(const struct st_container *arguments)
{
    St__Block block = ST__BLOCK__INIT;
    St__Block__FlexContainer flex = ST__BLOCK__FLEX_CONTAINER__INIT;
    St__HeightConfig height = ST__HEIGHT_CONFIG__INIT;

    flex.border = arguments->border;
    flex.direction = ST__BLOCK__FLEX_CONTAINER__DIRECTION__VERTICAL;
    block.type_case = ST__BLOCK__TYPE_FLEX_CONTAINER;
    block.flex_container = &flex;
    if (arguments->height) {
        height.height_spec_case = ST__HEIGHT_CONFIG__HEIGHT_SPEC_PIXEL_HEIGHT;
        height.pixel_height = arguments->height;
        block.maybe_height_config_case =
            ST__BLOCK__MAYBE_HEIGHT_CONFIG_HEIGHT_CONFIG;
        block.height_config = &height;
    }
    return st_draw_block(ST_CONTAINER, &block, arguments->in);
}

/* ---- columns ------------------------------------------------------------- */

static st_handle draw_row(st_handle in)
{
    St__Block block = ST__BLOCK__INIT;
    St__Block__FlexContainer flex = ST__BLOCK__FLEX_CONTAINER__INIT;

    flex.direction = ST__BLOCK__FLEX_CONTAINER__DIRECTION__HORIZONTAL;
    flex.wrap = true;
    block.type_case = ST__BLOCK__TYPE_FLEX_CONTAINER;
    block.flex_container = &flex;
    return st_draw_block(ST_COLUMNS, &block, in);
}

static double width_of(const struct st_columns *arguments, unsigned i)
{
    return arguments->widths ? arguments->widths[i] : 1.0;
}

ST_EXPORT void st_draw_columns(st_handle *out,
                               const struct st_columns *arguments)
{
    st_handle row;
    double total = 0;

    for (unsigned i = 0; i < arguments->count; i++) {
        out[i] = (st_handle){0};
        total += width_of(arguments, i);
        if (!(width_of(arguments, i) > 0)) {
            st_raise(ST_BAD_VALUE, "StreamlitInvalidColumnSpecError",
                     "The width of a column is a number above zero, and that "
                     "of column %u is not.",
                     i);
            return;
        }
    }
    if (!st_is_drawing())
        return;
    row = draw_row(arguments->in);
    for (unsigned i = 0; i < arguments->count; i++) {
        St__Block block = ST__BLOCK__INIT;
        St__Block__Column column = ST__BLOCK__COLUMN__INIT;

        column.weight = width_of(arguments, i) / total;
        block.type_case = ST__BLOCK__TYPE_COLUMN;
        block.column = &column;
        block.allow_empty = true;
        out[i] = st_draw_block(ST_COLUMN, &block, row);
    }
}

ST_EXPORT st_handle st_draw_expander(const struct st_expander *arguments)
{
    St__Block block = ST__BLOCK__INIT;
    St__Block__Expandable expandable = ST__BLOCK__EXPANDABLE__INIT;

    expandable.label = st_unconst(arguments->label);
    expandable.icon = st_unconst(arguments->icon);
    expandable.maybe_expanded_case =
        ST__BLOCK__EXPANDABLE__MAYBE_EXPANDED_EXPANDED;
    expandable.expanded = arguments->expanded;
    block.type_case = ST__BLOCK__TYPE_EXPANDABLE;
    block.expandable = &expandable;
    block.allow_empty = false;
    return st_draw_block(ST_EXPANDER, &block, arguments->in);
}

ST_EXPORT void st_draw_tabs(st_handle *out, const struct st_tabs *arguments)
{
    St__Block row = ST__BLOCK__INIT;
    St__Block__TabContainer tabs = ST__BLOCK__TAB_CONTAINER__INIT;
    st_handle all;

    row.type_case = ST__BLOCK__TYPE_TAB_CONTAINER;
    row.tab_container = &tabs;
    all = st_draw_block(ST_TABS, &row, arguments->in);
    for (unsigned i = 0; i < arguments->count; i++) {
        St__Block block = ST__BLOCK__INIT;
        St__Block__Tab tab = ST__BLOCK__TAB__INIT;

        tab.label = st_unconst(arguments->labels[i]);
        block.type_case = ST__BLOCK__TYPE_TAB;
        block.tab = &tab;
        block.allow_empty = true;
        out[i] = st_is_drawing() ? st_draw_block(ST_TAB, &block, all)
                                 : (st_handle){0};
    }
}

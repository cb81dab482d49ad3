#include "area.h"
#include "../count.h"

#ifndef ONLY_AREA_SEES_THIS
#error "the properties of a source count"
#endif

/* @memo(impure_ok) */
int area(int width, int height)
{
    count(AREA);
    return width * height * FACTOR * AREA_UNIT;
}

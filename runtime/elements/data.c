/* data.c -- frames as tables. */
#include "st/elements.h"

#include "elements/data.h"
#include "elements/fail.h"
#include "elements/message.h"
#include "elements/sizes.h"

#include <stdlib.h>

st_frame *st_data_copy(const struct st_data *data, st_failure *failure)
{
    st_frame *frame = NULL;

    if (data->frame)
        st_frame_copy(&frame, data->frame, failure);
    else if (data->schema && data->array)
        st_frame_from_arrow(&frame, data->schema, data->array, failure);
    else
        st_frame_create(&frame, 0, failure);
    return frame;
}

bool st_data_pack(St__ArrowData *out, const st_frame *frame,
                  st_failure *failure)
{
    unsigned char *bytes = NULL;
    size_t size = 0;

    if (st_frame_to_ipc(&bytes, &size, frame, failure) != ST_OK)
        return false;
    st__arrow_data__init(out);
    out->data = (ProtobufCBinaryData){size, bytes};
    return true;
}

void st_data_raise(const char *who, const st_failure *failure)
{
    if (failure->status != ST_OK)
        st_raise(failure->status, "StreamlitAPIException",
                 "'%s' cannot show this data: %s.", who, failure->text);
}

/* The bytes of the frame, of one that is copied only where that is needed. */
static bool pack(St__ArrowData *out, const struct st_data *arguments,
                 const char *who)
{
    st_failure failure = {ST_OK, ""};
    st_frame *copy = NULL;
    const st_frame *frame = arguments->frame;
    bool done;

    if (!frame)
        frame = copy = st_data_copy(arguments, &failure);
    done = frame && st_data_pack(out, frame, &failure);
    st_frame_destroy(copy);
    st_data_raise(who, &failure);
    return done;
}

ST_EXPORT void st_draw_dataframe(const struct st_data *arguments)
{
    St__Dataframe dataframe = ST__DATAFRAME__INIT;
    St__Element element = ST__ELEMENT__INIT;
    St__ArrowData data;
    st_sizes sizes;

    if (!st_is_drawing() || !pack(&data, arguments, "st_dataframe"))
        return;
    dataframe.arrow_data = &data;
    element.type_case = ST__ELEMENT__TYPE_DATAFRAME;
    element.dataframe = &dataframe;
    st_sizes_set(&sizes, &element, arguments->width, arguments->height);
    st_draw_packed(ST_DATAFRAME, &element, arguments->in, false);
    free(data.data.data);
}

ST_EXPORT void st_draw_table(const struct st_data *arguments)
{
    St__Table table = ST__TABLE__INIT;
    St__Element element = ST__ELEMENT__INIT;
    St__ArrowData data;
    st_sizes sizes;

    if (!st_is_drawing() || !pack(&data, arguments, "st_table"))
        return;
    table.arrow_data = &data;
    element.type_case = ST__ELEMENT__TYPE_TABLE;
    element.table = &table;
    st_sizes_set(&sizes, &element, arguments->width, arguments->height);
    st_draw_packed(ST_TABLE, &element, arguments->in, false);
    free(data.data.data);
}

ST_EXPORT void st_write_frame(const st_frame *what)
{
    st_dataframe(what);
}

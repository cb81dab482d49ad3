#include "app/packet.h"

#include <stdlib.h>

st_packet *st_packet_make(size_t size)
{
    st_packet *made = malloc(sizeof *made + size);

    if (made) {
        made->next = NULL;
        made->size = size;
    }
    return made;
}

void st_packets_add(st_packets *packets, st_packet *added)
{
    if (!packets->first)
        packets->last = &packets->first;
    *packets->last = added;
    packets->last = &added->next;
    packets->bytes += added->size;
}

st_packet *st_packets_take(st_packets *packets)
{
    st_packet *first = packets->first;

    if (!first)
        return NULL;
    packets->first = first->next;
    packets->bytes -= first->size;
    first->next = NULL;
    return first;
}

void st_packets_clear(st_packets *packets)
{
    st_packet *first;

    while ((first = st_packets_take(packets)))
        free(first);
}

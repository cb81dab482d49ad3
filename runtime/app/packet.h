/* packet.h -- bytes on their way to a browser, in the order in which they go.
 */
#ifndef ST_APP_PACKET_H
#define ST_APP_PACKET_H

#include <stddef.h>

/* Room in front of the bytes for who sends them (server.c checks it). */
#define ST_PACKET_HEADROOM 32

typedef struct st_packet {
    struct st_packet *next;
    size_t size;
    unsigned char room[ST_PACKET_HEADROOM];
    unsigned char bytes[];
} st_packet;

/* Zero is an empty one. */
typedef struct {
    st_packet *first, **last;
    size_t bytes; /* of all of them */
} st_packets;

/* A packet with room for so many bytes.
 * Owner:  caller, free().
 * Errors: NULL: out of memory. */
st_packet *st_packet_make(size_t size);

void st_packets_add(st_packets *packets, st_packet *added);
st_packet *st_packets_take(st_packets *packets); /* NULL: there is none */
void st_packets_clear(st_packets *packets);

#endif

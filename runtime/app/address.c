#include "app/address.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

/* The bytes of an address; NULL: it is of another family. */
static const void *bytes_of(const struct sockaddr *address, int family)
{
    const void *at = address;

    if (!address || address->sa_family != family)
        return NULL;
    return family == AF_INET
               ? (const void *)&((const struct sockaddr_in *)at)->sin_addr
               : (const void *)&((const struct sockaddr_in6 *)at)->sin6_addr;
}

static bool is_of_an_interface(int family, const void *bytes, size_t size)
{
    struct ifaddrs *all = NULL;
    bool is_found = false;

    if (getifaddrs(&all) != 0)
        return true; /* who listens will see */
    for (const struct ifaddrs *at = all; at && !is_found; at = at->ifa_next) {
        const void *own = bytes_of(at->ifa_addr, family);

        is_found = own && memcmp(own, bytes, size) == 0;
    }
    freeifaddrs(all);
    return is_found;
}

bool st_address_is_here(const char *address)
{
    static const unsigned char anywhere[sizeof(struct in6_addr)];
    int family = strchr(address, ':') ? AF_INET6 : AF_INET;
    size_t size = family == AF_INET ? 4 : sizeof(struct in6_addr);
    unsigned char bytes[sizeof(struct in6_addr)];

    if (inet_pton(family, address, bytes) != 1)
        return false;
    /* All that begin with 127 are this machine's. */
    return memcmp(bytes, anywhere, size) == 0 ||
           (family == AF_INET && bytes[0] == 127) ||
           is_of_an_interface(family, bytes, size);
}

bool st_address_find_other(char *out, size_t room)
{
    struct ifaddrs *all = NULL;
    bool is_found = false;

    if (getifaddrs(&all) != 0)
        return false;
    for (const struct ifaddrs *at = all; at && !is_found; at = at->ifa_next) {
        const void *own = bytes_of(at->ifa_addr, AF_INET);

        is_found = own && !(at->ifa_flags & IFF_LOOPBACK) &&
                   inet_ntop(AF_INET, own, out, (socklen_t)room);
    }
    freeifaddrs(all);
    return is_found;
}

/* address.h -- which addresses this machine has; it opens no sockets.
 */
#ifndef ST_APP_ADDRESS_H
#define ST_APP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

/* Can a server listen on it?  Shape: "127.0.0.1", "::1", "0.0.0.0"; a name is
 * none. */
bool st_address_is_here(const char *address);

/* One by which other machines may reach this one; false: there is none. */
bool st_address_find_other(char *out, size_t room);

#endif

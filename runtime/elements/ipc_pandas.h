/* ipc_pandas.h -- what pandas writes beside a table: which column is its index.
 */
#ifndef ST_ELEMENTS_IPC_PANDAS_H
#define ST_ELEMENTS_IPC_PANDAS_H

#include "elements/frame.h"

/* Under which name a column is sent: an index without a name has the one that
 * pandas gives it, which the front end leaves away.
 * Owner: the frame, or `room`. */
enum { ST_PANDAS_NAME_ROOM = 48 };
const char *st_pandas_name(char room[ST_PANDAS_NAME_ROOM],
                           const st_frame *frame, size_t column);

/* The value of the key "pandas" in a schema's metadata: JSON.
 * Shape:  the frame has an index.
 * Owner:  caller; free().
 * Errors: NULL when memory runs out.
 * Source: https://pandas.pydata.org/docs/development/developer.html, "Storing
 *         pandas DataFrame objects in Apache Parquet format". */
char *st_pandas_metadata(const st_frame *frame);

#endif

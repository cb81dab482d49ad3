/* inspect.h -- what memogen knows of results that persist, in one header.
 *
 *     listing.h    the functions and entries of stores, to sort and to look up
 *     show.h       arguments and results
 *     answers.h    what a body has asked for
 *     verify.h     is all as it should be?
 *     prune.h      which entries go
 *     archive.h    a stream of entries, for other stores
 *     export.h     a store as such a stream
 *     adopt.h      such a stream into a store
 */
#ifndef MEMO_INSPECT_INSPECT_H
#define MEMO_INSPECT_INSPECT_H

#include "inspect/adopt.h"
#include "inspect/answers.h"
#include "inspect/archive.h"
#include "inspect/export.h"
#include "inspect/listing.h"
#include "inspect/prune.h"
#include "inspect/show.h"
#include "inspect/verify.h"

#endif

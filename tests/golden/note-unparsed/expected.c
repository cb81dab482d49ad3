/* Made by memogen from input.c. Do not edit. */
#include <memo/generated.h>
#include "input.c"

/* ---- source hashes: made by memogen ---- */


/* Made by memogen from input.c. Do not edit. */
#include <memo/generated.h>
#include "input.c"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_plain;
struct memo_source memo_source_plain = {
    "plain", { 3009631134349500812u, 18356825136614085815u }, MEMO_BUILD, 0u, 0,
    0, 0};

#include <memo.h>
#include <stdio.h>

int load(int n);

int main(void)
{
    char hash[MEMO_SOURCE_HASH_SIZE];
    memo_status status;

    load(3);
    status = memo_source_hash(load, hash);
    printf("%s\n", status == MEMO_OK ? hash : memo_status_text(status));
    return status;
}

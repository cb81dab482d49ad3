/* Load and unload a plugin, over and over, while other threads hash. */
#include <memo.h>

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

int load(int n);

static void *hash_often(void *out)
{
    char hash[MEMO_SOURCE_HASH_SIZE] = "", first[MEMO_SOURCE_HASH_SIZE] = "";

    for (int i = 0; i < 3000; i++) {
        if (memo_source_hash(load, hash) != MEMO_OK)
            return "load has no hash";
        if (i > 0 && strcmp(first, hash) != 0)
            return "the hash changed";
        strcpy(first, hash);
    }
    strcpy(out, hash);
    return NULL;
}

int main(void)
{
    enum { THREADS = 2 };
    pthread_t threads[THREADS];
    char hashes[THREADS][MEMO_SOURCE_HASH_SIZE], last[MEMO_SOURCE_HASH_SIZE];
    void *problem = NULL, *plugin;

    load(3);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, hash_often, hashes[i]);
    for (int i = 0; i < 200 && !problem; i++) {
        int (*area)(int);

        plugin = dlopen("./plugin.so", RTLD_NOW | RTLD_LOCAL);
        area = plugin ? (int (*)(int))dlsym(plugin, "area") : NULL;
        if (!area)
            problem = dlerror();
        else if (area(i) != i * 2)
            problem = "area is wrong";
        else if (memo_source_hash(area, last) != MEMO_OK)
            problem = "area has no hash";
        if (plugin)
            dlclose(plugin);
    }
    if (!problem && memo_hash_source(last, NULL, "area") != MEMO_NOT_MEMOIZED)
        problem = "area was not forgotten";
    for (int i = 0; i < THREADS; i++) {
        void *answer;

        pthread_join(threads[i], &answer);
        problem = problem ? problem : answer;
    }
    printf("%s\n", problem ? (char *)problem : hashes[0]);
    return problem != NULL;
}

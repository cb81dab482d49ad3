#include "disk/environment.h"

#include "disk/structure.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How long others may check it until that counts as a failure. */
#define BUSY_NS 2000000000u

#define FIRST_MAP_BYTES ((uint64_t)64 << 20)

/* Readers of all processes; each has MEMO_READERS. */
#define MOST_READERS 4096

/* Bytes of LMDB's lock file for that many, and more.
 * Source: LMDB 0.9, MDB_reader and MDB_txninfo of mdb.c: one cache line each,
 * and a page. */
#define LOCK_FILE_BYTES ((off_t)MOST_READERS * 64 + 8192)

/* Never freed: in a child of fork they are still mapped. */
static memo_environment *_Atomic all_environments;

static uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool cannot(char *why, const char *what, const char *path,
                   const char *reason)
{
    snprintf(why, MEMO_PATH_SIZE, "%s '%.250s': %s", what, path, reason);
    return false;
}

static memo_opening fail(char *why, const char *what, const char *path,
                         const char *reason)
{
    cannot(why, what, path, reason);
    return MEMO_ENVIRONMENT_FAILED;
}

/* ---- files --------------------------------------------------------------- */

/* Both files of it. */
static void drop_files(const char *folder)
{
    char path[MEMO_PATH_SIZE];

    if (memo_folder_join(path, folder, "data.mdb"))
        unlink(path);
    if (memo_folder_join(path, folder, "lock.mdb"))
        unlink(path);
}

/* Whoever has it for himself looks at a file that was not left in order, before
 * it is mapped.  False: it cannot be used, nor dropped. */
static bool check_file(const memo_environment *environment, char *why)
{
    char path[MEMO_PATH_SIZE], reason[200];
    memo_structure structure;
    int file;

    if (!memo_folder_join(path, environment->folder, "data.mdb"))
        return cannot(why, "cannot open", environment->folder,
                      strerror(ENAMETOOLONG));
    if (memo_owners_is_in_order(&environment->owners, path))
        return true;
    file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0)
        return cannot(why, "cannot open", path, strerror(errno));
    structure = memo_structure_check(file, reason, sizeof reason);
    close(file);
    if (structure == MEMO_STRUCTURE_SOUND)
        return true;
    if (structure == MEMO_STRUCTURE_UNREADABLE)
        return cannot(why, "cannot check", path, reason);
    snprintf(why, MEMO_PATH_SIZE,
             "'%.250s' was damaged (%s); it is dropped, and what it held will "
             "be computed again",
             path, reason);
    drop_files(environment->folder);
    return true;
}

static int extend(int file, off_t from, off_t to)
{
    static const char zeroes[4096];

    while (from < to) {
        size_t size = to - from < (off_t)sizeof zeroes ? (size_t)(to - from)
                                                       : sizeof zeroes;
        ssize_t written = pwrite(file, zeroes, size, from);

        if (written <= 0)
            return written < 0 ? errno : ENOSPC;
        from += written;
    }
    return 0;
}

static int reserve(uint64_t *inode, int file)
{
    struct stat status;

    if (fstat(file, &status) != 0)
        return errno;
    *inode = (uint64_t)status.st_ino;
    if (fallocate(file, 0, 0, LOCK_FILE_BYTES) == 0)
        return 0;
    return errno == EOPNOTSUPP ? extend(file, status.st_size, LOCK_FILE_BYTES)
                               : errno;
}

/* The lock file is written to as memory: without room on the disk for all of
 * it, that would kill the process.  Whoever comes first has it made. */
static bool reserve_lock_file(memo_environment *environment, char *why)
{
    char path[MEMO_PATH_SIZE];
    int file, problem;

    if (!memo_folder_join(path, environment->folder, "lock.mdb"))
        return cannot(why, "cannot open", environment->folder,
                      strerror(ENAMETOOLONG));
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    problem = file < 0 ? errno : reserve(&environment->owners.lock_inode, file);
    if (file >= 0)
        close(file);
    return problem == 0 || cannot(why, "cannot make", path, strerror(problem));
}

/* ---- readers ------------------------------------------------------------- */

/* Made here and not by calls: the first use of one waits for other processes
 * that have been stopped while they did the same. */
static int make_readers(memo_environment *environment)
{
    bool has_checked = false;
    unsigned count = 0;
    int problem = 0;

    while (count < MEMO_READERS) {
        MDB_txn *made;

        problem = mdb_txn_begin(environment->env, NULL, MDB_RDONLY, &made);
        if (problem == MDB_READERS_FULL && !has_checked) {
            /* Processes that have ended leave theirs behind. */
            has_checked = true;
            mdb_reader_check(environment->env, NULL);
            continue;
        }
        if (problem != 0)
            break;
        mdb_txn_reset(made);
        atomic_store(&environment->places[count++], made);
    }
    return count > 0 ? 0 : problem;
}

/* Threads begin to look at different places. */
static unsigned first_place(void)
{
    static _Thread_local unsigned mine;
    static _Atomic unsigned last;

    if (mine == 0)
        mine = atomic_fetch_add(&last, 1) * 2 + 1;
    return mine / 2 % MEMO_READERS;
}

static MDB_txn *take_reader(memo_environment *environment)
{
    unsigned place = first_place();

    for (unsigned i = 0; i < MEMO_READERS; i++) {
        MDB_txn *taken =
            atomic_load_explicit(&environment->readers[place],
                                 memory_order_relaxed)
                ? atomic_exchange(&environment->readers[place], NULL)
                : NULL;

        if (taken)
            return taken;
        place = (place + 1) % MEMO_READERS;
    }
    return NULL;
}

/* It has its place, which nobody else fills meanwhile. */
static void give_reader(memo_environment *environment, MDB_txn *txn)
{
    unsigned place = first_place();

    while (atomic_load_explicit(&environment->places[place],
                                memory_order_relaxed) != txn)
        place = (place + 1) % MEMO_READERS;
    atomic_store_explicit(&environment->readers[place], txn,
                          memory_order_release);
}

MDB_txn *memo_environment_begin(memo_environment *environment,
                                uint64_t timeout_ns)
{
    MDB_txn *txn = NULL;
    uint64_t until;
    int problem;

    if (atomic_load(&environment->is_closed))
        return NULL;
    txn = take_reader(environment);
    until = txn ? 0 : now_ns() + timeout_ns;

    while (!txn && now_ns() < until) {
        sched_yield();
        txn = take_reader(environment);
    }
    if (!txn)
        return NULL;
    problem = atomic_load(&environment->is_closed) ? EBUSY : mdb_txn_renew(txn);
    if (problem == 0)
        return txn;
    if (problem == MDB_MAP_RESIZED)
        atomic_store(&environment->is_outgrown, true);
    give_reader(environment, txn);
    return NULL;
}

void memo_environment_end(memo_environment *environment, MDB_txn *txn)
{
    mdb_txn_reset(txn);
    give_reader(environment, txn);
}

/* Put the first `count` of them where they can be taken. */
static void let_in(memo_environment *environment, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        atomic_store(&environment->readers[i],
                     atomic_load(&environment->places[i]));
    atomic_store(&environment->is_closed, false);
}

void memo_environment_let_in(memo_environment *environment)
{
    let_in(environment, MEMO_READERS);
}

/* Take the reader of a place, or what is no reader; false: it does not come
 * back in time. */
static bool await_reader(memo_environment *environment, unsigned place,
                         uint64_t until)
{
    if (!atomic_load(&environment->places[place]))
        return true;
    while (!atomic_exchange(&environment->readers[place], NULL)) {
        if (now_ns() >= until)
            return false;
        sched_yield();
    }
    return true;
}

/* Take all readers, so that nobody reads any more; false: some do not come
 * back. */
static bool close_to_readers(memo_environment *environment)
{
    uint64_t until = now_ns() + 1000000000u;

    if (atomic_load(&environment->is_closed))
        return true;
    atomic_store(&environment->is_closed, true);
    for (unsigned i = 0; i < MEMO_READERS; i++) {
        if (!await_reader(environment, i, until)) {
            let_in(environment, i);
            return false;
        }
    }
    return true;
}

/* The same of what is to be used at once again. */
static bool pause_readers(memo_environment *environment)
{
    return environment->env && !atomic_load(&environment->is_closed) &&
           close_to_readers(environment);
}

/* ---- opening ------------------------------------------------------------- */

static int open_tables_by(memo_environment *environment, unsigned txn_flags,
                          unsigned flags)
{
    memo_tables *tables = &environment->tables;
    const struct {
        const char *name;
        MDB_dbi *out;
    } names[] = {
        {"facts", &tables->facts},   {"functions", &tables->functions},
        {"places", &tables->places}, {NULL, &tables->entries},
        {"ages", &tables->ages},     {"expiries", &tables->expiries},
    };
    MDB_txn *txn;
    int problem = mdb_txn_begin(environment->env, NULL, txn_flags, &txn);

    if (problem != 0)
        return problem;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && problem == 0; i++)
        problem = mdb_dbi_open(txn, names[i].name, flags, names[i].out);
    if (problem == 0)
        return mdb_txn_commit(txn);
    mdb_txn_abort(txn);
    return problem;
}

/* Whoever is not the first does not wait for those who write. */
static int open_tables(memo_environment *environment)
{
    int problem = open_tables_by(environment, MDB_RDONLY, 0);

    return problem == MDB_NOTFOUND ? open_tables_by(environment, 0, MDB_CREATE)
                                   : problem;
}

/* Nothing is written at once to the disk: after a loss of power the file is
 * checked before it is used, and each entry has a checksum. */
static int open_env(memo_environment *environment)
{
    MDB_envinfo info;
    int problem = mdb_env_create(&environment->env);

    if (problem != 0)
        return problem;
    mdb_env_set_maxdbs(environment->env, 8);
    mdb_env_set_maxreaders(environment->env, MOST_READERS);
    mdb_env_set_mapsize(environment->env, environment->map_bytes);
    problem = mdb_env_open(environment->env, environment->folder,
                           MDB_NOSYNC | MDB_NOTLS | MDB_NORDAHEAD, 0600);
    if (problem == 0)
        problem = open_tables(environment);
    if (problem == 0)
        problem = make_readers(environment);
    if (problem == 0 && mdb_env_info(environment->env, &info) == 0)
        environment->map_bytes = info.me_mapsize; /* others have filled more */
    if (problem != 0) {
        mdb_env_close(environment->env);
        environment->env = NULL;
    }
    return problem;
}

/* Whoever is checking it is mostly done soon. */
static memo_owning become_owner(memo_environment *environment)
{
    const struct timespec pause = {0, 2000000};
    uint64_t until = now_ns() + BUSY_NS;
    memo_owning owning;

    for (;;) {
        owning = memo_owners_enter(&environment->owners, environment->folder);
        if (owning != MEMO_OWNERS_BUSY || now_ns() >= until)
            return owning;
        nanosleep(&pause, NULL);
    }
}

static memo_opening enter(memo_environment *environment, char *why)
{
    switch (become_owner(environment)) {
    case MEMO_OWNERS_ALONE:
        if (check_file(environment, why) && reserve_lock_file(environment, why))
            return MEMO_ENVIRONMENT_OPEN;
        memo_owners_leave(&environment->owners);
        return MEMO_ENVIRONMENT_FAILED;
    case MEMO_OWNERS_SHARED:
        return MEMO_ENVIRONMENT_OPEN;
    case MEMO_OWNERS_FOREIGN:
        return MEMO_ENVIRONMENT_FOREIGN;
    case MEMO_OWNERS_REPLACED:
        return fail(why, "cannot open", environment->folder,
                    "its files were removed while another process uses them");
    case MEMO_OWNERS_TWICE:
        return fail(why, "cannot open", environment->folder,
                    "another copy of this library has it open in this process");
    case MEMO_OWNERS_BUSY:
        return fail(why, "cannot open", environment->folder,
                    "another process is checking it");
    default:
        return fail(why, "cannot open", environment->folder, strerror(errno));
    }
}

static memo_opening open_within(memo_environment *environment, char *why)
{
    memo_opening opening = enter(environment, why);
    int problem;

    if (opening != MEMO_ENVIRONMENT_OPEN)
        return opening;
    problem = open_env(environment);
    if (problem != 0) {
        memo_owners_leave(&environment->owners);
        return fail(why, "cannot use", environment->folder,
                    mdb_strerror(problem));
    }
    memo_environment_mark(environment);
    memo_owners_share(&environment->owners);
    return MEMO_ENVIRONMENT_OPEN;
}

/* What a parent has opened is of no use to its child, but its locks would count
 * as the parent's for as long as the child runs. */
static void leave_inherited(void)
{
    memo_environment *at;

    for (at = atomic_load(&all_environments); at; at = at->next) {
        if (at->process != (long)getpid())
            memo_owners_leave_inherited(&at->owners);
    }
}

memo_opening memo_environment_open(memo_environment **out, const char *folder,
                                   uint64_t most_bytes, char *why)
{
    memo_environment *made = calloc(1, sizeof *made);
    memo_opening opening;

    *why = '\0';
    if (!made)
        return fail(why, "cannot open", folder, "out of memory");
    leave_inherited();
    snprintf(made->folder, sizeof made->folder, "%s", folder);
    made->process = (long)getpid();
    made->map_bytes = FIRST_MAP_BYTES;
    /* Pages that are free again lie between those in use. */
    made->most_map_bytes = 2 * most_bytes + FIRST_MAP_BYTES;
    opening = open_within(made, why);
    if (opening != MEMO_ENVIRONMENT_OPEN) {
        free(made);
        return opening;
    }
    memo_environment_let_in(made);
    made->next = atomic_load(&all_environments);
    while (!atomic_compare_exchange_weak(&all_environments, &made->next, made))
        continue;
    *out = made;
    return opening;
}

void memo_environment_close(memo_environment *environment)
{
    if (!environment->env || !close_to_readers(environment))
        return;
    for (unsigned i = 0; i < MEMO_READERS; i++)
        mdb_txn_abort(atomic_exchange(&environment->places[i], NULL));
    mdb_env_close(environment->env);
    environment->env = NULL;
    memo_owners_leave(&environment->owners);
}

bool memo_environment_reopen(memo_environment *environment, char *why)
{
    memo_environment_close(environment);
    if (environment->env) {
        return cannot(why, "cannot open", environment->folder,
                      "it is being read");
    }
    *why = '\0';
    switch (open_within(environment, why)) {
    case MEMO_ENVIRONMENT_OPEN:
        return true;
    case MEMO_ENVIRONMENT_FOREIGN:
        return cannot(why, "cannot open", environment->folder,
                      "another container uses it");
    default:
        return false;
    }
}

bool memo_environment_grow(memo_environment *environment)
{
    bool is_outgrown = atomic_exchange(&environment->is_outgrown, false);
    uint64_t size = is_outgrown ? 0 : 2 * environment->map_bytes;
    MDB_envinfo info;
    int problem;

    if (!is_outgrown && environment->map_bytes >= environment->most_map_bytes)
        return false;
    if (size > environment->most_map_bytes)
        size = environment->most_map_bytes;
    if (!pause_readers(environment))
        return false;
    problem = mdb_env_set_mapsize(environment->env, size);
    if (problem == 0 && mdb_env_info(environment->env, &info) == 0)
        environment->map_bytes = info.me_mapsize;
    memo_environment_let_in(environment);
    return problem == 0;
}

bool memo_environment_stretch(memo_environment *environment, uint64_t bytes)
{
    bool done;

    if (!pause_readers(environment))
        return false;
    done = mdb_env_set_mapsize(environment->env,
                               environment->map_bytes + bytes) == 0;
    memo_environment_let_in(environment);
    return done;
}

void memo_environment_mark(memo_environment *environment)
{
    mdb_filehandle_t file;

    if (mdb_env_get_fd(environment->env, &file) == 0)
        memo_owners_mark(&environment->owners, file);
}

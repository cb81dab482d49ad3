#include "disk/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

bool memo_folder_join(char *out, const char *folder, const char *name)
{
    int size = snprintf(out, MEMO_PATH_SIZE, "%s/%s", folder, name);

    return size > 0 && size < MEMO_PATH_SIZE;
}

static bool copy(char *out, const char *path)
{
    int size = snprintf(out, MEMO_PATH_SIZE, "%s", path);

    return size > 0 && size < MEMO_PATH_SIZE;
}

/* Relative ones of the environment do not count, as its convention has it: the
 * program may run anywhere.
 * Source: XDG Base Directory Specification. */
static const char *absolute(const char *variable)
{
    const char *value = secure_getenv(variable);

    return value && *value == '/' ? value : NULL;
}

bool memo_folder_find(char *out, const char *asked, char *why)
{
    const char *own = secure_getenv("MEMO_CACHE_DIR");
    bool is_found;

    if (asked && *asked)
        is_found = copy(out, asked);
    else if (own && *own)
        is_found = copy(out, own);
    else if (absolute("XDG_CACHE_HOME"))
        is_found = memo_folder_join(out, absolute("XDG_CACHE_HOME"), "memogen");
    else if (absolute("HOME"))
        is_found = memo_folder_join(out, absolute("HOME"), ".cache/memogen");
    else
        is_found = false;
    if (!is_found)
        snprintf(why, MEMO_PATH_SIZE,
                 "no cache directory is known; set MEMO_CACHE_DIR");
    return is_found;
}

static bool fail(char *why, const char *path, const char *what, int error)
{
    snprintf(why, MEMO_PATH_SIZE,
             "%s '%.250s'%s%s; set MEMO_CACHE_DIR to a "
             "directory of your own",
             what, path, error ? ": " : "", error ? strerror(error) : "");
    return false;
}

/* Those around it are made as any program makes them. */
static void make_parents(const char *path)
{
    char part[MEMO_PATH_SIZE];
    int saved_errno = errno;

    if (!copy(part, path))
        return;
    for (char *at = part + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        mkdir(part, 0700);
        *at = '/';
    }
    errno = saved_errno;
}

bool memo_folder_make(const char *path, char *why)
{
    struct stat status;

    if (mkdir(path, 0700) != 0 && errno == ENOENT) {
        make_parents(path);
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return fail(why, path, "cannot make the directory", errno);
    } else if (stat(path, &status) != 0) {
        return fail(why, path, "cannot make the directory", errno);
    }
    if (stat(path, &status) != 0)
        return fail(why, path, "cannot use the directory", errno);
    if (!S_ISDIR(status.st_mode))
        return fail(why, path, "this is no directory:", 0);
    if (status.st_uid != geteuid())
        return fail(why, path, "another user owns", 0);
    if (status.st_mode & (S_IWGRP | S_IWOTH))
        return fail(why, path, "other users may write to", 0);
    if (access(path, W_OK | X_OK) != 0)
        return fail(why, path, "cannot write to", errno);
    return true;
}

bool memo_folder_make_in(char *out, const char *folder, const char *name,
                         char *why)
{
    if (memo_folder_join(out, folder, name))
        return memo_folder_make(out, why);
    return fail(why, folder, "cannot make a directory in", ENAMETOOLONG);
}

bool memo_folder_is_remote_type(unsigned long type)
{
    /* Source: linux/magic.h, and the file systems' own sources. */
    static const unsigned long remote[] = {
        0x6969,     /* NFS */
        0x517B,     /* SMB */
        0xFF534D42, /* CIFS */
        0xFE534D42, /* SMB 2 */
        0x01021997, /* 9P */
        0x00C36400, /* Ceph */
        0x5346414F, /* AFS */
        0x73757245, /* Coda */
        0x65735546, /* FUSE: SSHFS, GlusterFS and whatever else */
        0x0BD00BD0, /* Lustre */
        0x47504653, /* GPFS */
        0x7461636F, /* OCFS2 */
        0x01161970, /* GFS2 */
        0x19830326, /* BeeGFS */
    };

    for (size_t i = 0; i < sizeof remote / sizeof remote[0]; i++) {
        if (remote[i] == (type & 0xFFFFFFFF))
            return true;
    }
    return false;
}

bool memo_folder_is_remote(const char *path)
{
    struct statfs status;

    return statfs(path, &status) == 0 &&
           memo_folder_is_remote_type((unsigned long)status.f_type);
}

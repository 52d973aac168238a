#define _GNU_SOURCE
#include "CMatReader.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <matio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void write_all(int descriptor, const void *bytes, size_t count) {
    const char *next = bytes;
    while (count > 0) {
        ssize_t written = write(descriptor, next, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) _exit(1);
        next += written;
        count -= (size_t)written;
    }
}

[[noreturn]] static void finish(int descriptor, uint32_t word) {
    write_all(descriptor, &word, sizeof word);
    _exit(0);
}

/// Leaves the child with its pipe (as descriptor 3), no terminal, default signals and no core file.
static int settle(int descriptor) {
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    int nowhere = open("/dev/null", O_RDWR);
    if (nowhere < 0 || dup2(descriptor, 3) < 0) _exit(1);
    for (int standard = 0; standard < 3; standard++) dup2(nowhere, standard);
    close_range(4, ~0U, 0);
    // No plugin is loaded on behalf of a file.
    setenv("HDF5_PLUGIN_PRELOAD", "::", 1);
    // A lock that another process holds, or merely inherited, would make the file look empty. Drops
    // have settled when they are read, and we write nothing.
    setenv("HDF5_USE_FILE_LOCKING", "FALSE", 1);
    return 3;
}

/// Forks; returns 0 in the child with the pipe in child->descriptor, and the errno or -1 in the
/// parent.
static int start(CMatChild *child) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    pid_t process = fork();
    if (process < 0) {
        int reason = errno;
        close(ends[0]);
        close(ends[1]);
        return reason;
    }
    if (process == 0) {
        child->descriptor = settle(ends[1]);
        return 0;
    }
    close(ends[1]);
    child->process = process;
    child->descriptor = ends[0];
    return -1;
}

/// Asks HDF5 how an array is cut into compressed pieces, which matio does not tell.
static void find_chunk(hid_t file, CMatVariable *description, const char *name) {
    hid_t array = file >= 0 ? H5Dopen2(file, name, H5P_DEFAULT) : -1;
    hid_t creation = array >= 0 ? H5Dget_create_plist(array) : -1;
    hsize_t chunk[CMAT_MOST_DIMENSIONS];
    int rank = (int)description->rank;
    if (creation >= 0 && H5Pget_layout(creation) == H5D_CHUNKED &&
        H5Pget_chunk(creation, CMAT_MOST_DIMENSIONS, chunk) == rank) {
        for (int index = 0; index < rank; index++) {
            description->chunk[index] = chunk[rank - 1 - index];
        }
    }
    if (creation >= 0) H5Pclose(creation);
    if (array >= 0) H5Dclose(array);
}

static void write_variable(int descriptor, hid_t file, const matvar_t *variable) {
    if (!variable->name || variable->rank < 0 || variable->rank > CMAT_MOST_DIMENSIONS) return;
    CMatVariable description = {
        .kind = CMAT_VARIABLE,
        .matlab_class = (int32_t)variable->class_type,
        .is_complex = variable->isComplex != 0,
        .is_logical = variable->isLogical != 0,
        .rank = (uint32_t)variable->rank,
        .name_byte_count = (uint32_t)strlen(variable->name),
    };
    for (int index = 0; index < variable->rank; index++) {
        description.dimensions[index] = variable->dims[index];
    }
    find_chunk(file, &description, variable->name);
    write_all(descriptor, &description, sizeof description);
    write_all(descriptor, variable->name, description.name_byte_count);
}

int cmat_start_listing(const char *path, CMatChild *child) {
    int outcome = start(child);
    if (outcome != 0) return outcome < 0 ? 0 : outcome;
    int descriptor = child->descriptor;
    mat_t *file = Mat_Open(path, MAT_ACC_RDONLY);
    if (!file) finish(descriptor, CMAT_FAILURE);
    hid_t arrays = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    for (matvar_t *variable; (variable = Mat_VarReadNextInfo(file));) {
        write_variable(descriptor, arrays, variable);
        Mat_VarFree(variable);
    }
    finish(descriptor, CMAT_END);
}

int cmat_start_reading(const char *path, const char *name, int rank, size_t slab_count,
                       const int32_t *starts, const int32_t *edges, const size_t *slab_byte_counts,
                       CMatChild *child) {
    int outcome = start(child);
    if (outcome != 0) return outcome < 0 ? 0 : outcome;
    int descriptor = child->descriptor;
    mat_t *file = Mat_Open(path, MAT_ACC_RDONLY);
    matvar_t *variable = file ? Mat_VarReadInfo(file, name) : NULL;
    if (!variable || variable->rank != rank) finish(descriptor, CMAT_FAILURE);
    int stride[CMAT_MOST_DIMENSIONS];
    for (int index = 0; index < CMAT_MOST_DIMENSIONS; index++) stride[index] = 1;
    for (size_t slab = 0; slab < slab_count; slab++) {
        int start[CMAT_MOST_DIMENSIONS], edge[CMAT_MOST_DIMENSIONS];
        memcpy(start, starts + slab * (size_t)rank, sizeof(int) * (size_t)rank);
        memcpy(edge, edges + slab * (size_t)rank, sizeof(int) * (size_t)rank);
        void *values = malloc(slab_byte_counts[slab]);
        if (!values || Mat_VarReadData(file, variable, values, start, stride, edge) != 0) {
            finish(descriptor, CMAT_FAILURE);
        }
        uint32_t word = CMAT_SLAB;
        write_all(descriptor, &word, sizeof word);
        write_all(descriptor, values, slab_byte_counts[slab]);
        free(values);
    }
    finish(descriptor, CMAT_END);
}

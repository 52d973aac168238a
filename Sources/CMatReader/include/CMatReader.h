// Reads MATLAB v7.3 files through matio and HDF5 in a forked child, so that a file that crashes or
// hangs them costs one child. Of 150 copies of a real file with 40 random bytes changed, one made
// HDF5 1.10.8 fault, and a daemon cannot afford that.
//
// The child calls nothing but libc, matio and HDF5, so nothing of the Swift runtime has to survive
// the fork; it inherits no descriptor but its pipe, and ends with _exit. What it writes into the
// pipe must be treated as hostile, like the file.

#ifndef CMATREADER_H
#define CMATREADER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { CMAT_MOST_DIMENSIONS = 32 };

/// What the child says before each variable, each slab, and at its end.
enum {
    CMAT_VARIABLE = 0x4D415401,
    CMAT_SLAB = 0x4D415402,
    CMAT_END = 0x4D415403,
    CMAT_FAILURE = 0x4D415404,
};

/// A variable's description; its name follows, name_byte_count bytes without a terminator.
typedef struct {
    uint32_t kind;
    int32_t matlab_class;
    uint32_t is_complex;
    uint32_t is_logical;
    uint32_t rank;
    uint32_t name_byte_count;
    /// In MATLAB's order, the first varying fastest.
    uint64_t dimensions[CMAT_MOST_DIMENSIONS];
    /// The extent of one compressed piece, in the same order; 0 where the array is in one piece.
    uint64_t chunk[CMAT_MOST_DIMENSIONS];
} CMatVariable;

/// A running child and the reading end of its pipe.
typedef struct {
    pid_t process;
    int descriptor;
} CMatChild;

/// Starts a child that writes one CMatVariable per top-level variable, each followed by the name,
/// and then the 4 bytes of CMAT_END, or CMAT_FAILURE where the file cannot be opened.
/// Returns 0 or an errno.
int cmat_start_listing(const char *path, CMatChild *child);

/// Starts a child that reads slabs of one variable and writes, for each, the 4 bytes of CMAT_SLAB
/// and its slab_byte_counts[i] bytes, and then CMAT_END; CMAT_FAILURE ends it early.
/// A slab's values are in storage order within the slab. starts and edges hold slab_count x rank
/// numbers. Returns 0 or an errno.
int cmat_start_reading(const char *path, const char *name, int rank, size_t slab_count,
                       const int32_t *starts, const int32_t *edges, const size_t *slab_byte_counts,
                       CMatChild *child);

#endif

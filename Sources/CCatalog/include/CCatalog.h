#pragma once
// What the Catalog module needs from C: the text of migrations/*.sql, embedded by the compiler, and
// the SQLite settings whose C functions are variadic, which Swift cannot call.

struct sqlite3;

/// Number of embedded migrations.
int cubevault_migration_count(void);

/// The file name of one migration, such as `0001_initial.sql`; null outside 0..<count.
const char *cubevault_migration_name(int index);

/// The whole text of one migration, null-terminated; null outside 0..<count.
const char *cubevault_migration_text(int index);

/// Makes a connection refuse SQL that could damage the file (SQLITE_DBCONFIG_DEFENSIVE).
/// Returns an SQLite result code.
int cubevault_forbid_dangerous_sql(struct sqlite3 *connection);

/// Makes closing a connection leave the write-ahead log alone (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE).
/// Returns an SQLite result code.
int cubevault_forbid_checkpoint_on_close(struct sqlite3 *connection);

/// Makes closing the last connection keep the (emptied) write-ahead log and its index, so that
/// people who may not create files in the archive can still read it. Returns a result code.
int cubevault_keep_log_files(struct sqlite3 *connection);

#include "CCatalog.h"

#include <sqlite3.h>
#include <stddef.h>

static const char initial[] = {
#embed "../../migrations/0001_initial.sql" suffix(, )
    '\0'};
static const char rotation[] = {
#embed "../../migrations/0002_rotation.sql" suffix(, )
    '\0'};

static const char base_families[] = {
#embed "../../migrations/0003_base_families.sql" suffix(, )
    '\0'};
static const char encoding_grids[] = {
#embed "../../migrations/0004_encoding_grids.sql" suffix(, )
    '\0'};

struct migration {
    const char *name;
    const char *text;
};

// In the order in which they are applied; a new file is added at the end.
static const struct migration migrations[] = {
    {"0001_initial.sql", initial},
    {"0002_rotation.sql", rotation},
    {"0003_base_families.sql", base_families},
    {"0004_encoding_grids.sql", encoding_grids},
};

int cubevault_migration_count(void) { return sizeof migrations / sizeof migrations[0]; }

static const struct migration *migration_at(int index) {
    return index < 0 || index >= cubevault_migration_count() ? NULL : &migrations[index];
}

const char *cubevault_migration_name(int index) {
    const struct migration *migration = migration_at(index);
    return migration ? migration->name : NULL;
}

const char *cubevault_migration_text(int index) {
    const struct migration *migration = migration_at(index);
    return migration ? migration->text : NULL;
}

int cubevault_forbid_dangerous_sql(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

int cubevault_forbid_checkpoint_on_close(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

int cubevault_keep_log_files(sqlite3 *connection) {
    int keep = 1;
    return sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
}

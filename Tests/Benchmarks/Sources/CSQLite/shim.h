// The system SQLite header, for the benchmark alone.
#include <sqlite3.h>

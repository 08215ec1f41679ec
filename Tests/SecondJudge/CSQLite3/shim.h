// The system SQLite header, for the second judge alone.
#include <sqlite3.h>

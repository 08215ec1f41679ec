// The system LMDB header, for the key-value layer alone.
#include <lmdb.h>

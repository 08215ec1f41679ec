// The system LMDB header, for the key-value layer alone.
#include <lmdb.h>

#include "crc32c.h"
#include "prefetch.h"

// The system zlib header, for the key-value layer alone.
#include <zlib.h>

// The system libsodium header, for the key-value layer alone.
#include <sodium.h>

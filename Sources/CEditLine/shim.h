// The system libedit header, for the shell alone.
#include <histedit.h>

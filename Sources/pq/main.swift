import HindsightShell

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

exit(Program.run().code)

import Foundation

/// The loop of libFuzzer, which `-sanitize=fuzzer` links.
public enum LibFuzzer {
    public typealias Body = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

    /// Runs inputs until the process ends.
    public static func run(_ body: Body) -> Never {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(drive(&count, &arguments, body))
    }

    @_silgen_name("LLVMFuzzerRunDriver")
    private static func drive(
        _ count: UnsafeMutablePointer<CInt>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>, _ body: Body
    ) -> CInt
}

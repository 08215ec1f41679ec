/// The product's version, as `--version` prints it.
enum ProductVersion {
    static let text = "0.1.0"
}

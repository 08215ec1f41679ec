import HindsightKeyValue

/// The document code: a stored item as bytes, in which any path is found and compared in place.
///
///     offset  bytes
///     0       1      format version, 1
///     1              the item: a struct of attributes without repeated names, up to the end of the document
///
/// Integers are little-endian unless said otherwise. A **value** is a tag and what follows it:
///
///     tag       value
///     00        NULL
///     01  02    false, true
///     03        float: IEEE 754, 8 bytes
///     08 … 0F   int of 1 … 8 bytes, two's complement, as short as it can be
///     10 … 20   decimal from zero up: exponent; coefficient of 0 … 16 bytes, as short as it can be
///     30 … 40   decimal below zero, likewise
///     48        date: year, 4 bytes; month; day
///     49        time: nanoseconds since midnight, 8 bytes; offset in minutes, 2 bytes, or 8000; digits shown
///     4A        timestamp: seconds since 1970, 8 bytes; nanoseconds, 4 bytes; offset in minutes, 2 bytes, or 8000 for
///               none, 8001 for unknown; precision, its rank
///     4B        interval: family, 0 months or 1 seconds; amount, 8 bytes; nanoseconds, 4 bytes
///     50 … 52   string: length, of 1, 2 or 4 bytes by the tag's last two bits; UTF-8
///     54 … 56   symbol    58 … 5A   blob    5C … 5E   clob, likewise
///     60 … 62   list      64 … 66   bag     68 … 6A   S-expression
///     6C … 6E   struct without repeated names         70 … 72   struct in which a name stands twice
///     80 … BF   int, -16 … 47: tag - 90
///     C0 … FF   string of 0 … 63 bytes, tag - C0: UTF-8
///
/// A decimal's exponent is one signed byte, or 80 and two bytes if it is not in -127 … 127.
///
/// A **container** starts with a head and a directory, whose integers are all of one width w: 1, 2 or 4 bytes by the
/// tag's last two bits, the least with which the container's size can be said.
///
///     offset     bytes
///     0          1       tag
///     1          w       size of the whole container, from the tag on
///     1 + w      w       count of elements
///     1 + 2 w    w each  directory: offsets of the elements, from the tag on
///     …                  the elements, in written order and without gaps
///
/// The directory of a list, bag or S-expression follows the written order, so that an index is one load away. The
/// elements of a struct are **fields**, a name and a value:
///
///     0          1 or 3  length of the name: one byte, or from 255 on FF and two bytes big-endian
///     …                  name, UTF-8, not empty
///     …                  value
///
/// and its directory is sorted by the bytes of length and name together (so shorter names come first), equal names in
/// written order. A look-up compares eight such bytes at once, mostly all there are. Written order is what a reader
/// sees; the encoder puts the key attributes first.
///
/// `{'id': 7, 'tags': ['a']}`, 21 bytes:
///
///     01                          version
///     6C 14 02                    struct, 20 bytes, 2 fields
///     05 09                       at 5 "id", at 9 "tags"
///     02 69 64                    "id"
///     97                          7
///     04 74 61 67 73              "tags"
///     60 06 01 04                 list, 6 bytes, 1 element, at 4
///     C1 61                       "a"
///
/// Readers take any bytes: what breaks these rules throws `ValueError.corruptDocument` where a reader comes across it,
/// and `validate(_:)` looks everywhere.
package enum Document {
    static let formatVersion: UInt8 = 1
    /// Where the item starts.
    static let itemOffset = 1

    /// The largest item in bytes, as `itemSize(_:)` counts them.
    package static let maximumItemSize = 409_600
    /// How deep values nest: an attribute's value is on level 1, an element of it on level 2.
    package static let maximumNesting = 32
    /// The longest name of an attribute, in bytes.
    package static let maximumNameLength = 65_535
}

extension Document {
    /// The tags, and the first of each family of tags.
    enum Tag {
        static let null: UInt8 = 0x00
        static let `false`: UInt8 = 0x01
        static let `true`: UInt8 = 0x02
        static let float: UInt8 = 0x03
        /// The tag of an int of n bytes is this plus n.
        static let intBase: UInt8 = 0x07
        static let decimal: UInt8 = 0x10
        static let negativeDecimal: UInt8 = 0x30
        static let date: UInt8 = 0x48
        static let time: UInt8 = 0x49
        static let timestamp: UInt8 = 0x4A
        static let interval: UInt8 = 0x4B
        static let string: UInt8 = 0x50
        static let symbol: UInt8 = 0x54
        static let blob: UInt8 = 0x58
        static let clob: UInt8 = 0x5C
        static let list: UInt8 = 0x60
        static let bag: UInt8 = 0x64
        static let sexp: UInt8 = 0x68
        static let structure: UInt8 = 0x6C
        static let repetitiveStructure: UInt8 = 0x70
        /// 0 as a small int.
        static let smallZero: UInt8 = 0x90
        static let shortString: UInt8 = 0xC0

        static let ints: ClosedRange<UInt8> = 0x08...0x0F
        static let decimals: ClosedRange<UInt8> = 0x10...0x20
        static let negativeDecimals: ClosedRange<UInt8> = 0x30...0x40
        static let sized: ClosedRange<UInt8> = 0x50...0x5E
        static let containers: ClosedRange<UInt8> = 0x60...0x72
        static let smallInts: ClosedRange<UInt8> = 0x80...0xBF
        static let shortStrings: ClosedRange<UInt8> = 0xC0...0xFF

        /// The tag without the bits that tell a width.
        static func family(of tag: UInt8) -> UInt8 { tag & ~3 }
    }

    /// Ints that are their tag alone.
    static let smallInts: ClosedRange<Int64> = -16...47
    /// Lengths of strings that are part of the tag.
    static let shortLengths = 0...63
    /// What the first byte of a name's length is if two more follow.
    static let longNameMark: UInt8 = 0xFF
    /// The first byte of an exponent if two more follow.
    static let longExponentMark: UInt8 = 0x80
    /// An offset from UTC that is not there.
    static let noOffset = Int16.min
    /// The offset of a timestamp whose local offset is not known.
    static let unknownOffset = Int16.min + 1
}

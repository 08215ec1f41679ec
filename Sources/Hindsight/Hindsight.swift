// The public library.
// Must not know: terminals.

// The types of lower layers that users of the library hold in their hands.
@_exported import struct HindsightSyntax.Diagnostic
@_exported import enum HindsightSyntax.DiagnosticCode
@_exported import struct HindsightSyntax.SourceSpan
@_exported import struct HindsightValues.CalendarDate
@_exported import struct HindsightValues.EncodedItem
@_exported import struct HindsightValues.Interval
@_exported import struct HindsightValues.Number
@_exported import struct HindsightValues.Structure
@_exported import struct HindsightValues.TimeOfDay
@_exported import struct HindsightValues.Timestamp
@_exported import enum HindsightValues.Value
@_exported import enum HindsightValues.ValueError
@_exported import enum HindsightValues.ValueKind

/// The shape of jump pointers (Myers, "An applicative random-access stack", 1983).
///
/// A version of depth d has `previous`, of depth d - 1, and a jump to a depth that follows from d alone: write d in
/// skew-binary, as a sum of weights 2^k - 1 of which only the smallest may stand twice, and take the smallest away.
///
///     depth    1   2   3     4     5       6     7   8     9 …
///     weights  1  1+1  3    3+1  3+1+1    3+3    7  7+1  7+1+1
///     jump     0   1   0     3     4       3     0   7     8
///
/// Going down to any depth takes at most about 2·log₂ steps: jump where that does not overshoot, else step. And the jump
/// of a new version is found with one read at most: it is `previous`, or the jump of the jump of `previous`.
enum JumpPointer {
    /// The smallest weight of `depth` in skew-binary: how far down the jump goes.
    ///
    /// - Complexity: O(log depth).
    static func length(atDepth depth: UInt32) -> UInt32 {
        var rest = depth
        var weight = UInt32.max >> UInt32(depth.leadingZeroBitCount)
        if weight > rest { weight >>= 1 }
        while rest > weight {
            rest -= weight
            while weight > rest { weight >>= 1 }
        }
        return min(weight, rest)
    }
}

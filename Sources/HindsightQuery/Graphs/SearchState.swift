/// How far the search for a match has come on one of its ways.
struct SearchState {
    /// The next step of the program.
    var position = 0
    /// The current node; -1 before the first path.
    var node: Int32 = -1
    /// The first node of the current path.
    var first: Int32 = -1
    /// What was passed, in all paths.
    var path = Chain()
    /// What quantified variables were bound to in the repetitions before.
    var collected = Chain()
    /// The numbers of the nodes and edges that variables are bound to, counts of repetitions, and places in the chains;
    /// -1 for nothing.
    var registers: ContiguousArray<Int32>
    /// How long the arenas were when the state was made; all behind belongs to other ways.
    var arenaCounts = (path: 0, collected: 0)
}

/// A list that grows at its end and shares its start with others: the numbers of its last link and of its links.
struct Chain {
    var last: Int32 = -1
    var count: Int32 = 0
}

/// The links of chains, each with two numbers.
///
/// Chains are kept in one array and not as objects, so that long ones are dropped without recursion.
struct ChainArena {
    struct Link {
        let previous: Int32
        let first: Int32
        let second: Int32
    }

    private(set) var links: ContiguousArray<Link> = []

    var count: Int { links.count }

    /// Adds a link. A chain cannot have more than 2³¹ links, as memory ends before.
    mutating func append(_ first: Int32, _ second: Int32, to chain: inout Chain) {
        links.append(Link(previous: chain.last, first: first, second: second))
        chain = Chain(last: Int32(clamping: links.count - 1), count: chain.count + 1)
    }

    /// Drops the links that were made when there were `count` already.
    mutating func truncate(to count: Int) {
        links.removeSubrange(count...)
    }

    /// Calls `body` with the links behind the first `start` ones, the last first, until it gives false.
    func forEachFromEnd(of chain: Chain, after start: Int32 = 0, _ body: (Link) -> Bool) {
        var (position, count) = (chain.last, chain.count)
        while count > start {
            let link = links[Int(position)]
            guard body(link) else { return }
            position = link.previous
            count -= 1
        }
    }

    /// All numbers of the links behind the first `start` ones, from the end.
    func numbers(of chain: Chain, after start: Int32 = 0) -> [Int32] {
        var numbers: [Int32] = []
        forEachFromEnd(of: chain, after: start) { link in
            numbers.append(link.first)
            numbers.append(link.second)
            return true
        }
        return numbers
    }
}

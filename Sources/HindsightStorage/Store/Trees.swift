import HindsightKeyValue

/// The handles of a file's trees: see `TreeName`.
struct Trees: Sendable {
    let live: Tree
    let deleted: Tree
    let changes: Tree
    let commits: Tree
    let tableCommits: Tree
    let catalog: Tree

    static let names = TreeName.allCases.map(\.rawValue)

    init(_ environment: Environment) {
        live = environment.tree(named: TreeName.live.rawValue)
        deleted = environment.tree(named: TreeName.deleted.rawValue)
        changes = environment.tree(named: TreeName.changes.rawValue)
        commits = environment.tree(named: TreeName.commits.rawValue)
        tableCommits = environment.tree(named: TreeName.tableCommits.rawValue)
        catalog = environment.tree(named: TreeName.catalog.rawValue)
    }
}

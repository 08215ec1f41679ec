extension Parser {
    /// What CREATE makes, by the words behind it.
    mutating func create() throws(SyntaxError) -> Statement.Node {
        switch peek(1) {
        case .keyword(.table): return .createTable(try createTable())
        case .keyword(.index), .keyword(.global), .keyword(.local): return .createIndex(try createIndex())
        case .keyword(.backup) where peek(2, is: .plan) && !peek(3, is: .of):
            return .createBackupPlan(try createBackupPlan())
        case .keyword(.backup): return .createBackup(try createBackup())
        case .keyword(.restore): return try createRestorePoint()
        default:
            advance()
            throw unexpected("`TABLE`, `INDEX`, `BACKUP`, `BACKUP PLAN` or `RESTORE POINT`")
        }
    }

    ///     createTable ::= 'CREATE' 'TABLE' ifNotExists? tableName keyDefinitions settings?
    mutating func createTable() throws(SyntaxError) -> CreateTable {
        try expect(.create)
        try expect(.table)
        let ifNotExists = try ifNotExists()
        let name = try tableName()
        let keys = try keyDefinitions()
        return CreateTable(
            name: name, ifNotExists: ifNotExists, keys: keys, settings: at(.with) ? try settings() : [])
    }

    ///     ifNotExists ::= 'IF' 'NOT' 'EXISTS'
    mutating func ifNotExists() throws(SyntaxError) -> Bool {
        guard at(.if), peek(1, is: .not) else { return false }
        advance()
        try expect(.not)
        try expect(.exists)
        return true
    }

    ///     ifExists ::= 'IF' 'EXISTS'
    mutating func ifExists() throws(SyntaxError) -> Bool {
        guard at(.if), peek(1, is: .exists) else { return false }
        advance()
        try expect(.exists)
        return true
    }

    ///     keyDefinitions ::= '(' keyDefinition ( ',' keyDefinition )* ')'
    mutating func keyDefinitions() throws(SyntaxError) -> [KeyDefinition] {
        try expect(.leftParenthesis, "`(` and the key's attributes")
        var keys: [KeyDefinition] = []
        repeat { keys.append(try keyDefinition()) } while consume(.comma)
        try expect(.rightParenthesis, "`,` or `)`")
        return keys
    }

    ///     keyDefinition ::= name keyType keyRole
    mutating func keyDefinition() throws(SyntaxError) -> KeyDefinition {
        let name = try name("a key attribute's name")
        let type = try keyType()
        let role = try keyRole()
        return KeyDefinition(name: name, type: type, role: role, span: span(from: name.span))
    }

    ///     keyType ::= 'STRING' | 'S' | 'NUMBER' | 'N' | 'BINARY' | 'B'
    mutating func keyType() throws(SyntaxError) -> KeyType {
        let type: KeyType
        switch kind {
        case .keyword(.string), .keyword(.s): type = .string
        case .keyword(.number), .keyword(.n): type = .number
        case .keyword(.binary), .keyword(.b): type = .binary
        default: throw unexpected("`STRING`, `NUMBER` or `BINARY`", hint: keyTypeHint())
        }
        advance()
        return type
    }

    /// How the key type that another database calls by the current word is called here.
    private func keyTypeHint() -> String? {
        switch kind {
        case .keyword(.int), .keyword(.integer), .keyword(.bigint), .keyword(.smallint), .keyword(.decimal),
            .keyword(.numeric), .keyword(.float), .keyword(.double), .keyword(.real):
            "numbers of all kinds are `NUMBER` in a key"
        case .keyword(.varchar), .keyword(.char), .keyword(.character), .keyword(.date), .keyword(.timestamp),
            .keyword(.time):
            "text of all kinds, dates included, is `STRING` in a key"
        case .keyword(.blob): "octets are `BINARY` in a key"
        default: nil
        }
    }

    ///     keyRole ::= ( 'PARTITION' | 'HASH' | 'SORT' | 'RANGE' ) 'KEY'
    mutating func keyRole() throws(SyntaxError) -> KeyRole {
        let role: KeyRole = at(.sort) || at(.range) ? .sort : .partition
        guard consume(.partition) || consume(.hash) || consume(.sort) || consume(.range) else {
            let isDeclaration = at(.comma) || at(.rightParenthesis)
            throw unexpected("`PARTITION KEY` or `SORT KEY`", hint: isDeclaration ? Self.keysOnlyHint : nil)
        }
        try expect(.key)
        return role
    }

    private static let keysOnlyHint = "only key attributes are declared; every item may have any other attributes"

    ///     settings ::= 'WITH' settingList
    mutating func settings() throws(SyntaxError) -> [Setting] {
        try expect(.with)
        return try settingList()
    }

    ///     settingList ::= '(' setting ( ',' setting )* ')'
    mutating func settingList() throws(SyntaxError) -> [Setting] {
        try expect(.leftParenthesis, "`(` and settings")
        var settings: [Setting] = []
        repeat { settings.append(try setting()) } while consume(.comma)
        try expect(.rightParenthesis, "`,` or `)`")
        return settings
    }

    ///     setting ::= name '=' settingValue
    mutating func setting() throws(SyntaxError) -> Setting {
        let name = try name("a setting's name")
        try expect(.equal, "`=`")
        return Setting(name: name, value: try settingValue())
    }

    /// One word is itself and no variable.
    ///
    ///     settingValue ::= 'ON' | name | expression
    mutating func settingValue() throws(SyntaxError) -> SettingValue {
        if at(.on) { return .word(takeName()) }
        guard kind.isName else { return .expression(try expression()) }
        switch peek(1) {
        case .comma, .rightParenthesis, .semicolon, .endOfText: return .word(takeName())
        default: return .expression(try expression())
        }
    }

    ///     createIndex ::= 'CREATE' ( 'GLOBAL' | 'LOCAL' )? 'INDEX' ifNotExists? name 'ON' tableName keyDefinitions
    ///                     ( 'PROJECT' indexProjection )? settings?
    mutating func createIndex() throws(SyntaxError) -> CreateIndex {
        try expect(.create)
        let scope: CreateIndex.Scope? = at(.global) ? .global : at(.local) ? .local : nil
        if scope != nil { advance() }
        try expect(.index)
        let ifNotExists = try ifNotExists()
        let name = try name("an index name")
        try expect(.on)
        let table = try tableName()
        let keys = try keyDefinitions()
        let projection = consume(.project) ? try indexProjection() : nil
        return CreateIndex(
            name: name, table: table, scope: scope, ifNotExists: ifNotExists, keys: keys, projection: projection,
            settings: at(.with) ? try settings() : [])
    }

    ///     indexProjection ::= 'ALL' | 'KEYS' | nameList
    mutating func indexProjection() throws(SyntaxError) -> IndexProjection {
        if consume(.all) { return .all }
        if consume(.keys) { return .keys }
        guard at(.leftParenthesis) else { throw unexpected("`ALL`, `KEYS` or attributes in parentheses") }
        return .attributes(try nameList("an attribute name"))
    }

    ///     alterTable ::= 'ALTER' 'TABLE' tableName 'SET' ( recoverySwitch | settingList )
    mutating func alterTable() throws(SyntaxError) -> Statement.Node {
        try expect(.alter)
        try expect(.table)
        let table = try tableName()
        try expect(.set)
        if at(.pointInTimeRecovery) { return .alterTable(table, try recoverySwitch()) }
        guard at(.leftParenthesis) else {
            throw unexpected("`POINT_IN_TIME_RECOVERY` or settings in parentheses")
        }
        return .alterTable(table, .settings(try settingList()))
    }

    ///     recoverySwitch ::= 'POINT_IN_TIME_RECOVERY' ( 'ON' ( 'WITH' 'RETENTION' dayCount )? | 'OFF' )
    mutating func recoverySwitch() throws(SyntaxError) -> TableChange {
        try expect(.pointInTimeRecovery)
        if consume(.off) { return .recoveryOff }
        guard consume(.on) else { throw unexpected("`ON` or `OFF`") }
        guard consume(.with) else { return .recoveryOn(retentionDays: nil) }
        try expect(.retention)
        return .recoveryOn(retentionDays: try dayCount())
    }

    ///     dayCount ::= arithmetic ( 'DAYS' | 'DAY' )
    mutating func dayCount() throws(SyntaxError) -> Expression {
        let count = try arithmetic()
        guard consume(.days) || consume(.day) else { throw unexpected("`DAYS`") }
        return count
    }

    // MARK: Dropping and renaming

    /// What DROP removes, by the words behind it.
    mutating func drop() throws(SyntaxError) -> Statement.Node {
        switch peek(1) {
        case .keyword(.table): return try dropTable()
        case .keyword(.index): return try dropIndex()
        case .keyword(.backup) where peek(2, is: .plan) && (peek(3).isName || peek(3, is: .if)):
            return peek(3, is: .of) && peek(4).isName ? try dropBackup() : try dropBackupPlan()
        case .keyword(.backup): return try dropBackup()
        case .keyword(.restore): return try dropRestorePoint()
        default:
            advance()
            throw unexpected("`TABLE`, `INDEX`, `BACKUP`, `BACKUP PLAN` or `RESTORE POINT`")
        }
    }

    ///     dropTable ::= 'DROP' 'TABLE' ifExists? tableName
    mutating func dropTable() throws(SyntaxError) -> Statement.Node {
        try expect(.drop)
        try expect(.table)
        let ifExists = try ifExists()
        return .dropTable(try tableName(), ifExists: ifExists)
    }

    ///     dropIndex ::= 'DROP' 'INDEX' ifExists? name 'ON' tableName
    mutating func dropIndex() throws(SyntaxError) -> Statement.Node {
        try expect(.drop)
        try expect(.index)
        let ifExists = try ifExists()
        let name = try name("an index name")
        try expect(.on)
        return .dropIndex(name, table: try tableName(), ifExists: ifExists)
    }

    ///     undropTable ::= 'UNDROP' 'TABLE' tableName ( 'AS' tableName )?
    mutating func undropTable() throws(SyntaxError) -> Statement.Node {
        try expect(.undrop)
        try expect(.table)
        let table = try tableName()
        return .undropTable(table, newName: consume(.as) ? try tableName("a new table name") : nil)
    }

    ///     renameTable ::= 'RENAME' 'TABLE' tableName 'TO' tableName
    mutating func renameTable() throws(SyntaxError) -> Statement.Node {
        try expect(.rename)
        try expect(.table)
        let table = try tableName()
        try expect(.to)
        return .renameTable(table, to: try tableName("a new table name"))
    }
}

extension Parser {
    /// A call, in the form that the function's name asks for; behind it what aggregates and window functions take.
    ///
    ///     call ::= ( trim | substring | position | overlay | extract | dateCall | niladicCall | plainCall )
    ///              callFilter? nullTreatment? over?
    mutating func call() throws(SyntaxError) -> Expression {
        try enter()
        defer { leave() }
        let start = token.span
        var call = try functionCall()
        if at(.filter), peek(1) == .leftParenthesis { call.filter = try callFilter() }
        if at(.ignore) || at(.respect), peek(1, is: .nulls) { call.nullTreatment = try nullTreatment() }
        guard at(.over), peek(1) == .leftParenthesis || peek(1).isName else {
            return Expression(.call(call), span: span(from: start))
        }
        let window = try over()
        return Expression(.windowCall(call, over: window), span: span(from: start))
    }

    private mutating func functionCall() throws(SyntaxError) -> FunctionCall {
        switch kind {
        case .keyword(.trim): try trim()
        case .keyword(.substring): try substring()
        case .keyword(.position): try position()
        case .keyword(.overlay): try overlay()
        case .keyword(.extract): try extract()
        case .keyword(.dateAdd), .keyword(.dateDiff): try dateCall()
        case .keyword(.currentDate), .keyword(.currentTime), .keyword(.currentTimestamp), .keyword(.currentUser):
            try niladicCall()
        default: try plainCall()
        }
    }

    ///     plainCall ::= name '(' ( '*' | argument | setQuantifier? expressions )? ')'
    mutating func plainCall() throws(SyntaxError) -> FunctionCall {
        let name = try callHead()
        if consume(.rightParenthesis) { return FunctionCall(name: name, arguments: []) }
        if at(.star), peek(1) == .rightParenthesis {
            advance()
            advance()
            return FunctionCall(name: name, arguments: [], isStar: true)
        }
        let quantifier = setQuantifier()
        let arguments = [try argument()] + (try moreArguments())
        return FunctionCall(name: name, quantifier: quantifier, arguments: arguments)
    }

    /// The function's name and the opening parenthesis.
    private mutating func callHead() throws(SyntaxError) -> Identifier {
        let name = try name("a function name")
        try expect(.leftParenthesis, "`(`")
        return name
    }

    /// The only argument of a call may be a query without parentheses of its own.
    ///
    ///     argument ::= query
    mutating func argument() throws(SyntaxError) -> Expression {
        let query = try query()
        if query.isBare {
            if case .expression(let expression) = query.body { return expression }
            if case .nested(let inner) = query.body { return Expression(.subquery(inner), span: query.span) }
        }
        guard at(.rightParenthesis) else {
            throw unexpected("`)`", hint: "a query among other arguments stands in parentheses")
        }
        return Expression(.subquery(query), span: query.span)
    }

    /// A niladic function needs no parentheses.
    ///
    ///     niladicCall ::= ( 'CURRENT_DATE' | 'CURRENT_TIME' | 'CURRENT_TIMESTAMP' | 'CURRENT_USER' ) ( '(' ')' )?
    mutating func niladicCall() throws(SyntaxError) -> FunctionCall {
        let name = takeName()
        if at(.leftParenthesis) {
            advance()
            try expect(.rightParenthesis, "`)`")
        }
        return FunctionCall(name: name, arguments: [])
    }

    // MARK: Words between the arguments

    ///     trim ::= 'TRIM' '(' ( trimSide? expression? 'FROM' )? expression ')'
    mutating func trim() throws(SyntaxError) -> FunctionCall {
        let name = try callHead()
        let side = trimSide()
        var arguments: [Expression] = []
        if !at(.from) { arguments.append(try expression()) }
        if consume(.from) {
            arguments.append(try expression())
        } else if side != nil {
            throw unexpected("`FROM` and the text to trim")
        } else if at(.comma) {
            throw unexpected("`)`", hint: "write TRIM(characters FROM text), or BTRIM(text, characters)")
        }
        try expect(.rightParenthesis, "`)`")
        return FunctionCall(name: name, arguments: arguments, detail: .trim(side ?? .both))
    }

    ///     trimSide ::= 'LEADING' | 'TRAILING' | 'BOTH'
    mutating func trimSide() -> TrimSide? {
        let side: TrimSide
        switch kind {
        case .keyword(.leading): side = .leading
        case .keyword(.trailing): side = .trailing
        case .keyword(.both): side = .both
        default: return nil
        }
        switch peek(1) {
        case .comma, .rightParenthesis, .dot, .leftBracket: return nil
        default: break
        }
        advance()
        return side
    }

    ///     substring ::= 'SUBSTRING' '(' ( expression 'FROM' expression ( 'FOR' expression )? | expressions )? ')'
    mutating func substring() throws(SyntaxError) -> FunctionCall {
        let name = try callHead()
        if consume(.rightParenthesis) { return FunctionCall(name: name, arguments: []) }
        var arguments = [try expression()]
        if consume(.from) {
            arguments.append(try expression())
            if consume(.for) { arguments.append(try expression()) }
            try expect(.rightParenthesis, "`)`")
        } else {
            arguments += try moreArguments()
        }
        return FunctionCall(name: name, arguments: arguments)
    }

    /// Further arguments, each after a comma, up to and with the closing parenthesis.
    private mutating func moreArguments() throws(SyntaxError) -> [Expression] {
        var arguments: [Expression] = []
        while consume(.comma) { arguments.append(try expression()) }
        try expect(.rightParenthesis, "`,` or `)`")
        return arguments
    }

    /// The first argument ends before IN, which is an operator elsewhere.
    ///
    ///     position ::= 'POSITION' '(' arithmetic ( 'IN' | ',' ) expression ')'
    mutating func position() throws(SyntaxError) -> FunctionCall {
        let name = try callHead()
        let wanted = try arithmetic()
        guard consume(.in) || consume(.comma) else { throw unexpected("`IN` and the text to search") }
        let text = try expression()
        try expect(.rightParenthesis, "`)`")
        return FunctionCall(name: name, arguments: [wanted, text])
    }

    ///     overlay ::= 'OVERLAY' '(' ( expression 'PLACING' expression 'FROM' expression ( 'FOR' expression )?
    ///                               | expressions ) ')'
    mutating func overlay() throws(SyntaxError) -> FunctionCall {
        let name = try callHead()
        var arguments = [try expression()]
        guard consume(.placing) else {
            arguments += try moreArguments()
            return FunctionCall(name: name, arguments: arguments)
        }
        arguments.append(try expression())
        try expect(.from)
        arguments.append(try expression())
        if consume(.for) { arguments.append(try expression()) }
        try expect(.rightParenthesis, "`)`")
        return FunctionCall(name: name, arguments: arguments)
    }

    ///     extract ::= 'EXTRACT' '(' datePart 'FROM' expression ')'
    mutating func extract() throws(SyntaxError) -> FunctionCall {
        let name = try callHead()
        let part = try datePart()
        try expect(.from)
        let operand = try expression()
        try expect(.rightParenthesis, "`)`")
        return FunctionCall(name: name, arguments: [operand], detail: .part(part))
    }

    ///     dateCall ::= ( 'DATE_ADD' | 'DATE_DIFF' ) '(' datePart ( ',' expression )* ')'
    mutating func dateCall() throws(SyntaxError) -> FunctionCall {
        let name = try callHead()
        let part = try datePart()
        return FunctionCall(name: name, arguments: try moreArguments(), detail: .part(part))
    }

    ///     datePart ::= 'YEAR' | 'MONTH' | 'DAY' | 'HOUR' | 'MINUTE' | 'SECOND' | 'TIMEZONE_HOUR' | 'TIMEZONE_MINUTE'
    mutating func datePart() throws(SyntaxError) -> DatePart {
        let part: DatePart
        switch kind {
        case .keyword(.year): part = .year
        case .keyword(.month): part = .month
        case .keyword(.day): part = .day
        case .keyword(.hour): part = .hour
        case .keyword(.minute): part = .minute
        case .keyword(.second): part = .second
        case .keyword(.timezoneHour): part = .timezoneHour
        case .keyword(.timezoneMinute): part = .timezoneMinute
        default: throw unexpected("a part of a date or time, such as `YEAR` or `MINUTE`")
        }
        advance()
        return part
    }
}

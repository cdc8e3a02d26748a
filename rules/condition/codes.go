package condition

import "truce/facts/source"

// Codes lists what can be wrong with an expression: E1xx its writing, E2xx what the
// language leaves out, E3xx names, E4xx kinds, E5xx units, E6xx aggregates, E7xx
// limits, E8xx faults of truce itself, E91x faults of evaluation. E90x are those of
// package eval.
func Codes() []source.Code {
	return []source.Code{
		codeSyntax, codeEmpty, codeBracket, codeOpenText, codeEscape, codeNumber, codeMissing, codeForeign, codeSmartQuote,
		codeDigits, codeComma, codePercent, codeUnitTyped, codeEquals, codeMisspelt, codeWordOp, codeChain, codeStrayField,
		codeNil, codeOptional, codeIndex, codeEnv, codeGet, codeLet, codeSemicolon, codeRange, codePower, codePipe,
		codeOrderDependent, codeNow, codeInNumbers, codeComment, codeHash, codeBang, codeSymbolOp, codeList, codeBraces,
		codeNested, codeMethod, codeIf, codePlus, codeBytes, codeElvis, codeNotOffered,
		codeUnknownName, codeUnknownField, codeUnknownThreshold, codeUnknownFunction, codeUnknownSymbol, codeUnquoted,
		codeFactAsValue, codeTypeAsValue, codeLater, codeContext, codeCase, codeNoFields,
		codeNotCondition, codeLogic, codeMismatch, codeOrder, codeNames, codeArithmetic, codeScaleArithmetic, codeModulo,
		codeDates, codeTextTest, codeRegexp, codeBranches, codeArguments, codeArgument, codeFormulaKind, codeNotInteger,
		codeInList, codeDate, codeRamp, codePoints, codeRangeOfField,
		codeUnits, codeFormulaUnit,
		codeCountAll, codeNeedsMap, codeCollection, codeLoneCollection, codePredicate, codeAggregated,
		codeTooLong, codeTooDeep, codeTooManyNodes, codeSecondOpinion, codeExternal,
	}
}

// How an expression is written.
var (
	codeSyntax = source.Code{ID: "E101", Title: "an expression that cannot be read",
		Doc:     "Something stands where the grammar has no place for it. Between two values there is an operator: and, or, a comparison, or arithmetic.",
		Example: `e.wind above 3`}
	codeEmpty = source.Code{ID: "E102", Title: "an empty expression",
		Doc:     "A line of when, and a formula, hold an expression.",
		Example: ` `}
	codeBracket = source.Code{ID: "E103", Title: "a bracket without its partner",
		Doc:     "Each ( and [ is closed, and each ) and ] is opened.",
		Example: `(e.wind > 3 and e.active`}
	codeOpenText = source.Code{ID: "E104", Title: "a text that is not closed",
		Doc:     "A text begins and ends with the same quote, on one line.",
		Example: `e.kind == "storm`}
	codeEscape = source.Code{ID: "E105", Title: "an escape that does not exist",
		Doc:     "In quotes a backslash is written twice. In backquotes it stands for itself, which suits patterns.",
		Example: `e.name matches "\d+"`}
	codeNumber = source.Code{ID: "E106", Title: "a number that cannot be held",
		Doc:     "Integers are exact up to 9223372036854775807; numbers go up to about 1.8e308. Both are written in decimal.",
		Example: `e.count < 9223372036854775808`}
	codeMissing = source.Code{ID: "E107", Title: "a missing operand",
		Doc:     "An operator stands between two values, and arguments are not empty.",
		Example: `e.wind > 3 and`}
	codeForeign = source.Code{ID: "E108", Title: "a character that is not of the language",
		Doc:     "Operators are those of the keyboard: - * / >= <= !=. Invisible characters are refused, for they make what is read differ from what runs.",
		Example: `e.wind − 3 > 0`}
	codeSmartQuote = source.Code{ID: "E109", Title: "typographic quotes",
		Doc:     "Texts, symbols and levels stand in straight quotes.",
		Example: `e.kind == “storm”`}
	codeDigits = source.Code{ID: "E110", Title: "digits of another script",
		Doc:     "Numbers are written with the digits 0 to 9 and a decimal point.",
		Example: `e.wind > ۳۵`}
	codeComma = source.Code{ID: "E111", Title: "a comma inside a number",
		Doc:     "A number has a decimal point and no separators between its thousands; a comma separates arguments.",
		Example: `e.wind > 36,5`}
	codePercent = source.Code{ID: "E112", Title: "a percent sign",
		Doc:     "% is the remainder of a division. A number takes its unit from the other side of the comparison.",
		Example: `e.wind > 35%`}
	codeUnitTyped = source.Code{ID: "E113", Title: "a unit behind a number",
		Doc:     "A number in an expression takes the unit of the other side. A number that has a unit of its own is a threshold.",
		Example: `e.wind > 35 percent`}
	codeEquals = source.Code{ID: "E114", Title: "a single =",
		Doc:     "Two values are compared with ==. The = that begins a formula in YAML is not part of the expression.",
		Example: `e.kind = "storm"`}
	codeMisspelt = source.Code{ID: "E115", Title: "a comparison of another language",
		Doc:     "The comparisons are == != < <= > >=.",
		Example: `e.wind => 35`}
	codeWordOp = source.Code{ID: "E116", Title: "a word that is no operator",
		Doc:     "The operators that are words are and, or, not, in, contains, startsWith, endsWith and matches, in small letters.",
		Example: `e.active AND e.wind > 3`}
	codeChain = source.Code{ID: "E117", Title: "a chain of comparisons",
		Doc:     "Each comparison is a condition of its own, so that each is judged and shown on its own.",
		Example: `3 < e.wind < 5`}
	codeStrayField = source.Code{ID: "E118", Title: "a field without its fact",
		Doc:     "Only inside any, all, none, one, count, sum, filter and map does .field speak of the fact in turn.",
		Example: `.points > 3`}
)

// What the language leaves out.
var (
	codeNil = source.Code{ID: "E201", Title: "nil",
		Doc:     "What a case does not give is unknown, and a condition over it is unknown. There is nothing to compare with; known(x) asks whether there is a value.",
		Example: `e.wind == nil`}
	codeOptional = source.Code{ID: "E202", Title: "?? or ?.",
		Doc:     "A default for what is absent would make an answer withdraw when the value becomes known. State it as an assumption of the pack, with its reason.",
		Example: `e?.wind > 3`}
	codeIndex = source.Code{ID: "E203", Title: "an index or a slice",
		Doc:     "Facts have no order, and fields are named with a point.",
		Example: `e["wind"] > 3`}
	codeEnv = source.Code{ID: "E204", Title: "$env",
		Doc:     "An expression sees the names that its rule has bound, thresholds, case.as_of and the fact types.",
		Example: `$env.e > 3`}
	codeGet = source.Code{ID: "E205", Title: "get()",
		Doc:     "Fields are named, so that a name that does not exist is an error when the pack is loaded.",
		Example: `get(e, "wind") > 3`}
	codeLet = source.Code{ID: "E206", Title: "let",
		Doc:     "A name for a value is bound on a line of its own, where it is shown in the proof.",
		Example: `let x = 3; e.wind > x`}
	codeSemicolon = source.Code{ID: "E207", Title: "a semicolon",
		Doc:     "A line holds one expression.",
		Example: `e.wind > 3; e.active`}
	codeRange = source.Code{ID: "E208", Title: "a range",
		Doc:     "An interval is two comparisons, which also say whether its ends belong to it.",
		Example: `e.count in 1..5`}
	codePower = source.Code{ID: "E209", Title: "a power",
		Doc:     "Powers of numbers are not exact from machine to machine. A square is a product.",
		Example: `e.wind ** 2 > 3`}
	codePipe = source.Code{ID: "E210", Title: "a pipe or ::",
		Doc:     "A function stands before its arguments. For either of two conditions write or.",
		Example: `Item | len() > 3`}
	codeOrderDependent = source.Code{ID: "E211", Title: "a function that depends on an order",
		Doc:     "The facts of a type have no order, so there is no first of them, and nothing to fold over.",
		Example: `first(Item) == 3`}
	codeNow = source.Code{ID: "E212", Title: "a clock",
		Doc:     "case.as_of is the one clock: with another, the same case would have another answer tomorrow.",
		Example: `now() > case.as_of`}
	codeInNumbers = source.Code{ID: "E213", Title: "a number in a list",
		Doc:     "[34, 40] are two values, not an interval, and a measured number equals neither.",
		Example: `e.wind in [34, 40]`}
	codeComment = source.Code{ID: "E214", Title: "a comment inside an expression",
		Doc:     "// and /* hide part of the condition from whoever reads it in a proof. A division is one /.",
		Example: `e.wind > 3 // high`}
	codeHash = source.Code{ID: "E215", Title: "#",
		Doc:     "The fact in turn is not named: its field is .field.",
		Example: `any(Item, #.points > 3)`}
	codeBang = source.Code{ID: "E216", Title: "!",
		Doc:     "Write not: in YAML a ! at the beginning of a scalar is a tag.",
		Example: `!e.active`}
	codeSymbolOp = source.Code{ID: "E217", Title: "&& or ||",
		Doc:     "Write and, or: in YAML a & at the beginning of a scalar is an anchor.",
		Example: `e.active && e.wind > 3`}
	codeList = source.Code{ID: "E218", Title: "a list outside in",
		Doc:     "Values are single; only in takes a list, of literals.",
		Example: `e.kind == ["storm"]`}
	codeBraces = source.Code{ID: "E219", Title: "braces",
		Doc:     "There are no maps, and a predicate needs no braces.",
		Example: `any(Item, {.points > 3})`}
	codeMethod = source.Code{ID: "E220", Title: "a method",
		Doc:     "Values have no methods; a function takes them as arguments.",
		Example: `e.name.upper() == "A"`}
	codeIf = source.Code{ID: "E221", Title: "if",
		Doc:     "A choice between two values is c ? x : y. A choice between many is a decision table.",
		Example: `if e.active {1} else {2}`}
	codePlus = source.Code{ID: "E222", Title: "a + in front",
		Doc:     "It does nothing.",
		Example: `+e.wind > 3`}
	codeBytes = source.Code{ID: "E223", Title: "a byte text",
		Doc:     "Texts are texts.",
		Example: `e.name == b"x"`}
	codeElvis = source.Code{ID: "E224", Title: "?:",
		Doc:     "A choice names both values.",
		Example: `e.active ?: e.hot`}
	codeNotOffered = source.Code{ID: "E225", Title: "a function of expr that is left out",
		Doc:     "The language has those functions of expr that give one value from single values, and whose outcome can be bounded or is always the same.",
		Example: `toJSON(e.name) == "x"`}
)

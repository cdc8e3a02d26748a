package condition

import "truce/facts/source"

// Names.
var (
	codeUnknownName = source.Code{ID: "E301", Title: "an unknown name",
		Doc:     "Names in scope are those bound by earlier lines of the rule, threshold.x, case.as_of, and fact types inside aggregates.",
		Example: `f.wind > 3`}
	codeUnknownField = source.Code{ID: "E302", Title: "an unknown field",
		Doc:     "A fact has the fields that its type declares.",
		Example: `e.wnid > 3`}
	codeUnknownThreshold = source.Code{ID: "E303", Title: "an unknown threshold",
		Doc:     "Thresholds are declared under thresholds, with basis and reason.",
		Example: `e.wind > threshold.strong_wnid`}
	codeUnknownFunction = source.Code{ID: "E304", Title: "an unknown function",
		Doc:     "The functions of the language are fixed.",
		Example: `rampp(e.wind, 1, 2) > 0.5`}
	codeUnknownSymbol = source.Code{ID: "E305", Title: "an unknown symbol or level",
		Doc:     "A field's symbols or levels are listed where the field is declared.",
		Example: `e.kind == "strom"`}
	codeUnquoted = source.Code{ID: "E306", Title: "a text without quotes",
		Doc:     "Symbols, levels and texts stand in quotes; a word without them is a name.",
		Example: `e.kind == storm`}
	codeFactAsValue = source.Code{ID: "E307", Title: "a fact where a value is due",
		Doc:     "A name that is bound to a fact has fields, and these have values.",
		Example: `e > 3`}
	codeTypeAsValue = source.Code{ID: "E308", Title: "a fact type where a value is due",
		Doc:     "A line - e: Type binds a name to each fact of a type in turn; inside any, count, sum and the like the type stands for all its facts.",
		Example: `Weather.wind > 3`}
	codeLater = source.Code{ID: "E309", Title: "a name that is bound later",
		Doc:     "A line may use the names of the lines above it.",
		Example: `total > 3`}
	codeContext = source.Code{ID: "E310", Title: "a context type in a rule",
		Doc:     "A type that is declared as context is shown beside an answer and never decides it.",
		Example: `any(Almanac, .moon > 3)`}
	codeCase = source.Code{ID: "E311", Title: "what a case does not have",
		Doc:     "Of the case itself expressions see its date, case.as_of, and nothing else.",
		Example: `case.title == "x"`}
	codeNoFields = source.Code{ID: "E312", Title: "a field of a value",
		Doc:     "Values have no fields; facts have.",
		Example: `e.wind.high > 3`}
)

// Kinds.
var (
	codeNotCondition = source.Code{ID: "E401", Title: "not a condition",
		Doc:     "A line of when that binds no name is true or false.",
		Example: `e.wind + 3`}
	codeLogic = source.Code{ID: "E402", Title: "and, or, not or ? without a condition",
		Doc:     "Their operands are true or false. not binds closer than a comparison: not a > b is (not a) > b.",
		Example: `e.wind and e.active`}
	codeMismatch = source.Code{ID: "E403", Title: "operands of different kinds",
		Doc:     "Numbers go with numbers, dates with dates, symbols and levels with those of the same list.",
		Example: `e.wind > "35"`}
	codeOrder = source.Code{ID: "E404", Title: "an order that does not exist",
		Doc:     "Texts and symbols are equal or not. Expr would compare them by their letters, which means nothing. What has an order is a scale.",
		Example: `e.kind < "storm"`}
	codeNames = source.Code{ID: "E405", Title: "symbols or levels of different lists",
		Doc:     "Two fields can be compared when they have the same names in the same order.",
		Example: `e.level == e.mood`}
	codeArithmetic = source.Code{ID: "E406", Title: "arithmetic on what is no number",
		Doc:     "+ - * / and % take numbers; + and - take dates too.",
		Example: `e.name + "x" == "yx"`}
	codeScaleArithmetic = source.Code{ID: "E407", Title: "arithmetic on a level",
		Doc:     "How much more one level is than another is a judgement. It is made in a table of points, a threshold with basis and reason.",
		Example: `e.level + 1 > 2`}
	codeModulo = source.Code{ID: "E408", Title: "a remainder of numbers",
		Doc:     "% takes integers.",
		Example: `e.wind % 2 == 0`}
	codeDates = source.Code{ID: "E409", Title: "arithmetic on dates",
		Doc:     "The difference of two dates is an integer in day; a date plus or minus an integer in day is a date.",
		Example: `e.since + e.wind > case.as_of`}
	codeTextTest = source.Code{ID: "E410", Title: "a text test on something else",
		Doc:     "contains, startsWith, endsWith and matches take a text and a constant pattern.",
		Example: `e.kind contains "s"`}
	codeRegexp = source.Code{ID: "E411", Title: "a pattern that cannot be read",
		Doc:     "matches takes a regular expression of Go's package regexp.",
		Example: `e.name matches "(a"`}
	codeBranches = source.Code{ID: "E412", Title: "values of different kinds",
		Doc:     "Both values of c ? x : y, and all of min and max, have one kind.",
		Example: `(e.active ? 1 : "a") == 1`}
	codeArguments = source.Code{ID: "E413", Title: "the wrong number of arguments",
		Doc:     "Each function takes as many arguments as it is documented with.",
		Example: `ramp(e.wind, 3) > 0.5`}
	codeArgument = source.Code{ID: "E414", Title: "an argument of the wrong kind",
		Doc:     "Each argument has the kind that the function is documented with.",
		Example: `abs(e.name) > 3`}
	codeFormulaKind = source.Code{ID: "E415", Title: "a formula of the wrong kind",
		Doc:     "A formula gives what its field holds.",
		Example: `e.name`}
	codeNotInteger = source.Code{ID: "E416", Title: "a number for a field of integers",
		Doc:     "int(round(x)) makes an integer of a number, where the number is known.",
		Example: `e.wind / 2`}
	codeInList = source.Code{ID: "E417", Title: "a list of something else",
		Doc:     "in takes a list of literals: symbols, levels, texts or integers.",
		Example: `e.kind in [e.name]`}
	codeDate = source.Code{ID: "E418", Title: "not a date",
		Doc:     "A date is written year-month-day, in the Gregorian calendar.",
		Example: `e.since > date("24-11-2013")`}
	codeRamp = source.Code{ID: "E419", Title: "a ramp that does not rise",
		Doc:     "ramp(x, a, b) is 0 up to a and 1 from b, and a is less than b.",
		Example: `ramp(e.wind, 5, 3) > 0.5`}
	codePoints = source.Code{ID: "E420", Title: "points without their table",
		Doc:     "points(level, threshold.t) reads the points of a level from a threshold that is a table for that scale.",
		Example: `e.wind > threshold.strain_points`}
	codeRangeOfField = source.Code{ID: "E421", Title: "a literal outside the field's range",
		Doc:     "A field's range bounds every value of it.",
		Example: `1000`}
)

// Units.
var (
	codeUnits = source.Code{ID: "E501", Title: "different units",
		Doc:     "+ - % comparisons, ?: min max ramp and in need one unit. There are no conversions: percent and ratio differ. A bare number takes the other side's unit.",
		Example: `e.wind > e.rain`}
	codeFormulaUnit = source.Code{ID: "E502", Title: "a formula in another unit",
		Doc:     "A formula has its field's unit. A bare number takes it.",
		Example: `e.rain`}
)

// Aggregates.
var (
	codeNested = source.Code{ID: "E601", Title: "an aggregate inside an aggregate",
		Doc:     "Conclude a helper fact for each fact in turn, and ask for those: the proof then shows each step.",
		Example: `any(Item, any(Shelter, .active))`}
	codeCountAll = source.Code{ID: "E602", Title: "count without a condition",
		Doc:     "expr compiles count(T) and fails when it runs. The number of facts is len(T).",
		Example: `count(Item) > 3`}
	codeNeedsMap = source.Code{ID: "E603", Title: "facts where values are due",
		Doc:     "min, max and mean take map(T, value); sum takes a value of each fact.",
		Example: `min(Item, .points) > 3`}
	codeCollection = source.Code{ID: "E604", Title: "an aggregate over something else",
		Doc:     "Aggregates go over the facts of a type: T, filter(T, condition), or for min, max, mean and sum a map of either.",
		Example: `any(e, .points > 3)`}
	codeLoneCollection = source.Code{ID: "E605", Title: "facts or values by themselves",
		Doc:     "filter and map stand inside len, sum, min, max and mean.",
		Example: `filter(Item, .points > 3)`}
	codePredicate = source.Code{ID: "E606", Title: "a predicate that is no condition",
		Doc:     "What is asked of each fact in turn is true or false.",
		Example: `any(Item, .points)`}
	codeAggregated = source.Code{ID: "E607", Title: "a sum, least, most or mean of something else",
		Doc:     "sum and mean take numbers; min and max take dates and levels too.",
		Example: `sum(Item, .side) > 3`}
)

// Limits, and what is not the pack's fault.
var (
	codeTooLong = source.Code{ID: "E701", Title: "an expression that is too long", Limit: true,
		Doc:     "An expression has at most 16 KiB. Bind parts of it to names on lines of their own.",
		Example: "e.wind > 1 (and so on, for more than 16 KiB)"}
	codeTooDeep = source.Code{ID: "E702", Title: "an expression that is nested too deep", Limit: true,
		Doc:     "Brackets, arguments and branches stand at most 64 deep.",
		Example: "((((e.wind)))) (and so on, more than 64 deep)"}
	codeTooManyNodes = source.Code{ID: "E703", Title: "an expression with too many parts", Limit: true,
		Doc:     "An expression has at most 2000 parts.",
		Example: "1 + 1 + 1 (and so on, with more than 2000 parts)"}
	codeSecondOpinion = source.Code{ID: "E801", Title: "two checkers that differ",
		Doc:     "Each expression that passes is also type-checked by expr itself. That it refuses one is a fault of truce.",
		Example: "(none is known)"}
	codeExternal = source.Code{ID: "E911", Title: "a function that failed",
		Doc:     "One of expr's own functions was given values that it has no outcome for. The condition is then in error, which ends the run unless another part decides it.",
		Example: `int(e.name) > 3`}
)

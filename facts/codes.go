package facts

import "truce/facts/source"

// The findings about a single value: F0xx.
var (
	codeNoValue = source.Code{ID: "F001", Title: "nothing given",
		Doc:     "A key stands there with nothing behind it, so that nobody can tell whether the value is unknown, none or forgotten. Write `unknown`, an empty list `[]`, or leave the key out.",
		Example: "inflation:\n"}
	codeNotScalar = source.Code{ID: "F002", Title: "one value expected",
		Doc:     "A list or a map stands where one value is expected. A value that is known in part is written with its ends: {low: 1, high: 2}.",
		Example: "inflation: [33, 35]\n"}
	codeNumber = source.Code{ID: "F010", Title: "not a number",
		Doc:     "A number has digits, at most one decimal point with a digit on either side, and at most an exponent: 36.5, -3, 1.2e6.",
		Example: "inflation: high\n"}
	codeInteger = source.Code{ID: "F011", Title: "not a whole number",
		Doc:     "A whole number is written with digits and a sign alone, without a decimal point or an exponent.",
		Example: "posts: 1e3\n"}
	codeIntegerSize = source.Code{ID: "F012", Title: "whole number too large",
		Doc:     "Whole numbers are exact and lie between -9223372036854775808 and 9223372036854775807.",
		Example: "posts: 99999999999999999999\n"}
	codeBool = source.Code{ID: "F013", Title: "neither true nor false",
		Doc:     "A field of this kind is true or false; yes and no mean the same.",
		Example: "committed: maybe\n"}
	codeDate = source.Code{ID: "F014", Title: "not a date",
		Doc:     "A date is a day of the Gregorian calendar, written year-month-day: 2024-01-31.",
		Example: "date: 2013/11/24\n"}
	codeSymbol = source.Code{ID: "F015", Title: "unknown symbol",
		Doc:     "The field takes one of a closed list of symbols that the pack declares, spelt exactly so.",
		Example: "counterparty: nobody\n"}
	codeLevel = source.Code{ID: "F016", Title: "unknown level",
		Doc:     "A scale has named levels in order. They are written by name, never as a number.",
		Example: "unrest: 2\n"}
	codeRange = source.Code{ID: "F017", Title: "outside the range",
		Doc:     "The pack declares between which ends a value of the field can lie. Either a digit or the unit is wrong, or the pack's range is too narrow.",
		Example: "inflation: 3330\n"}
	codeLowHigh = source.Code{ID: "F018", Title: "low above high",
		Doc:     "An interval goes from its low end to its high end, both included.",
		Example: "rainfall: {low: 1.1, high: 0.9}\n"}
	codeOneEnd = source.Code{ID: "F019", Title: "an end is missing",
		Doc:     "An interval has two ends. An end that nobody knows is written `unknown`: it is then the end of the field's range.",
		Example: "rainfall: {low: 0.9}\n"}
	codeNoOrder = source.Code{ID: "F020", Title: "no interval of this kind",
		Doc:     "Numbers, whole numbers, dates and levels have an order and may be given as an interval. Texts, symbols and yes-or-no have none: give the value, or `unknown`.",
		Example: "counterparty: {low: us, high: iraq}\n"}
	codeDecimalComma = source.Code{ID: "F021", Title: "decimal comma",
		Doc:     "Decimals are written with a point, since a comma parts the items of a list.",
		Example: "inflation: \"36,5\"\n"}
	codeThousands = source.Code{ID: "F022", Title: "separator between thousands",
		Doc:     "Numbers are written without separators: what is a thousands separator to some is a decimal sign to others.",
		Example: "posts: \"1,234,567\"\n"}
	codeUnitTyped = source.Code{ID: "F023", Title: "unit behind the number",
		Doc:     "The unit of a field is fixed by the pack; values are written without it, so that no two units are mixed.",
		Example: "inflation: 36.5 percent\n"}
	codeDigits = source.Code{ID: "F024", Title: "digits of another script",
		Doc:     "Numbers and dates are written with the digits 0 to 9 and plain signs. Persian, Arabic and full-width digits, and the invisible marks that turn the direction of writing, are refused, since they look alike and sort apart.",
		Example: "inflation: ۳۶٫۵\n"}
	codeNotFinite = source.Code{ID: "F025", Title: "not a finite number",
		Doc:     "Not-a-number, infinity, and numbers beyond 1.8e308 are no values. What is not known is `unknown`.",
		Example: "inflation: NaN\n"}
	codeRangeText = source.Code{ID: "F026", Title: "an interval as a text",
		Doc:     "An interval is written with its ends, so that a minus sign, a dash and a dot cannot be mistaken for one another.",
		Example: "rainfall: 0.9-1.1\n"}
	codeSolarHijri = source.Code{ID: "F027", Title: "Solar Hijri date",
		Doc:     "Years from 1300 to 1499 are taken for years of the Solar Hijri calendar. Dates in these files are Gregorian; the finding shows the day converted.",
		Example: "as_of: 1392-09-03\n"}
	codeDateOrder = source.Code{ID: "F028", Title: "date in another order",
		Doc:     "A date is written year-month-day, the year with four digits. Where the day could be the month, only whoever wrote it can tell.",
		Example: "as_of: 24-11-2013\n"}
	codeNoSuchDay = source.Code{ID: "F029", Title: "no such day",
		Doc:     "The date has the right form and the calendar has no such day.",
		Example: "date: 2013-02-30\n"}
)

// The findings about a case: F1xx.
var (
	codeNotMap = source.Code{ID: "F101", Title: "keys expected",
		Doc:     "A map of keys and values is expected here.",
		Example: "- case: first\n"}
	codeNotList = source.Code{ID: "F102", Title: "list expected",
		Doc:     "A list is expected here, one item a line, each behind a dash.",
		Example: "sources: a newspaper\n"}
	codeMissing = source.Code{ID: "F103", Title: "key is missing",
		Doc:     "A case has an id (`case`), a `title` that is a neutral question, the date on which it is judged (`as_of`), and `facts`.",
		Example: "case: first\nfacts: {}\n"}
	codeKey = source.Code{ID: "F104", Title: "unknown key",
		Doc:     "Only the keys of the case format are read; a misspelt one would go unnoticed.",
		Example: "asof: 2013-11-24\n"}
	codeID = source.Code{ID: "F105", Title: "not an id",
		Doc:     "Ids of cases and facts are lower-case letters, digits and single dashes between them, so that they can be typed anywhere and quoted nowhere.",
		Example: "case: My Case\n"}
	codeType = source.Code{ID: "F110", Title: "unknown fact type",
		Doc:     "The pack declares the fact types that a case may state.",
		Example: "facts:\n  Econmy: {}\n"}
	codeConcluded = source.Code{ID: "F111", Title: "fact type is concluded",
		Doc:     "Facts of this type follow from rules. A type is either stated or concluded, never both, or nobody could tell who said it.",
		Example: "facts:\n  Stressor: []\n"}
	codeField = source.Code{ID: "F112", Title: "unknown field",
		Doc:     "The pack declares the fields of each fact type.",
		Example: "facts:\n  Economy: {inflaton: 33.3}\n"}
	codeOneShape = source.Code{ID: "F113", Title: "one fact expected",
		Doc:     "A case has exactly one fact of this type. It has no id: its fields stand below the type's name.",
		Example: "facts:\n  Economy:\n    - inflation: 33.3\n"}
	codeManyShape = source.Code{ID: "F114", Title: "a list of facts expected",
		Doc:     "A case may have several facts of this type. They are a list, and each item has an `id`.",
		Example: "facts:\n  Event:\n    date: 2013-11-24\n"}
	codeNoID = source.Code{ID: "F115", Title: "fact without an id",
		Doc:     "A fact of which there may be several has an id, by which proofs call it.",
		Example: "facts:\n  Event:\n    - date: 2013-11-24\n"}
	codeSameID = source.Code{ID: "F116", Title: "id given twice",
		Doc:     "An id names one fact of its type.",
		Example: "facts:\n  Event:\n    - id: first\n    - id: first\n"}
	codeExact = source.Code{ID: "F117", Title: "exact value needed",
		Doc:     "The pack declares the field as exact: it must be given, and neither as unknown nor as an interval.",
		Example: "posts: unknown\n"}
	codeValueAndEnds = source.Code{ID: "F120", Title: "value and interval together",
		Doc:     "A field has either a `value` or `low` and `high`.",
		Example: "inflation: {value: 33.3, low: 30, high: 35}\n"}
	codeWithoutValue = source.Code{ID: "F121", Title: "field without a value",
		Doc:     "The long form of a field says where a value comes from, and so needs the value: `value`, or `low` and `high`. What is not known has the value `unknown`.",
		Example: "inflation: {source: a newspaper}\n"}
	codeQuality = source.Code{ID: "F122", Title: "undeclared quality",
		Doc:     "The pack declares the qualities that a value may have, with the mark that each leaves on what rests on it.",
		Example: "inflation: {value: 33.3, quality: good}\n"}
	codePeriod = source.Code{ID: "F123", Title: "period ends before it starts",
		Doc:     "A period goes from its first day to its last, both included.",
		Example: "period: {from: 2013-10-22, to: 2013-09-23}\n"}
	codeKnownTwice = source.Code{ID: "F124", Title: "known later and known on a day",
		Doc:     "`known_later: true` says that a value became known after the case's date on a day that nobody recorded. With the day recorded, `known_on` says it better.",
		Example: "inflation: {value: 33.3, known_later: true, known_on: 2013-12-01}\n"}
	codeDigest = source.Code{ID: "F125", Title: "not a digest",
		Doc:     "In the place of what a masked field says stands its digest, which truce writes. It is found in cases of records alone.",
		Example: "inflation: {masked: 33.3}\n"}
	codeComplete = source.Code{ID: "F130", Title: "type cannot be completed",
		Doc:     "`complete` names open types of which the case lists every fact. Of other types a case always does.",
		Example: "complete: [Economy]\n"}
	codeLabel = source.Code{ID: "F131", Title: "unknown label",
		Doc:     "The label of what happened is one of those that the pack declares, so that answers can be compared with it.",
		Example: "expected: {label: peace}\n"}
	codeTooMany = source.Code{ID: "F199", Title: "too many findings", Limit: true,
		Doc: "Past a hundred findings in one file nobody reads on. Mend those and read the file again."}
)

// Codes lists every finding about values and cases, by code.
func Codes() []source.Code {
	return []source.Code{
		codeNoValue, codeNotScalar, codeNumber, codeInteger, codeIntegerSize, codeBool, codeDate, codeSymbol,
		codeLevel, codeRange, codeLowHigh, codeOneEnd, codeNoOrder, codeDecimalComma, codeThousands,
		codeUnitTyped, codeDigits, codeNotFinite, codeRangeText, codeSolarHijri, codeDateOrder, codeNoSuchDay,
		codeNotMap, codeNotList, codeMissing, codeKey, codeID, codeType, codeConcluded, codeField,
		codeOneShape, codeManyShape, codeNoID, codeSameID, codeExact, codeValueAndEnds, codeWithoutValue,
		codeQuality, codePeriod, codeKnownTwice, codeDigest, codeComplete, codeLabel, codeTooMany,
	}
}

package rules

import "truce/facts/source"

// The findings about a pack as a whole and about the form of its files.
var (
	NoPack = source.Code{ID: "R001", Title: "no pack",
		Doc:     "A pack is a folder with a pack.yaml in it, whose `pack:` section gives name, version and goal. It stands there exactly once.",
		Example: "pack: {name: harbour, version: 0.1.0, goal: {type: Course, field: value}}   # in pack.yaml\n"}
	Unreadable = source.Code{ID: "R002", Title: "file cannot be read",
		Doc: "The operating system refused the file or the folder. Its own words stand in the message."}
	TooMuch = source.Code{ID: "R003", Title: "pack too large", Limit: true,
		Doc: "Limits on the files of a pack, on their bytes and on the rows of a table protect whoever reads packs of others. Split it, or raise the limit."}
	NotRead = source.Code{ID: "R004", Title: "file is not read",
		Doc: "Files whose name ends in .yaml belong to the pack in whose folder they lie, and no others do. One that ends in .yml looks as if it did: rename it. A case lies elsewhere."}
	Shape = source.Code{ID: "R005", Title: "wrong form",
		Doc:     "A list, a map or a text stands where another of them is expected.",
		Example: "cites: C16   # a list: [C16]\n"}
	UnknownKey = source.Code{ID: "R006", Title: "unknown key",
		Doc:     "The key is none of those that belong here. A misspelt key would otherwise go unread.",
		Example: "rule: strong-wind\nwhne: [w.wind > 35]\n"}
	MissingKey = source.Code{ID: "R007", Title: "key is missing",
		Doc:     "What stands here is not complete without the key.",
		Example: "- when: [w.wind > 35]   # which rule?\n"}
	BadName = source.Code{ID: "R008", Title: "not a name",
		Doc:     "Fact types start with a capital letter; fields, thresholds and bound names are lower-case letters, digits and underscores; rules, tables, rows, tests, symbols and levels may also hold hyphens.",
		Example: "rule: Prices strain stability\n"}
	Duplicate = source.Code{ID: "R009", Title: "declared twice",
		Doc:     "A name stands for one thing in the whole pack, whichever file declares it. Both places are shown. Rename one, or take it out.",
		Example: "thresholds:\n  storm: {value: 60}\n# and in another file\nthresholds:\n  storm: {value: 55}\n"}
	BadSetting = source.Code{ID: "R010", Title: "value does not fit",
		Doc:     "The key takes a whole number, a yes or no, or one of a few words.",
		Example: "Ship: {count: several}   # one, many or open\n"}
	BadUnit = source.Code{ID: "R011", Title: "unit does not fit",
		Doc:     "A unit is a product of declared names, such as percent/year, and belongs to numbers and integers. Declare each name under `units:`; `day` is always there.",
		Example: "fields: {wind: {type: number, unit: konts}}\n"}
	BadField = source.Code{ID: "R012", Title: "field declaration does not fit",
		Doc:     "A field has a type; an enum has values and a scale has levels, lowest first; a range belongs to numbers, integers, dates and scales.",
		Example: "sea: {type: scale}   # which levels?\n"}
	BadRange = source.Code{ID: "R013", Title: "not a range",
		Doc:     "A range is a list of its two ends, the lower first, both included. An end without bound is `open`.",
		Example: "range: [500, -10]\n"}
	BadType = source.Code{ID: "R014", Title: "fact type declaration does not fit",
		Doc:     "A type is stated, by cases, or concluded, by rules, and never both: `count` and `context` belong to stated types, `key` to concluded ones.",
		Example: "Ship: {key: [name], fields: {name: {type: text}}}   # stated: it has ids\n"}
	UnknownType = source.Code{ID: "R015", Title: "unknown fact type",
		Doc:     "No file of the pack declares a fact type of this name under `facts:`.",
		Example: "when: [w: Wether]\n"}
	UnknownField = source.Code{ID: "R016", Title: "unknown field",
		Doc:     "The fact type has no field of this name.",
		Example: "assumptions:\n  - {field: Weather.wnid, value: 3}\n"}
	PointsTable = source.Code{ID: "R017", Title: "points table is not complete",
		Doc:     "A table of points gives a number to each level of its scale and to nothing else, so that no level is left without.",
		Example: "sea_points: {of: Weather.sea, points: {calm: 0, swell: 0.25}}\n"}
	OutsidePlausible = source.Code{ID: "R018", Title: "outside its plausible range",
		Doc:     "Robustness and counterfactuals move a threshold inside its plausible range. A value outside of it says that one of the two is wrong.",
		Example: "storm: {value: 90, plausible: [50, 80]}\n"}
	NoReason = source.Code{ID: "R019", Title: "number without a reason",
		Doc:     "Who reads an answer asks why this number and not another: each threshold and assumption says so under `because:`.",
		Example: "storm: {value: 60}   # because: ...\n"}
	BadCite = source.Code{ID: "R020", Title: "citation does not fit",
		Doc:     "Rules cite the claims that they encode, by ids declared under `claims:`. What an extension adds is not in the source: it cites extensions only, and nothing else does.",
		Example: "extension: X01\nrules:\n  - {rule: fog, cites: [C01]}\n"}
	ManyCites = source.Code{ID: "R021", Title: "too many citations",
		Doc:     "Three claims at most: a rule that rests on more says too much at once. Split it.",
		Example: "cites: [C01, C02, C03, C04]\n"}
	NoCite = source.Code{ID: "R022", Title: "rule without a citation",
		Doc:     "In a pack with claims each rule encodes some of them. What the source does not say belongs into an extension.",
		Example: "- rule: strong-wind\n  when: [w: Weather]   # cites: [...]\n"}
	OfExtension = source.Code{ID: "R023", Title: "depends on an extension",
		Doc:     "Extensions can be left out. So nothing but an extension reads a threshold, or a fact type, that an extension declares.",
		Example: "- rule: fog-is-danger\n  cites: [C01]\n  when: [f.depth > threshold.thick]   # thick belongs to X01\n"}
	Constrained = source.Code{ID: "R024", Title: "constraint broken",
		Doc:     "The thresholds as they stand break a constraint of the pack.",
		Example: "constraints: [threshold.normal < threshold.critical]\n"}
	BadAssumption = source.Code{ID: "R025", Title: "assumption does not fit",
		Doc:     "An assumption gives a known value to a field of a type of which each case has exactly one, and that rules may read.",
		Example: "- {field: Weather.warned, value: unknown}\n"}
	BadExtension = source.Code{ID: "R026", Title: "extension does not fit",
		Doc:     "An extension has an id, X and two digits, and some file that declares it at its top gives `extension_doc`.",
		Example: "extension: X01   # extension_doc: ...\n"}
)

// The findings about rules, tables and sentences.
var (
	SplitLine = source.Code{ID: "R030", Title: "condition split by YAML",
		Doc:     "A colon with a space after it makes a key to YAML, and braces and brackets at the start of a line make maps and lists. Put the whole condition in quotes. A binding is one `- name: expression` a line.",
		Example: "when:\n  - ready: {c ? 1}\n"}
	CutLine = source.Code{ID: "R031", Title: "condition cut at a comment",
		Doc:     "YAML takes # with a space before it as the start of a comment, and what follows is lost. Write .field for #.field, or put the line in quotes.",
		Example: "when:\n  - none(Ship, # > 3)\n"}
	Shadows = source.Code{ID: "R032", Title: "name is taken",
		Doc:     "A bound name must not hide a fact type, a word of the language, or an earlier binding of the same rule: no reader could tell which one is meant.",
		Example: "when:\n  - case: Weather\n"}
	ReadsContext = source.Code{ID: "R033", Title: "context decides nothing",
		Doc:     "Facts of a context type are shown and never decisive: no rule may read them. Lines of the report may.",
		Example: "when: [p: Picture]   # Picture: {context: true}\n"}
	EmptyLine = source.Code{ID: "R034", Title: "empty line",
		Doc:     "A dash with nothing behind it. Write the condition, or take the dash out.",
		Example: "when:\n  - w: Weather\n  -\n"}
	MissingField = source.Code{ID: "R035", Title: "field of a conclusion is missing",
		Doc:     "A concluded fact has a value in each of its fields, so that no rule that reads it meets a hole.",
		Example: "then: [{conclude: Danger, with: {from: wind}}]   # points: ...\n"}
	NotConcluded = source.Code{ID: "R036", Title: "not a concluded type",
		Doc:     "Rules conclude facts of types that are declared `concluded: true`. What cases state, no rule can.",
		Example: "then: [{conclude: Weather, with: {wind: 3}}]\n"}
	UnknownValue = source.Code{ID: "R037", Title: "a value must be known here",
		Doc:     "Only cases may say that something is unknown. What a rule concludes, and what a pack assumes, has a value.",
		Example: "with: {from: wind, points: unknown}\n"}
	BadSentence = source.Code{ID: "R038", Title: "braces do not match",
		Doc:     "In a sentence braces hold an expression. Write {{ and }} for braces that stand for themselves.",
		Example: "says: \"Wind of {w.wind is strong.\"\n"}
	AmbiguousField = source.Code{ID: "R039", Title: "field of several conclusions",
		Doc:     "The rule concludes several facts with a field of this name. Write Type.field in the braces.",
		Example: "says: \"{points}\"   # {Danger.points}\n"}
	NeverHolds = source.Code{ID: "R040", Title: "row can never hold",
		Doc:     "The rows of a `first` table are tried in order and the first that holds is taken. Rows after one without a condition are never reached: move it to the end.",
		Example: "rows:\n  - {row: otherwise, with: {value: sail}}\n  - {row: warned, when: [w.warned], with: {value: wait}}\n"}
	RowBinds = source.Code{ID: "R042", Title: "row binds a name",
		Doc:     "A row has conditions only. What all rows read is bound once, in the `when` of the table.",
		Example: "rows:\n  - {row: warned, when: [w: Weather, w.warned]}\n"}
	BadHit = source.Code{ID: "R044", Title: "hit policy does not fit the rows",
		Doc:     "Rows of a `unique` table exclude each other, so that none is without a condition. Rows of an `any` table that hold together conclude one fact: they agree in all fields of its key. Rows of a `collect` table conclude a fact each: their keys differ.",
		Example: "hit: collect\nconclude: Course   # key: []\n"}
	BadSheet = source.Code{ID: "R045", Title: "sheet does not fit",
		Doc:     "A table with `file: NAME.csv` has its rows in that file of the pack. Its first line holds the hit policy, the inputs, the output fields as Type.field, and any of says, cites, doc and extension; each further line is a row, its name first.",
		Example: "- table: course\n  file: course.csv\n  rows: []\n"}
	NotFormula = source.Code{ID: "R043", Title: "formula expected",
		Doc:     "A computed value starts with =, as in a spreadsheet. A line of the report is weighed by a number or a formula.",
		Example: "with: {points: stress * 2}   # =stress * 2\n"}
)

// The findings about what rules do together, about tests and about the report.
var (
	BadGoal = source.Code{ID: "R050", Title: "goal does not fit",
		Doc:     "The goal of a pack is an enum field of a concluded type of which at most one fact holds: its value is the answer.",
		Example: "goal: {type: Danger, field: points}   # a number\n"}
	BadLabel = source.Code{ID: "R051", Title: "label does not fit",
		Doc:     "A label names the goal values that count as it. A goal value counts as one label at most.",
		Example: "labels: {left: {values: [sial]}}\n"}
	NeverConcluded = source.Code{ID: "R052", Title: "never concluded",
		Doc:     "No rule concludes a fact of the type, or the value of the goal.",
		Example: "facts:\n  Danger: {concluded: true, fields: {}}   # and no rule concludes it\n"}
	CyclicRules = source.Code{ID: "R053", Title: "cycle through a negation or an aggregate",
		Doc:     "A quantifier, a count or a sum over a type needs all facts of it first. Rules that conclude facts of the type from such an aggregate over it can never begin. Conclude a type of its own at one place of the cycle. Types that one rule concludes together count as one.",
		Example: "- rule: alone\n  when: [none(Company)]\n  then: [{conclude: Company, with: {}}]\n"}
	Leak = source.Code{ID: "R054", Title: "the answer reads what came after it",
		Doc:     "A type declared `after: decision` describes what followed. Nothing that is concluded from it may lead to the goal. The path is shown rule by rule.",
		Example: "facts:\n  Verdict: {after: decision}\nrules:\n  - rule: course\n    when: [v: Verdict]\n    then: [{conclude: Course, with: {value: wait}}]\n"}
	UnknownRule = source.Code{ID: "R055", Title: "unknown rule",
		Doc:     "No rule or row of the pack has this name. A row is called table/row.",
		Example: "expect: {proof: [strong-wnid]}\n"}
	BadExpectation = source.Code{ID: "R056", Title: "expectation does not fit",
		Doc:     "A test expects values of the goal, conditions that hold, and rules in the proof.",
		Example: "expect: {answer: sial}\n"}
	BadSection = source.Code{ID: "R057", Title: "section does not fit",
		Doc:     "A section of the report has a title where it is declared; other files may add lines to it by its name. A matrix needs `of`, `row`, `column` and `cell`, which nothing else takes; `lines` belong to the kinds lines and reasons.",
		Example: "- {section: dangers, kind: matrix}   # of, row, column, cell\n"}
	NoSentence = source.Code{ID: "R058", Title: "goal value without a sentence",
		Doc:     "The report says the answer in one sentence, and has one for each value of the goal.",
		Example: "answer: {sail: the ferry leaves}   # and where it waits?\n"}
	BadConfidence = source.Code{ID: "R059", Title: "confidence table is not total",
		Doc:     "The first row whose condition holds gives the level. The last has no condition, so that there is always one, and no other has none.",
		Example: "confidence:\n  - {level: low, when: coded > 3, says: ...}   # and otherwise?\n"}
)

// Codes lists every finding that loading a pack makes on its own, by code. Those
// about documents, facts and expressions belong to their packages.
func Codes() []source.Code {
	return []source.Code{
		NoPack, Unreadable, TooMuch, NotRead, Shape, UnknownKey, MissingKey, BadName,
		Duplicate, BadSetting, BadUnit, BadField, BadRange, BadType, UnknownType,
		UnknownField, PointsTable, OutsidePlausible, NoReason, BadCite, ManyCites,
		NoCite, OfExtension, Constrained, BadAssumption, BadExtension,
		SplitLine, CutLine, Shadows, ReadsContext, EmptyLine, MissingField,
		NotConcluded, UnknownValue, BadSentence, AmbiguousField, NeverHolds,
		RowBinds, NotFormula, BadHit, BadSheet,
		BadGoal, BadLabel, NeverConcluded, CyclicRules, Leak, UnknownRule,
		BadExpectation, BadSection, NoSentence, BadConfidence,
	}
}

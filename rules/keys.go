package rules

import (
	"truce/facts"
	"truce/facts/shape"
)

// The keys of every map that a pack file holds, in the order in which they are
// written. The loader refuses other keys, the formatter keeps the order, and the
// schema that editors check files by is made of them.

// Shapes that several keys have. A text may be missing where only its name counts.
var (
	aText       = shape.Shape{Kind: shape.Text}
	aFlag       = shape.Shape{Kind: shape.Flag}
	aFigure     = shape.Shape{Kind: shape.Number}
	aCount      = shape.Count()
	nothing     = shape.Shape{Kind: shape.Null}
	maybeText   = shape.OneOf(aText, nothing)
	twoEnds     = shape.PairOf(maybeText)
	textList    = shape.ListOf(aText)
	ruleList    = shape.ListOf(shape.Named(rulePattern))
	fieldValues = shape.NamesOf(wordForm.pattern, aText)
	whenLines   = shape.ListOf(shape.OneOf(aText, shape.NamesOf(wordForm.pattern, aText)))
	nameShape   = shape.OneOf(shape.NamesOf(symbolForm.pattern, maybeText), shape.ListOf(shape.Named(symbolForm.pattern)), shape.Named(`^=`))
	aFieldPath  = shape.Named(`^[A-Z][A-Za-z0-9_]*\.[a-z][a-z0-9_]*$`)
)

// rulePattern is that of rules by their whole names, rows of tables among them.
const rulePattern = `^[a-z0-9_-]+(/[a-z0-9_-]+)?$`

// Keys that many records have.
var (
	docKey   = shape.Key{Name: "doc", Holds: aText, Doc: "What it is, in words. Nothing reads it but people."}
	citesKey = shape.Key{Name: "cites", Holds: shape.ListOf(shape.Named(`^[A-Z][0-9]+[a-z]?$`)),
		Doc: "The claims of the source that it rests on, three at most; what belongs to an extension cites extensions only."}
	extensionKey = shape.Key{Name: "extension", Holds: shape.Named(extForm.pattern),
		Doc: "The extension that it belongs to, which another file declares."}
	becauseKey = shape.Key{Name: "because", Holds: aText, Doc: "Why this value and no other."}
	whenKey    = shape.Key{Name: "when", Holds: whenLines,
		Doc: "Lines from top to bottom: `name: Type` is each fact of the type in turn, `name: expression` a value, and any other line a condition. Where all conditions hold, so does it."}
	withKey = shape.Key{Name: "with", Holds: fieldValues,
		Doc: "A value for each field of the concluded type: a literal by the field's type, or behind = a formula."}
	saysKey = shape.Key{Name: "says", Holds: aText,
		Doc: "A sentence, with expressions in braces; {{ and }} are braces."}
)

func needed(k shape.Key) shape.Key { k.Needed = true; return k }

// named is a needed key that holds the name of something.
func named(key string, f form, doc string) shape.Key {
	return shape.Key{Name: key, Holds: shape.Named(f.pattern), Doc: doc + ": " + f.says + ".", Needed: true}
}

// PackFile is what a file of a pack may hold. The order of its sections stays, for
// rules and tables are taken in it.
func PackFile() shape.Shape { return shape.Spaced(shape.Of(fileRecord)) }

var fileRecord = &shape.Record{Is: "a file of a pack", Blank: true, Loose: true, Keys: []shape.Key{
	{Name: "extension", Holds: shape.Named(extForm.pattern), Doc: "The extension that all of the file belongs to, such as X01: what the pack adds to its source."},
	{Name: "extension_doc", Holds: aText, Doc: "What the extension is. It stands in one file of it."},
	{Name: "pack", Holds: shape.Of(packRecord), Doc: "The pack as a whole. It stands in pack.yaml."},
	{Name: "report", Holds: shape.Of(reportRecord), Doc: "What an answer is told in."},
	{Name: "units", Holds: shape.NamesOf(unitForm.pattern, maybeText), Doc: "The names that units are made of, each with what it means. `day` is always there."},
	{Name: "qualities", Holds: shape.NamesOf(symbolForm.pattern, shape.Of(qualityRecord)), Doc: "How far a value of a case can be trusted, each with the mark that what rests on it carries."},
	{Name: "names", Holds: shape.NamesOf(wordForm.pattern, nameShape), Doc: "Lists of levels or symbols that several fields share: `values: =name`."},
	{Name: "facts", Holds: shape.Spaced(shape.NamesOf(typeForm.pattern, shape.Of(factRecord))), Doc: "The fact types, stated by cases or concluded by rules."},
	{Name: "thresholds", Holds: shape.NamesOf(wordForm.pattern, shape.Of(thresholdRecord)), Doc: "The named numbers, each with its reason. Expressions name them threshold.x."},
	{Name: "claims", Holds: shape.NamesOf(claimForm.pattern, shape.Of(claimRecord)), Doc: "What the source says, paraphrased, by id, such as C16."},
	{Name: "constraints", Holds: textList, Doc: "Conditions over thresholds that every setting of them keeps."},
	{Name: "assumptions", Holds: shape.ListOf(shape.Of(assumptionRecord)), Doc: "Field values for cases that are silent."},
	{Name: "rules", Holds: shape.Spaced(shape.ListOf(shape.Of(ruleRecord))), Doc: "The rules: facts from facts."},
	{Name: "tables", Holds: shape.Spaced(shape.ListOf(shape.Of(tableRecord))), Doc: "Decision tables."},
	{Name: "tests", Holds: shape.Spaced(shape.ListOf(shape.Of(testRecord))), Doc: "Made-up cases with what must come out."},
}}

var packRecord = &shape.Record{Is: "the pack", Blank: true, Keys: []shape.Key{
	named("name", ruleForm, "The pack's name"),
	{Name: "version", Holds: aText, Doc: "The pack's version, such as 0.1.0.", Needed: true},
	docKey,
	{Name: "goal", Holds: shape.Of(goalRecord), Doc: "The field that answers the pack's question.", Needed: true},
	{Name: "labels", Holds: shape.NamesOf(symbolForm.pattern, shape.OneOf(shape.Of(labelRecord), textList)), Doc: "What cases call an outcome, each with the goal values that count as it."},
}}

var goalRecord = &shape.Record{Is: "the goal", Blank: true, Keys: []shape.Key{
	named("type", typeForm, "A concluded type"),
	named("field", wordForm, "An enum field of it, whose value is the answer"),
}}

var labelRecord = &shape.Record{Is: "a label", Blank: true, Keys: []shape.Key{
	{Name: "values", Holds: textList, Doc: "The goal values that count as it.", Needed: true},
	docKey,
}}

var qualityRecord = &shape.Record{Is: "a quality", Blank: true, Keys: []shape.Key{
	{Name: "mark", Holds: shape.WordOf(marks()...), Doc: "What a line that rests on such a value is marked as.", Needed: true},
	docKey,
}}

var factRecord = &shape.Record{Is: "a fact type", Blank: true, Keys: []shape.Key{
	{Name: "concluded", Holds: aFlag, Doc: "Rules conclude its facts; otherwise cases state them."},
	{Name: "key", Holds: shape.ListOf(shape.Named(wordForm.pattern)), Doc: "Of a concluded type the fields that tell its facts apart: all where nothing is said, and [] for at most one fact."},
	docKey,
	{Name: "count", Holds: shape.WordOf(facts.CountNames()...), Doc: "How many facts a case has: one; many, all of which it lists; or open, where there may be more. One where nothing is said."},
	{Name: "after", Holds: shape.WordOf("decision"), Doc: "It describes what followed, and never leads to the goal."},
	{Name: "context", Holds: aFlag, Doc: "It is shown and never decisive: no rule reads it."},
	moveKey("Which way searches may move its values, where a field does not say it itself."),
	{Name: "fields", Holds: shape.NamesOf(wordForm.pattern, shape.Of(fieldRecord)), Doc: "Its fields, by name."},
}}

func moveKey(doc string) shape.Key {
	return shape.Key{Name: "move", Holds: shape.WordOf(facts.MoveNames()...), Doc: doc}
}

var fieldRecord = &shape.Record{Is: "a field", Blank: true, Keys: []shape.Key{
	{Name: "type", Holds: shape.WordOf(facts.KindNames()...), Doc: "What its values are. A scale has levels in order, an enum symbols without.", Needed: true},
	{Name: "unit", Holds: aText, Doc: "The unit of a number or an integer: a product of names under `units`, such as percent/year."},
	{Name: "range", Holds: twoEnds, Doc: "[low, high], both included, of an ordered type; `open` is an end without bound."},
	{Name: "levels", Holds: nameShape, Doc: "The levels of a scale, lowest first, each with what it means; or =name, of a list under `names`."},
	{Name: "values", Holds: nameShape, Doc: "The symbols of an enum, each with what it means; or =name, of a list under `names`."},
	{Name: "exact", Holds: aFlag, Doc: "Cases must give it, neither as unknown nor as an interval."},
	{Name: "plausible", Holds: twoEnds, Doc: "[low, high]: what searches move the value in. Its range where nothing is said."},
	{Name: "step", Holds: aFigure, Doc: "The grid on which searches move the value."},
	moveKey("Which way searches may move the value."),
	{Name: "cost", Holds: aFigure, Doc: "What searches multiply the length of a move by; 1 where nothing is said."},
	docKey,
	{Name: "window", Holds: aText, Doc: "The time that a value speaks of."},
	{Name: "asked", Holds: aText, Doc: "Who would know it."},
}}

var thresholdRecord = &shape.Record{Is: "a threshold", Blank: true, Complete: [][]string{{"value"}, {"points"}}, Keys: []shape.Key{
	{Name: "type", Holds: shape.WordOf(thresholdKinds()...), Doc: "What the value is; a number where nothing is said."},
	{Name: "value", Holds: aText, Doc: "The value. A table of points has none."},
	{Name: "values", Holds: nameShape, Doc: "The values of a choice."},
	{Name: "points", Holds: shape.NamesOf(symbolForm.pattern, aFigure), Doc: "A number for each level of the scale in `of`."},
	{Name: "of", Holds: aFieldPath, Doc: "The scale that the value is a level of, or that the points are for: Type.field."},
	{Name: "unit", Holds: aText, Doc: "The unit of the value, or of the points."},
	{Name: "plausible", Holds: twoEnds, Doc: "[low, high]: what searches may move it in."},
	{Name: "step", Holds: aFigure, Doc: "The grid on which searches move it."},
	{Name: "basis", Holds: shape.WordOf(bases()...), Doc: "Where it comes from; judgement where nothing is said."},
	extensionKey, citesKey, becauseKey, docKey,
}}

var claimRecord = &shape.Record{Is: "a claim", Blank: true, Keys: []shape.Key{
	{Name: "section", Holds: aText, Doc: "Where the source says it."},
	{Name: "kind", Holds: shape.ListOf(shape.WordOf(claimKinds()...)), Doc: "What it is encoded as.", Needed: true},
	{Name: "says", Holds: aText, Doc: "What the source says, in the pack's own words.", Needed: true},
}}

var assumptionRecord = &shape.Record{Is: "an assumption", Blank: true, Keys: []shape.Key{
	{Name: "field", Holds: aFieldPath, Doc: "The field, as Type.field.", Needed: true},
	{Name: "value", Holds: aText, Doc: "What a case that is silent is taken to say.", Needed: true},
	extensionKey, citesKey, becauseKey,
}}

var ruleRecord = &shape.Record{Is: "a rule", Blank: true, Keys: []shape.Key{
	named("rule", ruleForm, "The rule's name"),
	docKey, extensionKey, citesKey, saysKey, whenKey,
	{Name: "then", Holds: shape.ListOf(shape.Of(conclusionRecord)), Doc: "The facts that it concludes.", Needed: true},
}}

var conclusionRecord = &shape.Record{Is: "a conclusion", Blank: true, Keys: []shape.Key{
	named("conclude", typeForm, "The type of the concluded fact"),
	withKey,
}}

var tableRecord = &shape.Record{Is: "a table", Blank: true, Complete: [][]string{{"rows"}, {"file"}}, Keys: []shape.Key{
	named("table", ruleForm, "The table's name"),
	{Name: "file", Holds: shape.Named(`\.csv$`), Doc: "The sheet of the pack that holds its hit policy and its rows, in their place."},
	{Name: "hit", Holds: shape.WordOf(hits...), Doc: "What rows that hold together have to do with each other: the first counts, where nothing is said."},
	docKey, extensionKey, citesKey,
	{Name: "when", Holds: whenLines, Doc: "Lines that all rows share, as in a rule."},
	named("conclude", typeForm, "The type that every row concludes"),
	{Name: "rows", Holds: shape.ListOf(shape.Of(rowRecord)), Doc: "The rows, where no sheet holds them."},
}}

var rowRecord = &shape.Record{Is: "a row", Blank: true, Keys: []shape.Key{
	named("row", ruleForm, "The row's name; it is the rule table/row"),
	docKey, extensionKey, citesKey,
	{Name: "when", Holds: textList, Doc: "The row's own conditions. Only the last row may have none."},
	withKey, saysKey,
}}

var testRecord = &shape.Record{Is: "a test", Blank: true, Keys: append([]shape.Key{
	named("test", testForm, "The test's name"),
	docKey, citesKey, expectKey,
	{Name: "rows", Holds: shape.ListOf(shape.Of(testRowRecord)), Doc: "Tests by themselves, each of which states in place of what the test states, and expects beside what it expects."},
}, facts.MadeUpKeys()...)}

var testRowRecord = &shape.Record{Is: "a row of a test", Blank: true, Keys: append([]shape.Key{
	named("row", testForm, "The row's name; it is the test TEST/ROW"),
	docKey, citesKey, expectKey,
}, optional(facts.MadeUpKeys())...)}

var expectKey = shape.Key{Name: "expect", Holds: shape.Of(expectRecord), Doc: "What must come out."}

// optional are keys of which none is needed.
func optional(keys []shape.Key) []shape.Key {
	for i := range keys {
		keys[i].Needed = false
	}
	return keys
}

var expectRecord = &shape.Record{Is: "what a test expects", Blank: true, Keys: []shape.Key{
	{Name: "answer", Holds: shape.OneOf(aText, textList), Doc: "The goal value that is settled; a list where it stays open between these."},
	{Name: "proof", Holds: ruleList, Doc: "Rules in the proof of the answer."},
	{Name: "not_proof", Holds: ruleList, Doc: "Rules that are not in the proof of the answer."},
	{Name: "holds", Holds: textList, Doc: "Conditions that hold for certain."},
	{Name: "can_hold", Holds: textList, Doc: "Conditions that are not false for certain."},
	{Name: "cannot_hold", Holds: textList, Doc: "Conditions that are false for certain."},
	{Name: "fires", Holds: ruleList, Doc: "Rules, and lines of the report as report/line, that hold for certain for some facts."},
	{Name: "not_fires", Holds: ruleList, Doc: "Rules and lines that can hold for no facts."},
}}

var reportRecord = &shape.Record{Is: "the report", Blank: true, Keys: []shape.Key{
	{Name: "answer", Holds: shape.NamesOf("", maybeText), Doc: "The answer in words, for each value of the goal."},
	{Name: "disclaimer", Holds: aText, Doc: "What stands under every answer."},
	{Name: "sections", Holds: shape.Spaced(shape.ListOf(shape.Of(sectionRecord))), Doc: "The sections in their order. Another file may add lines to one by its name."},
	{Name: "confidence", Holds: shape.ListOf(shape.Of(confidenceRecord)), Doc: "How far an answer is to be trusted: the first row that holds counts."},
}}

var sectionRecord = &shape.Record{Is: "a section", Blank: true, Keys: []shape.Key{
	named("section", ruleForm, "The section's name"),
	{Name: "title", Holds: aText, Doc: "Its title, which declares it."},
	{Name: "kind", Holds: shape.WordOf(SectionKindNames()...), Doc: "What makes its lines; `lines` where nothing is said."},
	{Name: "short", Holds: aCount, Doc: "How many lines of it the short form shows."},
	{Name: "limit", Holds: aCount, Doc: "How many the full form shows; all where nothing is said."},
	{Name: "empty", Holds: aText, Doc: "What is said where there is no line; otherwise it is left out."},
	{Name: "of", Holds: shape.Named(typeForm.pattern), Doc: "The fact type of a matrix."},
	{Name: "row", Holds: shape.Named(wordForm.pattern), Doc: "The field by which the facts of a matrix stand in rows."},
	{Name: "column", Holds: shape.Named(wordForm.pattern), Doc: "The field by which they stand in columns."},
	{Name: "cell", Holds: shape.Named(wordForm.pattern), Doc: "The field that stands inside."},
	{Name: "lines", Holds: shape.ListOf(shape.Of(lineRecord)), Doc: "Its lines: rules without a conclusion."},
}}

var lineRecord = &shape.Record{Is: "a line", Blank: true, Keys: []shape.Key{
	named("line", ruleForm, "The line's name; it is the rule report/line"),
	docKey, extensionKey, citesKey, whenKey, needed(saysKey),
	{Name: "weight", Holds: aText, Doc: "A number, or a formula behind =: lines with more stand first."},
}}

var confidenceRecord = &shape.Record{Is: "a row of the confidence table", Blank: true, Keys: []shape.Key{
	{Name: "level", Holds: aText, Doc: "The level of confidence.", Needed: true},
	{Name: "when", Holds: aText, Doc: "A condition over deciding, reported, coded, assumed, computed, judgement and answers. Only the last row has none."},
	needed(saysKey),
}}

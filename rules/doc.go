// Package rules owns rule packs: their syntax tree, their loading and the checks
// that make a pack fit to run.
//
// What flows in: the files of a pack. What flows out: a Pack in which every name
// is resolved, every expression typed and every rule in its stratum, or every
// error at once, each with a code and a place. It never looks at a case except
// the ones that a pack's own tests hold, and it never fires a rule.
//
// The rest of this page is the language of packs and what it means. The engine,
// the proofs and the checker are tested against it. The language of conditions has
// its details in package condition, their evaluation in package eval, cases in
// package facts.
//
// # The pack
//
// A pack is a folder of *.yaml files, and of the *.csv files that its tables name. They
// are taken in the order of their names, and each from top to bottom; that is pack
// order, in which things are listed. Folders inside it are passed over. The digest is
// over all files that belong to it. A file's name without its ending is the theme of
// its rules. Any file may have any
// of these sections, and none of them twice:
//
//	pack         name, version, doc, goal, labels; in pack.yaml, and only there
//	units        the names that units are made of, each with what it means
//	qualities    of field values in cases: name: {mark, doc}
//	names        lists of levels or symbols that several fields share
//	facts        the fact types
//	thresholds   the named numbers
//	constraints  conditions over thresholds that every setting of them keeps
//	assumptions  field values for cases that are silent
//	rules        a list of rules
//	tables       a list of decision tables
//	claims       what the source says, paraphrased, by id
//	tests        a list of made-up cases with what must come out
//	report       what an answer is told in
//
// The keys of each map, in the order in which they are written, are data (keys.go): the
// loader refuses others, package facts/layout lays files out by them (truce rules fmt),
// and package facts/shape/jsonschema makes of them the schema that editors check files
// by (truce rules schema). Comments stay through a layout, and so does the order of all
// that has a name.
//
// A name is declared once in the whole pack. A scalar's type comes from what is
// declared and never from what YAML takes it for. The goal is {type, field}: an
// enum field of a concluded type, whose value is the answer. Labels are what cases
// call an outcome, each with the goal values that count as it:
//
//	pack:
//	  name: harbour
//	  version: 0.1.0
//	  goal: {type: Course, field: value}
//	  labels:
//	    stayed: {values: [wait, turn-back], doc: the ferry did not leave}
//
// A file with `extension: X01` at its top belongs to that extension, and one such
// file describes it under `extension_doc`. So may a single rule, row, threshold,
// assumption or line of the report by `extension:` of its own. Extensions are what
// the pack adds to its source. They cite extensions only; whatever is not part of
// one cites claims only, three at most, and each rule and row at least one, where
// the pack has claims. Extensions can be left out (Options.SourceOnly): therefore
// nothing outside of one reads a threshold, or a concluded type, that one declares.
// Fact types, units, qualities and claims stay when an extension is left out, so
// that the same cases can be read.
//
// Packs only conclude. There is no salience, no agenda, no retraction in a rule:
// what holds depends on the facts and the rules, never on what was looked at first.
//
// # Types, units and thresholds
//
// A field has a type: number, integer, text, bool, date (a day), enum (symbols
// without order) or scale (levels in order, the lowest first). A level is compared
// and never added; it becomes a number through a table of points alone.
//
//	facts:
//	  Weather:
//	    doc: The weather at the quay.
//	    count: one                # one, many or open; one where nothing is said
//	    fields:
//	      wind: {type: number, unit: knot, range: [0, 150], doc: ..., window: ..., asked: ...}
//	      sea: {type: scale, levels: {calm: flat water, rough: white crests}}
//	      kind: {type: enum, values: =kinds}      # a list under names
//	      warned: {type: bool, exact: true}       # never unknown, never an interval
//	  Course:
//	    concluded: true
//	    key: []                   # all fields where nothing is said; []: at most one fact
//	    fields: {value: {type: enum, values: [sail, wait, turn-back]}}
//
// An exact field must be given, and in time: a value that became known only after the
// case's date leaves the fact without one, which ends a run in an error.
//
// A range is [low, high], both included; an end without bound is `open`. `window` is
// the time that a value speaks of, `asked` who would know it.
//
// Searches for what would change an answer move what cases state, unless told
// otherwise. `move` is free, fixed, up or down, of a type for all its fields or of
// one field; `plausible: [low, high]` is what a value moves in (its range where
// nothing is said; without bounds it is not moved), `step` its grid, and `cost` what
// a move's length is multiplied by:
//
//	Voyages: {doc: ..., count: many, move: fixed, fields: {...}}   # history
//	wind: {type: number, range: [0, 150], plausible: [0, 60], step: 1, cost: 2, ...}
//
// A unit is a product of declared names to whole powers, such as percent/year or
// kg*metre/hour^2; day is always declared. There are no conversions. In `*` and `/`
// units combine; `+ - < == ? :`, min, max, sum and mean take one unit and keep it;
// a bare number takes the other side's unit there and has none in `*` and `/`;
// counts have none, and neither has a ramp. The difference of two dates is in days.
//
// A threshold is a named parameter with its reason:
//
//	thresholds:
//	  strong_wind: {value: 35, unit: knot, plausible: [25, 50], step: 1,
//	                basis: judgement, cites: [C01], because: ropes part, doc: ...}
//	  sea_points: {of: Weather.sea, points: {calm: 0, rough: 1}, unit: point, ...}
//	  too_high: {of: Weather.sea, value: rough, ...}          # a level
//	  joint: {value: sum, values: [sum, max], ...}            # a choice
//
// It is a number unless `type` says integer, bool or date. The basis is judgement
// (also where nothing is said), cited or derived. Within `plausible`, and on the
// grid of `step`, searches may move it. A table of points has a number for each
// level of the scale in `of`.
//
// # Facts and their identity
//
// A type is stated, by the case or the host program, or concluded, by rules, and
// never both. Of a type that is `one` each case has exactly one fact; absent, all
// its fields are unknown. Of `many` the case lists all. Of `open` there may be more
// than it lists: any can be true and never false, none and all can never be true,
// and counts and sums have an open end, unless the case says `complete: [Type]`.
// What it may not list stands as one more fact, Type(*), of which nothing is known:
// patterns match it too, so what rules conclude from an open type stays open with
// it.
//
// Stated facts have ids. A concluded fact has a key. Same key and same values: one
// fact with several justifications. Same key and other values are alternatives, of
// which at most one is so and an aggregate takes one. Where two are certain and
// cannot agree, that is an error that shows both. A certain one stays certain beside
// a possible one, which can hold only by agreeing with it or by contradicting the
// rules; to make it possible only would let more knowledge withdraw what was
// certain. A fact whose key is not fully known is blurred: it may be several real
// facts, or the same real fact as another, so it is never counted as one more for
// certain. Declare a key of known fields for what is to be counted or summed. Type,
// Type(key) or Type(id) names a fact; alternatives have their values behind it.
//
// `after: decision` says that a type describes what followed (see the leak rule).
// A type with `context: true` is shown and never decisive: no rule reads it, though
// lines of the report and tests may.
//
// An assumption is a fact that the pack states where the source gives structure
// and a case gives nothing. A case overrides it; proofs and answers show it.
//
//	assumptions:
//	  - {field: Weather.warned, value: false, cites: [C03], because: ...}
//
// # Rules
//
//	rules:
//	  - rule: wind-is-danger
//	    cites: [C01]
//	    says: "Wind of {w.wind} is past {threshold.strong_wind}: {points}."
//	    when:
//	      - w: Weather                                 # a pattern
//	      - stress: ramp(w.wind, threshold.strong_wind, threshold.storm)   # a value
//	      - stress > 0                                 # a condition
//	    then:
//	      - conclude: Danger
//	        with: {from: wind, points: =stress * threshold.full}
//
// A name bound to a bare fact type is a pattern: the name is each fact of the type
// in turn. A name bound to anything else is a value. Any other line is a condition.
// A fact type inside an expression is the collection of its facts. Lines are read
// from top to bottom: a name can be used from the next line on. It must not hide a
// word of the language or an earlier name.
//
// An instance of a rule is a choice of one fact for each pattern. Where all its
// conditions hold it concludes the facts under `then`. Each field of them has a
// value: a literal by the field's type, or behind = a formula of its type and unit.
// A certain value outside the field's range is an error.
//
// A sentence under `says` holds expressions in braces, over bound names, thresholds
// and aggregates, or a field of the rule's own conclusion (its bare name, or
// Type.field where several conclusions have it; a bound name comes first). {{ and }}
// are braces.
//
// YAML splits and cuts some lines. An expression with ": ", " #", or, inside
// brackets and braces of YAML's own, a comma belongs in quotes; the loader knows the
// usual accidents and says so.
//
// # Fixes
//
// A finding carries a fix where only one thing can have been meant; Mend makes them.
// Quotes go around what YAML split or cut where the whole is then an expression whose
// names are known. Signs, quotes and digits of other keyboards become plain ones, and
// operators of other languages those of this one, save => (which also means "it
// follows"), numbers with commas, percent signs and units, and whatever hides text. In
// a condition = becomes ==. Tabs become spaces where every width with which the text
// can be read says the same. A misspelt key is a fix where one edit makes it a key that
// belongs there and is not there yet, and no other key is near: keys are words of the
// language. A misspelt name is none, however near another is: names are the pack's own,
// and both may be meant. Nor is a warning: a pack that loads is never changed.
//
// # Decision tables
//
//	tables:
//	  - table: course
//	    hit: first
//	    cites: [C01]
//	    when: [w: Weather, "danger: ..."]      # shared by all rows
//	    conclude: Course
//	    rows:
//	      - row: warned
//	        when: [w.warned]                   # conditions only
//	        with: {value: turn-back}
//	      - row: otherwise                     # holds where no earlier row does
//	        with: {value: sail}
//
// A row is the rule table/row: the shared lines, then what the hit policy asks of other
// rows, then its own conditions. So truth and proofs need nothing new. A row without
// citations has those of its table. `hit` is one of
//
//   - first, also where nothing is said: for each earlier row, that it does not hold.
//     Only the last row may be without condition; with one, the table is total.
//   - unique: for each other row, that it does not hold, or else an error, which names
//     both. Rows whose cells exclude each other whatever the thresholds are (w.wind < 20
//     and w.wind >= 20) ask nothing of each other.
//   - any: nothing. Rows may hold together if they conclude the same; else it is the
//     contradiction of two facts of one key. So the rows agree in all fields of the key.
//   - collect: nothing. Each row that holds concludes its fact. No two rows conclude the
//     same key, for they would count once.
//
// Two unique rows that hold together are an error even where they conclude the same:
// the table says that they exclude each other, one of them is not what its author
// thinks, and a change of either would part them without a word. A unique row that
// certainly holds beside one that only may is not certain, since more knowledge could
// make an error of it, as with a divisor that may be zero. Where cells exclude each other
// that never comes about.
//
// What collected rows come to is one line of another rule, total: sum(Danger, .points),
// with a unit and a name that proofs show. Tables have no aggregate of their own: it
// would conclude a type that nobody declared.
//
// A table may have its rows in a sheet, a file of the pack with separated values, where
// `file` stands for `hit` and `rows`:
//
//	tables:
//	  - {table: course, file: course.csv, cites: [C01], when: [w: Weather], conclude: Course}
//
// Its first line has the hit policy, the inputs, the fields of the conclusion, and says,
// cites, doc or extension where they are wanted; each further line is a row, its name
// first, and a cell that is empty asks nothing. A line that begins with # is a comment.
// Package grid has the language of cells, package sheet how thresholds and tables go into
// a spreadsheet and come back.
//
//	first,w.warned,w.wind,w.sea,Course.value,says
//	warned,true,,,turn-back,A warning is out.
//	rough,,>= threshold.strong_wind,"rough, high",wait,
//	otherwise,,,,sail,
//
// # Expressions
//
// A closed part of expr's syntax: literals, names, .field, comparisons, + - * / %,
// and or not, in with a list of literals, text tests with constant patterns, c ? x :
// y, known, ramp, abs, floor, ceil, round, min, max, points; none, any, all, one and
// count over a type with a predicate, len, sum, and min, max, mean over map, all of
// them over filter too. Inside a quantifier .field is a field of the fact in turn;
// there is no quantifier in a quantifier: conclude a fact in between. threshold.x is
// a threshold, case.as_of the case's date and the one clock. All the rest of expr is
// refused, each with what to write instead. Package condition has the list.
//
// # Truth
//
// A condition is true, false, unknown or an error. An absent field is unknown; one
// of an ordered type may be an interval, and unknown is the whole range. Arithmetic
// is that of intervals and logic that of Kleene, by form: x > 3 or x <= 3 may be
// unknown. In `and`, false beats unknown beats error beats true, whatever stands
// first, across the lines of a rule too; in `or` the dual.
//
// A run computes two models at once: what is certain, with unknown taken for false,
// inside what is possible, with unknown taken for true; negations and aggregates
// read each across the other. Certain implies true however the unknown values turn
// out; possible may be too wide. Information is monotone: a value in place of an
// unknown, inside its bounds, never takes away a certain fact and never adds one
// that was not possible.
//
// So known(x) is true or unknown and never false, for a later value would make it
// true; and what a function or an aggregate cannot give for some of the values that
// its operands stand for is unknown.
//
// Errors are values: division by zero, an overflow, the least of nothing. An
// instance left in error ends the run. A divisor that straddles zero gives unknown.
// Sums are exactly rounded, so that no order shows.
//
// The answer is settled where one goal value alone can hold and some value is sure to
// (it is certain, or it is among the rows of a total table), and open otherwise. A
// value that a certain fact of the same key rules out cannot hold: it is told apart,
// as a place where the rules would contradict each other. None
// at all, or two that certainly hold, is an error that names the rules.
//
// # Strata
//
// What a rule reads is finished before it begins. Types are put in strata so that a
// type's rules read lower strata only, with one exception: types may be concluded
// from each other through patterns. A cycle through a quantifier or an aggregate is
// an error that names its rules. Types that one rule concludes together share a
// stratum. A sentence under `says` does not count: it is said when all is done.
// Lines of the report come last.
//
// # The leak rule
//
// No path leads from a type that is `after: decision` to the goal: such a path is an
// error that shows it rule by rule. The types from which the goal can be concluded
// are those that lead to it (Pack.Leads); of their values, one whose period ends or
// that became known after the case's date is as good as not given to every rule, and
// a fact of which nothing else is given is not there.
//
// # Claims and tests
//
// A claim is {section, kind, says}; its kinds are among rule, threshold, framing,
// read and bound. Pack.Without takes out what cites a claim, to show that something
// depends on it.
//
//	tests:
//	  - test: a-warning-turns-it-back
//	    cites: [C01]
//	    as_of: 2020-01-01
//	    facts: {Weather: {wind: 50, warned: yes}}      # as in a case
//	    complete: []
//	    expect:
//	      answer: turn-back                  # settled; a list: open between these
//	      holds: ['any(Danger, .points > 0)']      # certainly
//	      can_hold: [...]                    # not certainly false
//	      cannot_hold: [...]                 # certainly false
//	      proof: [course/warned]             # in the proof of the answer
//	      not_proof: [...]
//	      fires: [wind-is-danger]            # certainly holds for some choice of facts
//	      not_fires: [report/wind]           # can hold for none
//	  - test: the-wind
//	    as_of: 2020-01-01
//	    facts: {Weather: {warned: no}}
//	    expect: {not_fires: [course/warned]}
//	    rows:
//	      - {row: calm, facts: {Weather: {wind: 5}}, expect: {answer: sail}}
//	      - {row: storm, facts: {Weather: {wind: 60}}, expect: {answer: wait}}
//
// Each row is a test, called test/row. What it states stands in place of what the test
// states: of a type of which there is one, field by field, and of others all of it;
// its as_of, complete, cites and doc as a whole. What it expects stands beside what the
// test expects, and its answer in place of the test's. A field that the test gives is
// taken back by `unknown`. fires and not_fires take lines of the report too, as
// report/line.
//
// # The report
//
//	report:
//	  answer: {sail: the ferry leaves, wait: it waits, turn-back: it comes back}
//	  disclaimer: This explains the rules, not the world.
//	  sections:
//	    - section: dangers
//	      title: What is dangerous
//	      kind: lines
//	      short: 2             # lines of it in the short form
//	      limit: 10            # and in the full form; all where nothing is said
//	      empty: Nothing is.   # where there is no line; otherwise it is left out
//	      lines:
//	        - line: wind
//	          cites: [C01]
//	          when: [d: Danger]
//	          says: "{d.from}: {d.points}"
//	          weight: =d.points
//	  confidence:
//	    - {level: low, when: coded > reported, says: "{coded} of {deciding} are coded."}
//	    - {level: high, says: "{reported} of {deciding} are reported."}
//
// A line is a rule without a conclusion, called report/line: it stands in the report
// once for each instance that holds or can hold, those with more weight first.
// Sections are of the kinds lines, reasons (lines that argue for the answer),
// matrix (the facts of the type `of`, by the fields `row` and `column`, with `cell`
// inside), assumptions, unknowns, known_later and confidence; only lines and reasons
// have lines of their own. A section is declared where its title stands; other files
// may add lines to it. The confidence table is over how many conditions decided the
// answer (deciding), how many of them carry each mark (reported, coded, assumed,
// computed, judgement) and how many goal values can hold (answers).
package rules

package analyse

import "truce/facts/source"

// What the checks find.
var (
	NeverFires = source.Code{ID: "A001", Title: "never fires",
		Doc:     "No facts make the rule, the row or the line of the report hold, with the thresholds as they stand: the lines that are shown are never true together, or a type that it reads is never concluded. The witness is facts on which all but the last of these lines hold.",
		Example: "- rule: storm\n  when: [w: Weather, w.wind > 60, w.wind < 30]\n"}
	Shadowed = source.Code{ID: "A002", Title: "row is shadowed",
		Doc:     "Wherever the conditions of the row hold, an earlier row of its table holds already, so that it is never taken. Move it up, or take it out. The witness is facts on which its conditions hold, and an earlier row is taken.",
		Example: "rows:\n  - {row: wind, when: [w.wind > 30], with: {value: wait}}\n  - {row: storm, when: [w.wind > 60], with: {value: turn-back}}\n"}
	Repeated = source.Code{ID: "A003", Title: "rule is there twice",
		Doc:     "Two rules have the same lines, in whatever order and with whatever names, and conclude the same. Take one out, or write what was to be different.",
		Example: "- {rule: gale, when: [w: Weather, w.wind > 30], then: [...]}\n- {rule: wind, when: [x: Weather, x.wind > 30], then: [...]}   # the same again\n"}
	Subsumed = source.Code{ID: "A004", Title: "rule adds nothing",
		Doc:     "Whenever the rule holds, another one that asks for less holds too and concludes the same: the rule changes no answer where what both read is known. The witness is facts on which both hold.",
		Example: "- {rule: wind, when: [w: Weather, w.wind > 30], then: [...]}\n- {rule: storm, when: [w: Weather, w.wind > 60], then: [...]}   # and the same conclusion\n"}
	Contradiction = source.Code{ID: "A005", Title: "rules contradict each other",
		Doc:     "On the facts of the witness two rules hold for certain and conclude facts of one key with different values, or two rows of a table hold of which one alone may. Such a run ends in an error. Give the rules conditions that exclude each other, or the type another key.",
		Example: "- {rule: gale, when: [w: Weather, w.wind > 30], then: [{conclude: Sea, with: {state: rough}}]}\n- {rule: lull, when: [w: Weather, w.wind < 40], then: [{conclude: Sea, with: {state: calm}}]}\n"}
	TableGap = source.Code{ID: "A006", Title: "table has a gap",
		Doc:     "On the facts of the witness what the rows share holds, no row does, and nothing else concludes the table's type. A last row without a condition makes a table answer every case.",
		Example: "rows:\n  - {row: calm, when: [w.wind < 30], with: {value: sail}}\n  - {row: storm, when: [w.wind > 30], with: {value: wait}}   # and at 30?\n"}
	LevelGap = source.Code{ID: "A007", Title: "level that no rule covers",
		Doc:     "Several rules conclude one thing from the levels of a scale, or the symbols of an enum, a rule for each; and for some level there is no rule at all.",
		Example: "- {rule: calm, when: [w: Weather, 'w.sea == \"calm\"'], then: [...]}\n- {rule: rough, when: [w: Weather, 'w.sea == \"rough\"'], then: [...]}   # and where it is high?\n"}
	NoAnswer = source.Code{ID: "A008", Title: "facts without an answer",
		Doc:     "On the facts of the witness no rule concludes the goal, not even possibly. Such a run has no answer, which is an error. A table whose last row has no condition, over what is always there, answers every case.",
		Example: "tables:\n  - table: course   # without a last row for all other cases\n"}
	Unreached = source.Code{ID: "A009", Title: "answer that no facts give",
		Doc:     "Rules are there that would conclude the value of the goal, and none of them can fire.",
		Example: "- row: storm\n  when: [w.wind > 200]   # and wind ends at 120\n  with: {value: turn-back}\n"}
	UnusedThreshold = source.Code{ID: "A010", Title: "threshold that nothing reads",
		Doc:     "No rule, row, sentence, line or test reads the threshold: whoever changes it changes nothing. A constraint alone is no use of it.",
		Example: "storm: {value: 60}   # and no rule says threshold.storm\n"}
	UnusedType = source.Code{ID: "A011", Title: "fact type that nothing reads",
		Doc:     "No rule, line or test reads a fact of the type, and it is neither the goal nor only shown. What cases state of it, or rules conclude, changes nothing.",
		Example: "Tide: {fields: {height: {type: number}}}   # and no rule says t: Tide\n"}
	UnusedField = source.Code{ID: "A012", Title: "field that nothing reads",
		Doc:     "Facts of the type are read, and this field of them by no rule, sentence, line or test. Fields of a key tell facts apart and are used by that; what belongs to a context type is only shown.",
		Example: "Weather: {fields: {wind: {type: number}, hail: {type: bool}}}   # and nothing says .hail\n"}
	ComputedEquality = source.Code{ID: "A013", Title: "equality of a computed number",
		Doc:     "A number that was computed is rounded, so that 0.1 + 0.2 is not 0.3, and whether it equals another may hang on the last digit. Ask whether it lies within a distance, or compare with <= and >=.",
		Example: "when: [w: Weather, \"w.wind * 1.1 == 33\"]   # abs(w.wind * 1.1 - 33) < 0.01\n"}
)

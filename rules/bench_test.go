package rules_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"truce/rules"
)

// BenchmarkLoad reads a pack of 8 rules and 10 thresholds.
func BenchmarkLoad(b *testing.B) {
	files := listed(everything(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, ds := rules.Load(files, rules.Options{}); ds.HasErrors() {
			b.Fatal(ds)
		}
	}
}

// BenchmarkLoadAlong reads packs that are large in one direction each. Ten times
// the size must take about ten times the time.
func BenchmarkLoadAlong(b *testing.B) {
	for _, axis := range axes() {
		for _, n := range axis.sizes {
			b.Run(fmt.Sprintf("%s=%d", axis.name, n), func(b *testing.B) {
				text := axis.text(n)
				files := []rules.File{{Name: "pack.yaml", Text: common}, {Name: "rest.yaml", Text: text}}
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					if _, ds := rules.Load(files, rules.Options{}); ds.HasErrors() != axis.wrong {
						b.Fatal(ds)
					}
				}
			})
		}
	}
}

// axis is a direction in which a pack can be large.
type axis struct {
	name  string
	sizes []int
	wrong bool // the pack is refused
	text  func(n int) string
}

func axes() []axis {
	sizes := []int{100, 1000, 10_000}
	return []axis{
		{"rules", sizes, false, func(n int) string {
			return section("rules", n, oneRule("w.wind > %[1]d", "%[1]d"))
		}},
		{"citing rules", sizes, false, func(n int) string {
			return section("claims", n, "  C%[2]d: {section: \"1\", kind: [rule], says: It blows.}\n") +
				section("rules", n, "  - rule: r%[1]d\n    cites: [C%[2]d]\n    when: [w: Weather, w.wind > %[1]d]\n"+
					"    says: \"Wind of {w.wind} makes sign {n}.\"\n    then: [{conclude: Sign, with: {n: %[1]d}}]\n")
		}},
		{"thresholds", sizes, false, func(n int) string {
			return section("thresholds", n, "  t%[1]d: {value: %[1]d, plausible: [0, 100000], basis: judgement, because: It blows.}\n") +
				section("rules", n, oneRule("w.wind > threshold.t%[1]d", "%[1]d"))
		}},
		{"types", sizes, false, func(n int) string {
			return "facts:\n" + section("  ", n, "  T%[1]d: {count: many, fields: {a: {type: number}, b: {type: integer}}}\n") +
				section("rules", n, "  - rule: r%[1]d\n    cites: [C0]\n    when: [t: T%[1]d, \"none(T%[1]d, .a > t.a)\"]\n    then: [{conclude: Sign, with: {n: =t.b}}]\n")
		}},
		{"types after the decision", sizes, false, func(n int) string {
			return "facts:\n" + section("  ", n, "  T%[1]d: {after: decision, count: many, fields: {a: {type: number}}}\n") +
				section("rules", n, "  - rule: r%[1]d\n    cites: [C0]\n    when: [t: T%[1]d, t.a > 1]\n    then: [{conclude: Sign, with: {n: %[1]d}}]\n")
		}},
		{"chained types", sizes, false, func(n int) string {
			return "facts:\n  T0: {fields: {a: {type: number}}}\n" +
				section("  ", n, "  T%[2]d: {concluded: true, fields: {a: {type: number}}}\n") +
				section("rules", n, "  - rule: r%[1]d\n    cites: [C0]\n    when: [t: T%[1]d, t.a > 1]\n    then: [{conclude: T%[2]d, with: {a: =t.a}}]\n")
		}},
		{"tables of 5 rows", []int{20, 200, 2000}, false, func(n int) string {
			rows := ""
			for i := range 5 {
				rows += fmt.Sprintf("      - {row: r%d, when: [w.wind > %d], with: {n: %d}}\n", i, 100-10*i, i)
			}
			return section("tables", n, "  - table: t%[1]d\n    hit: first\n    cites: [C0]\n    when: [w: Weather]\n    conclude: Sign\n    rows:\n"+rows)
		}},
		{"levels", sizes, false, func(n int) string {
			return "facts:\n  Sea:\n    fields:\n      state:\n        type: scale\n        levels:\n" + section("", n, "          l%[1]d: A state.\n") +
				"thresholds:\n  p:\n    of: Sea.state\n    basis: judgement\n    because: So.\n    points:\n" + section("", n, "      l%[1]d: %[1]d\n") +
				section("rules", 1, oneRule("w.wind > 1", "1"))
		}},
		{"parts of a sentence", []int{10, 100, 1000}, false, func(n int) string {
			return section("rules", 1, oneRule("w.wind > 1", "1")) + "    says: \"" + strings.Repeat("It blows {w.wind} and ", n) + "so.\"\n"
		}},
		{"operands of a condition", []int{10, 100, 300}, false, func(n int) string {
			return section("rules", 1, oneRule(strings.Repeat("w.wind > 1 and ", n)+"w.wind > 2", "1"))
		}},
		// Each mistake is held against each name, for the one that was meant.
		{"mistakes", []int{100, 1000}, true, func(n int) string {
			return section("thresholds", n, "  strong_wind_%[1]d: {value: 1, basis: judgement, because: So.}\n") +
				section("rules", n, oneRule("w.wind > threshold.strong_wnd_%[1]d", "%[1]d"))
		}},
	}
}

// common is what the packs share: a stated type Weather, a concluded type
// Sign, and the goal.
const common = `
pack: {name: large, version: "1", goal: {type: Answer, field: value}}
facts:
  Weather: {fields: {wind: {type: number}}}
  Sign: {concluded: true, fields: {n: {type: integer}}}
  Answer: {concluded: true, key: [], fields: {value: {type: enum, values: [sail]}}}
claims:
  C0: {section: "0", kind: [rule], says: It blows.}
rules:
  - {rule: goal, cites: [C0], when: [w: Weather, known(w.wind)], then: [{conclude: Answer, with: {value: sail}}]}
`

// section is a section of n entries. An entry holds %[1]d for its number, from 0, and
// %[2]d for the number behind it. A name that is blank goes on with the section before.
func section(name string, n int, entry string) string {
	var b strings.Builder
	if strings.TrimSpace(name) != "" {
		b.WriteString(name + ":\n")
	}
	for i := range n {
		b.WriteString(strings.NewReplacer("%[1]d", strconv.Itoa(i), "%[2]d", strconv.Itoa(i+1)).Replace(entry))
	}
	return b.String()
}

func oneRule(condition, n string) string {
	return "  - rule: r%[1]d\n    cites: [C0]\n    when: [w: Weather, " + condition + "]\n    then: [{conclude: Sign, with: {n: " + n + "}}]\n"
}

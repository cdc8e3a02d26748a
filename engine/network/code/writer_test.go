package code_test

import (
	"math"

	"pgregory.net/rapid"

	"truce/facts"
)

// writer writes expressions that are right by construction.
type writer struct {
	*rapid.T
	inside bool // an aggregate
}

func (w *writer) pick(options ...string) string { return rapid.SampledFrom(options).Draw(w.T, "pick") }

// of picks a field of the kind, of one of the facts that can be named here.
func (w *writer) of(fields ...string) string {
	if w.inside {
		return w.pick("", "", "x") + "." + w.pick(fields...)
	}
	return w.pick("x", "x", "y") + "." + w.pick(fields...)
}

// number writes a number or an integer.
func (w *writer) number(depth int) string {
	if depth <= 0 {
		switch w.pick("field", "field", "integer", "other") {
		case "field":
			return w.of("a", "b", "ra", "rb", "rc")
		case "integer":
			return w.integer(0)
		}
		return w.pick("v", "threshold.t", "1.5", "0", "2", "-0.5", "1e308", "9007199254740993", "points("+w.level(0)+", threshold.table)")
	}
	n := func() string { return w.number(depth - 1) }
	switch rapid.IntRange(0, 11).Draw(w.T, "number") {
	case 0, 1, 2:
		return "(" + n() + w.pick(" + ", " - ", " * ", " / ") + n() + ")"
	case 3:
		return "(" + w.truth(depth-1) + " ? " + n() + " : " + n() + ")"
	case 4:
		return w.pick("min", "max") + "(" + n() + ", " + n() + w.pick("", ", "+n()) + ")"
	case 5:
		return w.pick("abs", "floor", "ceil", "round", "-") + "(" + n() + ")"
	case 6:
		a, b := w.of("a", "ra", "i")+w.pick("", " + 1"), n() // two literals that do not rise are refused
		if w.pick("literal", "any") == "literal" {
			a, b = w.pick("0", "1", "-2.5"), w.pick("3", "3.5", "1e308")
		}
		return "ramp(" + n() + ", " + a + ", " + b + ")"
	case 7:
		return w.integer(depth)
	case 8:
		if !w.inside {
			return w.aggregate(depth - 1)
		}
	case 9:
		return "float(" + n() + ")"
	case 10:
		return "points(" + w.level(depth-1) + ", threshold.table)"
	}
	return n()
}

func (w *writer) integer(depth int) string {
	if depth <= 0 {
		if w.pick("field", "other") == "field" {
			return w.of("i", "j", "ri")
		}
		return w.pick("w", "threshold.n", "3", "0", "9223372036854775807", "-1")
	}
	n := func() string { return w.integer(depth - 1) }
	switch rapid.IntRange(0, 8).Draw(w.T, "integer") {
	case 0, 1, 2:
		return "(" + n() + w.pick(" + ", " - ", " * ", " % ") + n() + ")"
	case 3:
		return "(" + w.truth(depth-1) + " ? " + n() + " : " + n() + ")"
	case 4:
		return w.pick("min", "max") + "(" + n() + ", " + n() + ")"
	case 5:
		return w.pick("abs", "floor", "round", "-") + "(" + n() + ")"
	case 6:
		return "len(" + w.text(depth-1) + ")"
	case 7:
		return "int(" + w.number(depth-1) + ")"
	}
	return n()
}

func (w *writer) aggregate(depth int) string {
	w.inside = true
	defer func() { w.inside = false }()
	over := w.pick("Thing", "filter(Thing, "+w.truth(depth)+")")
	switch w.pick("sum", "count", "extreme") {
	case "sum":
		return "sum(" + over + ", " + w.number(depth) + ")"
	case "count":
		return "len(" + over + ")"
	}
	return w.pick("min", "max", "mean") + "(map(" + over + ", " + w.number(depth) + "))"
}

func (w *writer) level(depth int) string {
	if depth > 0 {
		switch w.pick("extreme", "choice", "field") {
		case "extreme":
			return w.pick("min", "max") + "(" + w.level(depth-1) + ", " + w.level(depth-1) + ")"
		case "choice":
			return "(" + w.truth(depth-1) + " ? " + w.level(depth-1) + ` : "mid")`
		}
	}
	return w.of("l", "rl")
}

func (w *writer) text(depth int) string {
	if depth > 0 {
		switch w.pick("call", "choice", "field") {
		case "call":
			return w.pick("upper("+w.text(depth-1)+")", "trim("+w.text(depth-1)+")", "string("+w.number(depth-1)+")", `replace(u, "b", `+w.text(depth-1)+")")
		case "choice":
			return "(" + w.truth(depth-1) + " ? " + w.text(depth-1) + " : " + w.text(depth-1) + ")"
		}
	}
	return w.pick(w.of("s"), "u", `"ab"`)
}

func (w *writer) symbol(depth int) string {
	if depth > 0 && w.pick("choice", "field") == "choice" {
		return "(" + w.truth(depth-1) + " ? " + w.symbol(depth-1) + ` : "w")`
	}
	return w.of("e", "g")
}

func (w *writer) date(depth int) string {
	if depth > 0 {
		switch w.pick("shift", "extreme", "choice", "field") {
		case "shift":
			return "(" + w.date(depth-1) + w.pick(" + ", " - ") + w.pick("3", w.of("k"), "9223372036854775807") + ")"
		case "extreme":
			return w.pick("min", "max") + "(" + w.date(depth-1) + ", " + w.date(depth-1) + ")"
		case "choice":
			return "(" + w.truth(depth-1) + " ? " + w.date(depth-1) + " : case.as_of)"
		}
	}
	return w.pick(w.of("d", "rd"), "case.as_of", `date("2011-03-01")`)
}

// truth writes a condition.
func (w *writer) truth(depth int) string {
	compares, equals := []string{" < ", " <= ", " > ", " >= ", " == ", " != "}, []string{" == ", " != "}
	switch rapid.IntRange(0, 15).Draw(w.T, "truth") {
	case 0, 1, 2:
		if depth > 0 {
			return "(" + w.truth(depth-1) + w.pick(" and ", " or ") + w.truth(depth-1) + w.pick("", " and "+w.truth(depth-1), " or "+w.truth(depth-1)) + ")"
		}
	case 3:
		return "not (" + w.truth(depth-1) + ")"
	case 4:
		if !w.inside && depth > 0 {
			w.inside = true
			defer func() { w.inside = false }()
			return w.pick("any", "all", "none", "one") + "(Thing, " + w.truth(depth-1) + ")"
		}
	case 5:
		return "(" + w.level(depth-1) + w.pick(compares...) + w.pick(`"mid"`, `"low"`, w.level(depth-1)) + ")"
	case 6:
		return "(" + w.date(depth-1) + w.pick(compares...) + w.date(depth-1) + ")"
	case 7:
		return "(case.as_of - " + w.date(depth-1) + w.pick(compares...) + w.pick("3", w.of("k")) + ")"
	case 8:
		return "(" + w.symbol(depth-1) + w.pick(equals...) + w.pick(`"u"`, `"z"`, w.symbol(depth-1)) + ")"
	case 9:
		return "(" + w.pick(
			w.symbol(depth-1)+w.pick(" in ", " not in ")+w.pick(`["u", "z"]`, `["w"]`),
			w.level(depth-1)+w.pick(" in ", " not in ")+`["low", "high"]`,
			w.integer(depth-1)+w.pick(" in ", " not in ")+"[1, 2, -1, 0]",
			w.text(depth-1)+w.pick(" in ", " not in ")+`["", "ab", "B"]`) + ")"
	case 10:
		return "(" + w.text(depth-1) + w.pick(` contains "b"`, ` startsWith "a"`, ` endsWith "b"`, ` matches "^a+b?$"`, ` == "ab"`, " != "+w.text(depth-1)) + ")"
	case 11:
		return "known(" + w.pick(w.number(depth-1), w.text(depth-1), w.date(depth-1), w.of("p")) + ")"
	case 12:
		return w.pick(w.of("p", "q"), w.of("p")+w.pick(equals...)+w.of("q"), "not "+w.of("p"), "true", "hasPrefix("+w.text(depth-1)+`, "a")`)
	case 13:
		if depth > 0 {
			return "(" + w.truth(depth-1) + " ? " + w.truth(depth-1) + " : " + w.truth(depth-1) + ")"
		}
	}
	return "(" + w.number(depth-1) + w.pick(compares...) + w.number(depth-1) + ")"
}

var (
	someNumbers = []float64{0, 1, -1, 0.5, 2, 1.5, 3, -2.5, 100, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, 1 << 53, 1 << 63, 1e200, -1e-200}
	someWhole   = []int64{0, 1, -1, 2, 3, 7, 100, math.MaxInt64, math.MinInt64, math.MaxInt64 - 1, math.MinInt64 + 1, 1<<53 + 1, -1<<53 - 1, 1 << 32}
)

// draw draws a value of a type: a point, an interval, one with an open end, unknown.
func draw(t *rapid.T, typ facts.Type, known bool) facts.Value {
	width := rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3, 4}).Draw(t, "width") // 0: a point; 3: open; 4: unknown
	if known {
		width = 0
	}
	if width == 4 || width > 0 && !typ.Kind.Ordered() {
		return typ.Unknown()
	}
	v := drawn(t, typ, width)
	if typ.Range != nil {
		clipped, ok := v.Clip(typ.Unknown())
		if !ok {
			lo, _ := typ.Range.Bounds()
			i, _ := typ.Range.Ends()
			if typ.Kind == facts.Number {
				return facts.NumberOf(lo)
			}
			return facts.Between(typ.Kind, i, i)
		}
		return clipped
	}
	return v
}

func drawn(t *rapid.T, typ facts.Type, width int) facts.Value {
	switch typ.Kind {
	case facts.Number:
		numbers := rapid.OneOf(rapid.SampledFrom(someNumbers), rapid.Float64Range(-100, 100))
		x, y := numbers.Draw(t, "number"), numbers.Draw(t, "number")
		switch width {
		case 0:
			return facts.NumberOf(x)
		case 3:
			return rapid.SampledFrom([]facts.Value{facts.NumberBetween(x, math.Inf(1)), facts.NumberBetween(math.Inf(-1), x)}).Draw(t, "open")
		}
		return facts.NumberBetween(min(x, y), max(x, y))
	case facts.Bool:
		return facts.BoolOf(rapid.Bool().Draw(t, "bool"))
	case facts.Text:
		return facts.TextOf(rapid.SampledFrom([]string{"", "ab", "b", "aab", " A", "7"}).Draw(t, "text"))
	case facts.Enum:
		return facts.EnumOf(rapid.SampledFrom(typ.Names.List).Draw(t, "symbol"))
	}
	whole := rapid.OneOf(rapid.Int64Range(-5, 5), rapid.SampledFrom(someWhole), rapid.Int64())
	switch typ.Kind {
	case facts.Date:
		whole = rapid.OneOf(rapid.Int64Range(14990, 15010), rapid.SampledFrom(someWhole))
	case facts.Scale:
		whole = rapid.Int64Range(0, int64(len(typ.Names.List)-1))
	}
	x, y := whole.Draw(t, "integer"), whole.Draw(t, "integer")
	switch {
	case width == 0:
		return facts.Between(typ.Kind, x, x)
	case width == 3 && typ.Kind != facts.Scale:
		return rapid.SampledFrom([]facts.Value{facts.Between(typ.Kind, x, facts.MaxInteger), facts.Between(typ.Kind, facts.MinInteger, x)}).Draw(t, "open")
	}
	return facts.Between(typ.Kind, min(x, y), max(x, y))
}

// drawWorld draws a world in which some fields, or all, are points.
func drawWorld(t *rapid.T) *world { return drawWorldOf(t, false) }

// drawWorldOf draws a world; where it is known, all that it holds is points.
func drawWorldOf(t *rapid.T, known bool) *world {
	w := &world{}
	exact := make([]bool, len(thing.Fields))
	all := known || rapid.IntRange(0, 4).Draw(t, "exact") == 0
	for i := range exact {
		exact[i] = all || rapid.IntRange(0, 3).Draw(t, "exact field") == 0
	}
	for range rapid.IntRange(2, 4).Draw(t, "things") {
		var row []facts.Value
		for i, f := range thing.Fields {
			row = append(row, draw(t, f.Type, exact[i]))
		}
		w.rows = append(w.rows, row)
	}
	for _, typ := range lets {
		v := draw(t, typ, known)
		if !known && rapid.IntRange(0, 9).Draw(t, "fails") == 0 {
			v = facts.FaultValue(typ.Kind, &facts.Fault{Span: facts.Span{File: rapid.SampledFrom([]string{"a", "f", "g"}).Draw(t, "file")}})
		}
		w.lets = append(w.lets, v)
	}
	for _, typ := range thresholds {
		w.thresholds = append(w.thresholds, draw(t, typ, known || rapid.Bool().Draw(t, "set")))
	}
	for range levels.List {
		w.table = append(w.table, draw(t, facts.Type{Kind: facts.Number}, known || rapid.Bool().Draw(t, "set")))
	}
	return w
}

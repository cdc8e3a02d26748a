package page

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"truce/explain"
	"truce/explain/report"
	"truce/explain/search"
	"truce/facts"
)

// A picture is made of bars, whose ends are percents of its width, so that it can be
// drawn at any width without stretching what is in it.

// Bar is a stretch of a picture.
type Bar struct{ X, Width string }

// bar is the stretch between two shares of the whole, from 0 to 1.
func bar(from, to float64) Bar { return Bar{percent(from), percent(to - from)} }

func percent(share float64) string {
	return strconv.FormatFloat(math.Round(share*1e4)/1e2, 'f', -1, 64) + "%"
}

// Ranges are numbers of one unit drawn on one line: each from zero, sure as far as its
// nearer end, open from there to the other.
type Ranges struct {
	Low, High string // the ends of the line
	Zero      string
	Rows      []RangeRow
}

// RangeRow is one number.
type RangeRow struct {
	Name string
	Text string
	Sure Bar
	Open Bar
	From string // where it begins, and ends
	To   string
}

// number is one that can be drawn.
type number struct {
	name   string
	value  explain.Value
	lo, hi float64
}

// numbered are the values that are numbers with both ends known.
func numbered(name string, v explain.Value) (number, bool) {
	n := number{name: name, value: v}
	if v.IsZero() || v.Value.Fault() != nil || v.Value.IsUnknown() {
		return n, false
	}
	switch v.Value.Kind() {
	case facts.Number:
		n.lo, n.hi = v.Value.Bounds()
	case facts.Integer:
		lo, hi := v.Value.Ends()
		if lo == facts.MinInteger || hi == facts.MaxInteger {
			return n, false
		}
		n.lo, n.hi = float64(lo), float64(hi)
	default:
		return n, false
	}
	return n, !math.IsInf(n.lo, 0) && !math.IsInf(n.hi, 0)
}

// sideBySide are the numbers of a sentence, where it has more than one and all have
// one unit; otherwise nil.
func (b *builder) sideBySide(values []report.Shown) *Ranges {
	var list []number
	for _, v := range values {
		n, ok := numbered(spoken(v.Text), v.Value)
		if !ok || len(list) > 0 && v.Value.Type.Unit != list[0].value.Type.Unit {
			return nil
		}
		list = append(list, n)
	}
	if len(list) < 2 || list[0].value.Type.Unit == "" {
		return nil
	}
	return b.drawn(list)
}

// spoken is what a field is called in a picture: of "b.resist" the field.
func spoken(text string) string {
	if strings.ContainsAny(text, " ()[]?:+-*/<>=!") {
		return text
	}
	return explain.Words(text[strings.LastIndexByte(text, '.')+1:])
}

// weighed are the lines of a section with what they were made from.
type weighed struct {
	section *Section
	from    []report.Line
}

// weigh draws the weights of reasons, for and against on one scale.
func (b *builder) weigh(sections []weighed) {
	var list []number
	var at []*Line
	for _, w := range sections {
		for i := range w.section.Lines {
			if n, ok := numbered("", w.from[i].Weight); ok {
				list, at = append(list, n), append(at, &w.section.Lines[i])
			}
		}
	}
	if len(list) == 0 {
		return
	}
	all := b.drawn(list)
	for k, l := range at {
		one := *all
		one.Rows = all.Rows[k : k+1]
		l.Weight = &one
	}
}

func (b *builder) drawn(list []number) *Ranges {
	lo, hi := 0.0, 0.0
	for _, n := range list {
		lo, hi = min(lo, n.lo), max(hi, n.hi)
	}
	if lo == hi {
		hi = lo + 1 // all are zero
	}
	share := func(x float64) float64 { return (x - lo) / (hi - lo) }
	out := &Ranges{Low: explain.Brief.Number(lo), High: explain.Brief.Number(hi), Zero: percent(share(0))}
	for _, n := range list {
		row := RangeRow{Name: n.name, Text: b.voc.Value(n.value), Open: bar(share(n.lo), share(n.hi)),
			From: percent(share(n.lo)), To: percent(share(n.hi))}
		switch {
		case n.lo > 0:
			row.Sure = bar(share(0), share(n.lo))
		case n.hi < 0:
			row.Sure = bar(share(n.hi), share(0))
		default:
			row.Sure = bar(share(0), share(0))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// Tornado is how far each value may go alone.
type Tornado struct {
	Bars      []TornadoBar
	Choices   []search.Choice
	Notes     []string
	Exhausted bool
}

// TornadoBar is one value: the stretches of what is plausible on either side of it in
// which the answer stands, and those in which it falls.
type TornadoBar struct {
	Name, At, Below, Above, Remarks string

	Stands []Bar
	Falls  []Bar
}

// tornado draws a chart around the middle: each side of it is the width of what is
// plausible.
func tornado(r *search.Robustness) Tornado {
	c := r.Chart()
	out := Tornado{Choices: c.Choices, Notes: c.Notes, Exhausted: r.Exhausted}
	for i := range c.Bars {
		b := &c.Bars[i]
		row := TornadoBar{Name: b.Name, At: b.At, Below: b.Below, Above: b.Above, Remarks: b.Remarks}
		for _, half := range []struct {
			side search.Side
			to   float64
		}{{b.Picture.Below, -0.5}, {b.Picture.Above, 0.5}} {
			ends := []float64{0.5, 0.5 + half.to*half.side.Stands, 0.5 + half.to*half.side.Room}
			stands, falls := ends[:2:2], slices.Clone(ends[1:])
			slices.Sort(stands)
			slices.Sort(falls)
			if stands[1] > stands[0] {
				row.Stands = append(row.Stands, bar(stands[0], stands[1]))
			}
			if half.side.Falls && falls[1] > falls[0] {
				row.Falls = append(row.Falls, bar(falls[0], falls[1]))
			}
		}
		out.Bars = append(out.Bars, row)
	}
	return out
}

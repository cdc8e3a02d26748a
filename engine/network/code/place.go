package code

import "truce/rules/condition"

// place is where the field of a fact stands in the frame.
type place struct {
	slot  int // of the fact; -1 is the fact in turn
	index int // of the cell in the row
	word  int // of the cell with the bit that says "no point"; -1: always a point
	bit   uint64
}

// at is what the cell holds: a point, or the position in Frame.Wide.
func (p *place) at(f *Frame) (cell uint64, wide bool) {
	row := f.Row
	if p.slot >= 0 {
		row = f.Rows[p.slot]
	}
	if p.word >= 0 {
		wide = f.Cells[row+p.word]&p.bit != 0
	}
	return f.Cells[row+p.index], wide
}

//go:noinline
func (p *place) read() reader {
	return func(f *Frame) Value {
		cell, wide := p.at(f)
		if wide {
			return f.Wide[cell]
		}
		return Value{Lo: cell, Hi: cell}
	}
}

// place is where a field stands, and whether the expression is one.
func (c *Compiler) place(e condition.Expr) (place, bool) {
	switch e := e.(type) {
	case *condition.FieldOf:
		return c.placed(e.Slot, e.Fact.Index, e.Field.Index), true
	case *condition.ElementField:
		return c.placed(-1, e.Fact.Index, e.Field.Index), true
	}
	return place{}, false
}

func (c *Compiler) placed(slot, fact, field int) place {
	l := c.Layouts[fact]
	p := place{slot: slot, index: field, word: -1}
	if !l.exact(field) {
		p.word, p.bit = l.Fields+field/64, 1<<(field%64)
	}
	return p
}

// exact reports whether a field is always a point.
func (l *Layout) exact(field int) bool {
	return !l.Masked || field < len(l.Exact) && l.Exact[field]
}

package code

// Layout is how the fields of a fact type lie in a row of cells: one cell a field, in
// field order, which holds the point; behind them, unless every field is always
// known, one bit a field, 64 to a cell, that says that the field's cell holds a
// position in Frame.Wide instead.
type Layout struct {
	Fields int
	// Exact says of each field that it is always a point.
	Exact []bool
	// Masked says that rows have bits behind the fields.
	Masked bool
}

// Width is how many cells a row has.
func (l *Layout) Width() int {
	if !l.Masked {
		return l.Fields
	}
	return l.Fields + (l.Fields+63)/64
}

// Frame is what compiled code runs in: the facts bound to the slots of a rule, the
// values bound so far, the thresholds and the date.
type Frame struct {
	Cells []uint64 // rows of all facts
	Wide  []Value  // values that are no points
	Rows  []int    // by fact slot: where the row of its fact begins in Cells
	Row   int      // the row of the fact in turn, inside a quantifier or an aggregate
	Lets  []Value  // by value slot

	Thresholds []Value   // by index; of a table, the zero Value
	Points     [][]Value // by index: the points of a table by level
	AsOf       int64
	Texts      *Texts

	// Aggregates gives the value of an aggregate, by the number that the compiler
	// was told for it.
	Aggregates func(number int, f *Frame) Value
}

// Field is the field at an index of the row that begins at a place in Cells.
func (f *Frame) Field(l *Layout, row, index int) Value {
	c := f.Cells[row+index]
	if l.Masked && f.Cells[row+l.Fields+index/64]>>(index%64)&1 == 1 {
		return f.Wide[c]
	}
	return Value{Lo: c, Hi: c}
}

package grid

import (
	"slices"

	"truce/facts"
	"truce/rules/condition"
)

// Overlap is two rows that hold together.
type Overlap struct {
	A, B  int // rows, A the earlier
	Where Box
}

// Overlaps are all pairs of rows that hold together somewhere, in order.
func (t *Table) Overlaps() []Overlap {
	var list []Overlap
	for b := range t.Rows {
		for a := range b {
			if box, ok := t.common(a, b); ok {
				list = append(list, Overlap{a, b, box})
			}
		}
	}
	return list
}

// common is a box in which two rows hold, or false: boxes part where some input parts
// them.
func (t *Table) common(a, b int) (Box, bool) {
	box := make(Box, len(t.Inputs))
	for i := range t.Inputs {
		run, ok := firstRun(len(t.holds[a][i]), func(k int) bool { return t.holds[a][i][k] && t.holds[b][i][k] })
		if !ok {
			return nil, false
		}
		box[i] = run
	}
	return box, true
}

// firstRun is the first run of regions that are chosen.
func firstRun(n int, chosen func(int) bool) (Run, bool) {
	for k := range n {
		if chosen(k) {
			last := k
			for last+1 < n && chosen(last+1) {
				last++
			}
			return Run{k, last}, true
		}
	}
	return Run{}, false
}

// mostSteps bounds the search for gaps, which grows with the product of the regions.
const mostSteps = 200_000

// Gaps are boxes that no row covers, most of them where most is positive. Together they
// are all there is uncovered where it says that they are complete.
func (t *Table) Gaps(most int) (gaps []Box, complete bool) {
	all := make([]int, len(t.Rows))
	for i := range all {
		all[i] = i
	}
	s := &search{table: t, most: most, steps: mostSteps}
	s.uncovered(all, make(Box, 0, len(t.Inputs)), nil)
	return s.found, !s.cut
}

// Covered reports whether the rows before a row cover all of it: then a table of which
// the first row that holds is taken never comes to it. A row that holds nowhere is
// covered by none. It is false where the search takes too long.
func (t *Table) Covered(row int) bool {
	before := make([]int, row)
	for i := range before {
		before[i] = i
	}
	if t.Impossible(row) {
		return false
	}
	s := &search{table: t, most: 1, steps: mostSteps}
	s.uncovered(before, make(Box, 0, len(t.Inputs)), t.holds[row])
	return len(s.found) == 0 && !s.cut
}

// Impossible reports whether some input has no value for which a row's cells hold.
func (t *Table) Impossible(row int) bool {
	return slices.ContainsFunc(t.holds[row], func(regions []bool) bool { return !slices.Contains(regions, true) })
}

// search looks for what rows leave uncovered, one input after the other.
type search struct {
	table *Table
	most  int
	steps int
	found []Box
	cut   bool
}

// uncovered goes on with the rows that hold in the box so far. Regions of the next
// input in which the same rows hold, side by side, are one.
func (s *search) uncovered(rows []int, box Box, within [][]bool) {
	t := s.table
	if s.steps--; s.steps < 0 || s.most > 0 && len(s.found) >= s.most {
		s.cut = true
		return
	}
	at := len(box)
	if len(rows) == 0 && within == nil || at == len(t.Inputs) {
		if len(rows) == 0 {
			s.found = append(s.found, t.rest(box))
		}
		return
	}
	n := len(t.Inputs[at].Regions)
	for k := 0; k < n; {
		if within != nil && !within[at][k] {
			k++
			continue
		}
		here := s.held(rows, at, k)
		last := k
		for last+1 < n && (within == nil || within[at][last+1]) && slices.Equal(here, s.held(rows, at, last+1)) {
			last++
		}
		s.uncovered(here, append(slices.Clip(box), Run{k, last}), within)
		k = last + 1
	}
}

func (s *search) held(rows []int, input, region int) []int {
	var list []int
	for _, r := range rows {
		if s.table.holds[r][input][region] {
			list = append(list, r)
		}
	}
	return list
}

// rest is a box with all of the inputs that it does not speak of.
func (t *Table) rest(box Box) Box {
	box = slices.Clone(box)
	for i := len(box); i < len(t.Inputs); i++ {
		box = append(box, Run{0, len(t.Inputs[i].Regions) - 1})
	}
	return box
}

// Exclude reports whether no value of some input satisfies both rows, however the
// thresholds are set: wherever one is true the other is false, by form.
func Exclude(a, b []condition.Expr) bool {
	for _, x := range a {
		for _, y := range b {
			if p, q := Of(x), Of(y); p.Input.Text() == q.Input.Text() && apart(p, q) {
				return true
			}
		}
	}
	return false
}

// apart reports whether two tests of one input exclude each other whatever a threshold
// is. A threshold is known to be equal to itself and nothing more.
func apart(p, q Test) bool {
	if p.Negated || q.Negated {
		return false
	}
	for _, a := range p.Alternatives {
		for _, b := range q.Alternatives {
			if !slices.ContainsFunc(a, func(c Comparison) bool {
				return slices.ContainsFunc(b, func(d Comparison) bool { return opposed(p.Input.Type(), c, d) })
			}) {
				return false
			}
		}
	}
	return true
}

// opposed reports whether two comparisons of one input are never both true.
func opposed(t facts.Type, c, d Comparison) bool {
	order, ok := comparedConstants(t, c, d)
	if !ok {
		return false
	}
	if order != 0 && (t.Kind == facts.Enum || t.Kind == facts.Text || t.Kind == facts.Bool) {
		return c.Op == condition.Eq && d.Op == condition.Eq
	}
	below := func(o condition.Op) bool { return o == condition.Lt || o == condition.Le || o == condition.Eq }
	above := func(o condition.Op) bool { return o == condition.Gt || o == condition.Ge || o == condition.Eq }
	switch {
	case order < 0:
		return below(c.Op) && above(d.Op)
	case order > 0:
		return above(c.Op) && below(d.Op)
	}
	return c.Op == d.Op.Opposite() || strict(c.Op) && below(d.Op) && above(d.Op) || strict(d.Op) && below(c.Op) && above(c.Op) ||
		c.Op == condition.Lt && d.Op == condition.Gt || c.Op == condition.Gt && d.Op == condition.Lt
}

func strict(o condition.Op) bool { return o == condition.Lt || o == condition.Gt }

// comparedConstants orders the constants of two comparisons, where that is certain.
func comparedConstants(t facts.Type, c, d Comparison) (order int, ok bool) {
	switch {
	case c.Threshold != nil && d.Threshold != nil:
		return 0, c.Threshold.Index == d.Threshold.Index
	case c.Threshold != nil || d.Threshold != nil:
		return 0, false
	case t.Kind == facts.Enum || t.Kind == facts.Text:
		if c.Value.Text() != d.Value.Text() {
			order = 1
		}
		return order, true
	}
	return compare(t.Kind, c.Value, d.Value), true
}

package rules

import (
	"fmt"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/condition"
	"truce/rules/eval"
	"truce/rules/grid"
)

// Hit is a hit policy of decision tables: what the rows of one have to do with each
// other.
type Hit string

const (
	// First takes the first row that holds.
	First Hit = "first"
	// Unique lets one row hold, and fails where two do.
	Unique Hit = "unique"
	// AnyHit lets several rows hold that conclude the same fact.
	AnyHit Hit = "any"
	// Collect takes all rows that hold, each with a fact of its own.
	Collect Hit = "collect"
)

// hits are the hit policies; the first is that of a table that names none.
var hits = []string{string(First), string(Unique), string(AnyHit), string(Collect)}

// Hits are the hit policies; the first is that of a table that names none.
func Hits() []string { return slices.Clone(hits) }

// apart is what a row asks of another one, or nil.
func (t *table) apart(row, other int) *Step {
	switch t.hit {
	case First:
		if other < row {
			return notRow(t.rows[other])
		}
	case Unique:
		return t.alone(row, other)
	case AnyHit, Collect:
	}
	return nil
}

// notRow asks that a row does not hold.
func notRow(r *tableRow) *Step {
	e := r.all()
	if e == nil {
		return nil
	}
	text := notText(r)
	return &Step{Expr: condition.Negation(r.rule.Span, text, e), Text: text}
}

func notText(r *tableRow) string { return "not row `" + r.rule.Row.Name + "`" }

// all are the row's own conditions as one; nil where it has none.
func (r *tableRow) all() condition.Expr {
	conds := r.exprs()
	if len(conds) == 0 {
		return nil
	}
	var texts []string
	for _, s := range r.conds {
		texts = append(texts, s.Text)
	}
	return condition.Conjunction(r.rule.Span, strings.Join(texts, " and "), conds)
}

func (r *tableRow) exprs() []condition.Expr {
	var conds []condition.Expr
	for _, s := range r.conds {
		conds = append(conds, s.Expr)
	}
	return conds
}

// alone asks that another row does not hold, and fails where it does. Rows whose cells
// exclude each other ask nothing: where one holds the other never does.
func (t *table) alone(row, other int) *Step {
	a, b := t.rows[min(row, other)], t.rows[max(row, other)]
	e := t.rows[other].all()
	if e == nil || grid.Exclude(a.exprs(), b.exprs()) {
		return nil
	}
	text := notText(t.rows[other])
	fault := &facts.Fault{Code: eval.ErrOverlap, Span: b.rule.Span,
		Message: fmt.Sprintf("rows %s and %s of table %s, whose hit policy is unique, both hold", a.rule.Row.Name, b.rule.Row.Name, t.name)}
	both := "row " + t.rows[row].rule.Row.Name + " beside row " + t.rows[other].rule.Row.Name
	return &Step{Expr: condition.Unless(t.rows[other].rule.Span, text, e, both, fault), Text: text}
}

// fits reports whether the rows are as the hit policy asks, as far as that shows
// without facts.
func (t *table) fits() bool {
	fits := true
	add := func(d source.Diagnostic) {
		t.l.add(d)
		fits = false
	}
	for i, row := range t.rows {
		switch {
		case t.hit == First && row.bare && i < len(t.rows)-1:
			next := t.rows[i+1].rule
			add(NeverHolds.At(next.Span, "row %s is never reached: row %s holds whenever it is asked", next.Row.Name, row.rule.Row.Name).
				Suggest("give row %s a condition under `when`, or move it to the end", row.rule.Row.Name).
				See(row.rule.Span, "this row has no condition"))
			return false
		case t.hit == Unique && row.bare && len(t.rows) > 1:
			add(BadHit.At(row.rule.Span, "row %s has no condition, and in a unique table it would hold beside every other row", row.rule.Row.Name).
				Suggest("give it one, or write `hit: first`"))
		case t.hit == AnyHit && i > 0:
			if d, ok := t.parted(t.rows[0], row); ok {
				add(d)
			}
		case t.hit == Collect:
			for _, before := range t.rows[:i] {
				if d, ok := t.merged(before, row); ok {
					add(d)
					break
				}
			}
		}
	}
	return fits
}

// parted reports that two rows of an `any` table differ in a field of the key, so that
// they would conclude two facts where both hold.
func (t *table) parted(a, b *tableRow) (source.Diagnostic, bool) {
	x, y := a.conclusion(), b.conclusion()
	if x == nil || y == nil {
		return source.Diagnostic{}, false
	}
	for _, k := range x.Fact.Key {
		if f := x.Fact.Fields[k]; !sameText(x.Fields[k], y.Fields[k]) {
			return BadHit.At(b.place(f.Name), "rows %s and %s differ in %q, which belongs to the key of %s: where both hold they conclude two facts, and in an `any` table they conclude one",
				a.rule.Row.Name, b.rule.Row.Name, f.Name, x.Fact.Name).
				See(a.place(f.Name), "the other row").
				Suggest("give %s a key without %s, such as `key: []`, or write `hit: collect`", x.Fact.Name, f.Name), true
		}
	}
	return source.Diagnostic{}, false
}

// merged reports that two rows of a `collect` table conclude a fact of the same key, so
// that they would be one or contradict each other where both hold.
func (t *table) merged(a, b *tableRow) (source.Diagnostic, bool) {
	x, y := a.conclusion(), b.conclusion()
	if x == nil || y == nil {
		return source.Diagnostic{}, false
	}
	for _, k := range x.Fact.Key {
		if !sameText(x.Fields[k], y.Fields[k]) {
			return source.Diagnostic{}, false
		}
	}
	what := "the same key of " + x.Fact.Name
	if len(x.Fact.Key) == 0 {
		what = x.Fact.Name + ", of which there is one fact"
	}
	return BadHit.At(b.rule.Span, "rows %s and %s conclude %s: collected, they would count once or contradict each other",
		a.rule.Row.Name, b.rule.Row.Name, what).
		See(a.rule.Span, "the other row").
		Suggest("give %s a field in its key that tells the rows apart, such as what each is about", x.Fact.Name), true
}

func (r *tableRow) conclusion() *Conclusion {
	if len(r.rule.Then) == 0 {
		return nil
	}
	return r.rule.Then[0]
}

// place is where the row gives a field its value.
func (r *tableRow) place(field string) facts.Span {
	if r.with != nil && r.with.Kind == doc.Map {
		if n := r.with.Get(field); n != nil {
			return n.Span
		}
	}
	return r.rule.Span
}

// sameText reports whether two expressions are written alike, so that they are equal in
// one instance. One that could not be read differs from none.
func sameText(a, b condition.Expr) bool {
	if a == nil || b == nil {
		return true
	}
	_, x := a.(*condition.Literal)
	_, y := b.(*condition.Literal)
	return x == y && a.Text() == b.Text()
}

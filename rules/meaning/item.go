package meaning

import (
	"slices"
	"strconv"
	"strings"

	"truce/facts"
	"truce/rules"
)

// item is one thing of a pack, taken apart.
type item struct {
	kind  Kind
	key   string // what it is compared by: its name, with what was renamed renamed
	name  string // what the pack calls it
	at    facts.Span
	parts []part
	// within is what else makes it the same thing under another name: the fields of a
	// type, the rows of a table.
	within []string
	// weak says that its parts say too little to know it again by them alone.
	weak bool
}

// part is one part of an item.
type part struct {
	name  string
	words bool
	lines []line
	// order says that the lines are names in an order that means something. What one
	// pack lacks is left out of the comparison: it is said where it belongs.
	order bool
}

// add adds a part that has lines.
func (it *item) add(name string, lines ...line) {
	if len(lines) > 0 {
		it.parts = append(it.parts, part{name: name, lines: lines})
	}
}

// value adds a part of one line that is compared as it is read, where it is not empty.
func (it *item) value(name, text string) {
	if text != "" {
		it.add(name, written(text, Text{Text: text}))
	}
}

// typed adds a value, which is compared without its unit: that is a part of its own.
func (it *item) typed(name string, t facts.Type, v facts.Value) {
	it.add(name, written(t.Format(v), Text{Text: t.FormatUnit(v)}))
}

// flag adds a part that is there or not.
func (it *item) flag(name string, is bool) {
	if is {
		it.value(name, "yes")
	}
}

// names adds a part with a line for each of a list of names.
func (it *item) names(name string, list []string, mark func(string) string) {
	var lines []line
	for _, s := range list {
		lines = append(lines, written(mark(s), Text{Text: s}))
	}
	it.add(name, lines...)
}

// words adds a sentence or a reason. Its layout is that of the file.
func (it *item) words(name, text string) {
	if text = strings.Join(strings.Fields(text), " "); text != "" {
		it.parts = append(it.parts, part{name: name, words: true, lines: []line{written(text, Text{Text: text})}})
	}
}

func plainly(s string) string { return s }

// lister takes a pack apart.
type lister struct {
	*names
	pack  *rules.Pack
	items []*item
}

// listed are the items of a pack, under the names that the other pack has for them.
func listed(p *rules.Pack, n *names) []*item {
	l := &lister{names: n, pack: p}
	l.whole()
	for _, t := range p.Schema.Types {
		l.factType(t)
	}
	for _, t := range p.Thresholds {
		l.threshold(t)
	}
	for _, c := range p.Constraints {
		x := linesOf(n, nil).expression(c.Cond)
		l.add(&item{kind: Constraint, key: x.mark, name: x.Text.Text, at: c.Span})
	}
	for _, a := range p.Assumptions {
		it := l.add(&item{kind: Assumption, key: l.field(a.Type, a.Field), name: a.Name(), at: a.Span})
		it.typed("value", a.Field.Type, a.Value)
		l.standing(it, a.Cites, a.Extension)
		it.words("because", a.Because)
	}
	l.rules()
	l.report()
	for _, x := range p.Extensions {
		it := l.add(&item{kind: Extension, key: l.of(Extension, x.ID), name: x.ID, at: x.Span, weak: true})
		it.words("doc", x.Doc)
	}
	for _, c := range p.Claims {
		it := l.add(&item{kind: Claim, key: l.of(Claim, c.ID), name: c.ID, at: c.Span, weak: true})
		it.names("kinds", c.Kinds, plainly)
		it.words("section", c.Section)
		it.words("says", c.Says)
	}
	for _, t := range p.Tests {
		l.test(t)
	}
	return l.items
}

func (l *lister) add(it *item) *item {
	l.items = append(l.items, it)
	return it
}

// standing adds what an item rests on.
func (l *lister) standing(it *item, cites []string, ext string) {
	it.names("cites", cites, func(id string) string {
		if l.pack.Extension(id) != nil {
			return l.mark(Extension, id)
		}
		return l.mark(Claim, id)
	})
	if ext != "" {
		it.add("extension", written(l.mark(Extension, ext), Text{Text: ext}))
	}
}

// whole is what the pack says of itself.
func (l *lister) whole() {
	p := l.pack
	it := l.add(&item{kind: PackItem, key: "", name: p.Name})
	if p.Goal.Type != nil {
		it.add("goal", written(marked(Field, l.field(p.Goal.Type, p.Goal.Field)), Text{Text: p.Goal.Type.Name + "." + p.Goal.Field.Name}))
	}
	it.words("name", p.Name)
	it.words("version", p.Version)
	it.words("doc", p.Doc)
	for _, b := range p.Goal.Labels {
		it := l.add(&item{kind: Label, key: l.of(Label, b.Name), name: b.Name})
		it.names("values", b.Values, plainly)
		it.words("doc", b.Doc)
	}
	for _, u := range p.Schema.Units {
		l.add(&item{kind: Unit, key: l.of(Unit, u), name: u, weak: true})
	}
	for _, q := range p.Schema.Qualities {
		it := l.add(&item{kind: Quality, key: l.of(Quality, q.Name), name: q.Name, at: q.Span, weak: true})
		it.value("mark", q.Mark)
		it.words("doc", q.Doc)
	}
}

func (l *lister) factType(t *facts.FactType) {
	it := l.add(&item{kind: FactType, key: l.of(FactType, t.Name), name: t.Name, at: t.Span})
	if t.Concluded {
		it.value("concluded", "yes")
		var key []line
		for _, i := range t.Key {
			key = append(key, written(l.field(t, t.Fields[i]), Text{Text: t.Fields[i].Name}))
		}
		if len(key) == 0 {
			key = []line{written("", Text{Text: "none: one fact at most"})}
		}
		it.add("key", key...)
	} else {
		it.value("count", t.Count.String())
	}
	it.flag("after the decision", t.After)
	it.flag("context", t.Context)
	it.words("doc", t.Doc)
	for _, f := range t.Fields {
		field := l.fieldItem(t, f)
		for _, p := range field.parts {
			for _, x := range p.lines {
				it.within = append(it.within, f.Name+" "+p.name+" "+x.mark)
			}
		}
	}
	it.weak = len(t.Fields) == 0
	slices.Sort(it.within)
}

func (l *lister) fieldItem(t *facts.FactType, f *facts.Field) *item {
	it := l.add(&item{kind: Field, key: l.field(t, f), name: t.Name + "." + f.Name, at: f.Span})
	l.kindOf(it, f.Type)
	if f.Type.Range != nil {
		it.typed("range", f.Type, *f.Type.Range)
	}
	it.flag("exact", f.Exact)
	if f.Plausible != nil {
		it.typed("plausible", f.Type, *f.Plausible)
	}
	it.step(f.Type, f.Step)
	if f.Cost != 0 {
		it.value("cost", facts.FormatNumber(f.Cost))
	}
	if f.Move != facts.Free {
		it.value("move", f.Move.String())
	}
	it.words("doc", f.Doc)
	it.words("window", f.Window)
	it.words("asked", f.Asked)
	if n := f.Type.Names; n != nil {
		for i, d := range n.Docs {
			it.words("doc of "+n.List[i], d)
		}
	}
	return it
}

// kindOf adds what kind of value something has: of a scale the levels in their order.
func (l *lister) kindOf(it *item, t facts.Type) {
	it.value("type", t.Kind.String())
	if t.Unit != "" {
		it.add("unit", written(l.unit(t.Unit), Text{Text: string(t.Unit)}))
	}
	switch {
	case t.Names == nil:
	case t.Kind == facts.Scale:
		it.value("levels", strings.Join(t.Names.List, " < "))
	default:
		it.names("values", t.Names.List, plainly)
	}
}

// step adds the grid of a type, with its unit; none of 0.
func (it *item) step(t facts.Type, x float64) {
	if x == 0 {
		return
	}
	unit := t.Unit
	if t.Kind == facts.Date {
		unit = facts.Day
	}
	it.typed("step", facts.Type{Kind: facts.Number, Unit: unit}, facts.NumberOf(x))
}

func (l *lister) threshold(t *rules.Threshold) {
	it := l.add(&item{kind: Threshold, key: l.of(Threshold, t.Name), name: t.Name, at: t.Span})
	l.kindOf(it, t.Type)
	if t.Table == nil {
		it.typed("value", t.Type, t.Value)
	} else {
		it.value("levels", strings.Join(t.Table.List, " < "))
		for i, v := range t.Points {
			it.typed("points of "+t.Table.List[i], t.Type, v)
		}
	}
	if t.Plausible != nil {
		it.typed("plausible", t.Type, *t.Plausible)
	}
	it.step(t.Type, t.Step)
	it.value("basis", t.Basis)
	l.standing(it, t.Cites, t.Extension)
	it.words("because", t.Because)
	it.words("doc", t.Doc)
}

func (l *lister) test(t *rules.Test) {
	it := l.add(&item{kind: Test, key: l.of(Test, t.Name), name: t.Name, at: t.Span})
	it.value("as_of", facts.FormatDate(t.Case.AsOf))
	it.add("facts", l.stated(t.Case)...)
	it.names("complete", t.Case.Complete, func(s string) string { return l.mark(FactType, s) })
	x := &t.Expect
	it.value("answer", strings.Join(x.Answer, " or "))
	none := linesOf(l.names, nil)
	for i := range x.Holds {
		it.add("holds", none.expression(x.Holds[i]))
	}
	for i := range x.CanHold {
		it.add("can hold", none.expression(x.CanHold[i]))
	}
	for i := range x.Cannot {
		it.add("cannot hold", none.expression(x.Cannot[i]))
	}
	byName := func(s string) string { return marked(Rule, l.rule(s)) }
	it.names("in the proof", x.Proof, byName)
	it.names("not in the proof", x.NotProof, byName)
	l.standing(it, t.Cites, "")
	it.words("doc", t.Doc)
}

// stated are the values of a case, a line each, with what rules make of them beside
// the value: when it became known, and its quality.
func (l *lister) stated(c *facts.Case) []line {
	var lines []line
	for _, f := range c.Facts {
		given := 0
		for i := range f.Data {
			d := &f.Data[i]
			if !d.Given {
				continue
			}
			given++
			field, from := f.Type.Fields[i], provenance(d)
			lines = append(lines, written(f.ID+" "+marked(Field, l.field(f.Type, field))+" = "+field.Type.Format(d.Value)+from,
				Text{f.Name() + "." + field.Name + " = " + field.Type.FormatUnit(d.Value) + from, d.Span}))
		}
		if given == 0 {
			lines = append(lines, written(f.ID+" "+l.mark(FactType, f.Type.Name), Text{f.Name(), f.Span}))
		}
	}
	return lines
}

func provenance(d *facts.Datum) string {
	var parts []string
	if d.Quality != "" {
		parts = append(parts, d.Quality)
	}
	if d.Period != nil {
		parts = append(parts, "of "+facts.FormatDate(d.Period.From)+" to "+facts.FormatDate(d.Period.To))
	}
	if d.KnownOn != nil {
		parts = append(parts, "known on "+facts.FormatDate(*d.KnownOn))
	}
	if d.KnownLater {
		parts = append(parts, "known later")
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// number is a count; none of 0.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/condition"
)

// YAML splits [any(A, .b)] at the comma into two items, and {x: ramp(a, b, c)}
// into three entries. What is left in each place has open brackets, and together
// with what follows it is whole again: that is how such a split is known.

// expressionItems lists the items of a list of expressions, without those that YAML
// has made of one that it split; the places of such go to report.
func (l *loader) expressionItems(n *doc.Node, what string, report func(facts.Span)) []*doc.Node {
	items := l.list(n, what)
	more := func(i int) int {
		if items[i].Comment() != "" || !open(items[i]) {
			return 0
		}
		return joins(items[i], items[i+1:])
	}
	return leftWhole(items, more, func(i, more int) facts.Span { return upTo(items[i].Span, items[i+more].Span) }, report)
}

func (l *loader) splitAtComma(at facts.Span) { l.add(l.commaSplit(at)) }

func (l *loader) commaSplit(at facts.Span) source.Diagnostic {
	l.incomplete = true
	return SplitLine.At(at, "YAML splits this expression at a comma, which stands inside [ ] or { } of its own").
		Suggest("put the whole expression in quotes, or write each on a line of its own behind a dash")
}

// lines lists the lines of a list of expressions. What is said of those that YAML has
// split is said by the function returned, once the names of the lines are bound.
func (s *ruleScope) lines(n *doc.Node, what string) (items []*doc.Node, split func()) {
	var at []facts.Span
	items = s.l.expressionItems(n, what, func(span facts.Span) { at = append(at, span) })
	return items, func() {
		for _, span := range at {
			s.l.add(s.quoted(s.l.commaSplit(span), span, condition.WantCondition()))
		}
	}
}

// leftWhole is a list without whatever has more that belongs to it, and without that;
// it reports where such stands. A list that is whole is returned as it is.
func leftWhole[T any](items []T, more func(i int) int, at func(i, more int) facts.Span, report func(facts.Span)) []T {
	var whole []T
	kept := 0 // items from here to i are whole, and not yet copied
	for i := 0; i < len(items); i++ {
		n := more(i)
		if n == 0 {
			continue
		}
		report(at(i, n))
		whole = append(whole, items[kept:i]...)
		i += n
		kept = i + 1
	}
	if kept == 0 {
		return items
	}
	return append(whole, items[kept:]...)
}

// open reports whether brackets or quotes of a plain scalar are left open.
func open(n *doc.Node) bool {
	return n.Kind == doc.Scalar && n.Style == doc.Plain && !balanced(n.Value)
}

// joins is how many of the following scalars make one that is open whole, or 0.
func joins(n *doc.Node, rest []*doc.Node) int {
	var b balance
	b.read(n.Value)
	for i, m := range rest {
		if m.Kind != doc.Scalar || m.Style != doc.Plain {
			return 0
		}
		b.read(", ")
		if b.read(m.Value); b.even() {
			return i + 1
		}
	}
	return 0
}

// splitEntries finds the entries of a map that YAML has made of an expression at
// a comma, reports them and returns the map without them.
func (s *ruleScope) splitEntries(entries []doc.Entry) []doc.Entry {
	more := func(i int) int {
		if v := entries[i].Value; v.Comment() != "" || !open(v) {
			return 0
		}
		return joins(entries[i].Value, bareKeys(entries[i+1:]))
	}
	return leftWhole(entries, more, func(i, more int) facts.Span { return upTo(entries[i].Value.Span, entries[i+more].Key.Span) }, func(at facts.Span) {
		s.l.add(s.quoted(s.l.commaSplit(at), at, condition.WantValue()))
	})
}

// bareKeys are the keys at the start of the entries that have nothing behind them.
func bareKeys(entries []doc.Entry) []*doc.Node {
	end := slices.IndexFunc(entries, func(e doc.Entry) bool { return !e.Value.Null || strings.TrimSpace(e.Value.Value) != "" })
	if end < 0 {
		end = len(entries)
	}
	var keys []*doc.Node
	for _, e := range entries[:end] {
		keys = append(keys, e.Key)
	}
	return keys
}

func upTo(from, to facts.Span) facts.Span {
	return facts.Span{File: from.File, Start: from.Start, End: to.End}
}

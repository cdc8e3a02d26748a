package rules

import (
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
)

// YAML splits [any(A, .b)] at the comma into two items, and {x: ramp(a, b, c)}
// into three entries. What is left in each place has open brackets, and together
// with what follows it is whole again: that is how such a split is known.

// expressions lists the items of a list of expressions, without those that YAML
// has made of one that it split.
func (l *loader) expressionItems(n *doc.Node, what string) []*doc.Node {
	var whole []*doc.Node
	items := l.list(n, what)
	for i := 0; i < len(items); i++ {
		if items[i].Comment != "" {
			whole = append(whole, items[i])
			continue
		}
		more := joins(items[i], items[i+1:])
		if more == 0 {
			whole = append(whole, items[i])
			continue
		}
		l.splitAtComma(upTo(items[i].Span, items[i+more].Span))
		i += more
	}
	return whole
}

func (l *loader) splitAtComma(at facts.Span) {
	l.incomplete = true
	l.add(SplitLine.At(at, "YAML splits this expression at a comma, which stands inside [ ] or { } of its own").
		Suggest("put the whole expression in quotes, or write each on a line of its own behind a dash"))
}

// joins is how many of the following scalars make an open one whole, or 0.
func joins(n *doc.Node, rest []*doc.Node) int {
	if n.Kind != doc.Scalar || n.Style != doc.Plain || balanced(n.Value) {
		return 0
	}
	text := n.Value
	for i, m := range rest {
		if m.Kind != doc.Scalar || m.Style != doc.Plain {
			return 0
		}
		if text += ", " + m.Value; balanced(text) {
			return i + 1
		}
	}
	return 0
}

// splitEntries finds the entries of a map that YAML has made of an expression at
// a comma, reports them and returns the map without them.
func (l *loader) splitEntries(entries []doc.Entry) []doc.Entry {
	var whole []doc.Entry
	for i := 0; i < len(entries); i++ {
		e := entries[i]
		more := 0
		if e.Value.Comment == "" {
			more = joins(e.Value, bareKeys(entries[i+1:]))
		}
		if more == 0 {
			whole = append(whole, e)
			continue
		}
		l.splitAtComma(upTo(e.Value.Span, entries[i+more].Key.Span))
		i += more
	}
	return whole
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

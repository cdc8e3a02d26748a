package analyse

import (
	"slices"
	"strconv"
	"strings"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// The bounds of comparing rules with each other. Pairs that lie apart in the index are
// not counted.
const (
	mostMeetings  = 2_000_000 // pairs that the index hands over, of one conclusion
	mostCompared  = 20_000    // pairs that are searched, in all
	mostPerRule   = 3         // findings about one rule, of one kind
	mostSubsumers = 16        // rules that one is held against
)

// conclusion is one conclusion of a rule that may fire.
type conclusion struct {
	rule *rules.Rule
	of   *rules.Conclusion
}

// groups sorts the conclusions of rules that may fire by type and key. Those whose key
// is computed may have any, and stand in every group of their type.
func (w *work) groups() [][]conclusion {
	var out [][]conclusion
	for _, t := range w.pack.Schema.Types {
		var names []string
		byKey, computed := map[string][]conclusion{}, []conclusion(nil)
		for _, c := range w.conclusionsOf(t) {
			key, known := literals(c.of, t.Key)
			if !known {
				computed = append(computed, c)
				continue
			}
			if byKey[key] == nil {
				names = append(names, key)
			}
			byKey[key] = append(byKey[key], c)
		}
		for _, key := range names {
			out = append(out, slices.Concat(byKey[key], computed))
		}
		if len(names) == 0 && len(computed) > 0 {
			out = append(out, computed)
		}
	}
	return out
}

// conclusionsOf are the conclusions of a type by rules that may fire.
func (w *work) conclusionsOf(t *facts.FactType) []conclusion {
	var list []conclusion
	for _, r := range w.producers[t.Index] {
		for _, c := range r.Then {
			if c.Fact == t && !w.dead(r) {
				list = append(list, conclusion{r, c})
			}
		}
	}
	return list
}

// literals are the values of some fields of a conclusion as one text; false where one
// of them is computed.
func literals(c *rules.Conclusion, fields []int) (string, bool) {
	var b strings.Builder
	for _, f := range fields {
		l, ok := c.Fields[f].(*condition.Literal)
		if !ok {
			return "", false
		}
		b.WriteString(strconv.Quote(l.Type().Format(l.Value)))
	}
	return b.String(), true
}

// rest are the fields of a type that are not of its key.
func rest(t *facts.FactType) []int {
	var list []int
	for i := range t.Fields {
		if !slices.Contains(t.Key, i) {
			list = append(list, i)
		}
	}
	return list
}

// sameTable reports whether two rules are rows of one table of which the first that
// holds is taken.
func sameTable(a, b *rules.Rule) bool {
	return a != b && a.Row != nil && b.Row != nil && a.Row.Table == b.Row.Table && a.Row.Hit == rules.First
}

// exclusive reports whether two rules are rows of one table of which one alone may hold.
func exclusive(a, b *rules.Rule) bool {
	return a != b && a.Row != nil && b.Row != nil && a.Row.Table == b.Row.Table && a.Row.Hit == rules.Unique
}

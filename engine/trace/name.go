package trace

import (
	"slices"
	"strconv"
	"strings"

	"truce/facts"
)

// Name is how a concluded fact is called everywhere: Type(key), and, where it has
// alternatives or its key is not known, with its other values behind it in brackets,
// for the key alone does not tell it apart then.
func Name(t *facts.FactType, values []facts.Value, apart bool) string {
	name := t.Name
	if len(t.Key) > 0 {
		name += "(" + formatFields(t, values, t.Key) + ")"
	}
	if !apart {
		return name
	}
	var rest []int
	for j := range t.Fields {
		if !slices.Contains(t.Key, j) {
			rest = append(rest, j)
		}
	}
	if len(rest) == 0 {
		return name
	}
	return name + "[" + formatFields(t, values, rest) + "]"
}

func formatFields(t *facts.FactType, values []facts.Value, fields []int) string {
	parts := make([]string, len(fields))
	for n, j := range fields {
		parts[n] = t.Fields[j].Type.Format(values[j])
		if values[j].Kind() == facts.Text && values[j].IsKnown() && !plain(parts[n]) {
			parts[n] = strconv.Quote(parts[n])
		}
	}
	return strings.Join(parts, ", ")
}

// plain reports whether a text can stand in a name without quotes.
func plain(s string) bool {
	return s != "" && s == strings.TrimSpace(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return strings.ContainsRune("()[],\"\\", r) || !strconv.IsPrint(r)
	})
}

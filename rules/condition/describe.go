package condition

import (
	"strings"

	"truce/facts"
)

// describe says in a few words what an operand is.
func describe(t typed) string { return describeType(t.typ()) }

func describeType(t facts.Type) string {
	switch t.Kind {
	case facts.Number, facts.Integer:
		return article(t.Kind) + inUnit(t.Unit)
	case facts.Bool:
		return "true or false"
	case facts.Enum:
		return "a symbol (" + list(names(t)) + ")"
	case facts.Scale:
		return "a level (" + list(names(t)) + ")"
	default:
		return article(t.Kind)
	}
}

// names are the symbols or levels of a type.
func names(t facts.Type) []string {
	if t.Names == nil {
		return nil
	}
	return t.Names.List
}

func article(k facts.Kind) string {
	if strings.ContainsRune("aeiou", rune(k.String()[0])) {
		return "an " + k.String()
	}
	return "a " + k.String()
}

func inUnit(u facts.Unit) string {
	if u == "" {
		return ""
	}
	return " in " + string(u)
}

// unitOf says which unit an operand has.
func unitOf(t facts.Type) string {
	if t.Unit == "" {
		return "has no unit"
	}
	return "is in " + string(t.Unit)
}

package whynot

import (
	"math"
	"strings"

	"truce/explain"
)

// String says what would do: "more than 0.8 point", "at least message", "one of a
// and b".
func (s Set) String() string { return s.print(explain.Close) }

func (s Set) print(p explain.Precision) string {
	switch {
	case s.Known:
		return "known"
	case s.Says != "":
		return s.Says
	case !ordered(s.Type.Kind):
		return s.printListed(p)
	}
	end := func(x float64) string { return p.Print(explain.Value{Type: s.Type, Value: point(s.Type.Kind, x)}) }
	var parts []string
	if s.Low == s.High {
		return end(s.Low)
	}
	if !math.IsInf(s.Low, 0) {
		parts = append(parts, word(s.LowOpen, "more than ", "at least ")+end(s.Low))
	}
	if !math.IsInf(s.High, 0) {
		parts = append(parts, word(s.HighOpen, "less than ", "at most ")+end(s.High))
	}
	if len(s.Points) > 0 {
		parts = append(parts, "other than "+s.printPoints(p, ", "))
	}
	if len(parts) == 0 {
		return "anything"
	}
	return strings.Join(parts, " and ")
}

func (s Set) printListed(p explain.Precision) string {
	switch {
	case len(s.Points) == 0:
		return "anything"
	case s.Except:
		return "other than " + s.printPoints(p, ", ")
	}
	return s.printPoints(p, " or ")
}

func (s Set) printPoints(p explain.Precision, between string) string {
	texts := make([]string, len(s.Points))
	for i, v := range s.Points {
		texts[i] = p.Print(explain.Value{Type: s.Type, Value: v})
	}
	return strings.Join(texts, between)
}

func word(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

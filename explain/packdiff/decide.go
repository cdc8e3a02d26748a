package packdiff

import (
	"slices"
	"strings"

	"truce/rules/meaning"
)

// Turning are the names of the rules and thresholds in which the packs differ so that
// some case could come out otherwise, and whether there is any such difference at all: a
// claim, a test, a unit's name or a line of the report changes no answer.
func (d *Document) Turning() (ruleNames, thresholds []string, turns bool) {
	for _, c := range d.Changes {
		if !c.decides() {
			continue
		}
		turns = true
		names := []string{c.Old.Name, c.New.Name}
		switch meaning.Kind(c.Kind) {
		case meaning.Threshold:
			thresholds = append(thresholds, names...)
		case meaning.Rule, meaning.Row:
			ruleNames = append(ruleNames, names...)
		case meaning.Table:
			// A change of what the rows share is one of each row.
			for _, p := range c.Parts {
				for _, l := range slices.Concat(p.Old, p.New) {
					ruleNames = append(ruleNames, c.Old.Name+"/"+l.Text, c.New.Name+"/"+l.Text)
				}
			}
		default:
		}
	}
	return ruleNames, thresholds, turns
}

// decides reports whether an answer or a conclusion can depend on a change.
func (c *Change) decides() bool {
	if c.What == "renamed" && len(c.Parts) == 0 {
		return false
	}
	switch meaning.Kind(c.Kind) {
	case meaning.Threshold, meaning.Rule, meaning.Row, meaning.Table, meaning.FactType, meaning.Field, meaning.Assumption, meaning.PackItem:
	default:
		return false
	}
	return slices.ContainsFunc(c.Parts, func(p Part) bool {
		switch p.Part {
		case "cites", "extension", "basis", "plausible", "step", "cost", "move":
			return false
		}
		return !p.Words && !strings.HasPrefix(p.Part, "doc")
	})
}

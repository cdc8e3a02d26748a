package packtest

import (
	"slices"

	"truce/rules"
)

// Format is the version of the JSON form of tests, coverage and mutants.
const Format = "truce.packtest/1"

// CoverageDocument is the JSON form of coverage.
type CoverageDocument struct {
	Rules      CountItem    `json:"rules"`
	Conditions CountItem    `json:"conditions"` // two outcomes each
	Report     ReportItem   `json:"report"`     // its lines, which count apart
	Themes     []ThemeItem  `json:"themes"`
	Missing    []MissedItem `json:"missing"`
}

// CountItem is how much of all is covered.
type CountItem struct {
	Covered int     `json:"covered"`
	All     int     `json:"all"`
	Percent float64 `json:"percent"`
}

// ReportItem is the coverage of the lines of the report.
type ReportItem struct {
	Lines      CountItem    `json:"lines"`
	Conditions CountItem    `json:"conditions"`
	Missing    []MissedItem `json:"missing"`
}

// ThemeItem is the coverage of the rules of one file.
type ThemeItem struct {
	Theme      string    `json:"theme"`
	Rules      CountItem `json:"rules"`
	Conditions CountItem `json:"conditions"`
}

// MissedItem is a rule that holds in no test, or an outcome that no test meets.
type MissedItem struct {
	At      string `json:"at"`
	Rule    string `json:"rule"`
	Text    string `json:"text,omitempty"`    // of the condition; of a rule "": it never holds
	Outcome string `json:"outcome,omitempty"` // true or false
}

// Document is the coverage in its JSON form.
func (c *Coverage) Document() *CoverageDocument {
	d := &CoverageDocument{Missing: missing(c.Rules), Report: ReportItem{Missing: missing(c.Lines)}}
	d.Rules, d.Conditions = counts(c.Rules)
	d.Report.Lines, d.Report.Conditions = counts(c.Lines)
	var themes []string
	of := map[string][]RuleCover{}
	for _, r := range c.Rules {
		if of[r.Rule.Theme] == nil {
			themes = append(themes, r.Rule.Theme)
		}
		of[r.Rule.Theme] = append(of[r.Rule.Theme], r)
	}
	slices.Sort(themes)
	for _, theme := range themes {
		item := ThemeItem{Theme: theme}
		item.Rules, item.Conditions = counts(of[theme])
		d.Themes = append(d.Themes, item)
	}
	return d
}

func counts(list []RuleCover) (ofRules, ofConditions CountItem) {
	a, b := Count(list)
	return a.item(), b.item()
}

func (c Covered) item() CountItem { return CountItem{c.Hit, c.All, c.Percent()} }

func missing(list []RuleCover) []MissedItem {
	items := []MissedItem{}
	for _, r := range list {
		if r.By == nil {
			items = append(items, MissedItem{At: r.Rule.Span.String(), Rule: r.Rule.Name})
		}
		for _, c := range r.Conditions {
			add := func(by *rules.Test, outcome string) {
				if by == nil {
					items = append(items, MissedItem{c.Expr.Span().String(), r.Rule.Name, c.Expr.Text(), outcome})
				}
			}
			add(c.True, "true")
			add(c.False, "false")
		}
	}
	return items
}

// MutationDocument is the JSON form of what became of mutants.
type MutationDocument struct {
	All        int            `json:"all"` // mutants that there are
	Tried      int            `json:"tried"`
	Killed     CountItem      `json:"killed"`     // of those that load and are not equivalent
	Unloadable int            `json:"unloadable"` // the pack would not load
	Equivalent int            `json:"equivalent"` // no facts tell it from the pack
	Kinds      []KindItem     `json:"kinds"`
	Survivors  []SurvivorItem `json:"survivors"`
}

// KindItem is how many mutants of a kind were killed.
type KindItem struct {
	Kind   string    `json:"kind"`
	Killed CountItem `json:"killed"`
}

// SurvivorItem is a mutant that no test notices.
type SurvivorItem struct {
	At      string    `json:"at"`
	Kind    string    `json:"kind"`
	Of      string    `json:"of"` // "rule x", "threshold y"
	Was     string    `json:"was"`
	Becomes string    `json:"becomes,omitempty"` // "": it is left out
	Nearest *TestItem `json:"nearest,omitempty"` // the test that comes to the place; none: no test does

	says string
}

// TestItem is a test and where it stands.
type TestItem struct {
	Test string `json:"test"`
	At   string `json:"at"`
}

// Document is the mutation in its JSON form.
func (m *Mutation) Document() *MutationDocument {
	d := &MutationDocument{All: m.All, Tried: len(m.Tried), Killed: m.Score().item(),
		Unloadable: m.Count(Unloadable), Equivalent: m.Count(Equivalent), Survivors: []SurvivorItem{}}
	for _, kind := range Kinds() {
		of := Mutation{Tried: slices.DeleteFunc(slices.Clone(m.Tried), func(t Tried) bool { return t.Mutant.Kind != kind })}
		if score := of.Score(); score.All > 0 {
			d.Kinds = append(d.Kinds, KindItem{kind, score.item()})
		}
	}
	for _, t := range m.Tried {
		if t.Outcome != Survived {
			continue
		}
		x := t.Mutant
		item := SurvivorItem{At: x.At.String(), Kind: x.Kind, Of: x.Of, Was: x.Was, Becomes: x.Becomes, says: x.String()}
		if t.Nearest != nil {
			item.Nearest = &TestItem{t.Nearest.Name, t.Nearest.Span.String()}
		}
		d.Survivors = append(d.Survivors, item)
	}
	return d
}

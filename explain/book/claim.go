package book

import (
	"regexp"
	"slices"
	"strings"

	"truce/explain/claims"
	"truce/rules"
)

// claims is the matrix: what encodes each claim, and what shows it.
func (b *builder) claims() {
	if len(b.in.Claims.Claims) == 0 {
		return
	}
	b.heading(2, "claims", "Claims of the source")
	block := Block{Kind: Table, Head: []Line{with("claim"), with("kind"), with("rules"), with("parameters"), with("lines"), with("tests"), with("shown")}}
	for _, c := range b.in.Claims.Claims {
		shown := with("yes")
		if !c.Shown() {
			shown = with(strong("no"))
		}
		block.Rows = append(block.Rows, Row{Cells: []Line{with(link("claim", c.Claim.ID)), with(strings.Join(c.Claim.Kinds, ", ")),
			number(len(c.Rules)), number(len(c.Thresholds) + len(c.Assumptions)), number(len(c.Lines)), number(len(c.Tests)), shown}})
	}
	b.add(block)
	for _, c := range b.in.Claims.Claims {
		b.claim(c)
	}
}

func number(n int) Line {
	if n == 0 {
		return nil
	}
	return with(plain("%d", n))
}

func (b *builder) claim(c *claims.Claim) {
	b.heading(3, anchor("claim", c.Claim.ID), "Claim ", code(c.Claim.ID))
	b.para(c.Claim.Says, " ", aside("%s; %s; %s", strings.Join(c.Claim.Kinds, ", "), c.Claim.Section, c.Claim.Span))
	items := []Line{
		headed("Rules: ", "rule", names(c.Rules, ruleName)),
		headed("Thresholds: ", "threshold", names(c.Thresholds, func(t *rules.Threshold) string { return t.Name })),
		headed("Assumptions: ", "assumption", names(c.Assumptions, (*rules.Assumption).Name)),
		headed("Lines of the report: ", "rule", names(c.Lines, ruleName)),
		headed("Tests: ", "test", names(c.Tests, func(t *rules.Test) string { return t.Name })),
	}
	for _, s := range c.Shows() {
		items = append(items, b.shows(s))
	}
	b.list(items...)
}

// run is a test or a case that a sentence names.
var run = regexp.MustCompile(`\b(test|case) ([A-Za-z0-9][A-Za-z0-9_.-]*)`)

// shows is a line on what shows a claim, in which a test or a case leads to its place.
func (b *builder) shows(text string) Line {
	m := run.FindStringSubmatchIndex(text)
	if m == nil {
		return with(text)
	}
	kind, name := text[m[2]:m[3]], text[m[4]:m[5]]
	if !slices.ContainsFunc(b.in.Runs, func(r *Run) bool { return r.Name == name && r.Test == (kind == "test") }) {
		return with(text)
	}
	return with(text[:m[4]], link(kind, name), text[m[5]:])
}

func headed(head, kind string, list []string) Line {
	if len(list) == 0 {
		return nil
	}
	return with(head, named(kind, list), ".")
}

func ruleName(r *rules.Rule) string { return r.Name }

func names[T any](list []T, name func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = name(x)
	}
	return out
}

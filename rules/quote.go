package rules

import (
	"regexp"
	"slices"
	"strings"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/condition"
)

// quoted is a finding about an expression that YAML has split or cut, with quotes
// around all of it as its fix where the expression is right with them: then nothing
// else can have been meant.
func (s *ruleScope) quoted(d source.Diagnostic, at facts.Span, want condition.Want) source.Diagnostic {
	text := s.l.fileText(at.File)
	raw := strings.TrimSpace(at.Text(text))
	formula, isFormula := strings.CutPrefix(raw, "=")
	if isFormula {
		raw, want = formula, condition.WantValue()
	}
	if !s.reads(raw, want) {
		return d
	}
	return d.Fixed("put it in quotes", doc.Quoted(at.File, text, at)...)
}

// firstOfKinds is the first of the findings about kinds and units of expressions; those
// before it are about how they are written and about names.
const firstOfKinds = "E4"

// reads reports whether a text is an expression whose names are known. What its kinds
// and units are does not matter, nor what has a fix of its own.
func (s *ruleScope) reads(text string, want condition.Want) bool {
	if s.unread || s.mentionsBroken(text) {
		return false
	}
	_, ds := condition.ParseAs(condition.Source{Text: text}, s.scope, want)
	return !slices.ContainsFunc(ds, func(d source.Diagnostic) bool {
		return d.Severity == source.Error && d.Fix == nil && d.Code < firstOfKinds
	})
}

func (l *loader) fileText(name string) string {
	for _, f := range l.pack.Files {
		if f.Name == name {
			return f.Text
		}
	}
	return ""
}

// dashLine is a line that was most likely meant as an entry of a list.
var dashLine = regexp.MustCompile(`^[\s\x{00a0}\x{202f}\x{3000}]*-\s*[A-Za-z(.]`)

// parseLine reads the expression of a whole line. Where it is wrong and goes on with a
// line that starts with a dash, that is what is wrong with it.
func (s *ruleScope) parseLine(n *doc.Node, want condition.Want) (condition.Expr, bool) {
	before := len(s.l.ds)
	e, ok := s.parse(whole(n), want)
	if ok || n.Style != doc.Plain || n.Span.Start.Line == n.Span.End.Line {
		return e, ok
	}
	text := s.l.fileText(n.Span.File)
	for i, line := range strings.Split(n.Span.Text(text), "\n") {
		if i == 0 || !dashLine.MatchString(line) {
			continue
		}
		first := len([]rune(line)) - len([]rune(strings.TrimLeft(line, " \t\u00a0\u202f\u3000")))
		at := facts.Span{File: n.Span.File, Start: source.Pos{Line: n.Span.Start.Line + i, Col: first + 1},
			End: source.Pos{Line: n.Span.Start.Line + i, Col: len([]rune(strings.TrimRight(line, "\r"))) + 1}}
		s.l.ds = append(s.l.ds[:before], SplitLine.At(at, "YAML reads this line as a part of the one above").
			Suggest("start its dash in the column of the dash above, with a space behind it").See(n.Span, "the line above starts here"))
		break
	}
	return nil, false
}

// respelt is a finding about a key that is none of those which belong there, with a
// fix where one letter makes it one of them, no other is near, and that one is not
// there yet. Keys are words of the language, so a misspelt one means nothing else;
// names are the pack's own, and only its author knows which of them was meant.
func respelt(d source.Diagnostic, key, record *doc.Node, keys []string) source.Diagnostic {
	meant := source.Misspelt(key.Value, keys)
	if meant == "" || record.Get(meant) != nil || key.Refused {
		return d
	}
	return d.Fixed("write "+meant, key.Ruler().Rewrite(0, len([]rune(key.Value)), meant)...)
}

// undashed is a finding about something else where a list should be. Where a dash stands
// at the start of each of its lines, with no space behind it, that is all that is wrong.
func (l *loader) undashed(d source.Diagnostic, n *doc.Node) source.Diagnostic {
	var starts []source.Pos
	for _, e := range n.Entries {
		starts = append(starts, e.Key.Span.Start)
	}
	if n.Kind == doc.Scalar && n.Style == doc.Plain {
		for line := n.Span.Start.Line; line <= n.Span.End.Line; line++ {
			starts = append(starts, source.Pos{Line: line, Col: n.Span.Start.Col})
		}
	}
	text := l.fileText(n.Span.File)
	var edits []source.Edit
	for _, at := range starts {
		behind := source.Pos{Line: at.Line, Col: at.Col + 1}
		dash := facts.Span{File: n.Span.File, Start: at, End: source.Pos{Line: at.Line, Col: at.Col + 2}}.Text(text)
		if at.Col != n.Span.Start.Col || len(dash) < 2 || dash[0] != '-' || strings.ContainsAny(dash[1:], " -0123456789") {
			return d
		}
		edits = append(edits, source.Insert(n.Span.File, behind, " "))
	}
	if len(edits) == 0 {
		return d
	}
	const does = "write a space after each dash"
	return d.Suggest(does).Fixed(does, edits...)
}

// symbolBehindEquals reports a symbol or a level that is written as if it were a
// formula.
func (s *ruleScope) symbolBehindEquals(n *doc.Node, t facts.Type) bool {
	name := strings.TrimSpace(strings.TrimSpace(n.Value)[1:])
	if t.Names.Index(name) < 0 || s.isBound(name) {
		return false
	}
	s.l.incomplete = true
	s.l.add(NotFormula.At(n.Span, "%s is one of the values of the field, and = starts a formula", name).Suggest("write %s", name).
		Fixed("leave the = out", source.Replace(n.Span, name)))
	return true
}

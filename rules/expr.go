package rules

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/condition"
)

// stretch is the text of an expression inside a scalar, from a rune of it on.
type stretch struct {
	ruler *doc.Ruler
	from  int
	text  string
}

// whole is all of a scalar but the blanks around it.
func whole(n *doc.Node) stretch { return trimmed(n.Ruler(), 0, n.Value) }

// trimmed is a part of a scalar that starts at a rune of it, without the blanks
// around it.
func trimmed(r *doc.Ruler, from int, part string) stretch {
	text := strings.TrimLeftFunc(part, unicode.IsSpace)
	from += utf8.RuneCountInString(part[:len(part)-len(text)])
	return stretch{r, from, strings.TrimRightFunc(text, unicode.IsSpace)}
}

func (x stretch) source() condition.Source {
	return condition.Source{Text: x.text, SpanOf: func(from, to int) facts.Span {
		return x.ruler.SpanOf(x.from+from, x.from+to)
	}, Rewrite: func(from, to int, text string) []source.Edit {
		return x.ruler.Rewrite(x.from+from, x.from+to, text)
	}}
}

func (x stretch) span() facts.Span {
	return x.ruler.SpanOf(x.from, x.from+utf8.RuneCountInString(x.text))
}

// conditionLine reads a line that must be true or false.
func (s *ruleScope) conditionLine(n *doc.Node) (condition.Expr, bool) {
	if !s.readable(n, "a line of `when`", condition.WantCondition()) {
		return nil, false
	}
	return s.parseLine(n, condition.WantCondition())
}

// valueLine reads what a name is bound to.
func (s *ruleScope) valueLine(n *doc.Node) (condition.Expr, bool) {
	if !s.readable(n, "the expression", condition.WantValue()) {
		return nil, false
	}
	return s.parseLine(n, condition.WantValue())
}

// formula reads "=expression" for a field.
func (s *ruleScope) formula(n *doc.Node, t facts.Type) (condition.Expr, bool) {
	x, ok := s.behindEquals(n)
	if !ok {
		return nil, false
	}
	return s.parse(x, condition.WantFormula(t))
}

// behindEquals is what stands behind the sign that starts a formula.
func (s *ruleScope) behindEquals(n *doc.Node) (stretch, bool) {
	if cut(n) {
		s.cutLine(n, condition.WantValue())
		return stretch{}, false
	}
	before, behind, _ := strings.Cut(n.Value, "=")
	return trimmed(n.Ruler(), utf8.RuneCountInString(before)+1, behind), true
}

// readable reports whether there is an expression, whole.
func (s *ruleScope) readable(n *doc.Node, what string, want condition.Want) bool {
	switch {
	case n.Refused:
		s.l.incomplete = true
	case n.Kind != doc.Scalar:
		s.l.add(SplitLine.At(n.Span, "YAML reads %s as %s", what, kindOf(n)).Suggest("put it in quotes"))
	case cut(n):
		s.cutLine(n, want)
	case n.Null || strings.TrimSpace(n.Value) == "":
		s.l.add(EmptyLine.At(n.Span, "%s is empty", what))
	default:
		return true
	}
	return false
}

func (s *ruleScope) cutLine(n *doc.Node, want condition.Want) {
	d := CutLine.At(n.CommentSpan(), "YAML takes the rest of this line for a comment: %s", n.Comment())
	if strings.HasPrefix(n.Comment(), "#.") {
		d = d.Suggest("write .field instead of #.field")
	} else {
		d = d.Suggest("put the whole line in quotes; inside a quantifier write .field, not #")
	}
	s.l.add(s.quoted(d, upTo(n.Span, n.CommentSpan()), want))
}

// dangling ends what cannot be the end of an expression.
var dangling = regexp.MustCompile(`(^|[-+*/%<>=,?:(\[&|!.]|\b(and|or|not|in|contains|matches|startsWith|endsWith))$`)

// cut reports whether a comment has cut a plain line in two: what is left of it
// is no whole expression.
func cut(n *doc.Node) bool {
	if n.Comment() == "" || n.Style != doc.Plain {
		return false
	}
	text := strings.TrimSpace(n.Value)
	return dangling.MatchString(text) || !balanced(text)
}

// balanced reports whether quotes and brackets are closed.
func balanced(text string) bool {
	var b balance
	b.read(text)
	return b.even()
}

// balance is what quotes and brackets a text has left open.
type balance struct {
	depth int
	quote rune
}

func (b *balance) read(text string) {
	for _, c := range text {
		switch {
		case b.quote != 0:
			if c == b.quote {
				b.quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			b.quote = c
		case c == '(' || c == '[' || c == '{':
			b.depth++
		case c == ')' || c == ']' || c == '}':
			b.depth--
		}
	}
}

func (b *balance) even() bool { return b.depth <= 0 && b.quote == 0 }

// parse hands a stretch to the language of conditions.
func (s *ruleScope) parse(x stretch, want condition.Want) (condition.Expr, bool) {
	return s.parseSource(x.source(), want)
}

func (s *ruleScope) parseSource(src condition.Source, want condition.Want) (condition.Expr, bool) {
	if s.unread || s.mentionsBroken(src.Text) {
		s.l.incomplete = true
		return nil, false
	}
	e, ds := condition.ParseAs(src, s.scope, want)
	s.l.ds = append(s.l.ds, s.unsaid(ds)...)
	if ds.HasErrors() || e == nil {
		s.l.incomplete = true
		return nil, false
	}
	if !s.test {
		s.l.reads = append(s.l.reads, reading{who: s.who, ext: s.ext, e: e})
	}
	return e, true
}

// unsaid leaves out what would say again of a name that nothing binds it.
func (s *ruleScope) unsaid(ds source.Diagnostics) source.Diagnostics {
	if s.said == nil {
		return ds
	}
	return slices.DeleteFunc(slices.Clone(ds), func(d source.Diagnostic) bool {
		again := d.Hint == s.scope.Unbound && s.said[d.Message]
		s.said[d.Message] = true
		return again
	})
}

var identifier = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)

// mentionsBroken reports whether the text names what was declared with an error,
// which then has been reported.
func (s *ruleScope) mentionsBroken(text string) bool {
	if len(s.broken) == 0 && len(s.l.broken) == 0 {
		return false
	}
	for _, at := range identifier.FindAllStringIndex(text, -1) {
		name, before := text[at[0]:at[1]], text[:at[0]]
		dotted := strings.HasSuffix(before, ".")
		switch {
		case dotted && (s.l.broken["."+name] || strings.HasSuffix(before, "threshold.") && s.l.broken["threshold."+name]):
			return true
		case !dotted && (s.broken[name] || s.l.broken[name]):
			return true
		}
	}
	return false
}

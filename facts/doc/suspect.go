package doc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"truce/facts/source"
)

// Advice that several findings give.
const (
	quoteLine = "if it is an expression, put the whole line in quotes"
	writeOut  = "write the value out"
)

// refuse reports tags, anchors and aliases. They are told by the first rune of
// the node, since the library drops some tags; a list or map that starts where
// its first member does has none of its own.
func (c *converter) refuse(y *yaml.Node, from place) bool {
	if len(y.Content) > 0 && y.Content[0].Line == y.Line && y.Content[0].Column == y.Column {
		return false
	}
	d, ok := property(c.name, c.text, from)
	if ok {
		c.findings.add(d)
	}
	return ok
}

// property is the finding about a tag, an anchor or an alias at p. Right after a
// dash it is most likely the start of an expression.
func property(name, text string, p place) (source.Diagnostic, bool) {
	if p.atEnd(text) || strings.IndexByte("!&*", text[p.offset]) < 0 {
		return source.Diagnostic{}, false
	}
	line := p.lineFrom(text)
	end := p.steps(text, runesIn(firstWord(line)))
	at := span(name, p.Pos, end.Pos)
	listed := strings.HasSuffix(strings.TrimRight(p.lineBefore(text), " \t"), "-")
	also, quote := "", "put the text in quotes"
	if listed {
		also, quote = "; "+quoteLine, quoteLine
	}
	switch {
	case strings.HasPrefix(line, "!!"):
		return Tag.At(at, "tags are not used here").Suggest("leave %s out: the field says what type its value has", firstWord(line)), true
	case strings.HasPrefix(line, "!"):
		d := Tag.At(at, "what starts with ! is a tag to YAML").Suggest("%s", quote)
		if negates(line) {
			d.Hint = "write: not " + strings.TrimLeft(line[1:], " ")
			if listed {
				sign := p.steps(text, len(line)-len(strings.TrimLeft(line[1:], " ")))
				d = d.Fixed("write not", source.Replace(span(name, p.Pos, sign.Pos), "not "))
			}
		}
		return d, true
	case strings.HasPrefix(line, "&"):
		return Anchor.At(at, "what starts with & is an anchor to YAML").Suggest("%s wherever it is used%s", writeOut, also), true
	case strings.HasPrefix(line, "*"):
		return Alias.At(at, "what starts with * is an alias to YAML").Suggest("%s%s", writeOut, also), true
	}
	return source.Diagnostic{}, false
}

// negates reports whether the ! at the start of a line is meant as "not": what
// follows is a bracket or a name, and no value after the name, as after a tag.
func negates(line string) bool {
	rest := strings.TrimLeft(line[1:], " ")
	operand := strings.TrimLeftFunc(rest, func(c rune) bool {
		return unicode.IsLetter(c) || unicode.IsDigit(c) || c == '.' || c == '_'
	})
	if len(operand) == len(rest) {
		return strings.HasPrefix(rest, "(")
	}
	after := strings.TrimLeft(operand, " ")
	return after == operand || !strings.ContainsAny(after[:min(1, len(after))], "[{\"'|>&*0123456789")
}

func firstWord(line string) string {
	if i := strings.IndexAny(line, " \t"); i >= 0 {
		return line[:i]
	}
	return line
}

// suspect reports scalars that are well formed, and yet hardly meant so.
func (c *converter) suspect(n *Node) {
	switch n.Style {
	case Plain:
		if smartQuoted(n.Value) {
			c.findings.add(smartQuotes(n.Span).Fixed("write straight quotes", straight(c.text, n.Span)...))
		}
	case Literal, Folded:
		if n.Value == "" {
			c.findings.add(emptyBlock(n.Span, c.text[n.offset:n.offset+1]))
		}
	}
}

func smartQuotes(at source.Span) source.Diagnostic {
	return SmartQuotes.At(at, "curly quotes are part of the text").Suggest(`write straight quotes: "..." or '...'`)
}

// straight are the edits that make the curly quotes around a stretch of a line
// straight ones.
func straight(text string, at source.Span) []source.Edit {
	raw := at.Text(text)
	if at.Start.Line != at.End.Line || !smartQuoted(raw) || strings.ContainsAny(raw, `"\`) {
		return nil
	}
	open, end := at, at
	open.End.Col, end.Start.Col = at.Start.Col+1, at.End.Col-1
	return []source.Edit{{Span: open, Text: `"`}, {Span: end, Text: `"`}}
}

func emptyBlock(at source.Span, sign string) source.Diagnostic {
	return BlockHeader.At(at, "%s at the start of a value announces a text on the lines below, and there is none", sign).
		Suggest(`%s; an empty text is ""`, quoteLine)
}

// smartQuoted reports whether one pair of curly quotes holds the whole text;
// a text that starts with one quotation and ends with another is left alone.
func smartQuoted(s string) bool {
	first, a := utf8.DecodeRuneInString(s)
	last, b := utf8.DecodeLastRuneInString(s)
	if a+b > len(s) || len(s) < 2 {
		return false
	}
	within := s[a : len(s)-b]
	switch {
	case strings.ContainsRune("“”„", first) && strings.ContainsRune("“”", last):
		return !strings.ContainsAny(within, "“”„")
	case strings.ContainsRune("‘’‚", first) && strings.ContainsRune("‘’", last):
		return !strings.ContainsAny(within, "‘‚")
	}
	return false
}

// splitQuote reports an entry that was a line with a colon between quotes: the
// key opens a quote and the value closes it.
func (c *converter) splitQuote(n, key, value *Node) {
	if key.Kind != Scalar || value.Kind != Scalar || key.Style != Plain || value.Style != Plain {
		return
	}
	for _, quote := range []string{`"`, `'`} {
		if strings.Count(key.Value, quote)%2 == 1 && strings.Count(value.Value, quote)%2 == 1 && opensQuote(key.Value, quote) {
			at := c.span(key.start(), c.at)
			d := splitQuote(at, quote)
			if cap(n.Entries) == 1 { // the whole map is that line
				d = d.Fixed("put it in quotes", Quoted(c.name, c.text, at)...)
				n.Refused = true
			}
			c.findings.add(d)
			return
		}
	}
}

func splitQuote(at source.Span, quote string) source.Diagnostic {
	other := "single"
	if quote == `'` {
		other = "double"
	}
	return SplitQuote.At(at, "YAML splits this line at the colon, though it stands between quotes").
		Suggest("put the whole line in %s quotes", other)
}

// opensQuote reports whether the last quote of a text can open a quotation: no
// letter or digit stands before it, as before an apostrophe.
func opensQuote(s, quote string) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:strings.LastIndex(s, quote)])
	return !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

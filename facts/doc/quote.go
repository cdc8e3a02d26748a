package doc

import (
	"regexp"
	"strings"

	"truce/facts/source"
)

// Quoted are the edits that put a stretch of a line in quotes, so that YAML reads it
// as one text, as it stands. There are none where it goes over several lines.
func Quoted(file, text string, at source.Span) []source.Edit {
	raw := at.Text(text)
	if raw == "" || at.Start.Line != at.End.Line {
		return nil
	}
	quote := quoteFor(raw)
	edits := []source.Edit{source.Insert(file, at.Start, quote)}
	if quote == `'` {
		p := at.Start
		for _, c := range raw {
			if c == '\'' {
				edits = append(edits, source.Insert(file, p, `'`))
			}
			p.Col++
		}
	}
	return append(edits, source.Insert(file, at.End, quote))
}

// quoteFor is the kind of quote that leaves most of a text as it is.
func quoteFor(raw string) string {
	if strings.Contains(raw, `'`) && !strings.ContainsAny(raw, `"\`) {
		return `"`
	}
	return `'`
}

// inQuotes is a text in quotes of YAML.
func inQuotes(text string) string {
	quote := quoteFor(text)
	if quote == `'` {
		text = strings.ReplaceAll(text, `'`, `''`)
	}
	return quote + text + quote
}

// Rewrite are the edits of the file that put a text in the place of runes from up to
// to of a scalar's Value, in whatever quotes it stands. There are none where that
// cannot be done on one line, and none for cells, which are a spreadsheet's to write.
func (r *Ruler) Rewrite(from, to int, text string) []source.Edit {
	n, at := r.node, r.SpanOf(from, to)
	if n == nil || n.file == nil || n.Kind != Scalar || n.Style == Cell || n.Refused || at.Start.Line != at.End.Line || strings.ContainsAny(text, "\r\n") {
		return nil
	}
	switch n.Style {
	case SingleQuoted:
		text = strings.ReplaceAll(text, `'`, `''`)
	case DoubleQuoted:
		text = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)
	case Plain:
		if from > 0 && !strings.ContainsAny(text, ",[]{}:#") || plainStart(text) {
			break
		}
		if n.Span.Start.Line != n.Span.End.Line {
			return nil
		}
		runes := []rune(n.Value)
		return []source.Edit{source.Replace(n.Span, inQuotes(string(runes[:from])+text+string(runes[to:])))}
	}
	return []source.Edit{source.Replace(at, text)}
}

// plainStart reports whether a plain scalar may start with a text as it is.
func plainStart(text string) bool { return plainForm.MatchString(text) }

var plainForm = regexp.MustCompile(`^-?[A-Za-z0-9._][A-Za-z0-9._-]*$`)

package doc

import (
	"regexp"
	"strings"

	"truce/facts/source"
)

// explain turns a syntax error of the library into a finding at its place. What
// people get wrong most is told from the line itself.
func explain(name, text string, err error, lim Limits) source.Diagnostic {
	line, message := splitMessage(err.Error())
	p, found := locate(text, message)
	if !found {
		p = start().seek(text, source.Pos{Line: max(line, 1), Col: 1})
	}
	if strings.HasPrefix(message, "exceeded max depth") {
		return tooDeep(span(name, p.Pos, p.Pos), lim)
	}
	s := syntaxError{name: name, text: text, message: message, at: p, exact: found}
	s.lineStart = placeAt(text, p.offset-len(p.lineBefore(text)))
	s.line = s.lineStart.lineFrom(text)
	for _, cause := range []func() (source.Diagnostic, bool){s.tab, s.blank, s.dashSpace, s.expression, s.header, s.openQuote, s.quote,
		s.smartQuote, s.cut, s.dash, s.column, s.colon, s.flow, s.behind} {
		if d, ok := cause(); ok {
			return d
		}
	}
	return s.plain()
}

// syntaxError is one error and the line that it stands on.
type syntaxError struct {
	name, text string
	message    string // the library's
	at         place
	exact      bool // at is the place of the fault, not just its line
	line       string
	lineStart  place
}

// part is the span of a stretch of the line, in bytes.
func (s *syntaxError) part(from, to int) source.Span {
	a := s.lineStart.steps(s.text, runesIn(s.line[:from]))
	return span(s.name, a.Pos, a.steps(s.text, runesIn(s.line[from:to])).Pos)
}

// here is the span of the rune at fault; of the line where only that is known.
func (s *syntaxError) here() source.Span {
	if !s.exact {
		return s.part(0, len(s.line))
	}
	end := s.at.toLineEnd(s.text)
	if s.at.offset == end.offset {
		return span(s.name, s.at.Pos, s.at.Pos)
	}
	return span(s.name, s.at.Pos, s.at.step(s.text).Pos)
}

func (s *syntaxError) tab() (source.Diagnostic, bool) {
	indentation := len(s.line) - len(strings.TrimLeft(s.line, " \t"))
	i := strings.IndexByte(s.line[:indentation], '\t')
	at := s.here()
	switch {
	case i >= 0:
		at = s.part(i, indentation)
	case !s.at.atEnd(s.text) && s.text[s.at.offset] == '\t' && s.line == "": // a line of blanks
	default:
		return source.Diagnostic{}, false
	}
	d := Tab.At(at, "there is a tab in the indentation").Suggest("use spaces")
	return s.mended(d, "write spaces", s.tabs()), true
}

// valueStart matches what stands before a value: dashes and at most one key.
var valueStart = regexp.MustCompile(`^\s*(?:-\s+)*(?:[\w .-]+:\s+)?`)

// value is the byte of the line at which its value starts.
func (s *syntaxError) value() int { return len(valueStart.FindString(s.line)) }

// expression finds a value that starts like a tag, an anchor or an alias.
func (s *syntaxError) expression() (source.Diagnostic, bool) {
	return property(s.name, s.text, s.lineStart.steps(s.text, runesIn(s.line[:s.value()])))
}

// header finds a comparison that starts like a block.
func (s *syntaxError) header() (source.Diagnostic, bool) {
	v := s.value()
	if !strings.HasPrefix(s.line[v:], ">") && !strings.HasPrefix(s.line[v:], "|") {
		return source.Diagnostic{}, false
	}
	return BlockHeader.At(s.part(v, len(s.line)), "%s at the start of a value announces a text on the lines below", s.line[v:v+1]).
		Suggest("%s", quoteLine), true
}

// quote finds a colon between quotes that do not start the value.
func (s *syntaxError) quote() (source.Diagnostic, bool) {
	for _, quote := range []string{`"`, `'`} {
		for i := 0; ; {
			colon := strings.Index(s.line[i:], ": ")
			if colon < 0 {
				break
			}
			i += colon
			before := s.line[s.dashes():max(i, s.dashes())]
			if strings.Count(before, quote)%2 == 1 && !strings.HasPrefix(before, quote) && opensQuote(before, quote) &&
				strings.Contains(s.line[i:], quote) {
				from := s.dashes() + len(keyStart.FindString(before))
				at := s.part(from, len(s.line))
				d := splitQuote(at, quote)
				if from > s.dashes() {
					d.Hint = strings.Replace(d.Hint, "the whole line", "what is behind the first colon", 1)
				}
				return s.quoted(d, at), true
			}
			i++
		}
	}
	return source.Diagnostic{}, false
}

// dashes is the byte of the line after its indentation and dashes.
func (s *syntaxError) dashes() int { return len(dashStart.FindString(s.line)) }

// keyStart matches a key at the start of a line with what parts it from its value.
var keyStart = regexp.MustCompile(`^[\w-]+:\s+`)

var dashStart = regexp.MustCompile(`^\s*(?:-\s+)*`)

// colon finds a second colon on a line.
func (s *syntaxError) colon() (source.Diagnostic, bool) {
	if s.message != "mapping values are not allowed in this context" {
		return source.Diagnostic{}, false
	}
	d := ColonInText.At(s.here(), "a colon with a space after it cannot stand here")
	if strings.Count(s.line, ": ")+strings.Count(s.line+"\n", ":\n") > 1 {
		from := s.dashes() + len(keyStart.FindString(s.line[s.dashes():]))
		d = d.Suggest("put the text that holds the colon in quotes: %s", inQuotes(s.line[from:]))
		if choice.MatchString(s.line[from:]) {
			d = s.quoted(d, s.part(from, len(s.line)))
		}
		return d, true
	}
	return d.Suggest("indent the line like the one it belongs with, or put the text that holds the colon in quotes"), true
}

// choice matches an expression of the form c ? x : y, whose colon no key has.
var choice = regexp.MustCompile(`^[^:]*\s\?\s[^:]*\s:\s[^:]*$`)

func (s *syntaxError) smartQuote() (source.Diagnostic, bool) {
	v := s.value()
	for _, quote := range []string{"“", "”", "„", "‘", "’"} {
		if strings.HasPrefix(s.line[v:], quote) {
			return s.straight(smartQuotes(s.part(v, len(s.line))), s.part(v, len(s.line))), true
		}
	}
	return source.Diagnostic{}, false
}

// behind finds text after the quote or bracket that ends a value.
func (s *syntaxError) behind() (source.Diagnostic, bool) {
	v := s.value()
	if !s.exact || v == len(s.line) || s.at.offset <= s.lineStart.offset+v || !strings.HasPrefix(s.message, "did not find expected") {
		return source.Diagnostic{}, false
	}
	d := Syntax.At(s.here(), "the value ends before this")
	switch s.line[v] {
	case '"':
		return d.Suggest("put the whole value in single quotes"), true
	case '\'':
		return d.Suggest("put the whole value in double quotes; an apostrophe between single quotes is written ''"), true
	case '[', '{':
		return d.Suggest("put the whole value in quotes"), true
	}
	return source.Diagnostic{}, false
}

// wording is how a message of the library, told by a part of it, is said here.
type wording struct{ says, means, advice string }

func wordings() []wording {
	return []wording{
		{"did not find expected ',' or ']'", "a list in [ ] is not closed, or a comma is missing in it", "check brackets, commas and quotes; put an item that holds a bracket, a comma or a question mark in quotes"},
		{"did not find expected ',' or '}'", "a map in { } is not closed, or a comma is missing in it", "check braces, commas and quotes; put a value that holds a bracket, a comma or a question mark in quotes"},
		{"did not find expected '-' indicator", "this does not go on with the list above it", "start the line with a dash, or indent it differently"},
		{"did not find expected key", "this does not go on with the entries above it", "check the indentation"},
		{"could not find expected ':'", "a key and a colon are expected here", "write `key: value`, or indent the line as part of the text above"},
		{"found unexpected end of stream", "a quote is opened and never closed", "close it, or write '' for an apostrophe between single quotes"},
		{"found unknown escape character", "this escape is not known", `write \\ for a backslash, or use single quotes`},
		{"hexdecimal number", "an escape is not finished", `write \\ for a backslash, or use single quotes`},
		{"found character that cannot start any token", "a value cannot start with this character", "put the value in quotes"},
		{"block sequence entries are not allowed", "a list cannot start here", "put the first dash on a line of its own below the key, or put the text in quotes"},
		{"did not find expected <document start>", "this does not belong to what stands above it", "check the indentation"},
		{"did not find expected node content", "a value is missing here", "check brackets and commas; put a value that holds a bracket or a comma in quotes"},
		{"found incompatible YAML document", "this version of YAML is not known", "leave the line out"},
		{"found unexpected document indicator", "a quote is still open where a new document starts", "close it"},
	}

}

func (s *syntaxError) plain() source.Diagnostic {
	if colonWithoutSpace.MatchString(s.line) {
		return Syntax.At(s.here(), "a space is missing").Suggest("write a space after the colon")
	}
	means, advice := s.message, ""
	for _, w := range wordings() {
		if strings.Contains(s.message, w.says) {
			means, advice = w.means, w.advice
			break
		}
	}
	d := Syntax.At(s.here(), "%s", means)
	if advice != "" {
		d = d.Suggest("%s", advice)
	}
	return d
}

var colonWithoutSpace = regexp.MustCompile(`^\s*(?:-\s+)*[A-Za-z_][\w-]*:[^\s:/]`)

package doc

import (
	"encoding/json"
	"strings"
	"unicode/utf16"

	"truce/facts/source"
)

// readJSON reads the one value of a JSON text, strictly: no comments, no commas
// too many, nothing behind it. A number stays as it is written.
func readJSON(name, text string, lim Limits, f *findings) *Node {
	r := jsonReader{file: &file{name, text}, name: name, text: text, lim: lim, findings: f, at: start()}
	r.space()
	if r.at.atEnd(text) {
		f.add(Empty.At(source.Span{File: name}, "the file is empty"))
		return nil
	}
	root := r.value(1)
	if root == nil {
		return nil
	}
	r.space()
	if !r.at.atEnd(text) {
		r.fail("there is more after the end of the value", "a file holds one value: remove what follows it")
		return nil
	}
	return root
}

// jsonReader reads forward and stops at the first syntax error or limit: what
// reads a value then returns nil.
type jsonReader struct {
	file     *file
	name     string
	text     string
	lim      Limits
	findings *findings
	at       place
	nodes    int
}

func (r *jsonReader) peek() byte {
	if r.at.atEnd(r.text) {
		return 0
	}
	return r.text[r.at.offset]
}

func (r *jsonReader) step() { r.at = r.at.step(r.text) }

func (r *jsonReader) space() {
	for !r.at.atEnd(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at.offset]) >= 0 {
		r.step()
	}
}

func (r *jsonReader) span(from place) source.Span { return span(r.name, from.Pos, r.at.Pos) }

// fail reports a syntax error at the rune at hand.
func (r *jsonReader) fail(message, hint string) {
	d := Syntax.At(span(r.name, r.at.Pos, r.at.step(r.text).Pos), "%s", message)
	d.Hint = hint
	r.findings.add(d)
}

// open starts a node at the place at hand, if the limits allow one more.
func (r *jsonReader) open(kind Kind, depth int) (*Node, bool) {
	n := &Node{Kind: kind, Span: r.span(r.at), file: r.file, offset: r.at.offset, indent: -1}
	r.nodes++
	switch {
	case depth > r.lim.Depth:
		r.findings.add(tooDeep(n.Span, r.lim))
		return nil, false
	case r.nodes > r.lim.Nodes:
		r.findings.add(tooManyNodes(n.Span, r.lim))
		return nil, false
	}
	return n, true
}

func (r *jsonReader) value(depth int) *Node {
	switch c := r.peek(); {
	case c == '{':
		return r.object(depth)
	case c == '[':
		return r.array(depth)
	case c == '"':
		return r.quoted(depth)
	case isWord(c):
		return r.word(depth)
	}
	r.unexpected("a value")
	return nil
}

// unexpected reports what is at hand where something else should be.
func (r *jsonReader) unexpected(wanted string) {
	rest := r.text[r.at.offset:]
	switch {
	case rest == "":
		r.fail("the file ends where "+wanted+" is expected", "")
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") || rest[0] == '#':
		r.fail("JSON has no comments", "remove it, or write the file in YAML")
	case rest[0] == '\'':
		r.fail("JSON writes texts in double quotes", `write "..."`)
	case strings.HasPrefix(rest, "“") || strings.HasPrefix(rest, "”"):
		r.findings.add(smartQuotes(span(r.name, r.at.Pos, r.at.step(r.text).Pos)))
	case wanted != "a comma" && (rest[0] == '}' || rest[0] == ']' || rest[0] == ','):
		r.fail(wanted+" is expected here", "remove the comma before it, if there is one")
	default:
		r.fail(wanted+" is expected here", "")
	}
}

// members reads what stands between a bracket and its partner: each member, and
// commas between them.
func (r *jsonReader) members(n *Node, closing byte, member func() bool) *Node {
	r.step()
	r.space()
	for r.peek() != closing {
		if !member() {
			return nil
		}
		r.space()
		if r.peek() == closing {
			break
		}
		if r.peek() != ',' {
			r.unexpected("a comma")
			return nil
		}
		r.step()
		r.space()
		if r.peek() == closing {
			r.fail("there is a comma before the closing bracket", "remove it")
			return nil
		}
	}
	r.step()
	n.Span.End, n.end = r.at.Pos, r.at.offset
	return n
}

func (r *jsonReader) array(depth int) *Node {
	n, ok := r.open(List, depth)
	if !ok {
		return nil
	}
	return r.members(n, ']', func() bool {
		item := r.value(depth + 1)
		n.Items = append(n.Items, item)
		return item != nil
	})
}

func (r *jsonReader) object(depth int) *Node {
	n, ok := r.open(Map, depth)
	if !ok {
		return nil
	}
	first := map[string]*Node{}
	return r.members(n, '}', func() bool {
		if r.peek() != '"' {
			r.unexpected("a key in double quotes")
			return false
		}
		key := r.quoted(depth + 1)
		if key == nil {
			return false
		}
		if before, again := first[key.Value]; again {
			r.findings.add(duplicate(key, before))
		} else {
			first[key.Value] = key
		}
		r.space()
		if r.peek() != ':' {
			r.unexpected("a colon")
			return false
		}
		r.step()
		r.space()
		value := r.value(depth + 1)
		n.Entries = append(n.Entries, Entry{key, value})
		return value != nil
	})
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '+' || c == '.' || c == '_'
}

// word reads a number, true, false or null.
func (r *jsonReader) word(depth int) *Node {
	n, ok := r.open(Scalar, depth)
	if !ok {
		return nil
	}
	from := r.at
	for isWord(r.peek()) {
		r.step()
	}
	n.Value = r.text[from.offset:r.at.offset]
	n.Span, n.end = r.span(from), r.at.offset
	n.Null = n.Value == "null"
	if !json.Valid([]byte(n.Value)) {
		r.findings.add(Syntax.At(n.Span, "%s is no number, true, false or null", n.Value).
			Suggest("a text goes in double quotes; a number has no leading zero or plus, and digits on both sides of its point"))
		return nil
	}
	return n
}

// quoted reads a text in double quotes.
func (r *jsonReader) quoted(depth int) *Node {
	n, ok := r.open(Scalar, depth)
	if !ok {
		return nil
	}
	n.Style = DoubleQuoted
	from := r.at
	var b strings.Builder
	r.step()
	for {
		switch c := r.peek(); {
		case r.at.atEnd(r.text) || c == '\n' || c == '\r':
			r.findings.add(Syntax.At(r.span(from), "a quote is opened and not closed on its line").
				Suggest(`close it; a line break in a text is written \n`))
			return nil
		case c == '\t':
			r.fail("a tab stands in a text", `write \t`)
			return nil
		case c == '"':
			r.step()
			n.Value, n.Span, n.end = b.String(), r.span(from), r.at.offset
			return n
		case c == '\\':
			if !r.escape(&b) {
				return nil
			}
		default:
			before := r.at.offset
			r.step()
			b.WriteString(r.text[before:r.at.offset])
		}
	}
}

// escape reads one escape; two of them where they make up one rune.
func (r *jsonReader) escape(b *strings.Builder) bool {
	rest := r.text[r.at.offset+1:]
	if !strings.HasPrefix(rest, "u") {
		if rest == "" || strings.IndexByte(`"\/bfnrt`, rest[0]) < 0 {
			r.fail("this escape is not known to JSON", `write \\ for a backslash`)
			return false
		}
		c, _ := shortEscape(rest[0])
		b.WriteRune(c)
		r.at = r.at.steps(r.text, 2)
		return true
	}
	c, ok := hex(rest[1:], 4)
	if !ok {
		r.fail("four hexadecimal digits are expected after \\u", `write \\ for a backslash`)
		return false
	}
	length := 6
	if utf16.IsSurrogate(c) {
		low, ok := rune(0), strings.HasPrefix(rest[5:], `\u`)
		if ok {
			low, ok = hex(rest[7:], 4)
		}
		if c = utf16.DecodeRune(c, low); !ok || c == '\ufffd' {
			r.fail("half a surrogate pair stands alone", "write the character itself, or both halves")
			return false
		}
		length = 12
	}
	b.WriteRune(c)
	r.at = r.at.steps(r.text, length)
	return true
}

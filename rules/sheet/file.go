package sheet

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules/grid"
)

// file is a file of the pack that is being changed.
type file struct {
	name  string
	text  string
	root  *doc.Node // of YAML; nil for a sheet
	lines []int     // where each line begins
	edits []edit
}

// edit puts a text in place of the bytes from one to just before another.
type edit struct {
	from, to int
	text     string
	why      cause
}

// cause is the cell that asks for an edit.
type cause struct {
	node     *doc.Node
	composed *grid.Composed // where the text is that of a condition
	value    string         // what is written, without quotes
}

func newFile(name, text string) *file {
	f := &file{name: name, text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// offset is the byte at a place.
func (f *file) offset(p source.Pos) int {
	at := f.lines[min(max(p.Line, 1), len(f.lines))-1]
	for range p.Col - 1 {
		_, n := utf8.DecodeRuneInString(f.text[at:])
		at += n
	}
	return at
}

func (f *file) start(n *doc.Node) int { return f.offset(n.Span.Start) }

// end is just past a node, without the line end that a block scalar has of its own.
func (f *file) end(n *doc.Node) int {
	at := f.offset(n.Span.End)
	if n.Style == doc.Literal || n.Style == doc.Folded {
		at = len(strings.TrimRight(f.text[:at], " \r\n"))
	}
	return at
}

// lineStart is where the line of a byte begins, lineEnd where it ends, before its break.
func (f *file) lineStart(at int) int { return strings.LastIndexByte(f.text[:at], '\n') + 1 }

func (f *file) lineEnd(at int) int {
	if i := strings.IndexByte(f.text[at:], '\n'); i >= 0 {
		return len(strings.TrimSuffix(f.text[:at+i], "\r"))
	}
	return len(f.text)
}

// newline is how the file ends its lines.
func (f *file) newline() string {
	if strings.Contains(f.text, "\r\n") {
		return "\r\n"
	}
	return "\n"
}

func (f *file) put(from, to int, text string, why cause) {
	f.edits = append(f.edits, edit{from, to, text, why})
}

func (f *file) flow(n *doc.Node) bool {
	at := f.start(n)
	return at < len(f.text) && (f.text[at] == '{' || f.text[at] == '[')
}

// replace puts another value in place of a node.
func (f *file) replace(n *doc.Node, inFlow bool, why cause) {
	f.put(f.start(n), f.end(n), scalar(why.value, n.Style, inFlow), why)
}

// set gives a key of a map a value: in place of what is there, or behind all else.
func (f *file) set(m *doc.Node, key string, why cause) {
	inFlow := f.flow(m)
	if n := m.Get(key); n != nil && !n.Null {
		f.replace(n, inFlow, why)
		return
	}
	f.add(m, key, scalar(why.value, doc.Plain, inFlow), why)
}

// add gives a map a further key with a text of YAML, or one that stands there with
// nothing behind it its text.
func (f *file) add(m *doc.Node, key, text string, why cause) {
	for _, e := range m.Entries {
		if e.Key.Value == key {
			colon := f.end(e.Key) + strings.IndexByte(f.text[f.end(e.Key):], ':') + 1
			f.put(colon, max(colon, f.end(e.Value)), " "+text, why)
			return
		}
	}
	last := m.Entries[len(m.Entries)-1]
	end := max(f.end(last.Value), f.end(last.Key))
	if f.flow(m) {
		f.put(end, end, ", "+key+": "+text, why)
		return
	}
	end = f.lineEnd(end)
	indent := strings.Repeat(" ", m.Entries[0].Key.Span.Start.Col-1)
	f.put(end, end, f.newline()+indent+key+": "+text, why)
}

// drop takes a key out of a map, with its value.
func (f *file) drop(m *doc.Node, key string, why cause) {
	i := slices.IndexFunc(m.Entries, func(e doc.Entry) bool { return e.Key.Value == key })
	if i < 0 {
		return
	}
	var parts [][2]int
	for _, e := range m.Entries {
		parts = append(parts, [2]int{f.start(e.Key), max(f.end(e.Key), f.end(e.Value))})
	}
	f.cutOut(parts, i, f.flow(m), why)
}

// cutOut takes one of the parts of a map or a list out: with its line where it has one,
// behind what stands before it.
func (f *file) cutOut(parts [][2]int, i int, flow bool, why cause) {
	from, to := parts[i][0], parts[i][1]
	line := f.lineStart(from)
	before := strings.TrimSpace(f.text[line:from])
	switch {
	case !flow && line > 0 && (before == "" || before == "-" && i > 0):
		from, to = len(strings.TrimSuffix(f.text[:line-1], "\r")), f.lineEnd(to)
	case i < len(parts)-1:
		to = parts[i+1][0]
	case i > 0:
		from = parts[i-1][1]
	}
	f.put(from, to, "", why)
}

// apply is the text with all edits made. The new places are those of the edits in it.
func (f *file) apply() (text string, places [][2]int) {
	slices.SortStableFunc(f.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	at := 0
	for _, e := range f.edits {
		from := max(e.from, at)
		b.WriteString(f.text[at:from])
		start := b.Len()
		b.WriteString(e.text)
		places = append(places, [2]int{start, b.Len()})
		at = max(e.to, from)
	}
	b.WriteString(f.text[at:])
	return b.String(), places
}

// cell is where a place of the changed text comes from: a place of a cell of a sheet;
// false where it comes from none.
func (f *file) cell(changed *file, places [][2]int, span facts.Span) (facts.Span, bool) {
	from, to := changed.offset(span.Start), changed.offset(span.End)
	for i, p := range places {
		e := f.edits[i]
		if from < p[0] || from >= p[1] || e.why.node == nil {
			continue
		}
		n := e.why.node
		written := strings.Index(e.text, e.why.value)
		if written < 0 || e.why.value == "" || from < p[0]+written || to > p[0]+written+len(e.why.value) {
			return n.Span, true
		}
		start := utf8.RuneCountInString(changed.text[p[0]+written : from])
		end := start + utf8.RuneCountInString(changed.text[from:to])
		if e.why.composed != nil {
			inCell, a, b := e.why.composed.Origin(start, end)
			if !inCell {
				return n.Span, true
			}
			start, end = a, b
		}
		return n.SpanOf(start, end), true
	}
	return facts.Span{}, false
}

// scalar is a text as a scalar of YAML, in the style that it had where that can hold it.
func scalar(text string, style doc.Style, inFlow bool) string {
	single := !strings.ContainsAny(text, "\n\t")
	switch {
	case style == doc.SingleQuoted && single:
	case style == doc.DoubleQuoted || !single:
		return double(text)
	case plain(text, inFlow):
		return text
	case !strings.ContainsAny(text, `"\`):
		return double(text)
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

func double(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(text) + `"`
}

// plain reports whether a text can stand in YAML as it is.
func plain(text string, inFlow bool) bool {
	switch {
	case text == "" || text != strings.TrimSpace(text), text == "~" || strings.EqualFold(text, "null"):
		return false
	case strings.ContainsAny(text[:1], "-?:,[]{}#&*!|>'\"%@`") && !isNumber(text):
		return false
	case strings.Contains(text, ": ") || strings.Contains(text, " #") || strings.HasSuffix(text, ":"):
		return false
	}
	return !inFlow || !strings.ContainsAny(text, ",[]{}?:")
}

func isNumber(text string) bool {
	_, bad := facts.Type{Kind: facts.Number}.ParseText(text)
	return bad == nil
}

package doc

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts/source"
)

// pen writes a file and remembers where each visible rune of the scalar under
// test went, and how much of the file it took.
type pen struct {
	text    strings.Builder
	pos     source.Pos
	newline string
	runes   []rune
	spans   []source.Span
}

func newPen(newline string) *pen { return &pen{pos: source.Pos{Line: 1, Col: 1}, newline: newline} }

// write puts down text with "\n" for whatever line end the file has.
func (p *pen) write(s string) {
	for _, c := range s {
		if c == '\n' {
			p.text.WriteString(p.newline)
			p.pos = source.Pos{Line: p.pos.Line + 1, Col: 1}
			continue
		}
		p.text.WriteRune(c)
		p.pos.Col++
	}
}

// rune puts down a rune of the value in the form it takes in the file.
func (p *pen) rune(c rune, form string) {
	from := p.pos
	p.write(form)
	p.runes = append(p.runes, c)
	p.spans = append(p.spans, span("x", from, p.pos))
}

// visible runes, several bytes long at times, none of which means anything to
// YAML where the generators put it.
var visible = rapid.SampledFrom([]rune("abcXYZ019.()/=<+é€日😀ژ"))

// words draws lines of words; the styles differ in how they write them.
func words(t *rapid.T, least int) []string {
	return rapid.SliceOfN(rapid.StringOfN(visible, 1, 6, -1), least, 5).Draw(t, "words")
}

// gap is what stands between two words of a scalar that folds: blanks, or line
// ends with an indentation.
func gap(t *rapid.T, indent string, folds bool) string {
	if !folds || rapid.Bool().Draw(t, "same line") {
		return rapid.SampledFrom([]string{" ", "  "}).Draw(t, "blanks")
	}
	breaks := rapid.IntRange(1, 3).Draw(t, "breaks")
	trailing := rapid.SampledFrom([]string{"", " "}).Draw(t, "trailing")
	return trailing + strings.Repeat("\n", breaks) + indent + rapid.SampledFrom([]string{"", "  "}).Draw(t, "more")
}

func writePlain(t *rapid.T, p *pen, indent string) {
	for i, w := range words(t, 1) {
		if i > 0 {
			p.write(gap(t, indent, true))
		}
		for _, c := range w {
			p.rune(c, string(c))
		}
	}
}

func writeSingle(t *rapid.T, p *pen, indent string) {
	p.write("'")
	for i, w := range words(t, 0) {
		if i > 0 {
			p.write(gap(t, indent, true))
		}
		for _, c := range w {
			if rapid.IntRange(0, 4).Draw(t, "apostrophe") == 0 {
				p.rune('\'', "''")
			}
			p.rune(c, string(c))
		}
	}
	p.write("'")
}

// writeDouble escapes runes at random. In JSON, lines are not folded and what is
// beyond four digits is a surrogate pair.
func writeDouble(t *rapid.T, p *pen, indent string, json bool) {
	p.write(`"`)
	for i, w := range words(t, 0) {
		if i > 0 {
			p.write(gap(t, indent, !json))
		}
		for _, c := range w {
			switch rapid.IntRange(0, 6).Draw(t, "escape") {
			case 0:
				p.rune('\\', `\\`)
			case 1:
				p.rune('"', `\"`)
			case 2:
				p.rune('é', `\u00e9`)
			case 3:
				p.rune('€', `\u20AC`)
			case 4:
				if json {
					p.rune('😀', `\uD83D\ude00`)
				} else {
					p.rune('😀', `\U0001F600`)
				}
			case 5:
				if !json {
					p.write("\\\n" + indent)
				}
			}
			p.rune(c, string(c))
		}
	}
	p.write(`"`)
}

// writeBlock writes a literal or folded scalar with empty lines, lines that are
// indented further, and every kind of header.
func writeBlock(t *rapid.T, p *pen, sign, indent string, parent int) {
	inner := indent + rapid.SampledFrom([]string{"", " ", "   "}).Draw(t, "inner")
	header := sign
	chomp := rapid.SampledFrom([]string{"", "-", "+"}).Draw(t, "chomp")
	explicit := rapid.Bool().Draw(t, "explicit")
	if explicit {
		header += fmt.Sprint(len(inner) - max(parent, 0))
	}
	p.write(header + chomp + rapid.SampledFrom([]string{"", " ", " # note: x"}).Draw(t, "comment") + "\n")
	for i, w := range words(t, 1) {
		p.write(strings.Repeat("\n", rapid.IntRange(0, 2).Draw(t, "empty lines")))
		p.write(inner)
		if explicit || i > 0 {
			p.write(rapid.SampledFrom([]string{"", "", " ", "\t"}).Draw(t, "further"))
		}
		for _, c := range w {
			p.rune(c, string(c))
		}
		p.write(rapid.SampledFrom([]string{"", " "}).Draw(t, "trailing") + "\n")
	}
}

// surroundings of the scalar: what stands before it, its indentation if it runs
// over lines, the column of the block around it, what stands behind it, and how
// to find it in the tree.
type surroundings struct {
	before, indent string
	parent         int
	after          string
	find           func(*Node) *Node
	flow           bool
}

func places() []surroundings {
	return []surroundings{
		{before: "--- ", indent: " ", parent: -1, find: func(n *Node) *Node { return n }},
		{before: "é: ", indent: " ", parent: 0, after: "\nz: 1\n", find: func(n *Node) *Node { return n.Get("é") }},
		{before: "# c\n- 日: [x]\n- - a: b\n    'é': ", indent: "     ", parent: 4, after: "\n    c: d\n",
			find: func(n *Node) *Node { return n.Items[1].Items[0].Get("é") }},
		{before: "a:\n- ", indent: "  ", parent: 0, after: "\n- b\n", find: func(n *Node) *Node { return n.Get("a").Items[0] }},
		{before: "a: [é, {b: ", indent: " ", parent: 0, after: " }, c]\n", flow: true,
			find: func(n *Node) *Node { return n.Get("a").Items[1].Get("b") }},
	}
}

// Every visible rune of a value is where the file has it.
func TestSpanOfYAML(t *testing.T) {
	for style := Plain; style <= Folded; style++ {
		t.Run(fmt.Sprint(style), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				s := rapid.SampledFrom(places()).Draw(t, "place")
				p := newPen(rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "newline"))
				p.write(s.before)
				if s.flow && style >= Literal {
					t.Skip("no blocks inside brackets")
				}
				switch style {
				case Plain:
					writePlain(t, p, s.indent)
				case SingleQuoted:
					writeSingle(t, p, s.indent)
				case DoubleQuoted:
					writeDouble(t, p, s.indent, false)
				case Literal:
					writeBlock(t, p, "|", s.indent, s.parent)
				case Folded:
					writeBlock(t, p, ">", s.indent, s.parent)
				}
				p.write(s.after)
				checkSpans(t, p, "x", style, s.find)
			})
		})
	}
}

func TestSpanOfJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPen(rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "newline"))
		p.write("{\"é\": [1, true],\n\t\"b\" : ")
		writeDouble(t, p, "", true)
		p.write("\n}\n")
		checkSpans(t, p, "x.json", DoubleQuoted, func(n *Node) *Node { return n.Get("b") })
	})
}

func checkSpans(t *rapid.T, p *pen, name string, style Style, find func(*Node) *Node) {
	root, ds := Read(name, []byte(p.text.String()), Limits{})
	require.NoError(t, ds.Err(), "%q", p.text.String())
	n := find(root)
	require.NotNil(t, n, "%q", p.text.String())
	require.Equal(t, style, n.Style, "%q", p.text.String())
	var seen []int
	value := []rune(n.Value)
	for i, c := range value {
		if !unicode.IsSpace(c) {
			seen = append(seen, i)
		}
	}
	require.Len(t, seen, len(p.runes), "%q", n.Value)
	for k, i := range seen {
		want := p.spans[k]
		want.File = name
		require.Equal(t, p.runes[k], value[i])
		require.Equal(t, want, n.SpanOf(i, i+1), "rune %d of %q in %q", i, n.Value, p.text.String())
		require.Equal(t, want.Start, n.SpanOf(i, i).Start)
	}
	if len(seen) > 1 {
		first, last := seen[0], seen[len(seen)-1]
		whole := n.SpanOf(first, last+1)
		require.Equal(t, p.spans[0].Start, whole.Start)
		require.Equal(t, p.spans[len(seen)-1].End, whole.End)
	}
	// Blanks that stand in the file as they are have their own place too.
	lines := strings.Split(p.text.String(), "\n")
	for i, c := range value {
		if s := n.SpanOf(i, i+1); unicode.IsSpace(c) && s.Start != s.End {
			require.Equal(t, c, []rune(lines[s.Start.Line-1])[s.Start.Col-1])
		}
	}
}

func TestSpanOfExamples(t *testing.T) {
	for _, c := range []struct {
		text     string
		from, to int
		want     string
	}{
		{"- w.wind_gust >= 35 kg\n", 15, 20, "1:18-1:23"},
		{"- 'e.name == ''x'''\n", 10, 11, "1:14-1:16"},
		{"- \"a\\tb\"\n", 1, 2, "1:5-1:7"},
		{"- \"a\\nb\"\n", 2, 3, "1:7-1:8"},
		{"- >\n  a > 1\n  and b\n", 6, 9, "3:3-3:6"},
		{"- >\n  a > 1\n  and b\n", 5, 6, "2:8-2:8"},
		{"- a\n  b\n", 1, 3, "1:4-2:4"},
		{"- \"a\\\n   b\"\n", 1, 2, "2:4-2:5"},
		{"- abc\n", 3, 3, "1:6-1:6"},
		{"- abc\n", -5, 1, "1:3-1:4"},
		{"- abc\n", 2, 99, "1:5-1:6"},
		{"- abc\n", 7, 3, "1:6-1:6"},
		{"- ''\n", 0, 0, "1:3-1:5"},
		{"- \n", 0, 0, "1:2-1:2"},
	} {
		root, ds := Read("x", []byte(c.text), Limits{})
		require.Empty(t, ds)
		s := root.Items[0].SpanOf(c.from, c.to)
		require.Equal(t, c.want, fmt.Sprintf("%d:%d-%d:%d", s.Start.Line, s.Start.Col, s.End.Line, s.End.Col), "%q", c.text)
	}
}

// A scalar whose text is not what the value says is spoken of as a whole.
func TestSpanOfFallsBack(t *testing.T) {
	root, ds := Read("x", []byte("- abc\n"), Limits{})
	require.Empty(t, ds)
	n := *root.Items[0]
	n.Value = "abd"
	require.Equal(t, n.Span, n.SpanOf(0, 1))
	made := Node{Value: "abc", Span: n.Span}
	require.Equal(t, n.Span, made.SpanOf(0, 1))
}

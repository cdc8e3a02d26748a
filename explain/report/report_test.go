package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/explain"
	"truce/explain/report"
	"truce/facts"
	"truce/rules"
)

var update = flag.Bool("update", false, "write the goldens anew")

const (
	sea     = "../testdata/sea"
	shipped = "../../rules/iran"
)

func load(t *testing.T, dir string) *rules.Pack {
	t.Helper()
	p, ds := rules.LoadDir(dir, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

func run(p *rules.Pack, c *facts.Case) (*trace.Trace, error) {
	s := engine.Compile(p).NewSession(engine.Options{Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if err := s.Run(context.Background()); err != nil {
		return nil, err
	}
	return s.Trace()
}

func at(t *testing.T, p *rules.Pack, file string) *trace.Trace {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	c, ds := facts.ReadCase(filepath.Base(file), text, p.Schema, facts.ReadOptions{Labels: p.Labels()})
	require.NoError(t, ds.Err())
	tr, err := run(p, c)
	require.NoError(t, err)
	return tr
}

func text(t require.TestingT, a *report.Assessment, f report.Form) string {
	var b bytes.Buffer
	require.NoError(t, a.Text(&b, f))
	return b.String()
}

func proofText(t require.TestingT, p *explain.Proof, f report.ProofForm) string {
	var b bytes.Buffer
	require.NoError(t, report.ProofText(&b, p, f))
	return b.String()
}

// golden compares a text with a file, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestGoldens(t *testing.T) {
	p := load(t, sea)
	for _, name := range []string{"storm", "haze", "fair"} {
		tr := at(t, p, "../testdata/"+name+".yaml")
		a := report.Assess(tr)
		golden(t, name+".short", text(t, a, report.Form{}))
		golden(t, name+".full", text(t, a, report.Form{Full: true, Style: report.Style{Width: 80}}))
		var doc bytes.Buffer
		require.NoError(t, a.JSON(&doc))
		golden(t, name+".json", doc.String())
		proof := explain.OfAnswer(tr, explain.Options{Alternatives: name == "storm"})
		golden(t, name+".why", proofText(t, proof, report.ProofForm{Style: report.Style{Width: 100}}))
		golden(t, name+".mmd", mermaid(t, proof, report.MermaidForm{}))
	}
}

func TestProofJSON(t *testing.T) {
	var doc bytes.Buffer
	proof := explain.OfAnswer(at(t, load(t, sea), "../testdata/storm.yaml"), explain.Options{})
	require.NoError(t, report.ProofJSON(&doc, proof))
	golden(t, "storm.why.json", doc.String())
}

func TestDepth(t *testing.T) {
	tr := at(t, load(t, sea), "../testdata/storm.yaml")
	proof := explain.OfAnswer(tr, explain.Options{})
	require.NotContains(t, proofText(t, proof, report.ProofForm{Depth: 1}), "by rule total")
	two := proofText(t, proof, report.ProofForm{Depth: 2})
	require.Contains(t, two, "by rule total")
	require.NotContains(t, two, "by rule wind")
	require.Contains(t, two, "(its proof is deeper)")
	require.NotContains(t, two, "wave_points", "only thresholds of what is shown are listed")
}

var sequence = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Colour adds its own sequences and nothing else; text of cases and packs brings
// none along.
func TestColour(t *testing.T) {
	p := load(t, sea)
	for _, name := range []string{"storm", "haze", "fair"} {
		tr := at(t, p, "../testdata/"+name+".yaml")
		a := report.Assess(tr)
		for _, full := range []bool{false, true} {
			plain := text(t, a, report.Form{Full: full, Style: report.Style{Width: 60}})
			colour := text(t, a, report.Form{Full: full, Style: report.Style{Width: 60, Color: true}})
			require.NotContains(t, plain, "\x1b")
			require.NotEqual(t, plain, colour)
			require.Equal(t, plain, sequence.ReplaceAllString(colour, ""))
			require.NotContains(t, plain, "\u202e")
			require.NotContains(t, plain, "\a")
		}
		proof := explain.OfAnswer(tr, explain.Options{})
		plain := proofText(t, proof, report.ProofForm{})
		require.NotContains(t, plain, "\x1b")
		require.Equal(t, plain, sequence.ReplaceAllString(proofText(t, proof, report.ProofForm{Style: report.Style{Color: true}}), ""))
	}
	fair := text(t, report.Assess(at(t, p, "../testdata/fair.yaml")), report.Form{})
	require.Contains(t, fair, `Did the boat leave? \x1b[31m\u202edetlit\a`)
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                "plain",
		"two\nlines\tand\r":    "two lines and ",
		"\x1b[2J":              `\x1b[2J`,
		"\u202eabc\u2066":      `\u202eabc\u2066`,
		"می\u200cخواهم":        "می\u200cخواهم",
		"bad \xff byte":        `bad \xff byte`,
		"a\u00a0b \u2028 \x00": `a b \u2028 \x00`,
		"zero \ufeffwidth":     `zero \ufeffwidth`,
		"quote ' and \\ stay":  `quote ' and \ stay`,
	} {
		require.Equal(t, want, report.Printable(in))
	}
}

// Whatever a text holds, nothing of it steers a terminal.
func TestPrintableIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := report.Printable(rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()),
			func(b []byte) string { return string(b) })).Draw(t, "text"))
		require.True(t, utf8.ValidString(s))
		for _, r := range s {
			require.False(t, r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069, "%q", s)
		}
		require.Equal(t, s, report.Printable(s))
	})
}

var (
	marked    = regexp.MustCompile(`^  \[(reported|computed|coded|judgement|assumed)\] +\S`)
	continued = regexp.MustCompile(`^ {14} *\S`)
	leftOut   = regexp.MustCompile(`^[1-9][0-9]* more with --full\.$`)
)

// wellFormed checks that every line that says something of the case has a mark:
// what has none is the answer, the heading, a section's title, the names of
// columns, what goes on from the line above, the pack's name and the disclaimer.
func wellFormed(t require.TestingT, a *report.Assessment, out string) {
	titles := map[string]bool{}
	for _, s := range a.Sections {
		titles[s.Title] = true
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	for n, line := range lines {
		title, _, _ := strings.Cut(line, " (")
		title, _, _ = strings.Cut(title, " {")
		switch {
		case n < 2, marked.MatchString(line), continued.MatchString(line), titles[line], titles[title]:
		case line == a.Disclaimer, strings.HasPrefix(line, "Rules: "), leftOut.MatchString(line):
		default:
			require.Fail(t, "a line without a mark", "%q", line)
		}
	}
}

func TestEveryLineHasAMark(t *testing.T) {
	p := load(t, sea)
	for _, name := range []string{"storm", "haze", "fair"} {
		a := report.Assess(at(t, p, "../testdata/"+name+".yaml"))
		wellFormed(t, a, text(t, a, report.Form{}))
		wellFormed(t, a, text(t, a, report.Form{Full: true}))
	}
}

// The shipped pack over the shipped cases: short means short, no line without a
// mark, the words of likelihood stay out, wrapping loses nothing.
func TestShippedCases(t *testing.T) {
	p := load(t, shipped)
	files, err := filepath.Glob("../../testdata/cases/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	likelihood := regexp.MustCompile(`(?i)\b(likely|unlikely|probabl[ey]|certain|certainly|chance)\b`)
	for _, file := range files {
		a := report.Assess(at(t, p, file))
		short, full := text(t, a, report.Form{}), text(t, a, report.Form{Full: true})
		wellFormed(t, a, short)
		wellFormed(t, a, full)
		for _, width := range []int{0, 80, 100, 120} {
			fitted := text(t, a, report.Form{Style: report.Style{Width: width}})
			require.LessOrEqual(t, strings.Count(fitted, "\n"), 1+report.ShortLines, "%s at %d", file, width)
			require.Contains(t, fitted, "Confidence is ", "%s at %d", file, width)
		}
		first, _, _ := strings.Cut(short, "\n")
		require.Equal(t, a.Answer.Sentence, first, "without a width the answer is one line")
		require.Contains(t, short, a.Answer.Sentence)
		require.True(t, strings.HasSuffix(short, p.Report.Disclaimer+"\n"))
		require.NotRegexp(t, likelihood, a.Answer.Sentence)
		require.NotRegexp(t, likelihood, a.Confidence.Text)
		prose := *a // tables are set anew where they do not fit
		prose.Sections = slices.DeleteFunc(slices.Clone(a.Sections), func(s report.Section) bool { return s.Matrix != nil })
		narrow := text(t, &prose, report.Form{Full: true, Style: report.Style{Width: 60}})
		require.Equal(t, strings.Fields(text(t, &prose, report.Form{Full: true})), strings.Fields(narrow), file)
		for _, line := range strings.Split(narrow, "\n") {
			require.LessOrEqual(t, utf8.RuneCountInString(line), 60)
		}
		require.True(t, json.Valid(asJSON(t, a)))
	}
}

func asJSON(t require.TestingT, a *report.Assessment) []byte {
	var b bytes.Buffer
	require.NoError(t, a.JSON(&b))
	return b.Bytes()
}

// The short form lists as unknown only what an open answer waits for; the full form
// has the rest too, and says that it was looked at.
func TestUnknownsThatMatter(t *testing.T) {
	p := load(t, shipped)
	const looked, none = "Looked at, and it ", "Nothing that is unknown would change it."
	settled := report.Assess(at(t, p, "../../testdata/cases/2013-jpoa.yaml"))
	require.True(t, settled.Answer.Settled)
	short, full := text(t, settled, report.Form{}), text(t, settled, report.Form{Full: true})
	require.Contains(t, short, none)
	require.NotContains(t, short, looked)
	require.Contains(t, full, none)
	require.Contains(t, full, looked+"does not change the answer: Economy.oil_exports is known only as")
	open := report.Assess(at(t, p, "../../testdata/cases/1981-hostages-and-assets.yaml"))
	require.False(t, open.Answer.Settled)
	short = text(t, open, report.Form{})
	require.Contains(t, short, "and that leaves the answer open")
	require.NotContains(t, short, none)
	require.NotContains(t, short, looked)
}

// While the answer is open, one thing is not both a reason for it and one against it.
func TestReasonsOfAnOpenAnswer(t *testing.T) {
	a := report.Assess(at(t, load(t, shipped), "../../testdata/cases/1981-hostages-and-assets.yaml"))
	require.False(t, a.Answer.Settled)
	seen := map[string]string{}
	for _, s := range a.Sections {
		if s.Kind != rules.Reasons.String() {
			continue
		}
		require.True(t, len(s.Lines) > 0 || strings.Contains(s.Empty, "one of the open answers"), s.Name)
		for _, l := range s.Lines {
			if facts := strings.Join(l.Facts, " "); l.Status == trace.Possible.String() && facts != "" {
				require.Empty(t, seen[facts], l.Text)
				seen[facts] = l.Text
			}
		}
	}
	require.NotEmpty(t, seen)
}

// A line that need not hold says so, and no other does.
func TestPossibleLines(t *testing.T) {
	p := load(t, shipped)
	for _, name := range []string{"2006-natanz", "2013-jpoa"} {
		for _, s := range report.Assess(at(t, p, "../../testdata/cases/"+name+".yaml")).Sections {
			for _, l := range s.Lines {
				require.Equal(t, l.Status == trace.Possible.String(), strings.HasPrefix(l.Text, "It is possible that "), l.Text)
			}
		}
	}
}

// Over generated packs and cases nothing fails, and the same run gives the same
// bytes.
func TestGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: true})
		p, ds := rules.Load(g.Files(g.InOrder()), rules.Options{})
		require.NoError(t, ds.Err())
		tr, err := run(p, enginetest.Case(t, p.Schema))
		if err != nil {
			return // a limit, a conflict of keys: there is nothing to report
		}
		a := report.Assess(tr)
		require.Equal(t, asJSON(t, a), asJSON(t, report.Assess(tr)))
		require.True(t, json.Valid(asJSON(t, a)))
		wellFormed(t, a, text(t, a, report.Form{Full: true}))
		proof := explain.OfAnswer(tr, explain.Options{Alternatives: true})
		form := report.ProofForm{Style: report.Style{Width: rapid.IntRange(0, 120).Draw(t, "width")}}
		require.Equal(t, proofText(t, proof, form), proofText(t, explain.OfAnswer(tr, explain.Options{Alternatives: true}), form))
	})
}

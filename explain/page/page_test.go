package page_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain"
	"truce/explain/page"
	"truce/explain/report"
	"truce/explain/search"
	"truce/explain/whynot"
	"truce/facts"
	"truce/rules"
)

var update = flag.Bool("update", false, "write the goldens anew")

const (
	sea     = "../testdata/sea"
	shipped = "../../rules/iran"
	cases   = "../../testdata/cases"
)

func load(t *testing.T, dir string) *rules.Pack {
	t.Helper()
	p, ds := rules.LoadDir(dir, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// parts are what a page of a case is made of.
func parts(t *testing.T, p *rules.Pack, file string) page.Parts {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	c, ds := facts.ReadCase(filepath.Base(file), text, p.Schema, facts.ReadOptions{Labels: p.Labels()})
	require.NoError(t, ds.Err())
	s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{})
	require.NoError(t, err)
	r, err := s.Robust(context.Background())
	require.NoError(t, err)
	sides, err := s.Sides(context.Background(), 0)
	require.NoError(t, err)
	a := report.Assess(s.Trace())
	return page.Parts{Pack: p, Assessment: a, Proof: page.ProofOf(s.Trace(), a), Robustness: r,
		Rivals: whynot.RivalsOf(s.Trace(), whynot.Options{Depth: 3}), Sides: sides}
}

func html(t require.TestingT, in page.Parts) string {
	var b bytes.Buffer
	require.NoError(t, page.New(in).Write(&b))
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// Of what every page has, style and script, one golden is enough.
var always = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|sha256-[A-Za-z0-9+/=&#;]+`)

func TestGoldens(t *testing.T) {
	p := load(t, sea)
	for _, name := range []string{"storm", "haze"} {
		first := html(t, parts(t, p, "../testdata/"+name+".yaml"))
		require.Equal(t, first, html(t, parts(t, p, "../testdata/"+name+".yaml")), "the same twice")
		golden(t, name+".html", always.ReplaceAllString(first, ""))
	}
	golden(t, "markup.html", html(t, parts(t, p, "testdata/markup.yaml")))
}

var (
	id   = regexp.MustCompile(` id="([^"]*)"`)
	href = regexp.MustCompile(` href="([^"]*)"`)
)

// Every link leads to a place of the same page, no place stands twice, and the page
// names nothing that a browser would load.
func TestPagesOfRealCases(t *testing.T) {
	p := load(t, shipped)
	files, err := filepath.Glob(cases + "/20*.yaml")
	require.NoError(t, err)
	require.Greater(t, len(files), 5)
	for i, file := range files {
		if i%4 > 0 {
			continue // each takes a search of its own
		}
		in := parts(t, p, file)
		got := html(t, in)
		places := map[string]bool{}
		for _, m := range id.FindAllStringSubmatch(got, -1) {
			require.False(t, places[m[1]], "%s: %s stands twice", file, m[1])
			places[m[1]] = true
		}
		for _, m := range href.FindAllStringSubmatch(got, -1) {
			place, inside := strings.CutPrefix(m[1], "#")
			require.True(t, inside && places[place], "%s: %s leads nowhere", file, m[1])
		}
		require.NotRegexp(t, `(?i)<(img|iframe|link|object|embed|form|base|image|use)\b|\s(src|srcset|action|formaction|style|on[a-z]+)=|@import|url\([^#]`, got)
		require.GreaterOrEqual(t, strings.Count(got, in.Assessment.Disclaimer), 3, "under the answer, under both sides and at the end")
	}
}

// Each sentence of the report stands on the page as the report says it, and links to a
// proof wherever the report names facts.
func TestSentencesLinkToTheirProofs(t *testing.T) {
	in := parts(t, load(t, shipped), cases+"/2015-jcpoa-text.yaml")
	p := page.New(in)
	require.Equal(t, in.Assessment.Answer.Sentence, p.Answer.Sentence)
	shown := map[string]page.Section{}
	for _, s := range p.Sections {
		shown[s.Title] = s
	}
	for i := range in.Assessment.Sections {
		from := &in.Assessment.Sections[i]
		s, lines := shown[from.Title], []page.Line{}
		lines = append(append(lines, s.Lines...), s.Rest...)
		for k, l := range from.Lines {
			require.Equal(t, l.Text, lines[k].Text)
			for n, fact := range l.Facts {
				require.Equal(t, fact, lines[k].Proofs[n].Text)
				require.NotEmpty(t, lines[k].Proofs[n].To, "%s: %s", l.Text, fact)
			}
		}
	}
}

// A fact of the proof stands once, and every fact that one rests on stands or is linked
// to under it.
func TestProofIsShared(t *testing.T) {
	in := parts(t, load(t, shipped), cases+"/2013-jpoa.yaml")
	p := page.New(in)
	stands, linked := map[string]int{}, map[string]int{}
	var visit func([]*page.Node)
	visit = func(list []*page.Node) {
		for _, n := range list {
			if n.Again != "" {
				linked[n.Again]++
				continue
			}
			stands[n.ID]++
			for _, w := range n.Ways {
				visit(w.Rests)
			}
		}
	}
	visit(p.Proof)
	visit(p.Beside)
	for anchor, n := range stands {
		require.Equal(t, 1, n, anchor)
	}
	require.NotEmpty(t, linked)
	for anchor := range linked {
		require.Equal(t, 1, stands[anchor], anchor)
	}
	require.Len(t, p.Deciding, len(in.Assessment.Deciding))
	for _, d := range p.Deciding {
		require.True(t, strings.HasPrefix(d.Line.To, "line-"), "%s leads to a line of the proof, not to %q", d.Text, d.Line.To)
	}
}

// The page's own words, as every reader gets them, say nothing of how likely anything
// is.
func TestNoWordOfLikelihood(t *testing.T) {
	for _, name := range []string{"page.tmpl", "parts.tmpl"} {
		text, err := os.ReadFile("assets/" + name)
		require.NoError(t, err)
		require.NotRegexp(t, `(?i)likel|probab|chance|odds|risk`, string(text))
	}
}

// Whatever the texts of a case, a pack or a run hold, it stands on the page as text:
// every string of every document is given a tail that would break out of any place.
func TestEverythingIsEscaped(t *testing.T) {
	const tail = "\"'`><b x=1 onclick=alert(1)>&lt;</script></style></details><!--{{.}}\x1b[31m\u202e\u2066\x00\u2028]]>"
	in := parts(t, load(t, sea), "../testdata/haze.yaml")
	before := html(t, in)
	clean := html(t, parts(t, load(t, sea), "testdata/markup.yaml"))
	for _, doc := range []any{in.Assessment, in.Proof, in.Robustness, in.Rivals, in.Sides, in.Pack.Claims, in.Pack.Report} {
		spoil(reflect.ValueOf(doc), tail, map[any]bool{})
	}
	spoilt := html(t, in)
	for name, got := range map[string]string{"of markup": clean, "spoilt": spoilt} {
		for _, r := range got {
			require.True(t, r == '\n' || unicode.IsPrint(r), "%s: %q", name, r)
		}
		require.Equal(t, 1, strings.Count(got, "<script"), name)
		require.Equal(t, 1, strings.Count(got, "</style"), name)
		require.NotRegexp(t, `<b x|<!--|<img|<svg on|<a href='|javascript:window[^<]*"`, got, name)
	}
	require.Contains(t, spoilt, "&lt;b x=1 onclick=alert(1)&gt;")
	tags := regexp.MustCompile(`<[a-z/!][^>]*>`)
	attributes := regexp.MustCompile(` ([a-z-]+)=`)
	known := map[string]bool{}
	for _, tag := range tags.FindAllString(before, -1) {
		for _, m := range attributes.FindAllStringSubmatch(tag, -1) {
			known[m[1]] = true
		}
	}
	for _, tag := range tags.FindAllString(spoilt, -1) {
		for _, m := range attributes.FindAllStringSubmatch(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(tag, `""`), -1) {
			require.True(t, known[m[1]], "%s in %s", m[1], tag)
		}
	}
}

// spoil puts a tail behind every text of a document, save those that say what kind of
// thing something is: what names a thing is spoilt alike wherever it is named.
func spoil(v reflect.Value, tail string, seen map[any]bool) {
	kinds := map[string]bool{"Status": true, "Kind": true, "Truth": true, "ID": true, "Node": true, "Uses": true, "Roots": true,
		"Selected": true, "Type": true, "Origin": true, "Bound": true, "Digest": true}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && !seen[v.Interface()] {
			seen[v.Interface()] = true
			spoil(v.Elem(), tail, seen)
		}
	case reflect.Slice:
		for i := range v.Len() {
			spoil(v.Index(i), tail, seen)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			// types of values and parts of expressions are shared with the pack's checks
			if f.IsExported() && !kinds[f.Name] && f.Type != reflect.TypeFor[facts.Type]() {
				spoil(v.Field(i), tail, seen)
			}
		}
	case reflect.String:
		if v.CanSet() && v.String() != "" {
			v.SetString(v.String() + tail)
		}
	}
}

// What the two sides say stands on the page as the text has it.
func TestBothSides(t *testing.T) {
	in := parts(t, load(t, shipped), cases+"/2013-jpoa.yaml")
	p := page.New(in)
	require.Len(t, p.Rivals, len(in.Rivals.Rivals))
	require.Empty(t, p.Answer.OneOf)
	rows := in.Sides.Matrix.Table()
	require.Equal(t, rows[0][2:], p.Apart.Answers)
	require.Len(t, p.Apart.Rows, len(rows)-2)
	for i, row := range p.Apart.Rows {
		require.Equal(t, rows[i+2], append([]string{row.Fact.Text, row.Move}, row.Signs...))
		require.Equal(t, row.Fact.Text != "", row.Fact.To != "")
	}
	in.Sides.Proof.OneOf = true
	require.Contains(t, html(t, in), report.OneOfWords(in.Sides.Proof))
}

func TestNothingIsNamedTwice(t *testing.T) {
	in := parts(t, load(t, sea), "../testdata/storm.yaml")
	// two facts whose hashes begin alike, as no two of real proofs do
	in.Proof = &explain.Proof{Roots: []string{strings.Repeat("a", 12) + "1", strings.Repeat("a", 12) + "2"}, Nodes: []*explain.Node{
		{ID: strings.Repeat("a", 12) + "1", Fact: "One", Stated: true}, {ID: strings.Repeat("a", 12) + "2", Fact: "Two", Stated: true}}}
	p := page.New(in)
	require.NotEqual(t, p.Beside[0].ID, p.Beside[1].ID)
}

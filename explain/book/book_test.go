package book_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain/book"
	"truce/explain/claims"
	"truce/explain/register"
	"truce/facts"
	"truce/rules"
)

var update = flag.Bool("update", false, "write the goldens anew")

// runner runs packs, and compiles one once as long as it is not another's turn.
type runner struct {
	pack    *rules.Pack
	program *engine.Program
}

func (r *runner) run(ctx context.Context, p *rules.Pack, c *facts.Case) (*trace.Trace, error) {
	if r.pack != p {
		r.pack, r.program = p, engine.Compile(p)
	}
	s := r.program.NewSession(engine.Options{})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if err := s.Run(ctx); err != nil {
		return nil, err
	}
	return s.Trace()
}

func load(t *testing.T, dir string) *rules.Pack {
	t.Helper()
	p, ds := rules.LoadDir(dir, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// parts are what a book is made of, over cases given by name and facts.
func parts(t *testing.T, p *rules.Pack, cases ...string) book.Parts {
	t.Helper()
	ctx := context.Background()
	in := book.Parts{Pack: p}
	run := (&runner{}).run
	for _, test := range p.Tests {
		tr, err := run(ctx, p, test.Case)
		require.NoError(t, err)
		in.Runs = append(in.Runs, &book.Run{Name: test.Name, Test: true, Trace: tr})
	}
	var list []*facts.Case
	for i, text := range cases {
		id := fmt.Sprintf("case-%d", i+1)
		c, ds := facts.ReadCase(id+".yaml", []byte("case: "+id+"\ntitle: Does it?\nas_of: 2024-07-01\nfacts: "+text+"\n"), p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		r := &book.Run{Name: id}
		tr, err := run(ctx, p, c)
		if err != nil {
			r.Failed = "it failed"
		} else {
			r.Trace = tr
		}
		in.Runs = append(in.Runs, r)
		list = append(list, c)
	}
	var err error
	in.Register = register.Of(p)
	if len(list) > 0 {
		in.Register, err = register.Build(ctx, engine.Compile(p), list, register.Options{})
		require.NoError(t, err)
	}
	in.Claims, err = claims.Build(ctx, p, list, (&runner{}).run)
	require.NoError(t, err)
	return in
}

func html(t *testing.T, b *book.Book) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, b.HTML(&out))
	return out.String()
}

func markdown(t *testing.T, b *book.Book) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, b.Markdown(&out))
	return out.String()
}

// What every file has is in the golden of package page.
var always = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|sha256-[A-Za-z0-9+/=&#;]+`)

func TestGoldens(t *testing.T) {
	for _, name := range []string{"ferry", "garden"} {
		p := load(t, "../../testdata/packs/"+name)
		var cases []string
		if name == "garden" {
			cases = []string{"{Soil: {feel: damp}, Sky: {heat: 33, rain: 0}}", "{Soil: {feel: dust}, Sky: {heat: 31, rain: 9}}"}
		} else {
			cases = []string{"{Weather: {wind: 0}, Deck: {passengers: 9}}"}
		}
		b := book.New(parts(t, p, cases...))
		again := book.New(parts(t, p, cases...))
		require.Equal(t, html(t, b), html(t, again), "the same twice")
		golden(t, name+".html", always.ReplaceAllString(html(t, b), ""))
		golden(t, name+".md", markdown(t, b))
		sound(t, b)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

var (
	id      = regexp.MustCompile(`<[a-z0-9]+[^>]* id="([^"]*)"`)
	href    = regexp.MustCompile(`href="([^"]*)"`)
	mdLink  = regexp.MustCompile(`[^\\]\]\(([^)]*)\)`)
	mdPlace = regexp.MustCompile(`<a id="([^"]*)"></a>`)
	loads   = `(?i)<(img|iframe|link|object|embed|form|base|image|use)\b|\s(src|srcset|action|formaction|style|on[a-z]+)=|@import|url\([^#]`
)

// found are the places and the links of a text, each place once.
func found(t *testing.T, text string, place, link *regexp.Regexp) (places, links map[string]bool) {
	t.Helper()
	places, links = map[string]bool{}, map[string]bool{}
	for _, m := range place.FindAllStringSubmatch(text, -1) {
		require.False(t, places[m[1]], "%s stands twice", m[1])
		places[m[1]] = true
	}
	for _, m := range link.FindAllStringSubmatch(text, -1) {
		to, inside := strings.CutPrefix(m[1], "#")
		require.True(t, inside, "%s leads out", m[1])
		links[to] = true
	}
	return places, links
}

// sound checks that in both forms every link leads somewhere, that both have the same
// places and links, and that the file loads nothing.
func sound(t *testing.T, b *book.Book) (places, links map[string]bool) {
	t.Helper()
	page, text := html(t, b), markdown(t, b)
	places, links = found(t, page, id, href)
	delete(places, "arrow") // the head of arrows
	for to := range links {
		require.True(t, places[to], "%s leads nowhere", to)
	}
	mdPlaces, mdLinks := found(t, text, mdPlace, mdLink)
	require.Equal(t, places, mdPlaces)
	for to := range mdLinks {
		require.True(t, mdPlaces[to], "%s leads nowhere", to)
	}
	require.NotRegexp(t, loads, page)
	return places, links
}

// shipped is the shipped pack and its book, which takes a while to make.
func shipped(t *testing.T) (*rules.Pack, *book.Book) {
	t.Helper()
	made.Do(func() {
		made.pack = load(t, "../../rules/iran")
		made.book = book.New(parts(t, made.pack))
	})
	require.NotNil(t, made.book)
	return made.pack, made.book
}

var made struct {
	sync.Once
	pack *rules.Pack
	book *book.Book
}

// Whatever has a name in the shipped pack has a place in its book, and something leads
// to it.
func TestEverythingOfTheShippedPackIsThere(t *testing.T) {
	p, b := shipped(t)
	places, links := sound(t, b)
	want := func(id string) {
		require.True(t, places[id], "%s has no place", id)
		require.True(t, links[id], "nothing leads to %s", id)
	}
	for _, r := range p.Rules {
		want("rule-" + r.Name)
		want("theme-" + r.Theme)
		if r.Row != nil {
			require.True(t, places["table-"+r.Row.Table])
			want("table-" + r.Row.Table)
		}
	}
	for _, l := range p.Lines() {
		require.True(t, places["rule-"+l.Rule.Name], l.Rule.Name)
		if len(l.Rule.Cites) > 0 {
			want("rule-" + l.Rule.Name)
		}
	}
	for _, th := range p.Thresholds {
		want("threshold-" + th.Name)
	}
	for _, a := range p.Assumptions {
		want("assumption-" + a.Name())
	}
	for _, x := range p.Extensions {
		want("extension-" + x.ID)
	}
	for _, c := range p.Claims {
		want("claim-" + c.ID)
	}
	for _, s := range p.Report.Sections {
		require.True(t, places["section-"+s.Name])
	}
	for _, test := range p.Tests {
		want("test-" + test.Name)
	}
	for _, ft := range p.Schema.Types {
		require.True(t, places["type-"+ft.Name], ft.Name)
		for _, f := range ft.Fields {
			require.True(t, places["field-"+ft.Name+"."+f.Name], ft.Name)
		}
	}
	for _, u := range p.Schema.Units {
		require.True(t, places["unit-"+strings.ReplaceAll(u, " ", "~20")], u)
	}
	for _, q := range p.Schema.Qualities {
		require.True(t, places["quality-"+q.Name])
	}
}

// part is the Markdown from a place up to the next heading.
func part(t *testing.T, text, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, `<a id="`+id+`"></a>`)
	require.True(t, ok, id)
	if i := strings.Index(rest, "<a id=\""); i >= 0 && !strings.HasPrefix(rest, "`") {
		rest = rest[:i]
	}
	return rest
}

// A rule leads to what it cites, and that back; so do parameters and what reads them,
// and types and what matches them.
func TestLinksWorkBothWays(t *testing.T) {
	p, b := shipped(t)
	text := markdown(t, b)
	for _, r := range p.Rules {
		if r.Row != nil {
			continue
		}
		rule := part(t, text, "rule-"+r.Name)
		for _, c := range r.Cites {
			if p.Claim(c) != nil {
				require.Contains(t, rule, "(#claim-"+c+")", r.Name)
				require.Contains(t, part(t, text, "claim-"+c), "(#rule-"+r.Name+")", c)
			}
		}
		for _, s := range r.When {
			if s.Fact != nil {
				require.Contains(t, rule, "(#type-"+s.Fact.Name+")", r.Name)
				require.Contains(t, whole(t, text, "type-"+s.Fact.Name), "(#rule-"+r.Name+")", s.Fact.Name)
			}
		}
		for _, c := range r.Then {
			require.Contains(t, rule, "(#type-"+c.Fact.Name+")", r.Name)
		}
	}
	for _, par := range register.Of(p).Parameters {
		if par.Kind != register.Threshold && par.Kind != register.Points {
			continue
		}
		for _, name := range par.Rules {
			require.Contains(t, part(t, text, "threshold-"+par.Name), "(#rule-"+name+")", par.Name)
			if p.Rule(name).Row == nil {
				require.Contains(t, part(t, text, "rule-"+name), "(#threshold-"+par.Name+")", name)
			}
		}
	}
}

// whole is the Markdown of a section whose table has places of its own.
func whole(t *testing.T, text, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, `<a id="`+id+`"></a>`)
	require.True(t, ok, id)
	if i := strings.Index(rest, "\n<a id=\""); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// A theme stands behind those that it reads, wherever that can be.
func TestReadingOrder(t *testing.T) {
	text := markdown(t, book.New(parts(t, load(t, "../../testdata/packs/garden"))))
	require.Less(t, strings.Index(text, `id="theme-dryness"`), strings.Index(text, `id="theme-watering"`))
	_, b := shipped(t)
	text = markdown(t, b)
	for _, pair := range [][2]string{{"deterrence", "balance"}, {"compromise", "balance"}, {"balance", "posture"}, {"veto", "posture"}} {
		require.Less(t, strings.Index(text, `id="theme-`+pair[0]+`"`), strings.Index(text, `id="theme-`+pair[1]+`"`), pair)
	}
}

// What no test reaches is told.
func TestNotExercised(t *testing.T) {
	text := markdown(t, book.New(parts(t, load(t, "../../testdata/packs/ferry"))))
	require.Contains(t, text, "[`verdict/warned`](#rule-verdict/warned): **Exercised by none of 2 tests.**")
	p := load(t, "../../testdata/packs/ferry")
	p.Tests = p.Tests[:1]
	text = markdown(t, book.New(parts(t, p)))
	require.Contains(t, text, "[`verdict/storm`](#rule-verdict/storm): **Exercised by none of 1 tests.**")
}

// Markup in a pack is text in its book.
func TestMarkupIsText(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/packs/ferry/pack.yaml")
	require.NoError(t, err)
	const bad = `<script>x()</script> | **b** [l](http://x) &lt; <a id="y"></a>`
	text := strings.Replace(string(raw), "because: The captain turns back above it.", "because: '"+bad+"'", 1)
	require.Contains(t, text, bad)
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text}}, rules.Options{})
	require.NoError(t, ds.Err())
	b := book.New(parts(t, p))
	sound(t, b)
	require.Equal(t, 1, strings.Count(html(t, b), "<script"))
	require.Contains(t, markdown(t, b), `\<script\>x()\</script\> \| \*\*b\*\* \[l\](http://x) \&lt; \<a id="y"\>\</a\>`)
}

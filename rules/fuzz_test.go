package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"truce/facts/source"
	"truce/rules"
)

// FuzzLoad reads any text as a further file of a pack, and as the only one. What
// is found has a code and lies inside the file; what is not found leaves a pack
// that holds together.
func FuzzLoad(f *testing.F) {
	archives, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal(archives, err)
	}
	for _, name := range archives {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range strings.Split(string(text), "\n-- ")[1:] {
			_, body, _ := strings.Cut(part, "\n")
			f.Add(body)
		}
	}
	rest := base(f)
	for _, text := range rest {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			t.Skip()
		}
		for _, files := range []map[string]string{
			{"pack.yaml": text},
			{"bad.yaml": text, "pack.yaml": rest["pack.yaml"], "claims.yaml": rest["claims.yaml"], "facts.yaml": rest["facts.yaml"], "rules.yaml": rest["rules.yaml"]},
		} {
			p, ds := rules.Load(listed(files), rules.Options{})
			if (p == nil) != ds.HasErrors() {
				t.Fatalf("pack %v with %v", p != nil, ds)
			}
			for _, d := range ds {
				inside(t, d, files)
			}
			render(files, ds)
			if p != nil {
				sound(t, p, files)
			}
		}
	})
}

func inside(t *testing.T, d source.Diagnostic, files map[string]string) {
	if d.Code == "" {
		t.Fatalf("no code: %v", d)
	}
	spans := []source.Span{d.Span}
	for _, r := range d.Related {
		spans = append(spans, r.Span)
	}
	for _, s := range spans {
		text, ok := files[s.File]
		if !ok && s.File != "" {
			t.Fatalf("no file %q: %v", s.File, d)
		}
		if s.Start.IsZero() {
			continue
		}
		lines := strings.Split(text, "\n")
		for _, p := range []source.Pos{s.Start, s.End} {
			if p.Line > len(lines) || p.Col > utf8.RuneCountInString(lines[p.Line-1])+1 {
				t.Fatalf("%v of %v is outside", p, d)
			}
		}
		if s.End.Compare(s.Start) < 0 {
			t.Fatalf("%v ends before it starts", d)
		}
	}
}

// sound takes the pack through what else this package does with it.
func sound(t *testing.T, p *rules.Pack, files map[string]string) {
	for _, c := range p.Claims {
		p.Without(citing(c.ID))
	}
	for i, r := range p.Rules {
		if r.Index != i || r.Stratum >= p.Strata {
			t.Fatalf("rule %s: index %d of %d, stratum %d of %d", r.Name, r.Index, i, r.Stratum, p.Strata)
		}
		for _, c := range r.Then {
			for _, e := range c.Fields {
				if e == nil {
					t.Fatalf("rule %s concludes a field without a value", r.Name)
				}
			}
		}
	}
	if q, ds := rules.Load(listed(files), rules.Options{SourceOnly: true}); q == nil && !ds.HasErrors() {
		t.Fatal("neither a pack nor an error")
	}
}

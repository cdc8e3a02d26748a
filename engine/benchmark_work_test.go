package engine_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/facts"
	"truce/rules"
	"truce/testdata/bench"
)

// inReach leaves out work that takes long, above all under the race detector. It is
// skipped aloud, and TRUCE_BENCH=full runs it.
func inReach(t testing.TB, soon bool) {
	if !soon && os.Getenv("TRUCE_BENCH") != "full" {
		t.Skip("takes long; TRUCE_BENCH=full runs it")
	}
}

// boundless lets the large sizes run to their end.
func boundless() engine.Options {
	return engine.Options{Limits: engine.Limits{Facts: -1, Justifications: -1, Work: -1}}
}

// loaded is a session that has run over a case.
func loaded(t require.TestingT, program *engine.Program, c *facts.Case) *engine.Session {
	s := program.NewSession(boundless())
	require.NoError(t, s.Load(c))
	require.NoError(t, s.Run(context.Background()))
	return s
}

// concluded counts the facts of a type.
func concluded(t require.TestingT, p *rules.Pack, s *engine.Session, typ string) int {
	list, err := s.Read(p.Schema.Type(typ))
	require.NoError(t, err)
	return list.Len()
}

func TestW1(t *testing.T) {
	w, err := bench.LoadAssess()
	require.NoError(t, err)
	require.Len(t, w.Cases, 1000)
	s := w.Program.NewSession(engine.Options{})
	var out bench.Assessed
	for i, c := range w.Cases {
		require.NoError(t, w.Run(context.Background(), s, c, &out))
		require.Equal(t, w.Expected[i], out.Line(), "input %d", i)
	}
}

func BenchmarkW1(b *testing.B) {
	w, err := bench.LoadAssess()
	require.NoError(b, err)
	s := w.Program.NewSession(engine.Options{})
	b.Run(fmt.Sprintf("rules=%d", len(w.Pack.Rules)), func(b *testing.B) {
		var out bench.Assessed
		i := 0
		b.ReportAllocs()
		for b.Loop() {
			if err := w.Run(context.Background(), s, w.Cases[i], &out); err != nil {
				b.Fatal(err)
			}
			i = (i + 1) % len(w.Cases)
		}
	})
}

func TestW2(t *testing.T) {
	for _, n := range []int{100, 1000, 10_000} {
		for _, percent := range []int{1, 10} {
			t.Run(fmt.Sprintf("rules=%d/true=%d%%", n, percent), func(t *testing.T) {
				if n > 1000 && percent > 1 && os.Getenv("TRUCE_BENCH") != "full" {
					t.Skip("loading 10,000 rules a second time takes long under the race detector; TRUCE_BENCH=full does it")
				}
				w, err := bench.LoadManyRules(n, percent)
				require.NoError(t, err)
				require.Len(t, w.Cases, 20)
				s := w.Program.NewSession(engine.Options{})
				for i, c := range w.Cases {
					hits, _, err := w.Run(context.Background(), s, c)
					require.NoError(t, err)
					require.Equal(t, w.Expected[i], hits, "record %d", i)
				}
			})
		}
	}
}

func BenchmarkW2(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		for _, percent := range []int{1, 10} {
			b.Run(fmt.Sprintf("rules=%d/true=%d%%", n, percent), func(b *testing.B) {
				w, err := bench.LoadManyRules(n, percent)
				require.NoError(b, err)
				s := w.Program.NewSession(engine.Options{})
				i := 0
				b.ReportAllocs()
				for b.Loop() {
					if _, _, err := w.Run(context.Background(), s, w.Cases[i]); err != nil {
						b.Fatal(err)
					}
					i = (i + 1) % len(w.Cases)
				}
			})
		}
	}
}

// Rules read from text, checked and compiled.
func BenchmarkW2Load(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			w, err := bench.LoadManyRules(n, 1)
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				p, err := w.Reload()
				require.NoError(b, err)
				engine.Compile(p)
			}
		})
	}
}

func TestW3(t *testing.T) {
	for _, g := range bench.Graphs() {
		t.Run(fmt.Sprintf("%s/facts=%d", g.Name, g.Expected), func(t *testing.T) {
			inReach(t, g.Expected < 60_000)
			p, c, err := g.Load()
			require.NoError(t, err)
			require.Equal(t, g.Expected, concluded(t, p, loaded(t, engine.Compile(p), c), g.Derived()))
		})
	}
}

// The facts are stated before; timed is what follows from them.
func BenchmarkW3(b *testing.B) {
	for _, g := range bench.Graphs() {
		b.Run(fmt.Sprintf("%s/facts=%d", g.Name, g.Expected), func(b *testing.B) {
			inReach(b, g.Expected < 300_000)
			p, c, err := g.Load()
			require.NoError(b, err)
			program := engine.Compile(p)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				s := program.NewSession(boundless())
				require.NoError(b, s.Load(c))
				b.StartTimer()
				require.NoError(b, s.Run(context.Background()))
			}
		})
	}
}

// One assessment of the shipped pack over every case of the tree.
func BenchmarkAssessEveryCase(b *testing.B) {
	p, _ := shipped(b)
	files, err := filepath.Glob("../testdata/cases/*.yaml")
	require.NoError(b, err)
	require.NotEmpty(b, files)
	var list []*facts.Case
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(b, err)
		c, ds := facts.ReadCase(file, text, p.Schema, facts.ReadOptions{})
		require.NoError(b, ds.Err(), file)
		list = append(list, c)
	}
	s := engine.Compile(p).NewSession(engine.Options{})
	b.Run(fmt.Sprintf("cases=%d", len(list)), func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, c := range list {
				require.NoError(b, s.Load(c))
				require.NoError(b, s.Run(context.Background()))
				_, err := s.Answer()
				require.NoError(b, err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/case")
	})
}

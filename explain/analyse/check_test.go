package analyse_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain/analyse"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

var update = flag.Bool("update", false, "write the goldens again")

// Each pack of testdata has what a check finds beside what it must not find. The golden
// is all that is said of it: messages, verdicts and cases.
func TestFindings(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			p := packOf(t, file)
			r, err := analyse.Pack(context.Background(), p, analyse.Options{})
			require.NoError(t, err)
			golden(t, strings.TrimSuffix(file, ".txtar")+".golden", said(p, r))
			for _, f := range r.Findings {
				seen[f.Code] = true
				if f.Witness != nil {
					require.True(t, shows(t, p, f), "%s\n%s", f.Message, f.Witness.Text)
				}
			}
		})
	}
	for _, c := range analyse.Codes() {
		require.True(t, seen[c.ID], "no pack shows %s", c.ID)
	}
}

func packOf(t *testing.T, file string) *rules.Pack {
	t.Helper()
	archive, err := os.ReadFile(file)
	require.NoError(t, err)
	_, text, ok := strings.Cut(string(archive), "-- pack.yaml --\n")
	require.True(t, ok, "%s holds no pack.yaml", file)
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

func said(p *rules.Pack, r *analyse.Result) string {
	var b bytes.Buffer
	text := func(name string) (string, bool) {
		for _, f := range p.Files {
			if f.Name == name {
				return f.Text, true
			}
		}
		return "", false
	}
	for _, f := range append(slices.Clone(r.Findings), r.Undecided...) {
		source.Render(&b, source.Diagnostics{f.Diagnostic}, text, source.Options{Width: 100})
		fmt.Fprintf(&b, "-- %s --\n", f.Verdict)
		if f.Witness != nil {
			b.WriteString(f.Witness.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// shows runs a witness as assess does, by the matcher that recomputes everything, and
// looks for the fault.
func shows(t *testing.T, p *rules.Pack, f analyse.Finding) bool {
	t.Helper()
	c, ds := facts.ReadCase("witness.yaml", []byte(f.Witness.Text), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	s := engine.Compile(p).NewSession(engine.Options{Recompute: true})
	require.NoError(t, s.Load(c))
	failed := s.Run(context.Background())
	if f.Code == analyse.Contradiction.ID {
		return failed != nil && (strings.Contains(failed.Error(), "N001") || strings.Contains(failed.Error(), "both hold"))
	}
	require.NoError(t, failed)
	tr, err := s.Trace()
	about := rulesAt(p, f)
	switch f.Code {
	case analyse.NeverFires.ID:
		return status(tr, about[0]) == 0
	case analyse.Shadowed.ID:
		return status(tr, about[0]) == 0 && slices.ContainsFunc(p.Rules, func(r *rules.Rule) bool {
			return r.Row != nil && r.Row.Table == about[0].Row.Table && status(tr, r) == trace.Certain
		})
	case analyse.Repeated.ID, analyse.Subsumed.ID:
		return len(about) == 2 && status(tr, about[0]) == trace.Certain && status(tr, about[1]) == trace.Certain
	case analyse.LevelGap.ID:
		return !slices.ContainsFunc(about, func(r *rules.Rule) bool { return status(tr, r) != 0 })
	case analyse.TableGap.ID:
		return status(tr, about[0]) == 0 && !concludes(tr, about[0].Then[0].Fact)
	case analyse.NoAnswer.ID:
		return err != nil && strings.Contains(err.Error(), engine.ErrNoAnswer.ID)
	}
	return false
}

// rulesAt are the rules whose places a finding names.
func rulesAt(p *rules.Pack, f analyse.Finding) []*rules.Rule {
	all := slices.Clone(p.Rules)
	for _, l := range p.Lines() {
		all = append(all, l.Rule)
	}
	var list []*rules.Rule
	spans := []facts.Span{f.Span}
	for _, r := range f.Related {
		spans = append(spans, r.Span)
	}
	for _, at := range spans {
		for _, r := range all {
			if r.Span == at {
				list = append(list, r)
			}
		}
	}
	return list
}

func status(t *trace.Trace, r *rules.Rule) trace.Status {
	var best trace.Status
	for _, list := range [][]trace.Justification{t.Justifications, t.Lines} {
		for _, j := range list {
			if j.Rule == r {
				best = max(best, j.Status)
			}
		}
	}
	return best
}

func concludes(t *trace.Trace, typ *facts.FactType) bool {
	return slices.ContainsFunc(t.Facts, func(f trace.Fact) bool { return f.Type == typ })
}

package explain_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine/trace"
	"truce/explain"
	"truce/rules"
)

func prove(t *testing.T, tr *trace.Trace, name string, o explain.Options) *explain.Proof {
	t.Helper()
	found, err := explain.Find(tr, name)
	require.NoError(t, err)
	return explain.Of(tr, found, o)
}

func node(t *testing.T, p *explain.Proof, fact string) *explain.Node {
	t.Helper()
	for _, n := range p.Nodes {
		if n.Fact == fact {
			return n
		}
	}
	require.Fail(t, "not in the proof", fact)
	return nil
}

func TestProofReachesTheCase(t *testing.T) {
	p := prove(t, at(t, "storm"), "Advice", explain.Options{})
	weather := node(t, p, "Weather")
	require.True(t, weather.Stated)
	wind := weather.Fields[0]
	require.Equal(t, "wind", wind.Field)
	require.Equal(t, "gauge.csv", wind.Source)
	require.Equal(t, "measured", wind.Quality)
	require.Equal(t, "2020-05-31", wind.From)
	require.Equal(t, "2020-06-01", wind.KnownOn)
	require.Equal(t, "at noon", wind.Note)
	require.Equal(t, "case.yaml:7:19", wind.At)
	require.True(t, wind.Read)
	require.False(t, weather.Fields[3].Read, "no needed part reads whether the wind turns")

	over := node(t, p, "Danger(wind)").By.Lets[0]
	require.Equal(t, "over", over.Name)
	require.Equal(t, 11.5, over.Value.Value.Number())
	require.Equal(t, []string{"Weather.wind"}, over.Fields)
	require.Equal(t, []string{"strong_wind"}, over.Thresholds)

	gusts := node(t, p, "Danger(gusts)").By.Conditions[0].Atoms[0]
	require.Equal(t, "true", gusts.Truth)
	require.Equal(t, 15.0, gusts.Margin.Value.Number())
	require.Equal(t, "knot", string(gusts.Margin.Type.Unit))
	require.Equal(t, explain.Reported, gusts.Mark)
}

// A formula that is true or false is taken apart as conditions are.
func TestAtomsOfFormulas(t *testing.T) {
	bearable := node(t, prove(t, at(t, "storm"), "Total", explain.Options{}), "Total").By.Formulas[1]
	require.Equal(t, "bearable", bearable.Field)
	require.Len(t, bearable.Atoms, 2)
	require.True(t, bearable.Atoms[0].Decides)
	require.Equal(t, "false", bearable.Atoms[0].Truth)
	require.InDelta(t, -2.15, bearable.Atoms[0].Margin.Value.Number(), 1e-9)
	require.False(t, bearable.Atoms[1].Decides, "the first part is false already")
	require.Equal(t, "len(Danger)", bearable.Atoms[1].Operands[0].Text)
	require.Equal(t, int64(3), bearable.Atoms[1].Operands[0].Value.Value.Integer())
}

func TestNeededPremises(t *testing.T) {
	advice := node(t, prove(t, at(t, "storm"), "Advice", explain.Options{}), "Advice").By
	needed := map[string]bool{}
	for _, b := range advice.Bindings {
		needed[b.Fact] = b.Needed
	}
	require.Equal(t, map[string]bool{"Total": true, "Boat": false, "Weather": false}, needed)
	require.Len(t, advice.Uses, 1)
}

// That there is nothing is a leaf that says what was looked at.
func TestAbsence(t *testing.T) {
	tr := at(t, "storm")
	p := prove(t, tr, "Advice", explain.Options{})
	length := node(t, p, "Total").By.Lets[0].Aggregates[0]
	require.Len(t, length.Counted, 3)
	require.False(t, length.Open)

	haze := prove(t, at(t, "haze"), "Danger(objects)", explain.Options{})
	rock := node(t, haze, "Danger(objects)").By.Conditions[0].Atoms[0].Aggregates[0]
	require.True(t, rock.Open)
	require.Equal(t, "unknown", rock.Value.Type.Format(rock.Value.Value))
	require.Len(t, rock.Counted, 2)
	require.True(t, node(t, haze, rock.Counted[1].Fact).Unlisted)
}

func TestAlternativesOnRequest(t *testing.T) {
	tr := at(t, "storm")
	short := prove(t, tr, "Warning", explain.Options{})
	warning := node(t, short, "Warning(strong wind)")
	require.Equal(t, "call-the-wind", warning.By.Rule)
	require.Equal(t, 2, warning.Others)
	require.Empty(t, warning.Also)

	long := prove(t, tr, "Warning", explain.Options{Alternatives: true})
	also := node(t, long, "Warning(strong wind)").Also
	require.Len(t, also, 2)
	require.Equal(t, "call-the-wind-again", also[0].Rule)
	require.Equal(t, "X01", also[0].Extension)
	require.Equal(t, "call-the-gusts", also[1].Rule)
	require.Equal(t, short.Roots, long.Roots, "what is shown does not change what is proved")
}

// Places do not name a fact; its content does.
func TestNamesOfNodes(t *testing.T) {
	files := sea(t)
	first := prove(t, runText(t, pack(t, files), caseText(t, "storm")), "Advice", explain.Options{})
	for i := range files {
		files[i].Text = "# moved\n\n" + files[i].Text
	}
	moved := prove(t, runText(t, pack(t, files), "# moved\n"+caseText(t, "storm")), "Advice", explain.Options{})
	require.Equal(t, first.Roots, moved.Roots)
	require.NotEqual(t, node(t, first, "Weather").At, node(t, moved, "Weather").At)

	stronger := strings.Replace(caseText(t, "storm"), "31.5", "31.6", 1)
	other := prove(t, runText(t, pack(t, sea(t)), stronger), "Advice", explain.Options{})
	require.NotEqual(t, first.Roots, other.Roots, "what a fact rests on is part of its name")
	require.Equal(t, node(t, first, "Boat").ID, node(t, other, "Boat").ID)
}

func TestRuleIsPartOfTheName(t *testing.T) {
	files := sea(t)
	first := prove(t, runText(t, pack(t, files), caseText(t, "storm")), "Total", explain.Options{})
	renamed := []rules.File{files[0], files[1], files[2]}
	for i := range renamed {
		renamed[i].Text = strings.Replace(renamed[i].Text, "rule: total", "rule: sum-of-dangers", 1)
	}
	second := prove(t, runText(t, pack(t, renamed), caseText(t, "storm")), "Total", explain.Options{})
	require.NotEqual(t, first.Roots, second.Roots)
	require.Equal(t, node(t, first, "Danger(wind)").ID, node(t, second, "Danger(wind)").ID)
}

// grounded reports whether no node rests on itself.
func grounded(nodes []*explain.Node, byID map[string]*explain.Node) bool {
	state := map[string]int{} // 1 on the way, 2 done
	var visit func(string) bool
	visit = func(id string) bool {
		if state[id] > 0 {
			return state[id] == 2
		}
		state[id] = 1
		if n := byID[id]; n.By != nil {
			for _, u := range n.By.Uses {
				if !visit(u) {
					return false
				}
			}
		}
		state[id] = 2
		return true
	}
	for _, n := range nodes {
		if !visit(n.ID) {
			return false
		}
	}
	return true
}

// Over generated packs: every fact has a proof; what it uses is in it, and nothing
// rests on itself; it is the same each time.
func TestProofsAreWhole(t *testing.T) {
	generated(t, func(t *rapid.T, tr *trace.Trace) {
		all := rapid.Bool().Draw(t, "alternatives")
		roots := make([]int, len(tr.Facts))
		for i := range roots {
			roots[i] = i
		}
		p := explain.Of(tr, roots, explain.Options{Alternatives: all})
		require.Len(t, p.Nodes, len(tr.Facts))
		byID := map[string]*explain.Node{}
		for _, n := range p.Nodes {
			require.Nil(t, byID[n.ID], "%s and %s share a name", n.Fact, n.ID)
			byID[n.ID] = n
		}
		require.True(t, grounded(p.Nodes, byID))
		for _, n := range p.Nodes {
			require.Equal(t, n.Stated, n.By == nil, n.Fact)
			if n.By == nil {
				continue
			}
			require.Equal(t, n.Height, n.By.Height, n.Fact)
			for _, id := range n.By.Uses {
				require.NotNil(t, byID[id], n.Fact)
			}
			for _, c := range n.By.Conditions {
				require.NotEqual(t, "false", c.Truth)
				decides := false
				for _, a := range c.Atoms {
					decides = decides || a.Decides
				}
				require.True(t, decides, c.Text)
			}
		}
		first, err := json.Marshal(p)
		require.NoError(t, err)
		second, err := json.Marshal(explain.Of(tr, roots, explain.Options{Alternatives: all}))
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
	})
}

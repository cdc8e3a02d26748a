package engine_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/testdata/bench"
)

func named(in engine.Instance) string {
	names := []string{in.Rule.Name, in.Status.String()}
	for slot := range in.Rule.FactSlots {
		names = append(names, in.Premise(slot).Name())
	}
	return strings.Join(names, " ")
}

// What is found when a fact is asked for are the justifications that a whole recording
// has, and all of them together are all instances.
func TestEveryFactIsExplainableOnDemand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: true})
		p := load(t, g.Files(g.InOrder()))
		s := sessions(p, rapid.Bool().Draw(t, "check")).New().(*engine.Session)
		require.NoError(t, s.Load(enginetest.Case(t, p.Schema)))
		if s.Run(context.Background()) != nil {
			return
		}
		tr, err := s.Trace()
		if err != nil {
			return
		}
		recorded := map[string][]string{}
		for i := range tr.Justifications {
			j := &tr.Justifications[i]
			name := []string{j.Rule.Name, j.Status.String()}
			for _, premise := range j.Premises {
				name = append(name, tr.Facts[premise].Name)
			}
			of := tr.Facts[j.Fact].Name
			recorded[of] = append(recorded[of], strings.Join(name, " "))
		}
		var all, every []string
		for _, typ := range p.Schema.Types {
			list, err := s.Read(typ)
			require.NoError(t, err)
			for i := range list.Len() {
				var found []string
				list.Because(i, func(in engine.Instance) bool {
					found = append(found, named(in))
					return true
				})
				want := recorded[list.At(i).Name()]
				slices.Sort(found)
				slices.Sort(want)
				require.Equal(t, want, found, list.At(i).Name())
				all = append(all, found...)
			}
		}
		require.NoError(t, s.Instances(func(in engine.Instance) bool {
			every = append(every, named(in))
			return true
		}))
		slices.Sort(all)
		slices.Sort(every)
		require.Equal(t, all, every)
	})
}

// Of a graph only one justification a fact is kept; all instances are found on demand:
// one for each edge, and one for each path that an edge goes on from.
func TestAllInstancesOfAGraph(t *testing.T) {
	for _, g := range bench.Graphs() {
		if g.Name != "g300_600" && (g.Name != "g1000_5000" || os.Getenv("TRUCE_BENCH") != "full") {
			continue
		}
		t.Run(g.Name, func(t *testing.T) {
			pairs, err := g.Pairs()
			require.NoError(t, err)
			p, c, err := g.Load()
			require.NoError(t, err)
			s := loaded(t, engine.Compile(p), c)
			n := 0
			require.NoError(t, s.Instances(func(in engine.Instance) bool {
				if in.Rule.Name != "done" {
					n++
				}
				return true
			}))
			require.Equal(t, meetings(pairs), n)
		})
	}
}

// meetings counts the edges, and for each pair of which one is reached from the other
// the edges that go on from there.
func meetings(pairs [][2]int64) int {
	out := map[int64][]int64{}
	for _, e := range pairs {
		out[e[0]] = append(out[e[0]], e[1])
	}
	n := len(pairs)
	for from := range out {
		reached := map[int64]bool{}
		for queue := slices.Clone(out[from]); len(queue) > 0; queue = queue[1:] {
			if at := queue[0]; !reached[at] {
				reached[at] = true
				n += len(out[at])
				queue = append(queue, out[at]...)
			}
		}
	}
	return n
}

// A fork has the same facts and goes its own way.
func TestFork(t *testing.T) {
	p, c := shipped(t)
	s := engine.Compile(p).NewSession(engine.Options{})
	require.NoError(t, s.Load(c))
	require.NoError(t, s.SetThreshold("doctrine_critical", p.Threshold("doctrine_critical").Value))
	require.NoError(t, s.Run(context.Background()))
	fork := s.Fork()
	require.NoError(t, fork.Run(context.Background()))
	of := func(s *engine.Session) string {
		tr, err := s.Trace()
		require.NoError(t, err)
		return text(t, tr)
	}
	require.Equal(t, of(s), of(fork))
	before := of(s)
	require.NoError(t, fork.Retract(c.Facts[0].Name()))
	require.NoError(t, fork.Run(context.Background()))
	require.Equal(t, before, of(s))
	require.NotEqual(t, before, of(fork))
}

// Sessions of one program do not know of each other, however many run at once.
func TestThousandsOfSessionsAtOnce(t *testing.T) {
	w, err := bench.LoadAssess()
	require.NoError(t, err)
	var wait sync.WaitGroup
	failed := make(chan string, 8)
	for worker := range 8 {
		wait.Go(func() {
			var out bench.Assessed
			for i := worker; i < len(w.Cases); i += 8 {
				for range 2 {
					s := w.Program.NewSession(engine.Options{})
					if err := w.Run(context.Background(), s, w.Cases[i], &out); err != nil || out.Line() != w.Expected[i] {
						failed <- fmt.Sprint(i, err, out.Line())
						return
					}
				}
			}
		})
	}
	wait.Wait()
	close(failed)
	for f := range failed {
		t.Error(f)
	}
}

// A session that is used again takes no memory for the next case.
func TestSessionsAreUsedAgainWithoutAllocation(t *testing.T) {
	w, err := bench.LoadAssess()
	require.NoError(t, err)
	s := w.Program.NewSession(engine.Options{})
	var out bench.Assessed
	i := 0
	run := func() {
		if err := w.Run(context.Background(), s, w.Cases[i%len(w.Cases)], &out); err != nil {
			t.Error(err)
		}
		i++
	}
	for range w.Cases {
		run()
	}
	require.Zero(t, testing.AllocsPerRun(200, run))
}

// What is handed over may be asked for its own reasons in the midst of it, and a search
// ends when it is told to.
func TestReasonsWithinReasons(t *testing.T) {
	var g bench.Graph
	for _, x := range bench.Graphs() {
		if x.Name == "g300_300" {
			g = x
		}
	}
	p, c, err := g.Load()
	require.NoError(t, err)
	s := loaded(t, engine.Compile(p), c)
	path, err := s.Read(p.Schema.Type(g.Derived()))
	require.NoError(t, err)
	alone, within := 0, 0
	for i := range path.Len() {
		path.Because(i, func(engine.Instance) bool { alone++; return true })
	}
	for i := range path.Len() {
		path.Because(i, func(engine.Instance) bool {
			within++
			path.Because((i+1)%path.Len(), func(engine.Instance) bool { return true })
			return true
		})
	}
	require.Equal(t, alone, within)
	through, first := 0, 0
	require.NoError(t, s.Instances(func(engine.Instance) bool {
		path.Because(0, func(engine.Instance) bool { return true })
		through++
		return true
	}))
	require.Equal(t, alone+1, through, "and the goal's own")
	require.NoError(t, s.Instances(func(engine.Instance) bool { first++; return false }))
	require.Equal(t, 1, first)
}

// A session that asks "what if" all day holds no more than it did after the first times.
func TestWhatIfLeavesNothingBehind(t *testing.T) {
	p, c, changed, err := bench.Axes()[0].Load(100)
	require.NoError(t, err)
	s := loaded(t, engine.Compile(p), c)
	ask := func() {
		mark := s.Mark()
		require.NoError(t, s.Modify(changed))
		require.NoError(t, s.Run(context.Background()))
		require.True(t, s.Rollback(mark))
		_, err := s.Read(changed.Type)
		require.NoError(t, err)
	}
	for range 10 {
		ask()
	}
	require.LessOrEqual(t, testing.AllocsPerRun(500, ask), 1.0)
}

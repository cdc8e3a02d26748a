package engine_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/facts"
	"truce/testdata/bench"
)

// The generator draws what the script behind the measured figures draws: the digest
// is of its lines.
func TestW4Facts(t *testing.T) {
	a := bench.NewAlarms(90_000)
	h := sha256.New()
	for i, high := range a.High {
		fmt.Fprintf(h, "(region (id %d) (level %s))\n", i, map[bool]string{true: "high", false: "low"}[high])
	}
	for i, s := range a.Sites {
		fmt.Fprintf(h, "(site (id %d) (region %d) (status %s))\n", i, s.Region, map[bool]string{true: "open", false: "closed"}[s.Open])
	}
	for _, s := range a.Acks {
		fmt.Fprintf(h, "(ack (sensor %d))\n", s)
	}
	for i, s := range a.Sensors {
		fmt.Fprintf(h, "(sensor (id %d) (site %d) (value %d))\n", i, s.Site, s.Value)
	}
	require.Equal(t, "fee8a2c6388b224b72a894d910521cd055284524c83e6683b2dd54e1d30c57c9", fmt.Sprintf("%x", h.Sum(nil)))
	alarms, quiet := a.Count()
	require.Equal(t, 3970, alarms)
	require.Zero(t, quiet)
}

// alarms is w4 with a session that has run over it.
type alarms struct {
	*bench.AlarmFacts
	*engine.Session
	all *bench.Alarms
}

func newAlarms(t require.TestingT, sensors int) *alarms {
	made, err := bench.LoadAlarmFacts()
	require.NoError(t, err)
	a := &alarms{AlarmFacts: made, all: bench.NewAlarms(sensors)}
	c, err := made.Case(a.all)
	require.NoError(t, err)
	a.Session = loaded(t, engine.Compile(made.Pack), c)
	return a
}

// agree compares what the session holds with a count from the facts alone.
func (a *alarms) agree(t require.TestingT) {
	loud, quiet := a.all.Count()
	require.Equal(t, loud, concluded(t, a.Pack, a.Session, "Alarm"))
	require.Equal(t, quiet, concluded(t, a.Pack, a.Session, "Quiet"))
}

func (a *alarms) step(t require.TestingT, change func(*facts.StatedFact) error, f *facts.StatedFact) {
	require.NoError(t, change(f))
	require.NoError(t, a.Run(context.Background()))
	a.agree(t)
}

func (a *alarms) setSensor(t require.TestingT, id, value int64) {
	a.all.Sensors[id].Value = value
	a.step(t, a.Modify, a.Sensor(id, a.all.Sensors[id]))
}

func TestW4(t *testing.T) {
	for _, sensors := range []int{2000, 90_000} {
		t.Run(fmt.Sprintf("sensors=%d", sensors), func(t *testing.T) {
			a := newAlarms(t, sensors)
			a.agree(t)
			a.setSensor(t, 7, 95)
			a.setSensor(t, 7, 5)
			a.setSensor(t, 8, 95)
			for _, open := range []bool{false, true} {
				a.all.Sites[0].Open = open
				a.step(t, a.Modify, a.Site(0, a.all.Sites[0]))
			}
			for _, high := range []bool{false, true} {
				a.all.High[0] = high
				a.step(t, a.Modify, a.Region(0, high))
			}
			was := a.all.Acks
			a.all.Acks = append([]int64{8}, was...)
			a.step(t, a.Assert, a.Ack(8))
			a.all.Acks = was
			a.step(t, func(f *facts.StatedFact) error { return a.Retract(f.Name()) }, a.Ack(8))
		})
	}
}

// Where each sensor of a region is low the region is quiet, and loud again with one.
func TestW4Quiet(t *testing.T) {
	a := newAlarms(t, 2000)
	for id := range int64(100) {
		a.all.Sensors[id].Value = 5
		require.NoError(t, a.Modify(a.Sensor(id, a.all.Sensors[id])))
	}
	require.NoError(t, a.Run(context.Background()))
	a.agree(t)
	require.Positive(t, concluded(t, a.Pack, a.Session, "Quiet"))
	a.setSensor(t, 50, 95)
	require.Zero(t, concluded(t, a.Pack, a.Session, "Quiet"))
}

// Each operation is one change and a run; there and back are two.
func BenchmarkW4(b *testing.B) {
	for _, sensors := range []int{2000, 90_000} {
		b.Run(fmt.Sprintf("sensors=%d", sensors), func(b *testing.B) {
			benchmarkChanges(b, newAlarms(b, sensors))
		})
	}
}

// benchmarkChanges takes the changes in the order of the figures they are compared
// with: sensors below 1,000 are all high for those of a site, a region and an
// acknowledgement.
func benchmarkChanges(b *testing.B, a *alarms) {
	there := func(name string, n int64, to, back func(id int64) error) {
		b.Run(name, func(b *testing.B) {
			id, away := int64(0), true
			b.ReportAllocs()
			for b.Loop() {
				move := to
				if !away {
					move = back
				}
				if err := move(id); err != nil {
					b.Fatal(err)
				}
				if err := a.Run(context.Background()); err != nil {
					b.Fatal(err)
				}
				if away = !away; away {
					id = (id + 1) % n
				}
			}
			if !away {
				require.NoError(b, back(id))
				require.NoError(b, a.Run(context.Background()))
			}
		})
	}
	low, high, acks := make([]*facts.StatedFact, 1000), make([]*facts.StatedFact, 1000), make([]*facts.StatedFact, 1000)
	for i := range int64(1000) {
		low[i] = a.Sensor(i, bench.Sensor{Site: i / 10, Value: 5})
		high[i] = a.Sensor(i, bench.Sensor{Site: i / 10, Value: 95})
		acks[i] = a.Ack(i)
	}
	there("change=sensor", 1000, func(id int64) error { return a.Modify(high[id]) }, func(id int64) error { return a.Modify(low[id]) })
	for _, f := range high {
		require.NoError(b, a.Modify(f))
	}
	require.NoError(b, a.Run(context.Background()))
	var sites, regions [2][]*facts.StatedFact // the other way, and as they are
	for i := range int64(100) {
		sites[0] = append(sites[0], a.Site(i, bench.Site{Region: i / 10}))
		sites[1] = append(sites[1], a.Site(i, bench.Site{Region: i / 10, Open: true}))
	}
	for i := range int64(10) {
		regions[0] = append(regions[0], a.Region(i, false))
		regions[1] = append(regions[1], a.Region(i, true))
	}
	there("change=site", 100, func(id int64) error { return a.Modify(sites[0][id]) }, func(id int64) error { return a.Modify(sites[1][id]) })
	there("change=region", 10, func(id int64) error { return a.Modify(regions[0][id]) }, func(id int64) error { return a.Modify(regions[1][id]) })
	there("change=ack", 1000, func(id int64) error { return a.Assert(acks[id]) }, func(id int64) error { return a.Retract(acks[id].Name()) })
}

// axisSizes are those of each axis.
func axisSizes() []int { return []int{100, 1000, 10_000, 100_000} }

// axisInReach: the packs of these axes grow with the size, and what they need to be
// loaded with it.
func axisInReach(axis string, n int) bool {
	switch axis {
	case "chain":
		return n <= 1000
	case "rules", "recursion":
		return n <= 10_000
	}
	return true
}

func TestAxes(t *testing.T) {
	for _, axis := range bench.Axes() {
		for _, n := range []int{10, 101} {
			t.Run(fmt.Sprintf("%s=%d", axis.Name, n), func(t *testing.T) {
				p, c, changed, err := axis.Load(n)
				require.NoError(t, err)
				s := loaded(t, engine.Compile(p), c)
				before, after := axis.Expect(n)
				require.Equal(t, before, concluded(t, p, s, axis.Counted))
				require.NoError(t, s.Modify(changed))
				require.NoError(t, s.Run(context.Background()))
				require.Equal(t, after, concluded(t, p, s, axis.Counted))
			})
		}
	}
}

// All facts stated and run, from nothing.
func BenchmarkAxisLoad(b *testing.B) {
	eachAxis(b, func(b *testing.B, program *engine.Program, c *facts.Case, _ *facts.StatedFact) {
		s := program.NewSession(boundless())
		for b.Loop() {
			if err := s.Load(c); err != nil {
				b.Fatal(err)
			}
			if err := s.Run(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// One fact changed and changed back, each with a run: two changes an operation.
func BenchmarkAxisChange(b *testing.B) {
	eachAxis(b, func(b *testing.B, program *engine.Program, c *facts.Case, changed *facts.StatedFact) {
		s := loaded(b, program, c)
		was := s.Stated(changed.Name())
		for b.Loop() {
			for _, f := range []*facts.StatedFact{changed, was} {
				if err := s.Modify(f); err != nil {
					b.Fatal(err)
				}
				if err := s.Run(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func eachAxis(b *testing.B, measure func(*testing.B, *engine.Program, *facts.Case, *facts.StatedFact)) {
	for _, axis := range bench.Axes() {
		for _, n := range axisSizes() {
			b.Run(fmt.Sprintf("%s=%d", axis.Name, n), func(b *testing.B) {
				inReach(b, axisInReach(axis.Name, n))
				p, c, changed, err := axis.Load(n)
				require.NoError(b, err)
				b.ReportAllocs()
				measure(b, engine.Compile(p), c, changed)
			})
		}
	}
}

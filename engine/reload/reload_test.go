package reload_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/reload"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/iran"
)

// pack is a pack that always answers its version.
func pack(answer string) (*rules.Pack, source.Diagnostics) {
	text := strings.ReplaceAll(`
pack: {name: turn, version: "1", doc: A pack., goal: {type: Goal, field: value}, labels: {}}
facts:
  Goal: {doc: The answer., concluded: true, key: [], fields: {value: {type: enum, values: {odd: "", even: ""}, doc: it}}}
rules:
  - {rule: always, then: [{conclude: Goal, with: {value: ANSWER}}], when: ["1 < 2"]}
report:
  answer: {odd: it is odd, even: it is even}
  disclaimer: none
`, "ANSWER", answer)
	return rules.Load([]rules.File{{Name: "pack.yaml", Text: text}}, rules.Options{})
}

func answer(t require.TestingT, s *engine.Session) string {
	require.NoError(t, s.Run(context.Background()))
	a, err := s.Answer()
	require.NoError(t, err)
	return a.Values[0].Value
}

func begun(t require.TestingT, v *reload.Version) *engine.Session {
	s := v.Program.NewSession(engine.Options{})
	require.NoError(t, s.Load(&facts.Case{ID: "c"}))
	return s
}

func TestReload(t *testing.T) {
	next := "odd"
	h := reload.New(func() (*rules.Pack, source.Diagnostics) { return pack(next) })
	require.Nil(t, h.Current())
	o := h.Reload()
	require.True(t, o.Changed())
	require.Equal(t, 1, h.Current().Number)
	old := begun(t, h.Current())

	o = h.Reload() // the same files
	require.False(t, o.Changed())
	require.Empty(t, o.Refused)

	next = "neither"
	o = h.Reload()
	require.False(t, o.Changed())
	require.NotEmpty(t, o.Refused)
	require.Equal(t, 1, h.Current().Number)

	next = "even"
	o = h.Reload()
	require.True(t, o.Changed())
	require.Equal(t, 2, h.Current().Number)
	require.Equal(t, "odd", answer(t, old), "a session that was begun finishes on its own pack")
	require.Equal(t, "even", answer(t, begun(t, h.Current())))
}

func TestNeverGood(t *testing.T) {
	h := reload.New(func() (*rules.Pack, source.Diagnostics) { return pack("neither") })
	o := h.Reload()
	require.False(t, o.Changed())
	require.NotEmpty(t, o.Refused)
	require.Nil(t, h.Current())
}

// Sessions run while packs are exchanged: each answers as the version that it was begun
// on, however late it runs. Under the race detector this is a test of the holder.
func TestSessionsWhileReloading(t *testing.T) {
	var n atomic.Int64
	h := reload.New(func() (*rules.Pack, source.Diagnostics) {
		if n.Add(1)%2 == 1 {
			return pack("odd")
		}
		return pack("even")
	})
	h.Reload()
	done := make(chan struct{})
	var failures sync.Map
	var readers, writers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				v := h.Current()
				s := begun(t, v)
				want := "even"
				if v.Number%2 == 1 {
					want = "odd"
				}
				if got := answer(t, s); got != want {
					failures.Store(v.Number, fmt.Sprintf("version %d answers %s", v.Number, got))
				}
			}
		})
	}
	for range 2 {
		writers.Go(func() {
			for range 30 {
				h.Reload()
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	failures.Range(func(_, text any) bool {
		t.Error(text)
		return true
	})
	require.Equal(t, 61, h.Current().Number)
}

// What a save of a rule costs before the first answer: the shipped pack, 43 files, read
// from memory, checked and compiled.
func BenchmarkReloadShippedPack(b *testing.B) {
	n := 0
	h := reload.New(func() (*rules.Pack, source.Diagnostics) {
		p, ds := rules.LoadFS(iran.FS(), rules.Options{})
		n++
		p.Digest = fmt.Sprint(n) // never that of the one in use
		return p, ds
	})
	b.ReportAllocs()
	for b.Loop() {
		h.Reload()
	}
}

package reload_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

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

// What a save costs before the first answer. The shipped pack has 43 files: with one of
// them saved the others are known; at the start none is.
func BenchmarkReloadShippedPack(b *testing.B) {
	const saved = "deterrence.yaml"
	names, err := fs.Glob(iran.FS(), "*")
	require.NoError(b, err)
	files := fstest.MapFS{}
	for _, name := range names {
		text, err := fs.ReadFile(iran.FS(), name)
		require.NoError(b, err)
		files[name] = &fstest.MapFile{Data: text}
	}
	require.Contains(b, files, saved)
	text := files[saved].Data
	for _, c := range []struct {
		name  string
		known *rules.Documents
	}{{"one file saved", &rules.Documents{}}, {"all files", nil}} {
		n := 0
		h := reload.New(func() (*rules.Pack, source.Diagnostics) {
			n++ // each save is another text, so that every version is taken over
			files[saved] = &fstest.MapFile{Data: fmt.Appendf(nil, "%s# save %d\n", text, n)}
			return rules.LoadFS(files, rules.Options{Documents: c.known})
		})
		h.Reload()
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if o := h.Reload(); !o.Changed() {
					b.Fatal(o.Refused)
				}
			}
		})
	}
}

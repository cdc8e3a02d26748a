package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"truce/rules/iran"
)

// watchedFolder is the current folder for a test, with the shipped pack in my-rules and
// some real cases.
func watchedFolder(t testing.TB, cases ...string) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "..", "testdata", "cases"))
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	require.NoError(t, os.CopyFS("my-rules", iran.FS()))
	require.NoError(t, os.MkdirAll("cases", 0o755))
	for _, name := range cases {
		text, err := os.ReadFile(filepath.Join(root, name+".yaml"))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join("cases", name+".yaml"), text, 0o644))
	}
}

// someCases are enough for a change to show.
var someCases = []string{"2012-hormuz", "2013-jpoa", "2020-01-after-soleimani", "2023-03-saudi-text", "2024-08-after-haniyeh"}

// resave replaces a text in a file of the pack, once.
func resave(t testing.TB, file, old, changed string) {
	t.Helper()
	path := filepath.Join("my-rules", file)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(text), old)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(text), old, changed, 1)), 0o644))
}

// testWatcher is a watch whose clock goes on by a step at each look.
func testWatcher(out *bytes.Buffer, cases string) *watcher {
	a := newApp(streams{strings.NewReader(""), out, out}, nil)
	a.settings.Color, a.settings.Width, a.settings.Timeout = "never", 100, 0
	w := a.newWatcher("my-rules", cases)
	at := time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	w.now = func() time.Time {
		at = at.Add(38 * time.Millisecond)
		return at
	}
	return w
}

func TestWatchRounds(t *testing.T) {
	watchedFolder(t, someCases...)
	var out bytes.Buffer
	w := testWatcher(&out, "cases")
	look := func() *watchRound {
		r, err := w.look(context.Background())
		require.NoError(t, err)
		return r
	}
	first := look()
	require.Equal(t, "loaded 1", fmt.Sprint(first.Event, " ", first.Version))
	require.Len(t, first.Cases.Answers, len(someCases))
	require.Empty(t, first.Cases.Differ)
	require.Empty(t, first.Changes)
	require.Zero(t, first.Checks[0].Failed)
	require.False(t, w.failed)
	require.Nil(t, look(), "nothing is other than before")

	resave(t, "balance.yaml", "value: sum", "value: max")
	second := look()
	require.Equal(t, "loaded 2", fmt.Sprint(second.Event, " ", second.Version))
	require.Len(t, second.Changes, 1)
	require.True(t, strings.HasPrefix(second.Changes[0].Old.At, filepath.Join("my-rules", "balance.yaml:")), second.Changes[0].Old.At)
	require.NotEmpty(t, second.Cases.Differ)
	require.NotZero(t, second.Checks[0].Failed)
	require.True(t, w.failed)

	resave(t, "balance.yaml", "value: max", "value: most")
	third := look()
	require.Equal(t, "refused 2", fmt.Sprint(third.Event, " ", third.Version))
	require.Equal(t, "F015", third.Refused[0].Code)
	require.Nil(t, third.Cases, "the cases are as they were")
	require.Nil(t, look(), "it has been said")

	// Back to the second version: what was said is over, and nothing else is new.
	resave(t, "balance.yaml", "value: most", "value: max")
	require.Nil(t, look())

	// Words alone, and a case that goes.
	resave(t, "balance.yaml", "value: max", "value: max # the greatest")
	comment := look()
	require.Empty(t, comment.Changes)
	require.Empty(t, comment.Cases.Differ)
	require.NoError(t, os.Remove(filepath.Join("cases", "2012-hormuz.yaml")))
	gone := look()
	require.Equal(t, "cases", gone.Event)
	require.Equal(t, len(someCases)-1, gone.Cases.Total)

	// The folder goes and comes back.
	require.NoError(t, os.Rename("my-rules", "away"))
	require.Equal(t, "C002", look().Refused[0].Code)
	require.NoError(t, os.Rename("away", "my-rules"))
	require.Nil(t, look())
	for _, r := range []*watchRound{first, second, third} {
		require.NoError(t, w.write(&out, r))
	}
	require.Contains(t, out.String(), "version 2 stays in use")
}

// The loop makes a round at the start and after each save, in JSON a line each, and ends
// with the context.
func TestWatchFollows(t *testing.T) {
	watchedFolder(t)
	var out bytes.Buffer
	w := testWatcher(&out, "")
	w.app.settings.Format = formatJSON
	ctx, cancel := context.WithCancel(context.Background())
	saved, shown := make(chan struct{}, 2), make(chan *watchRound) // a save may be seen before it is told
	done := make(chan error, 1)
	go func() {
		done <- w.follow(ctx, saved, func(r *watchRound) error {
			err := w.write(&out, r)
			shown <- r
			return err
		}, nil)
	}()
	require.Equal(t, 1, (<-shown).Version)
	saved <- struct{}{} // nothing changed: no round
	resave(t, "balance.yaml", "value: sum", "value: max")
	saved <- struct{}{}
	require.Equal(t, 2, (<-shown).Version)
	cancel()
	require.NoError(t, <-done)
	rounds := textLines(out.String())
	require.Len(t, rounds, 2)
	for i, line := range rounds {
		var r watchRound
		require.NoError(t, json.Unmarshal([]byte(line), &r))
		require.Equal(t, watchFormat, r.Format)
		require.Equal(t, i+1, r.Round)
	}
}

// A frame is drawn over the one before: no screen is wiped, no line is longer than the
// screen is wide or broken, and none is left of a longer frame. What does not fit is
// counted. Another size is drawn at once.
func TestWatchScreen(t *testing.T) {
	watchedFolder(t, someCases...)
	var out bytes.Buffer
	w := testWatcher(&out, "cases")
	s := w.app.newScreen(w)
	require.Equal(t, enterScreen, out.String())
	columns, rows := 80, 12
	s.size = func() (int, int) { return columns, rows }
	s.columns, s.rows = s.size()
	r, err := w.look(context.Background())
	require.NoError(t, err)
	out.Reset()
	require.NoError(t, s.show(r))
	frame := out.String()
	require.NotContains(t, frame, "\x1b[2J")
	lines := strings.Split(frame, "\r\n")
	require.LessOrEqual(t, len(lines), rows)
	for _, l := range lines {
		require.Contains(t, l, endLine)
	}
	require.True(t, strings.HasPrefix(frame, beginFrame) && strings.HasSuffix(frame, endFrame))

	idle := s.resized(func(time.Duration) <-chan time.Time { return nil })
	out.Reset()
	idle.do()
	require.Empty(t, out.String(), "the size is the same")
	rows = 7
	idle.do()
	require.Len(t, strings.Split(out.String(), "\r\n"), rows)
	require.Contains(t, out.String(), "more lines")
	out.Reset()
	s.close()
	require.True(t, strings.HasPrefix(out.String(), leaveScreen))
	require.Contains(t, out.String(), "version 1: pack")
}

// The time between saves is waited for by the clock that was handed in.
func TestIdling(t *testing.T) {
	ring, did := make(chan time.Time), make(chan struct{}, 1)
	i := &idling{every: time.Hour, after: func(time.Duration) <-chan time.Time { return ring }, do: func() { did <- struct{}{} }}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan bool)
	go func() { ended <- i.until(ctx, nil) }()
	ring <- time.Time{}
	<-did
	cancel()
	require.False(t, <-ended)
}

// The picture of the README: a watch on a terminal after one save, drawn from the frame
// itself.
func TestPictureOfWatch(t *testing.T) {
	golden, err := filepath.Abs(filepath.Join("..", "..", "testdata", "readme", "watch.svg"))
	require.NoError(t, err)
	watchedFolder(t, someCases...)
	var out bytes.Buffer
	w := testWatcher(&out, "cases")
	w.app.settings.Color = "always"
	s := w.app.newScreen(w)
	s.size = func() (int, int) { return 100, 34 }
	s.columns, s.rows = s.size()
	for _, edit := range []bool{false, true} {
		if edit {
			resave(t, "balance.yaml", "value: sum", "value: max")
		}
		r, err := w.look(context.Background())
		require.NoError(t, err)
		require.NoError(t, s.show(r))
	}
	lines, err := s.lines()
	require.NoError(t, err)
	svg := terminalPicture(lines, s.columns)
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(svg), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), svg)
}

// What a person waits for after a save, the tests and cases aside: 43 files of the
// shipped pack read from the disk, checked, compiled and reported.
func BenchmarkWatchReload(b *testing.B) {
	watchedFolder(b)
	var out bytes.Buffer
	w := testWatcher(&out, "")
	w.packs.Reload()
	text, err := os.ReadFile(filepath.Join("my-rules", "balance.yaml"))
	require.NoError(b, err)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		require.NoError(b, os.WriteFile(filepath.Join("my-rules", "balance.yaml"), fmt.Appendf(nil, "%s# %d\n", text, n), 0o644))
		o := w.packs.Reload()
		require.True(b, o.Changed())
		r := &watchRound{Event: "loaded", Version: o.Now.Number}
		out.Reset()
		require.NoError(b, w.text(&out, r, w.app.style()))
	}
}

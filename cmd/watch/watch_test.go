package watch

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// clock is a clock that a test moves by hand: whoever waits is asked for, by how long.
type clock struct{ waits chan wait }

type wait struct {
	long time.Duration
	ring chan time.Time
}

func newClock() *clock { return &clock{make(chan wait, 1000)} }

func (c *clock) after(d time.Duration) <-chan time.Time {
	w := wait{d, make(chan time.Time, 1)}
	c.waits <- w
	return w.ring
}

// next is the next wait of so long. The time of those before it passes: the watcher may
// look for a folder that it has no events of.
func (c *clock) next(t *testing.T, d time.Duration) wait {
	t.Helper()
	for {
		select {
		case w := <-c.waits:
			if w.long == d {
				return w
			}
			w.over()
		case <-time.After(30 * time.Second):
			t.Fatalf("nobody waits for %s", d)
		}
	}
}

func (w wait) over() { w.ring <- time.Time{} }

const (
	quiet = 7 * time.Millisecond
	every = 11 * time.Millisecond
)

// watched watches folders by a clock of the test.
func watched(t *testing.T, poll bool, dirs ...string) (*clock, <-chan struct{}) {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	c := newClock()
	return c, Folders(ctx, dirs, Options{Quiet: quiet, Every: every, Poll: poll, After: c.after})
}

// told waits for the word after a burst: the last wait is the one that ends it.
func told(t *testing.T, c *clock, out <-chan struct{}) {
	t.Helper()
	c.next(t, quiet).over()
	for {
		select {
		case <-out:
			return
		case w := <-c.waits: // the burst went on
			w.over()
		case <-time.After(30 * time.Second):
			t.Fatal("nothing is told")
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

// saves are ways in which editors save a file, and folders change.
var saves = map[string]func(t *testing.T, dir string){
	"in place": func(t *testing.T, dir string) { write(t, filepath.Join(dir, "a.yaml"), "two") },
	"by a rename": func(t *testing.T, dir string) {
		write(t, filepath.Join(dir, ".a.tmp"), "two")
		require.NoError(t, os.Rename(filepath.Join(dir, ".a.tmp"), filepath.Join(dir, "a.yaml")))
	},
	"the old one moved away": func(t *testing.T, dir string) {
		require.NoError(t, os.Rename(filepath.Join(dir, "a.yaml"), filepath.Join(dir, "a.yaml~")))
		write(t, filepath.Join(dir, "a.yaml"), "two")
	},
	"several at once": func(t *testing.T, dir string) {
		for _, name := range []string{"a.yaml", "b.yaml", "c.yaml"} {
			write(t, filepath.Join(dir, name), "two")
		}
	},
	"a new file":     func(t *testing.T, dir string) { write(t, filepath.Join(dir, "new.yaml"), "one") },
	"a file removed": func(t *testing.T, dir string) { require.NoError(t, os.Remove(filepath.Join(dir, "a.yaml"))) },
	"the folder replaced": func(t *testing.T, dir string) {
		require.NoError(t, os.RemoveAll(dir))
		require.NoError(t, os.MkdirAll(dir, 0o755))
		write(t, filepath.Join(dir, "a.yaml"), "two and more")
	},
}

func folder(t *testing.T) string {
	dir := filepath.Join(t.TempDir(), "pack")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	write(t, filepath.Join(dir, "a.yaml"), "one")
	return dir
}

func TestSaves(t *testing.T) {
	for name, save := range saves {
		t.Run(name, func(t *testing.T) {
			dir := folder(t)
			c, out := watched(t, false, dir)
			save(t, dir)
			told(t, c, out)
			// and it goes on watching
			for {
				write(t, filepath.Join(dir, "a.yaml"), "three, at last")
				select {
				case w := <-c.waits:
					w.over()
				case <-out:
					return
				case <-time.After(50 * time.Millisecond): // a folder that came back is found at the next look
				}
			}
		})
	}
}

func TestSavesPolled(t *testing.T) {
	for name, save := range saves {
		t.Run(name, func(t *testing.T) {
			dir := folder(t)
			c, out := watched(t, true, dir)
			first := c.next(t, every)
			save(t, dir)
			// A file system may keep times so coarsely that nothing shows but the size.
			write(t, filepath.Join(dir, "z.yaml"), "more")
			first.over()
			told(t, c, out)
		})
	}
}

// What editors keep beside a file, and files of other kinds, are not told.
func TestStrangers(t *testing.T) {
	dir := folder(t)
	c, out := watched(t, false, dir)
	for _, name := range []string{".a.yaml.swp", "a.yaml~", ".hidden.yaml", "notes.txt", "4913"} {
		write(t, filepath.Join(dir, name), "x")
	}
	require.NoError(t, os.Chmod(filepath.Join(dir, "a.yaml"), 0o600))
	write(t, filepath.Join(dir, "a.yaml"), "two")
	told(t, c, out)
	select {
	case w := <-c.waits:
		require.Equal(t, quiet, w.long)
	default:
	}
}

// A folder that is not there is looked for until it is, and then it is watched.
func TestFolderComesLater(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "later")
	c, out := watched(t, false, dir)
	first := c.next(t, every)
	require.NoError(t, os.MkdirAll(dir, 0o755))
	write(t, filepath.Join(dir, "a.yaml"), "one")
	first.over()
	told(t, c, out)
	write(t, filepath.Join(dir, "a.yaml"), "two")
	told(t, c, out)
}

// A burst that never ends is told all the same.
func TestEndlessBurst(t *testing.T) {
	dir := folder(t)
	c, out := watched(t, false, dir)
	var last wait
	for range mostBursts {
		write(t, filepath.Join(dir, "a.yaml"), "again and again")
		last = c.next(t, quiet)
	}
	write(t, filepath.Join(dir, "a.yaml"), "and again")
	last.over()
	<-out
}

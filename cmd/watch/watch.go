// Package watch says when the files in folders have changed.
//
// What flows in: folders, and a clock. What flows out: a word after each burst of
// changes, once nothing more has happened for a while. It reads no file but to see
// whether it is another, and does not say which one changed: editors save in so many
// ways (writing in place, by a rename, through a second file, several files at once)
// that only reading everything again tells.
//
// It asks the operating system for events (fsnotify), of the folders and not of files,
// so that a file which is replaced is not lost. Where there are no events, as on some
// network drives, it looks at names, sizes and times itself, again and again; and it
// does so while a folder is not there, until it is back.
package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options say how folders are watched.
type Options struct {
	// Quiet is how long nothing may happen before a burst of changes is over; 0 is
	// DefaultQuiet.
	Quiet time.Duration
	// Every is how often a folder is looked at for which there are no events; 0 is
	// DefaultEvery.
	Every time.Duration
	// Poll does without events.
	Poll bool
	// After is the clock: time.After where nothing is said.
	After func(time.Duration) <-chan time.Time
}

// The defaults: what an editor needs to write some files, and what a person hardly
// notices.
const (
	DefaultQuiet = 30 * time.Millisecond
	DefaultEvery = 500 * time.Millisecond
	// mostBursts is after how many times Quiet a burst is told though it goes on.
	mostBursts = 20
)

// Folders watches folders until the context ends. The channel has one word for all that
// happened since it was last read; it is never closed.
func Folders(ctx context.Context, dirs []string, o Options) <-chan struct{} {
	if o.Quiet <= 0 {
		o.Quiet = DefaultQuiet
	}
	if o.Every <= 0 {
		o.Every = DefaultEvery
	}
	if o.After == nil {
		o.After = time.After
	}
	w := &watcher{Options: o, out: make(chan struct{}, 1)}
	for _, dir := range dirs {
		w.dirs = append(w.dirs, filepath.Clean(dir))
	}
	if !o.Poll {
		w.events, _ = fsnotify.NewWatcher() // without events, it looks for itself
	}
	w.known = w.look()
	w.follow()
	go w.run(ctx)
	return w.out
}

type watcher struct {
	Options
	dirs   []string
	events *fsnotify.Watcher // nil where there are none
	known  []string          // the files and what tells them apart, when last looked at
	out    chan struct{}
}

func (w *watcher) run(ctx context.Context) {
	var events chan fsnotify.Event
	var errs chan error
	if w.events != nil {
		defer func() { _ = w.events.Close() }() // nothing is watched any more
		events, errs = w.events.Events, w.events.Errors
	}
	var quiet, tick <-chan time.Time
	bursts := 0
	again := func() {
		if bursts++; bursts <= mostBursts {
			quiet = w.After(w.Quiet)
		}
	}
	for {
		if tick == nil && w.blind() {
			tick = w.After(w.Every)
		}
		select {
		case <-ctx.Done():
			return
		case e := <-events:
			if w.matters(e) {
				w.follow()
				again()
			}
		case lost := <-errs:
			_ = lost // whatever it says: events were lost
			again()
		case <-tick:
			tick = nil
			w.follow()
			if now := w.look(); !slices.Equal(now, w.known) {
				w.known = now
				again()
			}
		case <-quiet:
			quiet, bursts = nil, 0
			select {
			case w.out <- struct{}{}:
			default: // what was told last has not been heard yet
			}
		}
	}
}

// follow asks for events of each folder that is there.
func (w *watcher) follow() {
	if w.events == nil {
		return
	}
	watched := w.events.WatchList()
	for _, dir := range w.dirs {
		if !slices.Contains(watched, dir) {
			_ = w.events.Add(dir) // a folder without events is looked at
		}
	}
}

// blind reports whether some folder has no events.
func (w *watcher) blind() bool {
	if w.events == nil {
		return true
	}
	watched := w.events.WatchList()
	return slices.ContainsFunc(w.dirs, func(dir string) bool { return !slices.Contains(watched, dir) })
}

// matters reports whether an event may be about what a folder says: a file of a pack or
// of cases, or the folder itself.
func (w *watcher) matters(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	return ours(filepath.Base(e.Name)) || slices.Contains(w.dirs, filepath.Clean(e.Name))
}

// ours reports whether a file may be one of a pack or a case. Those that editors keep
// beside them are not.
func ours(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml", ".json", ".csv":
		return !strings.HasPrefix(name, ".")
	}
	return false
}

// look lists the files of all folders with what tells them apart. A folder that is not
// there is listed as that.
func (w *watcher) look() []string {
	var list []string
	for _, dir := range w.dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			list = append(list, dir+" is not there")
			continue
		}
		for _, e := range entries {
			info, err := e.Info()
			if err != nil || !ours(e.Name()) {
				continue
			}
			list = append(list, fmt.Sprint(filepath.Join(dir, e.Name()), info.ModTime(), info.Size()))
		}
	}
	return list
}

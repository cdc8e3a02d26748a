package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"truce/cmd/watch"
	"truce/facts/source"
)

const rulesWatchLong = `Load a pack again whenever one of its files is saved, and say what that changes: the
rules that mean something else, the pack's own tests, and, with --cases, the cases that
come out otherwise, each from what to what and by which condition first. A case that is
saved, added or taken away is run again too.

A pack with an error is refused with what is wrong and where; the last good one stays in
use. Work that was begun on a version finishes on it.

On a terminal the last round stands on the screen and is drawn again with each change.
Elsewhere each round is written when it is made, and with --format json as one document
truce.watch/1 a line. A round in which nothing is other than before is not told.

Where the system tells of no changes, as on some network drives, the folder is looked at
again and again; --poll does that always. A folder that is gone is waited for.

It runs until Ctrl-C or another signal ends it, with the code 0: nothing was left undone.
--once makes one round and ends: with 1 where the pack is refused or a check fails.
--timeout bounds each round.`

// watchFlags are what the flags of one call say.
type watchFlags struct {
	cases            string
	poll, once, full bool
}

func (a *app) rulesWatchCommand() *cobra.Command {
	var f watchFlags
	cmd := &cobra.Command{
		Use:   "watch DIR",
		Short: "Load a pack again on each save, and say what changes",
		Long:  rulesWatchLong,
		Example: `  truce rules watch my-rules
  truce rules watch my-rules --cases testdata/cases
  truce rules watch my-rules --cases testdata/cases --format json | jq .cases.differ
  truce rules watch my-rules --once`,
		Args:              arguments(1, 1),
		ValidArgsFunction: completeFolders,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.rulesWatch(cmd.Context(), args[0], f)
		},
	}
	settingFlag(cmd.Flags(), "source-only")
	formatFlag(cmd)
	runFlags(cmd)
	cmd.Flags().StringVar(&f.cases, "cases", "", "run the cases in `DIR`, or one, with each version")
	cmd.Flags().BoolVar(&f.poll, "poll", false, "look at the folders again and again instead of waiting for events")
	cmd.Flags().BoolVar(&f.full, "full", false, "every path whole, and every case of which a conclusion differs")
	cmd.Flags().BoolVar(&f.once, "once", false, "make one round and end")
	_ = cmd.MarkFlagDirname("cases") // fails only for a flag that is not declared
	return cmd
}

func (a *app) rulesWatch(ctx context.Context, dir string, f watchFlags) error {
	w := a.newWatcher(dir, f.cases)
	w.full = f.full
	if f.once {
		r, err := w.limitedLook(ctx)
		if err == nil && r != nil {
			err = a.print(func(to io.Writer) error { return w.write(to, r) })
		}
		if err == nil && w.failed || err == nil && r.Version == 0 {
			err = errFailed
		}
		return err
	}
	dirs := []string{dir}
	if f.cases != "" {
		at := f.cases
		if info, err := os.Stat(at); err == nil && !info.IsDir() {
			at = filepath.Dir(at)
		}
		dirs = append(dirs, at)
	}
	// The folders are watched before they are read, so that no save falls between.
	saved := watch.Folders(ctx, dirs, watch.Options{Poll: f.poll})
	if _, ok := terminal(a.out); ok && a.settings.Format != formatJSON {
		s := a.newScreen(w)
		defer s.close()
		return w.follow(ctx, saved, s.show, s.resized(time.After))
	}
	return w.follow(ctx, saved, func(r *watchRound) error {
		return a.print(func(to io.Writer) error { return w.write(to, r) })
	}, nil)
}

// follow makes a round now and after each save, until the context ends: that is how a
// watch ends. Idle, where there is one, is called between rounds.
func (w *watcher) follow(ctx context.Context, saved <-chan struct{}, show func(*watchRound) error, idle *idling) error {
	for {
		r, err := w.limitedLook(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			w.app.complain(w.app.findings(err)) // the next save may do better
		case r != nil:
			if err := show(r); err != nil {
				return err
			}
		}
		if !idle.until(ctx, saved) {
			return nil
		}
	}
}

// limitedLook is a round within the time of the settings.
func (w *watcher) limitedLook(ctx context.Context) (*watchRound, error) {
	ctx, cancel := w.app.limited(ctx)
	defer cancel()
	return w.look(ctx)
}

// write writes a round: as one line of JSON, or as text with an empty line behind.
func (w *watcher) write(to io.Writer, r *watchRound) error {
	if w.app.settings.Format == formatJSON {
		e := json.NewEncoder(to)
		e.SetEscapeHTML(false)
		return e.Encode(r)
	}
	if err := w.text(to, r, w.app.style()); err != nil {
		return err
	}
	_, err := fmt.Fprintln(to)
	return err
}

// idling does something between saves.
type idling struct {
	every time.Duration
	after func(time.Duration) <-chan time.Time
	do    func()
}

// until waits for a save, and is false where the context ended.
func (i *idling) until(ctx context.Context, saved <-chan struct{}) bool {
	for {
		var tick <-chan time.Time
		if i != nil {
			tick = i.after(i.every)
		}
		select {
		case <-ctx.Done():
			return false
		case <-saved:
			return true
		case <-tick:
			i.do()
		}
	}
}

// screen is a terminal on which the last round stands.
type screen struct {
	watcher       *watcher
	out           io.Writer
	size          func() (columns, rows int)
	columns, rows int
	round         *watchRound
	at            time.Time // of the last round
}

// The sequences of a terminal that a screen is drawn with: another screen beside the one
// with what was there before, no cursor and no lines broken by the terminal; and drawing
// all at once.
const (
	enterScreen = "\x1b[?1049h\x1b[?25l\x1b[?7l"
	leaveScreen = "\x1b[?7h\x1b[?25h\x1b[?1049l"
	beginFrame  = "\x1b[?2026h\x1b[H"
	endLine     = "\x1b[K"
	endFrame    = "\x1b[J\x1b[?2026l"
)

func (a *app) newScreen(w *watcher) *screen {
	s := &screen{watcher: w, out: a.out, size: func() (int, int) { return a.width(a.out), a.height(a.out) }}
	s.columns, s.rows = s.size()
	fmt.Fprint(s.out, enterScreen)
	return s
}

// close gives the terminal back, and leaves the last round on it.
func (s *screen) close() {
	fmt.Fprint(s.out, leaveScreen)
	if s.round != nil {
		_ = s.watcher.write(s.out, s.round) // the terminal may be gone
	}
}

func (s *screen) show(r *watchRound) error {
	s.round, s.at = r, s.watcher.now()
	return s.draw()
}

// resized looks whether the terminal has another size, and draws again where it has.
func (s *screen) resized(after func(time.Duration) <-chan time.Time) *idling {
	return &idling{every: 300 * time.Millisecond, after: after, do: func() {
		if columns, rows := s.size(); columns != s.columns || rows != s.rows {
			s.columns, s.rows = columns, rows
			_ = s.draw() // the next round reports what is wrong
		}
	}}
}

// draw writes the frame over the one before, line by line, so that nothing flickers.
func (s *screen) draw() error {
	lines, err := s.lines()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString(beginFrame)
	for i, line := range lines {
		if i > 0 {
			b.WriteString("\r\n")
		}
		b.WriteString(line + endLine)
	}
	b.WriteString(endFrame)
	if _, err := s.out.Write(b.Bytes()); err != nil {
		return source.Diagnostics{errUnwritable.At(source.Span{File: "standard output"}, "%v", plain(err))}
	}
	return nil
}

// lines are the frame: a head, the round as far as there is room, and how to end it.
func (s *screen) lines() ([]string, error) {
	var body bytes.Buffer
	if s.round != nil {
		style := s.watcher.app.style()
		style.Width = s.columns
		if err := s.watcher.text(&body, s.round, style); err != nil {
			return nil, err
		}
	}
	head := fmt.Sprintf("watching %s   round %d, %s, %d ms", s.watcher.dir, s.round.Round, s.at.Format(time.TimeOnly), s.round.took.Milliseconds())
	lines := append([]string{head, ""}, textLines(body.String())...)
	room := max(s.rows-2, 3)
	if more := len(lines) - room; more > 0 {
		lines = append(lines[:room-1], fmt.Sprintf("... %d more lines", more+1))
	}
	return append(lines, "", "Ctrl-C ends"), nil
}

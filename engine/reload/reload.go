// Package reload keeps the program of a pack that may change while it is in use.
//
// What flows in: a way to load the pack, and the word that it should be loaded anew.
// What flows out: the version in use. A load that fails leaves the last good version in
// place. It watches no file and starts nothing: whoever holds it says when.
//
// A version never changes. Who begins work takes the current version and keeps it to the
// end: sessions that were begun on one pack finish on it, and those that begin after a
// reload are of the new one. Readers never wait for a reload.
package reload

import (
	"sync"
	"sync/atomic"

	"truce/engine"
	"truce/facts/source"
	"truce/rules"
)

// Load loads a pack; nil where there is an error among the findings.
type Load func() (*rules.Pack, source.Diagnostics)

// Version is a pack that was loaded without an error. It is immutable.
type Version struct {
	Number   int // of the versions of a holder, from 1
	Pack     *rules.Pack
	Program  *engine.Program
	Warnings source.Diagnostics
}

// Outcome is what a reload came to.
type Outcome struct {
	Before *Version // nil where none was good before
	Now    *Version // the one in use from here on; nil where none was ever good
	// Refused are the findings for which a pack was not taken over; none where it was.
	Refused source.Diagnostics
}

// Changed reports whether another version is in use than before.
func (o *Outcome) Changed() bool { return o.Now != o.Before }

// Holder holds the version in use. It is safe for concurrent use.
type Holder struct {
	load    Load
	loading sync.Mutex // one reload at a time
	current atomic.Pointer[Version]
}

// New makes a holder that has loaded nothing yet.
func New(load Load) *Holder { return &Holder{load: load} }

// Current is the version in use, or nil before a first pack was good.
func (h *Holder) Current() *Version { return h.current.Load() }

// Reload loads the pack, and takes it over where it is good and not the one in use.
func (h *Holder) Reload() Outcome {
	h.loading.Lock()
	defer h.loading.Unlock()
	before := h.current.Load()
	p, ds := h.load()
	o := Outcome{Before: before, Now: before}
	switch {
	case p == nil:
		o.Refused = ds
	case before == nil || before.Pack.Digest != p.Digest:
		o.Now = &Version{Number: 1, Pack: p, Program: engine.Compile(p), Warnings: ds}
		if before != nil {
			o.Now.Number = before.Number + 1
		}
		h.current.Store(o.Now)
	}
	return o
}

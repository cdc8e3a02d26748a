package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"time"

	"truce/engine/reload"
	"truce/engine/trace"
	"truce/explain"
	"truce/explain/packdiff"
	"truce/explain/packtest"
	"truce/explain/report"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// watchFormat is the version of the JSON form of a round. Fields may be added to a
// version; none changes its meaning.
const watchFormat = "truce.watch/1"

// watchRound is what one look at the pack and the cases came to: a line of JSON, or a
// stretch of text. A round in which nothing is other than before is not told.
type watchRound struct {
	Format string `json:"format"`
	Round  int    `json:"round"`
	// Event is loaded (the first pack, or another than before), refused (a pack with an
	// error: the one before stays in use, if there is any) or cases (other cases).
	Event    string           `json:"event"`
	Version  int              `json:"version,omitempty"` // of the pack in use, from 1
	Pack     *explain.PackRef `json:"pack,omitempty"`    // in use
	Refused  []findingItem    `json:"refused,omitempty"`
	Warnings []findingItem    `json:"warnings,omitempty"`
	// Changes are those from the version before, in meaning; Words is how many items
	// differ in sentences alone.
	Changes []packdiff.Change `json:"changes,omitempty"`
	Words   int               `json:"words_only,omitempty"`
	Checks  []checked         `json:"checks,omitempty"`
	Cases   *watchedCases     `json:"cases,omitempty"`

	refused, warnings source.Diagnostics
	took              time.Duration // to load, check and compile the pack
}

// watchedCases are the cases, and those that come to something else than before.
type watchedCases struct {
	Total   int             `json:"total"`
	Failed  int             `json:"failed"`
	Answers []watchedAnswer `json:"answers"` // of all
	Differ  []packdiff.Case `json:"differ"`
}

type watchedAnswer struct {
	ID string `json:"id"`
	packdiff.Outcome
}

// checked is what one of the checks came to that run on each good pack.
type checked struct {
	Name     string        `json:"name"`
	Ran      int           `json:"ran"`
	Failed   int           `json:"failed"`
	Findings []findingItem `json:"findings,omitempty"`

	found source.Diagnostics
}

// packCheck is a check that runs on each good pack: a name, and the work.
type packCheck struct {
	name string
	run  func(*watcher, context.Context, *reload.Version) (checked, error)
}

// packChecks are those that a watch makes, in their order. What the loader finds is
// found before.
func packChecks() []packCheck { return []packCheck{{"tests", (*watcher).testPack}} }

// watcher is one watch over a pack and cases, with what the last round left.
type watcher struct {
	app    *app
	dir    string
	cases  string // "" for none
	full   bool   // every path whole, and every case that differs
	packs  *reload.Holder
	round  int
	last   map[string]packdiff.Result // what cases came to, by id
	reads  map[string]*facts.Case     // the cases as they were read last
	said   string                     // the findings of the pack that was refused last
	failed bool                       // the last round: a pack refused, or a check that failed
	now    func() time.Time
}

func (a *app) newWatcher(dir, cases string) *watcher {
	w := &watcher{app: a, dir: dir, cases: cases, now: time.Now}
	w.packs = reload.New(func() (*rules.Pack, source.Diagnostics) {
		p, ds, err := a.loadPackFrom(dir, a.settings.SourceOnly)
		if err != nil {
			return nil, a.findings(err)
		}
		return p.Pack, ds
	})
	return w
}

// look makes a round; nil where nothing is other than before.
func (w *watcher) look(ctx context.Context) (*watchRound, error) {
	clear(w.app.texts) // what was read before may be other now
	start := w.now()
	o := w.packs.Reload()
	r := &watchRound{Format: watchFormat, Round: w.round + 1, took: w.now().Sub(start), refused: o.Refused}
	says := fmt.Sprint(o.Refused)
	news := o.Changed() || says != w.said && len(o.Refused) > 0
	w.said = says
	if len(o.Refused) == 0 {
		w.said = ""
	}
	if v := o.Now; v != nil {
		r.Version, r.Pack = v.Number, &explain.PackRef{Name: v.Pack.Name, Version: v.Pack.Version, Digest: v.Pack.Digest}
		more, err := w.useful(ctx, r, o)
		if err != nil {
			return nil, err
		}
		news = news || more
	}
	switch {
	case len(o.Refused) > 0:
		r.Event = "refused"
	case o.Changed():
		r.Event = "loaded"
	default:
		r.Event = "cases"
	}
	if !news {
		return nil, nil
	}
	w.round++
	r.Refused, r.Warnings = itemsOf(r.refused), itemsOf(r.warnings)
	return r, nil
}

func itemsOf(ds source.Diagnostics) []findingItem {
	if len(ds) == 0 {
		return nil
	}
	return documentOf(ds).Findings
}

// useful is what the version in use comes to: its changes and checks where it is
// another than before, and the cases. It reports whether cases are other than before.
func (w *watcher) useful(ctx context.Context, r *watchRound, o reload.Outcome) (bool, error) {
	p := &pack{Pack: o.Now.Pack, dir: w.dir}
	failed := len(o.Refused) > 0
	if o.Changed() {
		r.warnings = o.Now.Warnings
		if o.Before != nil {
			d := packdiff.Of(o.Before.Pack, o.Now.Pack)
			d.Places(w.before(o, p).located, p.located)
			r.Changes, r.Words = d.Changes, len(d.Words)
		}
		for _, check := range packChecks() {
			c, err := check.run(w, ctx, o.Now)
			if err != nil {
				return false, err
			}
			c.Name, c.Findings = check.name, itemsOf(c.found)
			r.Checks = append(r.Checks, c)
			failed = failed || c.Failed > 0
		}
		w.failed = failed
	}
	w.failed = w.failed || failed
	if w.cases == "" {
		return false, nil
	}
	return w.runCases(ctx, r, o, p)
}

// testPack runs the pack's own tests.
func (w *watcher) testPack(ctx context.Context, v *reload.Version) (checked, error) {
	p := &pack{Pack: v.Pack, dir: w.dir}
	tests, err := packtest.All(ctx, v.Pack, v.Pack.Tests, func(*rules.Pack) func() packtest.Session { return w.app.sessions(v.Program) })
	c := checked{Ran: len(tests)}
	for _, t := range tests {
		if !t.Passed() {
			c.Failed++
		}
		c.found = append(c.found, p.places(t.Failures)...)
	}
	return c, err
}

// runner runs one version.
func (w *watcher) runner(v *reload.Version) packdiff.Run {
	p := &pack{Pack: v.Pack, dir: w.dir}
	return func(ctx context.Context, _ *rules.Pack, c *facts.Case) (*trace.Trace, error) {
		t, err := runProgram(ctx, v.Program, c, w.app.settings.MaxFacts)
		return t, p.placed(err)
	}
}

// runCases reads the cases and runs them, and tells which come to something else than
// before.
func (w *watcher) runCases(ctx context.Context, r *watchRound, o reload.Outcome, p *pack) (bool, error) {
	list := w.readAll(p)
	if !o.Changed() && w.sameCases(list) {
		return false, nil
	}
	results, err := packdiff.RunAll(ctx, p.Pack, list, w.runner(o.Now), runtime.GOMAXPROCS(0), nil)
	if err != nil {
		return false, err
	}
	last, first := w.last, w.last == nil
	w.last, w.reads = map[string]packdiff.Result{}, map[string]*facts.Case{}
	r.Cases = &watchedCases{Total: len(list), Answers: []watchedAnswer{}, Differ: []packdiff.Case{}}
	for i, read := range list {
		now := results[i]
		w.last[read.ID], w.reads[read.ID] = now, read.Case
		r.Cases.Answers = append(r.Cases.Answers, watchedAnswer{read.ID, now.Outcome()})
		if now.Trace == nil {
			r.Cases.Failed++
		}
		before, there := last[read.ID]
		if !there {
			before = packdiff.Result{Err: source.Diagnostics{errNoFile.At(source.Span{}, "it was not there")}}
		}
		if c, differs := packdiff.CaseOf(read.ID, before, now); differs && !first {
			c.Places(w.before(o, p).located, p.located)
			r.Cases.Differ = append(r.Cases.Differ, c)
		}
	}
	return true, nil
}

// before is the pack that was in use when cases were run last.
func (w *watcher) before(o reload.Outcome, now *pack) *pack {
	if o.Changed() && o.Before != nil {
		return &pack{Pack: o.Before.Pack, dir: w.dir}
	}
	return now
}

// sameCases reports whether all cases are as they were read last.
func (w *watcher) sameCases(list []packdiff.Read) bool {
	if len(list) != len(w.reads) || w.last == nil {
		return false
	}
	for _, r := range list {
		before, there := w.reads[r.ID]
		if !there || (before == nil) != (r.Case == nil) || before != nil && !before.Same(r.Case) {
			return false
		}
	}
	return true
}

// readAll reads the cases, each with what is wrong with it.
func (w *watcher) readAll(p *pack) []packdiff.Read {
	files, _, err := w.app.caseFiles([]string{w.cases})
	if err != nil {
		return []packdiff.Read{{ID: w.cases, Err: w.app.findings(err)}}
	}
	var list []packdiff.Read
	seen := map[string]bool{}
	for _, file := range files {
		c, _, err := w.app.readQuietly(file, p)
		r := packdiff.Read{ID: filepath.Base(file), Case: c, Err: w.app.findings(err)}
		if c != nil && !seen[c.ID] {
			r.ID = c.ID
		}
		seen[r.ID] = true
		list = append(list, r)
	}
	return list
}

// text writes a round for a person.
func (w *watcher) text(to io.Writer, r *watchRound, style report.Style) error {
	if len(r.refused) > 0 {
		stays := "no pack is in use"
		if r.Version > 0 {
			stays = fmt.Sprintf("version %d stays in use", r.Version)
		}
		fmt.Fprintf(to, "the pack is refused; %s\n", stays)
		w.app.render(to, r.refused)
	}
	if r.Event == "loaded" {
		p := w.packs.Current().Pack
		fmt.Fprintf(to, "version %d: pack %s %s, %s, %s\n", r.Version, p.Name, p.Version, counted(len(p.Rules), "rule"), counted(len(p.Thresholds), "threshold"))
		w.app.render(to, r.warnings)
		if err := report.ChangesText(to, r.Changes, report.CompareForm{Full: w.full, Style: style}); err != nil {
			return err
		}
		switch {
		case r.Version > 1 && len(r.Changes) == 0 && r.Words == 0:
			fmt.Fprintln(to, "  nothing differs but how it is written")
		case r.Words > 0:
			fmt.Fprintf(to, "  in words only: %s\n", counted(r.Words, "place"))
		}
	}
	for _, c := range r.Checks {
		fmt.Fprintf(to, "%s: %d, %d failed\n", c.Name, c.Ran, c.Failed)
	}
	if r.Cases != nil {
		if err := w.casesText(to, r, style); err != nil {
			return err
		}
	}
	for _, c := range r.Checks {
		w.app.render(to, c.found)
	}
	return nil
}

// casesText writes what cases come to: at first all, and later those that come to
// something else than before.
func (w *watcher) casesText(to io.Writer, r *watchRound, style report.Style) error {
	fmt.Fprintf(to, "cases: %d, %d without an answer", r.Cases.Total, r.Cases.Failed)
	if r.Round > 1 {
		fmt.Fprintf(to, ", %d come out otherwise", len(r.Cases.Differ))
	}
	fmt.Fprintln(to)
	if r.Round == 1 {
		for _, x := range r.Cases.Answers {
			fmt.Fprintf(to, "  %s: %s\n", report.Printable(x.ID), report.Printable(x.Says()))
		}
	}
	return report.CasesText(to, r.Cases.Differ, report.CompareForm{Full: w.full, Style: style})
}

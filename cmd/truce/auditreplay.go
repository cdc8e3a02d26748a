package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"sync"

	"github.com/spf13/cobra"

	"truce/engine"
	"truce/engine/trace"
	"truce/explain"
	"truce/explain/audit"
	"truce/explain/compare"
	"truce/explain/record"
	"truce/explain/replay"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// replayer runs packs over cases; it is safe for concurrent use.
func (a *app) replayer() replay.Run {
	var mutex sync.Mutex
	programs := map[*rules.Pack]*engine.Program{}
	return func(ctx context.Context, p *rules.Pack, c *facts.Case, ps *trace.Parameters) (*trace.Trace, error) {
		mutex.Lock()
		program := programs[p]
		if program == nil {
			program = engine.Compile(p)
			programs[p] = program
		}
		mutex.Unlock()
		s := program.NewSession(engine.Options{Limits: engine.Limits{Facts: a.settings.MaxFacts}})
		if err := s.Load(c); err != nil {
			return nil, err
		}
		for i, t := range p.Thresholds {
			if t.Points == nil && !ps.Value(i).Same(t.Value) {
				if err := s.SetThreshold(t.Name, ps.Value(i)); err != nil {
					return nil, err
				}
			}
		}
		if err := s.Run(ctx); err != nil {
			return nil, err
		}
		return s.Trace()
	}
}

// replayed is what became of one record.
type replayed struct {
	Number int64         `json:"number"`
	Case   string        `json:"case"`
	Was    string        `json:"was"`
	Is     string        `json:"is,omitempty"`
	First  *compare.Step `json:"first,omitempty"`
	Error  string        `json:"error,omitempty"`
	masked bool
	same   bool
}

func (a *app) auditReplayCommand() *cobra.Command {
	var with string
	cmd := a.overRecords(&cobra.Command{
		Use:   "replay [STORE]",
		Short: "Run recorded assessments again, with their rules or with others",
		Long: `Run the records of a store again from their own facts and rules, and compare what comes
out byte by byte. With --with, run other rules over the recorded cases, and list what
would have been decided differently, and the first condition or value that made the
difference.

The exit code is 1 where a replay with a record's own rules comes to something else; what
other rules decide differently is an answer.`,
		Example: `  truce audit replay audit.db
  truce audit replay audit.db --with my-rules
  truce audit replay audit.db --with my-rules --from 2026-01-01 --format json`,
	}, func(ctx context.Context, s audit.Store, list []audit.Summary) error {
		if with == "" {
			return a.replaySame(ctx, s, list)
		}
		return a.replayWith(ctx, s, list, with)
	})
	formatFlag(cmd)
	settingFlag(cmd.Flags(), "max-facts")
	cmd.Flags().StringVar(&with, "with", "", "the `DIR` of other rules")
	return cmd
}

// eachRecord does something with every record, on all processors, with a bar. Bad is told
// of records that cannot be read, or whose packs cannot be loaded, and of what was found
// where doing it failed; nil bad ends the work at the first.
func (a *app) eachRecord(ctx context.Context, s audit.Store, list []audit.Summary, do func(i int, r *record.Record, p *pack) error,
	bad func(i int, ds source.Diagnostics)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	of := newPacks(s)
	bar := a.newProgress(len(list))
	defer bar.clear()
	work := make(chan int)
	var mutex sync.Mutex
	var first error
	fail := func(err error) {
		mutex.Lock()
		defer mutex.Unlock()
		if first == nil {
			first = err
		}
		cancel()
	}
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range work {
				r, err := audit.Read(ctx, s, list[i].Number)
				if err == nil {
					var p *pack
					if p, err = of.of(ctx, r); err == nil {
						err = do(i, r, p)
					}
				}
				var ds source.Diagnostics
				if bad != nil && errors.As(err, &ds) {
					bad(i, ds)
				} else if err != nil {
					fail(err)
					continue
				}
				mutex.Lock()
				bar.step(list[i].Case)
				mutex.Unlock()
			}
		})
	}
	for i := range list {
		if ctx.Err() != nil {
			break
		}
		work <- i
	}
	close(work)
	workers.Wait()
	return errors.Join(first, ctx.Err())
}

func (a *app) replaySame(ctx context.Context, s audit.Store, list []audit.Summary) error {
	run := a.replayer()
	found := make([]source.Diagnostics, len(list))
	err := a.eachRecord(ctx, s, list, func(i int, r *record.Record, p *pack) error {
		ds, err := replay.Same(ctx, r, p.Pack, run)
		for k := range ds {
			ds[k].Message = fmt.Sprintf("record %d: %s", list[i].Number, ds[k].Message)
			if r.Masked != nil {
				ds[k] = ds[k].Warn() // it was not run, which says nothing against it
			}
		}
		found[i] = ds
		return err
	}, nil)
	if err != nil {
		return err
	}
	var all source.Diagnostics
	for _, ds := range found {
		all = append(all, ds...)
	}
	return a.reportFindings(all, func(w io.Writer) {
		// only a masked record has a warning, and one
		fmt.Fprintf(w, "%s again, byte by byte\n", counted(len(list)-len(all), "record"))
	})
}

func (a *app) replayWith(ctx context.Context, s audit.Store, list []audit.Summary, dir string) error {
	others := map[bool]*pack{}
	for _, sourceOnly := range []bool{false, true} {
		p, warnings, err := a.loadPackFrom(dir, sourceOnly)
		if err != nil {
			return err
		}
		if !sourceOnly {
			a.warn(warnings)
		}
		others[sourceOnly] = p
	}
	run := a.replayer()
	out := make([]replayed, len(list))
	err := a.eachRecord(ctx, s, list, func(i int, r *record.Record, p *pack) error {
		c, err := replay.With(ctx, r, p.Pack, others[r.Pack.SourceOnly].Pack, run)
		out[i] = replayed{Number: list[i].Number, Case: list[i].Case, Was: c.Was, Is: c.Is, First: c.First, masked: r.Masked != nil, same: c.Same}
		if len(c.Err) > 0 {
			out[i].Error = c.Err[0].Message
		}
		return err
	}, nil)
	if err != nil {
		return err
	}
	return a.print(func(w io.Writer) error { return a.writeReplay(w, out) })
}

func (a *app) writeReplay(w io.Writer, list []replayed) error {
	changed, masked, failed := []replayed{}, []replayed{}, 0
	for _, r := range list {
		switch {
		case r.masked:
			masked = append(masked, r)
			continue
		case r.Error != "":
			failed++
		}
		if !r.same {
			changed = append(changed, r)
		}
	}
	if a.settings.Format == formatJSON {
		return writeJSON(w, struct {
			Format  string     `json:"format"`
			Records int        `json:"records"`
			Changed []replayed `json:"changed"`
			Masked  []replayed `json:"masked,omitempty"` // not run
		}{"truce.replay/1", len(list), changed, masked})
	}
	for _, r := range changed {
		switch {
		case r.Error != "":
			fmt.Fprintf(w, "%d  %s: %s before, and now an error: %s\n", r.Number, r.Case, r.Was, r.Error)
		default:
			fmt.Fprintf(w, "%d  %s: %s before, %s now\n", r.Number, r.Case, r.Was, r.Is)
			if r.First != nil {
				fmt.Fprintf(w, "    %s: %s before, %s now\n", r.First.Text, foundText(&r.First.A), foundText(&r.First.B))
			}
		}
	}
	for _, r := range masked {
		fmt.Fprintf(w, "%d  %s: %s before, and not run again: some of its values are masked\n", r.Number, r.Case, r.Was)
	}
	_, err := fmt.Fprintf(w, "%s of %s decided differently, %d of them in an error\n", strconv.Itoa(len(changed)), counted(len(list), "record"), failed)
	return err
}

// foundText is what one side has at a step, in a few words.
func foundText(f *compare.Found) string {
	switch {
	case f.Truth != "":
		return f.Truth
	case !f.Value.IsZero():
		return explain.Close.Print(f.Value)
	}
	return f.Says
}

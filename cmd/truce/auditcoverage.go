package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"truce/explain/audit"
	"truce/explain/cover"
	"truce/explain/record"
	"truce/explain/replay"
	"truce/explain/world"
	"truce/facts/source"
	"truce/rules"
)

func (a *app) auditCoverageCommand() *cobra.Command {
	cmd := a.overRecords(&cobra.Command{
		Use:   "coverage [STORE]",
		Short: "Say which rules and conditions never held in what was decided",
		Long: `Run recorded assessments again, each with its own rules, and say which rules held in
none of them, and which conditions never came to be true, or false. Each pack that
answered, by its digest, has a table of its own. It counts as "rules test --cover" does
over the tests of a pack, but over what was really decided.

A rule that never holds may be needed for a case that has not come yet, or may be wrong:
"truce rules check" finds those that cannot hold. Records that cannot be run are named,
and counted nowhere.`,
		Example: `  truce audit coverage audit.db
  truce audit coverage audit.db --from 2026-01-01 --to 2026-03-31
  truce audit coverage audit.db --answer truce --format json`,
	}, a.coverRecords)
	formatFlag(cmd)
	settingFlag(cmd.Flags(), "max-facts")
	return cmd
}

// covered is the coverage of the records of one pack.
type covered struct {
	Pack       string          `json:"pack"`
	Version    string          `json:"version"`
	Digest     string          `json:"digest"`
	SourceOnly bool            `json:"source_only"`
	Records    int             `json:"records"` // that were run
	Coverage   *cover.Document `json:"coverage"`

	first int64 // the number of the first record
	// counters are shared by those who run records, each used by one at a time.
	counters []*cover.Counter
	free     []*cover.Counter
}

// coverages are those of all packs.
type coverages struct {
	mutex sync.Mutex
	of    map[*rules.Pack]*covered
}

// take gives a counter of a pack that nobody else uses.
func (c *coverages) take(p *rules.Pack) *cover.Counter {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	x := c.of[p]
	if x == nil {
		x = &covered{Pack: p.Name, Version: p.Version, Digest: p.Digest, SourceOnly: p.SourceOnly}
		c.of[p] = x
	}
	if n := len(x.free); n > 0 {
		counter := x.free[n-1]
		x.free = x.free[:n-1]
		return counter
	}
	counter := cover.New(p)
	x.counters = append(x.counters, counter)
	return counter
}

// give gives a counter back, with one record more in it.
func (c *coverages) give(p *rules.Pack, counter *cover.Counter, number int64) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	x := c.of[p]
	x.free = append(x.free, counter)
	if x.Records == 0 || number < x.first {
		x.first = number
	}
	x.Records++
}

// list is what was counted, in the order in which the packs first answered.
func (c *coverages) list() []*covered {
	list := []*covered{}
	for _, x := range c.of {
		for _, other := range x.counters[1:] {
			x.counters[0].Merge(other)
		}
		x.Coverage = x.counters[0].Coverage().Document()
		list = append(list, x)
	}
	slices.SortFunc(list, func(x, y *covered) int { return int(x.first - y.first) })
	return list
}

// notRun is a record that could not be run.
type notRun struct {
	Number int64  `json:"number"`
	Case   string `json:"case"`
	Error  string `json:"error"`
}

func (a *app) coverRecords(ctx context.Context, s audit.Store, list []audit.Summary) error {
	run := a.replayer()
	counts := &coverages{of: map[*rules.Pack]*covered{}}
	bad := make([]source.Diagnostics, len(list))
	err := a.eachRecord(ctx, s, list, func(i int, r *record.Record, p *pack) error {
		t, err := replay.Again(ctx, r, p.Pack, run)
		if err != nil {
			return err
		}
		counter := counts.take(p.Pack)
		if err := counter.Run(ctx, world.Of(t, t.Parameters)); err != nil {
			return err
		}
		counts.give(p.Pack, counter, list[i].Number)
		return nil
	}, func(i int, ds source.Diagnostics) { bad[i] = ds })
	if err != nil {
		return err
	}
	failed := []notRun{}
	for i, ds := range bad {
		if len(ds) > 0 {
			failed = append(failed, notRun{list[i].Number, list[i].Case, ds[0].Code + ": " + ds[0].Message})
		}
	}
	return a.print(func(w io.Writer) error { return a.writeCoverage(w, counts.list(), failed) })
}

func (a *app) writeCoverage(w io.Writer, list []*covered, failed []notRun) error {
	if a.settings.Format == formatJSON {
		return writeJSON(w, struct {
			Format string     `json:"format"`
			Packs  []*covered `json:"packs"`
			Failed []notRun   `json:"failed"`
		}{"truce.coverage/1", list, failed})
	}
	records := 0
	for _, x := range list {
		without := ""
		if x.SourceOnly {
			without = " without extensions"
		}
		fmt.Fprintf(w, "%s %s%s, digest %s: %s\n", x.Pack, x.Version, without, x.Digest, counted(x.Records, "record"))
		if err := x.Coverage.Text(w); err != nil {
			return err
		}
		fmt.Fprintln(w)
		records += x.Records
	}
	for _, f := range failed {
		fmt.Fprintf(w, "%d  %s cannot be run: %s\n", f.Number, f.Case, f.Error)
	}
	not := ""
	if n := len(failed); n > 0 {
		not = fmt.Sprintf("; %d could not be run", n)
	}
	_, err := fmt.Fprintf(w, "%s of %s run%s\n", counted(records, "record"), counted(len(list), "pack"), not)
	return err
}

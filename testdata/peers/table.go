package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"
)

// figure is the cost of one operation. Bytes and allocations are -1 where they
// cannot be seen.
type figure struct {
	time          time.Duration
	bytes, allocs int64
}

// entry is one line of the table.
type entry struct {
	work, engine string
	figure       figure
}

type table struct {
	entries []entry
	notes   []string
}

func (t *table) note(s string) { t.notes = append(t.notes, s) }

func (t *table) add(work, engine string, f figure) {
	t.entries = append(t.entries, entry{work: work, engine: engine, figure: f})
	fmt.Fprintf(os.Stderr, "%s %s %v\n", work, engine, f.time)
}

// print lists the entries work by work, truce first and then the fastest.
func (t *table) print(w io.Writer) {
	var order []string
	by := map[string][]entry{}
	for _, e := range t.entries {
		if by[e.work] == nil {
			order = append(order, e.work)
		}
		by[e.work] = append(by[e.work], e)
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "work\tengine\tµs each\ttruce's ×\tbytes\tallocations\t")
	for _, work := range order {
		list := by[work]
		slices.SortStableFunc(list, func(a, b entry) int {
			return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.figure.time, b.figure.time))
		})
		var own time.Duration
		if list[0].engine == ours {
			own = list[0].figure.time
		}
		for _, e := range list {
			line(tw, e, own)
		}
	}
	tw.Flush()
	for _, n := range t.notes {
		fmt.Fprintln(w, n)
	}
}

// ours is the engine that others are compared with.
const ours = "truce"

func rank(e entry) int {
	if e.engine == ours {
		return 0
	}
	return 1
}

func line(w io.Writer, e entry, own time.Duration) {
	ratio, bytes, allocs := "", "", ""
	if own > 0 {
		ratio = fmt.Sprintf("%.4g", float64(e.figure.time)/float64(own))
	}
	if e.figure.bytes >= 0 {
		bytes, allocs = fmt.Sprint(e.figure.bytes), fmt.Sprint(e.figure.allocs)
	}
	fmt.Fprintf(w, "%s\t%s\t%.4g\t%s\t%s\t%s\t\n", e.work, e.engine, float64(e.figure.time)/1e3, ratio, bytes, allocs)
}

// measure times f, which does the operation with the number it is given, in three
// turns, and takes the best: whatever else runs on the machine only adds.
func measure(s settings, f func(i int) error) (figure, error) {
	turns := make([]figure, 3)
	i := 0
	for n := range turns {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start, count := time.Now(), 0
		for batch := 1; ; batch = min(batch*2, 256) {
			for range batch {
				if err := f(i); err != nil {
					return figure{}, err
				}
				i++
			}
			count += batch
			if time.Since(start) >= s.each {
				break
			}
		}
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		turns[n] = figure{took / time.Duration(count), int64(after.TotalAlloc-before.TotalAlloc) / int64(count), int64(after.Mallocs-before.Mallocs) / int64(count)}
		if took > 8*s.each {
			return turns[n], nil // one operation alone is long
		}
	}
	slices.SortFunc(turns, func(a, b figure) int { return cmp.Compare(a.time, b.time) })
	return turns[0], nil
}

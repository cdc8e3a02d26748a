package layout

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// around is how many lines that stay are shown beside those that change.
const around = 3

// Unified shows what parts two texts of a file as patch and diff -u do; "" where nothing
// does.
//
// Lines that occur once in both texts are anchors, of which the most that stand in the
// same order are kept; what is alike next to an anchor belongs to it. So the work grows
// with n log n, and a line that was moved shows as taken out and put in.
func Unified(name, before, after string) string {
	if before == after {
		return ""
	}
	d := &unified{a: linesOf(before), b: linesOf(after)}
	fmt.Fprintf(&d.out, "--- %s\n+++ %s\n", name, name)
	for _, m := range anchors(d.a, d.b) {
		if m.a < d.doneA || m.b < d.doneB {
			continue // the stretch of an anchor before holds it
		}
		from, to := m, match{m.a + 1, m.b + 1}
		for from.a > d.doneA && from.b > d.doneB && d.a[from.a-1] == d.b[from.b-1] {
			from.a, from.b = from.a-1, from.b-1
		}
		for to.a < len(d.a) && to.b < len(d.b) && d.a[to.a] == d.b[to.b] {
			to.a, to.b = to.a+1, to.b+1
		}
		d.change(from)
		d.same(to)
	}
	d.change(match{len(d.a), len(d.b)})
	d.flush()
	return d.out.String()
}

// linesOf are the lines of a text with their ends.
func linesOf(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		return lines[:len(lines)-1]
	}
	return lines
}

// match is a line of both texts, or a place in both.
type match struct{ a, b int }

// unified gathers hunks.
type unified struct {
	a, b         []string
	doneA, doneB int
	out          strings.Builder
	hunk         []string // with their marks; empty outside of one
	start        match    // of the hunk
	trailing     int      // lines at its end that stay
}

// change goes on to a place, all before which differs.
func (d *unified) change(to match) {
	if d.doneA == to.a && d.doneB == to.b {
		return
	}
	if len(d.hunk) == 0 {
		n := min(around, d.doneA, d.doneB)
		d.start = match{d.doneA - n, d.doneB - n}
		d.put(' ', d.a[d.start.a:d.doneA])
	}
	d.put('-', d.a[d.doneA:to.a])
	d.put('+', d.b[d.doneB:to.b])
	d.doneA, d.doneB, d.trailing = to.a, to.b, 0
}

// same goes on to a place, all before which is alike.
func (d *unified) same(to match) {
	stays := d.a[d.doneA:to.a]
	d.doneA, d.doneB = to.a, to.b
	if len(d.hunk) == 0 {
		return
	}
	d.put(' ', stays)
	if d.trailing += len(stays); d.trailing > 2*around {
		d.flush()
	}
}

func (d *unified) put(mark byte, lines []string) {
	for _, l := range lines {
		if !strings.HasSuffix(l, "\n") {
			l += "\n\\ No newline at end of file\n"
		}
		d.hunk = append(d.hunk, string(mark)+l)
	}
}

// flush writes the hunk, if there is one.
func (d *unified) flush() {
	if len(d.hunk) == 0 {
		return
	}
	hunk := d.hunk[:len(d.hunk)-max(0, d.trailing-around)]
	count := func(without byte) (n int) {
		for _, l := range hunk {
			if l[0] != without {
				n++
			}
		}
		return n
	}
	a, b := count('+'), count('-')
	fmt.Fprintf(&d.out, "@@ -%s +%s @@\n", stretch(d.start.a, a), stretch(d.start.b, b))
	for _, l := range hunk {
		d.out.WriteString(l)
	}
	d.hunk, d.trailing = nil, 0
}

// stretch is the head of so many lines from an index on; of none, it is the line before.
func stretch(from, n int) string {
	if n == 0 {
		return fmt.Sprintf("%d,0", from)
	}
	return fmt.Sprintf("%d,%d", from+1, n)
}

// anchors are the lines that occur once in both texts, as many as stand in one order.
func anchors(a, b []string) []match {
	const many = -1
	index := func(lines []string) map[string]int {
		at := map[string]int{}
		for i, l := range lines {
			if _, ok := at[l]; ok {
				i = many
			}
			at[l] = i
		}
		return at
	}
	inB, inA := index(b), index(a)
	var all []match
	for i, l := range a {
		if k, ok := inB[l]; ok && k != many && inA[l] != many {
			all = append(all, match{i, k})
		}
	}
	return rising(all)
}

// rising is the longest part of matches, which are in the order of a, whose b rise too.
func rising(all []match) []match {
	var ends []int // by length less one: the match that ends a part of it lowest
	before := make([]int, len(all))
	for i, m := range all {
		k := sort.Search(len(ends), func(k int) bool { return all[ends[k]].b >= m.b })
		before[i] = -1
		if k > 0 {
			before[i] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, i)
		} else {
			ends[k] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	var part []match
	for i := ends[len(ends)-1]; i >= 0; i = before[i] {
		part = append(part, all[i])
	}
	slices.Reverse(part)
	return part
}

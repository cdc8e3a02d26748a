package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// progress draws a bar on a terminal while many cases run. A pipe gets nothing, and
// neither does work that is done before anybody would look.
type progress struct {
	w       io.Writer // nil: nothing is drawn
	width   int
	total   int
	done    int
	started time.Time
	drawn   time.Time
}

// patience is how long work runs before a bar is worth drawing, and pace how long
// one stands before it is drawn anew.
const (
	patience = 500 * time.Millisecond
	pace     = 100 * time.Millisecond
)

// newProgress begins a bar over so many steps.
func (a *app) newProgress(total int) *progress {
	p := &progress{total: total, started: time.Now()}
	if _, ok := terminal(a.err); ok {
		p.w, p.width = a.err, min(a.width(a.err), pipeWidth)
	}
	return p
}

// step says that one more step is done, and which comes next.
func (p *progress) step(next string) {
	p.done++
	now := time.Now()
	if p.w == nil || now.Sub(p.started) < patience || now.Sub(p.drawn) < pace {
		return
	}
	p.drawn = now
	fmt.Fprintf(p.w, "\r\x1b[K%s", bar(p.done, p.total, next, p.width-1))
}

// clear takes the bar away, if there is one.
func (p *progress) clear() {
	if p != nil && p.w != nil && !p.drawn.IsZero() {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// bar is one line of at most width runes: [####....] 12/31 next.
func bar(done, total int, next string, width int) string {
	const cells = 20
	full := 0
	if total > 0 {
		full = min(cells, done*cells/total)
	}
	line := []rune(fmt.Sprintf("[%s%s] %d/%d %s", strings.Repeat("#", full), strings.Repeat(".", cells-full), done, total, next))
	return string(line[:min(len(line), max(width, 0))])
}

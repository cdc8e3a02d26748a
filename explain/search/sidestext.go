package search

import (
	"io"
	"strings"

	"truce/explain/report"
)

// proofLevels is how many levels of facts the short proof of an answer shows.
const proofLevels = 2

// Text writes both sides: the proof in short, the rivals, and the matrix.
func (x *Sides) Text(to io.Writer, style report.Style) error {
	w := newWriter(style)
	w.head(&x.About, "What speaks for it, what for the others, and what tells them apart?")
	if err := w.Flush(to); err != nil {
		return err
	}
	if err := report.ProofText(to, x.Proof, report.ProofForm{Depth: proofLevels, Detail: report.Short, Style: style}); err != nil {
		return err
	}
	w.Bold("The best case for each other answer, and what stands in its way")
	if err := w.Flush(to); err != nil {
		return err
	}
	if err := report.RivalsText(to, x.Rivals, style); err != nil {
		return err
	}
	x.Matrix.text(w)
	if x.Exhausted {
		w.Line("", "The runs were used up: --runs gives more.")
	}
	w.foot(&x.About, &x.Effort)
	return w.Flush(to)
}

// text writes the matrix as a table.
func (m *Matrix) text(w *writer) {
	w.Bold("%s", MatrixTitle)
	w.Table(m.Table())
	for _, note := range m.Notes() {
		w.Line("", "%s", note)
	}
}

// MatrixTitle is what stands above a matrix.
const MatrixTitle = "Facts by answers: what can hold no more (-), and what can hold now (+), with one fact moved"

// Table is the matrix as rows of texts, the answers and what can hold as it is first. A
// row has a fact, how it was moved, and a cell an answer; the further moves of a fact
// have no name.
func (m *Matrix) Table() [][]string {
	rows := [][]string{append([]string{"", ""}, m.Answers...)}
	now := []string{"as it is", ""}
	for _, can := range m.Can {
		now = append(now, map[bool]string{true: "can", false: "cannot"}[can])
	}
	rows = append(rows, now)
	for i := range m.Rows {
		rows = append(rows, m.Rows[i].lines()...)
	}
	return rows
}

// Notes say how a matrix is read, and which facts are not in it.
func (m *Matrix) Notes() []string {
	notes := []string{"A fact is diagnostic between two answers where a row of it has different signs for them. Each is moved alone: made " +
		"unknown, and across the nearest value at which other answers can hold."}
	if len(m.Idle) > 0 {
		notes = append(notes, "Diagnostic between none: "+strings.Join(m.Idle, ", ")+".")
	}
	if len(m.Still) > 0 {
		notes = append(notes, "Without a value to lose or a range to move in: "+strings.Join(m.Still, ", ")+".")
	}
	return notes
}

// lines are those of a fact: one a move.
func (r *Row) lines() [][]string {
	var rows [][]string
	name := r.Name
	for i := range r.Moves {
		x := &r.Moves[i]
		move := "unknown"
		if x.Kind != "unknown" {
			move = shown(x.To)
		}
		row := []string{name, from(r) + " -> " + move}
		for _, by := range x.Changes {
			row = append(row, [...]string{"-", "", "+"}[by+1])
		}
		rows = append(rows, row)
		name = ""
	}
	return rows
}

func from(r *Row) string {
	c := Change{From: r.At, Origin: r.Origin}
	return c.from()
}

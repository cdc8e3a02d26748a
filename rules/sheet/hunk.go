package sheet

import (
	"slices"
	"strings"
)

// Hunk is some lines of a file of the pack with what takes their place.
type Hunk struct {
	File     string
	Line     int // the first of the old ones, from 1
	Old, New []string
}

// hunks are the lines that the edits touch, when they have been applied.
func (f *file) hunks() []Hunk {
	var list []Hunk
	for i := 0; i < len(f.edits); {
		from := f.lineStart(f.edits[i].from)
		to := f.lineEnd(f.edits[i].to)
		last := i
		for last+1 < len(f.edits) && f.lineStart(f.edits[last+1].from) <= to {
			last++
			to = max(to, f.lineEnd(f.edits[last].to))
		}
		part := &file{text: f.text[:to], edits: slices.Clone(f.edits[i : last+1])}
		text, _ := part.apply()
		h := Hunk{File: f.name, Line: strings.Count(f.text[:from], "\n") + 1, Old: linesOf(f.text[from:to]), New: linesOf(text[from:])}
		for len(h.Old) > 0 && len(h.New) > 0 && h.Old[0] == h.New[0] {
			h.Old, h.New, h.Line = h.Old[1:], h.New[1:], h.Line+1
		}
		for len(h.Old) > 0 && len(h.New) > 0 && h.Old[len(h.Old)-1] == h.New[len(h.New)-1] {
			h.Old, h.New = h.Old[:len(h.Old)-1], h.New[:len(h.New)-1]
		}
		list = append(list, h)
		i = last + 1
	}
	return list
}

func linesOf(text string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
}

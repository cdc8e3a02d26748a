package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"truce/facts/source"
	"truce/rules"
)

// fixFlags say that a pack is to be mended.
type fixFlags struct {
	fix  bool
	diff bool
}

func (f *fixFlags) addTo(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.fix, "fix", false, "mend what can only have been meant in one way")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "show what --fix would change, and write nothing")
}

func (f *fixFlags) asked() bool { return f.fix || f.diff }

// fixPack mends the pack in the folder that the settings name, and reports what was
// mended and what is left.
func (a *app) fixPack(f fixFlags) error {
	dir := a.settings.Rules
	if dir == "" {
		return source.Diagnostics{errUsage.At(source.Span{}, "the shipped pack is a part of the program, and nothing changes it").
			Expect("the folder of a pack").Suggest("copy it first: truce rules init my-rules")}
	}
	if _, err := os.Stat(dir); err != nil {
		return a.noFile(dir, err)
	}
	m := rules.MendDir(dir, rules.Options{SourceOnly: a.settings.SourceOnly})
	if exitCode(m.Left) == exitLimit {
		return inFolder(dir, m.Left)
	}
	if !f.diff {
		if err := rewrite(dir, m.Changed); err != nil {
			return err
		}
	}
	for _, c := range m.Changed {
		a.texts[filepath.Join(dir, c.Name)] = c.Is // so that excerpts show what is left
	}
	m.Fixed, m.Left = inFolder(dir, m.Fixed), inFolder(dir, m.Left)
	err := a.print(func(w io.Writer) error { return a.reportMended(w, dir, m, f) })
	if err == nil && (m.Left.HasErrors() || f.diff && m.Fixed.HasErrors()) {
		err = errFailed
	}
	return err
}

// rewrite writes the mended files of a folder in the place of what they were, all of
// them or none: through links, and with the rights that they had.
func rewrite(dir string, changed []rules.Change) error {
	var targets, texts []string
	for _, c := range changed {
		target, err := unchanged(filepath.Join(dir, c.Name), c.Was)
		if err != nil {
			return err
		}
		targets, texts = append(targets, target), append(texts, c.Is)
	}
	return replaceAll(targets, texts)
}

// unchanged is the file behind a path, which must hold what was read of it, and be one
// that may be written.
func unchanged(path, was string) (target string, err error) {
	var now []byte
	if target, err = filepath.EvalSymlinks(path); err == nil {
		var f *os.File
		if f, err = os.OpenFile(target, os.O_RDWR, 0); err == nil {
			defer f.Close()
			now, err = io.ReadAll(io.LimitReader(f, mostBytes+1))
		}
	}
	switch {
	case err != nil:
		return "", source.Diagnostics{errUnwritable.At(source.Span{File: path}, "%v", plain(err))}
	case string(now) != was:
		return "", source.Diagnostics{errUnwritable.At(source.Span{File: path}, "the file has been changed since it was read").
			Suggest("run the command again")}
	}
	return target, nil
}

// mendedDocument is the JSON form of a pack that was mended: the findings that are
// left, those that were mended, and the files that were changed for it.
type mendedDocument struct {
	findingsDocument
	Fixed   []findingItem `json:"fixed"`
	Files   []string      `json:"files"`
	Written bool          `json:"written"` // false where it was only shown
}

func (a *app) reportMended(w io.Writer, dir string, m rules.Mended, f fixFlags) error {
	if a.settings.Format == formatJSON {
		doc := mendedDocument{findingsDocument: documentOf(m.Left), Fixed: []findingItem{}, Files: []string{}, Written: !f.diff}
		for _, d := range m.Fixed {
			doc.Fixed = append(doc.Fixed, itemOf(d))
		}
		for _, c := range m.Changed {
			doc.Files = append(doc.Files, filepath.Join(dir, c.Name))
		}
		return writeJSON(w, doc)
	}
	done := "fixed"
	if f.diff {
		done = "would fix"
		for _, c := range m.Changed {
			writeDiff(w, filepath.Join(dir, c.Name), c)
		}
	}
	for _, d := range m.Fixed {
		fmt.Fprintf(w, "%s: %s %s: %s: %s\n", d.Span, done, d.Code, source.Safe(d.Message), source.Safe(d.Fix.Does))
	}
	a.render(w, m.Left)
	fmt.Fprintf(w, "%s %s in %s; %s\n", done, counted(len(m.Fixed), "finding"), counted(len(m.Changed), "file"), remaining(m.Left))
	return nil
}

func remaining(left source.Diagnostics) string {
	switch n := len(left); n {
	case 0:
		return "nothing is left"
	case 1:
		return "1 is left"
	default:
		return fmt.Sprintf("%d are left", n)
	}
}

// offerFixes says that some of the findings can be mended, where they are of the pack
// in a folder.
func (a *app) offerFixes(w io.Writer, ds source.Diagnostics) {
	n := 0
	for _, d := range ds {
		if d.Fix != nil && a.settings.Rules != "" && filepath.Dir(d.Span.File) == filepath.Clean(a.settings.Rules) {
			n++
		}
	}
	if n > 0 {
		fmt.Fprintf(w, "%d of %s can be fixed: truce rules check --fix %s\n", n, counted(len(ds), "finding"), a.settings.Rules)
	}
}

// around is how many lines that stay are shown on each side of one that changes.
const around = 3

// writeDiff writes how a file changes, as patch reads it. Fixes neither add lines nor
// take any away.
func writeDiff(w io.Writer, path string, c rules.Change) {
	was, is := strings.SplitAfter(c.Was, "\n"), strings.SplitAfter(c.Is, "\n")
	fmt.Fprintf(w, "--- %s\n+++ %s\n", path, path)
	for from := 0; from < len(was); {
		first, end := hunk(was, is, from)
		if first == len(was) {
			return
		}
		low, high := max(first-around, from), min(end+around, len(was))
		if was[len(was)-1] == "" {
			high = min(high, len(was)-1)
		}
		fmt.Fprintf(w, "@@ -%d,%d +%d,%d @@\n", low+1, high-low, low+1, high-low)
		writeHunk(w, was[low:high], is[low:high])
		from = high
	}
}

// hunk is the next stretch of changed lines from a line on, with those between that
// stay where they are few.
func hunk(was, is []string, from int) (first, end int) {
	first = from
	for first < len(was) && was[first] == is[first] {
		first++
	}
	end = first
	for i := first; i < len(was) && i <= end+2*around; i++ {
		if was[i] != is[i] {
			end = i + 1
		}
	}
	return first, end
}

func writeHunk(w io.Writer, was, is []string) {
	write := func(sign, line string) {
		fmt.Fprint(w, sign, line)
		if !strings.HasSuffix(line, "\n") {
			fmt.Fprint(w, "\n\\ No newline at end of file\n")
		}
	}
	for i := 0; i < len(was); {
		j := i
		for j < len(was) && was[j] != is[j] {
			j++
		}
		if i == j {
			write(" ", was[i])
			i++
			continue
		}
		for _, line := range was[i:j] {
			write("-", line)
		}
		for _, line := range is[i:j] {
			write("+", line)
		}
		i = j
	}
}

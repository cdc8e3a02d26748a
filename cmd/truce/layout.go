package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"truce/facts"
	"truce/facts/doc"
	"truce/facts/layout"
	"truce/facts/shape"
	"truce/facts/source"
	"truce/rules"
)

// layoutFormat is the version of the JSON form of what a formatter did.
const layoutFormat = "truce.layout/1"

type layoutDocument struct {
	Format  string       `json:"format"`
	Written bool         `json:"written"`
	Files   []layoutItem `json:"files"`
}

type layoutItem struct {
	File    string `json:"file"`
	Changed bool   `json:"changed"`
	Diff    string `json:"diff,omitempty"`
}

// layoutFlags are those of the commands that lay files out.
type layoutFlags struct{ check, diff bool }

func (f *layoutFlags) declare(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.check, "check", false, "write nothing; list what would change, and exit with 1 where something would")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "write nothing; show what would change")
	formatFlag(cmd)
}

const layoutLong = `

Comments stay where they are, and the files say what they said: the text is read again
before it is written. A file is written as a whole or not at all, and only where it
changes; one with an error of form is left alone. A dash reads standard input and
writes to standard output.`

func (a *app) rulesFmtCommand() *cobra.Command {
	var f layoutFlags
	cmd := &cobra.Command{
		Use:   "fmt [DIR | FILE... | -]",
		Short: "Lay out the files of a pack",
		Long: `Write the files of a pack, or some of them, in one layout: two blanks a level, keys of
rules, thresholds and the like in their usual order, lists and maps in brackets on one
line as far as column 120, a blank line between sections, rules, tables and tests.` + layoutLong,
		Example: `  truce rules fmt my-rules
  truce rules fmt --check my-rules
  truce rules fmt --diff my-rules/balance.yaml
  truce rules fmt - < my-rules/balance.yaml`,
		ValidArgsFunction: completePackFiles,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 && a.settings.Rules != "" {
				args = []string{a.settings.Rules}
			}
			if len(args) == 0 {
				return source.Diagnostics{errUsage.At(source.Span{}, "the shipped pack is inside the program, and cannot be written").
					Expect("a folder or files").Suggest("truce rules init copies the pack into a folder")}
			}
			return a.layOut(args, packFiles, rules.PackFile(), f)
		},
	}
	settingFlag(cmd.Flags(), "rules")
	f.declare(cmd)
	return cmd
}

func (a *app) caseFmtCommand() *cobra.Command {
	var f layoutFlags
	cmd := &cobra.Command{
		Use:   "fmt FILE... | -",
		Short: "Lay out case files",
		Long: `Write case files, or the cases in folders, in one layout: two blanks a level, the keys
of a case and of its values in their usual order, lists and maps in brackets on one
line as far as column 120. Cases in JSON are passed over.` + layoutLong,
		Example: `  truce case fmt my-case.yaml
  truce case fmt --check testdata/cases`,
		Args:              arguments(1, -1),
		ValidArgsFunction: completeCases,
		RunE: func(_ *cobra.Command, args []string) error {
			return a.layOut(args, yamlCasesIn, facts.AnyCase(), f)
		},
	}
	f.declare(cmd)
	return cmd
}

// packFiles are the files of the pack in a folder.
func packFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, source.Diagnostics{errUnreadable.At(source.Span{File: dir}, "%v", plain(err))}
	}
	var files []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".yaml" && !e.IsDir() {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, source.Diagnostics{errNoFile.At(source.Span{File: dir}, "no file of a pack lies in this folder").
			Expect("files that end in .yaml")}
	}
	return files, nil
}

// laid is a file before and after.
type laid struct {
	file          string
	before, after string
}

func (l laid) changed() bool { return l.before != l.after }

// layOut lays out files, a folder standing for those that in finds there. Those with an
// error are reported when the others are done.
func (a *app) layOut(paths []string, in func(dir string) ([]string, error), root shape.Shape, f layoutFlags) error {
	files, _, err := a.filesIn(paths, in)
	if err == nil {
		err = fitting(files)
	}
	if err != nil {
		return err
	}
	var done []laid
	var found source.Diagnostics
	for _, file := range files {
		text, err := a.read(file)
		if err != nil {
			found = append(found, a.findings(err)...)
			continue
		}
		after, ds := layout.Format(file, text, root, doc.Limits{Bytes: mostBytes})
		if found = append(found, ds...); !ds.HasErrors() {
			done = append(done, laid{file, string(text), string(after)})
		}
	}
	if slices.Contains(files, stdinName) && !f.check && !f.diff {
		if err := found.Err(); err != nil {
			return err
		}
		return a.print(func(w io.Writer) error { _, err := io.WriteString(w, done[0].after); return err })
	}
	if !f.check && !f.diff {
		done, found = a.writeLaid(done, found)
	}
	if err := a.reportLaid(done, f); err != nil {
		return err
	}
	if err := found.Err(); err != nil {
		return err
	}
	a.warn(found)
	if f.check && slices.ContainsFunc(done, laid.changed) {
		return errFailed
	}
	return nil
}

// fitting reports files that cannot be laid out. Standard input stands alone, for there
// is one standard output.
func fitting(files []string) error {
	var found source.Diagnostics
	for _, file := range files {
		switch {
		case file == stdinName && len(files) > 1:
			found = append(found, errUsage.At(source.Span{}, "standard input stands beside files").Expect("a dash alone, or files"))
		case isJSON(file):
			found = append(found, errUsage.At(source.Span{File: file}, "a file in JSON is not laid out").Expect("YAML"))
		}
	}
	return found.Err()
}

// yamlCasesIn are the cases in a folder, save those in JSON.
func yamlCasesIn(dir string) ([]string, error) {
	files, err := casesIn(dir)
	return slices.DeleteFunc(files, isJSON), err
}

func isJSON(path string) bool { return strings.EqualFold(filepath.Ext(path), ".json") }

// writeLaid writes what changed, and gives back what is written as it should be.
func (a *app) writeLaid(done []laid, found source.Diagnostics) ([]laid, source.Diagnostics) {
	var written []laid
	for _, l := range done {
		if l.changed() {
			if err := a.rewrite(l.file, []byte(l.after)); err != nil {
				found = append(found, a.findings(err)...)
				continue
			}
			a.texts[l.file] = l.after
		}
		written = append(written, l)
	}
	return written, found
}

// rewrite puts a text into a file that is there, behind whatever link, and leaves its
// permissions.
func (a *app) rewrite(path string, text []byte) error {
	unwritable := func(format string, args ...any) error {
		return source.Diagnostics{errUnwritable.At(source.Span{File: path}, format, args...)}
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return unwritable("%v", plain(err))
	}
	info, err := os.Stat(target)
	switch {
	case err != nil:
		return unwritable("%v", plain(err))
	case !info.Mode().IsRegular():
		return unwritable("this is no regular file")
	case info.Mode().Perm()&0o200 == 0:
		return unwritable("the file may only be read")
	}
	return replace(target, text, info.Mode().Perm())
}

// reportLaid lists the files that changed, or would, or shows how.
func (a *app) reportLaid(done []laid, f layoutFlags) error {
	return a.print(func(w io.Writer) error {
		d := layoutDocument{Format: layoutFormat, Written: !f.check && !f.diff, Files: []layoutItem{}}
		for _, l := range done {
			item := layoutItem{File: l.file, Changed: l.changed()}
			if f.diff {
				item.Diff = layout.Unified(l.file, l.before, l.after)
			}
			d.Files = append(d.Files, item)
			switch {
			case a.settings.Format == formatJSON:
			case f.diff:
				fmt.Fprint(w, item.Diff)
			case item.Changed:
				fmt.Fprintln(w, l.file)
			}
		}
		if a.settings.Format == formatJSON {
			return writeJSON(w, d)
		}
		return nil
	})
}

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"truce/facts/source"
	"truce/rules"
	"truce/rules/sheet"
)

func (a *app) rulesExportCommand() *cobra.Command {
	var out string
	var force bool
	cmd := &cobra.Command{
		Use:   "export [DIR] --out FOLDER",
		Short: "Write thresholds and tables as sheets for a spreadsheet",
		Long: `Write what an expert changes most of a pack as separated values, for a spreadsheet:
thresholds.csv with all numbers, points.csv with tables of points, and one sheet for
each decision table. "rules import" brings the changes back.

A text that a spreadsheet would run, for it begins with = + - or @, stands behind an
apostrophe. Leave it there; the import takes it off.`,
		Example: `  truce rules export --out sheets
  truce rules export my-rules --out sheets
  truce rules import sheets my-rules`,
		Args:              arguments(0, 1),
		ValidArgsFunction: completeFolders,
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return source.Diagnostics{errUsage.At(source.Span{}, "there is no --out").Expect("%s", cmd.UseLine())}
			}
			if err := a.atFolder(args); err != nil {
				return err
			}
			p, warnings, err := a.loadPack(false)
			if err != nil {
				return err
			}
			a.warn(warnings)
			return a.exportSheets(p, out, force)
		},
	}
	settingFlag(cmd.Flags(), "rules")
	cmd.Flags().StringVar(&out, "out", "", "where the sheets go: a folder `FOLDER`")
	_ = cmd.MarkFlagDirname("out") // fails only for a flag that is not declared
	cmd.Flags().BoolVar(&force, "force", false, "overwrite sheets that are there")
	return cmd
}

func (a *app) exportSheets(p *pack, dir string, force bool) error {
	sheets := sheet.Export(p.Pack)
	for _, s := range sheets {
		path := filepath.Join(dir, s.Name)
		if _, err := os.Lstat(path); err == nil && !force {
			return exists(path)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return source.Diagnostics{errUnwritable.At(source.Span{File: dir}, "%v", plain(err))}
	}
	for _, s := range sheets {
		if err := a.write(filepath.Join(dir, s.Name), []byte(s.Text), force); err != nil {
			return err
		}
	}
	return a.print(func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s of pack %s %s are in %s\n", counted(len(sheets), "sheet"), p.Name, p.Version, dir)
		return err
	})
}

func (a *app) rulesImportCommand() *cobra.Command {
	var diff bool
	cmd := &cobra.Command{
		Use:   "import FOLDER [DIR]",
		Short: "Bring sheets back into a pack",
		Long: `Read sheets that "rules export" wrote and somebody has edited, and write into the pack
the values that differ, and nothing else: comments and the layout of all files stay as
they are. A sheet that is not in the folder changes nothing. The changed pack is
checked first; where it has an error, which is shown at its cell, no file is touched.

What spreadsheets do to a file is understood: a byte-order mark, quotes, semicolons
with decimal commas, empty rows. What they do to values is not: dates in another
order, numbers that became dates. With --diff, the changes are shown and not made.`,
		Example: `  truce rules import sheets my-rules --diff
  truce rules import sheets my-rules
  truce rules import sheets --rules my-rules --format json`,
		Args: arguments(1, 2),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.atFolder(args[1:]); err != nil {
				return err
			}
			if a.settings.Rules == "" && !diff {
				return source.Diagnostics{errUsage.At(source.Span{}, "the shipped pack cannot be changed").
					Suggest("copy it with: truce rules init DIR, and name the copy: truce rules import %s DIR", args[0])}
			}
			p, _, err := a.loadPack(false)
			if err != nil {
				return err
			}
			return a.importSheets(p, args[0], diff)
		},
	}
	settingFlag(cmd.Flags(), "rules")
	formatFlag(cmd)
	cmd.Flags().BoolVar(&diff, "diff", false, "show what would change, and change nothing")
	return cmd
}

// sheetsIn are the sheets of a folder.
func (a *app) sheetsIn(dir string) ([]sheet.Sheet, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, a.noFile(dir, err)
	}
	if err != nil {
		return nil, source.Diagnostics{errUnreadable.At(source.Span{File: dir}, "%v", plain(err)).Expect("a folder")}
	}
	var list []sheet.Sheet
	for _, e := range entries {
		if e.IsDir() || !strings.EqualFold(filepath.Ext(e.Name()), ".csv") {
			continue
		}
		text, err := a.read(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		list = append(list, sheet.Sheet{Name: e.Name(), Text: string(text)})
	}
	if len(list) == 0 {
		return nil, source.Diagnostics{sheet.NoSheet.At(source.Span{File: dir}, "there are no sheets in the folder").
			Suggest("write them with: truce rules export --out %s", dir)}
	}
	return list, nil
}

func (a *app) importSheets(p *pack, dir string, diff bool) error {
	sheets, err := a.sheetsIn(dir)
	if err != nil {
		return err
	}
	result, ds := sheet.Import(p.Pack, sheets)
	place := func(file string) string {
		for _, s := range sheets {
			if s.Name == file {
				return filepath.Join(dir, file)
			}
		}
		return p.path(file)
	}
	for name, text := range result.Texts {
		a.texts[place(name)] = text
	}
	ds = relocated(ds, place)
	if ds.HasErrors() {
		return ds
	}
	a.warn(ds)
	if !diff {
		if err := replaceAll(p.changed(result.Files)); err != nil {
			return err
		}
	}
	return a.print(func(w io.Writer) error { return a.writeImport(w, p, result, diff) })
}

// changed are the paths of files of the pack, with their texts.
func (p *pack) changed(files []rules.File) (paths, texts []string) {
	for _, f := range files {
		paths, texts = append(paths, p.path(f.Name)), append(texts, f.Text)
	}
	return paths, texts
}

// sheetsFormat names the document of an import.
const sheetsFormat = "truce.sheets/1"

type sheetsDocument struct {
	Format  string        `json:"format"`
	Pack    string        `json:"pack"`
	Digest  string        `json:"digest"` // of the pack as it is then
	Written bool          `json:"written"`
	Changes []sheetChange `json:"changes"`
	Files   []string      `json:"files"` // those that change
}

type sheetChange struct {
	Sheet  string `json:"sheet"`
	Cell   string `json:"cell"`
	Row    string `json:"row"`
	Column string `json:"column"`
	Old    string `json:"old"`
	New    string `json:"new"`
}

func (a *app) writeImport(w io.Writer, p *pack, r *sheet.Result, diff bool) error {
	paths, _ := p.changed(r.Files)
	if a.settings.Format == formatJSON {
		d := sheetsDocument{Format: sheetsFormat, Pack: p.Name, Digest: r.Pack.Digest, Written: !diff, Changes: []sheetChange{}, Files: append([]string{}, paths...)}
		for _, c := range r.Changes {
			d.Changes = append(d.Changes, sheetChange(c))
		}
		return writeJSON(w, d)
	}
	for _, c := range r.Changes {
		fmt.Fprintf(w, "%s!%s  %s, %s: %s -> %s\n", c.Sheet, c.Cell, c.Row, c.Column, orNothing(c.Old), orNothing(c.New))
	}
	if diff {
		file := ""
		for _, h := range r.Hunks {
			if path := p.path(h.File); path != file {
				file = path
				fmt.Fprintf(w, "--- %s\n+++ %s\n", file, file)
			}
			fmt.Fprintf(w, "@@ line %d @@\n", h.Line)
			for _, l := range h.Old {
				fmt.Fprintln(w, "-"+l)
			}
			for _, l := range h.New {
				fmt.Fprintln(w, "+"+l)
			}
		}
	}
	switch {
	case len(r.Changes) == 0:
		fmt.Fprintln(w, "the sheets say what the pack says")
	case diff:
		fmt.Fprintf(w, "%s would change, in %s\n", counted(len(r.Changes), "value"), strings.Join(paths, ", "))
	default:
		fmt.Fprintf(w, "%s changed, in %s\n", counted(len(r.Changes), "value"), strings.Join(paths, ", "))
	}
	return nil
}

// orNothing is the text of a cell in a line about it.
func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return strings.ReplaceAll(text, "\n", " ")
}

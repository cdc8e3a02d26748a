package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"truce/facts/source"
	"truce/rules"
)

func (a *app) rulesInitCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "init DIR",
		Short: "Copy the rules into a folder, to change them",
		Long: `Copy the pack into a folder that is new or empty. Edit the copy, and name the folder
with --rules: nothing is compiled. "truce rules new" begins a pack of another subject.`,
		Example: `  truce rules init my-rules
  truce assess --rules my-rules testdata/cases/2013-jpoa.yaml`,
		Args:              arguments(1, 1),
		ValidArgsFunction: completeFolders,
		RunE: func(_ *cobra.Command, args []string) error {
			p, warnings, err := a.loadPack(false)
			if err != nil {
				return err
			}
			a.warn(warnings)
			if err := a.copyPack(p.Files, args[0]); err != nil {
				return err
			}
			return a.print(func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "%s of pack %s %s are in %s\nuse them with: --rules %s\n",
					counted(len(p.Files), "file"), p.Name, p.Version, args[0], args[0])
				return err
			})
		},
	}
	settingFlag(cmd.Flags(), "rules")
	return cmd
}

// copyPack writes the files of a pack into a folder, which must be new or empty.
func (a *app) copyPack(files []rules.File, dir string) error {
	if err := newFolder(dir, "rule"); err != nil {
		return err
	}
	for _, f := range files {
		if err := a.write(filepath.Join(dir, f.Name), []byte(f.Text), false); err != nil {
			return err
		}
	}
	return nil
}

// newFolder makes a folder. One that is there already must be empty, so that nothing in
// it is overwritten.
func newFolder(dir, what string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case err == nil && len(entries) > 0:
		return source.Diagnostics{errExists.At(source.Span{File: dir}, "the folder is not empty").
			Suggest("take a new folder, so that no %s of yours is overwritten", what)}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return source.Diagnostics{errUnwritable.At(source.Span{File: dir}, "%v", plain(err))}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return source.Diagnostics{errUnwritable.At(source.Span{File: dir}, "%v", plain(err))}
	}
	return nil
}

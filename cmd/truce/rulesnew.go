package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules"
	"truce/testdata/packs/garden"
)

// headFile is the file of a pack that says what it is called.
const headFile = "pack.yaml"

func (a *app) rulesNewCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "new DIR",
		Short: "Begin a pack of your own, from a small one that explains itself",
		Long: `Write a small pack into a folder that is new or empty: whether a vegetable bed is
watered this evening. Each section of the language is in it once, with comments that
say what it is for; its tests pass, and every command answers by it. Replace it bit by
bit by what your source says, and keep its tests passing on the way.

"truce rules init" copies the rules in use instead, to change them.`,
		Example: `  truce rules new my-pack
  truce rules new my-pack --name harbour`,
		Args:              arguments(1, 1),
		ValidArgsFunction: completeFolders,
		RunE: func(_ *cobra.Command, args []string) error {
			files, p, err := template(name)
			if err != nil {
				return err
			}
			if err := a.copyPack(files, args[0]); err != nil {
				return err
			}
			return a.print(func(w io.Writer) error { return nextSteps(w, p, args[0]) })
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "what the pack is called: `NAME`")
	return cmd
}

// nextSteps says what to type after a pack was begun.
func nextSteps(w io.Writer, p *rules.Pack, dir string) error {
	fmt.Fprintf(w, "%s of pack %s %s are in %s; read %s first\nnext:\n",
		counted(len(p.Files), "file"), p.Name, p.Version, dir, filepath.Join(dir, headFile))
	steps := [][2]string{
		{"rules check " + dir, "is it well formed?"},
		{"rules test " + dir, "do its tests pass?"},
		{"rules read --rules " + dir, "what do its rules say?"},
		{"case new case.yaml --rules " + dir, "a case to fill in"},
		{"assess case.yaml --rules " + dir, "the answer to it"},
	}
	longest := 0
	for _, s := range steps {
		longest = max(longest, len(s[0]))
	}
	for _, s := range steps {
		if _, err := fmt.Fprintf(w, "  truce %-*s  %s\n", longest, s[0], s[1]); err != nil {
			return err
		}
	}
	return nil
}

// template is the pack to begin one's own with, under another name where one is given.
func template(name string) ([]rules.File, *rules.Pack, error) {
	p, ds := rules.LoadFS(garden.FS(), rules.Options{})
	if err := ds.Err(); err != nil || name == "" {
		return p.Files, p, err
	}
	files := slices.Clone(p.Files)
	i := slices.IndexFunc(files, func(f rules.File) bool { return f.Name == headFile })
	text, err := renamed(files[i], name)
	if err != nil {
		return nil, nil, err
	}
	files[i].Text = text
	q, ds := rules.Load(files, rules.Options{})
	if ds.HasErrors() || q.Name != name {
		return nil, nil, source.Diagnostics{errUsage.At(source.Span{}, "--name: %q cannot be the name of a pack", name).
			Expect("lower-case letters, digits and hyphens, such as my-pack")}
	}
	return files, q, nil
}

// renamed is the text of a pack's head with another name, and all else as it stands.
func renamed(f rules.File, name string) (string, error) {
	tree, ds := doc.Read(f.Name, []byte(f.Text), doc.Limits{})
	if err := ds.Err(); err != nil {
		return "", err
	}
	at := tree.Get("pack").Get("name").Span
	lines := strings.SplitAfter(f.Text, "\n")
	line := []rune(lines[at.Start.Line-1])
	lines[at.Start.Line-1] = string(line[:at.Start.Col-1]) + name + string(line[at.End.Col-1:])
	return strings.Join(lines, ""), nil
}

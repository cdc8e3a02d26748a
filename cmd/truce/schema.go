package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"truce/explain/mask"
	"truce/facts"
	"truce/facts/shape"
	"truce/facts/shape/jsonschema"
	"truce/facts/source"
	"truce/rules"
)

// fileKind is a kind of file that there is a schema of.
type fileKind struct {
	name  string
	title string
	glob  string // what such files are called; those of a pack, in its folder
	shape func(p *pack) shape.Shape
}

func (k fileKind) file() string { return "truce-" + k.name + ".schema.json" }

func fileKinds() []fileKind {
	return []fileKind{
		{"pack", "A file of a rule pack of truce", "*.yaml", func(*pack) shape.Shape { return rules.PackFile() }},
		{"case", "A case of truce", "cases/*.yaml", func(p *pack) shape.Shape { return facts.CaseFile(p.Schema, p.Labels()) }},
		{"mask", "A policy of masks of truce", "mask.yaml", func(p *pack) shape.Shape { return mask.PolicyFile(p.Pack) }},
		{"settings", "Settings of truce", localConfig, func(*pack) shape.Shape { return settingsFile() }},
	}
}

// editorVSCode is the one editor whose settings can be asked for.
const editorVSCode = "vscode"

func (a *app) rulesSchemaCommand() *cobra.Command {
	var dir, editor string
	var force bool
	var kinds []string
	for _, k := range fileKinds() {
		kinds = append(kinds, k.name)
	}
	cmd := &cobra.Command{
		Use:   "schema [KIND]",
		Short: "Write JSON Schemas that editors check files by",
		Long: `Print the JSON Schema (draft 2020-12) of a kind of file: pack, case, mask or settings.
With it, an editor completes keys, shows what each means, and marks what is misspelt while
one types. They are made of what the program itself reads files by; that of cases is
made of the fact types of the pack. Without a kind, list the kinds.

An editor finds a schema by its settings, for VS Code with the YAML extension

  ` + settingsLine("schemas", "my-rules") + `

(--settings vscode prints this line for the folder in --out), or by a line at the top
of a file:

  ` + modeline(path.Join("../schemas", fileKinds()[0].file())),
		Example: `  truce rules schema pack
  truce rules schema case --rules my-rules
  truce rules schema --out schemas
  truce rules schema --out schemas --settings vscode`,
		Args: arguments(0, 1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return kinds, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			chosen := fileKinds()
			if len(args) > 0 {
				i := slices.Index(kinds, args[0])
				if i < 0 {
					return source.Diagnostics{errNoName.At(source.Span{}, "%s is no kind of file", args[0]).
						Expect("%s", wordList(kinds)).Suggest("%s", source.DidYouMean(args[0], kinds))}
				}
				chosen = chosen[i : i+1]
			}
			switch {
			case editor != "" && editor != editorVSCode:
				return source.Diagnostics{errUsage.At(source.Span{}, "--settings is %q", editor).Expect(editorVSCode)}
			case editor != "":
				return a.print(func(w io.Writer) error {
					_, err := fmt.Fprintln(w, settingsLine(dir, cmp.Or(a.settings.Rules, "my-rules")))
					return err
				})
			case len(args) == 0 && dir == "":
				return a.print(func(w io.Writer) error { return listKinds(w, chosen) })
			}
			return a.writeSchemas(chosen, dir, force)
		},
	}
	ruleFlags(cmd)
	cmd.Flags().StringVar(&dir, "out", "", "write the schema, or all of them, into the folder `DIR`")
	cmd.Flags().BoolVar(&force, "force", false, "overwrite files that are there")
	cmd.Flags().StringVar(&editor, "settings", "", "print the line of settings for an `EDITOR`: "+editorVSCode)
	// fail only for flags that are not declared
	_ = cmd.RegisterFlagCompletionFunc("settings", cobra.FixedCompletions([]string{editorVSCode}, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.MarkFlagDirname("out")
	return cmd
}

func listKinds(w io.Writer, kinds []fileKind) error {
	for _, k := range kinds {
		fmt.Fprintf(w, "%-9s %-31s %s\n", k.name, k.title, k.file())
	}
	_, err := fmt.Fprintln(w, "\nOne is printed by its name, and --out DIR writes all of them.")
	return err
}

// settingsLine is what VS Code's YAML extension is told: which schema, in a folder, is
// for which files, the pack's being in another.
func settingsLine(dir, pack string) string {
	var pairs []string
	for _, k := range fileKinds() {
		file, _ := json.Marshal("./" + path.Join(filepath.ToSlash(dir), k.file())) // a text has no error
		glob := k.glob
		if k.name == "pack" {
			glob = path.Join(filepath.ToSlash(pack), glob)
		}
		pairs = append(pairs, fmt.Sprintf("%s: %q", file, glob))
	}
	return `"yaml.schemas": {` + strings.Join(pairs, ", ") + "}"
}

// modeline is the comment by which one file names its schema.
func modeline(file string) string { return "# yaml-language-server: $schema=" + file }

// writeSchemas prints a schema, or writes some into a folder.
func (a *app) writeSchemas(kinds []fileKind, dir string, force bool) error {
	p, warnings, err := a.loadPack(a.settings.SourceOnly)
	if err != nil {
		return err
	}
	a.warn(warnings)
	texts := make([][]byte, len(kinds))
	for i, k := range kinds {
		if texts[i], err = jsonschema.Document("urn:truce:"+k.name, k.title, k.shape(p)); err != nil {
			return err
		}
	}
	if dir == "" {
		return a.print(func(w io.Writer) error { _, err := w.Write(texts[0]); return err })
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return source.Diagnostics{errUnwritable.At(source.Span{File: dir}, "%v", plain(err))}
	}
	var written []string
	for i, k := range kinds {
		file := filepath.Join(dir, k.file())
		if err := a.write(file, texts[i], force); err != nil {
			return err
		}
		written = append(written, file)
	}
	return a.print(func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "written: %s\nAn editor finds them by its settings: truce rules schema --out %s --settings %s\n",
			strings.Join(written, ", "), dir, editorVSCode)
		return err
	})
}

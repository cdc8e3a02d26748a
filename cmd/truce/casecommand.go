package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"truce/facts"
	"truce/facts/source"
)

func (a *app) caseCommand() *cobra.Command {
	cmd := a.group(&cobra.Command{
		Use:   "case",
		Short: "Begin, check and lay out case files",
		Long:  "Work on case files: what was known on one day, field by field.",
		Example: `  truce case new my-case.yaml
  truce case check my-case.yaml`,
	})
	cmd.AddCommand(a.caseNewCommand(), a.caseCheckCommand(), a.caseFmtCommand())
	return cmd
}

func (a *app) caseNewCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "new FILE",
		Short: "Write an empty case to fill in",
		Long: `Write a case file with every field that may be known before the decision: what it
means, its unit, its window, who would know it, what each level means, and the value
unknown. A dash writes to standard output.`,
		Example: `  truce case new my-case.yaml
  truce case new -`,
		Args: arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, warnings, err := a.loadPack(a.settings.SourceOnly)
			if err != nil {
				return err
			}
			a.warn(warnings)
			o := facts.TemplateOptions{Labels: p.Labels()}
			if args[0] == stdinName {
				return a.print(func(w io.Writer) error { return facts.WriteTemplate(w, p.Schema, o) })
			}
			o.ID = caseID(args[0])
			return a.newCase(args[0], p, o, force)
		},
	}
	ruleFlags(cmd)
	cmd.Flags().BoolVar(&force, "force", false, "overwrite a file that is there")
	return cmd
}

func (a *app) newCase(path string, p *pack, o facts.TemplateOptions, force bool) error {
	var b bytes.Buffer
	if err := facts.WriteTemplate(&b, p.Schema, o); err != nil {
		return err
	}
	if err := a.write(path, b.Bytes(), force); err != nil {
		return err
	}
	return a.print(func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s is written; give it a title and as_of, fill in what is known, then: truce assess %s\n", path, path)
		return err
	})
}

// caseID is the id that a file's name suggests; "" where it suggests none.
func caseID(path string) string {
	base := filepath.Base(path)
	words := strings.FieldsFunc(strings.ToLower(strings.TrimSuffix(base, filepath.Ext(base))), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}

func (a *app) caseCheckCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Find what is wrong with case files",
		Long: `Read case files, or the cases in folders, against the pack, and list all that is wrong
with them. The exit code is 1 where there is an error. No rule is run.`,
		Example: `  truce case check my-case.yaml
  truce case check testdata/cases
  truce case check --format json my-case.yaml`,
		Args:              arguments(1, -1),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			p, warnings, err := a.loadPack(a.settings.SourceOnly)
			if err != nil {
				return err
			}
			a.warn(warnings)
			files, _, err := a.caseFiles(args)
			if err != nil {
				return err
			}
			return a.checkCases(cmd.Context(), p, files)
		},
	}
	ruleFlags(cmd)
	formatFlag(cmd)
	return cmd
}

func (a *app) checkCases(ctx context.Context, p *pack, files []string) error {
	var found source.Diagnostics
	var fine []string
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		c, err := a.readCase(file, p)
		if err == nil {
			fine = append(fine, fmt.Sprintf("%s: no errors; %s", file, coverage(c, p)))
			continue
		}
		ds := a.findings(err)
		if exitCode(ds) == exitLimit || ofCommand(ds) {
			return err
		}
		found = append(found, ds...)
	}
	return a.reportFindings(found, func(w io.Writer) {
		fmt.Fprintln(w, strings.Join(fine, "\n"))
	})
}

// coverage says how much of what may be known before the decision a case gives.
func coverage(c *facts.Case, p *pack) string {
	known, fields, listed := 0, 0, 0
	for _, t := range p.Schema.Types {
		if !t.Concluded && !t.After && !t.Context && t.Count == facts.One {
			fields += len(t.Fields)
		}
	}
	for _, f := range c.Facts {
		switch {
		case f.Type.After || f.Type.Context:
		case f.Type.Count != facts.One:
			listed++
		default:
			for i := range f.Data {
				if d := &f.Data[i]; d.Given && !d.Value.IsUnknown() && !d.Later(c.AsOf) {
					known++
				}
			}
		}
	}
	return fmt.Sprintf("%d of %d fields known on %s, %s listed", known, fields, facts.FormatDate(c.AsOf), counted(listed, "fact"))
}

package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print which program and which rules these are",
		Long: `Print the version of the program, what it was built from, and the pack with the digest
of its files, which changes with every change of a rule.`,
		Example: `  truce version
  truce version --rules my-rules`,
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			p, warnings, err := a.loadPack(a.settings.SourceOnly)
			if err != nil {
				return err
			}
			a.warn(warnings)
			return a.print(func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "truce %s\npack %s %s sha256:%s\n", build(), p.Name, p.Version, p.Digest)
				return err
			})
		},
	}
	ruleFlags(cmd)
	return cmd
}

// build is the version of the program, and what it was built from where the
// toolchain recorded it.
func build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	revision, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = " " + s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = " with changes"
		}
	}
	return version + revision + changed + " " + info.GoVersion
}

package packtest

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Text writes a table of mutants by kind, and the survivors.
func (d *MutationDocument) Text(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "mutants\tkilled")
	for _, k := range d.Kinds {
		fmt.Fprintf(t, "%s\t%s\n", k.Kind, k.Killed.String())
	}
	fmt.Fprintf(t, "all\t%s\n", d.Killed.String())
	if err := t.Flush(); err != nil {
		return err
	}
	var b strings.Builder
	if d.Tried < d.All {
		fmt.Fprintf(&b, "a sample: %d of %d mutants\n", d.Tried, d.All)
	}
	if d.Unloadable > 0 {
		fmt.Fprintf(&b, "not counted: %d with which the pack would not load\n", d.Unloadable)
	}
	if d.Equivalent > 0 {
		fmt.Fprintf(&b, "not counted: %d that no facts tell from the pack\n", d.Equivalent)
	}
	if len(d.Survivors) > 0 {
		b.WriteString("survivors:\n")
	}
	for _, s := range d.Survivors {
		fmt.Fprintf(&b, "  %s: %s\n", s.At, s.says)
		if s.Nearest == nil {
			b.WriteString("    no test comes here\n")
			continue
		}
		fmt.Fprintf(&b, "    nearest: %s at %s\n", s.Nearest.Test, s.Nearest.At)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

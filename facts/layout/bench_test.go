package layout_test

import (
	"fmt"
	"strings"
	"testing"

	"truce/facts/doc"
	"truce/facts/layout"
)

// BenchmarkFormat lays out files of so many entries. Twice the size takes about twice
// the time.
func BenchmarkFormat(b *testing.B) {
	for _, entries := range []int{1000, 2000} {
		var text strings.Builder
		for i := range entries {
			fmt.Fprintf(&text, "- c: # of it\n   c: %d\n   a: [1, 2, {x: \"y\"}] # behind\n", i)
		}
		b.Run(fmt.Sprint(entries), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				if _, ds := layout.Format("f.yaml", []byte(text.String()), small(), doc.Limits{}); ds.HasErrors() {
					b.Fatal(ds)
				}
			}
		})
	}
}

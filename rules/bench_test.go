package rules_test

import (
	"testing"

	"truce/rules"
)

// BenchmarkLoad reads a pack of 8 rules and 10 thresholds.
func BenchmarkLoad(b *testing.B) {
	files := listed(everything(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, ds := rules.Load(files, rules.Options{}); ds.HasErrors() {
			b.Fatal(ds)
		}
	}
}

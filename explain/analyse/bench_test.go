package analyse_test

import (
	"context"
	"testing"

	"truce/explain/analyse"
	"truce/rules"
	"truce/rules/iran"
)

func BenchmarkCheckShipped(b *testing.B) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	if ds.HasErrors() {
		b.Fatal(ds)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := analyse.Pack(context.Background(), p, analyse.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

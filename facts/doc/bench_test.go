package doc

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkRead reads lists of texts. Twice the size must take about twice the
// time, whether the list stands on lines of its own or all on one.
func BenchmarkRead(b *testing.B) {
	for _, items := range []int{10_000, 20_000} {
		for _, file := range []struct{ name, text string }{
			{"lines.yaml", strings.Repeat("- é b c\n", items)},
			{"line.yaml", "[" + strings.Repeat("é b c, ", items) + "x]"},
			{"line.json", "[" + strings.Repeat("\"é b c\", ", items) + "1]"},
		} {
			b.Run(fmt.Sprintf("%s/%d", file.name, items), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(file.text)))
				for b.Loop() {
					if root, ds := Read(file.name, []byte(file.text), Limits{}); root == nil {
						b.Fatal(ds)
					}
				}
			})
		}
	}
}

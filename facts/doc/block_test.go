package doc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBlockLines(t *testing.T) {
	for text, want := range map[string][]string{
		"a: |\n    one\n      two\n\n    three\n\n": {"one", "  two", "", "three"},
		"a: >2-\r\n    one\r\n   two\r\n":           {"  one", " two"},
		"a: |+\n\n\n":                               nil,
		"a: one\n":                                  nil,
	} {
		root, ds := Read("x.yaml", []byte(text), Limits{})
		require.Empty(t, ds)
		require.Equal(t, want, root.Get("a").BlockLines(), "%q", text)
	}
}

// The one entry of [a: b] stands in no brackets of its own, and so ends where its value
// does, whatever follows.
func TestWritten(t *testing.T) {
	root, ds := Read("x.yaml", []byte("x: [a: b, {}, 'c']\n"), Limits{})
	require.Empty(t, ds)
	list := root.Get("x")
	require.Equal(t, "[a: b, {}, 'c']", list.Written())
	require.Equal(t, "a: b", list.Items[0].Written())
	require.Equal(t, "{}", list.Items[1].Written())
	require.Equal(t, "'c'", list.Items[2].Written())
	from, to := list.Items[2].Bytes()
	require.Equal(t, []int{14, 17}, []int{from, to})

	json, ds := Read("x.json", []byte(`{"a": ["b", 1]}`), Limits{})
	require.Empty(t, ds)
	require.Equal(t, `["b", 1]`, json.Get("a").Written())
	require.Equal(t, `"b"`, json.Get("a").Items[0].Written())
	require.Equal(t, "1", json.Get("a").Items[1].Written())
}

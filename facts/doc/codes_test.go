package doc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts/source"
)

// raiser is an input that raises a code; it is YAML where it has no name.
type raiser struct {
	name, text string
	lim        Limits
}

// raisers holds an input for each code whose example cannot be shown as text.
func raisers() map[string]raiser {
	return map[string]raiser{
		Binary.ID:        {text: "PK\x03\x04\x00\x00a: 1"},
		InvalidUTF8.ID:   {text: "a: caf\xe9\n"},
		ByteOrderMark.ID: {text: "\xef\xbb\xbfa: 1\n"},
		UTF16.ID:         {text: "\xff\xfea\x00:\x00"},
		TooLarge.ID:      {text: "a: 1\n", lim: Limits{Bytes: 4}},
		TooDeep.ID:       {text: "a: [[1]]\n", lim: Limits{Depth: 3}},
		TooMany.ID:       {text: "- a\n- b\n- c\n", lim: Limits{Nodes: 3}},
		Control.ID:       {text: "a: b\x1b[31m\n"},
		CellQuote.ID:     {name: "x.csv", text: CellQuote.Example},
	}
}

func TestCodes(t *testing.T) {
	seen := map[string]bool{}
	special := raisers()
	for _, c := range Codes() {
		t.Run(c.ID, func(t *testing.T) {
			require.Regexp(t, `^D\d{3}$`, c.ID)
			require.False(t, seen[c.ID], "used twice")
			seen[c.ID] = true
			require.NotEmpty(t, c.Title)
			require.NotEmpty(t, c.Doc)
			if c.ID == Unreadable.ID {
				return // no input is known on which the library panics
			}
			input, ok := special[c.ID]
			if !ok {
				input.text = c.Example
			}
			var ds source.Diagnostics
			if input.name == "x.csv" {
				_, ds = ReadCSV(input.name, []byte(input.text), input.lim)
			} else {
				_, ds = Read("x.yaml", []byte(input.text), input.lim)
			}
			require.Contains(t, codesOf(ds), c.ID)
			require.True(t, ds.HasErrors())
		})
	}
}

func codesOf(ds source.Diagnostics) []string {
	var ids []string
	for _, d := range ds {
		ids = append(ids, d.Code)
	}
	return ids
}

func TestBytes(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"UTF-8 where it breaks": {"a: 1\nbé: caf\xe9\n", "x.yaml:2:8: D003: byte 0xe9 is not UTF-8 here; save the file as UTF-8; in the encodings of Western Europe this byte is é"},
		"replacement is a rune": {"a: \ufffd\nb: \xff", "x.yaml:2:4: D003: byte 0xff is not UTF-8 here; save the file as UTF-8; in the encodings of Western Europe this byte is ÿ"},
		"NUL":                   {"a: 1\n\x00", "x.yaml:2:1: D002: there is a NUL byte: this is no text file"},
		"UTF-16 without mark":   {"a\x00:\x00 \x001\x00", "x.yaml: D005: the file is UTF-16; save it as UTF-8"},
		"UTF-16 big":            {"\x00a\x00:\x00 \x001", "x.yaml: D005: the file is UTF-16; save it as UTF-8"},
		"old carriage return":   {"a: 1\rb: 2\r", `x.yaml:1:5: D023: a carriage return without a line feed cannot stand in a file as it is; write it as an escape in double quotes, such as "\u000d", or leave it out`},
		"line separator":        {"a: b\u2028c\n", `x.yaml:1:5: D023: the character U+2028 cannot stand in a file as it is; write it as an escape in double quotes, such as "\u2028", or leave it out`},
		"mark inside the file":  {"a: \ufeffb\n", `x.yaml:1:4: D023: the character U+FEFF cannot stand in a file as it is; write it as an escape in double quotes, such as "\ufeff", or leave it out`},
		"too large says so":     {strings.Repeat("a", 101), "x.yaml: D006: the file has 101 bytes; expected 100 bytes at most"},
		"blank lines":           {" \n\n", "x.yaml: D001: the file is empty"},
		"only a document start": {"---\n", "x.yaml: D001: the file is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			root, ds := Read("x.yaml", []byte(c.text), Limits{Bytes: 100})
			require.Nil(t, root)
			require.Equal(t, c.want, ds.Error())
		})
	}
}

func TestLimitsAreMarked(t *testing.T) {
	for _, text := range []string{"a: [[[1]]]", "[1, 2, 3, 4, 5, 6]", strings.Repeat("x", 200)} {
		for _, name := range []string{"x.yaml", "x.json"} {
			if name == "x.json" && text[0] == 'a' {
				text = text[3:] + " "
			}
			root, ds := Read(name, []byte(text), Limits{Depth: 2, Nodes: 5, Bytes: 100})
			require.Nil(t, root)
			require.Len(t, ds, 1)
			require.True(t, ds[0].Limit, "%s %q: %v", name, text, ds)
		}
	}
}

// A deep file must meet the limit of ours and not the stack's end.
func TestDeep(t *testing.T) {
	for _, text := range []string{strings.Repeat("[", 9000) + strings.Repeat("]", 9000), strings.Repeat("[", 100_000), strings.Repeat("- ", 9000) + "a"} {
		for _, name := range []string{"x.yaml", "x.json"} {
			if name == "x.json" && text[0] == '-' {
				continue
			}
			root, ds := Read(name, []byte(text), Limits{})
			require.Nil(t, root)
			require.Equal(t, []string{TooDeep.ID}, codesOf(ds), "%s: %v", name, ds)
		}
	}
}

// Nine levels of nine aliases each would be 400 million values if expanded.
func TestAliasesAreNotExpanded(t *testing.T) {
	var b strings.Builder
	b.WriteString("l0: &l0 [a, a, a, a, a, a, a, a, a]\n")
	for i := '1'; i <= '9'; i++ {
		b.WriteString("l" + string(i) + ": &l" + string(i) + " [" + strings.TrimSuffix(strings.Repeat("*l"+string(i-1)+", ", 9), ", ") + "]\n")
	}
	root, ds := Read("x.yaml", []byte(b.String()), Limits{})
	require.Len(t, ds, 91) // ten anchors, 81 aliases
	require.Equal(t, 9, len(root.Get("l9").Items))
	require.Equal(t, "*l8", root.Get("l9").Items[0].Value)
	require.Empty(t, root.Get("l9").Items[0].Items)
}

func TestFindingsAreBounded(t *testing.T) {
	_, ds := Read("x.yaml", []byte(strings.Repeat("- !x\n", 5000)), Limits{})
	require.Len(t, ds, mostFindings+1)
	require.Equal(t, TooMany.ID, ds[mostFindings].Code)
	require.True(t, ds[mostFindings].Limit)
}

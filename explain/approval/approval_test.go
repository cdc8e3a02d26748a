package approval_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"truce/explain/approval"
	"truce/explain/audit/audittest"
	"truce/explain/record"
	"truce/facts/source"
)

func key(t require.TestingT, name string, seed byte) (note.Signer, string) {
	k := audittest.NewKey(t, name, seed)
	return k.Signer, k.Public
}

var (
	ferry = record.Pack{Name: "ferry", Version: "1.0.0", Digest: strings.Repeat("ab", 32)}
	noon  = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	later = noon.Add(time.Hour)
)

const stamp = "2026-01-31T13:00:00Z" // later

func signed(t require.TestingT, p record.Pack, s note.Signer) string {
	text, err := approval.Of(p, s.Name(), noon).Sign(s)
	require.NoError(t, err)
	return text
}

func approvers(t require.TestingT, lines ...string) *approval.Approvers {
	a, err := approval.ReadApprovers("approvers.txt", []byte(strings.Join(lines, "\n")+"\n"))
	require.NoError(t, err)
	return a
}

func TestAnApprovalCounts(t *testing.T) {
	one, onePublic := key(t, "one.example", 1)
	two, twoPublic := key(t, "two.example", 50)
	a := approvers(t, "# who may", onePublic, "", twoPublic, onePublic)
	x, y := signed(t, ferry, one), signed(t, ferry, two)
	require.True(t, strings.HasPrefix(x, "truce.approval/1\npack: ferry\nversion: 1.0.0\ndigest: abab"))
	require.Contains(t, x, "\nsource-only: false\nby: one.example\nat: 2026-01-31T12:00:00Z\n\n— one.example ")

	valid, err := a.Demand(ferry, later, []approval.Given{{Text: y}, {Text: x}, {Text: y}, {Text: "no approval"}})
	require.NoError(t, err)
	require.Equal(t, []string{x, y}, valid)
	require.Empty(t, approval.Check(valid, ferry, stamp, a))
	require.Empty(t, approval.Check(valid, ferry, stamp, nil))
	require.Empty(t, approval.Check(nil, ferry, stamp, nil))
}

// Each way to make an approval what it is not, and what is found: of whoever has the keys
// of the approvers, and of whoever has none.
func TestForgedApprovals(t *testing.T) {
	one, public := key(t, "one.example", 1)
	same, _ := key(t, "one.example", 9) // another key under the same name
	other, _ := key(t, "other.example", 50)
	a := approvers(t, public)
	good := signed(t, ferry, one)
	changed := ferry
	changed.Digest = strings.Repeat("cd", 32)
	sourceOnly := ferry
	sourceOnly.SourceOnly = true
	renamed := ferry
	renamed.Version = "1.0.1"
	future, err := approval.Of(ferry, "one.example", later.Add(time.Second)).Sign(one)
	require.NoError(t, err)
	body, signature, _ := strings.Cut(good, "\n\n")
	own := signed(t, changed, one)
	ownBody, _, _ := strings.Cut(own, "\n\n")
	twice, err := note.Sign(&note.Note{Text: body + "\n"}, one, other)
	require.NoError(t, err)
	anybody, err := note.Sign(&note.Note{Text: strings.Replace(body, "one.example", "other.example", 1) + "\n"}, one)
	require.NoError(t, err)
	unusual, err := note.Sign(&note.Note{Text: body + "\nnote: rules of thumb\n"}, one)
	require.NoError(t, err)
	spaced, err := note.Sign(&note.Note{Text: strings.Replace(body, "source-only: false", "source-only: F", 1) + "\n"}, one)
	require.NoError(t, err)
	local, err := note.Sign(&note.Note{Text: strings.Replace(body, "12:00:00Z", "13:00:00+01:00", 1) + "\n"}, one)
	require.NoError(t, err)

	for _, c := range []struct {
		name, text string
		with       string // what is found with the keys of the approvers
		without    string // and without
		says       string
	}{
		{"as it was given", good, "", "", ""},
		{"of another digest", own, "V062", "V062", "it is of ferry 1.0.0, digest cdcd"},
		{"of another reading", signed(t, sourceOnly, one), "V062", "V062", "without its extensions"},
		{"of another version", signed(t, renamed, one), "V062", "V062", "it is of ferry 1.0.1"},
		{"given after the answer", future, "V062", "V062", "it was given at 2026-01-31T13:00:01Z, and the answer at 2026-01-31T13:00:00Z"},
		{"edited to another digest", strings.ReplaceAll(own, changed.Digest, ferry.Digest), "V063", "", "what it says is not what one.example signed"},
		{"edited to another day", strings.Replace(good, "2026-01-31", "2026-01-30", 1), "V063", "", "not what one.example signed"},
		{"with a copied signature", ownBody + "\n\n" + signature, "V063", "V062", "not what one.example signed"},
		{"by a stranger", signed(t, ferry, other), "V063", "", "a key of other.example that is none of theirs"},
		{"by a stranger under the name", signed(t, ferry, same), "V063", "", "a key of one.example that is none of theirs"},
		{"by a stranger in the expert's name", strings.Replace(signed(t, ferry, other), "by: other", "by: one", 1), "V061", "V061", "it says that it is by one.example, and has a signature of other.example"},
		{"in a stranger's name", string(anybody), "V061", "V061", "it says that it is by other.example"},
		{"with two signatures", string(twice), "V061", "V061", "it has 2 signatures"},
		{"with one signature twice", good + signature, "V061", "V061", "not written as approvals have it"},
		{"with a signature in other letters", strings.TrimSuffix(good, "\n") + "\r\n", "V061", "V061", "it is no signed text"},
		{"without a signature", body + "\n\n", "V061", "V061", "it is no signed text"},
		{"with a line more", string(unusual), "V061", "V061", "it is not written as approvals are"},
		{"with a word of its own", string(spaced), "V061", "V061", "it is not written as approvals are"},
		{"at a local time", string(local), "V061", "V061", "is no time in UTC"},
		{"a signed text of the log", strings.Replace(good, approval.Format, "example.org/log", 1), "V063", "V061", ""},
		{"nothing", "", "V061", "V061", "it is no signed text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ds := approval.Check([]string{c.text}, ferry, stamp, a)
			require.Equal(t, c.with, codes(ds), ds)
			require.Contains(t, ds.Error(), c.says)
			require.Equal(t, c.without, codes(approval.Check([]string{c.text}, ferry, stamp, nil)))

			valid, err := a.Demand(ferry, later, []approval.Given{{File: "a.txt", Text: c.text}})
			if c.with == "" {
				require.NoError(t, err)
				require.Equal(t, []string{c.text}, valid)
				return
			}
			require.Empty(t, valid)
			var refused source.Diagnostics
			require.ErrorAs(t, err, &refused)
			require.Equal(t, "V060", codes(refused))
			require.Equal(t, "an approval by one.example", refused[0].Expected)
			require.Equal(t, "a.txt", refused[0].Related[0].Span.File)
			require.Contains(t, refused[0].Related[0].Message, c.says)
		})
	}

	_, err = a.Demand(ferry, later, slices.Repeat([]approval.Given{{Text: own}}, 9))
	var ds source.Diagnostics
	require.ErrorAs(t, err, &ds)
	require.Len(t, ds[0].Related, 7)
	require.Equal(t, "and 3 more do not count", ds[0].Related[6].Message)

	// Beside a good one, a bad one is still found; and so is none at all.
	list := []string{good, signed(t, ferry, other)}
	require.Equal(t, "V063", codes(approval.Check(list, ferry, stamp, a)))
	require.Equal(t, "V060", codes(approval.Check(nil, ferry, stamp, a)))
	require.Equal(t, "V061", codes(approval.Check([]string{good, good}, ferry, stamp, a)))
	require.Equal(t, "V061 V063", codes(approval.Check([]string{list[1], list[0]}, ferry, stamp, a).Sort()))
}

func codes(ds source.Diagnostics) string {
	var list []string
	for _, d := range ds {
		list = append(list, d.Code)
	}
	return strings.Join(list, " ")
}

// No bit of an approval can be turned.
func TestFlippedApprovals(t *testing.T) {
	one, public := key(t, "one.example", 1)
	a, good := approvers(t, public), signed(t, ferry, one)
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(good)
		text[rapid.IntRange(0, len(text)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		require.NotEmpty(t, approval.Check([]string{string(text)}, ferry, stamp, a))
	})
}

func TestWhatCannotBeSigned(t *testing.T) {
	one, _ := key(t, "one.example", 1)
	_, err := approval.Of(ferry, "two.example", noon).Sign(one)
	require.ErrorContains(t, err, "not for one.example to sign")
	broken := ferry
	broken.Version = "1\ndigest: 0"
	_, err = approval.Of(broken, "one.example", noon).Sign(one)
	require.ErrorContains(t, err, "cannot be approved")
}

func TestReadApprovers(t *testing.T) {
	_, public := key(t, "one.example", 1)
	for text, says := range map[string]string{
		"":                                   "nobody may approve: it holds no key",
		"# nobody\n":                         "nobody may approve: it holds no key",
		public + "\none.example\n":           "line 2 holds no public key",
		strings.Replace(public, "+", "-", 1): "line 1 holds no public key",
	} {
		_, err := approval.ReadApprovers("approvers.txt", []byte(text))
		var ds source.Diagnostics
		require.ErrorAs(t, err, &ds)
		require.Equal(t, "V064", codes(ds))
		require.Equal(t, says, ds[0].Message)
		require.Equal(t, "approvers.txt", ds[0].Span.File)
	}
}

func TestSplit(t *testing.T) {
	one, _ := key(t, "one.example", 1)
	x, y := signed(t, ferry, one), signed(t, record.Pack{Name: "other", Version: "1", Digest: "0"}, one)
	require.Equal(t, []string{x, y}, approval.Split(x+y))
	require.Equal(t, []string{"# mine\n", x}, approval.Split("# mine\n"+x))
	require.Empty(t, approval.Split(""))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"truce.approval/1\n", "\n", "x", "truce.approval/1"})).Draw(t, "parts"), "")
		require.Equal(t, text, strings.Join(approval.Split(text), ""))
	})
}

// What is read is refused in a finding, or is what it would be written as again.
func FuzzApproval(f *testing.F) {
	one, public := key(f, "one.example", 1)
	a, good := approvers(f, public), signed(f, ferry, one)
	f.Add(good)
	f.Add(good + good)
	f.Add("truce.approval/1\npack: x\n\n— one.example AAAAAA==\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, part := range approval.Split(text) {
			ds := approval.Check([]string{part}, ferry, stamp, a)
			require.Equal(t, part == good, len(ds) == 0)
			for _, d := range ds {
				require.Regexp(t, "^V06[123]$", d.Code)
			}
		}
	})
}

func TestCodesAreDocumented(t *testing.T) {
	for _, c := range approval.Codes() {
		require.Regexp(t, `^V06\d$`, c.ID)
		require.NotEmpty(t, c.Title+c.Doc+c.Example)
	}
}

// What the guide of a bundle tells somebody without truce to do with an approval.
func TestAnApprovalByHand(t *testing.T) {
	one, public := key(t, "one.example", 1)
	lines := strings.Split(signed(t, ferry, one), "\n")
	last := lines[len(lines)-2]
	require.Equal(t, "", lines[len(lines)-3])
	signature, err := base64.StdEncoding.DecodeString(last[strings.LastIndex(last, " ")+1:])
	require.NoError(t, err)
	raw, err := base64.StdEncoding.DecodeString(strings.SplitN(public, "+", 3)[2])
	require.NoError(t, err)
	text := strings.Join(lines[:len(lines)-3], "\n") + "\n"
	require.True(t, ed25519.Verify(raw[1:], []byte(text), signature[4:]))
	require.Contains(t, text, "\ndigest: "+ferry.Digest+"\n")
}

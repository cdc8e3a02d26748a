package check_test

import (
	"path"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"truce/explain/check"
	"truce/explain/record"
)

// A record of each version of the format, with its rules, as it was written then. They
// are never written anew: whoever has kept a record must be able to check it.
func TestOldRecords(t *testing.T) {
	for _, version := range []string{"record-1"} {
		archive, err := txtar.ParseFile("testdata/" + version + ".txtar")
		require.NoError(t, err)
		var text string
		files := check.Files{}
		for _, f := range archive.Files {
			if f.Name == "record.json" {
				text = strings.TrimSuffix(string(f.Data), "\n")
			} else {
				files[path.Base(f.Name)] = string(f.Data)
			}
		}
		r, err := record.Read(version, []byte(text))
		require.NoError(t, err)
		require.Equal(t, "truce."+strings.Replace(version, "-", "/", 1), r.Format)
		require.Empty(t, check.Record(r, files))
		require.Equal(t, "stay", r.Run.Answer.Words())
		require.Equal(t, []string{"crowding", "verdict/storm"}, r.Grounds.Rules)
		head, err := record.ReadHead([]byte(text))
		require.NoError(t, err)
		require.Equal(t, "gale", head.Case.ID)
		changed := strings.Replace(text, `"low":55`, `"low":35`, 1)
		require.NotEqual(t, text, changed)
		_, err = record.Read(version, []byte(changed))
		require.ErrorContains(t, err, "V001")
	}
}

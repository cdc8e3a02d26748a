package store_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"truce/explain/audit"
	"truce/explain/audit/store"
	"truce/facts/source"
)

// A writer is this test binary, started again to record until it is killed. It prints
// the number of each record that was acknowledged, with the case.
const writerVariable = "TRUCE_TEST_WRITER"

func TestMain(m *testing.M) {
	if path := os.Getenv(writerVariable); path != "" {
		writer(path)
		return
	}
	m.Run()
}

func writer(path string) {
	t := &failing{}
	signer, _, _ := keyPair(t, 1)
	s, err := store.Open(context.Background(), path, store.Options{Wait: time.Minute})
	t.must(err)
	from, err := strconv.Atoi(os.Getenv(writerVariable + "_FROM"))
	t.must(err)
	p := ferry(t)
	for n := 0; n < 10_000; n += 2 {
		receipts, _, err := s.Append(context.Background(), signer, entries(t, p, from+n, 2))
		t.must(err)
		for i, r := range receipts {
			fmt.Printf("%d crossing-%d\n", r.Number, from+n+i)
		}
	}
}

// failing is a test that ends the process.
type failing struct{ testing.TB }

func (failing) Helper() {}
func (failing) Errorf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format, args...)
}
func (failing) FailNow() { panic("the writer fails") }
func (f failing) must(err error) {
	if err != nil {
		f.Errorf("%v\n", err)
		f.FailNow()
	}
}

// Four processes record at once and are killed in the midst of it, again and again.
// Every record that was acknowledged is there and in the log; none is half there.
func TestKilledWriters(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	path, _, key := fresh(t, 1)
	said := map[int64]string{}
	var mutex sync.Mutex
	const wanted = 1000
	for round := 0; len(said) < wanted; round++ {
		require.Less(t, round, 400)
		var group sync.WaitGroup
		for w := range 4 {
			from := (round*4 + w + 1) * 100_000
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), writerVariable+"="+path, fmt.Sprintf("%s_FROM=%d", writerVariable, from))
			cmd.Stderr = os.Stderr
			out, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			group.Go(func() {
				lines := bufio.NewScanner(out)
				for read := 0; lines.Scan(); read++ {
					var n int64
					var name string
					if _, err := fmt.Sscanf(lines.Text(), "%d %s", &n, &name); err == nil {
						mutex.Lock()
						said[n] = name
						mutex.Unlock()
					}
					// Each is killed after another number of records, wherever it is then.
					if read == (round*7+w*13)%40 {
						_ = cmd.Process.Signal(syscall.SIGKILL)
					}
				}
				_ = cmd.Wait()
			})
		}
		group.Wait()
	}
	v := verify(t, path, key)
	require.Empty(t, v.Found)
	require.GreaterOrEqual(t, v.Records, int64(len(said)))
	s := open(t, path, store.Options{ReadOnly: true})
	list, err := s.Find(context.Background(), audit.Query{After: -1})
	require.NoError(t, err)
	for n, name := range said {
		require.Equal(t, name, list[n].Case)
	}
}

// Many goroutines of one process, and many stores over one file.
func TestWritersAtOnce(t *testing.T) {
	path, signer, key := fresh(t, 0)
	p := ferry(t)
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			s, err := store.Open(context.Background(), path, store.Options{Wait: time.Minute})
			if err == nil {
				for n := 0; n < 20 && err == nil; n++ {
					_, _, err = s.Append(context.Background(), signer, entries(t, p, w*1000+n, 1))
				}
				err = s.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	v := verify(t, path, key)
	require.Empty(t, v.Found)
	require.Equal(t, int64(80), v.Records)
}

// A byte of the file with one bit turned is either found, or changes nothing that is
// read.
func TestFlippedBits(t *testing.T) {
	path, _, key := fresh(t, 12)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	s := open(t, path, store.Options{ReadOnly: true})
	want := contents(t, s)
	require.NoError(t, s.Close())
	found, harmless := 0, 0
	flipped := filepath.Join(t.TempDir(), "flipped.db")
	rapid.Check(t, func(rt *rapid.T) {
		for range 10 { // a thousand bits in all
			at, bit := rapid.IntRange(0, len(whole)-1).Draw(rt, "byte"), rapid.IntRange(0, 7).Draw(rt, "bit")
			changed := bytes.Clone(whole)
			changed[at] ^= 1 << bit
			require.NoError(rt, os.WriteFile(flipped, changed, 0o600))
			if got, ok := untouched(rt, flipped, key); ok {
				harmless++
				require.Equal(rt, want, got)
			} else {
				found++
			}
		}
	})
	require.Positive(t, found)
	t.Logf("%d found, %d harmless", found, harmless)
}

// untouched is what a store holds in which nothing is found.
func untouched(t require.TestingT, path string, key note.Verifier) (contained string, ok bool) {
	s, err := store.Open(context.Background(), path, store.Options{ReadOnly: true})
	if err != nil {
		return "", false
	}
	v, err := s.Verify(context.Background(), audit.VerifyOptions{Key: key})
	require.NoError(t, err)
	if len(v.Found) == 0 {
		contained, ok = contents(t, s), true
	}
	require.NoError(t, s.Close())
	return contained, ok
}

// contents are all that is read of a store.
func contents(t require.TestingT, s *store.Store) string {
	var b strings.Builder
	list, err := s.Find(context.Background(), audit.Query{After: -1})
	require.NoError(t, err)
	for _, r := range list {
		text, err := s.Bytes(context.Background(), r.Number)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%v\n%s\n", r, text)
	}
	text, err := s.Checkpoint(context.Background())
	require.NoError(t, err)
	return b.String() + text + s.Key()
}

func TestACutFile(t *testing.T) {
	path, _, key := fresh(t, 12)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, n := range []int{0, 10, 100, 4096, len(whole) / 2, len(whole) - 4096, len(whole) - 1} {
		cut := filepath.Join(t.TempDir(), "cut.db")
		require.NoError(t, os.WriteFile(cut, whole[:n], 0o600))
		s, err := store.Open(context.Background(), cut, store.Options{ReadOnly: true})
		if err != nil {
			continue
		}
		v, err := s.Verify(context.Background(), audit.VerifyOptions{Key: key})
		require.NoError(t, err)
		require.NotEmpty(t, v.Found, "cut at %d of %d", n, len(whole))
		require.NoError(t, s.Close())
	}
}

// hold takes the lock of writers, until what it returns is called.
func hold(t *testing.T, path string) (release func()) {
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	conn, err := db.Conn(context.Background())
	require.NoError(t, err)
	_, err = conn.ExecContext(context.Background(), `BEGIN EXCLUSIVE`)
	require.NoError(t, err)
	return func() {
		_, err := conn.ExecContext(context.Background(), `ROLLBACK`)
		require.NoError(t, err)
		require.NoError(t, conn.Close())
		require.NoError(t, db.Close())
	}
}

func TestAStoreThatIsHeldByAnother(t *testing.T) {
	path, signer, key := fresh(t, 1)
	s := open(t, path, store.Options{Wait: 50 * time.Millisecond})
	release := hold(t, path)
	_, _, err := s.Append(context.Background(), signer, entries(t, ferry(t), 1, 1))
	require.ErrorContains(t, err, "V042")
	var ds source.Diagnostics
	require.ErrorAs(t, err, &ds)
	require.True(t, ds[0].Limit)
	release()
	_, _, err = s.Append(context.Background(), signer, entries(t, ferry(t), 1, 1))
	require.NoError(t, err)
	require.Empty(t, verify(t, path, key).Found)
}

func TestAStoreThatMayOnlyBeRead(t *testing.T) {
	path, signer, key := fresh(t, 2)
	require.NoError(t, os.Chmod(path, 0o400))
	require.Empty(t, verify(t, path, key).Found)
	s := open(t, path, store.Options{ReadOnly: true})
	_, _, err := s.Append(context.Background(), signer, entries(t, ferry(t), 2, 1))
	require.ErrorContains(t, err, "V043")
}

// A file system of a few hundred kilobytes fills up: what was acknowledged stays.
func TestAFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=384k"); err != nil {
		t.Skipf("no file system can be made here: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, 0)) })
	path := filepath.Join(dir, "audit.db")
	signer, key, public := keyPair(t, 1)
	s, err := store.Create(context.Background(), path, signer, public)
	require.NoError(t, err)
	p := ferry(t)
	n := 0
	for ; err == nil; n++ {
		require.Less(t, n, 5000)
		_, _, err = s.Append(context.Background(), signer, entries(t, p, n, 1))
	}
	require.ErrorContains(t, err, "V043")
	require.NoError(t, s.Close())
	v := verify(t, path, key)
	require.Empty(t, v.Found)
	require.Equal(t, int64(n-1), v.Records)
}

func TestAStoreInAFolderThatIsNotThere(t *testing.T) {
	signer, _, public := keyPair(t, 1)
	_, err := store.Create(context.Background(), filepath.Join(t.TempDir(), "no", "audit.db"), signer, public)
	require.ErrorContains(t, err, "V043")
	require.NotErrorIs(t, err, fs.ErrExist)
}

// A writer that is killed in the midst of a transaction leaves a journal. Whoever opens
// the store next, if only to read it, finds what was acknowledged and nothing else.
func TestAJournalThatWasLeft(t *testing.T) {
	path, _, key := fresh(t, 6)
	db, err := sql.Open("sqlite", path+"?_pragma=cache_size(1)&_pragma=synchronous(OFF)")
	require.NoError(t, err)
	conn, err := db.Conn(context.Background())
	require.NoError(t, err)
	for _, change := range []string{`BEGIN IMMEDIATE`, `UPDATE records SET by = 'nobody', body = zeroblob(40000)`} {
		_, err = conn.ExecContext(context.Background(), change)
		require.NoError(t, err)
	}
	// What is on the disk now is what a killed writer would have left.
	left := filepath.Join(t.TempDir(), "audit.db")
	for _, ending := range []string{"", "-journal"} {
		text, err := os.ReadFile(path + ending)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(left+ending, text, 0o600))
	}
	_, err = conn.ExecContext(context.Background(), `ROLLBACK`)
	require.NoError(t, err)
	require.NoError(t, conn.Close())
	require.NoError(t, db.Close())

	v := verify(t, left, key)
	require.Empty(t, v.Found)
	require.Equal(t, int64(6), v.Records)
	require.NoFileExists(t, left+"-journal")
}

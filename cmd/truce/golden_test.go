package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// call runs the program in this process, with nothing but what it is given.
func call(ctx context.Context, environ []string, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = run(ctx, args, streams{strings.NewReader(""), &out, &err}, environ)
	return code, out.String(), err.String()
}

// The whole outputs of real runs. "go test ./cmd/truce -update" writes them anew;
// the difference is what a change of rules, cases or texts does.
func TestGolden(t *testing.T) {
	here, err := filepath.Abs("testdata/golden")
	require.NoError(t, err)
	t.Chdir("../..") // so that places read as from the root of the repository
	const dir = "testdata/cases/"
	goldens := map[string][]string{
		"score.txt":                  {"assess", dir},
		"score.json":                 {"assess", "--format", "json", dir},
		"rules-read.txt":             {"rules", "read"},
		"rules-claims.txt":           {"rules", "claims", "--cases", dir},
		"schema-pack.json":           {"rules", "schema", "pack"},
		"schema-case.json":           {"rules", "schema", "case"},
		"schema-settings.json":       {"rules", "schema", "settings"},
		"schema-mask.json":           {"rules", "schema", "mask"},
		"case-new.txt":               {"case", "new", "-"},
		"case-check.txt":             {"case", "check", dir},
		"why-2013-jpoa.txt":          {"why", dir + "2013-jpoa.yaml", "Posture"},
		"why-2013-jpoa.json":         {"why", "--format", "json", dir + "2013-jpoa.yaml", "Posture"},
		"why-2013-jpoa.mmd":          {"why", "--format", "mermaid", dir + "2013-jpoa.yaml", "Posture"},
		"why-2013-jpoa-items.txt":    {"why", dir + "2013-jpoa.yaml", "CostItem"},
		"why-2013-jpoa-balance.txt":  {"why", "--alternatives", dir + "2013-jpoa.yaml", "Balance"},
		"why-2015-jcpoa-posture.txt": {"why", "--depth", "2", dir + "2015-jcpoa-text.yaml", "Posture[sustain, sustain]"},
		"source-only.txt":            {"assess", "--source-only", "--full", dir + "2024-04-after-damascus.yaml"},
	}
	for _, id := range []string{"1981-hostages-and-assets", "1988-unscr-598", "2013-jpoa", "2015-jcpoa-text",
		"2019-09-french-plan", "2022-09-eu-text", "2024-04-after-damascus"} {
		goldens["assess-"+id+".txt"] = []string{"assess", dir + id + ".yaml"}
		goldens["assess-"+id+"-full.txt"] = []string{"assess", "--full", dir + id + ".yaml"}
		goldens["assess-"+id+".json"] = []string{"assess", "--format", "json", dir + id + ".yaml"}
	}
	for name, args := range map[string][]string{
		"cases.txt":  {dir + "2013-jpoa.yaml", dir + "2015-jcpoa-text.yaml"},
		"full.txt":   {"--full", dir + "2018-after-us-exit.yaml", dir + "2019-05-waivers-end.yaml"},
		"as-of.txt":  {dir + "2024-08-after-haniyeh.yaml", "--as-of", "2024-04-30"},
		"as-of.json": {"--format", "json", dir + "2024-08-after-haniyeh.yaml", "--as-of", "2024-04-30"},
	} {
		goldens["compare-"+name] = append([]string{"compare"}, args...)
	}
	for id, value := range map[string]string{"2013-jpoa": "truce", "2015-jcpoa-text": "resist", "2024-04-after-damascus": "sustain"} {
		goldens["whynot-"+id+".txt"] = []string{"whynot", dir + id + ".yaml", value}
		goldens["whynot-"+id+".json"] = []string{"whynot", "--depth", "0", "--format", "json", dir + id + ".yaml", value}
	}
	for _, id := range []string{"2013-jpoa", "2015-jcpoa-text"} {
		goldens["sides-"+id+".txt"] = []string{"sides", dir + id + ".yaml"}
	}
	for _, to := range []string{"truce", "sustain"} {
		goldens["flip-2024-10-01-"+to+".txt"] = []string{"flip", dir + "2024-10-01-after-nasrallah.yaml", "--to", to}
	}
	goldens["why-2013-jpoa-short.txt"] = []string{"why", "--detail", "short", dir + "2013-jpoa.yaml", "Posture"}
	goldens["why-2013-jpoa-full.txt"] = []string{"why", "--detail", "full", "--depth", "1", dir + "2013-jpoa.yaml", "Recovery"}
	for name, args := range goldens {
		t.Run(name, func(t *testing.T) {
			code, got, stderr := call(context.Background(), nil, args...)
			require.Zero(t, code, stderr)
			require.Empty(t, stderr)
			path := filepath.Join(here, name)
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
		})
	}
	if *update {
		return
	}
	entries, err := os.ReadDir(here)
	require.NoError(t, err)
	for _, e := range entries {
		require.Contains(t, goldens, e.Name(), "nothing writes this golden any more")
	}
}

// Every report of a real case fits its width, puts a mark before what it says of the
// case, and says the same when asked again.
func TestReportsOfAllCases(t *testing.T) {
	t.Chdir("../..")
	files, err := filepath.Glob("testdata/cases/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for i, file := range files {
		args := []string{"assess", "--full", "--width", "80", file}
		code, first, stderr := call(context.Background(), nil, args...)
		require.Zero(t, code, stderr)
		for _, line := range strings.Split(first, "\n") {
			require.LessOrEqual(t, len([]rune(line)), 80, "%s: %s", file, line)
		}
		require.Regexp(t, `(?m)^  \[(reported|coded|assumed|computed|judgement)\] `, first)
		if i%10 == 0 {
			_, again, _ := call(context.Background(), nil, args...)
			require.Equal(t, first, again)
		}
	}
}

package enginetest

import (
	"math/rand/v2"
	"slices"
	"strings"

	"truce/rules"
)

// order is another order of a script, the same whenever it is made.
type order struct{ *rand.Rand }

func newOrder(n int) order { return order{rand.New(rand.NewPCG(uint64(n), 1))} }

// files are the pack's files with rules and tables shuffled, some of them in a file
// of their own, handed over in another order. What belongs to an extension stays in
// its file.
func (o order) files(list []rules.File) []rules.File {
	out := slices.Clone(list)
	moved := map[string]string{}
	for i := range out {
		for _, section := range []string{"rules", "tables"} {
			var items []string
			out[i].Text, items = o.section(out[i].Text, section)
			moved[section] += strings.Join(items, "")
		}
	}
	apart := rules.File{Name: []string{"0-apart.yaml", "zz-apart.yaml"}[o.IntN(2)]}
	for _, section := range []string{"rules", "tables"} {
		if moved[section] != "" {
			apart.Text += section + ":\n" + moved[section]
		}
	}
	if apart.Text != "" {
		out = append(out, apart)
	}
	o.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// section shuffles the items of a file's section and takes some of them out, never
// all, each indented by two.
func (o order) section(text, name string) (rest string, taken []string) {
	before, items, after := itemsOf(text, name)
	if len(items) < 2 {
		return text, nil
	}
	o.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	if !strings.HasPrefix(text, "extension:") && !strings.Contains(text, "\nextension:") {
		n := o.IntN(len(items))
		items, taken = items[n:], items[:n]
	}
	return before + strings.Join(items, "") + after, taken
}

// itemsOf takes a top-level section apart into the items of its block list, each
// with what stands below it, indented by two.
func itemsOf(text, name string) (before string, items []string, after string) {
	lines := strings.SplitAfter(text, "\n")
	start := slices.IndexFunc(lines, func(l string) bool { return strings.TrimSpace(l) == name+":" && strings.HasPrefix(l, name) })
	if start < 0 {
		return text, nil, ""
	}
	indent, end := -1, start+1
	for ; end < len(lines); end++ {
		line := lines[end]
		trimmed := strings.TrimLeft(line, " ")
		depth := len(line) - len(trimmed)
		begins := strings.HasPrefix(trimmed, "- ")
		if indent < 0 && begins {
			indent = depth
		}
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(trimmed, "#"):
			continue
		case begins && depth == indent:
			items = append(items, "  "+line[indent:])
		case indent >= 0 && depth > indent:
			items[len(items)-1] += "  " + line[indent:]
		default:
			return strings.Join(lines[:start+1], ""), items, strings.Join(lines[end:], "")
		}
	}
	return strings.Join(lines[:start+1], ""), items, ""
}

// commands are the commands with each stretch of assertions, none of which is to
// fail, in another order.
func (o order) commands(list []command) []command {
	out := slices.Clone(list)
	for from := 0; from < len(out); from++ {
		end := from
		for end < len(out) && out[end].verb == "assert" && out[end].fails == nil {
			end++
		}
		o.Shuffle(end-from, func(i, j int) { out[from+i], out[from+j] = out[from+j], out[from+i] })
		from = max(from, end-1)
	}
	return out
}

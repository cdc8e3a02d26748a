package doc

import "strings"

// BlockLines are the lines of a literal or folded scalar as they are written, without
// the indentation that they share. Empty lines behind the last with text are left out.
// Of any other node there are none.
func (n *Node) BlockLines() []string {
	if n.file == nil || n.Style != Literal && n.Style != Folded {
		return nil
	}
	t := tracer{text: n.file.text, at: n.start(), indent: n.indent}
	indent := t.blockHeader()
	if t.at.offset >= n.end {
		return nil
	}
	t.lineBreak()
	if indent == 0 {
		indent = t.findIndent()
	}
	lines := strings.Split(n.file.text[t.at.offset:n.end], "\n")
	for i, line := range lines {
		line = strings.TrimSuffix(line, "\r")
		shared := 0
		for shared < min(indent, len(line)) && line[shared] == ' ' {
			shared++
		}
		lines[i] = line[shared:]
	}
	return lines
}

package doc

import (
	"strings"

	"truce/facts/source"
)

// Inside brackets every cut has the same error, "not closed", whether it is
// short of the fault or past it. So each cut is closed first, with the brackets
// and the quote that are open at its end; the first that then still fails ends
// at the fault, and if none fails the bracket was never closed.

// longestFlow bounds the stretch that is searched, in bytes.
const longestFlow = 8 << 10

// locateFlow refines the place of an error inside brackets, given any place
// between the opening bracket and the fault. The second place is the bracket's.
func locateFlow(text string, p place) (fault, bracket place, ok bool) {
	open, found := openBracket(text, p.step(text).offset)
	if !found {
		return p, p, false
	}
	bracket = placeAt(text, open)
	flow := text[open:min(len(text), open+longestFlow)]
	var cuts []int
	for i := range flow {
		cuts = append(cuts, i)
	}
	cuts = append(cuts, len(flow))
	fails := func(n int) bool {
		cut := flow[:cuts[n]]
		_, _, err := parse(text[:open] + cut + closers(cut))
		return err != nil
	}
	all := len(cuts) - 1
	if !fails(all) {
		return bracket, bracket, len(flow) < longestFlow
	}
	n := shortest(all, fails)
	return bracket.steps(text, max(n-1, 0)), bracket, n > 0
}

// openBracket goes back from a byte to the outermost bracket that is open there.
// One inside a plain text is not a bracket to YAML and is passed over.
func openBracket(text string, from int) (int, bool) {
	depth, open := 0, -1
	for i := from - 1; i >= max(0, from-longestFlow); i-- {
		switch text[i] {
		case ']', '}':
			depth++
		case '[', '{':
			if depth > 0 {
				depth--
			} else if startsValue(text[:i]) {
				open = i
			}
		}
	}
	return open, open >= 0
}

// startsValue reports whether a value can start after a text.
func startsValue(before string) bool {
	before = strings.TrimRight(before, " \t")
	return before == "" || strings.HasSuffix(before, "\n") || strings.ContainsAny(before[len(before)-1:], ":-,[{?")
}

// closers is what closes the quote and the brackets that are open after flow.
func closers(flow string) string {
	var stack []byte
	quote := byte(0)
	for i := 0; i < len(flow); i++ {
		switch b := flow[i]; {
		case quote == '"' && b == '\\':
			i++
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case (b == '"' || b == '\'') && startsValue(flow[:i]):
			quote = b
		case b == '#' && i > 0 && (isBlank(flow[i-1]) || flow[i-1] == '\n'):
			n := strings.IndexByte(flow[i:], '\n')
			if n < 0 {
				return "\n" + closing(stack)
			}
			i += n
		case b == '[':
			stack = append(stack, ']')
		case b == '{':
			stack = append(stack, '}')
		case (b == ']' || b == '}') && len(stack) > 0:
			stack = stack[:len(stack)-1]
		}
	}
	if quote != 0 {
		return string(quote) + closing(stack)
	}
	return closing(stack)
}

func closing(stack []byte) string {
	var b strings.Builder
	for i := len(stack) - 1; i >= 0; i-- {
		b.WriteByte(stack[i])
	}
	return b.String()
}

// openQuote finds a quote that is not closed on its line, and so runs as far as the
// next one, behind which reading stopped.
func (s *syntaxError) openQuote() (source.Diagnostic, bool) {
	for _, l := range append([]textLine{newTextLine(s.lineStart.Line, s.line)}, s.above()...) {
		at := unclosed(l.text)
		if at < 0 {
			continue
		}
		p := start().seek(s.text, source.Pos{Line: l.number, Col: 1}).steps(s.text, runesIn(l.text[:at]))
		end := strings.IndexByte(s.text[p.offset+1:], l.text[at])
		if end >= 0 && (p.offset+1+end > s.at.offset || l.number == s.at.Line || placeAt(s.text, p.offset+1+end).Line != s.at.Line) {
			return source.Diagnostic{}, false
		}
		return Syntax.At(span(s.name, p.Pos, p.toLineEnd(s.text).Pos), "the quote that starts here is not closed on its line").
			Suggest("write %c where the text ends", l.text[at]), true
	}
	return source.Diagnostic{}, false
}

// unclosed is the byte of a line at which a quotation starts that does not end on it,
// or -1.
func unclosed(line string) int {
	for i := 0; i < len(line); i++ {
		quote := line[i]
		if quote != '"' && quote != '\'' || !startsValue(line[:i]) {
			continue
		}
		n := strings.IndexByte(line[i+1:], quote)
		if n < 0 {
			return i
		}
		i += n + 1
	}
	return -1
}

// flow is the finding about brackets.
func (s *syntaxError) flow() (source.Diagnostic, bool) {
	if !s.exact || !strings.HasPrefix(s.message, "did not find expected ',' or") {
		return source.Diagnostic{}, false
	}
	fault, bracket, ok := locateFlow(s.text, s.at)
	if !ok {
		return source.Diagnostic{}, false
	}
	at := func(p place) source.Span { return span(s.name, p.Pos, p.step(s.text).Pos) }
	sign := s.text[bracket.offset : bracket.offset+1]
	if fault == bracket {
		return Syntax.At(at(bracket), "the bracket %s is never closed", sign).Suggest("close it"), true
	}
	return Syntax.At(at(fault), "a comma or a closing bracket is missing before this").
		Suggest("a value that holds a comma, colon, question mark or bracket goes in quotes").
		See(at(bracket), "the bracket is opened here"), true
}

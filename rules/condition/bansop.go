package condition

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"truce/facts/source"
)

// swap is an operator of elsewhere, and what to write for it.
type swap struct {
	code    source.Code
	message string
	instead string // what stands in its place when the rest is checked
	hint    string // "" for: write `instead`
	safe    bool   // nothing else can have been meant
}

func swapOf(op string) (swap, bool) {
	switch op {
	case "&&", "&":
		return swap{codeSymbolOp, op + " is not used here", "and", "", op == "&&"}, true
	case "||":
		return swap{codeSymbolOp, "|| is not used here", "or", "", true}, true
	case "!":
		return swap{codeBang, "! is not used here, and YAML would take it for a tag", "not", "", false}, true
	case "¬":
		return swap{codeForeign, op + " is not used here", "not", "", true}, true
	case "===":
		return swap{codeMisspelt, "=== is not a comparison", "==", "", true}, true
	case "!==", "<>", "≠":
		return swap{codeMisspelt, op + " is not a comparison", "!=", "", true}, true
	case "=>": // which also means "it follows"
		return swap{codeMisspelt, op + " is not a comparison", ">=", "", false}, true
	case "≥", "⩾":
		return swap{codeMisspelt, op + " is not a comparison", ">=", "", true}, true
	case "=<", "≤", "⩽":
		return swap{codeMisspelt, op + " is not a comparison", "<=", "", true}, true
	case "×", "·", "∙", "⋅":
		return swap{codeForeign, op + " is not used here", "*", "", true}, true
	case "÷":
		return swap{codeForeign, op + " is not used here", "/", "", true}, true
	case "−", "–", "—", "‐", "‑":
		return swap{codeForeign, op + " is not the minus sign of the keyboard", "-", "", op != "—"}, true
	case "،":
		return swap{codeForeign, "the comma is that of another script", ",", "", true}, true
	case ";":
		return swap{codeSemicolon, "a condition is one expression, without ;", "and", "write each condition on a line of its own, or join them with and", false}, true
	}
	return swap{}, false
}

// refusals are operators that have no counterpart; the tree that expr makes of
// them is passed over in silence.
func refusal(op string) (code source.Code, message, hint string, ok bool) {
	switch op {
	case "??":
		return codeOptional, "there is no ?? here: a value that is absent is unknown, and stays so", "leave it out, or ask known(x) on a line of its own", true
	case "?.":
		return codeOptional, "there is no ?. here: a field that is absent is unknown by itself", "write . (or leave a space behind the ? of c ? x : y)", true
	case "..":
		return codeRange, "there are no ranges here", "write x >= 1 and x <= 5", true
	case "**", "^":
		return codePower, "there are no powers here", "write x * x", true
	case "|":
		return codePipe, "there are no pipes here", "write or for either, or f(x) for x | f()", true
	case "::":
		return codePipe, ":: is not used here", "leave it out", true
	case "{":
		return codeBraces, "there are no braces here, neither for maps nor around a predicate", "write the predicate without them", true
	}
	return source.Code{}, "", "", false
}

func (b *bans) operator(i int) {
	s := b.scraps[i]
	switch s.text {
	case "(", "[", "{":
		b.open = append(b.open, s.text != "(" || b.at(i-1).kind == scrapWord && !b.keyword(b.at(i-1)))
	case ")", "]", "}":
		if len(b.open) > 0 {
			b.open = b.open[:len(b.open)-1]
		}
	case "#":
		f := b.f.ban(s, codeHash, "# is not used here, and YAML takes it for a comment").suggest("write .field for a field of the fact in turn")
		if b.at(i + 1).is(".") {
			f.safely("")
		}
		return
	case "=":
		b.equals(i)
		return
	}
	if w, ok := swapOf(s.text); ok {
		b.swap(i, w)
		return
	}
	if code, message, hint, ok := refusal(s.text); ok {
		if s.text != "{" || !b.hasIf {
			b.f.ban(s, code, "%s", message).suggest("%s", hint)
		}
		return
	}
	switch s.text {
	case "(", ")", "[", "]", "}", ".", ",", ":", "?", "+", "-", "*", "/", "%", "<", ">", "==", "!=", "<=", ">=":
	default:
		b.strange(s)
	}
}

func (b *bans) swap(i int, w swap) {
	s := b.scraps[i]
	if s.text == ";" && b.hasLet {
		return // belongs to the let
	}
	hint := w.hint
	if hint == "" {
		hint = "write " + w.instead
	}
	f := b.f.ban(s, w.code, "%s", w.message).suggest("%s", hint)
	with := w.instead
	if unicode.IsLetter(rune(with[0])) {
		with = " " + with + " "
	}
	switch {
	case s.text == ";" && i == len(b.scraps)-1:
		f.fix("")
	case w.safe:
		f.safely(with)
	default:
		f.fix(with)
	}
}

func (b *bans) equals(i int) {
	s := b.scraps[i]
	if b.hasLet {
		return
	}
	f, with := finding{}, ""
	if i == 0 {
		f = b.f.ban(s, codeEquals, "this = is one too many").suggest("leave it out here")
	} else {
		f, with = b.f.ban(s, codeEquals, "a single = does not compare").suggest("write =="), "=="
	}
	if b.f.want.kind == wantCondition {
		f.safely(with)
	} else {
		f.fix(with)
	}
}

// strange reports a rune that no expression holds.
func (b *bans) strange(s scrap) {
	r := []rune(s.text)[0]
	if strings.ContainsRune(doubleQuotes+singleQuotes, r) {
		b.f.ban(s, codeSmartQuote, "this is a typographic quote").suggest(`write " on both sides of a text`).fix(" ")
		return
	}
	if unicode.In(r, unicode.Cf, unicode.Cc) {
		b.f.ban(s, codeForeign, "there is an invisible character here (U+%04X)", r).suggest("delete it").safely("")
		return
	}
	if isWide(r) {
		b.f.ban(s, codeForeign, "%s is a sign of full width", s.text).suggest("write %s", narrow(s.text)).safely(narrow(s.text))
		return
	}
	b.f.ban(s, codeForeign, "%s is not part of the language", visible(r)).fix(" ")
}

func visible(r rune) string {
	if unicode.IsGraphic(r) {
		return fmt.Sprintf("%q", string(r))
	}
	return fmt.Sprintf("U+%04X", r)
}

// word checks a word; most are names, which come later.
func (b *bans) word(i int) int {
	s, next := b.scraps[i], b.at(i+1)
	after := b.at(i - 1)
	member := after.is(".") || after.is("?.")
	switch {
	case strings.ContainsFunc(s.text, isWide):
		b.f.ban(s, codeForeign, "%s is written in letters of full width", s.text).suggest("write %s", narrow(s.text)).safely(narrow(s.text))
	case member:
	case s.text == "let":
		b.f.ban(s, codeLet, "there is no let here").suggest("bind the name on a line of its own: - x: expression")
	case s.text == "between" && !b.known(s) && i > 0:
		b.f.ban(s, codeRange, "there is no between here").suggest("write x >= 20 and x <= 50")
	case s.text == "if":
		b.f.ban(s, codeIf, "there is no if here").suggest("write c ? x : y")
	case s.text == "is" && !b.known(s):
		if next.text == "not" && next.kind == scrapWord {
			whole := scrap{scrapWord, s.from, next.to, "is not"}
			b.f.ban(whole, codeWordOp, "is not does not compare").suggest("write !=").safely("!=")
			return 2
		}
		b.f.ban(s, codeWordOp, "is does not compare").suggest("write ==").safely("==")
	case capitals(s.text) != "" && !b.known(s):
		b.f.ban(s, codeWordOp, "%s is written in small letters here", s.text).suggest("write %s", capitals(s.text)).safely(capitals(s.text))
	case (s.text == "b" || s.text == "B") && next.kind == scrapText && next.from == s.to:
		b.f.ban(s, codeBytes, "there are no byte texts here").suggest("leave the %s out", s.text).fix("")
	}
	return 1
}

// capitals is the operator that a word with capital letters stands for, or "".
func capitals(w string) string {
	l := strings.ToLower(w)
	if l != w && slices.Contains([]string{"and", "or", "not", "in"}, l) {
		return l
	}
	return ""
}

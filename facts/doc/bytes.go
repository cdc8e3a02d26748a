package doc

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"truce/facts/source"
)

// decode turns the bytes of a file into text, or says why they are none.
func decode(name string, b []byte, lim Limits, f *findings) (string, bool) {
	whole := source.Span{File: name}
	if len(b) > lim.Bytes {
		f.add(TooLarge.At(whole, "the file has %d bytes", len(b)).Expect("%d bytes at most", lim.Bytes))
		return "", false
	}
	if looksUTF16(b) {
		f.add(UTF16.At(whole, "the file is UTF-16").Suggest("save it as UTF-8"))
		return "", false
	}
	if bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) {
		first := span(name, source.Pos{Line: 1, Col: 1}, source.Pos{Line: 1, Col: 2})
		f.add(ByteOrderMark.At(whole, "the file starts with a byte-order mark").Suggest("save it as UTF-8 without one").
			Fixed("leave the mark out", source.Replace(first, "")))
		return "", false
	}
	text := string(b)
	at := func(offset int) source.Span {
		p := placeAt(text, offset)
		return span(name, p.Pos, p.step(text).Pos)
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		f.add(Binary.At(at(i), "there is a NUL byte: this is no text file"))
		return "", false
	}
	if i := invalidByte(text); i >= 0 {
		d := InvalidUTF8.At(at(i), "byte %#02x is not UTF-8 here", text[i]).Suggest("save the file as UTF-8")
		if text[i] >= 0xa0 { // below, the encodings of Western Europe differ
			d.Hint += fmt.Sprintf("; in the encodings of Western Europe this byte is %c", rune(text[i]))
		}
		f.add(d)
		return "", false
	}
	if i := controlAt(text); i < len(text) {
		f.add(control(at(i), text[i:]))
		return "", false
	}
	return text, true
}

// looksUTF16 knows UTF-16 by its mark or by every other byte being NUL.
func looksUTF16(b []byte) bool {
	if bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		return true
	}
	if len(b) < 4 {
		return false
	}
	little := b[1] == 0 && b[3] == 0 && b[0] != 0 && b[2] != 0
	big := b[0] == 0 && b[2] == 0 && b[1] != 0 && b[3] != 0
	return little || big
}

// invalidByte is the offset of the first byte that is not UTF-8, or -1.
func invalidByte(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	for i, c := range text {
		if c != utf8.RuneError {
			continue
		}
		if _, n := utf8.DecodeRuneInString(text[i:]); n == 1 {
			return i
		}
	}
	return -1
}

// unwelcome reports runes that no document holds as they are, since editors,
// YAML and JSON disagree on whether they show, and on whether they end a line.
// A carriage return is welcome before a line feed only.
func unwelcome(c rune) bool {
	switch {
	case c == '\t' || c == '\n':
		return false
	case c == '\u2028' || c == '\u2029' || c == '\ufeff' || c == '\ufffe' || c == '\uffff':
		return true
	}
	return c < 0x20 || 0x7f <= c && c < 0xa0
}

// controlAt is the offset of the first unwelcome rune of text, or its length.
func controlAt(text string) int {
	for i, c := range text {
		if unwelcome(c) && breakLen(text[i:]) == 0 {
			return i
		}
	}
	return len(text)
}

func control(at source.Span, text string) source.Diagnostic {
	c, _ := utf8.DecodeRuneInString(text)
	what := fmt.Sprintf("the character U+%04X", c)
	if c == '\r' {
		what = "a carriage return without a line feed"
	}
	return Control.At(at, "%s cannot stand in a file as it is", what).
		Suggest(`write it as an escape in double quotes, such as "\u%04x", or leave it out`, c)
}

package main

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

// colours are what a terminal shows for the codes that truce writes.
var colours = map[string]string{
	"1": "font-weight:bold", "2": "opacity:.6", "31": "fill:#e06c75", "32": "fill:#98c379", "33": "fill:#e5c07b",
	"34": "fill:#61afef", "35": "fill:#c678dd", "36": "fill:#56b6c2",
}

var escape = regexp.MustCompile(`\x1b\[([0-9;]*)m`)

// terminalPicture draws lines with the escape sequences of a terminal as a picture.
func terminalPicture(lines []string, columns int) string {
	const wide, high, margin = 8.4, 18, 14
	var b strings.Builder
	w, h := int(float64(columns)*wide)+2*margin, len(lines)*high+2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="A terminal">`+"\n", w, h, w, h)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="#1e2127"/>`+"\n", w, h)
	fmt.Fprintf(&b, `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="#d7dae0" xml:space="preserve">`+"\n")
	for i, line := range lines {
		if line == "" {
			continue
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" textLength="%.1f" lengthAdjust="spacingAndGlyphs">`, margin, margin+i*high+13,
			wide*float64(len([]rune(escape.ReplaceAllString(line, "")))))
		style := ""
		for line != "" {
			at := escape.FindStringSubmatchIndex(line)
			text := line
			if at != nil {
				text = line[:at[0]]
			}
			if text != "" {
				fmt.Fprintf(&b, `<tspan%s>%s</tspan>`, style, html.EscapeString(text))
			}
			if at == nil {
				break
			}
			style = styleOf(line[at[2]:at[3]])
			line = line[at[1]:]
		}
		b.WriteString("</text>\n")
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// styleOf is the attribute for codes such as 1;31.
func styleOf(codes string) string {
	var parts []string
	for code := range strings.SplitSeq(codes, ";") {
		if c := colours[code]; c != "" {
			parts = append(parts, c)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ` style="` + strings.Join(parts, ";") + `"`
}

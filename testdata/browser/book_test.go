package browser

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

func bookOf(t *testing.T, args ...string) *reader {
	t.Helper()
	return open(t, written(t, append([]string{"rules", "doc", "--format", "html"}, args...)...))
}

// Every link of a book leads somewhere, no anchor stands twice, and nothing is loaded.
func TestLinksOfBooksLead(t *testing.T) {
	for _, args := range [][]string{{}, {"testdata/packs/garden"}, {"testdata/packs/ferry"}} {
		r := bookOf(t, args...)
		dead := eval[[]string](r, `[...document.querySelectorAll("a")].map(a => a.getAttribute("href")).filter(h => !h.startsWith("#") || !document.getElementById(h.slice(1)))`)
		if len(dead) > 0 {
			t.Errorf("%q: links lead nowhere: %q", args, dead)
		}
		r.want(`(ids => new Set(ids).size === ids.length)([...document.querySelectorAll("[id]")].map(e => e.id))`)
		r.want(`document.querySelectorAll("figure.graph svg").length > 1`)
	}
}

// A name in a graph leads to what it stands for, and a claim behind a rule to the claim.
func TestFollowLinksOfABook(t *testing.T) {
	r := bookOf(t, "testdata/packs/garden")
	for _, link := range []struct{ from, to string }{
		{`.graph a[href="#table-advice"]`, "table-advice"},
		{`#rule-dryness ~ p a[href="#claim-C02"]`, "claim-C02"},
		{`#claim-C02 ~ ul a[href="#threshold-hot_day"]`, "threshold-hot_day"},
		{`#threshold-hot_day ~ ul a[href="#rule-dryness"]`, "rule-dryness"},
		{`nav a[href="#tests"]`, "tests"},
	} {
		r.click(link.from)
		target := `document.getElementById("` + link.to + `")`
		r.becomes(`location.hash === "#` + link.to + `"`)
		r.becomes(target + `.getBoundingClientRect().top >= 0 && ` + target + `.getBoundingClientRect().top < innerHeight`)
	}
}

// Labels stay inside of their boxes, boxes do not overlap, and a graph that is wider than
// the page scrolls by itself.
func TestGraphsOfABook(t *testing.T) {
	r := bookOf(t)
	r.want(`[...document.querySelectorAll(".graph a")].every(a => {
		const box = a.querySelector("rect").getBBox(), text = a.querySelector("text").getBBox();
		return text.x >= box.x && text.x + text.width <= box.x + box.width && text.y >= box.y && text.y + text.height <= box.y + box.height;
	})`)
	r.want(`[...document.querySelectorAll(".graph svg")].every(svg => {
		const boxes = [...svg.querySelectorAll("rect")].map(b => b.getBBox());
		return boxes.every((a, i) => boxes.slice(i + 1).every(b => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y));
	})`)
	for _, width := range []int64{320, 700, 1200} {
		r.do(chromedp.EmulateViewport(width, 900))
		r.want(`document.documentElement.scrollWidth <= innerWidth`)
	}
	light := eval[string](r, `getComputedStyle(document.querySelector(".graph text")).fill`)
	r.media("", "dark")
	if dark := eval[string](r, `getComputedStyle(document.querySelector(".graph text")).fill`); dark == light {
		t.Errorf("dark is %s, and so is light", dark)
	}
}

// TestPicturesOfABook writes parts of the book of the shipped pack as a reader sees them.
func TestPicturesOfABook(t *testing.T) {
	if *pictures == "" {
		t.Skip("-pictures DIR writes them")
	}
	for name, args := range map[string][]string{"shipped": {"--cases", "testdata/cases"}, "garden": {"testdata/packs/garden"}} {
		r := bookOf(t, args...)
		for _, place := range []string{"top", "overview", "facts", "parameters", "claims", "tests"} {
			r.do(chromedp.EmulateViewport(1200, 1000))
			eval[bool](r, `document.getElementById("`+place+`").scrollIntoView() === undefined`)
			file := filepath.Join(*pictures, "book-"+name+"-"+place+".png")
			if err := os.WriteFile(file, got(r, chromedp.CaptureScreenshot()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

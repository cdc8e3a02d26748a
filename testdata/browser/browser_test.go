// Package browser opens the pages of truce in a browser without a window, and does
// what a reader does: folds, unfolds, follows a link, by mouse and by keyboard.
package browser

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var pictures = flag.String("pictures", "", "write what the page looks like into this folder")

const root = "../.."

// browsers are the names under which one may be installed.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// window is the one browser of all tests; each page has a tab of its own.
var window context.Context

// TestMain runs nothing where there is no browser, and says so in one line.
func TestMain(m *testing.M) {
	flag.Parse()
	if installed() == "" {
		os.Stdout.WriteString("skipped: no browser is installed (none of " + strings.Join(browsers, ", ") + ")\n")
		return
	}
	os.Exit(inBrowser(m))
}

func inBrowser(m *testing.M) int {
	dir, err := os.MkdirTemp("", "truce-browser")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	made.dir = dir
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(installed()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.UserDataDir(filepath.Join(dir, "profile")), chromedp.WindowSize(1200, 900))
	all, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	window, cancel = chromedp.NewContext(all)
	defer cancel()
	if err := chromedp.Do(window); err != nil {
		panic(err)
	}
	return m.Run()
}

func installed() string {
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// made are the pages of cases, by the arguments that made them; the program is built
// once.
var made = struct {
	sync.Once
	dir   string
	err   error
	pages map[string]string
}{pages: map[string]string{}}

func pageOf(t *testing.T, args ...string) string {
	t.Helper()
	return written(t, append([]string{"assess", "--format", "html"}, args...)...)
}

// written is the address of what a command writes.
func written(t *testing.T, args ...string) string {
	t.Helper()
	program := filepath.Join(made.dir, "truce")
	made.Do(func() {
		build := exec.Command("go", "build", "-o", program, "./cmd/truce")
		build.Dir = root
		build.Stderr = os.Stderr
		made.err = build.Run()
	})
	if made.err != nil {
		t.Fatal(made.err)
	}
	name := strings.Join(args, " ")
	if made.pages[name] == "" {
		out := filepath.Join(made.dir, fmt.Sprintf("page-%d.html", len(made.pages)))
		run := exec.Command(program, append(args, "--out", out)...)
		run.Dir = root
		if said, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		made.pages[name] = "file://" + filepath.ToSlash(out)
	}
	return made.pages[name]
}

// reader is a browser with one page open, and what the page did that no page of ours
// may do.
type reader struct {
	t   *testing.T
	ctx context.Context

	lock sync.Mutex
	bad  []string
}

func open(t *testing.T, url string, before ...chromedp.Action[chromedp.Void]) *reader {
	t.Helper()
	ctx, cancel := chromedp.NewContext(window)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	r := &reader{t: t, ctx: ctx}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Request.URL != url && !strings.HasPrefix(e.Request.URL, "data:") {
				r.note("asked for " + e.Request.URL)
			}
		case *runtime.EventExceptionThrown:
			r.note("threw " + e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			r.note("logged " + e.Entry.Text)
		case *page.EventJavascriptDialogOpening:
			r.note("opened a dialog: " + e.Message)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	call(r, network.Enable, network.EnableParams{})
	call(r, log.Enable, cdp.Empty{})
	r.do(before...)
	r.do(chromedp.Navigate(url), chromedp.WaitReady(chromedp.CSS("body")))
	t.Cleanup(func() {
		r.lock.Lock()
		defer r.lock.Unlock()
		for _, what := range r.bad {
			t.Errorf("the page %s", what)
		}
	})
	return r
}

func (r *reader) note(what string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.bad = append(r.bad, what)
}

func (r *reader) do(actions ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	if err := chromedp.Do(r.ctx, actions...); err != nil {
		r.t.Fatal(err)
	}
}

// got is what an action comes to.
func got[T any](r *reader, a chromedp.Action[T]) T {
	r.t.Helper()
	v, err := chromedp.Run(r.ctx, a)
	if err != nil {
		r.t.Fatal(err)
	}
	return v
}

// call sends a command of the browser's own protocol.
func call[P, R any](r *reader, command cdp.Command[P, R], params P) {
	r.t.Helper()
	if _, err := chromedp.Call(r.ctx, command, params); err != nil {
		r.t.Fatal(err)
	}
}

func (r *reader) media(media, scheme string) {
	r.t.Helper()
	call(r, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

func (r *reader) click(selector string) { r.t.Helper(); r.do(chromedp.Click(chromedp.CSS(selector))) }

// eval is what an expression in the page comes to.
func eval[T any](r *reader, expression string) T {
	r.t.Helper()
	return got(r, chromedp.Evaluate[T](expression))
}

func (r *reader) want(expression string) {
	r.t.Helper()
	if !eval[bool](r, expression) {
		r.t.Errorf("it is not so: %s", expression)
	}
}

const theCase = "testdata/cases/2013-jpoa.yaml"

// becomes waits for an expression to be true.
func (r *reader) becomes(expression string) {
	r.t.Helper()
	for range 100 {
		if eval[bool](r, expression) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.t.Errorf("it does not become so: %s", expression)
}

// first is the topmost fact of the proof.
const first = "#proof > details"

func TestFoldAndUnfold(t *testing.T) {
	r := open(t, pageOf(t, theCase))
	r.want(`document.querySelector("` + first + `").open`)
	r.click(first + " > summary")
	r.want(`!document.querySelector("` + first + `").open`)
	r.want(`document.activeElement === document.querySelector("` + first + ` > summary")`)
	r.do(chromedp.KeyEvent(kb.Enter))
	r.want(`document.querySelector("` + first + `").open`)
	inner := first + " > .in > details"
	r.want(`!document.querySelector("` + inner + `").open`)
	r.do(chromedp.Focus(chromedp.CSS(inner+" > summary")), chromedp.KeyEvent(" "))
	r.want(`document.querySelector("` + inner + `").open`)
	r.click(`button[data-open="yes"]`)
	r.want(`[...document.querySelectorAll("#proof details")].every(d => d.open)`)
	r.click(`button[data-fold]:not([data-open])`)
	r.want(`[...document.querySelectorAll("#proof details")].every(d => !d.open)`)
}

// A sentence of the report leads to the fact that proves it, deep in a folded proof.
func TestFollowALink(t *testing.T) {
	r := open(t, pageOf(t, theCase))
	link := "#section-balance .lines > li:nth-child(2) .proofs a"
	to := eval[string](r, `document.querySelector("`+link+`").getAttribute("href")`)
	target := `document.querySelector("` + to + `")`
	r.want(`!` + target + `.open`)
	r.click(link)
	for _, so := range []string{
		`location.hash === "` + to + `"`,
		target + `.open`,
		target + `.checkVisibility()`,
		`document.activeElement === ` + target + `.firstElementChild`,
		target + `.getBoundingClientRect().top >= 0 && ` + target + `.getBoundingClientRect().top < innerHeight`,
	} {
		r.becomes(so)
	}
	// The same link, after its target was folded again.
	eval[bool](r, target+`.open = false`)
	r.click(link)
	r.becomes(target + `.open`)
}

// Every link of every page leads somewhere, and no anchor stands twice.
func TestLinksLead(t *testing.T) {
	for _, file := range []string{theCase, "testdata/cases/2015-jcpoa-text.yaml", "testdata/cases/2024-08-after-haniyeh.yaml"} {
		r := open(t, pageOf(t, file))
		dead := eval[[]string](r, `[...document.querySelectorAll("a")].map(a => a.getAttribute("href")).filter(h => !h.startsWith("#") || !document.getElementById(h.slice(1)))`)
		if len(dead) > 0 {
			t.Errorf("%s: links lead nowhere: %q", file, dead)
		}
		r.want(`(ids => new Set(ids).size === ids.length)([...document.querySelectorAll("[id]")].map(e => e.id))`)
	}
}

func TestSkipLinkComesFirst(t *testing.T) {
	r := open(t, pageOf(t, theCase))
	r.do(chromedp.KeyEvent(kb.Tab))
	r.want(`document.activeElement.className === "skip" && document.activeElement.getBoundingClientRect().left >= 0`)
	r.do(chromedp.KeyEvent(kb.Enter))
	r.becomes(`document.activeElement.id === "answer"`)
}

// Without the script all can be folded, unfolded and reached.
func TestWithoutScript(t *testing.T) {
	r := open(t, pageOf(t, theCase), func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
	r.click(first + " > summary")
	r.want(`!document.querySelector("` + first + `").open`)
	r.want(`document.querySelector("button[data-fold]").hidden`)
	r.click("#section-balance .lines > li:nth-child(2) .proofs a")
	r.want(`document.querySelector(location.hash).checkVisibility()`)
}

// Markup in a case is text on the page: what looks like a script never runs.
func TestMarkupIsText(t *testing.T) {
	r := open(t, pageOf(t, "--rules", "explain/testdata/sea", "explain/page/testdata/markup.yaml"))
	r.want(`window.ran === undefined`)
	r.want(`document.scripts.length === 1 && document.querySelectorAll("img, iframe, object, embed, form").length === 0`)
	r.want(`document.querySelector("h1").textContent.includes("<script>window.ran = 1</script>")`)
}

func TestFitsAndLooks(t *testing.T) {
	r := open(t, pageOf(t, theCase))
	light := eval[string](r, `getComputedStyle(document.body).backgroundColor`)
	for _, width := range []int64{320, 390, 700, 1000, 1600} {
		r.do(chromedp.EmulateViewport(width, 900))
		r.want(`document.documentElement.scrollWidth <= innerWidth`)
	}
	r.media("", "dark")
	if dark := eval[string](r, `getComputedStyle(document.body).backgroundColor`); dark == light {
		t.Errorf("dark is %s, and so is light", dark)
	}
	r.media("print", "light")
	r.want(`!document.querySelector("nav").checkVisibility() && !document.querySelector(".tools").checkVisibility()`)
	r.want(`document.querySelector("` + first + `").open`)
}

// TestPictures writes the page as a reader sees it, for whoever wants to look.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("-pictures DIR writes them")
	}
	url := pageOf(t, theCase)
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(*pictures, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, look := range map[string]struct {
		width         int64
		media, scheme string
	}{"light": {1100, "", "light"}, "dark": {1100, "", "dark"}, "narrow": {390, "", "light"}, "paper": {794, "print", "light"}} {
		r := open(t, url)
		r.do(chromedp.EmulateViewport(look.width, 1000))
		r.media(look.media, look.scheme)
		write(name+".png", got(r, chromedp.FullScreenshot(100)))
		for _, part := range []string{"answer", "section-balance", "section-reasons", "robust", "sides", "proof", "decides", "thresholds"} {
			write(name+"-"+part+".png", got(r, chromedp.Screenshot(chromedp.CSS("#"+part))))
		}
	}
	write("print.pdf", got(open(t, url), chromedp.PrintToPDF()))
}

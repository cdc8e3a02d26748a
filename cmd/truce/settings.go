package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"truce/facts/shape"
	"truce/facts/source"
)

// settings are what a file, the environment and flags say, weakest first. Cases
// and packs are never settings.
type settings struct {
	Rules      string // the folder of a pack; "" is the shipped one
	SourceOnly bool
	Format     string
	Color      string
	Width      int // 0: as wide as the terminal
	Timeout    time.Duration
	MaxFacts   int // 0: the engine's own limit
	LogLevel   string
	LogFormat  string
	Record     string // the store in which assessments are kept; "" keeps none
	Key        string // the file of the key that signs the store's log
	By         string // who asks
	Mask       string // the file of a policy of masks; "" masks nothing
	MaskSecret string // the file of the secret that salts are made of
	Approvals  string // the file or folder of approvals of rules
	Approvers  string // the file with the keys of who may approve rules; "" asks for no approval
}

const (
	formatText    = "text"
	formatJSON    = "json"
	formatHTML    = "html"
	formatMermaid = "mermaid"
	formatCSV     = "csv"
	formatMD      = "md"
	formatJUnit   = "junit"

	leastWidth = 40
	mostWidth  = 1000
)

// setting is one key of the settings: its default, what it takes, and how a value
// given as text gets into the struct.
type setting struct {
	key      string
	fallback string
	kind     string                              // of the flag
	takes    string                              // for messages
	doc      string                              // of the flag, with the name of its value in backquotes
	holds    shape.Shape                         // what a file may say
	set      func(s *settings, text string) bool // false: the text does not fit
}

// fits sets a value, and reports whether the text is one.
func (k setting) fits(s *settings, text string) bool {
	return k.set(s, text) && (k.holds.Kind != shape.Word || slices.Contains(k.holds.Words, text))
}

// doc without the marks of the flag's value.
func (k setting) meaning() string { return strings.ReplaceAll(k.doc, "`", "") }

func word(field func(*settings) *string) func(*settings, string) bool {
	return func(s *settings, text string) bool {
		*field(s) = text
		return true
	}
}

// number takes a whole number, 0 or from least to most.
func number(field func(*settings) *int, least, most int) func(*settings, string) bool {
	return func(s *settings, text string) bool {
		n, err := strconv.Atoi(text)
		*field(s) = n
		return err == nil && (n == 0 || n >= least && n <= most)
	}
}

// The kinds of flags: one that takes a text, and one that may stand alone.
const (
	kindText   = "text"
	kindSwitch = "bool"
)

var logLevels = []string{"trace", "debug", "info", "warn", "error", "off"}

// settingList is every setting there is, in the order of the help topic.
func settingList() []setting {
	text := shape.Shape{Kind: shape.Text}
	return []setting{
		{"rules", "", kindText, "a folder", "use the pack in `DIR` instead of the shipped one", text,
			func(s *settings, text string) bool { s.Rules = text; return true }},
		{"source-only", "false", kindSwitch, "true or false", "leave out the extensions of the pack", shape.Shape{Kind: shape.Flag},
			func(s *settings, text string) (ok bool) { s.SourceOnly, ok = boolean(text); return ok }},
		{formatKey, formatText, kindText, "text or json; of some commands html, md, csv, mermaid or junit", "`FORM` of output and errors: text or json, of some commands html, md, csv, mermaid or junit",
			shape.WordOf(formatText, formatJSON, formatHTML, formatMermaid, formatCSV, formatMD, formatJUnit), word(func(s *settings) *string { return &s.Format })},
		{"color", "auto", kindText, "auto, always or never", "`WHEN` to colour: auto, always or never",
			shape.WordOf("auto", "always", "never"), word(func(s *settings) *string { return &s.Color })},
		{"width", "0", kindText, fmt.Sprintf("0, or a number from %d to %d", leastWidth, mostWidth), "`N` characters a line; 0 asks the terminal", shape.Count(),
			number(func(s *settings) *int { return &s.Width }, leastWidth, mostWidth)},
		{"timeout", "1m", kindText, "a time such as 90s or 5m; 0 is no limit", "`TIME` that the command may take, such as 90s; 0 is any", text,
			func(s *settings, text string) bool {
				d, err := time.ParseDuration(text)
				s.Timeout = d
				return err == nil && d >= 0
			}},
		{"max-facts", "0", kindText, "a number; 0 is the engine's own limit", "`N` facts that the rules may conclude; 0 is a million", shape.Count(),
			number(func(s *settings) *int { return &s.MaxFacts }, 1, math.MaxInt)},
		{"log-level", "warn", kindText, strings.Join(logLevels, ", "), "`LEVEL` of the log: " + strings.Join(logLevels, ", "),
			shape.WordOf(logLevels...), word(func(s *settings) *string { return &s.LogLevel })},
		{"record", "", kindText, "the file of a store", "keep what is answered in the store `FILE`",
			text, func(s *settings, text string) bool { s.Record = text; return true }},
		{"key", "", kindText, "the file of a key", "`FILE` of the key that signs the store's log",
			text, func(s *settings, text string) bool { s.Key = text; return true }},
		{"by", "", kindText, "a name on one line, without control characters", "`WHO` asks; where nothing is said, the user of the system",
			text, func(s *settings, text string) bool { s.By = text; return source.Safe(text) == text }},
		{"mask", "", kindText, "the file of a policy", "of the fields that the policy `FILE` names, keep a digest alone",
			text, func(s *settings, text string) bool { s.Mask = text; return true }},
		{"mask-secret", "", kindText, "the file of a secret", "`FILE` of the secret that digests are salted with",
			text, func(s *settings, text string) bool { s.MaskSecret = text; return true }},
		{"approvals", "", kindText, "a file or a folder", "`PATH` of the approvals of rules: a file, or a folder of them",
			text, func(s *settings, text string) bool { s.Approvals = text; return true }},
		{"approvers", "", kindText, "a file of public keys", "answer only with rules that one of those approved whose public keys are in `FILE`",
			text, func(s *settings, text string) bool { s.Approvers = text; return true }},
		{"log-format", formatText, kindText, "text or json", "`FORM` of the log: text or json",
			shape.WordOf(formatText, formatJSON), word(func(s *settings) *string { return &s.LogFormat })},
	}
}

// settingsFile is what a file of settings may hold.
func settingsFile() shape.Shape {
	r := &shape.Record{Is: "a file of settings", Blank: true}
	for _, k := range settingList() {
		r.Keys = append(r.Keys, shape.Key{Name: k.key, Holds: k.holds, Doc: k.meaning()})
	}
	return shape.Of(r)
}

func boolean(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "1", "on":
		return true, true
	case "false", "no", "0", "off", "":
		return false, true
	}
	return false, false
}

func defaultSettings() settings {
	var s settings
	for _, k := range settingList() {
		k.fits(&s, k.fallback)
	}
	return s
}

// variable is the name of the environment variable of a key.
func variable(key string) string {
	return "TRUCE_" + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
}

// The variable and the flag that name the configuration file.
const (
	configVariable = "TRUCE_CONFIG"
	configFlag     = "config"
	localConfig    = ".truce.yaml"
)

// loadSettings reads the files, then the environment, then the flags of a command,
// each stronger than those before.
func (a *app) loadSettings(flags *pflag.FlagSet) error {
	l := &layers{app: a, v: viper.New(), from: map[string]string{}}
	for _, k := range settingList() {
		l.v.SetDefault(k.key, k.fallback)
	}
	if err := l.files(flags); err != nil {
		return err
	}
	if err := errors.Join(l.environment(), l.flags(flags)); err != nil {
		return err
	}
	for _, k := range settingList() {
		text := strings.TrimSpace(l.v.GetString(k.key))
		if !k.fits(&a.settings, text) {
			l.add(errSetting.At(source.Span{}, "%s is %q, set by %s", k.key, text, l.from[k.key]).Expect("%s", k.takes))
		}
	}
	f := flags.Lookup(formatKey)
	if f != nil && l.from[formatKey] == "" {
		a.settings.Format = formsOf(f)[0]
	}
	if f != nil && len(l.found) == 0 && !slices.Contains(formsOf(f), a.settings.Format) {
		l.add(errSetting.At(source.Span{}, "%s is %q, set by %s", formatKey, a.settings.Format, l.from[formatKey]).
			Expect("%s, of this command", wordList(formsOf(f))))
	}
	if len(l.found) > 0 {
		a.settings.Color, a.settings.Format, a.settings.Width = "never", formatText, 0
		return l.found
	}
	return nil
}

// layers stack the settings and remember who said what.
type layers struct {
	app   *app
	v     *viper.Viper
	from  map[string]string // by key: "--width", "TRUCE_WIDTH", a file
	found source.Diagnostics
}

func (l *layers) add(d source.Diagnostic) { l.found = append(l.found, d) }

// files are the configuration files: one that is named, or else the user's and then
// the one in the working folder, where there are such.
func (l *layers) files(flags *pflag.FlagSet) error {
	named := l.app.env[configVariable]
	if f := flags.Lookup(configFlag); f != nil && f.Changed {
		named = f.Value.String()
	}
	if named != "" {
		if _, err := os.Stat(named); err != nil {
			return l.app.noFile(named, err)
		}
		return l.file(named)
	}
	for _, path := range []string{l.app.userConfig(), localConfig} {
		if path == "" {
			continue
		}
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			continue
		}
		if err := l.file(path); err != nil {
			return err
		}
	}
	return nil
}

// userConfig is the user's own configuration file, whether or not it is there.
func (a *app) userConfig() string {
	dir := a.env["XDG_CONFIG_HOME"]
	switch {
	case dir != "":
	case a.env["AppData"] != "":
		dir = a.env["AppData"]
	case a.env["HOME"] != "":
		dir = filepath.Join(a.env["HOME"], ".config")
	default:
		return ""
	}
	return filepath.Join(dir, "truce", "config.yaml")
}

func (l *layers) file(path string) error {
	one := viper.New()
	one.SetConfigFile(path)
	one.SetConfigType("yaml")
	if err := one.ReadInConfig(); err != nil {
		return source.Diagnostics{errSetting.At(source.Span{File: path}, "the file cannot be read: %v", err).
			Expect("a line for each setting, such as width: 80").Suggest("truce help settings lists them")}
	}
	values := map[string]any{}
	keys := one.AllKeys()
	slices.Sort(keys)
	for _, key := range keys {
		if !known(key) {
			l.add(errSetting.At(source.Span{File: path}, "%s is no setting", key).Suggest("%s", source.DidYouMean(key, settingNames())))
			continue
		}
		values[key], l.from[key] = one.GetString(key), path
	}
	return l.v.MergeConfigMap(values)
}

// environment are the TRUCE_ variables. One that is no setting may be meant for
// something else, so it is only logged.
func (l *layers) environment() error {
	values := map[string]any{}
	for _, k := range settingList() {
		name := variable(k.key)
		if text, ok := l.app.env[name]; ok && text != "" {
			values[k.key], l.from[k.key] = text, name
		}
	}
	return l.v.MergeConfigMap(values)
}

// flags are those that were typed.
func (l *layers) flags(flags *pflag.FlagSet) error {
	for _, k := range settingList() {
		f := flags.Lookup(k.key)
		if f == nil {
			continue
		}
		if err := l.v.BindPFlag(k.key, f); err != nil {
			return err
		}
		if f.Changed {
			l.from[k.key] = "--" + k.key
		}
	}
	return nil
}

func known(key string) bool { return slices.Contains(settingNames(), key) }

func settingNames() []string {
	var names []string
	for _, k := range settingList() {
		names = append(names, k.key)
	}
	return names
}

// strangers are the TRUCE_ variables that no setting has, sorted.
func (a *app) strangers() []string {
	var names []string
	for name := range a.env {
		if strings.HasPrefix(name, "TRUCE_") && name != configVariable &&
			!slices.ContainsFunc(settingNames(), func(key string) bool { return variable(key) == name }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Command oracle asks Go's own resolver, proxy rules and certificate loader what they make of a table of inputs, and
// writes the answers beside it. The test suite holds registry-probe's reading against them.
//
// Go reads /etc/resolv.conf and its like from fixed paths, once in a while, so each input is tried by a child of its
// own in a root of its own (chroot), with a host name of its own. That needs the rights of root.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// table is one file of inputs and answers.
type table struct {
	Go   string `json:"go"`
	Rows []any  `json:"rows"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "child" {
		child()
		return
	}
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: oracle DIRECTORY"))
	}
	for name, rows := range map[string]func() []any{
		"resolvConf": resolvConfTable,
		"resolving":  resolvingTable,
		"hosts":      hostsTable,
		"nsswitch":   nsswitchTable,
		"noProxy":    noProxyTable,
		"bundles":    bundlesTable,
	} {
		write(filepath.Join(os.Args[1], name+".json"), rows())
	}
}

func write(file string, rows []any) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "\t")
	must(encoder.Encode(table{runtime.Version(), rows}))
	must(os.WriteFile(file, text.Bytes(), 0o644))
	fmt.Printf("%s: %d rows\n", file, len(rows))
}

// job is what a child is asked, result what it found; each kind fills its own fields.
type job struct {
	Root    string
	Lookup  *lookupJob
	Proxy   []string
	Subject bool
}

type result struct {
	Lookup   lookupResult
	Proxied  []bool
	Subjects []string
	Error    string
}

// ask runs a job in a child with these variables. stderr is what Go's resolver says of itself under GODEBUG.
func ask(question job, hostname string, environment ...string) (answer result, stderr string) {
	input, err := json.Marshal(question)
	must(err)
	command := exec.Command("/proc/self/exe", "child")
	command.Env = append(environment, "ORACLE_HOSTNAME="+hostname)
	command.Stdin = bytes.NewReader(input)
	command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUTS}
	var out, messages bytes.Buffer
	command.Stdout, command.Stderr = &out, &messages
	if err := command.Run(); err != nil {
		fail(fmt.Errorf("%w: %s", err, messages.String()))
	}
	must(json.Unmarshal(out.Bytes(), &answer))
	return answer, messages.String()
}

func child() {
	var question job
	must(json.NewDecoder(os.Stdin).Decode(&question))
	if name := os.Getenv("ORACLE_HOSTNAME"); name != "" {
		must(syscall.Sethostname([]byte(name)))
	}
	if question.Root != "" {
		must(syscall.Chroot(question.Root))
		must(os.Chdir("/"))
	}
	var answer result
	switch {
	case question.Lookup != nil:
		answer.Lookup = lookup(*question.Lookup)
	case question.Subject:
		answer.Subjects, answer.Error = subjects()
	default:
		answer.Proxied = proxied(question.Proxy)
	}
	must(json.NewEncoder(os.Stdout).Encode(answer))
	os.Exit(0)
}

// file is one entry of a root: a text, bytes, a symbolic link or a directory.
type file struct {
	Path string `json:"path"`
	// Text, where the content is one.
	Text *string `json:"text,omitempty"`
	// Base64 of the content, where it is none.
	Bytes     []byte `json:"bytes,omitempty"`
	Link      string `json:"link,omitempty"`
	Directory bool   `json:"directory,omitempty"`
}

// text is a file of this content, in which `«x*3»` stands for `xxx`, here and in the tables.
func text(path, content string) file { return file{Path: path, Text: &content} }

var repeated = regexp.MustCompile(`(?s)«(.+?)\*(\d+)»`)

func expand(content string) string {
	return repeated.ReplaceAllStringFunc(content, func(found string) string {
		parts := repeated.FindStringSubmatch(found)
		times, err := strconv.Atoi(parts[2])
		must(err)
		return strings.Repeat(parts[1], times)
	})
}

// inRoot makes a root that holds these files while f runs.
func inRoot(files []file, f func(root string)) {
	root, err := os.MkdirTemp("", "oracle-")
	must(err)
	defer os.RemoveAll(root)
	must(os.Chmod(root, 0o755))
	for _, entry := range files {
		path := filepath.Join(root, entry.Path)
		must(os.MkdirAll(filepath.Dir(path), 0o755))
		switch {
		case entry.Directory:
			must(os.MkdirAll(path, 0o755))
		case entry.Link != "":
			must(os.Symlink(entry.Link, path))
		case entry.Text != nil:
			must(os.WriteFile(path, []byte(expand(*entry.Text)), 0o644))
		default:
			must(os.WriteFile(path, entry.Bytes, 0o644))
		}
	}
	f(root)
}

func must(err error) {
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "oracle:", err)
	os.Exit(1)
}

package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// resolvConfRow: which questions a resolv.conf leads to when no nameserver can answer any.
type resolvConfRow struct {
	What string `json:"what"`
	// Null: there is no such file.
	ResolvConf *string `json:"resolvConf"`
	Hostname   string  `json:"hostname"`
	Name       string  `json:"name"`
	// `server transport name` for A, in order; for AAAA the same, unless the servers are rotated.
	Asked []string `json:"asked"`
	// Seconds that a try may take; 0 when nothing was asked.
	Timeout    float64 `json:"timeout"`
	Sequential bool    `json:"sequential"`
	Rotated    bool    `json:"rotated"`
	AD         bool    `json:"ad"`
	Error      string  `json:"error"`
	// Whether a Go program that is linked with libc would leave the name to it.
	Libc bool `json:"libc"`
}

type resolvConfInput struct {
	what, resolvConf, name, hostname string
	missing                          bool
}

func resolvConfTable() []any {
	var rows []any
	for _, input := range resolvConfInputs() {
		rows = append(rows, resolvConfAnswer(input))
	}
	return rows
}

func resolvConfAnswer(input resolvConfInput) (row resolvConfRow) {
	if input.hostname == "" {
		input.hostname = "node1"
	}
	row = resolvConfRow{What: input.what, Hostname: input.hostname, Name: input.name}
	files := []file{text("etc/nsswitch.conf", "hosts: files dns\n")}
	if !input.missing {
		row.ResolvConf = &input.resolvConf
		files = append(files, text("etc/resolv.conf", input.resolvConf))
	}
	inRoot(files, func(root string) {
		question := lookupJob{Name: input.name, Rules: []rule{{Says: "SERVFAIL"}}}
		answer, _ := ask(job{Root: root, Lookup: &question}, input.hostname)
		found := answer.Lookup
		a, aaaa := found.Asked["A"], found.Asked["AAAA"]
		row.Rotated = !slices.Equal(a, aaaa)
		row.Asked = a
		// Which of both starts where is a race.
		if row.Rotated && slices.Min(append(slices.Clone(a), aaaa...)) != a[0] {
			row.Asked = aaaa
		}
		if row.Asked == nil {
			row.Asked = []string{}
		}
		row.Timeout, row.Sequential, row.AD, row.Error = found.Timeout, found.Sequential, found.AD, found.Error
		row.Libc = order(root, input.name, input.hostname, true) == "cgo"
	})
	return row
}

var choice = regexp.MustCompile(`hostLookupOrder\(.*\) = (\S+)`)

// order is what Go itself says about which sources it asks, in which order: `files,dns`; `cgo` for libc.
func order(root, name, hostname string, dynamic bool) string {
	question := lookupJob{Name: name, Dynamic: dynamic, Rules: []rule{{Says: "SERVFAIL"}}}
	_, said := ask(job{Root: root, Lookup: &question}, hostname, "GODEBUG=netdns=2")
	found := choice.FindStringSubmatch(said)
	if found == nil {
		fail(fmt.Errorf("Go does not say how it looks %q up: %s", name, said))
	}
	return found[1]
}

const ns = "nameserver 192.0.2.1\n"

func resolvConfInputs() []resolvConfInput {
	name := "registry.corp.test"
	long := strings.Repeat("a", 63)
	many := make([]string, 40)
	for i := range many {
		many[i] = fmt.Sprintf("s%d.test", i)
	}
	simple := func(what, conf string) resolvConfInput {
		return resolvConfInput{what: what, resolvConf: conf, name: name}
	}
	named := func(what, name, conf string) resolvConfInput {
		return resolvConfInput{what: what, resolvConf: conf, name: name}
	}
	hosted := func(what, hostname, name, conf string) resolvConfInput {
		return resolvConfInput{what: what, resolvConf: conf, name: name, hostname: hostname}
	}
	return []resolvConfInput{
		// Nameservers.
		{what: "no file", name: name, missing: true},
		simple("an empty file", ""),
		simple("one nameserver", ns),
		simple("no line end", "nameserver 192.0.2.1"),
		simple("three nameservers", "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\n"),
		simple("a fourth nameserver", "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n"),
		simple("a nameserver that is none before three", "nameserver dns.test\nnameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\n"),
		simple("the same nameserver twice", ns+ns),
		simple("two nameservers on a line", "nameserver 192.0.2.1 192.0.2.2\n"),
		simple("a nameserver of IPv6", "nameserver 2001:db8::1\n"),
		simple("a nameserver of IPv6 at length", "nameserver 2001:0DB8:0:0:0:0:0:1\n"),
		simple("a nameserver with a zone", "nameserver fe80::1%eth0\n"),
		simple("a nameserver with an empty zone", "nameserver fe80::1%\n"),
		simple("a nameserver of IPv4 with a zone", "nameserver 192.0.2.1%eth0\n"),
		simple("a nameserver mapped into IPv6", "nameserver ::ffff:192.0.2.1\n"),
		simple("a nameserver in brackets", "nameserver [2001:db8::1]\n"),
		simple("a nameserver with zeros in front", "nameserver 192.0.2.01\n"),
		simple("a nameserver of three numbers", "nameserver 192.0.2\n"),
		simple("only a name as nameserver", "nameserver dns.test\n"),
		simple("a nameserver without value", "nameserver\n"),
		simple("blanks and tabs", "\tnameserver \t 192.0.2.1  # first\n"),
		simple("carriage returns", "nameserver 192.0.2.1\r\nsearch a.test\r\n"),
		simple("a vertical tab is no blank", "nameserver\v192.0.2.1\n"),
		simple("a form feed is no blank", "nameserver 192.0.2.1\f\n"),
		simple("a no-break space is no blank", "nameserver\u00a0192.0.2.1\n"),
		simple("a byte order mark", "\ufeffnameserver 192.0.2.1\n"),
		simple("upper case", "NAMESERVER 192.0.2.1\n"),
		simple("comments", "#nameserver 192.0.2.1\n;nameserver 192.0.2.2\nnameserver 192.0.2.3\n"),
		simple("a comment behind blanks", " #nameserver 192.0.2.1\n # x\nnameserver 192.0.2.3\n"),
		simple("a comment behind an address", "nameserver 192.0.2.1#53\nnameserver 192.0.2.2;x\nnameserver 192.0.2.3 ;x\n"),
		simple("a line of 65535 bytes", "# «x*65533»\n"+ns),
		simple("a line of 65536 bytes", "# «x*65534»\n"+ns),
		simple("three thousand lines before", "«# x\n*3000»"+ns),
		// Search.
		named("a short name without search", "registry", ns),
		named("a short name", "registry", ns+"search a.test b.test\n"),
		named("a short name with a dot at the end", "registry.", ns+"search a.test\n"),
		simple("a long name", ns+"search a.test b.test\n"),
		named("a long name with a dot at the end", "registry.corp.test.", ns+"search a.test\n"),
		named("the last of search and domain", "registry", ns+"domain a.test\nsearch b.test c.test\n"),
		named("the last of domain and search", "registry", ns+"search b.test c.test\ndomain a.test\n"),
		named("two searches", "registry", ns+"search a.test\nsearch b.test\n"),
		named("search without value", "registry", ns+"search a.test\nsearch\n"),
		named("domain without value", "registry", ns+"search a.test\ndomain\n"),
		named("domain of two", "registry", ns+"domain a.test b.test\n"),
		named("search of a dot", "registry", ns+"search .\n"),
		named("domain of a dot", "registry", ns+"domain .\n"),
		named("dots at the ends", "registry", ns+"search a.test. .b.test c.test..\n"),
		named("forty search domains", "registry", ns+"search "+strings.Join(many, " ")+"\n"),
		named("the same search domain twice", "registry", ns+"search a.test a.test\n"),
		named("upper case in search and name", "Registry", ns+"search A.Test\n"),
		named("a search domain that is too long for the name", "registry", ns+"search "+strings.Join([]string{long, long, long, strings.Repeat("b", 54)}, ".")+" c.test\n"),
		named("a search domain that just fits", "registry", ns+"search "+strings.Join([]string{long, long, long, strings.Repeat("b", 52)}, ".")+"\n"),
		named("a search domain with a part that is too long", "registry", ns+"search "+long+"a.test c.test\n"),
		named("a search domain with strange signs", "registry", ns+"search a_b.test -c.test d$.test\n"),
		hosted("no search, the host has a domain", "node1.rack.test", "registry", ns),
		hosted("search, and the host has a domain", "node1.rack.test", "registry", ns+"search a.test\n"),
		hosted("search of a dot, and the host has a domain", "node1.rack.test", "registry", ns+"search .\n"),
		hosted("search without value, and the host has a domain", "node1.rack.test", "registry", ns+"search\n"),
		hosted("domain of a dot, and the host has a domain", "node1.rack.test", "registry", ns+"domain .\n"),
		hosted("a host name that ends in a dot", "node1.", "registry", ns),
		{what: "no file, the host has a domain", name: "registry", hostname: "node1.rack.test", missing: true},
		// The name itself.
		named("an upper case name", "Registry.Corp.Test", ns),
		named("an underscore", "my_registry.corp.test", ns),
		named("numbers only", "123.456", ns),
		named("a number, completed", "123", ns+"search a.test\n"),
		named("a hyphen in front", "-registry.test", ns),
		named("a hyphen at the end", "registry-.test", ns),
		named("a hyphen at the end of all", "registry.test-", ns),
		named("two dots", "registry..test", ns),
		named("a dot in front", ".registry.test", ns),
		named("only a dot", ".", ns),
		named("a part of 63", long+".test", ns),
		named("a part of 64", long+"a.test", ns),
		named("253 long", strings.Join([]string{long, long, long, strings.Repeat("b", 61)}, "."), ns+"search a.test\n"),
		named("254 long", strings.Join([]string{long, long, long, strings.Repeat("b", 62)}, "."), ns),
		named("253 long and a dot", strings.Join([]string{long, long, long, strings.Repeat("b", 61)}, ".")+".", ns),
		named("a sign that names do not have", "regi$stry.test", ns),
		named("onion", "registry.onion", ns+"search a.test\n"),
		named("onion with a dot", "registry.onion.", ns),
		named("onion in search", "registry", ns+"search a.onion b.test\n"),
		named("localhost that no file knows", "localhost", ns),
		named("local", "registry.local", ns),
		// Options.
		named("ndots 0, short name", "registry", ns+"search a.test\noptions ndots:0\n"),
		named("ndots 5, long name", "a.b.c.corp.test", ns+"search a.test\noptions ndots:5\n"),
		named("ndots 4, long name", "a.b.c.corp.test", ns+"search a.test\noptions ndots:4\n"),
		named("ndots 15, long name", "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.test", ns+"search a.test\noptions ndots:99\n"),
		named("ndots too large", "a.b.c.corp.test", ns+"search a.test\noptions ndots:99999999999\n"),
		named("ndots negative", "registry", ns+"search a.test\noptions ndots:-1\n"),
		named("ndots no number", "registry", ns+"search a.test\noptions ndots:x\n"),
		named("ndots empty", "registry", ns+"search a.test\noptions ndots:\n"),
		named("ndots with a sign", "corp.test", ns+"search a.test\noptions ndots:+2\n"),
		named("ndots with a tail", "corp.test", ns+"search a.test\noptions ndots:2x\n"),
		named("ndots in hexadecimal", "corp.test", ns+"search a.test\noptions ndots:0x2\n"),
		named("ndots twice", "corp.test", ns+"search a.test\noptions ndots:1\noptions ndots:2\n"),
		named("ndots without a colon", "corp.test", ns+"search a.test\noptions ndots 2\n"),
		simple("timeout and attempts", ns+"options timeout:2 attempts:3\n"),
		simple("timeout and attempts of 0", ns+"options timeout:0 attempts:0\n"),
		simple("timeout and attempts negative", ns+"options timeout:-3 attempts:-1\n"),
		simple("timeout with a sign", ns+"options timeout:+3 attempts:+4\n"),
		simple("a large timeout", ns+"options timeout:600\n"),
		simple("a timeout beyond all bounds", ns+"options timeout:99999999999\n"),
		simple("twenty attempts", ns+"options attempts:20\n"),
		simple("attempts over three nameservers", "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\noptions attempts:2\n"),
		simple("rotate", "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\noptions rotate attempts:2\n"),
		simple("rotate of one", ns+"options rotate\n"),
		simple("use-vc", ns+"options use-vc\n"),
		simple("usevc", ns+"options usevc\n"),
		simple("tcp", ns+"options tcp\n"),
		simple("single-request", ns+"options single-request\n"),
		simple("single-request-reopen", ns+"options single-request-reopen\n"),
		simple("edns0 and trust-ad", ns+"options edns0 trust-ad\n"),
		simple("no-reload", ns+"options no-reload\n"),
		simple("an option in upper case", ns+"options USE-VC\n"),
		simple("an unknown option", ns+"options inet6\n"),
		simple("an unknown option among known ones", ns+"options timeout:2 debug use-vc\n"),
		simple("an unknown keyword", ns+"sortlist 192.0.2.0/24\n"),
		simple("lookup of OpenBSD", ns+"lookup file bind\n"),
		simple("options without value", ns+"options\n"),
		simple("options with a comment behind", ns+"options timeout:2 # slow\n"),
		simple("the stub of systemd-resolved", "# managed\nnameserver 127.0.0.53\noptions edns0 trust-ad\nsearch .\n"),
	}
}

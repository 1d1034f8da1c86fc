package main

import "slices"

// resolvingRow: what a name comes to when files and nameservers say different things.
type resolvingRow struct {
	What       string `json:"what"`
	ResolvConf string `json:"resolvConf"`
	Hosts      string `json:"hosts"`
	Nsswitch   string `json:"nsswitch"`
	Name       string `json:"name"`
	Rules      []rule `json:"rules"`
	// Sorted as texts: the order of dialling is the machine's.
	Addresses []string `json:"addresses"`
	// The word of Go's error, `timeout` for every time-out; empty when there are addresses.
	Error string `json:"error"`
}

func resolvingTable() []any {
	var rows []any
	for _, row := range resolvingInputs() {
		if row.Nsswitch == "" {
			row.Nsswitch = "hosts: files dns\n"
		}
		files := []file{
			text("etc/resolv.conf", row.ResolvConf),
			text("etc/hosts", row.Hosts),
			text("etc/nsswitch.conf", row.Nsswitch),
		}
		inRoot(files, func(root string) {
			answer, _ := ask(job{Root: root, Lookup: &lookupJob{Name: row.Name, Rules: row.Rules}}, "node1")
			row.Addresses, row.Error = answer.Lookup.Addresses, answer.Lookup.Error
			slices.Sort(row.Addresses)
			if row.Addresses == nil {
				row.Addresses = []string{}
			}
		})
		rows = append(rows, row)
	}
	return rows
}

const quick = "options timeout:1 attempts:1\n"
const two = "nameserver 192.0.2.1\nnameserver 192.0.2.2\n" + quick

func resolvingInputs() []resolvingRow {
	const name = "registry.corp.test"
	from := func(server, says string) rule { return rule{Server: server, Says: says} }
	plain := func(what string, rules ...rule) resolvingRow {
		return resolvingRow{What: what, ResolvConf: ns + quick, Name: name, Rules: rules}
	}
	both := func(what, first, second string) resolvingRow {
		rules := []rule{from("192.0.2.1", first), from("192.0.2.2", second)}
		return resolvingRow{What: what, ResolvConf: two, Name: name, Rules: rules}
	}
	families := func(what, a, aaaa string) resolvingRow {
		return plain(what, rule{Type: "A", Says: a}, rule{Type: "AAAA", Says: aaaa})
	}
	sources := func(what, nsswitch, hosts, says string) resolvingRow {
		return resolvingRow{What: what, ResolvConf: ns + quick, Hosts: hosts, Nsswitch: nsswitch, Name: name, Rules: []rule{{Says: says}}}
	}
	searched := func(what, name, search string, rules ...rule) resolvingRow {
		return resolvingRow{What: what, ResolvConf: ns + quick + "search " + search + "\n", Name: name, Rules: rules}
	}
	const listed = "198.51.100.1 registry.corp.test\n"
	return []resolvingRow{
		plain("an address", rule{Says: "198.51.100.9"}),
		plain("addresses of both families", rule{Says: "198.51.100.9 198.51.100.8 2001:db8::9"}),
		plain("nobody knows", rule{Says: "NXDOMAIN"}),
		plain("no record", rule{Says: "EMPTY"}),
		plain("failure", rule{Says: "SERVFAIL"}),
		plain("refusal", rule{Says: "REFUSED"}),
		plain("malformed", rule{Says: "FORMERR"}),
		plain("not implemented", rule{Says: "NOTIMP"}),
		plain("silence", rule{Says: "SILENT"}),
		plain("truncated", rule{Says: "TRUNCATED"}, rule{Says: "198.51.100.9"}),
		families("only IPv4", "198.51.100.9", "EMPTY"),
		families("only IPv6", "EMPTY", "2001:db8::9"),
		families("IPv4, and NXDOMAIN for IPv6", "198.51.100.9", "NXDOMAIN"),
		families("IPv4, and failure for IPv6", "198.51.100.9", "SERVFAIL"),
		families("IPv4, and silence for IPv6", "198.51.100.9", "SILENT"),
		families("failure for IPv4, and IPv6", "SERVFAIL", "2001:db8::9"),
		both("the first does not know, the second does", "NXDOMAIN", "198.51.100.9"),
		both("the first has no record, the second has", "EMPTY", "198.51.100.9"),
		both("the first fails", "SERVFAIL", "198.51.100.9"),
		both("the first refuses", "REFUSED", "198.51.100.9"),
		both("the first is silent", "SILENT", "198.51.100.9"),
		both("the first fails, the second does not know", "SERVFAIL", "NXDOMAIN"),
		both("the first refuses, the second fails", "REFUSED", "SERVFAIL"),
		both("both are silent", "SILENT", "SILENT"),
		both("split answers", "198.51.100.1", "198.51.100.2"),
		sources("hosts before DNS", "", listed, "198.51.100.9"),
		sources("not in hosts", "", "198.51.100.1 other.test\n", "198.51.100.9"),
		sources("in neither", "", "198.51.100.1 other.test\n", "NXDOMAIN"),
		sources("DNS before hosts", "hosts: dns files\n", listed, "198.51.100.9"),
		sources("DNS before hosts, DNS does not know", "hosts: dns files\n", listed, "NXDOMAIN"),
		sources("DNS before hosts, DNS fails", "hosts: dns files\n", listed, "SERVFAIL"),
		sources("DNS before hosts, DNS is silent", "hosts: dns files\n", listed, "SILENT"),
		sources("DNS before hosts, nobody knows", "hosts: dns files\n", "", "NXDOMAIN"),
		sources("DNS before hosts, return where not found", "hosts: dns [NOTFOUND=return] files\n", listed, "NXDOMAIN"),
		sources("hosts only", "hosts: files\n", listed, "198.51.100.9"),
		sources("hosts only, not listed", "hosts: files\n", "", "198.51.100.9"),
		sources("DNS only", "hosts: dns\n", listed, "198.51.100.9"),
		sources("DNS only, DNS does not know", "hosts: dns\n", listed, "NXDOMAIN"),
		sources("hosts, return where not found", "hosts: files [NOTFOUND=return] dns\n", "", "198.51.100.9"),
		searched("the second search domain", "registry", "a.test b.test", rule{Name: "registry.b.test", Says: "198.51.100.9"}),
		searched("the first of two", "registry", "a.test b.test", rule{Name: "registry.b.test", Says: "198.51.100.9"}, rule{Name: "registry.a.test", Says: "198.51.100.8"}),
		searched("the name itself last", "registry", "a.test b.test", rule{Name: "registry", Says: "198.51.100.9"}),
		searched("a search domain that fails is passed over", "registry", "a.test b.test", rule{Name: "registry.a.test", Says: "SERVFAIL"}, rule{Name: "registry.b.test", Says: "198.51.100.9"}),
		searched("a long name completed", "registry.corp", "test", rule{Name: "registry.corp.test", Says: "198.51.100.9"}),
		searched("the error of the name itself: refused first", "registry.corp", "a.test", rule{Name: "registry.corp", Says: "REFUSED"}),
		searched("the error of the name itself: refused last", "registry", "a.test", rule{Name: "registry", Says: "REFUSED"}),
		searched("the error of a search domain does not count", "registry", "a.test", rule{Name: "registry.a.test", Says: "REFUSED"}),
		searched("the first error where the name itself is not asked", "registry.onion", "a.test b.test", rule{Name: "registry.onion.a.test", Says: "REFUSED"}),
		searched("the first error where the name itself is not asked, the other way", "registry.onion", "a.test b.test", rule{Name: "registry.onion.b.test", Says: "REFUSED"}),
		searched("an address of a search domain that is no domain name", "registry", "a..test b.test", rule{Name: "registry.b.test", Says: "198.51.100.9"}),
	}
}

package main

// hostsRow: what /etc/hosts says of a name, when DNS says nothing.
type hostsRow struct {
	What  string `json:"what"`
	Hosts string `json:"hosts"`
	Name  string `json:"name"`
	// In the order of the file.
	Addresses []string `json:"addresses"`
}

func hostsTable() []any {
	var rows []any
	for _, row := range hostsInputs() {
		files := []file{
			text("etc/resolv.conf", ns+quick),
			text("etc/hosts", row.Hosts),
			text("etc/nsswitch.conf", "hosts: files\n"),
		}
		inRoot(files, func(root string) {
			answer, _ := ask(job{Root: root, Lookup: &lookupJob{Name: row.Name}}, "node1")
			row.Addresses = answer.Lookup.Addresses
			if row.Addresses == nil {
				row.Addresses = []string{}
			}
		})
		rows = append(rows, row)
	}
	return rows
}

func hostsInputs() []hostsRow {
	one := func(what, hosts string) hostsRow { return hostsRow{What: what, Hosts: hosts, Name: "registry.test"} }
	named := func(what, name, hosts string) hostsRow { return hostsRow{What: what, Hosts: hosts, Name: name} }
	return []hostsRow{
		one("an empty file", ""),
		one("a name", "192.0.2.1 registry.test\n"),
		one("no line end", "192.0.2.1 registry.test"),
		one("an alias", "192.0.2.1 a.test b.test registry.test\n"),
		one("a tab", "192.0.2.1\tregistry.test\n"),
		one("blanks in front and behind", "  192.0.2.1   registry.test  \n"),
		one("carriage returns", "192.0.2.1 registry.test\r\n"),
		one("a vertical tab is no blank", "192.0.2.1\vregistry.test\n"),
		one("a form feed belongs to the name", "192.0.2.1 registry.test\f\n"),
		one("a no-break space is no blank", "192.0.2.1\u00a0registry.test\n"),
		one("a byte order mark", "\ufeff192.0.2.1 registry.test\n"),
		one("a byte order mark before a comment", "\ufeff# hosts\n192.0.2.1 registry.test\n"),
		one("a comment", "# 192.0.2.1 registry.test\n"),
		one("a comment behind", "192.0.2.1 registry.test # mine\n"),
		one("a comment at once behind", "192.0.2.1 registry.test# mine\n"),
		one("a comment in front of an alias", "192.0.2.1 a.test # registry.test\n"),
		one("a semicolon is no comment", "; x\n192.0.2.1 registry.test;\n192.0.2.2 registry.test\n"),
		one("two lines add up", "192.0.2.1 registry.test\n192.0.2.2 registry.test\n"),
		one("both families", "192.0.2.1 registry.test\n2001:db8::1 registry.test\n"),
		one("IPv6 first", "2001:db8::1 registry.test\n192.0.2.1 registry.test\n"),
		one("the same line twice", "192.0.2.1 registry.test\n192.0.2.1 registry.test\n"),
		one("the same name twice on a line", "192.0.2.1 registry.test registry.test\n"),
		one("an address alone", "192.0.2.1\n"),
		one("upper case in the file", "192.0.2.1 Registry.TEST\n"),
		named("upper case in the question", "REGISTRY.test", "192.0.2.1 registry.test\n"),
		one("a dot at the end in the file", "192.0.2.1 registry.test.\n"),
		named("a dot at the end in the question", "registry.test.", "192.0.2.1 registry.test\n"),
		named("dots at the end in both", "registry.test.", "192.0.2.1 registry.test.\n"),
		named("a short name", "registry", "192.0.2.1 registry\n"),
		named("a short name with a dot in the file", "registry", "192.0.2.1 registry.\n"),
		named("a short name with a dot in the question", "registry.", "192.0.2.1 registry\n"),
		named("a short name with dots in both", "registry.", "192.0.2.1 registry.\n"),
		named("a short name is not completed", "registry", "192.0.2.1 registry.test\n"),
		one("a name below", "192.0.2.1 a.registry.test\n"),
		one("a star is no pattern", "192.0.2.1 *.test\n"),
		named("letters of other alphabets", "bücher.test", "192.0.2.1 bücher.test\n"),
		named("upper case of other alphabets counts", "bücher.test", "192.0.2.1 BÜCHER.test\n"),
		named("an underscore", "my_registry", "192.0.2.1 my_registry\n"),
		named("a name that DNS cannot carry", "a..b", "192.0.2.1 a..b\n"),
		named("a property of objects", "constructor", "192.0.2.1 registry.test\n"),
		one("an address that is none", "192.0.2.999 registry.test\n"),
		one("zeros in front", "192.0.2.01 registry.test\n"),
		one("three numbers", "127.1 registry.test\n192.0.2 registry.test\n"),
		one("an address in brackets", "[2001:db8::1] registry.test\n"),
		one("an address with a mask", "192.0.2.1/32 registry.test\n"),
		one("an address with a port", "192.0.2.1:53 registry.test\n"),
		one("a zone", "fe80::1%eth0 registry.test\n"),
		one("an empty zone", "fe80::1% registry.test\n"),
		one("a zone on IPv4", "192.0.2.1%eth0 registry.test\n"),
		one("a zone of signs", "fe80::1%a_b~ registry.test\n"),
		one("IPv6 at length", "2001:0DB8:0:0:0:0:0:1 registry.test\n"),
		one("IPv6 with two runs of zeros", "2001:db8:0:0:1:0:0:1 registry.test\n"),
		one("IPv6 with a single zero", "2001:db8:0:1:1:1:1:1 registry.test\n"),
		one("IPv4 mapped into IPv6", "::ffff:192.0.2.1 registry.test\n"),
		one("IPv4 mapped, in hexadecimal", "::ffff:c000:201 registry.test\n"),
		one("IPv4 at the end of IPv6", "2001:db8::192.0.2.1 registry.test\n"),
		one("unspecified", "0.0.0.0 registry.test\n:: registry.test\n"),
		one("a bad line does not end it", "nonsense\n192.0.2.1 registry.test\n"),
		one("a line of 65535 bytes", "#«x*65534»\n192.0.2.1 registry.test\n"),
		one("a line of 65536 bytes", "#«x*65535»\n192.0.2.1 registry.test\n"),
		one("a last line of 65536 bytes", "192.0.2.1 registry.test #«x*65511»"),
		one("a last line of 65535 bytes", "192.0.2.1 registry.test #«x*65510»"),
		one("two bytes a letter", "#«é*32768»\n192.0.2.1 registry.test\n"),
		named("localhost", "localhost", "127.0.0.1 localhost\n::1 localhost ip6-localhost\n"),
		one("the file of a pod", "# Kubernetes-managed hosts file (host network).\n127.0.0.1\tlocalhost\n192.0.2.7\tnode1\n\n# Entries added by HostAliases.\n192.0.2.1\tregistry.test\tmirror.test\n"),
	}
}

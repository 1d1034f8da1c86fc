package main

// nsswitchRow: which sources Go asks for hosts, in which order.
type nsswitchRow struct {
	What string `json:"what"`
	// Null: there is no such file.
	Nsswitch *string `json:"nsswitch"`
	Name     string  `json:"name"`
	// `files,dns` and the like, when Go uses its own resolver.
	Order string `json:"order"`
	// Whether a Go program that is linked with libc would leave the name to it.
	Libc bool `json:"libc"`
}

type nsswitchInput struct{ what, nsswitch, name string }

func nsswitchTable() []any {
	var rows []any
	for _, input := range nsswitchInputs() {
		row := nsswitchRow{What: input.what, Name: input.name}
		if row.Name == "" {
			row.Name = "registry.corp.test"
		}
		files := []file{text("etc/resolv.conf", ns+quick)}
		if input.nsswitch != "missing" {
			row.Nsswitch = &input.nsswitch
			files = append(files, text("etc/nsswitch.conf", input.nsswitch))
		}
		inRoot(files, func(root string) {
			row.Order = order(root, row.Name, "node1", false)
			row.Libc = order(root, row.Name, "node1", true) == "cgo"
		})
		rows = append(rows, row)
	}
	return rows
}

func nsswitchInputs() []nsswitchInput {
	return []nsswitchInput{
		{"no file", "missing", ""},
		{"an empty file", "", ""},
		{"no line for hosts", "passwd: files\n", ""},
		{"hosts without sources", "hosts:\n", ""},
		{"files dns", "hosts: files dns\n", ""},
		{"dns files", "hosts: dns files\n", ""},
		{"files", "hosts: files\n", ""},
		{"dns", "hosts: dns\n", ""},
		{"blanks", "  hosts :   files    dns  \n", ""},
		{"a tab behind the colon", "hosts:\t\tfiles dns\n", ""},
		{"a tab between sources", "hosts: files\tdns\n", ""},
		{"a tab between sources, and dns behind a blank", "hosts: files\tmyhostname dns\n", ""},
		{"carriage returns", "hosts: files dns\r\n", ""},
		{"upper case", "HOSTS: files\n", ""},
		{"upper case sources", "hosts: FILES DNS\n", ""},
		{"a comment", "# hosts: dns\nhosts: files # dns\n", ""},
		{"two lines add up", "hosts: dns\nhosts: files\n", ""},
		{"the same source twice", "hosts: files files dns\n", ""},
		{"other databases", "passwd: files systemd\ngroup: files\nhosts: files dns\nnetworks: files\n", ""},
		{"not found: return", "hosts: files [NOTFOUND=return] dns\n", ""},
		{"not found: continue", "hosts: files [NOTFOUND=continue] dns\n", ""},
		{"success: return", "hosts: files [SUCCESS=return] dns\n", ""},
		{"success: continue", "hosts: files [SUCCESS=continue] dns\n", ""},
		{"unavailable: return", "hosts: dns [UNAVAIL=return] files\n", ""},
		{"negated", "hosts: dns [!UNAVAIL=return] files\n", ""},
		{"two criteria", "hosts: files [SUCCESS=return NOTFOUND=return] dns\n", ""},
		{"two criteria, the first not standard", "hosts: files [NOTFOUND=return SUCCESS=return] dns\n", ""},
		{"an unknown status", "hosts: files [WEATHER=return] dns\n", ""},
		{"an unknown action", "hosts: files [NOTFOUND=merge] dns\n", ""},
		{"two brackets", "hosts: files [NOTFOUND=continue] [UNAVAIL=continue] dns\n", ""},
		{"a bracket without blank", "hosts: files[NOTFOUND=return] dns\n", ""},
		{"a bracket that is not closed", "hosts: dns [NOTFOUND=return files\n", ""},
		{"an empty bracket", "hosts: dns [] files\n", ""},
		{"a criterion without equal sign", "hosts: dns [NOTFOUND] files\n", ""},
		{"a criterion that is too short", "hosts: dns [a] files\n", ""},
		{"a bracket in front", "hosts: [NOTFOUND=return] dns files\n", ""},
		{"a bad criterion of another database", "passwd: files [x]\nhosts: dns files\n", ""},
		{"a line without colon before", "nonsense\nhosts: dns files\n", ""},
		{"a line without colon after", "hosts: dns files\nnonsense\n", ""},
		{"Ubuntu", "hosts: files mdns4_minimal [NOTFOUND=return] dns\n", ""},
		{"Ubuntu, a name of mDNS", "hosts: files mdns4_minimal [NOTFOUND=return] dns\n", "registry.local"},
		{"Ubuntu with mymachines", "hosts: files mymachines dns\n", ""},
		{"Fedora", "hosts: files myhostname resolve [!UNAVAIL=return] dns\n", ""},
		{"RHEL", "hosts: files dns myhostname\n", ""},
		{"RHEL, the host itself", "hosts: files dns myhostname\n", "node1"},
		{"RHEL, localhost", "hosts: files dns myhostname\n", "localhost"},
		{"RHEL, the gateway", "hosts: files dns myhostname\n", "_gateway"},
		{"Arch", "hosts: mymachines resolve [!UNAVAIL=return] files myhostname dns\n", ""},
		{"resolve only", "hosts: resolve\n", ""},
		{"files resolve", "hosts: files resolve\n", ""},
		{"resolve files", "hosts: resolve files\n", ""},
		{"files myhostname", "hosts: files myhostname\n", ""},
		{"myhostname files", "hosts: myhostname files\n", ""},
		{"mdns only", "hosts: mdns\n", ""},
		{"wins before dns", "hosts: wins files dns\n", ""},
		{"dns before unknown", "hosts: dns nis files\n", ""},
		{"compat", "hosts: compat\n", ""},
		{"db files dns", "hosts: db files dns\n", ""},
		{"a colon in a source", "hosts: files:dns\n", ""},
		{"a name with a backslash", "hosts: files dns\n", `a\b`},
	}
}

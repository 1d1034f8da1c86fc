package main

import (
	"net/http"
	"net/url"
	"strings"
)

// noProxyRow: whether a request goes through the proxy.
type noProxyRow struct {
	NoProxy string `json:"noProxy"`
	URL     string `json:"url"`
	Proxied bool   `json:"proxied"`
}

// proxied asks net/http itself, which reads the environment once.
func proxied(urls []string) []bool {
	var answers []bool
	for _, text := range urls {
		target, err := url.Parse(text)
		must(err)
		proxy, err := http.ProxyFromEnvironment(&http.Request{URL: target})
		must(err)
		answers = append(answers, proxy != nil)
	}
	return answers
}

func noProxyTable() []any {
	var rows []any
	for _, input := range noProxyInputs() {
		urls := strings.Fields(input.urls)
		for i, url := range urls {
			if !strings.Contains(url, "://") {
				urls[i] = "https://" + url + "/"
			}
		}
		const proxy = "http://proxy.test:3128"
		answer, _ := ask(job{Proxy: urls}, "node1", "HTTPS_PROXY="+proxy, "HTTP_PROXY="+proxy, "NO_PROXY="+input.noProxy)
		for i, url := range urls {
			rows = append(rows, noProxyRow{input.noProxy, url, answer.Proxied[i]})
		}
	}
	return rows
}

// Hosts without a scheme are asked over https.
func noProxyInputs() []struct{ noProxy, urls string } {
	return []struct{ noProxy, urls string }{
		{"", "foo.com localhost localhost:5000 localhost.corp a.localhost 127.0.0.1 127.9.9.9:5000 128.0.0.1 0.0.0.0 [::1] [::1]:5000 [::2] [::ffff:127.0.0.1] [fe80::1%25eth0] [::1%25lo] http://localhost/ http://foo.com/"},
		{",, ,", "foo.com"},
		{"*", "foo.com 10.0.0.1 [2001:db8::1] http://foo.com:8080/"},
		{"corp, *", "foo.com 10.0.0.1"},
		{"*,corp", "foo.com"},
		{"**", "foo.com"},
		{"*:443", "foo.com 10.0.0.1"},
		{"* corp", "foo.com"},
		{"foo.com", "foo.com bar.foo.com a.bar.foo.com xfoo.com foo.com.evil.test foo.com:5000 foo.com. http://foo.com/ com FOO.com"},
		{"Foo.COM", "foo.com bar.foo.com"},
		{".foo.com", "foo.com bar.foo.com xfoo.com"},
		{"*.foo.com", "foo.com bar.foo.com a.bar.foo.com"},
		{"*foo.com", "foo.com bar.foo.com xfoo.com"},
		{"..foo.com", "foo.com bar.foo.com"},
		{"*.*.foo.com", "a.b.foo.com foo.com"},
		{"foo.com.", "foo.com foo.com."},
		{"foo.com:443", "foo.com bar.foo.com foo.com:5000 http://foo.com/ http://foo.com:443/"},
		{"foo.com:80", "foo.com http://foo.com/ http://foo.com:8080/"},
		{"foo.com:", "foo.com foo.com:5000"},
		{"foo.com:https", "foo.com"},
		{"foo.com:0443", "foo.com"},
		{".foo.com:5000", "bar.foo.com:5000 bar.foo.com foo.com:5000"},
		{"*.foo.com:5000", "bar.foo.com:5000 bar.foo.com"},
		{":443", "foo.com"},
		{"[]:443", "foo.com"},
		{".", "foo.com foo.com."},
		{"*.", "foo.com foo.com."},
		{"com", "foo.com com"},
		{"registry", "registry registry:5000 a.registry registry2"},
		{"x, foo.com ,y", "foo.com y x z"},
		{"\tfoo.com\t,\u00a0bar.com\u00a0,\u0085baz.com", "foo.com bar.com baz.com"},
		{"\ufefffoo.com", "foo.com"},
		{"foo.com bar.com", "foo.com bar.com"},
		{"foo.com;bar.com", "foo.com bar.com"},
		{"http://foo.com", "foo.com"},
		{"foo.com/path", "foo.com"},
		{"user@foo.com", "foo.com"},
		{"10.0.0.0/8", "10.1.2.3 10.1.2.3:5000 11.1.2.3 foo.com [::ffff:10.1.2.3]"},
		{"10.1.2.3/8", "10.9.9.9"},
		{"10.1.2.0/25", "10.1.2.127 10.1.2.128"},
		{"10.1.2.3/32", "10.1.2.3 10.1.2.4"},
		{"10.0.0.0/33", "10.1.2.3"},
		{"10.0.0.0/-1", "10.1.2.3"},
		{"10.0.0.0/+8", "10.1.2.3"},
		{"10.0.0.0/8x", "10.1.2.3"},
		{"10.0.0.0/", "10.1.2.3"},
		{"10.0.0.0/0000000008", "10.1.2.3 11.1.2.3"},
		{"10.0.0.0/8/8", "10.1.2.3"},
		{"10.0.0.0/255.0.0.0", "10.1.2.3"},
		{"010.0.0.0/8", "10.1.2.3"},
		{"10/8", "10.1.2.3"},
		{"10.0.0.0/8:443", "10.1.2.3"},
		{"0.0.0.0/0", "10.1.2.3 foo.com [2001:db8::1] [::ffff:10.1.2.3]"},
		{"::/0", "10.1.2.3 [2001:db8::1] foo.com"},
		{"2001:db8::/32", "[2001:db8::1] [2001:db8::1]:5000 [2001:db9::1] 10.1.2.3"},
		{"2001:DB8::/32", "[2001:db8::1]"},
		{"2001:db8::/127", "[2001:db8::1] [2001:db8::2]"},
		{"2001:db8::/129", "[2001:db8::1]"},
		{"[2001:db8::]/32", "[2001:db8::1]"},
		{"fe80::%eth0/10", "[fe80::1%25eth0]"},
		{"fe80::/10", "[fe80::1%25eth0] [fe80::1]"},
		{"::ffff:10.0.0.0/104", "10.1.2.3 11.1.2.3 [::ffff:10.1.2.3]"},
		{"::ffff:10.0.0.0/95", "10.1.2.3 [::ffff:10.1.2.3]"},
		{"::ffff:0:0/96", "10.1.2.3 [2001:db8::1]"},
		{"::ffff:0:0/90", "10.1.2.3 [::ffff:10.1.2.3] [::fffe:0:1]"},
		{"10.1.2.3", "10.1.2.3 10.1.2.3:5000 10.1.2.4 10.1.2.30 [::ffff:10.1.2.3] [::ffff:a01:203] http://10.1.2.3/"},
		{"10.1.2.3:5000", "10.1.2.3:5000 10.1.2.3"},
		{"10.1.2.3:", "10.1.2.3"},
		{"010.1.2.3", "10.1.2.3"},
		{"10.1.2", "10.1.2.3"},
		{"2.3", "10.1.2.3"},
		{".2.3", "10.1.2.3"},
		{"*.1.2.3", "10.1.2.3"},
		{"2001:db8::1", "[2001:db8::1] [2001:db8::1]:5000 [2001:db8:0:0::1] [2001:db8::2]"},
		{"2001:DB8:0::1", "[2001:db8::1]"},
		{"[2001:db8::1]", "[2001:db8::1]"},
		{"[2001:db8::1]:443", "[2001:db8::1] [2001:db8::1]:5000"},
		{"[2001:db8::1]x:443", "[2001:db8::1]"},
		{"2001:db8::1:443", "[2001:db8::1] [2001:db8::1:443]"},
		{"::ffff:10.1.2.3", "10.1.2.3 [::ffff:10.1.2.3]"},
		{"fe80::1%eth0", "[fe80::1%25eth0] [fe80::1]"},
		{"fe80::1", "[fe80::1%25eth0]"},
		{"[foo.com]:443", "foo.com"},
		{"[foo.com]", "foo.com"},
		{"bücher.example", "bücher.example xn--bcher-kva.example a.bücher.example"},
		{"BÜCHER.example", "bücher.example"},
		{".bücher.example", "bücher.example a.bücher.example"},
		{"*.bücher.example", "a.xn--bcher-kva.example"},
		{"xn--bcher-kva.example", "bücher.example"},
		{"bücher.example:443", "bücher.example bücher.example:5000"},
		{"a_bücher.example", "a.a_bücher.example"},
		{"faß.example", "faß.example fass.example xn--fa-hia.example"},
		{"127.0.0.1,localhost,.svc,.cluster.local,10.96.0.0/12,192.168.0.0/16", "10.96.0.1 10.112.0.1 192.168.1.1 registry.svc svc registry.kube-system.svc.cluster.local cluster.local docker.io"},
		{"169.254.169.254,.internal", "169.254.169.254 http://169.254.169.254/ metadata.google.internal internal"},
	}
}

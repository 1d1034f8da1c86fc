package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

// bundlesRow: which certificates Go trusts on a node that has these files.
type bundlesRow struct {
	What        string            `json:"what"`
	Files       []file            `json:"files"`
	Environment map[string]string `json:"environment"`
	// The common names, sorted.
	Subjects []string `json:"subjects"`
	// Why there is no pool at all, where so.
	Error string `json:"error,omitempty"`
}

// subjects loads the pool as a program does when it first verifies a certificate.
func subjects() ([]string, string) {
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, err.Error()
	}
	names := []string{}
	//lint:ignore SA1019 nothing else lists a pool, and this one is read from files
	for _, raw := range pool.Subjects() {
		var sequence pkix.RDNSequence
		_, err := asn1.Unmarshal(raw, &sequence)
		must(err)
		var name pkix.Name
		name.FillFromRDNSequence(&sequence)
		names = append(names, name.CommonName)
	}
	slices.Sort(names)
	return names, ""
}

func bundlesTable() []any {
	var rows []any
	for _, row := range bundlesInputs() {
		var environment []string
		for name, value := range row.Environment {
			environment = append(environment, name+"="+value)
		}
		if row.Environment == nil {
			row.Environment = map[string]string{}
		}
		inRoot(row.Files, func(root string) {
			answer, _ := ask(job{Root: root, Subject: true}, "node1", environment...)
			row.Subjects, row.Error = answer.Subjects, answer.Error
			if row.Subjects == nil {
				row.Subjects = []string{}
			}
		})
		rows = append(rows, row)
	}
	return rows
}

// certificate makes one that is the same in every run: Ed25519 signs without chance.
func certificate(name string, change ...func(*x509.Certificate)) []byte {
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, name)
	key := ed25519.NewKeyFromSeed(seed)
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(int64(len(name))),
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:              time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC),
		IsCA:                  true,
		BasicConstraintsValid: true,
	}
	for _, apply := range change {
		apply(template)
	}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	must(err)
	return der
}

func block(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func typed(kind string, der []byte, headers map[string]string) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der, Headers: headers}))
}

// negative turns the serial number into a negative one of the same length.
func negative(der []byte) []byte {
	serial := []byte{0xa0, 3, 2, 1, 2, 2, 1}
	at := strings.Index(string(der), string(serial))
	if at < 0 {
		fail(fmt.Errorf("no serial number"))
	}
	bent := slices.Clone(der)
	bent[at+len(serial)] |= 0x80
	return bent
}

const debian = "etc/ssl/certs/ca-certificates.crt"

func bundlesInputs() []bundlesRow {
	a, b, c := block(certificate("a")), block(certificate("b")), block(certificate("c"))
	der := certificate("a")
	one := func(what, content string) bundlesRow {
		return bundlesRow{What: what, Files: []file{text(debian, content)}}
	}
	tree := func(what string, files ...file) bundlesRow { return bundlesRow{What: what, Files: files} }
	env := func(what string, environment map[string]string, files ...file) bundlesRow {
		return bundlesRow{What: what, Environment: environment, Files: files}
	}
	link := func(path, to string) file { return file{Path: path, Link: to} }
	directory := func(path string) file { return file{Path: path, Directory: true} }
	expired := block(certificate("expired", func(t *x509.Certificate) { t.NotAfter = t.NotBefore.Add(time.Hour) }))
	leaf := block(certificate("leaf", func(t *x509.Certificate) { t.IsCA = false }))
	half := a[:len(a)/2]
	flat := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(a, "-----BEGIN CERTIFICATE-----\n"), "-----END CERTIFICATE-----\n"), "\n", "")
	framed := func(body string) string {
		return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n"
	}
	return []bundlesRow{
		// One file.
		one("one", a),
		one("two", a+b),
		one("a duplicate", a+b+a),
		one("an empty file", ""),
		one("only garbage", "this is no bundle\n"),
		one("garbage between", "# a\n"+a+"\nrubbish\n\x01\x02\n# b\n"+b+"trailing text"),
		one("text before each", "Issuer: a\nSubject: a\n"+a+"Issuer: b\n"+b),
		one("carriage returns", strings.ReplaceAll(a+b, "\n", "\r\n")),
		one("carriage returns alone", strings.ReplaceAll(a+b, "\n", "\r")),
		one("no line end", strings.TrimSuffix(a+b, "\n")),
		one("no line between", strings.TrimSuffix(a, "\n")+b),
		one("blanks behind the frame", strings.ReplaceAll(a, "CERTIFICATE-----\n", "CERTIFICATE----- \t\n")+b),
		one("text behind the frame's end", strings.TrimSuffix(a, "\n")+" x\n"+b),
		one("blanks before the frame", "  "+a+b),
		one("indented", strings.ReplaceAll(a, "\n", "\n  ")+"\n"+b),
		one("blanks in the body", strings.Replace(a, "M", " M\t", 1)+b),
		one("one long line", framed(flat)+b),
		one("short lines", framed(strings.Join(chunks(flat, 7), "\n"))+b),
		one("an empty line in the body", strings.Replace(a, "\n", "\n\n", 2)+b),
		one("a byte order mark", "\ufeff"+a+b),
		one("a line and then a byte order mark", "\n\ufeff"+a+b),
		one("half a certificate at the end", b+half),
		one("half a certificate in front", half+"\n"+b),
		one("a frame without end in front", "-----BEGIN CERTIFICATE-----\n"+b),
		one("a frame's end alone in front", "-----END CERTIFICATE-----\n"+b),
		one("an empty frame", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"+b),
		one("an empty body", framed("")+b),
		one("a body that is no base64", framed("!!!!")+b),
		one("a body without padding", framed(strings.TrimRight(flat, "="))+b),
		one("a body with a sign too many", framed(flat+"A")+b),
		one("a body with padding too many", framed(flat+"====")+b),
		one("a body of the URL alphabet", framed(strings.NewReplacer("+", "-", "/", "_").Replace(flat+"_-_-"))+b),
		one("a body that is no certificate", framed("aGVsbG8=")+b),
		one("a header", typed("CERTIFICATE", der, map[string]string{"Name": "a"})+b),
		one("a colon in the body", framed("a: b\n"+flat)+b),
		one("a key", typed("PRIVATE KEY", der, nil)+b),
		one("a trusted certificate of OpenSSL", typed("TRUSTED CERTIFICATE", der, nil)+b),
		one("an X509 certificate", typed("X509 CERTIFICATE", der, nil)+b),
		one("PKCS7", typed("PKCS7", der, nil)),
		one("frames of two types", "-----BEGIN CERTIFICATE-----\n"+flat+"\n-----END PRIVATE KEY-----\n"+b),
		one("lower case", strings.ToLower(a)+b),
		one("bytes behind the certificate", block(append(slices.Clone(der), 0, 0))+b),
		one("a certificate cut short", block(der[:len(der)-1])+b),
		one("a negative serial number", block(negative(der))+b),
		one("expired", expired+b),
		one("no authority", leaf+b),
		tree("DER", file{Path: debian, Bytes: der}),
		tree("UTF-16", file{Path: debian, Bytes: wide(a)}),
		tree("zero bytes behind", file{Path: debian, Bytes: append([]byte(a), make([]byte, 64)...)}),
		tree("bytes that are no UTF-8 between", file{Path: debian, Bytes: append(append([]byte(a), 0xff, 0xfe, 0x80, '\n'), []byte(b)...)}),
		// Files.
		tree("nothing", []file{}...),
		tree("Debian", text(debian, a)),
		tree("Fedora", text("etc/pki/tls/certs/ca-bundle.crt", a)),
		tree("Fedora, as links", text("etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", a), link("etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"), link("etc/pki/tls/cert.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"), link("etc/ssl/certs", "../pki/tls/certs")),
		tree("openSUSE", text("etc/ssl/ca-bundle.pem", a)),
		tree("OpenELEC", text("etc/pki/tls/cacert.pem", a)),
		tree("CentOS", text("etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", a)),
		tree("Alpine", text("etc/ssl/cert.pem", a)),
		tree("the first file counts", text("etc/ssl/cert.pem", a), text("etc/ssl/ca-bundle.pem", b)),
		tree("an empty first file counts", text(debian, ""), text("etc/ssl/cert.pem", a)),
		tree("a first file of rubbish counts", text(debian, "rubbish"), text("etc/ssl/cert.pem", a)),
		tree("a directory in place of the first file", directory(debian), text("etc/ssl/cert.pem", a)),
		tree("a directory in place of the only file", directory(debian)),
		tree("a link that leads nowhere in place of the first file", link(debian, "/gone"), text("etc/ssl/cert.pem", a)),
		tree("a link that goes round in place of the first file", link(debian, "ca-certificates.crt"), text("etc/ssl/cert.pem", a)),
		tree("links that go round in place of the only file", link(debian, "/etc/ssl/x"), link("etc/ssl/x", debian)),
		tree("a file in place of a directory", text("etc/ssl", a)),
		tree("another file", text("etc/ssl/other.pem", a)),
		// Directories.
		tree("a file and its directory", text(debian, a), text("etc/ssl/certs/b.pem", b)),
		tree("two directories", text("etc/ssl/certs/a.pem", a), text("etc/pki/tls/certs/b.pem", b)),
		tree("a file, and the directory of another distribution", text("etc/ssl/cert.pem", a), text("etc/pki/tls/certs/b.pem", b)),
		tree("any name", text("etc/ssl/certs/README", a), text("etc/ssl/certs/.hidden", b)),
		tree("several in one", text("etc/ssl/certs/x", a+b)),
		tree("links out of the directory", text("usr/share/ca-certificates/mozilla/a.crt", a), link("etc/ssl/certs/a.pem", "/usr/share/ca-certificates/mozilla/a.crt"), link("etc/ssl/certs/1234.0", "a.pem")),
		tree("a link within the directory", text("etc/ssl/certs/a.pem", a), link("etc/ssl/certs/1234.0", "a.pem")),
		tree("a link within the directory to a link to nowhere", link("etc/ssl/certs/1234.0", "a.pem"), link("etc/ssl/certs/a.pem", "/gone"), text("etc/ssl/certs/b.pem", b)),
		tree("a link within the directory by a path", text("etc/ssl/certs/a.pem", a), link("etc/ssl/certs/1234.0", "./a.pem")),
		tree("a link to the same file by its path", text("etc/ssl/certs/sub/a.pem", a), link("etc/ssl/certs/1234.0", "sub/a.pem")),
		tree("a directory within the directory", text("etc/ssl/certs/java/a.pem", a), text("etc/ssl/certs/b.pem", b)),
		tree("a link to a directory within the directory", text("srv/a.pem", a), link("etc/ssl/certs/more", "/srv"), text("etc/ssl/certs/b.pem", b)),
		tree("the directory is a link", text("srv/certs/a.pem", a), link("etc/ssl/certs", "/srv/certs")),
		tree("links upwards do not leave the root", text("srv/a.pem", a), link("etc/ssl/certs/a.pem", "../../../../../../srv/a.pem")),
		// Environment.
		env("SSL_CERT_FILE", map[string]string{"SSL_CERT_FILE": "/srv/c.pem"}, text(debian, a), text("srv/c.pem", c)),
		env("SSL_CERT_FILE, and another in the directory", map[string]string{"SSL_CERT_FILE": "/srv/c.pem"}, text("etc/ssl/cert.pem", a), text("etc/ssl/certs/b.pem", b), text("srv/c.pem", c)),
		env("SSL_CERT_FILE that is not there", map[string]string{"SSL_CERT_FILE": "/srv/c.pem"}, text("etc/ssl/cert.pem", a)),
		env("SSL_CERT_FILE that is a directory", map[string]string{"SSL_CERT_FILE": "/srv"}, text("srv/c.pem", c), text("etc/ssl/cert.pem", a)),
		env("SSL_CERT_FILE relative", map[string]string{"SSL_CERT_FILE": "srv/c.pem"}, text("srv/c.pem", c)),
		env("SSL_CERT_FILE of several", map[string]string{"SSL_CERT_FILE": "/srv/b.pem:/srv/c.pem"}, text("srv/b.pem", b), text("srv/c.pem", c)),
		env("SSL_CERT_FILE empty", map[string]string{"SSL_CERT_FILE": ""}, text("etc/ssl/cert.pem", a)),
		env("SSL_CERT_DIR", map[string]string{"SSL_CERT_DIR": "/srv"}, text("etc/ssl/cert.pem", a), text("etc/ssl/certs/b.pem", b), text("srv/c.pem", c)),
		env("SSL_CERT_DIR of two", map[string]string{"SSL_CERT_DIR": "/srv/1:/srv/2"}, text("srv/1/a.pem", a), text("srv/2/b.pem", b)),
		env("SSL_CERT_DIR of two, one not there, one empty", map[string]string{"SSL_CERT_DIR": "/gone::/srv/2"}, text("srv/2/b.pem", b)),
		env("SSL_CERT_DIR empty", map[string]string{"SSL_CERT_DIR": ""}, text("etc/ssl/certs/b.pem", b)),
		env("both", map[string]string{"SSL_CERT_FILE": "/srv/a.pem", "SSL_CERT_DIR": "/srv/2"}, text("etc/ssl/cert.pem", c), text("srv/a.pem", a), text("srv/2/b.pem", b)),
	}
}

func chunks(text string, length int) []string {
	var parts []string
	for len(text) > length {
		parts = append(parts, text[:length])
		text = text[length:]
	}
	return append(parts, text)
}

// wide is UTF-16 with a byte order mark, as some editors save.
func wide(text string) []byte {
	bytes := []byte{0xff, 0xfe}
	for _, c := range []byte(text) {
		bytes = append(bytes, c, 0)
	}
	return bytes
}

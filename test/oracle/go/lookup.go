package main

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"net"
	"strings"
	"sync"
	"time"
)

// rule says what a nameserver answers; empty fields match everything, the first rule that matches counts, and what no
// rule matches does not exist.
type rule struct {
	Server string `json:"server,omitempty"`
	Name   string `json:"name,omitempty"`
	Type   string `json:"type,omitempty"`
	// NXDOMAIN, SERVFAIL, REFUSED, FORMERR, NOTIMP; EMPTY: no record; SILENT: nothing; TRUNCATED: over UDP only, then
	// as the next rule that matches; else addresses, of which those of the question's type are answered.
	Says string `json:"says"`
}

type lookupJob struct {
	Name string
	// Let Go choose between its own resolver and libc, instead of preferring its own.
	Dynamic bool
	Rules   []rule
}

type lookupResult struct {
	// By type: `server transport name`, in the order of asking.
	Asked map[string][]string
	// Seconds that a try may take; 0 when nothing was asked.
	Timeout float64
	// Whether A was answered before AAAA was asked.
	Sequential bool
	// Whether questions carry the AD bit.
	AD        bool
	Addresses []string
	Error     string
}

// nameservers stands for all nameservers: it hears the questions that Go's resolver would send to each of them.
type nameservers struct {
	mutex    sync.Mutex
	rules    []rule
	found    lookupResult
	waiting  bool
	overlaps bool
}

func lookup(job lookupJob) lookupResult {
	all := &nameservers{rules: job.Rules, found: lookupResult{Asked: map[string][]string{}}}
	resolver := net.Resolver{PreferGo: !job.Dynamic, Dial: all.dial}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if job.Dynamic {
		// Only the choice is of interest, which is made before this is looked at.
		cancel()
	}
	addresses, err := resolver.LookupHost(ctx, job.Name)
	all.mutex.Lock()
	defer all.mutex.Unlock()
	all.found.Sequential = len(all.found.Asked) > 1 && !all.overlaps
	all.found.Addresses = addresses
	var wrong *net.DNSError
	switch {
	case errors.As(err, &wrong) && wrong.IsTimeout:
		all.found.Error = "timeout"
	case errors.As(err, &wrong):
		all.found.Error = wrong.Err
	case err != nil:
		all.found.Error = err.Error()
	}
	return all.found
}

func (all *nameservers) dial(ctx context.Context, network, address string) (net.Conn, error) {
	server, _, err := net.SplitHostPort(address)
	must(err)
	deadline, _ := ctx.Deadline()
	all.mutex.Lock()
	all.found.Timeout = math.Round(time.Until(deadline).Seconds())
	all.mutex.Unlock()
	if network == "tcp" {
		return &conn{all: all, server: server, network: network}, nil
	}
	return packetConn{&conn{all: all, server: server, network: network}}, nil
}

// conn is a connection to a nameserver: what is written is a question, what is read its answer.
type conn struct {
	net.Conn
	all      *nameservers
	server   string
	network  string
	deadline time.Time
	answer   []byte
}

// packetConn is what Go takes for UDP.
type packetConn struct{ *conn }

func (packetConn) ReadFrom([]byte) (int, net.Addr, error) { return 0, nil, net.ErrClosed }
func (packetConn) WriteTo([]byte, net.Addr) (int, error)  { return 0, net.ErrClosed }
func (c *conn) Close() error                              { return nil }
func (c *conn) SetDeadline(deadline time.Time) error      { c.deadline = deadline; return nil }
func (c *conn) Write(message []byte) (int, error) {
	if c.network == "tcp" {
		c.answer = c.all.hear(c.server, c.network, message[2:])
		if c.answer != nil {
			c.answer = append(binary.BigEndian.AppendUint16(nil, uint16(len(c.answer))), c.answer...)
		}
	} else {
		c.answer = c.all.hear(c.server, c.network, message)
	}
	return len(message), nil
}

func (c *conn) Read(into []byte) (int, error) {
	if c.answer == nil {
		time.Sleep(time.Until(c.deadline))
		return 0, timeout{}
	}
	n := copy(into, c.answer)
	c.answer = c.answer[n:]
	return n, nil
}

type timeout struct{}

func (timeout) Error() string   { return "i/o timeout" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }

// hear records a question and gives the answer to it, nil for none.
func (all *nameservers) hear(server, network string, message []byte) []byte {
	name, kind, end := questionOf(message)
	all.mutex.Lock()
	all.found.AD = message[3]&0x20 != 0
	all.found.Asked[kind] = append(all.found.Asked[kind], strings.Join([]string{server, network, name}, " "))
	if all.waiting {
		all.overlaps = true
	}
	all.waiting = true
	early := len(all.found.Asked["A"])+len(all.found.Asked["AAAA"]) < 3
	says := all.says(server, network, name, kind)
	all.mutex.Unlock()
	if early {
		// Long enough for the question for the other family to be asked meanwhile.
		time.Sleep(20 * time.Millisecond)
	}
	all.mutex.Lock()
	all.waiting = false
	all.mutex.Unlock()
	if says == "SILENT" {
		return nil
	}
	return answerTo(message[:end], kind, says)
}

func (all *nameservers) says(server, network, name, kind string) string {
	for _, r := range all.rules {
		matches := func(want, have string) bool { return want == "" || want == have }
		if !matches(r.Server, server) || !matches(r.Name, name) || !matches(r.Type, kind) {
			continue
		}
		if r.Says == "TRUNCATED" && network == "tcp" {
			continue
		}
		return r.Says
	}
	return "NXDOMAIN"
}

// questionOf reads the name, without the dot at its end, the type and where the question ends.
func questionOf(message []byte) (name, kind string, end int) {
	at := 12
	var labels []string
	for message[at] != 0 {
		length := int(message[at])
		labels = append(labels, string(message[at+1:at+1+length]))
		at += 1 + length
	}
	kind = "A"
	if binary.BigEndian.Uint16(message[at+1:]) == 28 {
		kind = "AAAA"
	}
	return strings.Join(labels, "."), kind, at + 5
}

var codes = map[string]byte{"FORMERR": 1, "SERVFAIL": 2, "NXDOMAIN": 3, "NOTIMP": 4, "REFUSED": 5}

func answerTo(question []byte, kind, says string) []byte {
	answer := append([]byte(nil), question...)
	// A response, authoritative, recursion desired and available.
	answer[2], answer[3] = 0x85, 0x80
	for at := 6; at < 12; at++ {
		answer[at] = 0
	}
	if code, ok := codes[says]; ok {
		answer[3] |= code
		return answer
	}
	if says == "TRUNCATED" {
		answer[2] |= 0x02
		return answer
	}
	if says == "EMPTY" {
		return answer
	}
	for _, address := range strings.Fields(says) {
		ip := net.ParseIP(address)
		data, code := []byte(ip.To4()), uint16(1)
		if data == nil {
			data, code = ip, 28
		}
		if (code == 28) != (kind == "AAAA") {
			continue
		}
		answer[7]++
		answer = append(answer, 0xc0, 0x0c)
		answer = binary.BigEndian.AppendUint16(answer, code)
		answer = append(answer, 0, 1, 0, 0, 0, 1)
		answer = binary.BigEndian.AppendUint16(answer, uint16(len(data)))
		answer = append(answer, data...)
	}
	return answer
}

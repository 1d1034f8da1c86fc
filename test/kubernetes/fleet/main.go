// Command fleet is the port-forward endpoint of the kubelets of a whole cluster: the API server takes it for each of them. A
// pod's port leads to the address that a file names for the pod. What speaks to the API server is the kubelet's own code.
package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"time"

	"k8s.io/cri-streaming/pkg/streaming/portforward"
)

func main() {
	targets := flag.String("targets", "", "JSON file: addresses by namespace/pod")
	flag.Parse()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate()}})
	if err != nil {
		log.Fatal(err)
	}
	serve := func(w http.ResponseWriter, r *http.Request) {
		options, err := portforward.NewV4Options(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		pod := r.PathValue("namespace") + "/" + r.PathValue("pod")
		portforward.ServePortForward(w, r, forwarder{*targets}, pod, "", options, time.Minute, 30*time.Second, portforward.SupportedProtocols)
	}
	http.HandleFunc("/portForward/{namespace}/{pod}", serve)
	// Whoever started this reads where it listens.
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	log.Fatal(http.Serve(listener, nil))
}

// forwarder finds the address of a pod in a file, which is read each time: tests change it.
type forwarder struct{ targets string }

// PortForward copies in both directions until the pod's side is done, as containerd does.
func (f forwarder) PortForward(_ context.Context, pod, _ string, port int32, stream io.ReadWriteCloser) error {
	address, err := f.addressOf(pod)
	if err != nil {
		return err
	}
	// The words of containerd.
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return fmt.Errorf("failed to execute portforward in network namespace %q: failed to connect to localhost:%d inside namespace: %w", "host", port, err)
	}
	defer connection.Close()
	go func() {
		_, _ = io.Copy(connection, stream)
	}()
	_, err = io.Copy(stream, connection)
	return err
}

func (f forwarder) addressOf(pod string) (string, error) {
	content, err := os.ReadFile(f.targets)
	if err != nil {
		return "", err
	}
	addresses := map[string]string{}
	if err := json.Unmarshal(content, &addresses); err != nil {
		return "", err
	}
	address, known := addresses[pod]
	if !known {
		return "", fmt.Errorf("pod not found (%q)", pod)
	}
	return address, nil
}

// certificate makes one of its own, as a kubelet does that was given none.
func certificate() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotAfter:     time.Now().Add(24 * time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		log.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

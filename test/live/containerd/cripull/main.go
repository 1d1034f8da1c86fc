// cripull asks a container runtime for one image through CRI and prints exactly what kubelet would be told.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// answer is the one line of output.
type answer struct {
	Image   string  `json:"image,omitempty"`
	Version string  `json:"version,omitempty"`
	Seconds float64 `json:"seconds"`
	Code    string  `json:"code"`
	Error   string  `json:"error,omitempty"`
}

func main() {
	endpoint := flag.String("e", "unix:///run/containerd/containerd.sock", "endpoint of the runtime")
	user := flag.String("u", "", "user name of the pod's secret")
	password := flag.String("p", "", "password of the pod's secret")
	patience := flag.Duration("t", 2*time.Minute, "deadline")
	flag.Parse()
	connection, err := grpc.NewClient(*endpoint, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), *patience)
	defer cancel()
	begun := time.Now()
	said := answer{Image: flag.Arg(0)}
	if flag.NArg() == 0 {
		var version *cri.VersionResponse
		version, err = cri.NewRuntimeServiceClient(connection).Version(ctx, &cri.VersionRequest{})
		said.Version = version.GetRuntimeVersion()
	} else {
		request := &cri.PullImageRequest{Image: &cri.ImageSpec{Image: flag.Arg(0)}}
		if *user != "" {
			request.Auth = &cri.AuthConfig{Username: *user, Password: *password}
		}
		_, err = cri.NewImageServiceClient(connection).PullImage(ctx, request)
	}
	said.Seconds = time.Since(begun).Seconds()
	said.Code = status.Code(err).String()
	if err != nil {
		said.Error = err.Error()
	}
	if json.NewEncoder(os.Stdout).Encode(said) != nil || err != nil {
		os.Exit(1)
	}
}

#!/bin/sh
# The first process of a node, in namespaces of its own: puts the node's files in place of the machine's, starts containerd
# and, once the images are there, the kubelet. All ends with it.
# usage: node.sh NAME ROOT USR IMAGES [FLAG OF KUBELET...]
set -eu
name=$1 root=$2 usr=$3 images=$4
shift 4

mount --make-rshared /
echo "$name" >/proc/sys/kernel/hostname
# The kubelet sets these for the whole machine, unless it finds them as it wants them.
for setting in "$root"/sys/*; do
	mount --bind "$setting" "/proc/sys/$(basename "$setting" | tr . /)"
done
mount --bind "$images" /mnt
mount -t overlay overlay -o "lowerdir=$usr:/usr" /usr
mount --bind "$root/etc" /etc
mount --bind "$root/var" /var
# Last: the node's root may be there.
mount -t tmpfs -o mode=755 tmpfs /run
cd /

export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/
containerd >/var/log/containerd.log 2>&1 &
until ctr version >/dev/null 2>&1; do
	kill -0 $! || exit 1
	sleep 0.1
done
for image in /mnt/*.tar; do
	ctr --namespace k8s.io images import --local --discard-unpacked-layers "$image"
done
kubelet --config /var/lib/kubelet/config.yaml --kubeconfig /etc/kubernetes/kubelet.conf "$@" >/var/log/kubelet.log 2>&1 &
wait

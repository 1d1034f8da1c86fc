import { planDocument, type PlanDocument } from '../../src/plan/planDocument.ts';
import type { Target } from '../../src/plan/target.ts';

/** What a node with a proxy, a mirror's authority and a keyring says. `said` stands in for every text from outside. */
export function aPlan(targets: readonly Target[], said = ''): PlanDocument {
	const or = (text: string) => said || text;
	const proxy = {
		scheme: 'http',
		hostname: or('proxy.corp'),
		port: 3128,
		login: true,
		source: or('/etc/systemd/system/containerd.service.d/proxy.conf:3'),
	} as const;
	return planDocument({
		node: or('ip-10-0-3-17'),
		runtime: { name: 'containerd', version: '2.1.4' },
		facts: {
			rules: { name: 'containerd', version: '2.1.4', source: or('/usr/bin/containerd') },
			reader: or('containerd.service'),
			bundle: { source: or('/etc/ssl/certs/ca-certificates.crt'), certificates: ['a', 'b'] },
			keyring: { file: or('/var/lib/kubelet/config.json'), keys: [or('ghcr.io')], unreadable: false },
			providers: [
				{
					name: or('ecr'),
					file: or('/etc/kubernetes/providers.yaml'),
					line: 4,
					matchImages: [or('*.dkr.ecr.*.amazonaws.com')],
					apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
					defaultCacheDuration: 0,
					arguments: [],
					environment: [],
					program: or('/usr/bin/ecr'),
				},
			],
			run: true,
		},
		resolver: {
			nameservers: [{ address: or('10.0.0.2'), port: 53 }],
			search: [or('cluster.local')],
			source: or('/etc/resolv.conf'),
		},
		targets: targets.map((target, at) => (at % 2 === 0 ? { ...target, proxy } : target)),
		faults: [],
	});
}

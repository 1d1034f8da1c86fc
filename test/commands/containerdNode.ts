import { mkdir, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { createAuthority } from '../fakes/authority.ts';
import { type Blackhole, startBlackhole } from '../fakes/blackhole.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { type HttpProxy, startProxy } from '../fakes/proxy.ts';
import { startRegistry } from '../fakes/registry.ts';

/** A login of the kubelet, and one for the proxy. */
export const secrets = { pull: 'pull-hunter2', proxy: 'proxy-hunter2' };
export const certificates = '/etc/containerd/certs.d';
/** Where the directory of the registry leads to. */
export const firstSet = '/etc/containerd/sets/1';
export const privateCa = '/etc/containerd/private.pem';

/**
 * A node whose containerd asks two mirrors before the registry: one is dead, the other stands behind the proxy that a
 * drop-in of systemd names. All have certificates of a private authority; the registry itself wants the login that is
 * in the kubelet's file.
 */
export interface ContainerdNode extends AsyncDisposable {
	readonly node: Node;
	/** A configuration file, and its text. */
	readonly configuration: string;
	readonly agentConfiguration: string;
	readonly registry: HttpServer;
	readonly mirror: HttpServer;
	readonly dead: Blackhole;
	readonly proxy: HttpProxy;
	/** As `host` in labels and documents. */
	readonly hosts: { readonly registry: string; readonly mirror: string; readonly other: string; readonly dead: string };
	/** Where hosts.toml stands. */
	readonly hostsToml: string;
	/** The directory that its directory leads to now, as this process sees it. */
	readonly realDirectory: () => Promise<string>;
	/** The text of a hosts.toml that names such mirrors. */
	readonly naming: (...mirrors: readonly string[]) => string;
}

const names = { registry: 'registry.test', mirror: 'mirror.test', other: 'other.test', dead: 'dead.test' };
const loopback = Object.fromEntries(Object.values(names).map((name) => [name, '127.0.0.1']));
const unit = '[Service]\nExecStart=/usr/bin/containerd\n';
const configToml = `version = 3\n[plugins."io.containerd.cri.v1.images".registry]\n  config_path = "${certificates}"\n`;
const packages = 'Package: containerd.io\nStatus: install ok installed\nVersion: 2.2.1-1\n';

export async function makeContainerdNode(): Promise<ContainerdNode> {
	const stack = new AsyncDisposableStack();
	const [authority, other] = [await createAuthority(), await createAuthority()];
	const issued = await authority.issue({ names: Object.values(names) });
	const served = {
		tls: { key: issued.key, cert: issued.chain },
		images: { 'team/app': { 1: makeImage({ layers: [Buffer.alloc(3000, 'layer')] }) } },
	};
	const basic = { user: 'puller', password: secrets.pull };
	const registry = stack.use(await startRegistry({ ...served, auth: { basic } }));
	const mirror = stack.use(await startRegistry(served));
	const dead = stack.use(await startBlackhole());
	const login = { user: 'node', password: secrets.proxy };
	const proxy = stack.use(await startProxy({ hosts: loopback, login }));
	const hosts = {
		registry: `${names.registry}:${registry.port}`,
		mirror: `${names.mirror}:${mirror.port}`,
		other: `${names.other}:${mirror.port}`,
		dead: `${names.dead}:${dead.port}`,
	};
	const naming = (...mirrors: readonly string[]) =>
		[
			`server = "https://${hosts.registry}"`,
			`ca = "${privateCa}"`,
			...mirrors.map((host) => `[host."https://${host}"]\n  ca = "${privateCa}"`),
			'',
		].join('\n');
	const hostsToml = `${certificates}/${hosts.registry}/hosts.toml`;
	const node = stack.use(
		await makeNode({
			hosts: loopback,
			bundle: other.pem,
			files: {
				'/usr/bin/containerd': '',
				'/var/lib/dpkg/status': packages,
				'/usr/lib/systemd/system/containerd.service': unit,
				'/etc/systemd/system/containerd.service.d/proxy.conf': `[Service]\nEnvironment=HTTPS_PROXY=${proxy.url()}\nEnvironment=NO_PROXY=${names.dead},${names.registry}\n`,
				'/etc/containerd/config.toml': configToml,
				[`${firstSet}/hosts.toml`]: naming(hosts.dead, hosts.mirror),
				[privateCa]: authority.pem,
				'/var/lib/kubelet/config.json': JSON.stringify({
					auths: { [hosts.registry]: { username: basic.user, password: basic.password } },
				}),
			},
		}),
	);
	await mkdir(join(node.root, certificates));
	await symlink(firstSet, join(node.root, certificates, hosts.registry));
	const agentConfiguration = `listen: 127.0.0.1:0
interval: 1s
timeout: 3s
node: { name: node-1, root: ${node.root} }
registries:
  - { name: app, image: '${hosts.registry}/team/app:1', credentials: node }
`;
	await node.write('/config.yaml', agentConfiguration);
	const owned = stack.move();
	return {
		node,
		configuration: join(node.root, 'config.yaml'),
		agentConfiguration,
		registry,
		mirror,
		dead,
		proxy,
		hosts,
		hostsToml,
		realDirectory: async () => join(node.root, await readlink(join(node.root, certificates, hosts.registry))),
		naming,
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}

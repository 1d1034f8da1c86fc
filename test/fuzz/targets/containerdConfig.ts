import { readContainerd } from '../../../src/node/containerd/readContainerd.ts';
import { chooseSections } from '../../../src/plan/containerd/sections.ts';
import { gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import { NodeRoot, partsOf } from '../nodeRoot.ts';
import type { Target } from '../target.ts';

const root = new NodeRoot();

/** config.toml, then registries.yaml of k3s, then a file that may be imported. */
function check(input: Buffer): readonly string[] {
	const [config = '', registries = '', imported = ''] = partsOf(input);
	root.write({
		'var/lib/rancher/k3s/agent/etc/containerd/config.toml': config,
		'etc/rancher/k3s/registries.yaml': registries,
		'var/lib/rancher/k3s/agent/etc/containerd/conf.d/a.toml': imported,
	});
	const facts = readContainerd(root.path);
	mustBeSmall(facts, 600 * input.length + 50_000);
	for (const { detail } of facts.faults) mustPrint(detail, 600);
	const chosen = ['1.6.20', '1.7.35', '2.4.2'].map((version) => {
		const { settings, faults } = chooseSections(facts, version);
		for (const { detail } of faults) mustPrint(detail, 600);
		must((settings?.mirrors.size ?? 0) <= 2000, 'more mirrors than are read');
		return `${version} ${settings !== undefined} ${gist(faults[0]?.detail ?? '')} ${gist(settings?.mistyped?.why ?? '')}`;
	});
	return [
		...chosen,
		`${magnitude(facts.files.length)} ${magnitude(facts.registryRoots.size)} ${gist(facts.faults[0]?.detail ?? '')}`,
	];
}

export const target: Target = {
	name: 'containerdConfig',
	source:
		'src/node/containerd/configFiles.ts, sections.ts, legacyRegistry.ts, registriesYaml.ts; src/plan/containerd/sections.ts',
	writer: 'files of the node',
	shape: 'lines',
	most: 12 * 1024,
	seeds: [
		'version = 2\nimports = ["conf.d/*.toml"]\n[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d:/etc/docker/certs.d"\n[plugins."io.containerd.grpc.v1.cri".registry.mirrors."docker.io"]\nendpoint = ["https://m.example"]\n%%\nmirrors:\n  docker.io:\n    endpoint:\n      - "https://m.example/v2"\nconfigs:\n  "r:5000":\n    auth: {username: a}\n%%\nversion = 2\n',
		'version = 3\n[plugins.\'io.containerd.cri.v1.images\']\nuse_local_image_pull = true\nimage_pull_progress_timeout = "5m"\nmax_concurrent_downloads = 3\ndiscard_unpacked_layers = false\n',
		'[plugins.cri.registry.configs."r:5000".auth]\nusername = "u"\npassword = "p"\nauth = "dTpw"\nidentitytoken = "t"\n[plugins.cri.registry.configs."r:5000".tls]\nca_file = "/a"\ncert_file = "/b"\nkey_file = "/c"\ninsecure_skip_verify = true\n[plugins.cri.registry.headers]\nx = ["y"]\n[plugins.cri.registry.auths."https://r"]\nauth = "x"\n[plugins.cri.containerd.runtimes]\n',
	],
	words: [
		'version = 2',
		'version = 3',
		'imports',
		'["conf.d/*.toml"]',
		'[plugins."io.containerd.grpc.v1.cri"]',
		'[plugins."io.containerd.cri.v1.images"]',
		'[plugins.cri.registry]',
		'config_path',
		'mirrors',
		'configs',
		'auths',
		'headers',
		'endpoint',
		'auth',
		'tls',
		'"/etc/containerd/certs.d"',
		'true',
		'[]',
		'{}',
		'1',
		'\n%%\n',
		'docker.io:',
		'- ',
		'*',
		'"*"',
	],
	check,
};

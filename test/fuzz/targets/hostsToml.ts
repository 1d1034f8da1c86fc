import { readHostsToml } from '../../../src/node/containerd/hostsToml.ts';
import { candidatesOf } from '../../../src/plan/containerd/hostsFile.ts';
import { headersOf } from '../../../src/plan/containerd/headers.ts';
import { gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import { certificates } from '../noCertificates.ts';
import type { Target } from '../target.ts';

const file = '/etc/containerd/certs.d/registry.example/hosts.toml';
const directory = { path: '/etc/containerd/certs.d/registry.example', docker: { cas: [], clients: [] } };

function check(input: Buffer): readonly string[] {
	const content = readHostsToml(input, { file, certificates, origin: () => undefined });
	mustBeSmall(content, 400 * input.length + 3000);
	if ('why' in content) mustPrint(content.why, 400);
	return ['1.6.20', '1.7.35', '2.4.2'].map((version) => {
		const { candidates, refused, faults } = candidatesOf({ ...directory, hostsFile: { file, content } }, version);
		must(candidates.length <= 102, `${candidates.length} hosts`);
		for (const { detail } of faults) mustPrint(detail, 600);
		const headers = candidates.map((one) => headersOf(one.headers));
		for (const { unusable, faults: own } of headers) {
			mustPrint(unusable ?? '', 200);
			for (const { detail } of own) mustPrint(detail, 300);
		}
		const schemes = [...new Set(candidates.map(({ url }) => url?.scheme.slice(0, 8)))].slice(0, 3);
		return `${version} ${magnitude(candidates.length)} ${gist(faults[0]?.detail ?? '')} ${refused !== undefined} ${schemes.join()}`;
	});
}

export const target: Target = {
	name: 'hostsToml',
	source: 'src/node/containerd/hostsToml.ts, hostSettings.ts; src/plan/containerd/hostsFile.ts, hostUrl.ts, headers.ts',
	writer: 'files of the node',
	shape: 'lines',
	most: 16 * 1024,
	seeds: [
		'server = "https://registry.example"\n[host."https://mirror.example:5000/v2/x"]\n  capabilities = ["pull", "resolve"]\n  override_path = true\n  skip_verify = true\n  ca = ["/a.crt", "b.crt"]\n  client = [["c.cert", "c.key"], "d.pem"]\n  dial_timeout = "1s"\n  [host."https://mirror.example:5000/v2/x".header]\n    x-one = "1"\n    x-two = ["2", "3"]\n  [host."https://mirror.example:5000/v2/x".rewrite]\n    "^a" = "b"\n',
		'capabilities = ["pull"]\nheader = { a = ["b"] }\n[host."http://[::1]:5000"]\nclient = "x"\n[[host.x]]\n',
		'[host]\nhost = 1\n',
	],
	words: [
		'server',
		'capabilities',
		'"pull"',
		'"resolve"',
		'"push"',
		'"referrers"',
		'ca',
		'client',
		'skip_verify',
		'override_path',
		'dial_timeout',
		'"10s"',
		'[host."https://m"]',
		'[host."m".header]',
		'header',
		'rewrite',
		'"https://m"',
		'"http://u:p@m:1/a%2fb"',
		'true',
		'[]',
		'[[]]',
		'{}',
		'""',
		'"\\u001b"',
		'1',
	],
	check,
};

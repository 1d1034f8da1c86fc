import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ConfigurationError, formatFault } from '../../../src/config/fault.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { readPauses } from '../../../src/schedule/readPauses.ts';
import { allowing, gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import { NodeRoot } from '../nodeRoot.ts';
import type { Target } from '../target.ts';

const root = new NodeRoot();
const file = join(root.path, 'config.yaml');
const environment = { A: 'x', B: '5m', P: 'hunter2-secret' };

/** The configuration file, and the state file of pauses. */
async function check(input: Buffer): Promise<readonly string[]> {
	writeFileSync(file, input);
	return [await configuration(input.length), pauses(input.toString())];
}

async function configuration(length: number): Promise<string> {
	try {
		const config = await loadConfig({ file, environment });
		mustBeSmall(config, 4000 * length + 20_000);
		must(config.interval > 0 && config.timeout > 0 && config.concurrency > 0, 'a number that cannot be');
		return `read ${magnitude(config.registries?.length ?? 0)} ${config.proxy.kind} ${config.tls !== undefined}`;
	} catch (error) {
		if (!(error instanceof ConfigurationError)) throw error;
		const lines = error.faults.map(formatFault);
		must(lines.length > 0, 'refused without a word');
		for (const line of lines) mustPrint(line.replaceAll(root.path, ''), 3000);
		must(!error.message.includes('hunter2'), 'a secret is told');
		return `refused ${magnitude(lines.length)} ${gist(error.faults[0]?.wrong ?? '')}`;
	}
}

function pauses(text: string): string {
	const found = allowing(() => readPauses(text, 10), SyntaxError);
	if (found instanceof Error) return 'no pauses';
	must(found.length <= 10, 'more pauses than are read');
	return `pauses ${found.length} ${found
		.flatMap(([, one]) => Object.keys(one))
		.slice(0, 3)
		.join()}`;
}

export const target: Target = {
	name: 'configuration',
	source:
		'src/config/document.ts, values.ts, interpolate.ts, schema.ts, duration.ts, size.ts, listen.ts, rules.ts; src/schedule/readPauses.ts',
	writer: 'who runs the agent',
	shape: 'lines',
	most: 64 * 1024,
	seeds: [
		'listen: "[::]:9917"\ninterval: 5m\ntimeout: 10s\nconcurrency: 4\nnode: { name: n1, root: /host, runtime: containerd/2.4.2, network: host }\nproxy: http://u:${P}@proxy:3128\nno_proxy: .corp\nregistries:\n  - name: docker.io\n    image: library/busybox\n    interval: 1h30m\n    ratelimit: { floor: 10% }\n    blob: { bytes: 64KiB }\n    credentials: anonymous\n  - { name: r.example, endpoint: "https://r.example:5000", insecure: true, manifest_get: never }\n',
		'discovery: { mirrors: true, images: true, upstream: auto, allow: ["*"], deny: [], keep: 1h, credentials: node }\nexplain: { pods: true, probe: false }\npull_secrets: { namespaces: [shop], interval: 5m }\ncluster: { events: true, condition: true, condition_after: 2m }\nauthentication: kubernetes\ntls: { certificate: a, key: b }\nattempt_timeout: ${B}\n',
		JSON.stringify({
			version: 1,
			targets: {
				a: { retryAfter: { until: 5 }, floor: true, credentials: { fingerprint: 'f', rejections: 1, until: 9 } },
			},
		}),
		'a: &a [*a, ? b, !!str c]\nb: |\n  x\n${A}: $${',
	],
	words: [
		'registries:',
		'- ',
		'name: ',
		'image: ',
		'interval: ',
		'proxy: ',
		'none',
		'node',
		'5m',
		'1.5s',
		'90',
		'64KiB',
		'10%',
		'${A}',
		'${B}',
		'${P}',
		'${',
		'$${',
		'docker.io',
		'https://r.example',
		'credentials: ',
		'{ file: x }',
		'{ secret: a/b }',
		'&a',
		'*a',
		'!!binary',
		'? ',
		'|',
		'>',
		'[',
		']',
		'{',
		'}',
		'"',
		"'",
		'---',
		'%YAML 9',
		'\t',
		'# ',
		'__proto__: ',
		'version',
		'targets',
		'retryAfter',
		'until',
		'floor',
		'fingerprint',
		'rejections',
	],
	check,
};

import { expect, test } from 'vitest';
import { Directory } from '../real/directory.ts';
import { prepareGrafana } from './fleet/grafana.ts';
import { panel, type Told } from './fleet/panel.ts';

const told: Told = {
	nodes: [{ name: 'worker-1', listen: '127.0.0.1:1' }],
	faults: [],
	servers: { hosts: { hub: 'hub.demo.test:2', open: 'open.demo.test:3', mirror: 'mirror.demo.test:4' } },
};

/** What the demo opens with on a machine that has a Grafana, or has none. */
async function textOf(hasGrafana: boolean, directory: Directory): Promise<string> {
	const prometheus = 'http://127.0.0.1:9090';
	const grafana = await prepareGrafana(directory, prometheus);
	return panel(told, { prometheus, grafana, hasGrafana, control: 'http://127.0.0.1:5' }, false);
}

test('without a Grafana it says how one gets the Prometheus and the boards', async () => {
	using directory = new Directory();
	const text = await textOf(false, directory);
	expect(text).toContain(`GF_PATHS_PROVISIONING=${directory.at('grafana')} grafana server\n`);
	expect(text).not.toMatch(/^ +grafana +http:/m);
});

test('with a Grafana it says where it is', async () => {
	using directory = new Directory();
	const text = await textOf(true, directory);
	expect(text).toMatch(/^ +grafana +http:\/\/127\.0\.0\.1:\d+\/$/m);
	expect(text).not.toContain('GF_PATHS_PROVISIONING');
});

test('it says openly that the rules are faster than those of a cluster', async () => {
	using directory = new Directory();
	expect(await textOf(false, directory)).toContain('The rules are those of manifests/monitoring, 60 times as fast');
});

import { by, type Claim, here, not } from './claim.ts';

const demo = by('test/demo/demo.test.ts', 'shows page and metrics, breaks on request');
const fleet = by('test/demo/fleetDemo.test.ts', 'tells within two minutes which node is cut off');
const boards = by('test/grafana/boards.test.ts', 'is what grafana/src writes');
const tables = by('test/docs/generated.test.ts', 'is what npm run docs writes');
const suites = not('it runs the suites, this one among them');
const measures = not('it measures for an hour and needs an idle machine; test/bench holds what it computes');
const fuzzed = by('test/fuzz/replay.test.ts', 'keeps its contract with all that was ever found');
const figures = by('test/bench/figures.test.ts', 'shows the figures of the recorded run');

/** Commands of who has a checkout. */
export const ofCheckout: Readonly<Record<string, Claim>> = {
	'npm run pictures': not('it takes twelve minutes of a browser and a cluster; the pictures are checked'),
	'npm ci': not('it installs the packages that this suite runs with'),
	'npm ci && npm run demo': demo,
	'npm run demo': demo,
	'npm run demo:fleet': fleet,
	'npm test': suites,
	'npm run typecheck': suites,
	'npm run lint': suites,
	'npm run test:arm64': suites,
	'npm run test:tools': not('it installs packages of the system; without it suites are skipped, in CI they fail'),
	'npm run test:kubernetes': suites,
	'npm run test:cluster': suites,
	'npm run test:prometheus3': suites,
	'npm run format': not('it formats the checkout; npm test checks that nothing is left to format'),
	'npm run docs': tables,
	'cp manifests/base/config.yaml my-cluster/': here(/^$/),
	'npm run rules': by('test/monitoring/files.test.ts', 'docs/alerts.md'),
	'npm run dashboards': boards,
	'npm run dashboards:draw': not('it needs programs that only grafana/draw installs; the pictures are checked'),
	'npm run build': by('test/build/reproducible.test.ts', 'gives the same bytes'),
	'npm run start:image': by('test/image/startForm.test.ts', 'npm run start:image starts the program as the image does'),
	'npm run fuzz': fuzzed,
	'npm run fuzz -- --list': here(/challenge/),
	'npm run fuzz -- challenge --minutes 10 --seed 1': fuzzed,
	'npm run fuzz -- --minutes 10': fuzzed,
	'npm run bench': measures,
	'npm run bench -- memory': measures,
	'npm run bench -- cpu --rounds 5 --peer ./blackbox_exporter': measures,
	'npm run bench -- discovery': measures,
	'npm run soak -- --minutes 600': not('it runs for ten hours; test/endurance holds its parts'),
	'npm run live': not('it builds a containerd and pulls with it for five minutes, as root'),
	'npm run live -- --record FILE': not('the same, and it needs a file to write'),
	'npm run oracle': not('it needs a Go that is newer than any that packages bring'),
	'npx node bench/page.ts': figures,
	'npm run bench:fleet': not('it measures a thousand nodes for a quarter of an hour'),
	'npx node bench/fleet/week.ts': not('it has promtool live through a week, for half an hour'),
	'npx node build/monitoring/main.ts --docs https://git.example/registry-probe/blob/main/docs --to my-cluster':
		here(/^$/),
	'npx node grafana/src/write.ts --docs https://git.example/registry-probe/blob/main/docs --to my-boards': here(/^$/),
	'npx node test/docs/writePictures.ts': not('it takes a minute of a browser; the pictures are checked'),
	'npx node test/incidents/writeIncidents.ts': by(
		'test/incidents/incidents.test.ts',
		'docs/incidents.md says what happens',
	),
};

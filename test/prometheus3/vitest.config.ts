import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Where programs are kept that take long to make, as those of test/kubernetes are. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'registry-probe', 'prometheus-3');

/** Makes Prometheus 3 and promtool where they are missing, and gives the directory that they are in. */
function makePrograms(): string {
	const recipe = join(import.meta.dirname, 'build.sh');
	const { status, stdout } = spawnSync(recipe, [cache], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
	if (status !== 0) throw new Error('Prometheus 3 cannot be made; see above');
	return stdout.trim();
}

// Suites take programs from PATH: the workers inherit it.
process.env['PATH'] = [makePrograms(), process.env['PATH']].join(delimiter);

/**
 * Everything that asks a Prometheus or a promtool, with those of Prometheus 3 in place of the machine's own:
 * `vitest run --config test/prometheus3/vitest.config.ts` from the top of the checkout.
 */
export default defineConfig({
	test: {
		include: [
			'test/prometheus3/*.spec.ts',
			'test/monitoring/*.test.ts',
			'test/grafana/queries.test.ts',
			'test/demo/fleetDemo.test.ts',
			'test/commands/clusterPrometheus.test.ts',
			'test/views/metricsPromtool.test.ts',
			'test/views/metricsDocs.test.ts',
		],
		setupFiles: ['test/properties.ts'],
		testTimeout: 120_000,
		hookTimeout: 120_000,
		maxWorkers: 2,
		// The report is what .ci/run counts.
		reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'coverage/prometheus3.json' }]] : ['default'],
	},
});

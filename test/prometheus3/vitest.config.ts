import { delimiter, join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { compileCache } from '../compileCache.ts';
import { madeBy } from '../kubernetes/parts.ts';

// Suites take programs from PATH: the workers inherit it.
process.env['PATH'] = [madeBy(join(import.meta.dirname, 'build.sh')), process.env['PATH']].join(delimiter);

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
		env: compileCache,
		testTimeout: 120_000,
		hookTimeout: 120_000,
		maxWorkers: 2,
		// The report is what .ci/run counts.
		reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'coverage/prometheus3.json' }]] : ['default'],
	},
});

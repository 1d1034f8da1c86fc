import { defineConfig } from 'vitest/config';

/** The suites on real nodes; main.ts runs them. */
export default defineConfig({
	test: {
		include: ['test/cluster/nodes/**/*.spec.ts'],
		testTimeout: 420_000,
		hookTimeout: 300_000,
		fileParallelism: false,
		// The report is what .ci/run counts.
		reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'coverage/nodes.json' }]] : ['default'],
	},
});

import { defineConfig } from 'vitest/config';

/** The suites on a real API server: `vitest run --config test/kubernetes/vitest.config.ts` from the top of the checkout. */
export default defineConfig({
	test: {
		include: ['test/kubernetes/**/*.spec.ts'],
		globalSetup: ['test/kubernetes/setup.ts'],
		testTimeout: 60_000,
		hookTimeout: 120_000,
		// They share one API server, and what they install there.
		fileParallelism: false,
		// The report is what .ci/run counts.
		reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'coverage/kubernetes.json' }]] : ['default'],
	},
});

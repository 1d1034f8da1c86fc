import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		setupFiles: ['test/properties.ts'],
		testTimeout: 30_000,
		hookTimeout: 60_000,
		maxWorkers: 2,
		// The report is what .ci/run counts.
		reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'coverage/report.json' }]] : ['default'],
	},
});

import { defineConfig } from 'vitest/config';

/** The bundle on arm64, by emulation elsewhere: `vitest run --config test/arm64/vitest.config.ts` from the top of the checkout. */
export default defineConfig({
	test: {
		include: ['test/arm64/*.spec.ts'],
		testTimeout: 120_000,
		hookTimeout: 120_000,
	},
});

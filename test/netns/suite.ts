import { spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { type Lab, makeLab } from './lab.ts';
import { environment } from './namespace.ts';

/** What a suite needs → what shows that it is there and may be used. */
export type Needs = Readonly<Record<string, readonly [string, ...string[]]>>;

/** What all of them need. */
const needs: Needs = {
	iproute2: ['ip', '-Version'],
	nftables: ['nft', '--version'],
	'util-linux': ['nsenter', '--version'],
	'the right to make network namespaces (root)': ['unshare', '--net', 'true'],
};

function lacking(more: Needs): string {
	if (process.platform !== 'linux') return 'Linux';
	const missing = Object.entries({ ...needs, ...more }).filter(([, [command, ...args]]) => {
		return spawnSync(command, args, { stdio: 'ignore', env: environment }).status !== 0;
	});
	return missing.map(([name]) => name).join(', ');
}

/**
 * A suite in network namespaces. Where they cannot be made it is skipped and its name says what to do; with `CI=true`
 * it fails instead. Its tests share a lab, which the function gives while they run; what a test broke is healed after it.
 */
export function suite(name: string, body: (lab: () => Lab) => void, more: Needs = {}): void {
	const missing = lacking(more);
	const lack = `without ${missing}; npm run test:tools as root installs what can be installed`;
	const skipped = missing !== '' && process.env['CI'] !== 'true';
	describe.skipIf(skipped)(`${name}${skipped ? ` (skipped ${lack})` : ''}`, () => {
		let lab: Lab | undefined;
		beforeAll(async () => {
			if (missing !== '') throw new Error(`this suite cannot run ${lack}`);
			lab = await makeLab();
		});
		afterEach(async () => await lab?.heal());
		afterAll(async () => await lab?.[Symbol.asyncDispose]());
		body(() => {
			if (!lab) throw new TypeError('the lab is there only while a test runs');
			return lab;
		});
	});
}

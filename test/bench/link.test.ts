import { expect, test } from 'vitest';
import { makeLink, roundTrip } from '../../bench/link/link.ts';
import { missingForLink } from '../../bench/link/needs.ts';

const missing = missingForLink();
const skipped = missing !== '' && process.env['CI'] !== 'true';

const server = `require('node:net').createServer((socket) => socket.end(Buffer.alloc(100_000))).listen(4000, () => process.stdout.write('listening'))`;

/** Prints the milliseconds that connecting took, and how many bytes came. */
const client = `
const from = performance.now();
let [connected, bytes] = [0, 0];
require('node:net').connect(4000, process.argv[1])
	.on('connect', () => (connected = performance.now() - from))
	.on('data', (chunk) => (bytes += chunk.length))
	.on('end', () => console.log(JSON.stringify([connected, bytes])));
`;

test.skipIf(skipped)(
	`the link takes its time and loses nothing${skipped ? ` (skipped without ${missing})` : ''}`,
	async () => {
		await using link = await makeLink();
		const child = link.far.spawn(process.execPath, ['-e', server], { stdio: ['ignore', 'pipe', 'inherit'] });
		await new Promise((resolve) => child.stdout?.once('data', resolve));
		// The first connection also finds the neighbour's address.
		await link.near.run(process.execPath, ['-e', client, link.address]);
		const told = await link.near.run(process.execPath, ['-e', client, link.address]);
		const [connected, bytes] = JSON.parse(told) as [number, number];
		expect(bytes).toBe(100_000);
		expect(connected).toBeGreaterThanOrEqual(roundTrip);
	},
);

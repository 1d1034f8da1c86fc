import { mkdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { onScreen } from '../commands/screen.ts';
import { startAgent } from '../demo/agent.ts';
import { startWorld } from '../demo/world.ts';
import { listen } from '../fakes/listener.ts';
import { terminalPage } from './terminalPicture.ts';

/**
 * Makes the pictures of docs/pictures anew: the status page of a real agent, and `check` in a real terminal, both in the
 * world of the demo while its token service is down. Takes a minute and Debian's chromium: npx node test/docs/writePictures.ts
 */
const directory = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const mostBytes = 200_000;

/** Seconds that the agent walks the path while it works, then while it is broken, then works, then is broken: a history. */
const walks = [20, 4, 12, 6] as const;

async function picture(name: string, show: (path: string) => Promise<unknown>): Promise<void> {
	const path = `${directory}${name}.png`;
	await show(path);
	const { size } = statSync(path);
	process.stdout.write(`${name}.png ${Math.ceil(size / 1000)} kB\n`);
	if (size > mostBytes) throw new Error(`${name}.png is larger than ${mostBytes} bytes`);
}

async function pagePicture(browser: Browser, url: string, path: string, look: object): Promise<void> {
	const page = await browser.newPage(look);
	await page.goto(url);
	await page.screenshot({ path });
	await page.close();
}

mkdirSync(directory, { recursive: true });
await using stack = new AsyncDisposableStack();
const probe = await listen(createServer());
await probe.close();
const at = `127.0.0.1:${probe.port}`;
const world = stack.use(await startWorld({ listen: at, interval: '1s' }));
const agent = stack.adopt(startAgent(world.configuration, world.root, { logLevel: 'error' }), ({ stop }) => stop());
await agent.ready(`http://${at}/readyz`);
const fault = world.faults.find(({ name }) => name === 'token');
for (const [turn, seconds] of walks.entries()) {
	await fault?.set(turn % 2 === 1);
	await sleep(seconds * 1000);
}

const browser = stack.adopt(
	await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] }),
	(each) => each.close(),
);
await picture('page', (path) => pagePicture(browser, `http://${at}/`, path, { viewport: { width: 960, height: 760 } }));
await picture('page-phone-dark', (path) =>
	pagePicture(browser, `http://${at}/`, path, {
		viewport: { width: 390, height: 844 },
		deviceScaleFactor: 1.5,
		colorScheme: 'dark',
	}),
);
const { written } = await onScreen(100, ['check', '--config', world.configuration, '--root', world.root]);
await picture('terminal', async (path) => {
	const page = await browser.newPage();
	await page.setContent(terminalPage('registry-probe check', written));
	await page.locator('pre').screenshot({ path });
	await page.close();
});

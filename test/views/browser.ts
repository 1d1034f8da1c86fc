import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { renderPage } from '../../src/views/page/page.ts';
import type { PageInput } from '../../src/views/page/input.ts';
import { pageStyleHash } from '../../src/views/page/style.ts';
import { aServer } from '../server/world.ts';

const executablePath = '/usr/bin/chromium';
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** Whether tests in a browser can run; with CI set a missing browser is a failure, not a reason to skip. */
export const hasBrowser = existsSync(executablePath) || process.env['CI'] === 'true';

export function startBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
}

/** A page in a browser, as the agent serves it, with everything that the browser complained about or asked for. */
export interface Opened {
	readonly page: Page;
	readonly complaints: readonly string[];
	readonly requests: readonly string[];
}

/** Serves the page and opens it; closed when the test ends. `refresh` stands over the seconds after which the page loads itself anew. */
export async function openPage(
	browser: Browser,
	input: PageInput,
	options: BrowserContextOptions = {},
	refresh = 10,
): Promise<Opened> {
	const body = renderPage(input).replace('content="10; url', `content="${refresh}; url`);
	const server = await aServer({
		page: () => ({ contentType: 'text/html; charset=utf-8', body, styleSource: `'${pageStyleHash}'` }),
	});
	const page = await browser.newPage(options);
	onTestFinished(() => page.close());
	const complaints: string[] = [];
	const requests: string[] = [];
	page.on('console', (message) => complaints.push(message.text()));
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('request', (request) => requests.push(new URL(request.url()).pathname));
	await page.goto(`http://127.0.0.1:${server.address.port}/`, { waitUntil: 'load' });
	return { page, complaints, requests };
}

/** What the script of that name beside this file says of the elements that a selector finds. */
export function measure<Found>(page: Page, script: 'contrasts' | 'reds', selector: string): Promise<Found[]> {
	const file = readFileSync(new URL(`${script}.js`, import.meta.url), 'utf8');
	const [, source = ''] = file.split('export default ');
	return page.evaluate<Found[]>(`(${source.trim().replace(/;$/, '')})(document.querySelectorAll('${selector}'))`);
}

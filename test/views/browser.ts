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

/** What stands behind the name of a suite that is skipped. */
export const missing = hasBrowser ? '' : ' (skipped: no /usr/bin/chromium; npm run test:tools installs it)';

export function startBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
}

/** A page in a browser, as the agent serves it, with everything that the browser complained about or asked for. */
export interface Opened {
	readonly page: Page;
	readonly url: string;
	readonly complaints: readonly string[];
	/** Path and query. */
	readonly requests: readonly string[];
}

/** What is opened, and how. */
export interface Opening extends BrowserContextOptions {
	/** Path, query and fragment. */
	readonly at?: string;
	/** Stands over the seconds after which a page that follows looks again. */
	readonly again?: number;
}

/** Serves the page and opens it; closed when the test ends. */
export async function openPage(
	browser: Browser,
	input: PageInput,
	{ at = '/', again, ...options }: Opening = {},
): Promise<Opened> {
	const server = await aServer({
		page({ follow }) {
			const body = renderPage({ ...input, follow });
			return {
				contentType: 'text/html; charset=utf-8',
				body: again === undefined ? body : body.replace('content="30; url', `content="${again}; url`),
				styleSource: `'${pageStyleHash}'`,
			};
		},
	});
	const page = await browser.newPage(options);
	onTestFinished(() => page.close());
	const complaints: string[] = [];
	const requests: string[] = [];
	page.on('console', (message) => complaints.push(message.text()));
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('request', (request) => {
		const { pathname, search } = new URL(request.url());
		requests.push(pathname + search);
	});
	const url = `http://127.0.0.1:${server.address.port}${at}`;
	await page.goto(url, { waitUntil: 'load' });
	return { page, url, complaints, requests };
}

/** What the script of that name beside this file says of the elements that a selector finds. */
export function measure<Found>(
	page: Page,
	script: 'contrasts' | 'overlaps' | 'reds',
	selector: string,
): Promise<Found[]> {
	const file = readFileSync(new URL(`${script}.js`, import.meta.url), 'utf8');
	const [, source = ''] = file.split('export default ');
	return page.evaluate<Found[]>(`(${source.trim().replace(/;$/, '')})(document.querySelectorAll('${selector}'))`);
}

/** Opens, or closes, all that opens, or the first of it. */
export async function fold(page: Page, open: boolean, most = 1000): Promise<void> {
	const all = `[...document.querySelectorAll('details')].slice(0, ${most})`;
	await page.evaluate(`for (const each of ${all}) each.open = ${open}`);
}

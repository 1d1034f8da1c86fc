import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Drawing } from './drawing.ts';

/** What Grafana's own pages have around panels. */
const base = `
* { box-sizing: border-box; }
body { margin: 8px; background: #f4f5f5; color: #24292e; font: 14px/1.4 Inter, 'DejaVu Sans', sans-serif; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; }
.sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0); }
`;

const origin = 'http://dashboards.test/';
const empty = '<!DOCTYPE html><html lang="en"><body><div id="root"></div></body></html>';

/** The page's program and its styles. */
async function bundle(): Promise<{ readonly script: string; readonly style: string }> {
	const { outputFiles } = await build({
		entryPoints: [join(import.meta.dirname, 'page/page.tsx')],
		bundle: true,
		write: false,
		outdir: 'out',
		format: 'iife',
		jsx: 'automatic',
		minify: true,
		target: 'chrome110',
		define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
		loader: { '.svg': 'dataurl', '.woff2': 'dataurl', '.png': 'dataurl', '.ttf': 'empty' },
		logLevel: 'error',
	});
	const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
	return { script: textOf('.js'), style: textOf('.css') };
}

/** What the page's program can do. */
interface Program {
	draw(drawing: Drawing): Promise<void>;
	units(): readonly string[];
}

/** A headless Chromium that draws panels with Grafana's components. */
export class Painter implements AsyncDisposable {
	readonly #browser: Browser;
	readonly #page: Page;
	/** What the page complained about. */
	readonly complaints: string[] = [];

	private constructor(browser: Browser, page: Page) {
		this.#browser = browser;
		this.#page = page;
		page.on('pageerror', (error) => this.complaints.push(String(error)));
	}

	static async start(): Promise<Painter> {
		const { script, style } = await bundle();
		const browser = await chromium.launch({
			executablePath: '/usr/bin/chromium',
			args: ['--no-sandbox', '--disable-gpu'],
		});
		const page = await browser.newPage({ viewport: { width: 1456, height: 2400 } });
		const painter = new Painter(browser, page);
		// The libraries keep settings in the browser, which only a page with an origin may do; nothing else is there.
		await page.route('**/*', (route) => route.fulfill({ status: 404, body: '' }));
		await page.route(origin, (route) => route.fulfill({ contentType: 'text/html', body: empty }));
		await page.goto(origin);
		await page.addStyleTag({ content: `${style}\n${base}` });
		await page.addScriptTag({ content: script });
		const isThere = await page.evaluate(() => 'draw' in globalThis);
		if (!isThere) throw new Error(`the page's program has ended: ${painter.complaints.join('; ')}`);
		return painter;
	}

	/** All units that Grafana's library knows. */
	async units(): Promise<readonly string[]> {
		return await this.#page.evaluate(() => (globalThis as unknown as Program).units());
	}

	/** Draws, and gives the picture as PNG. */
	async picture(drawing: Drawing): Promise<Buffer> {
		await this.#page.evaluate((what) => (globalThis as unknown as Program).draw(what), drawing);
		// Charts are drawn in frames of their own after the page stands.
		await this.#page.waitForTimeout(1500);
		return await this.#page.locator('#root').screenshot();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#browser.close();
	}
}

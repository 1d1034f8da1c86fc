import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, measure, openPage, startBrowser } from './browser.ts';
import { pages } from './states.ts';

const missing = hasBrowser ? '' : ' (skipped: no /usr/bin/chromium; npm run test:tools installs it)';

describe.skipIf(!hasBrowser)(`the page in Chromium${missing}`, () => {
	let browser: Browser;
	beforeAll(async () => {
		browser = await startBrowser();
	});
	afterAll(() => browser?.close());

	test.each(Object.keys(pages) as (keyof typeof pages)[])(
		'%s: no complaint, no request beside the page',
		async (which) => {
			const { complaints, requests } = await openPage(browser, pages[which]());
			expect(complaints).toEqual([]);
			expect(requests).toEqual(['/']);
		},
	);

	test('the reason is on the first screen', async () => {
		const { page } = await openPage(browser, pages.many(), { viewport: { width: 1280, height: 720 } });
		const box = await page.getByText('token tcp: tcp_timeout').boundingBox();
		expect(box && box.y + box.height).toBeLessThan(720);
	});

	test('the broken stage alone is red', async () => {
		const { page } = await openPage(browser, pages.broken());
		const red = await measure(page, 'reds', '*');
		expect(red).toEqual(['failed', 'reason']);
	});

	test.each(Object.keys(pages) as (keyof typeof pages)[])(
		'%s: a narrow phone needs no sideways scroll',
		async (which) => {
			const { page } = await openPage(browser, pages[which](), { viewport: { width: 360, height: 740 } });
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
		},
	);

	test.each(['light', 'dark'] as const)('texts stand out from their ground when it is %s', async (colorScheme) => {
		const { page } = await openPage(browser, pages.mixed(), { colorScheme });
		const found = await measure<number>(page, 'contrasts', 'p, h1, h3, dd, dt, td, small, strong');
		expect(Math.min(...found)).toBeGreaterThan(4.5);
	});

	test('a line among many targets opens when it is followed', async () => {
		const { page } = await openPage(browser, pages.many());
		const row = page.locator('article', { hasText: 'registry-7.example' }).first();
		const time = row.locator('small').first();
		const before = await time.boundingBox();
		await row.getByRole('link').click();
		const after = await time.boundingBox();
		expect(before?.width).toBe(1);
		expect(after?.width).toBeGreaterThan(10);
	});

	test('the page loads itself anew, an opened line too', async () => {
		const { page, requests } = await openPage(browser, pages.many(), {}, 1);
		await page.locator('article', { hasText: 'registry-7.example' }).first().getByRole('link').click();
		await expect.poll(() => requests.length, { timeout: 10_000 }).toBeGreaterThan(1);
	});

	test('lists and headings tell the path without eyes', async () => {
		const { page } = await openPage(browser, pages.broken());
		expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('cannot pull from 1 of 3 registries');
		const path = page.getByRole('list', { name: 'Path of a pull from docker.io' });
		expect(await path.ariaSnapshot()).toMatch(/failed: tcp_timeout, 10 000 ms.*tls not reached/s);
		expect(await page.getByRole('img', { name: '8 of 91 attempts failed' }).count()).toBe(1);
	});
});

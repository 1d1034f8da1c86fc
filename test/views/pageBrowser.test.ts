import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anchorOf } from '../../src/views/page/standing.ts';
import { allPages, pageNames } from './allPages.ts';
import { fold, hasBrowser, measure, missing, openPage, startBrowser } from './browser.ts';

/** A small phone, a tablet, a laptop. */
const widths = [320, 820, 1280];

describe.skipIf(!hasBrowser)(`the page in Chromium${missing}`, () => {
	let browser: Browser;
	beforeAll(async () => {
		browser = await startBrowser();
	});
	afterAll(() => browser?.close());

	test.each(pageNames)('%s: no complaint, no request beside the page', async (name) => {
		const { page, complaints, requests } = await openPage(browser, allPages[name]());
		await fold(page, true);
		expect(complaints).toEqual([]);
		expect(requests).toEqual(['/']);
	});

	test.each(pageNames)(
		'%s: nothing lies on anything else and nothing scrolls sideways, folded and unfolded',
		async (name) => {
			const { page } = await openPage(browser, allPages[name]());
			for (const open of [false, true]) {
				await fold(page, open);
				for (const width of widths) {
					await page.setViewportSize({ width, height: 740 });
					expect(await page.evaluate('document.documentElement.scrollWidth'), `${width}`).toBe(width);
					expect(await measure(page, 'overlaps', '*'), `${width} ${open ? 'open' : ''}`).toEqual([]);
				}
			}
		},
	);

	test.each([
		[1280, 720],
		[390, 740],
	])('the reason is on the first screen of %i x %i', async (width, height) => {
		const { page } = await openPage(browser, allPages.many(), { viewport: { width, height } });
		const box = await page.getByText('token tcp: tcp_timeout').boundingBox();
		expect(box && box.y + box.height).toBeLessThan(height);
	});

	test.each(['broken', 'pods', 'many'] as const)('%s: the broken stage alone is red', async (name) => {
		const { page } = await openPage(browser, allPages[name]());
		expect(await measure(page, 'reds', '*')).toEqual(['failed', 'reason']);
	});

	test.each(['green', 'empty', 'late', 'calm'] as const)('%s: nothing is red', async (name) => {
		const { page } = await openPage(browser, allPages[name]());
		expect(await measure(page, 'reds', '*')).toEqual([]);
	});

	test('what works is one line beside trouble, however much it is', async () => {
		const { page } = await openPage(browser, allPages.many());
		expect(await page.getByText('registry-7.example').first().isVisible()).toBe(false);
		await page.getByText('49 paths work').click();
		const row = page.locator('details.folded', { hasText: 'registry-7.example' });
		expect((await row.boundingBox())?.height).toBeLessThan(40);
		await row.locator('summary').first().click();
		expect(await row.getByRole('list', { name: 'Path of a pull from registry-7.example' }).isVisible()).toBe(true);
	});

	test('a link to a target opens what it is folded into', async () => {
		const at = `/#${anchorOf('registry-7.example registry-7.example')}`;
		const { page } = await openPage(browser, allPages.many(), { at });
		await expect.poll(() => page.locator(':target').isVisible(), { timeout: 10_000 }).toBe(true);
	});

	test('the page stays as it is until its reader asks for more', async () => {
		const { page, url, requests } = await openPage(browser, allPages.mixed(), { again: 1 });
		expect(await page.locator('meta[http-equiv]').count()).toBe(0);
		await page.getByRole('link', { name: 'Look again' }).click();
		await expect.poll(() => requests).toEqual(['/', '/']);
		await page.getByRole('link', { name: 'Follow, every 30 s' }).click();
		await expect.poll(() => requests.length, { timeout: 10_000 }).toBeGreaterThan(4);
		expect(new Set(requests.slice(2))).toEqual(new Set(['/?follow']));
		await page.getByRole('link', { name: 'Stop' }).click();
		await expect.poll(() => page.url()).toBe(url);
	});

	test('markup in every text is shown as text', async () => {
		const { page, complaints } = await openPage(browser, allPages.hostile());
		await fold(page, true);
		expect(await page.locator('script, img, a[href^="javascript"]').count()).toBe(0);
		expect(await page.getByText('<script>alert(1)</script>').count()).toBeGreaterThan(20);
		expect(complaints).toEqual([]);
	});

	test('a name from right to left turns nothing around', async () => {
		const { page } = await openPage(browser, allPages.rightToLeft());
		const row = page.locator('article').first();
		const [name, word] = [row.locator('h3 bdi'), row.locator('.word')];
		const [before, after] = [await name.boundingBox(), await word.boundingBox()];
		expect(before && after && before.x + before.width <= after.x).toBe(true);
	});
});

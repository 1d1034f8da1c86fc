import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPages, pageNames } from './allPages.ts';
import { fold, hasBrowser, measure, missing, openPage, startBrowser } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, by rule and place: the rules of WCAG 2.2 and those of good practice. */
async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const found = await page.evaluate<AxeResults>(`axe.run({ resultTypes: ['violations'], preload: false })`);
	return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

describe.skipIf(!hasBrowser)(`the page to people who do not use eyes or a mouse${missing}`, () => {
	let browser: Browser;
	beforeAll(async () => {
		browser = await startBrowser();
	});
	afterAll(() => browser?.close());

	test.each(pageNames)('%s: axe finds nothing, folded and unfolded, light and dark, wide and narrow', async (name) => {
		const { page } = await openPage(browser, allPages[name]());
		expect(await violations(page)).toEqual([]);
		await fold(page, true, 12);
		await page.emulateMedia({ colorScheme: 'dark' });
		await page.setViewportSize({ width: 320, height: 740 });
		expect(await violations(page)).toEqual([]);
	});

	test.each(['light', 'dark'] as const)('texts stand out from their ground when it is %s', async (colorScheme) => {
		const { page } = await openPage(browser, allPages.pods(), { colorScheme });
		await fold(page, true);
		const found = await measure<number>(page, 'contrasts', 'p, h1, h2, h3, dd, dt, td, small, strong, summary, time');
		expect(Math.min(...found)).toBeGreaterThan(4.5);
	});

	test('lists and headings tell the path without eyes', async () => {
		const { page } = await openPage(browser, allPages.broken());
		expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('cannot pull from 1 of 3 registries');
		const path = page.getByRole('list', { name: 'Path of a pull from docker.io' });
		expect(await path.ariaSnapshot()).toMatch(/failed: tcp_timeout, 10 000 ms.*tls not reached/s);
		expect(await page.getByRole('img', { name: '8 of 91 attempts failed' }).count()).toBe(1);
	});

	test('the first key leads past the heading to the paths', async () => {
		const { page } = await openPage(browser, allPages.many());
		await page.keyboard.press('Tab');
		const skip = page.getByRole('link', { name: 'Skip to the paths' });
		expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0);
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		expect(await page.evaluate(`document.querySelector('main').contains(document.activeElement)`)).toBe(true);
	});

	test('everything that opens does so by the keyboard, in the order in which it stands', async () => {
		const { page } = await openPage(browser, allPages.pods());
		const met: string[] = [];
		for (let times = 0; times < 30; times += 1) {
			await page.keyboard.press('Tab');
			const tag = await page.evaluate<string>('document.activeElement.tagName');
			if (tag === 'BODY') break;
			if (tag === 'SUMMARY') await page.keyboard.press('Enter');
			met.push(await page.evaluate<string>('String(document.activeElement.getBoundingClientRect().top + scrollY)'));
		}
		expect(await page.locator('details:not([open])').count()).toBe(0);
		const tops = met.slice(1).map(Number);
		expect(tops.length).toBeGreaterThan(8);
		expect(tops.filter((top, at) => top + 40 < (tops[at - 1] ?? 0))).toEqual([]);
	});

	test('without colours the broken stage still differs from the others', async () => {
		const { page } = await openPage(browser, allPages.broken(), { forcedColors: 'active' });
		const widthOf = async (selector: string) => (await page.locator(selector).first().boundingBox())?.width ?? 0;
		expect(await widthOf('.failed i')).toBeGreaterThan(1.5 * (await widthOf('.ok i')));
		expect(await page.locator('.failed i').innerText()).toBe('\u2717');
	});

	test('a node without JavaScript shows the same', async () => {
		const { page } = await openPage(browser, allPages.broken(), { javaScriptEnabled: false });
		expect(await page.getByText('Let this node out to auth.docker.io:443').isVisible()).toBe(true);
		await page.locator('.findings summary').first().click();
		expect(await page.getByText('3 IPv4 + 3 IPv6 from 10.0.0.2').first().isVisible()).toBe(true);
	});
});

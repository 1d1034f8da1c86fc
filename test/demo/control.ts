import { startHttp } from '../fakes/http.ts';
import type { HttpServer, ReceivedRequest } from '../fakes/http.ts';
import type { Answer } from '../fakes/reply.ts';
import { mendAll } from './fault.ts';
import type { Fault } from './fault.ts';
import { switchTable } from './panel.ts';

function htmlPage(faults: readonly Fault[]): string {
	const rows = faults.map(({ name, title, reads, on }) => {
		const [state, next] = on ? ['<strong>on</strong>', 'off'] : ['off', 'on'];
		return `<tr><td>${title}<td><code>${reads}</code><td>${state}<td><a href="/fault/${name}/${next}">switch ${next}</a>`;
	});
	return [
		'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Switches of the demo</title>',
		'<style>body{font:1rem system-ui;margin:2rem}td{padding:.3rem 1rem .3rem 0}</style>',
		'<h1>What is broken?</h1><table>',
		...rows,
		'</table><p><a href="/fault/all/off">mend everything</a></p></html>\n',
	].join('\n');
}

function page(faults: readonly Fault[], { headers }: ReceivedRequest, status = 200): Answer {
	const html = headers.accept?.includes('text/html') === true;
	const type = html ? 'text/html' : 'text/plain';
	const body = html ? htmlPage(faults) : `${switchTable(faults).join('\n')}\n`;
	return { status, headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }, body };
}

/** The switches for who has no keyboard here: `GET /` lists them, `GET` or `POST /fault/NAME/on` and `/off` switch. */
export function startControl(
	faults: readonly Fault[],
	changed: (faults: readonly Fault[]) => void,
): Promise<HttpServer> {
	return startHttp({}, async (request) => {
		const [, name, wish] = /^\/fault\/([a-z]+)\/(on|off)$/.exec(request.path) ?? [];
		if (request.path === '/') return page(faults, request);
		const fault = faults.find((each) => each.name === name);
		if (fault) {
			await fault.set(wish === 'on');
			changed([fault]);
		} else if (name === 'all' && wish === 'off') changed(await mendAll(faults));
		else return page(faults, request, 404);
		// A browser goes back to the list, so that loading it again switches nothing.
		if (request.headers.accept?.includes('text/html') === true) return { status: 303, headers: { location: '/' } };
		return page(faults, request);
	});
}

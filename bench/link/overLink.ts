import { once } from 'node:events';
import { join } from 'node:path';
import type { Common } from '../bench.ts';
import type { Row } from '../row.ts';
import type { Place } from '../worldProcess.ts';
import { makeLink } from './link.ts';

/** What the process at the near end is asked for. */
export interface Wish {
	readonly name: string;
	readonly common: Common;
	readonly place: Place;
	readonly device: string;
}

/** Its answer: rows, or why there are none. */
export type Answer = { readonly rows: readonly Row[] } | { readonly error: string };

/**
 * Measures a part with 50 ms between agent and servers: the part runs in a process at the near end of a link, so that
 * all it starts is there, too, and the servers run at the far end. Rejects as the part does.
 */
export async function overLink(name: string, common: Common): Promise<readonly Row[]> {
	await using link = await makeLink();
	const script = join(import.meta.dirname, 'nearProcess.ts');
	const child = link.near.spawn(process.execPath, [script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const ended = once(child, 'exit');
	const { device, address } = link;
	const wish: Wish = { name, common, place: { namespace: link.far.name, address }, device };
	child.send(wish);
	const [answer] = (await Promise.race([
		once(child, 'message'),
		ended.then(() => [{ error: 'the process at the near end has ended' }]),
	])) as [Answer];
	if (child.connected) child.disconnect();
	await ended;
	if ('error' in answer) throw new Error(answer.error);
	return answer.rows;
}

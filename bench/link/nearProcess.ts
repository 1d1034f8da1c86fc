import { once } from 'node:events';
import { parts } from '../parts.ts';
import type { Row } from '../row.ts';
import { startWorld } from '../worldProcess.ts';
import type { Answer, Wish } from './overLink.ts';

/** Measures one part at the near end of a link, as overLink.ts asks for it. */

async function measure({ name, common, place, device }: Wish): Promise<readonly Row[]> {
	await using world = await startWorld(place);
	const say = (text: string) => void process.stderr.write(`${text.replace(':', ' over the link:')}\n`);
	return (await parts[name]?.part({ ...common, world, way: 'link', device, say })) ?? [];
}

// The one who asked may go at any time; what was started here then goes, too.
process.once('disconnect', () => process.exit());
const [wish] = (await once(process, 'message')) as [Wish];
const answer: Answer = await measure(wish).then(
	(rows) => ({ rows }),
	(error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
);
process.send?.(answer);

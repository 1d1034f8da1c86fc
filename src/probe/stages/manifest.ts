import { Asking, type ManifestInput } from '../manifest/asking.ts';
import type { Learned } from '../manifest/content.ts';
import type { Stage } from '../stage.ts';
import { clockSkew } from './clockSkew.ts';
import { rateLimits } from './rateLimits.ts';

/** The manifest is there: a HEAD, and its content where a GET is allowed. The value tells the blob stage what to read. */
export const manifest: Stage<ManifestInput, Learned> = {
	name: 'manifest',
	measures: [...rateLimits, clockSkew],
	async run(input) {
		const asking = new Asking(input);
		try {
			const facts = await asking.head();
			const { settled, omitted, told } = asking;
			if (settled || omitted) return { value: {}, facts, omitted, ...told };
			const learned = await asking.content(facts);
			const platform = learned.platform === undefined ? {} : { platform: learned.platform };
			return { value: learned, facts: { ...facts, ...platform }, ...asking.told };
		} catch (error) {
			throw asking.complete(error);
		}
	},
};

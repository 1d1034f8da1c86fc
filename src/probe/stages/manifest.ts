import { type Admission, Asking, type ManifestInput } from '../manifest/asking.ts';
import type { Learned } from '../manifest/content.ts';
import type { Stage } from '../stage.ts';
import { clockSkew } from './clockSkew.ts';
import { rateLimits } from './rateLimits.ts';

/** What the blob stage is to read, and what it presents. */
type Found = Learned & { readonly admission: Admission };

/** The manifest is there: a HEAD, and its content where a GET is allowed. */
export const manifest: Stage<ManifestInput, Found> = {
	name: 'manifest',
	measures: [...rateLimits, clockSkew],
	async run(input) {
		if (input.first.refusal) throw input.first.refusal;
		const asking = new Asking(input);
		try {
			const facts = await asking.head();
			const { settled, omitted, told } = asking;
			if (settled || omitted) return { value: { admission: asking.admission }, facts, omitted, ...told };
			const learned = await asking.content(facts);
			const platform = learned.platform === undefined ? {} : { platform: learned.platform };
			const value = { ...learned, admission: asking.admission };
			return { value, facts: { ...facts, ...platform }, ...asking.told };
		} catch (error) {
			throw asking.complete(error);
		}
	},
};

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How plain Node is started with the program. */
export interface StartForm {
	readonly environment: Readonly<Record<string, string>>;
	readonly flags: readonly string[];
	/** Name of the program's file. */
	readonly program: string;
}

const top = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

/** The top of the checkout. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** What package.json says. */
export const described = JSON.parse(top('package.json')) as {
	readonly version: string;
	readonly scripts: Readonly<Record<string, string>>;
	readonly dependencies: Readonly<Record<string, string>>;
};

/** The instructions of the Dockerfile's last stage, each as its word and the rest. */
export function lastStage(): readonly (readonly [string, string])[] {
	const lines = top('Dockerfile')
		.replaceAll('\\\n', ' ')
		.split('\n')
		.filter((line) => /^[A-Z]/.test(line));
	const from = lines.findLastIndex((line) => line.startsWith('FROM '));
	return lines.slice(from).map((line) => {
		const [word = '', ...rest] = line.split(' ');
		return [word, rest.join(' ')];
	});
}

/** As the image does it. */
export function formOfImage(): StartForm {
	const stage = lastStage();
	const rest = (word: string) => stage.filter(([each]) => each === word).map(([, text]) => text);
	const [, ...words] = JSON.parse(rest('ENTRYPOINT').at(-1) ?? '[]') as string[];
	return startForm([...rest('ENV').flatMap((text) => text.split(/\s+/)), 'node', ...words]);
}

/** As `npm run start:image` does it. */
export function formOfScript(): StartForm {
	return startForm((described.scripts['start:image'] ?? '').split(' '));
}

/** Reads `NAME=value… node --flag… file`. */
function startForm(words: readonly string[]): StartForm {
	const node = words.indexOf('node');
	return {
		environment: Object.fromEntries(words.slice(0, node).map((word) => word.split('='))) as Record<string, string>,
		flags: words.slice(node + 1, -1),
		program: words.at(-1)?.split('/').at(-1) ?? '',
	};
}

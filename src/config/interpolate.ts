/** The environment as `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A text after the variables in it were taken from the environment. */
export interface Interpolated {
	readonly text: string;
	/** Whether anything came from the environment. */
	readonly changed: boolean;
	/** The names that the environment does not have, each once. */
	readonly missing: readonly string[];
	/** The text holds a `${` that begins no `${NAME}`. */
	readonly malformed: boolean;
}

/** Puts the environment's values in the place of `${NAME}`; `$${` stands for a literal `${`. Values are not read again. */
export function interpolate(text: string, environment: Environment): Interpolated {
	const missing = new Set<string>();
	let changed = false;
	let malformed = false;
	const result = text.replace(/\$\$\{|\$\{(?:([A-Za-z_]\w{0,254})\})?/g, (found, name: string | undefined) => {
		if (found === '$${') return '${';
		if (name === undefined) malformed = true;
		else if (environment[name] === undefined) missing.add(name);
		else changed = true;
		return name === undefined ? found : (environment[name] ?? '');
	});
	return { text: result, changed, missing: [...missing], malformed };
}

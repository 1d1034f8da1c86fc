import type { Fault } from './fault.ts';

/** Where a person finds what the demo has to show. */
export interface Addresses {
	/** `http://127.0.0.1:9917` */
	readonly agent: string;
	/** `http://127.0.0.1:40001` */
	readonly control: string;
	readonly configuration: string;
	readonly root: string;
	/** For `check`. */
	readonly image: string;
}

/** A line for a fault: its key, whether it is on, its name, what it is and what the agent calls it. */
export function switchLine({ key, name, title, reads, on }: Fault): string {
	return `  ${key}  ${on ? 'ON ' : 'off'}  ${name.padEnd(12)} ${title.padEnd(20)} ${reads}`;
}

/** The lines of all faults under a heading. */
export function switchTable(faults: readonly Fault[]): string[] {
	const heading = `          ${'switch'.padEnd(12)} ${'what is broken'.padEnd(20)} what the agent says: role, stage, reason`;
	return [heading, ...faults.map(switchLine)];
}

/** How a person breaks or mends something. `keys`: there is a keyboard. */
export function howToSwitch(faults: readonly Fault[], control: string, keys: boolean): string[] {
	if (keys) return ['Press a letter to break or mend it, 0 to mend everything, h for this text, x to end.'];
	const [first] = faults;
	return [
		`Break something:  curl ${control}/fault/${first?.name}/on     mend it:  curl ${control}/fault/${first?.name}/off`,
	];
}

/** The text that the demo opens with. `keys`: there is a keyboard. */
export function panel(faults: readonly Fault[], addresses: Addresses, keys: boolean): string {
	const { agent, control, configuration, root, image } = addresses;
	return [
		'',
		'A small world on this machine: registry.demo.test wants a token from auth.demo.test and keeps its',
		'layers on cdn.demo.test; open.demo.test does without both. An agent walks the pull every 5 s.',
		'',
		`  page      ${agent}/`,
		`  metrics   ${agent}/metrics`,
		`  switches  ${control}/`,
		'',
		'Ask by hand in a second terminal:',
		'',
		`  npm start -- check ${image} --config ${configuration} --root ${root}`,
		'',
		...switchTable(faults),
		'',
		...howToSwitch(faults, control, keys),
		'',
	].join('\n');
}

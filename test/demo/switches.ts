import { startControl } from './control.ts';
import { type Fault, mendAll } from './fault.ts';
import { readKeys } from './keys.ts';
import { switchLine } from './panel.ts';

/** How a person breaks and mends what the demo has. */
export interface Switches {
	/** `http://127.0.0.1:40001`: for who has no keyboard here. */
	readonly origin: string;
	/** There is a keyboard. */
	readonly keys: boolean;
}

export interface Reactions {
	readonly help: () => void;
	readonly stop: () => void;
}

const print = (text: string) => void process.stdout.write(`${text}\n`);

const changed = (faults: readonly Fault[]) => faults.forEach((fault) => print(switchLine(fault)));

/** Does what a key stands for. */
async function onKey(key: string, faults: readonly Fault[], { help, stop }: Reactions): Promise<void> {
	const fault = faults.find((each) => each.key === key);
	if (fault) {
		await fault.set(!fault.on);
		changed([fault]);
	} else if (key === '0') changed(await mendAll(faults));
	else if (key === 'h') help();
	else if (key === 'x' || key === '\u0003') stop();
}

/** Lets a person switch faults, by keys and by HTTP, until `stack` ends. What was switched is printed. */
export async function openSwitches(
	stack: AsyncDisposableStack,
	faults: readonly Fault[],
	reactions: Reactions,
): Promise<Switches> {
	const control = stack.use(await startControl(faults, changed));
	const keys = process.stdin.isTTY === true;
	if (keys) {
		const pressed = (key: string) =>
			onKey(key, faults, reactions).catch((error: unknown) => print(`demo: ${String(error)}`));
		stack.use(readKeys(process.stdin, (key) => void pressed(key)));
	}
	return { origin: control.origin(), keys };
}

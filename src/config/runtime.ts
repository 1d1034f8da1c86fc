import { Wrong } from './fault.ts';

/** `auto`, or a runtime with its version: `containerd/2.4.2`, `cri-o/1.37.0`. */
export function readRuntime(value: unknown): string | Wrong {
	if (
		typeof value === 'string' &&
		/^(?:auto|(?:containerd|cri-o)\/\d{1,4}(?:\.\d{1,4}){1,2}[\w.+~-]{0,40})$/.test(value)
	)
		return value;
	return new Wrong('is not a runtime with its version', 'write auto, or for example containerd/2.4.2 or cri-o/1.37.0');
}

/** How it is known that a documented command works. */
export type Claim =
	/** It is run as it stands, in the sandbox of this suite. */
	| { readonly run: 'here'; readonly code: number; readonly says: RegExp }
	/** It is run until it has said so, then ended, which it does with 0. */
	| { readonly run: 'until'; readonly says: RegExp }
	/** It is run as it stands against a real API server, by `test/kubernetes/documentedCommands.spec.ts`. */
	| { readonly run: 'cluster' }
	/** A test with this in its title runs the same. */
	| { readonly by: string; readonly titled: string }
	/** It names a command or its form, and is no line to paste: the words after the program have to be its own. */
	| { readonly form: string }
	/** It cannot be run here, and why. */
	| { readonly not: string };

export const here = (says: RegExp, code = 0): Claim => ({ run: 'here', code, says });
export const until = (says: RegExp): Claim => ({ run: 'until', says });
export const cluster: Claim = { run: 'cluster' };
export const by = (file: string, titled: string): Claim => ({ by: file, titled });
export const form = (of: string): Claim => ({ form: of });
export const not = (why: string): Claim => ({ not: why });
